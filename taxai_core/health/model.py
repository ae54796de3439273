"""The model: its server, whether it is there, how it lies in memory, and what it answers."""

from ..ai.server import LoadedModel, ModelServer
from ..jobs.trial_result import Result
from ..sizes import memory_size
from .check import Check
from .facts import QueueSeen, StoreSeen

WITHOUT = "Papers are read without it."
# A model that lies on a graphics card as far as that goes.
ON_CARD = 0.9


def server(seen: ModelServer | str, store: StoreSeen | str) -> Check:
    """Does Ollama answer?"""
    name = "Model server"
    if not isinstance(seen, str) and seen.answers:
        there = f"It answers. Models on its disk: {len(seen.models)}."
        return Check(name, "ok", f"Ollama {seen.version or ''}".strip(), there)
    if isinstance(store, StoreSeen) and store.chosen_model == "":
        return Check(name, "ok", "not needed", "It does not answer; no model is to be asked.")
    said, todo = f"It does not answer. {WITHOUT}", "Start Ollama, or correct TAXAI_OLLAMA_URL."
    return Check(name, "warn", "away", said, todo)


def chosen(seen: ModelServer | str, store: StoreSeen | str, *, pulls_itself: bool) -> Check:
    """Is the model that is to be asked there?

    Args:
        pulls_itself: can the server fetch it? In containers it has no way out.
    """
    if isinstance(store, str) or not store.opens:
        said = "Which one is chosen cannot be read."
        return Check("Model", "warn", "unknown", said, "See Database and Key.")
    if store.chosen_model is None:
        advice = "Choose one on the Model page, or none if you want none."
        return Check("Model", "warn", "none", "No model is chosen, so none is asked.", advice)
    if not store.chosen_model:
        return Check("Model", "ok", "none", "No model is to be asked.")
    if isinstance(seen, str) or not seen.answers:
        said = "It is chosen; whether it is there cannot be seen."
        return Check("Model", "warn", store.chosen_model, said, "See Model server.")
    if not seen.has(store.chosen_model):
        said = f"It is chosen and not on the server's disk. {WITHOUT}"
        todo = "Pull it on the Model page." if pulls_itself else "Fetch it: docker/deploy.sh pull"
        return Check("Model", "warn", store.chosen_model, said, todo)
    return Check("Model", "ok", store.chosen_model, "It is chosen and on the server's disk.")


def weights(seen: ModelServer | str, queue: QueueSeen | str) -> Check:
    """Are the weights of the model in memory mapped, so that the kernel can take them back?"""
    if isinstance(seen, str) or not seen.in_memory:
        return Check("Weights", "ok", "not loaded", "No model is in memory.")
    held = seen.in_memory[0]
    figure = memory_size(held.size_bytes)
    if _is_on_card(held):
        return Check("Weights", "ok", figure, "They lie on the graphics card.")
    holder = None if isinstance(queue, str) else queue.holder
    if holder is None or holder.mapped == "unknown":
        return Check("Weights", "ok", figure, "Mapped or not: that cannot be seen from here.")
    if holder.mapped == "yes":
        return Check("Weights", "ok", figure, "They are mapped: the kernel can take them back.")
    said = "They are not mapped: all of them count against the memory."
    todo = "Set TAXAI_OLLAMA_USE_MMAP=true; where it is set, this model cannot be mapped."
    return Check("Weights", "warn", figure, said, todo)


def answer(result: Result) -> Check:
    """What came of asking it for one token."""
    if result.error:
        return Check("Answer", "warn", "none", result.error, WITHOUT)
    return Check("Answer", "ok", f"{result.seconds:.1f} s", f"{result.model} answered one token.")


def _is_on_card(held: LoadedModel) -> bool:
    return held.vram_bytes >= ON_CARD * held.size_bytes > 0
