"""Asking past the slot and the breaker, against a failing server and a real Redis."""

import threading
from collections.abc import Callable, Iterator

import pytest
from redis import Redis
from redis.exceptions import RedisError
from waiting import wait_until

from ai.fault_server import FaultServer
from ai.faults import MODEL
from taxai_core.ai.errors import (
    BreakerOpenError,
    ModelAwayError,
    ModelBusyError,
    ModelDiedError,
    ModelError,
    ModelMissingError,
    ModelNotLoadedError,
    ModelStalledError,
)
from taxai_core.ai.options import ModelOptions
from taxai_core.ai.question import Answer, Question
from taxai_core.jobs import model
from taxai_core.jobs.asker import Asker
from taxai_core.jobs.breaker import last_trouble, model_breaker
from taxai_core.jobs.model import SLOT, model_slot
from taxai_core.jobs.workplace import get_store

SLOT_KEY = f"{SLOT}:0"
QUESTION = Question(
    "Read the paper.", "PAN of the employee", {"type": "object", "properties": {}}, most_tokens=64
)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


@pytest.fixture
def ask(data, redis: Redis, server: FaultServer) -> Callable[..., Answer]:
    """Ask about a document of its own, as a job does."""

    def about(document_id: str, **limits: float) -> Answer:
        options = ModelOptions(
            server.url, MODEL, **{"stall_s": 0.5, "call_s": 1.5, "load_s": 60, **limits}
        )
        with Asker(redis, options) as asker:
            return asker.about(get_store(), document_id)(QUESTION)

    return about


