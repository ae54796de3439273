"""Is everything well? Each part with its state, a sentence, and what to do."""

from dataclasses import dataclass
from typing import Literal

from ..errors import TaxAIError
from ..jobs.model import chosen_model
from ..jobs.trial import try_now
from ..jobs.workplace import get_store, has_store, reachable_redis
from ..store import documents
from .state import SystemState, system_state


@dataclass(frozen=True)
class Part:
    """One part of TaxAI: `ok`, `warn` where work goes on without it, or `fail`."""

    name: str
    state: Literal["ok", "warn", "fail"]
    said: str
    todo: str = ""


def health(*, with_model: bool) -> list[Part]:
    """Look at every part; never raises.

    Args:
        with_model: ask the model a real question of one token, with the window of every other.
    """
    state = system_state()
    return [_store(), *_work(state), _model(state, with_model=with_model)]


def _store() -> Part:
    if not has_store():
        return Part("Documents", "fail", "There is no data folder yet.", "Start with taxai up.")
    try:
        count = len(documents.listing(get_store()))
    except TaxAIError as error:
        return Part("Documents", "fail", str(error))
    return Part("Documents", "ok", f"The store opens with its key. Documents: {count}.")


def _work(state: SystemState) -> list[Part]:
    if not state.queue_up:
        return [Part("Queue", "fail", state.trouble or "", "Start with taxai up.")]
    return [
        Part("Queue", "ok", f"It answers. Papers that wait: {state.waiting}."),
        _alive("Workers", state.workers, f"Alive to read papers: {state.workers}."),
        _alive("Askers", state.askers, f"Alive to ask the model: {state.askers}."),
        _alive("Keeper", state.keeper_alive, "It samples and sweeps.", "It is silent."),
    ]


def _alive(name: str, is_alive: object, said: str, said_if_not: str | None = None) -> Part:
    if is_alive:
        return Part(name, "ok", said)
    return Part(name, "fail", said_if_not or said, "Start with taxai up.")


def _model(state: SystemState, *, with_model: bool) -> Part:
    try:
        store = get_store() if has_store() else None
        chosen = chosen_model(store)
    except TaxAIError:
        return Part("Model", "warn", "Which one is chosen cannot be read.", "See Documents.")
    if not chosen:
        advice = "Choose one on the Model page, or go on without."
        return Part("Model", "warn", "No model is chosen, so none is asked.", advice)
    if not with_model:
        return Part("Model", "ok", f"{chosen} is chosen; it was not asked now.")
    result = try_now("token", store, reachable_redis() if state.queue_up else None)
    if result.error:
        return Part("Model", "warn", f"{chosen}: {result.error}", "Papers are read without it.")
    return Part("Model", "ok", f"{chosen} answered one token in {result.seconds:.1f} s.")
