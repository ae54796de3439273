"""The circuit breaker, as two processes on one Redis see it."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pybreaker import CircuitMemoryStorage, CircuitRedisStorage

from taxai_core.ai.breaker import ModelBreaker
from taxai_core.ai.errors import (
    BreakerOpenError,
    ModelAwayError,
    ModelBusyError,
    ModelDiedError,
    ModelError,
    ModelMemoryError,
    ModelMissingError,
    ModelNotLoadedError,
    ModelRefusedError,
    ModelStalledError,
    ModelTooSlowError,
    NoUsableAnswerError,
    TooLongQuestionError,
)
from taxai_core.jobs.deadline import OverTime

CHECKOUT = Path(__file__).parents[2]
AT_ONCE = [ModelAwayError(), ModelDiedError(), ModelStalledError(60), ModelNotLoadedError(300)]
COUNTED = [ModelTooSlowError(120), ModelError()]
ANSWERS = [
    *(ModelMissingError("m"), ModelRefusedError(), ModelMemoryError("m"), NoUsableAnswerError()),
]
NEUTRAL = [
    *(ModelBusyError(300), TooLongQuestionError(), KeyError("a fault of ours"), OverTime()),
]


def name_of(error: BaseException) -> str:
    return type(error).__name__


def fail(error: BaseException) -> None:
    raise error


def fail_through(breaker: ModelBreaker, error: BaseException, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(type(error)):
            breaker.call(fail, error)


@pytest.fixture
def breaker_here(redis) -> Callable[[], ModelBreaker]:
    """Make a breaker as each process makes its own, all on one Redis."""
    return lambda: ModelBreaker(CircuitRedisStorage("closed", redis, namespace="model"))


@pytest.fixture
def let_time_pass(redis) -> Callable[[], None]:
    """Let the rest of the server be over."""
    return lambda: redis.set("model:pybreaker:opened_at", int(time.time()) - 61)


@pytest.mark.parametrize("error", AT_ONCE, ids=name_of)
def test_a_silent_server_is_left_alone_at_once_by_all(error, breaker_here) -> None:
    first, other = breaker_here(), breaker_here()

    fail_through(first, error)

    for breaker in (first, other, breaker_here()):
        assert breaker.is_open()
        assert breaker.state == "open"
        assert not breaker.may_probe()
        assert breaker.rests_s() > 0
        with pytest.raises(BreakerOpenError, match="left alone for a while"):
            breaker.check()
        with pytest.raises(BreakerOpenError):
            breaker.call(fail, AssertionError("it was called"))


@pytest.mark.parametrize("error", COUNTED, ids=name_of)
def test_other_failures_open_it_when_there_are_three_in_a_row(error, breaker_here) -> None:
    first, other = breaker_here(), breaker_here()

    fail_through(first, error)
    fail_through(other, error)
    assert not first.is_open()

    fail_through(first, error)
    assert other.is_open()


def test_an_answer_between_two_failures_begins_the_count_anew(breaker_here) -> None:
    breaker = breaker_here()

    fail_through(breaker, ModelError(), times=2)
    assert breaker.call(lambda: "answer") == "answer"
    fail_through(breaker, ModelError(), times=2)

    assert not breaker.is_open()


@pytest.mark.parametrize("error", ANSWERS, ids=name_of)
def test_a_server_that_answers_no_is_well(error, breaker_here, let_time_pass) -> None:
    breaker = breaker_here()

    fail_through(breaker, ModelError(), times=2)
    fail_through(breaker, error)
    fail_through(breaker, ModelError(), times=2)
    assert breaker.state == "closed"

    fail_through(breaker, ModelError())
    let_time_pass()
    fail_through(breaker, error)
    assert breaker.state == "closed"


@pytest.mark.parametrize("error", NEUTRAL, ids=name_of)
def test_what_says_nothing_of_the_server_opens_nothing_and_ends_no_count(
    error, breaker_here
) -> None:
    breaker = breaker_here()
    fail_through(breaker, error, times=5)
    assert breaker.state == "closed"

    fail_through(breaker, ModelError(), times=2)
    fail_through(breaker, error)
    fail_through(breaker, ModelError())

    assert breaker.is_open()


@pytest.mark.parametrize("error", NEUTRAL, ids=name_of)
def test_a_probe_that_says_nothing_of_the_server_is_followed_by_another(
    error, breaker_here, let_time_pass
) -> None:
    first, other = breaker_here(), breaker_here()
    fail_through(first, ModelAwayError())
    let_time_pass()

    fail_through(other, error)

    assert first.state == "half-open"
    assert first.is_open()
    let_time_pass()
    assert first.may_probe()
    assert first.call(lambda: "answer") == "answer"
    assert other.state == "closed"


@pytest.mark.parametrize("error", [*AT_ONCE, *COUNTED], ids=name_of)
def test_a_failure_met_elsewhere_counts_too(error, breaker_here) -> None:
    breaker = breaker_here()

    for _ in range(3):
        breaker.note_failure(error)

    assert breaker.is_open()


def test_an_answer_that_comes_after_another_process_failed_closes_nothing(breaker_here) -> None:
    first, other = breaker_here(), breaker_here()

    def answer_late() -> str:
        fail_through(other, ModelAwayError())
        return "answer"

    assert first.call(answer_late) == "answer"
    assert first.is_open()


def test_after_its_rest_a_probe_that_succeeds_closes_it_for_all(
    breaker_here, let_time_pass
) -> None:
    first, other = breaker_here(), breaker_here()
    fail_through(first, ModelAwayError())
    let_time_pass()
    assert other.may_probe()
    assert not other.is_open()

    assert other.call(lambda: "answer") == "answer"

    assert first.state == other.state == "closed"
    assert not first.may_probe()
    assert first.call(lambda: "again") == "again"


def test_only_one_process_probes(breaker_here, let_time_pass) -> None:
    first, other = breaker_here(), breaker_here()
    fail_through(first, ModelAwayError())
    let_time_pass()

    def probe() -> str:
        assert other.state == "half-open"
        assert other.is_open()
        with pytest.raises(BreakerOpenError):
            other.call(fail, AssertionError("it was called"))
        return "answer"

    assert first.call(probe) == "answer"
    assert not other.is_open()


@pytest.mark.parametrize("error", [*AT_ONCE, *COUNTED], ids=name_of)
def test_a_probe_that_fails_opens_it_again(error, breaker_here, let_time_pass) -> None:
    first, other = breaker_here(), breaker_here()
    fail_through(first, ModelAwayError())
    let_time_pass()

    fail_through(other, error)

    assert first.state == "open"
    assert first.is_open()


PROBE_AND_DIE = """
import os, sys, redis
from pybreaker import CircuitRedisStorage
from taxai_core.ai.breaker import ModelBreaker
storage = CircuitRedisStorage("closed", redis.Redis.from_url(sys.argv[1]), namespace="model")
ModelBreaker(storage).call(os.abort)
"""


def test_a_process_that_dies_in_its_probe_is_followed_by_another(
    breaker_here, let_time_pass, valkey_url: str
) -> None:
    breaker = breaker_here()
    fail_through(breaker, ModelAwayError())
    let_time_pass()

    subprocess.run(
        [sys.executable, "-c", PROBE_AND_DIE, valkey_url], cwd=CHECKOUT, check=False, timeout=60
    )

    assert breaker.state == "half-open"
    assert breaker.is_open()
    let_time_pass()
    assert breaker.call(lambda: "answer") == "answer"
    assert breaker.state == "closed"


def test_without_its_redis_it_lets_calls_through(valkey_at, tmp_path) -> None:
    from taxai_core.jobs.connection import open_redis

    with valkey_at(f"{tmp_path}/s") as url:
        breaker = ModelBreaker(CircuitRedisStorage("closed", open_redis(url)))
        fail_through(breaker, ModelAwayError())

    assert not breaker.is_open()
    assert breaker.call(lambda: "answer") == "answer"


def test_it_works_in_the_memory_of_one_process() -> None:
    breaker = ModelBreaker(CircuitMemoryStorage("closed"))

    fail_through(breaker, ModelStalledError(60))

    assert breaker.is_open()
