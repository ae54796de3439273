"""Pulling a model: the keeper has the server do it, and what it tells can be seen by all."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from threading import Event, Thread

import pytest
from ai.fault_server import FaultServer
from ai.faults import MODEL
from redis import Redis
from waiting import wait_until

from taxai_core.ai.errors import ModelAwayError
from taxai_core.ai.pull import Pulled
from taxai_core.errors import QueueDownError
from taxai_core.jobs import pulling
from taxai_core.jobs.connection import open_redis
from taxai_core.jobs.keeper import Keeper
from taxai_core.jobs.pulling import Pull, Puller, ask_for_pull, cancel_pull, present_pull
from taxai_core.service.model import model_state, pull_model

NAME = "qwen2.5:0.5b"
Configure = Callable[..., None]


@pytest.fixture
def server(data, configure: Configure) -> Iterator[FaultServer]:
    with FaultServer() as running:
        configure(ollama_url=running.url)
        yield running


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that the server says of a pull is written at once."""
    monkeypatch.setattr(pulling, "WRITE_EVERY_S", 0.0)


def state(redis: Redis) -> str:
    now = present_pull(redis)
    return now.state if now else ""


def wait_for(redis: Redis, *states: str) -> Pull:
    wait_until(lambda: state(redis) in states, f"the pull is {' or '.join(states)}")
    now = present_pull(redis)
    assert now
    return now


def test_nothing_is_pulled_that_nobody_wants(server: FaultServer, redis: Redis) -> None:
    Puller(redis).look()

    assert present_pull(redis) is None
    assert server.asked == 0


def test_what_is_wanted_is_pulled_to_its_end(server: FaultServer, redis: Redis) -> None:
    pull_model(f" {NAME} ")
    assert present_pull(redis) == Pull(NAME, "wanted")

    Puller(redis).look()

    assert wait_for(redis, "done") == Pull(NAME, "done", completed=1000, total=1000)
    assert server.asked == 1


def test_what_has_been_pulled_can_be_chosen_at_once(server: FaultServer, redis: Redis) -> None:
    ask_for_pull(redis, NAME)

    Puller(redis).look()

    wait_for(redis, "done")
    assert [one.name for one in model_state().server.models] == [MODEL]  # the server's only one


def test_how_far_it_is_can_be_seen_while_it_is_pulled(
    server: FaultServer, redis: Redis, unhurried: None
) -> None:
    server.behave("stall")
    ask_for_pull(redis, NAME)

    Puller(redis).look()

    wait_until(lambda: (now := present_pull(redis)) and now.total, "some of it has arrived")
    assert present_pull(redis) == Pull(NAME, "pulling", completed=400, total=1000)


def test_a_pull_that_fails_keeps_the_reason_and_is_not_tried_again(
    server: FaultServer, redis: Redis
) -> None:
    server.behave("pull_error")
    ask_for_pull(redis, NAME)
    puller = Puller(redis)

    puller.look()

    error = wait_for(redis, "failed").error
    assert error == "There is no such model in Ollama's library. The model was not pulled."
    puller.look()
    assert server.asked == 1


def test_a_server_that_is_away_is_a_failure_that_says_so(
    data, redis: Redis, configure: Configure
) -> None:
    configure(ollama_url="http://127.0.0.1:9")
    ask_for_pull(redis, NAME)

    Puller(redis).look()

    assert wait_for(redis, "failed").error == str(ModelAwayError())


