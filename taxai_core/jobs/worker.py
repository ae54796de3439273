"""The extract worker: one queue, one forked child a job, under a memory and a time cap."""

import gc
import logging
import os
import platform
import sys

from redis import Redis
from rq import Queue, Worker
from rq.executions import Execution
from rq.job import Job
from rq.serializers import JSONSerializer

from ..errors import OutOfMemoryError, ReadTimeoutError, TaxAIError
from ..pdf.forks import OUT_OF_MEMORY_SIGNALS
from ..settings import get_settings
from ..store import documents
from . import presence
from .deadline import Deadline
from .kinds import kind_of
from .limits import confine, is_over_memory
from .queue import drop_lease, extract_queue, hold_lease
from .tally import count_done
from .workplace import get_redis, get_store

log = logging.getLogger(__name__)

# How long C code may hold the interpreter past the alarm before the child is killed.
KILL_AFTER_S = 5


class CappedWorker(Worker):
    """RQ's forking worker, with a watch on its child once a second."""

    death_penalty_class = Deadline
    reason_for_kill: TaxAIError | None = None

    def fork_work_horse(self, job: Job, queue: Queue) -> None:
        """Take the lease before the child can claim the row."""
        self.reason_for_kill = None
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
        hold_lease(self.connection, job.id)
        settings = get_settings()
        if is_over_memory(self.horse_pid, settings.job_memory_mb):
            self.reason_for_kill = OutOfMemoryError(settings.job_memory_mb)
        elif job.started_at and _seconds_since(job) > (limit_s := _limit_s(job)) + KILL_AFTER_S:
            self.reason_for_kill = ReadTimeoutError(limit_s)
        if self.reason_for_kill:
            self.kill_horse()

    def note_death(self, job: Job, _pid: int, status: int, _usage: object) -> None:
        """The child was killed. RQ calls no `on_failure` then, only this."""
        error = self.reason_for_kill
        died_of = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
        if error is None and died_of in OUT_OF_MEMORY_SIGNALS:
            error = OutOfMemoryError(get_settings().job_memory_mb)
        kind, (row_id, run) = kind_of(job), job.args
        kind.fail(get_store(), row_id, run, error or TaxAIError())
        kind.tidy(get_store(), row_id)
        if kind.is_counted:
            count_done(self.connection)


def run_extract_worker(number: str = "1") -> None:
    """Work until told to stop."""
    # Camelot works on pandas without Arrow, which pandas loads wherever it is installed: 35 MB.
    sys.modules["pyarrow"] = None  # type: ignore[assignment]
    from . import reread, task  # noqa: F401  the parsers: imported once here, shared by every fork

    task.prepare()
    gc.freeze()  # a collection in the child would write to, and so copy, what it shares
    get_store()
    redis: Redis = get_redis()
    name = f"extract-{number}"
    worker = CappedWorker(
        [extract_queue(redis)],
        name=f"{name}-{platform.node()}-{os.getpid()}",
        connection=redis,
        serializer=JSONSerializer,
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
    return (documents.now() - job.started_at).total_seconds()
