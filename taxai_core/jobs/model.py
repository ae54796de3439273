"""The way to the model: which one, and through which slot."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from limits import RateLimitItemPerMinute
from limits.storage import RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis import Redis
from redis.exceptions import LockNotOwnedError, RedisError
from redis.lock import Lock

from ..ai.errors import ModelBusyError, NoModelError
from ..ai.options import ModelOptions
from ..observe.machine import cpu_count
from ..settings import get_settings
from ..store.database import Store
from ..store.preferences import preference

# The names of what is chosen on the Model page.
MODEL, WHEN_BACK = "model", "ask_when_back"
ON, OFF = "on", "off"
SLOT = "taxai:model:slot"
# A slot whose holder was killed is free again after this; the holder renews it meanwhile.
SLOT_TTL_S, RENEW_EVERY_S, LOOK_EVERY_S = 15.0, 4.0, 0.1


def chosen_model(store: Store | None) -> str | None:
    """The model chosen on the Model page, where there is a store; else that of the settings.

    "" is the choice of none.
    """
    chosen = preference(store, MODEL) if store else None
    return get_settings().ollama_model if chosen is None else chosen or None


def asks_when_back(store: Store) -> bool:
    """Is what could not be asked to be asked by itself when the server is back?"""
    chosen = preference(store, WHEN_BACK)
    return get_settings().ask_when_back if chosen is None else chosen == ON


def model_options(store: Store | None) -> ModelOptions:
    """What every call has in common.

    Raises:
        NoModelError: no model is chosen.
    """
    settings, model = get_settings(), chosen_model(store)
    if not model:
        raise NoModelError()
    threads = settings.ollama_threads
    if threads is None and settings.model_port is not None:
        threads = cpu_count()
    return ModelOptions(
        url=settings.model_url,
        model=model,
        num_ctx=settings.ollama_num_ctx,
        use_mmap=settings.ollama_use_mmap,
        keep_alive=settings.ollama_keep_alive,
        num_thread=threads,
        connect_s=settings.ollama_connect_s,
        stall_s=settings.ollama_stall_s,
        call_s=settings.ollama_call_s,
        load_s=settings.ollama_load_s,
    )


@contextmanager
def model_slot(
    redis: Redis,
    on_lost: Callable[[], None] = lambda: None,
    *,
    at_most_s: float | None = None,
) -> Iterator[None]:
    """One of the slots at the server, waited for; nobody else who shares this Redis has it.

    RQ's rate limit keeps jobs from waiting here; this holds for a job whose worker was killed
    while its question was on the way, and for whoever asks without a job.

    Args:
        on_lost: called from another thread where somebody else has the slot meanwhile, because
            Redis forgot it or this process stood still; it is to end what is being asked.
        at_most_s: how long to wait for a slot; None waits for ever.

    Raises: ModelBusyError after `at_most_s`.
    """
    lock = _take_any(redis, at_most_s)
    done = threading.Event()
    renewer = threading.Thread(target=_renew, args=(lock, done, on_lost), daemon=True)
    renewer.start()
    try:
        yield
    finally:
        done.set()
        renewer.join()
        with suppress(RedisError):  # it lapses by itself, or is another's by now
            lock.release()


def await_turn(redis: Redis) -> None:
    """Wait until another request is allowed in this minute."""
    if (most := get_settings().ollama_requests_a_minute) is None:
        return
    storage = RedisStorage("redis://", connection_pool=redis.connection_pool)
    limiter, rate = MovingWindowRateLimiter(storage), RateLimitItemPerMinute(most)
    while not limiter.hit(rate, "taxai-model"):
        until = limiter.get_window_stats(rate, "taxai-model").reset_time
        time.sleep(min(max(LOOK_EVERY_S, until - time.time()), RENEW_EVERY_S))


def _take_any(redis: Redis, at_most_s: float | None) -> Lock:
    names = [f"{SLOT}:{number}" for number in range(get_settings().ollama_slots)]
    started = time.monotonic()
    while True:
        for name in names:
            # Renewed by another thread than the one that takes it.
            lock: Lock = redis.lock(name, timeout=SLOT_TTL_S, blocking=False, thread_local=False)
            if lock.acquire():
                return lock
        if at_most_s is not None and time.monotonic() - started >= at_most_s:
            raise ModelBusyError(at_most_s)
        time.sleep(LOOK_EVERY_S)


def _renew(lock: Lock, done: threading.Event, on_lost: Callable[[], None]) -> None:
    while not done.wait(RENEW_EVERY_S):
        try:
            # Redis was emptied, or this process stood still for too long: take it again, if free.
            if not _renewed(lock) and not lock.do_acquire(lock.local.token):
                return on_lost()
        except RedisError:  # it is away, and may be back in time
            continue


def _renewed(lock: Lock) -> bool:
    try:
        return lock.reacquire()
    except LockNotOwnedError:
        return False