def test_one_that_is_cancelled_ends_at_the_server_too(
    server: FaultServer, redis: Redis, unhurried: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, left = Event(), Event()
    monkeypatch.setattr(pulling, "pull", endless(go_on, left))
    ask_for_pull(redis, NAME)
    Puller(redis).look()
    wait_for(redis, "pulling")

    cancel_pull(redis)
    go_on.set()

    assert left.wait(30), "the generator is closed, and with it the connection"
    assert state(redis) == "cancelled"


def endless(go_on: Event, left: Event) -> Callable[[str, str], Iterator[Pulled]]:
    """A pull that tells a step more whenever it is let, and when it is left."""

    def steps(_url: str, _name: str) -> Iterator[Pulled]:
        try:
            yield Pulled("pulling", 1, 1000)
            assert go_on.wait(30)
            yield Pulled("pulling", 2, 1000)
            raise AssertionError("nobody wants it any more")
        finally:
            left.set()

    return steps


def test_a_cancelled_pull_is_not_told_as_failed_when_its_server_ends_then(
    server: FaultServer, redis: Redis
) -> None:
    server.behave("stall")
    ask_for_pull(redis, NAME)
    Puller(redis).look()
    wait_until(lambda: server.in_flight == 1, "it is on its way")
    wait_for(redis, "pulling")

    cancel_pull(redis)
    server.closing.set()
    wait_until(lambda: server.in_flight == 0, "its connection has ended")

    assert state(redis) == "cancelled"


def test_only_what_is_unfinished_can_be_cancelled(server: FaultServer, redis: Redis) -> None:
    cancel_pull(redis)
    assert present_pull(redis) is None
    ask_for_pull(redis, NAME)
    Puller(redis).look()
    wait_for(redis, "done")

    cancel_pull(redis)

    assert state(redis) == "done"


def test_another_model_takes_the_place_of_the_one_that_is_pulled(
    server: FaultServer, redis: Redis, unhurried: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, left = Event(), Event()
    with monkeypatch.context() as patched:
        patched.setattr(pulling, "pull", endless(go_on, left))
        ask_for_pull(redis, NAME)
        puller = Puller(redis)
        puller.look()
        wait_for(redis, "pulling")
    ask_for_pull(redis, "qwen2.5:1.5b")
    go_on.set()
    assert left.wait(30)

    wait_until(lambda: puller.look() or state(redis) == "done", "the other one is there")

    assert present_pull(redis) == Pull("qwen2.5:1.5b", "done", completed=1000, total=1000)


def test_a_keeper_that_died_in_the_middle_is_followed_by_one_that_goes_on(
    server: FaultServer, redis: Redis
) -> None:
    half = Pull(NAME, "pulling", completed=400, total=1000)
    redis.set(pulling.PULL, json.dumps(asdict(half)))

    stop = Event()
    keeper = Thread(target=Keeper(redis).run, args=(stop,))
    keeper.start()
    try:
        now = wait_for(redis, "done")
    finally:
        stop.set()
        keeper.join()

    assert now == Pull(NAME, "done", completed=1000, total=1000)


def test_a_real_keeper_that_is_killed_leaves_the_pull_to_the_next(
    server: FaultServer, redis: Redis, start
) -> None:
    server.behave("stall")
    pull_model(NAME)
    first = start("keep")
    wait_until(lambda: server.in_flight == 1, "the first keeper has it pulled")
    first.kill()
    wait_until(lambda: server.in_flight == 0, "its connection has ended with it")
    assert state(redis) in ("wanted", "pulling")

    server.behave("good")
    start("keep")

    assert wait_for(redis, "done").model == NAME


def test_a_queue_that_goes_away_in_the_middle_ends_nothing_but_the_pull(
    data, server: FaultServer, valkey_at, tmp_path
) -> None:
    with valkey_at(str(tmp_path / "own")) as url:
        own = open_redis(url, answer_within_s=1.0)
        server.behave("stall")
        ask_for_pull(own, NAME)
        puller = Puller(own)
        puller.look()
        wait_until(lambda: server.in_flight == 1, "it is on its way")
    thread = puller._thread
    assert thread
    server.closing.set()

    thread.join(30)

    assert not thread.is_alive()


def test_without_a_queue_nothing_can_be_pulled(data, configure: Configure, tmp_path) -> None:
    configure(redis_url=f"unix://{tmp_path}/nobody")

    with pytest.raises(QueueDownError):
        pull_model(NAME)
