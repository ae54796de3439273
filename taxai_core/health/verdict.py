"""Is everything well?"""

from ..jobs.workplace import open_anew, reachable_redis
from ..settings import get_settings
from . import machine, model, storage, work
from .check import Check
from .facts import Facts, StoreSeen
from .look import look


def health(*, with_model: bool) -> list[Check]:
    """Look at every part; never raises, and without the model's answer never hangs.

    Args:
        with_model: ask the model a real question of one token, with the window of every other.
    """
    facts = look()
    return [*_judged(facts), *(_answer(facts) if with_model else [])]


def _judged(facts: Facts) -> list[Check]:
    settings = get_settings()
    low_mb, least_mb = settings.disk_low_mb, settings.disk_least_mb
    return [
        work.queue(facts.queue),
        *work.workers(facts.queue),
        work.keeper(facts.queue),
        work.documents(facts.stuck),
        storage.database(facts.store),
        storage.key(facts.store),
        *storage.bucket(facts.bucket),
        storage.folder(facts.folder, low_mb=low_mb, least_mb=least_mb),
        machine.memory(facts.memory),
        machine.killed(facts.queue),
        machine.clock(facts.queue, facts.store),
        model.server(facts.model, facts.store),
        model.chosen(facts.model, facts.store, pulls_itself=settings.pulls_itself),
        model.weights(facts.model, facts.queue),
    ]


def _answer(facts: Facts) -> list[Check]:
    seen = facts.store if isinstance(facts.store, StoreSeen) and facts.store.opens else None
    if not (seen.chosen_model if seen else get_settings().ollama_model):
        return []
    from ..jobs.trial import try_now  # what reads papers is loaded with it

    redis = None if isinstance(facts.queue, str) else reachable_redis()
    return [model.answer(try_now("token", open_anew() if seen else None, redis))]
