"""What can go wrong at the model server: a class for each sentence that the user reads."""

from ..errors import TaxAIError


class ModelError(TaxAIError):
    """The model server gave no answer. The document is in review without it."""

    code = "model"
    message = "The model server failed in a way nobody expected. Look at its log, then ask again."

    def __str__(self) -> str:
        # Limits are seconds with a fraction: 60, not 60.0.
        told = (f"{each:g}" if isinstance(each, float) else each for each in self.args)
        return self.message.format(*told)


class NoModelError(ModelError):
    """No model server is configured, or no model is chosen."""

    code = "no_model"
    message = "No model is chosen. Choose one on the Model page, then ask again."


class ModelAwayError(ModelError):
    """Nothing answers at the server's address, or nothing that is Ollama."""

    code = "model_away"
    message = "The model server does not answer. Start Ollama, or correct TAXAI_OLLAMA_URL."


class ModelDiedError(ModelAwayError):
    """The server had a question and went away instead of answering it; the question may be why."""

    message = (
        "The model server ended in the middle of an answer. Look at its log; it may need more "
        "memory."
    )


class ModelStalledError(ModelError):
    """The server accepted a question and went silent. Argument: seconds waited."""

    code = "model_stalled"
    message = (
        "The model server said nothing for {0} seconds and was given up. Restart Ollama, or choose "
        "a smaller model."
    )


class BreakerOpenError(ModelError):
    """The server failed a short while ago; nothing was sent."""

    code = "model_resting"
    message = (
        "The model server failed and is left alone for a while; it is asked again when it is well."
    )


class ModelTooSlowError(ModelError):
    """A whole answer took longer than allowed. Argument: the limit in seconds."""

    code = "model_too_slow"
    message = "The model did not finish an answer in {0} seconds. Choose a smaller model."


class ModelBusyError(ModelError):
    """The server is full, or is loading the model: it is waited for. Argument: seconds waited."""

    code = "model_busy"
    message = (
        "The model server was busy or loading for {0} seconds. Other programs may be using it; "
        "ask again later."
    )


class ModelNotLoadedError(ModelBusyError):
    """The server was to load the model and went silent. Argument: seconds waited."""

    message = (
        "The model server did not load the model in {0} seconds. Restart Ollama, or choose a "
        "smaller model."
    )


class ModelMissingError(ModelError):
    """The server does not have the model. Argument: its name."""

    code = "model_missing"
    message = "The model server does not have the model {0}. The Model page says how to get it."


class ModelRefusedError(ModelError):
    """The server will not answer such a question."""

    code = "model_refused"
    message = (
        "The model server refused the question. Choose another model on the Model page, or update "
        "Ollama."
    )


class ModelMemoryError(ModelError):
    """The server has too little memory for the model. Argument: the model's name."""

    code = "model_memory"
    message = (
        "The model {0} needs more memory than its server may use. Choose a smaller one on the "
        "Model page, or give the server more memory."
    )


class NoUsableAnswerError(ModelError):
    """The answer was cut off, no JSON, or not what was asked for; twice."""

    code = "no_usable_answer"
    message = "The model gave no usable answer. Choose a larger model, or type the values by hand."


class TooLongQuestionError(ModelError):
    """A question that does not fit into the model's window; nothing was sent."""

    code = "question_too_long"
    message = "A page is too long for the model's window. Type its values by hand."


class NotPulledError(ModelError):
    """The server could not fetch a model. Argument: why, and what to do, in sentences."""

    code = "not_pulled"
    message = "{0} The model was not pulled."


class NotAskedError(ModelError):
    """Asking failed on our side. Argument: why, a sentence."""

    code = "ask_failed"
    message = "{0} The document is as it was before; ask again."
