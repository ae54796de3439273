"""What becomes of a job whose process was killed, by us or from outside."""

import os
import signal
from contextlib import suppress
from typing import Any, cast

import structlog
from redis import Redis
from rq.job import Job

from ..errors import (
    EndedBySystemError,
    OutOfMemoryError,
    OutOfMemoryOnPageError,
    TaxAIError,
    WorkerLostError,
)
from ..pdf.forks import OUT_OF_MEMORY_SIGNALS
from ..settings import get_settings
from ..store import documents
from ..store.database import Store
from ..store.document import Document
from .failing import fail
from .kills import note_kill
from .kinds import DOCUMENT, TRIAL, Kind, W, is_lost_too_often, kind_of
from .queue import enqueue
from .sums import Tally
from .tally import count_done
from .workplace import get_store

log = structlog.get_logger()

# One that held less than this part of what it may was not killed for its own memory.
NEAR_THE_CAP = 0.8


def hand_back(redis: Redis, job: Job) -> None:
    """Queue again what a worker had that was told to stop; nobody waits for a trial any more."""
    kind, (row_id, run) = kind_of(job), job.args
    if kind is TRIAL:
        kind.fail(get_store(), row_id, run, TaxAIError())
        return
    with suppress(TaxAIError):  # cancelled or deleted just now
        _queue_again(redis, cast(Kind[Any], kind), row_id, run, lost=False)
        log.info("handed back", job=job.id, document=row_id)


def tell_death(
    redis: Redis, job: Job, *, reason: TaxAIError | None, status: int | None, held_bytes: int
) -> None:
    """Save in its row why a job's process was ended.

    Args:
        reason: why we ended it; None where somebody else did.
        status: as `waitpid` gives it; None where RQ's alarm came between that and RQ.
        held_bytes: the most that the process and what it started have held.
    """
    kind, (row_id, run) = kind_of(job), job.args
    store = get_store()
    if status is None:
        died_of = int(signal.SIGKILL)  # the most likely; who ends otherwise mostly tells its row
    else:
        died_of = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    log.warning(
        "process killed",
        job=job.id,
        document=row_id,
        code=reason.code if reason else None,
        signal=died_of,
        memory_mb=held_bytes >> 20,
        cap_mb=get_settings().job_memory_mb,
    )
    if reason is None and died_of == signal.SIGKILL and _is_innocent(store, job, held_bytes):
        with suppress(TaxAIError):  # cancelled or deleted just now
            _queue_again(redis, DOCUMENT, row_id, run, lost=True)
            Tally().lost(DOCUMENT.name).write()
        return
    if reason is None and died_of in OUT_OF_MEMORY_SIGNALS:
        if kind is DOCUMENT and died_of == signal.SIGKILL and not _is_near_the_cap(held_bytes):
            reason = _killed_twice(row_id)
        elif kind is DOCUMENT or _is_near_the_cap(held_bytes):
            # One that a library ended for want of memory got no more, and held less than it may.
            peak = held_bytes if _is_near_the_cap(held_bytes) else 0
            reason = out_of_memory(cast(Kind[Any], kind), row_id, peak)
    at_its_cap = isinstance(reason, OutOfMemoryError) and not isinstance(reason, EndedBySystemError)
    if kind is DOCUMENT and at_its_cap:
        with suppress(TaxAIError):
            page = documents.get(store, row_id).pages_done + 1
            note_kill(redis, row_id, page, get_settings().job_memory_mb)
    fail(cast(Kind[Any], kind), row_id, run, reason or TaxAIError())
    kind.tidy(store, row_id)
    if kind.is_counted:
        count_done(redis)


def _is_innocent(store: Store, job: Job, held_bytes: int) -> bool:
    """Was a document killed for the first time there, and not for what it held itself?"""
    if kind_of(job) is not DOCUMENT:
        return False
    if _is_near_the_cap(held_bytes):
        return False
    with suppress(TaxAIError):
        return not is_lost_too_often(documents.get(store, job.args[0]))
    return False


def set_aside(kind: Kind[W], work: W) -> None:
    """Fail a row that has taken too many workers with it."""
    error = TaxAIError()
    if isinstance(work, Document):
        error = WorkerLostError(work.pages_done + 1, told_kept(work.pages_done))
    fail(kind, work.id, work.run, error)


def told_kept(pages: int) -> str:
    """The part of a sentence that says which pages are kept."""
    return {0: "", 1: "; page 1 is kept"}.get(pages, f"; pages 1 to {pages} are kept")


def _is_near_the_cap(held_bytes: int) -> bool:
    return held_bytes > NEAR_THE_CAP * (get_settings().job_memory_mb << 20)


def _queue_again(redis: Redis, kind: Kind[W], row_id: str, run: int, *, lost: bool) -> None:
    enqueue(redis, kind, kind.again(get_store(), row_id, run, lost))


def out_of_memory(kind: Kind[W], row_id: str, held_bytes: int = 0) -> OutOfMemoryError:
    """What is told of work that needed too much memory, and how far it was.

    Args:
        held_bytes: what it held when it was ended for that; 0 where it got no more by itself.
    """
    memory_mb = get_settings().job_memory_mb
    if kind is not DOCUMENT:
        return OutOfMemoryError(memory_mb)
    try:
        document = documents.get(get_store(), row_id)
    except TaxAIError:
        return OutOfMemoryError(memory_mb)
    if document.is_light:  # there is none that takes less
        return OutOfMemoryError(memory_mb)
    done = document.pages_done
    took = f" and took {held_bytes >> 20} MB" if held_bytes else ""
    return OutOfMemoryOnPageError(memory_mb, took, told_kept(done), done + 1)


def _killed_twice(row_id: str) -> OutOfMemoryError:
    try:
        done = documents.get(get_store(), row_id).pages_done
    except TaxAIError:
        return OutOfMemoryError(get_settings().job_memory_mb)
    return EndedBySystemError(done + 1, told_kept(done))
