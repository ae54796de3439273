"""The workers: one queue each, one forked child a job, under a memory and a time cap."""

import gc
import os
import platform
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from resource import struct_rusage
from typing import Any, cast

import structlog
from redis import Redis
from redis.client import Pipeline, PubSub, PubSubWorkerThread
from redis.exceptions import RedisError
from rq import Queue, Worker
from rq.executions import Execution
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.worker_registration import register

from ..errors import ReadTimeoutError, TaxAIError
from ..settings import get_settings
from . import presence
from .crew_size import EXTRACT
from .deadline import Deadline
from .deaths import hand_back, out_of_memory, tell_death
from .failing import fail
from .kinds import ASK_QUEUE, Kind, kind_of
from .limits import confine, held_memory, is_too_much
from .model import chosen_model
from .queue import bury, drop_lease, hold_lease, queue_of
from .workplace import get_redis, get_store

log = structlog.get_logger()

# How long C code may hold the interpreter past the alarm before the child is killed: with the
# second between two looks, and one more where Redis hangs, 5 s at most.
KILL_AFTER_S = 3
HEARD_WITHIN_S = 1.0
# RQ's idle worker says that it lives every `worker_ttl - 15` seconds.
WORKER_TTL_S = 18
# A worker that is told to stop lets its job end for so long; `up` kills it after 4 s.
HAND_BACK_AFTER_S = 1.5
# How often a worker looks whether a Redis that went away is back.
LOOK_EVERY_S = 1.0


