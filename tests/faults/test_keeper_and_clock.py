"""The keeper killed and doubled, and a clock that is set in the middle of a reading."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from clocks import Clock
from fates import (
    KEPT,
    SHORT,
    Faulty,
    assert_at_ease,
    assert_read_whole,
    end_of,
    now,
    submit,
    wait_for_kept,
)
from redis import Redis
from rq import Worker
from waiting import is_gone, wait_until

from taxai_core import service
from taxai_core.jobs.queue import extract_queue

Plant = Callable[..., Faulty]
Start = Callable[..., "subprocess.Popen[bytes]"]


def times_queued_again(document_id: str) -> int:
    history = service.open_document(document_id).history
    return sum(line.summary.startswith("queued again") for line in history)


def keeper_is_seen() -> bool:
    return service.system_state().keeper_alive


def test_two_keepers_revive_a_lost_reading_once_and_what_both_leave_the_next_one_finds(
    faulty: Plant, start: Start, redis: Redis
) -> None:
    keepers, first = [start("keep"), start("keep")], faulty("gate")
    document_id = submit()
    wait_for_kept(document_id)
    wait_until(keeper_is_seen, "a keeper is at work")
    child = first.child

    first.process.kill()
    wait_until(lambda: is_gone(child), "the child dies with its worker")
    wait_until(lambda: now(document_id).run == 2, "it is queued again")
    for keeper in keepers:
        keeper.kill()
        keeper.wait()
    waiting = submit("waiting.pdf", SHORT)
    extract_queue(redis).empty()
    second = faulty("gate")
    second.open_gate()
    start("keep")

    assert end_of(waiting).state == "review"
    document = end_of(document_id)
    assert (document.state, document.run) == ("review", 2)
    assert times_queued_again(document_id) == 1
    assert_read_whole(document_id)
    assert not set(KEPT) & set(second.pages_read())
    assert_at_ease(second, redis, document.job_id, now(waiting).job_id)


def heartbeat(redis: Redis, worker: Faulty) -> datetime:
    """When a worker last said that it lives, by its own clock."""
    (found,) = (one for one in Worker.all(redis) if one.name.endswith(f"-{worker.process.pid}"))
    assert found.last_heartbeat
    return found.last_heartbeat


def is_set(moment: datetime) -> bool:
    """Is it a moment of the other clock?"""
    return abs(moment - datetime.now(UTC)) > timedelta(hours=1)


@pytest.mark.parametrize("hours", [2, -2])
def test_a_clock_that_is_set_in_the_middle_ends_no_reading(
    clock: Clock, faulty: Plant, start: Start, redis: Redis, hours: int
) -> None:
    keeper, worker = start("keep"), faulty("gate")
    document_id, waiting = submit(), submit("waiting.pdf", SHORT)
    wait_for_kept(document_id)
    wait_until(keeper_is_seen, "a keeper is at work")

    clock.set_by(hours)
    wait_until(lambda: is_set(heartbeat(redis, worker)), "the worker sees the new time")
    first = heartbeat(redis, worker)
    wait_until(lambda: heartbeat(redis, worker) != first, "it has looked at its child since")
    other = faulty("gate")  # which looks, as it starts, for jobs whose time is over
    assert end_of(waiting).state == "review"
    worker.open_gate()
    document = end_of(document_id)

    assert (document.state, document.run, document.error_code) == ("review", 1, None)
    assert_read_whole(document_id)
    assert (worker.process.poll(), keeper.poll()) == (None, None)
    assert end_of(submit("after.pdf", SHORT + b"\n")).state == "review"
    for each in (worker, other):
        assert_at_ease(each, redis, document.job_id)
