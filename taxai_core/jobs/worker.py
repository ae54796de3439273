"""The workers: one queue each, one forked child a job, under a memory and a time cap."""

import gc
import logging
import os
import platform
import sys
from contextlib import suppress
from resource import struct_rusage
from typing import Any, cast

from redis import Redis
from rq import Queue, Worker
from rq.executions import Execution
from rq.job import Job
from rq.serializers import JSONSerializer

from ..errors import OutOfMemoryError, OutOfMemoryOnPageError, ReadTimeoutError, TaxAIError
from ..pdf.forks import OUT_OF_MEMORY_SIGNALS
from ..settings import get_settings
from ..store import documents
from ..store.document import now
from . import presence
from .deadline import Deadline
from .kinds import ASK_QUEUE, DOCUMENT, EXTRACT, TRIAL, Kind, W, kind_of
from .limits import confine, held_memory, is_too_much
from .model import chosen_model
from .queue import drop_lease, enqueue, hold_lease, queue_of
from .tally import count_done
from .workplace import get_redis, get_store

log = logging.getLogger(__name__)

# How long C code may hold the interpreter past the alarm before the child is killed.
KILL_AFTER_S = 5
# RQ's idle worker says that it lives every `worker_ttl - 15` seconds.
WORKER_TTL_S = 18
# A worker that is told to stop lets its job end for so long; `up` kills it after 4 s.
HAND_BACK_AFTER_S = 1.5


class CappedWorker(Worker):
    """RQ's forking worker, with a watch on its child once a second."""

    death_penalty_class = Deadline
    reason_for_kill: TaxAIError | None = None
    is_handed_back = False

    def fork_work_horse(self, job: Job, queue: Queue) -> None:
        """Take the lease before the child can claim the row."""
        self.reason_for_kill, self.is_handed_back = None, False
        hold_lease(self.connection, job.id)
        super().fork_work_horse(job, queue)

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        """In the child: die with the worker, and fail an allocation rather than the machine."""
        confine(self.pid or 0, get_settings().job_memory_mb)
        super().main_work_horse(job, queue)

    def monitor_work_horse(self, job: Job, queue: Queue, execution: Execution) -> None:
        """Give the lease back when the child has ended, whatever the reason."""
        try:
            super().monitor_work_horse(job, queue, execution)
        finally:
            drop_lease(self.connection, job.id)

    def _handle_stopped_job(self, job: Job, queue: Queue, execution: Execution) -> None:
        """It was cancelled, which its row tells, or deleted: nothing of it may stay."""
        super()._handle_stopped_job(job, queue, execution)
        job.delete()
        kind_of(job).tidy(get_store(), job.args[0])

    def maintain_heartbeats(self, job: Job, execution: Execution) -> None:
        """Called every second while the child works."""
        super().maintain_heartbeats(job, execution)
        held = held_memory(self.horse_pid)
        hold_lease(self.connection, job.id, sum(held.values()))
        if is_too_much(self.horse_pid, held, get_settings().job_memory_mb):
            self.reason_for_kill = _out_of_memory(job, sum(held.values()))
        elif job.started_at and _seconds_since(job) > (limit_s := _limit_s(job)) + KILL_AFTER_S:
            self.reason_for_kill = ReadTimeoutError(limit_s)
        elif self._is_to_end():
            self.is_handed_back = True
        if self.reason_for_kill or self.is_handed_back:
            self.kill_horse()

    def _is_to_end(self) -> bool:
        """Was it told to stop so long ago that its job must be handed back?"""
        told = self._shutdown_requested_date
        return told is not None and (now() - told).total_seconds() > HAND_BACK_AFTER_S

    def note_death(self, job: Job, _pid: int, status: int, usage: struct_rusage | None) -> None:
        """The child was killed. RQ calls no `on_failure` then, only this."""
        kind, (row_id, run) = kind_of(job), job.args
        if self.is_handed_back and kind is not TRIAL:
            with suppress(TaxAIError):  # cancelled or deleted just now
                _hand_back(self.connection, cast(Kind[Any], kind), row_id)
            return
        error = self.reason_for_kill
        died_of = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
        if error is None and died_of in OUT_OF_MEMORY_SIGNALS:
            error = _out_of_memory(job, usage.ru_maxrss << 10 if usage else 0)
        kind.fail(get_store(), row_id, run, error or TaxAIError())
        kind.tidy(get_store(), row_id)
        if kind.is_counted:
            count_done(self.connection)


def _hand_back(redis: Redis, kind: Kind[W], row_id: str) -> None:
    enqueue(redis, kind, kind.again(get_store(), row_id, False))


def _out_of_memory(job: Job, held_bytes: int) -> OutOfMemoryError:
    """What is told of a job that held so much, and how far it was."""
    memory_mb = get_settings().job_memory_mb
    if kind_of(job) is not DOCUMENT:
        return OutOfMemoryError(memory_mb)
    try:
        done = documents.get(get_store(), job.args[0]).pages_done
    except TaxAIError:
        return OutOfMemoryError(memory_mb)
    kept = {0: "", 1: "Page 1 is kept."}.get(done, f"Pages 1 to {done} are kept.")
    return OutOfMemoryOnPageError(done + 1, round(held_bytes / (1 << 20)), memory_mb, kept)


def run_extract_worker(number: str = "1") -> None:
    """Read papers until told to stop."""
    # Camelot works on pandas without Arrow, which pandas loads wherever it is installed: 35 MB.
    sys.modules["pyarrow"] = None  # type: ignore[assignment]
    from . import reread, task  # noqa: F401  the parsers: imported once here, shared by every fork

    task.prepare()
    _work(EXTRACT, number)


def run_ask_worker(number: str = "1") -> None:
    """Ask the model until told to stop."""
    if chosen_model(get_store()):
        # Else each job's own process loads it, a second later: 40 MB of a worker without a model.
        from . import ask

        ask.prepare()
    _work(ASK_QUEUE, number)


def _work(queue: str, number: str) -> None:
    gc.freeze()  # a collection in the child would write to, and so copy, what it shares
    get_store()
    redis: Redis = get_redis()
    name = f"{queue}-{number}"
    worker = CappedWorker(
        [queue_of(redis, queue)],
        name=f"{name}-{platform.node()}-{os.getpid()}",
        connection=redis,
        serializer=JSONSerializer,
        worker_ttl=WORKER_TTL_S,
        job_monitoring_interval=1,
        maintenance_interval=60,
        log_job_description=False,
    )
    worker._work_horse_killed_handler = worker.note_death
    presence.announce(redis, name)
    try:
        worker.work(logging_level="WARNING")
    finally:
        presence.withdraw(redis)


def _limit_s(job: Job) -> int:
    assert job.timeout  # every job is queued with one
    return int(job.timeout)


def _seconds_since(job: Job) -> float:
    assert job.started_at
    return (now() - job.started_at).total_seconds()
