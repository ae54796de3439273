"""What the client library raises, told as one of our errors.

What it raises may quote the answer of the server and with it a paper, so nothing of it is kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import ollama

from .errors import (
    ModelAwayError,
    ModelBusyError,
    ModelError,
    ModelMemoryError,
    ModelMissingError,
    ModelRefusedError,
    ModelStalledError,
    TooLongQuestionError,
)
from .options import ModelOptions

# A line that is no JSON is a ValueError, one that is JSON but no object an AttributeError or a
# TypeError: something else than Ollama listens there, or it died in the middle of a line.
NOT_OLLAMA = (ValueError, AttributeError, TypeError)
FAULTS = (ollama.ResponseError, httpx.HTTPError, httpx.InvalidURL, ConnectionError, *NOT_OLLAMA)


@contextmanager
def told_as_ours(options: ModelOptions) -> Iterator[None]:
    """Run a block that talks to the server of `options`.

    Raises: ModelError, or a subclass of it, for whatever the library raises.
    """
    try:
        yield
    except FAULTS as error:
        raise failure_of(error, options) from None


def failure_of(error: Exception, options: ModelOptions) -> ModelError:
    """Tell what an exception of the library means."""
    match error:
        case ollama.ResponseError():
            return _failure_told(str(error.error).casefold(), error.status_code, options)
        case httpx.ConnectTimeout():
            return ModelAwayError()
        case httpx.TimeoutException():
            return ModelStalledError(options.stall_s)
        case _:
            return ModelAwayError()


def _failure_told(text: str, status: int, options: ModelOptions) -> ModelError:
    """Tell what a server means by a text and a status.

    The text decides first: an error in the middle of an answer has no status (-1), and Ollama says
    500 for much that is not its own fault.
    """
    if "requires more system memory" in text:
        return ModelMemoryError(options.model)
    if "context length" in text:
        return TooLongQuestionError()
    if "invalid json schema" in text:
        return ModelRefusedError()
    if status == 503 or "server busy" in text or "loading model" in text:
        return ModelBusyError(options.load_s)
    if status == 404 and "model" in text:  # any other 404 is not from Ollama
        return ModelMissingError(options.model)
    if status == 404:
        return ModelAwayError()
    if status == 400:
        return ModelRefusedError()
    return ModelError()