@pytest.fixture
def keep_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The documents of these tests are in no table."""
    monkeypatch.setattr("taxai_core.store.answers.keep_answer", lambda *_: None)


pytestmark = pytest.mark.usefixtures("keep_no_answer")


def let_it_rest(redis: Redis) -> None:
    redis.set("taxai:model:breaker:pybreaker:opened_at", 1)


def test_failures_of_three_documents_open_the_breaker_though_all_lookups_succeed(
    ask, redis: Redis, server: FaultServer
) -> None:
    server.behave("status", status=500)

    for number in range(3):
        with pytest.raises(ModelError, match="nobody expected"):
            ask(f"document {number}")
    with pytest.raises(BreakerOpenError):
        ask("document 4")

    assert server.asked == 3
    assert last_trouble(redis)[0] == str(ModelError())


def test_a_server_that_tells_its_models_and_answers_nothing_stays_left_alone(
    ask, redis: Redis, server: FaultServer
) -> None:
    server.behave("hang")
    with pytest.raises(ModelStalledError):
        ask("document 1")
    let_it_rest(redis)

    with pytest.raises(ModelStalledError):
        ask("document 2")

    assert model_breaker(redis).state == "open"
    let_it_rest(redis)
    server.behave("good")
    assert ask("document 3").values == {}
    assert model_breaker(redis).state == "closed"


def test_a_server_without_the_model_is_no_proof_that_it_is_well(
    ask, redis: Redis, server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.behave("hang")
    with pytest.raises(ModelStalledError):
        ask("document 1")
    let_it_rest(redis)
    monkeypatch.setattr("ai.fault_handler.described", lambda: {"name": "another"})

    with pytest.raises(ModelMissingError):
        ask("document 2")

    assert model_breaker(redis).state == "open"


def test_a_failing_lookup_opens_the_breaker(ask, redis: Redis, server: FaultServer) -> None:
    server.behave("hang_all")

    with pytest.raises(ModelStalledError):
        ask("document 1")

    assert model_breaker(redis).is_open()


def test_a_server_too_full_for_anything_is_waited_for_and_not_left_alone(
    ask, redis: Redis, server: FaultServer
) -> None:
    server.behave("busy_all", times=3)
    assert ask("document 1").values == {}

    server.behave("busy_all", times=1000)
    for number in range(4):
        with pytest.raises(ModelBusyError):
            ask(f"document {number + 2}", load_s=0.3)

    assert model_breaker(redis).state == "closed"


def test_a_server_that_never_loads_makes_one_document_wait_and_no_more(
    ask, redis: Redis, server: FaultServer
) -> None:
    server.behave("slow_load", seconds=60)

    with pytest.raises(ModelNotLoadedError):
        ask("document 1", load_s=0.5)
    with pytest.raises(BreakerOpenError):
        ask("document 2", load_s=0.5)

    assert server.asked == 1


def test_a_server_that_dies_over_a_question_is_told_from_one_that_is_away(
    ask, redis: Redis, server: FaultServer
) -> None:
    server.behave("die")
    with pytest.raises(ModelDiedError):
        ask("document 1")
    assert model_breaker(redis).is_open()
    let_it_rest(redis)
    server.__exit__()

    with pytest.raises(ModelAwayError) as caught:
        ask("document 2")

    assert type(caught.value) is ModelAwayError


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "RENEW_EVERY_S", 0.05)


def test_a_slot_that_redis_forgot_is_taken_again(redis: Redis, quickly) -> None:
    lost = threading.Event()

    with model_slot(redis, lost.set):
        held = redis.get(SLOT_KEY)
        redis.flushall()
        wait_until(lambda: redis.get(SLOT_KEY) == held, "it is held again")
        assert redis.pttl(SLOT_KEY) > 0
        with pytest.raises(ModelBusyError), model_slot(redis, at_most_s=0.2):
            pytest.fail("two hold it")

    assert not lost.is_set()
    assert redis.get(SLOT_KEY) is None


def test_who_has_lost_the_slot_is_told_and_leaves_it_to_the_other(redis: Redis, quickly) -> None:
    lost = threading.Event()

    with model_slot(redis, lost.set):
        redis.set(SLOT_KEY, "another")
        assert lost.wait(30)

    assert redis.get(SLOT_KEY) == b"another"


def test_a_slot_outlives_a_redis_that_is_away_for_a_while(
    valkey_at, tmp_path, data, quickly
) -> None:
    from taxai_core.jobs.connection import open_redis

    lost = threading.Event()
    with valkey_at(f"{tmp_path}/s") as url:
        slot = model_slot(open_redis(url), lost.set)
        slot.__enter__()
    with pytest.raises(RedisError):
        open_redis(url).ping()
    with valkey_at(f"{tmp_path}/s") as url:
        wait_until(lambda: open_redis(url).get(SLOT_KEY), "it is held again")
    slot.__exit__(None, None, None)  # Redis is away again

    assert not lost.is_set()


def test_a_question_whose_slot_another_holds_is_ended_at_the_server(
    ask, redis: Redis, server: FaultServer, quickly
) -> None:
    server.behave("hang")

    def take_the_slot() -> None:
        wait_until(lambda: server.in_flight == 1, "a question is on its way")
        redis.set(SLOT_KEY, "another")

    threading.Thread(target=take_the_slot).start()
    with pytest.raises(ModelBusyError):
        ask("document 1", stall_s=60, call_s=120)

    wait_until(lambda: server.cancelled == 1, "the server is told")
    assert model_breaker(redis).state == "closed"


def test_a_taken_slot_is_waited_for_no_longer_than_wanted(
    data, redis: Redis, server: FaultServer
) -> None:
    options = ModelOptions(server.url, MODEL)

    with (
        model_slot(redis),
        Asker(redis, options, slot_within_s=0.2) as asker,
        pytest.raises(ModelBusyError, match=r"0\.2 seconds"),
    ):
        asker.put(QUESTION)

    assert server.asked == 0


def test_each_request_is_counted_and_not_each_question(
    ask, redis: Redis, server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[Redis] = []
    monkeypatch.setattr("taxai_core.jobs.asker.await_turn", turns.append)
    server.behave("slow_load", seconds=0.1)

    ask("document 1")

    assert turns == [redis, redis]


def test_without_a_redis_it_asks_all_the_same(server: FaultServer) -> None:
    with Asker(None, ModelOptions(server.url, MODEL)) as asker:
        assert asker.put(QUESTION).values == {}
