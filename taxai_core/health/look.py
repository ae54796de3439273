"""Looking at all parts at once, so that one that hangs delays none of the others."""

import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from ..ai import client as _client  # noqa: F401  # loaded before the time counts
from ..ai.server import probe
from ..errors import KeyMissingError, QueueDownError, WrongKeyError
from ..jobs import samples
from ..jobs.keeper_signs import KEEPER, MODEL_PROCESS
from ..jobs.model import MODEL
from ..jobs.points import kills
from ..jobs.queue import has_lease, waiting_ids
from ..jobs.workers import living_workers
from ..jobs.workplace import asking_redis, get_store, has_store, open_anew
from ..observe.folder import look_at_folder
from ..observe.heartbeat import keeper_silent_s
from ..observe.model_process import ModelProcess
from ..observe.pressure import look_at_memory
from ..observe.queue_server import look_at_queue_server, why_away
from ..settings import get_settings
from ..store.bucket import BucketBlobs, load_library
from ..store.condition import look_at_database, older_work
from ..store.preferences import preference
from .facts import Facts, QueueSeen, StoreSeen

T = TypeVar("T")
# Redis and the database answer within milliseconds; one that takes longer is as good as away.
ANSWER_WITHIN_S = 0.8
# Each look gives up by itself before that, but for a disk that hangs.
ALL_WITHIN_S = 1.5
# The keeper needs some seconds to find lost work, and on a busy machine some more.
STUCK_AFTER_S = 60
# Containers report every 2 s; one whose report is older has gone.
REPORT_WITHIN_S = 10
# The last of each kind.
_asked: dict[str, Future[Any]] = {}
NO_STORE = "There is no data folder yet."


def look() -> Facts:
    """Look at everything; never raises, and is done within `ALL_WITHIN_S`."""
    settings = get_settings()
    if settings.store_url:
        load_library()  # before the time counts
    until = time.monotonic() + ALL_WITHIN_S
    bucket = _begin(_bucket, "bucket") if settings.store_url else None
    folder = _begin(partial(look_at_folder, settings.data_path), "folder")
    model = _begin(partial(probe, settings.model_url, ANSWER_WITHIN_S), "model")
    queue, store = _begin(_queue, "queue"), _begin(_store, "store")
    stuck, memory = _begin(_stuck, "stuck"), _begin(look_at_memory, "memory")
    return Facts(
        queue=_seen(queue.result, until, "Redis does not answer."),
        store=_seen(store.result, until, "The database does not answer."),
        stuck=_seen(stuck.result, until, "Queue and database did not both answer."),
        folder=_seen(folder.result, until, "The disk does not answer."),
        memory=_seen(memory.result, until, "The system does not tell."),
        model=_seen(model.result, until, "The model server does not answer."),
        bucket=_seen(bucket.result, until, "The object store does not answer.") if bucket else None,
    )


def _begin(ask: Callable[[], T], name: str) -> Future[T]:
    """Ask in a thread that nobody waits for when the program ends; of a kind one at a time."""
    if (before := _asked.get(name)) and not before.done():
        return before  # it hangs: more of them would all hang
    future: Future[T] = Future()
    _asked[name] = future

    def run() -> None:
        try:
            future.set_result(ask())
        except Exception as error:
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return future


def _seen(answer: Callable[[float], T], until: float, otherwise: str) -> T | str:
    """What was seen; else why not: the error's own words may hold a path or an address."""
    try:
        return answer(max(0.0, until - time.monotonic()))
    except QueueDownError as error:
        return why_away(error.__cause__)
    except Exception:
        return otherwise


def _queue() -> QueueSeen:
    with asking_redis(ANSWER_WITHIN_S, retries=0) as redis:
        server = look_at_queue_server(redis)
        held = redis.get(MODEL_PROCESS)
        return QueueSeen(
            server=server,
            workers=living_workers(redis),
            keeper_silent_s=keeper_silent_s(redis.pttl(KEEPER)),
            holder=_reported(get_settings().reports_dir)
            or (ModelProcess(**json.loads(held)) if held else None),
            kills=kills(
                point
                for machine in samples.machines(redis)
                for point in samples.history(redis, "1 day", machine)
            ),
        )


def _reported(folder: Path | None) -> ModelProcess | None:
    """What the container of the model server reports of the weights; None outside containers."""
    said = [
        path.read_text().strip()
        for path in (folder.glob("ollama@*/mapped") if folder else ())
        if time.time() - path.stat().st_mtime < REPORT_WITHIN_S
    ]
    for answer in ("no", "yes"):
        if answer in said:
            return ModelProcess("no" if answer == "no" else "yes", "Its container reports it.")
    return None


def _store() -> StoreSeen | str:
    if not has_store():
        return NO_STORE
    condition = look_at_database(get_settings().sqlalchemy_url, ANSWER_WITHIN_S)
    if condition.revision != condition.newest:
        return StoreSeen(condition)
    try:
        store = open_anew(ANSWER_WITHIN_S)
    except KeyMissingError:
        return StoreSeen(condition, key_trouble="The key is missing, so nothing can be opened.")
    except WrongKeyError:
        return StoreSeen(condition, key_trouble="The key is not the one of this data folder.")
    chosen = preference(store, MODEL)
    return StoreSeen(condition, get_settings().ollama_model if chosen is None else chosen)


def _bucket() -> bool:
    """Does the object store take an object? Raises TaxAIError where it does not."""
    blobs = get_store().blobs
    if isinstance(blobs, BucketBlobs):
        blobs.check()
    return True


def _stuck() -> int | str:
    """How many documents wait, or are being read, whose work nobody has."""
    if not has_store():
        return NO_STORE
    before = datetime.now(UTC) - timedelta(seconds=STUCK_AFTER_S)
    older = partial(older_work, get_settings().sqlalchemy_url, before, ANSWER_WITHIN_S)
    if not (old := older()):
        return 0
    with asking_redis(ANSWER_WITHIN_S, retries=0) as redis:
        alone = {job for job in old - {*waiting_ids(redis)} if not has_lease(redis, job)}
    # What was taken up or finished between the two looks is not among those any more.
    return len(alone & older()) if alone else 0