class CappedWorker(Worker):
    """RQ's forking worker, with a watch on its child once a second.

    It goes by the monotonic clock, because the other one may be set, and outlives a Redis that goes
    away.
    """

    death_penalty_class = Deadline
    max_connection_wait_time = 4.0
    # Makes the sentence when the child is dead: that reads the row, which may be held for a while.
    reason_for_kill: Callable[[], TaxAIError] | None = None
    is_handed_back = False
    short_name = ""
    impatient: Redis
    _began_at = 0.0
    _told_at: float | None = None
    _held_bytes = 0

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Run one job; where Redis goes away meanwhile, its row tells what became of it."""
        try:
            super().execute_job(job, queue)
        except RedisError as error:
            log.warning("redis is away", job=job.id, kind=type(error).__name__)
            self._forget_when_redis_is_back(job)

    def fork_work_horse(self, job: Job, queue: Queue) -> None:
        """Take the lease before the child can claim the row."""
        self.reason_for_kill, self.is_handed_back, self._held_bytes = None, False, 0
        self._began_at = time.monotonic()
        hold_lease(self.connection, job.id)
        super().fork_work_horse(job, queue)

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        """In the child: die with the worker, and fail an allocation rather than the machine."""
        confine(self.pid or 0, get_settings().job_memory_mb)
        super().main_work_horse(job, queue)

    def monitor_work_horse(self, job: Job, queue: Queue, execution: Execution) -> None:
        """Give the lease back when the child has ended, whatever the reason."""
        limit_s = job.timeout
        assert limit_s  # every job is queued with one
        self._kill_at = self._began_at + limit_s + KILL_AFTER_S
        self._limit_s, job.timeout = int(limit_s), -1  # RQ's own goes by the clock on the wall
        try:
            super().monitor_work_horse(job, queue, execution)
        finally:
            with suppress(RedisError):  # it lapses
                drop_lease(self.impatient, job.id)

    def maintain_heartbeats(self, job: Job, execution: Execution) -> None:
        """Called every second while the child works."""
        held = held_memory(self.horse_pid)
        self._held_bytes = max(self._held_bytes, sum(held.values()))
        if is_too_much(self.horse_pid, held, get_settings().job_memory_mb):
            self.reason_for_kill = partial(
                out_of_memory, cast(Kind[Any], kind_of(job)), job.args[0], sum(held.values())
            )
        elif time.monotonic() > self._kill_at:
            self.reason_for_kill = partial(ReadTimeoutError, self._limit_s)
        elif self._told_at and time.monotonic() > self._told_at + HAND_BACK_AFTER_S:
            self.is_handed_back = True
        if self.reason_for_kill or self.is_handed_back:
            self.kill_horse()
        if self.reason_for_kill:
            # Before RQ asks its Redis, which may hang, what became of the job.
            with suppress(TaxAIError):
                kind, (row_id, run) = cast(Kind[Any], kind_of(job)), job.args
                fail(kind, row_id, run, self.reason_for_kill())
        # A Redis that hangs must not keep this watch from the next look.
        patient, self.connection = self.connection, self.impatient
        try:
            super().maintain_heartbeats(job, execution)
            self._stay_registered()
            hold_lease(self.connection, job.id, sum(held.values()))
        except RedisError:
            pass
        finally:
            self.connection = patient

    def note_death(
        self, job: Job, _pid: int | None, status: int | None, usage: struct_rusage | None
    ) -> None:
        """The child was killed. RQ calls no `on_failure` then, only this."""
        try:
            if self.is_handed_back:
                hand_back(self.connection, job)
                return
            peak = max(self._held_bytes, usage.ru_maxrss << 10 if usage else 0)
            reason = self.reason_for_kill() if self.reason_for_kill else None
            tell_death(self.connection, job, reason=reason, status=status, held_bytes=peak)
        except TaxAIError as error:  # the row cannot be written; the keeper finds it without work
            log.error("death not noted", job=job.id, code=error.code)

    def _handle_stopped_job(self, job: Job, queue: Queue, execution: Execution) -> None:
        """It was cancelled, which its row tells, or deleted: nothing of it may stay."""
        super()._handle_stopped_job(job, queue, execution)
        job.delete()
        with suppress(TaxAIError):  # the keeper tidies later
            kind_of(job).tidy(get_store(), job.args[0])

    def handle_warm_shutdown_request(self) -> None:
        """It is told to stop; its job may end for a while."""
        self._told_at = time.monotonic()

    def heartbeat(self, timeout: int | None = None, pipeline: Pipeline | None = None) -> None:
        """Say that it lives; that Redis is away is found by whoever needs it."""
        with suppress(RedisError):
            if pipeline is None and not self.connection.hexists(self.key, "birth"):
                self.connection.delete(self.key)
                self.register_birth()  # type: ignore[no-untyped-call]  # rq's
            if pipeline is None:
                self._stay_registered()
            super().heartbeat(timeout, pipeline)

    def check_for_suspension(self, burst: bool) -> None:
        """We suspend nothing, and RQ would end where it cannot ask."""

    def run_maintenance_tasks(self) -> None:
        """As RQ does; next time where Redis is away."""
        with suppress(RedisError):
            super().run_maintenance_tasks()  # type: ignore[no-untyped-call]  # rq's

    def _stay_registered(self) -> None:
        """A Redis that was emptied knows nobody any more."""
        register(self)
        if self.short_name and not presence.is_present(self.connection, os.getpid()):
            presence.announce(self.connection, self.short_name)

    def kill_horse(self, sig: signal.Signals = signal.SIGKILL) -> None:
        """End the child, if there is one: RQ would end its own group where there is none."""
        if self.horse_pid:
            super().kill_horse(sig)

    def _pubsub_exception_handler(
        self, exc: Exception, pubsub: PubSub, pubsub_thread: PubSubWorkerThread
    ) -> None:
        """Wait for a Redis that does not answer, too: without this thread nobody hears a cancel."""
        if not isinstance(exc, RedisError):
            super()._pubsub_exception_handler(exc, pubsub, pubsub_thread)
        time.sleep(LOOK_EVERY_S)

    def _forget_when_redis_is_back(self, job: Job) -> None:
        self.executions.clear()  # else RQ takes it for that of every later job
        if self.horse_pid:
            self.kill_horse()
            self.wait_for_horse()
            self._horse_pid = 0
        while not self._stop_requested:
            with suppress(RedisError):
                bury(self.connection, job.id)
                drop_lease(self.connection, job.id)
                return
            time.sleep(LOOK_EVERY_S)


def run_extract_worker(number: str = "1") -> None:
    """Read papers until told to stop."""
    # Several workers with a thread a core each would only wait for each other.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
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
    log.info("worker started", worker=name)
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
    worker._work_horse_killed_handler, worker.short_name = worker.note_death, name
    worker.impatient = get_redis(HEARD_WITHIN_S, retries=0)
    presence.announce(redis, name)
    try:
        worker.work(logging_level="WARNING")
    finally:
        log.info("worker stopped", worker=name)
        presence.withdraw(redis)
