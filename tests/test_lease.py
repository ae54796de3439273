"""One keeper at a time, however many there are."""

import subprocess
from collections.abc import Callable

import pytest
from redis import Redis
from rq import Worker
from waiting import wait_until

from taxai_core.jobs import presence
from taxai_core.jobs.keeper_signs import LEASE
from taxai_core.jobs.lease import Lease

Start = Callable[..., "subprocess.Popen[bytes]"]
NAME = "taxai:test:lease"


def holder(redis: Redis) -> str:
    return (redis.get(LEASE) or b"").decode()


def pid_of_holder(redis: Redis) -> int | None:
    parts = holder(redis).split(":")
    return int(parts[1]) if len(parts) == 3 else None


def test_one_has_it_and_keeps_it_while_it_asks(redis: Redis) -> None:
    first, second = Lease(redis, NAME), Lease(redis, NAME)

    assert [first.is_mine(), second.is_mine(), first.is_mine(), second.is_mine()] == [
        *(True, False),
        *(True, False),
    ]


def test_another_has_it_when_the_first_one_gives_it_back(redis: Redis) -> None:
    first, second = Lease(redis, NAME), Lease(redis, NAME)
    assert first.is_mine()

    first.give_back()

    assert [second.is_mine(), first.is_mine()] == [True, False]


def test_another_has_it_when_it_runs_out(redis: Redis) -> None:
    first, second = Lease(redis, NAME, lease_s=0.05), Lease(redis, NAME)
    assert first.is_mine()

    wait_until(second.is_mine, "the second takes it")

    assert not first.is_mine()


def test_that_of_a_process_that_died_on_this_host_is_taken_at_once(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    with monkeypatch.context() as patch:
        patch.setattr("os.getpid", lambda: gone.pid)
        dead = Lease(redis, NAME)
    assert dead.is_mine()

    assert Lease(redis, NAME).is_mine()


def test_that_of_another_host_is_left_to_run_out(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("platform.node", lambda: "another")
        elsewhere = Lease(redis, NAME)
    assert elsewhere.is_mine()

    assert not Lease(redis, NAME).is_mine()


def test_a_second_keeper_stands_by_and_takes_over_when_the_first_is_killed(
    start: Start, redis: Redis
) -> None:
    first = start("keep")
    wait_until(lambda: pid_of_holder(redis) == first.pid, "the first is on duty")
    second = start("keep")
    wait_until(lambda: redis.hlen("taxai:processes") == 2, "the second is there")
    assert pid_of_holder(redis) == first.pid

    first.kill()
    first.wait()

    wait_until(lambda: pid_of_holder(redis) == second.pid, "the second takes over")


def test_a_keeper_that_is_stopped_leaves_its_duty_to_the_next(start: Start, redis: Redis) -> None:
    first = start("keep")
    wait_until(lambda: pid_of_holder(redis) == first.pid, "it is on duty")

    first.terminate()
    first.wait()

    assert holder(redis) == ""


def test_who_is_there_is_known_again_after_redis_was_emptied(start: Start, redis: Redis) -> None:
    start("extract", "1")
    start("keep")

    def names() -> set[str]:
        return {process.name for process in presence.processes(redis)}

    wait_until(lambda: names() == {"extract-1", "keeper"}, "both are there")

    redis.flushall()

    wait_until(lambda: names() == {"extract-1", "keeper"}, "both say so again")
    assert Worker.count(connection=redis) == 1
