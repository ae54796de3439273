"""Which workers are counted: real processes that work, are killed, are stopped and go silent."""

import contextlib
import platform
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import psutil
import pytest
from papers import INTEREST, paper
from redis import Redis
from waiting import is_gone, wait_until

from taxai_core import service
from taxai_core.jobs import workers
from taxai_core.jobs.counters import Counter, keep
from taxai_core.jobs.points import Point
from taxai_core.jobs.queue import has_lease
from taxai_core.jobs.samples import record
from taxai_core.jobs.workers import living_workers
from taxai_core.service.documents import open_document

LONG = paper("A long statement", INTEREST, pages=80)
Start = Callable[..., "subprocess.Popen[bytes]"]


def names(redis: Redis) -> list[str]:
    return [worker.name for worker in living_workers(redis)]


@pytest.fixture
def worker(start: Start, redis: Redis) -> "subprocess.Popen[bytes]":
    process = start("extract", "1")
    wait_until(lambda: names(redis) == ["extract-1"], "the worker is seen")
    return process


@pytest.fixture
def reading(worker: "subprocess.Popen[bytes]") -> str:
    """The id of a document that the worker is in the middle of."""
    document_id = service.submit("long.pdf", LONG).document.id
    wait_until(lambda: open_document(document_id).document.pages_done >= 3, "some pages are read")
    return document_id


@contextlib.contextmanager
def stopped(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        process.send_signal(signal.SIGCONT)


def test_an_idle_worker_is_seen_with_where_it_runs(worker, redis: Redis) -> None:
    (seen,) = living_workers(redis)

    assert (seen.name, seen.kind) == ("extract-1", "extract")
    assert (seen.host, seen.pid) == (platform.node(), worker.pid)
    assert seen.since is not None
    assert (seen.job_id, seen.held_bytes) == (None, None)
    assert service.system_state().workers == 1


def test_a_busy_worker_is_seen_with_its_job_and_the_memory_of_it(reading, redis: Redis) -> None:
    job_id = open_document(reading).document.job_id

    def holds_memory() -> bool:
        (seen,) = living_workers(redis)
        return seen.job_id == job_id and bool(seen.held_bytes)

    wait_until(holds_memory, "the worker has said what its job holds")
    work = service.work()
    (running,) = work.running
    assert (running.document.id, running.worker) == (reading, "extract-1")
    assert running.memory_bytes
    assert running.memory_bytes > 10 << 20
    assert [seat.document and seat.document.id for seat in work.workers] == [reading]


def test_a_killed_worker_is_told_at_once(worker, redis: Redis) -> None:
    worker.kill()  # and nobody has waited for it yet: its process is a zombie
    wait_until(lambda: is_gone(psutil.Process(worker.pid)), "the process has ended")

    assert names(redis) == []
    assert service.system_state().workers == 0


def test_a_worker_that_is_told_to_stop_is_counted_no_more(worker, redis: Redis) -> None:
    worker.terminate()
    worker.wait()

    assert names(redis) == []


def test_a_worker_that_goes_silent_is_counted_no_more_until_it_speaks_again(
    worker, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Longer than the 3 s between two signs of an idle worker.
    monkeypatch.setattr(workers, "SILENT_AFTER_S", 5.0)

    with stopped(worker):
        wait_until(lambda: names(redis) == [], "the silence is noticed")
    wait_until(lambda: names(redis) == ["extract-1"], "it is seen again")


def test_a_busy_worker_that_goes_silent_is_counted_no_more(
    worker, reading, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "SILENT_AFTER_S", 5.0)

    with stopped(worker):
        wait_until(lambda: names(redis) == [], "the silence is noticed")


def test_a_worker_of_another_host_is_told_dead_by_its_silence_alone(
    worker, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "node", lambda: "another-host")
    monkeypatch.setattr(workers, "SILENT_AFTER_S", 5.0)
    assert names(redis) == ["extract-1"]

    worker.kill()
    worker.wait()

    wait_until(lambda: names(redis) == [], "the silence is noticed")


def test_a_container_s_worker_is_called_as_everywhere_else(worker, redis: Redis) -> None:
    point = Point(time.time(), 10, 4, 2 << 30, 16 << 30, 1 << 30)
    record(redis, "box", point, redis.time()[0])
    keep(redis, "box", {"extract-2": Counter(platform.node())})
    assert [seat.worker.name for seat in service.work().workers] == ["extract-2"]

    record(redis, "another", point, redis.time()[0])
    work = service.work()
    assert [seat.worker.name for seat in work.workers] == ["extract-2 on box"]
    assert work.readers == 1


def test_workers_of_two_machines_are_told_apart_whatever_those_are_called(
    worker, redis: Redis
) -> None:
    point = Point(time.time(), 10, 4, 2 << 30, 16 << 30, 1 << 30)
    for machine in ("first", "second"):
        record(redis, machine, point, redis.time()[0])

    (seat,) = service.work().workers
    assert seat.worker.name == f"extract-1 on {platform.node()}"


@pytest.mark.parametrize("wrong_s", [-3600, 3600])
def test_a_host_whose_clock_is_wrong_has_living_workers_all_the_same(
    worker, redis: Redis, monkeypatch: pytest.MonkeyPatch, wrong_s: int
) -> None:
    right = workers.utcparse

    def wrong(moment: str) -> datetime:
        return right(moment) + timedelta(seconds=wrong_s)

    monkeypatch.setattr(workers, "utcparse", wrong)

    assert names(redis) == ["extract-1"]


def test_cancel_ends_the_reading_and_its_page_forks_and_gives_the_memory_back(
    worker, reading: str, redis: Redis
) -> None:
    document = open_document(reading).document
    family = psutil.Process(worker.pid).children(recursive=True)
    assert len(family) >= 2  # the reading, and a fork that has a page

    service.cancel(reading)

    wait_until(lambda: all(is_gone(one) for one in family), "child and forks have ended")
    wait_until(lambda: not has_lease(redis, document.job_id), "the lease is dropped")
    assert open_document(reading).document.state == "cancelled"
    assert psutil.Process(worker.pid).children() == []
    assert worker.poll() is None
