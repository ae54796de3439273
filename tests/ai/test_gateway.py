"""The gateway against a server that fails in every way there is."""

import logging
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from waiting import wait_until

from ai.fault_server import FaultServer
from ai.faults import MODEL
from taxai_core.ai.client import ModelClient
from taxai_core.ai.errors import (
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
from taxai_core.ai.gateway import Gateway
from taxai_core.ai.options import ModelOptions
from taxai_core.ai.question import Question

SECRET = "ABCPK1234L"
SCHEMA = {
    "type": "object",
    "properties": {
        "pan": {"type": ["string", "null"], "maxLength": 10},
        "kind": {"enum": ["form16", "payslip"]},
    },
    "required": ["pan", "kind"],
    "additionalProperties": False,
}
QUESTION = Question("Read the paper.", f"PAN of the employee: {SECRET}", SCHEMA, most_tokens=64)
GOOD = {"pan": SECRET, "kind": "form16"}


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer(answer=lambda _body: GOOD) as running:
        yield running


@pytest.fixture
def options(server: FaultServer) -> ModelOptions:
    """Short limits, none of which a good answer comes near."""
    return ModelOptions(server.url, "gemma3:270m", stall_s=0.5, call_s=1.5, load_s=1.0)


@pytest.fixture
def gateway(options: ModelOptions) -> Iterator[Gateway]:
    with Gateway(options) as opened:
        yield opened


def test_a_good_answer_is_read(gateway: Gateway, server: FaultServer) -> None:
    answer = gateway.ask(QUESTION)

    assert answer.values == GOOD
    assert answer.prompt_tokens > 0
    assert answer.tokens > 0
    assert answer.seconds > 0


def test_every_call_has_the_same_options_so_that_nothing_is_loaded_again(
    gateway: Gateway, server: FaultServer
) -> None:
    gateway.ask(QUESTION)
    gateway.one_token()

    asked, token = (body["options"] for body in server.bodies)
    assert asked == {"num_ctx": 8192, "use_mmap": True, "temperature": 0, "num_predict": 64}
    assert token == {**asked, "num_predict": 1}
    assert {body["keep_alive"] for body in server.bodies} == {"30m"}
    assert server.bodies[0]["format"] == SCHEMA


@pytest.mark.parametrize(
    ("fault", "details", "error"),
    [
        ("hang", {}, ModelStalledError),
        ("stall", {"after": 0}, ModelStalledError),
        ("stall", {"after": 2}, ModelStalledError),
        ("slow", {"every_s": 0.4}, ModelTooSlowError),
        ("trickle", {}, ModelTooSlowError),
        ("die", {"after": 0}, ModelDiedError),
        ("die", {"after": 2}, ModelDiedError),
        ("no_end", {}, ModelDiedError),
        ("no_ollama", {}, ModelAwayError),
        ("busy", {"times": 1000}, ModelBusyError),
        ("status", {"status": 503, "text": "Loading model"}, ModelBusyError),
        ("error_line", {"text": "llm server loading model"}, ModelBusyError),
        ("slow_load", {"seconds": 30}, ModelNotLoadedError),
        ("busy_all", {"times": 1000}, ModelBusyError),
        ("hang_all", {}, ModelStalledError),
        ("status_all", {}, ModelError),
        ("missing", {}, ModelMissingError),
        ("status", {"status": 404, "text": "404 page not found"}, ModelAwayError),
        ("refused", {}, ModelRefusedError),
        ("schema", {}, ModelRefusedError),
        ("memory", {}, ModelMemoryError),
        ("error_line", {"text": "model requires more system memory"}, ModelMemoryError),
        ("status", {"status": 500, "text": "something broke"}, ModelError),
        ("status", {"status": 302, "text": "elsewhere"}, ModelError),
        ("error_line", {}, ModelError),
        ("status", {"status": 400, "text": "exceeds the context length"}, TooLongQuestionError),
        ("garbage", {}, NoUsableAnswerError),
        ("garbage", {"text": '{"pan": NaN, "kind": "form16"}'}, NoUsableAnswerError),
        ("garbage", {"text": '{"pan": "ABCPK1234L9", "kind": "form16"}'}, NoUsableAnswerError),
        ("garbage", {"text": "[" * 400}, NoUsableAnswerError),
        ("garbage", {"text": "[]"}, NoUsableAnswerError),
        ("garbage", {"text": ""}, NoUsableAnswerError),
        ("endless", {}, NoUsableAnswerError),
        ("truncate", {}, NoUsableAnswerError),
    ],
)
def test_a_failing_server_is_told_by_its_own_error_and_without_the_paper(
    fault: str,
    details: dict[str, object],
    error: type[ModelError],
    gateway: Gateway,
    server: FaultServer,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    server.behave(fault, **details)

    with pytest.raises(ModelError) as caught:
        gateway.ask(QUESTION)

    assert type(caught.value) is error
    assert SECRET not in caplog.text
    assert SECRET not in str(caught.getrepr(style="native"))


def test_the_next_question_is_answered_after_any_failure(
    gateway: Gateway, server: FaultServer
) -> None:
    for fault in ("stall", "die", "garbage", "no_end"):
        server.behave(fault)
        with pytest.raises(ModelError):
            gateway.ask(QUESTION)
        server.behave("good")

        assert gateway.ask(QUESTION).values == GOOD


def test_a_full_server_is_asked_again(options: ModelOptions, server: FaultServer) -> None:
    server.behave("busy", times=2)

    with Gateway(ModelOptions(server.url, options.model, load_s=60)) as gateway:
        assert gateway.ask(QUESTION).values == GOOD

    assert server.asked == 3


def test_a_slow_load_is_waited_for_beyond_the_stall(
    options: ModelOptions, server: FaultServer
) -> None:
    server.behave("slow_load", seconds=1.0)

    with Gateway(ModelOptions(server.url, options.model, stall_s=0.5, load_s=60)) as gateway:
        assert gateway.ask(QUESTION).values == GOOD

    assert server.loads == 1


def test_a_loaded_model_is_not_loaded_again(gateway: Gateway, server: FaultServer) -> None:
    gateway.load()

    assert server.asked == 0


def test_a_useless_answer_is_asked_for_once_more_as_cold_as_before(
    gateway: Gateway, server: FaultServer
) -> None:
    answers = iter(["{", GOOD])
    server.answer = lambda _body: next(answers)

    assert gateway.ask(QUESTION).values == GOOD

    first, second = (body["options"]["temperature"] for body in server.bodies)
    assert first == second == 0


def test_a_question_too_long_for_the_window_is_not_sent(
    gateway: Gateway, server: FaultServer
) -> None:
    with pytest.raises(TooLongQuestionError):
        gateway.ask(Question("Read.", "12,345.00 " * 900, SCHEMA, most_tokens=64))

    assert server.asked == 0
    assert not server.headers


def test_an_answer_to_half_of_a_prompt_is_found_by_the_number_of_its_words(
    gateway: Gateway, server: FaultServer
) -> None:
    server.behave("truncate", tokens=100)

    with pytest.raises(NoUsableAnswerError):
        gateway.ask(Question("Read.", "tax " * 300, SCHEMA, most_tokens=64))


def test_a_question_that_is_given_up_is_cancelled_at_the_server(
    gateway: Gateway, server: FaultServer
) -> None:
    server.behave("stall")

    with pytest.raises(ModelStalledError):
        gateway.ask(QUESTION)

    wait_until(lambda: server.cancelled == 1 and server.in_flight == 0, "the server is told")


def test_what_interrupts_a_question_passes_and_cancels_it(
    gateway: Gateway, server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    class OutOfTime(Exception):
        pass

    def interrupted(*_: object) -> None:
        raise OutOfTime

    server.behave("slow", every_s=0.1)
    monkeypatch.setattr("taxai_core.ai.gateway._joined", lambda parts: interrupted(next(parts)))

    with pytest.raises(OutOfTime):
        gateway.ask(QUESTION)

    wait_until(lambda: server.cancelled == 1, "the server is told")


def test_nobody_listening_is_away(options: ModelOptions, server: FaultServer) -> None:
    for url in ("http://127.0.0.1:9", "http://[", "http://no-such-host.invalid:1"):
        with (
            pytest.raises(ModelAwayError),
            Gateway(ModelOptions(url, options.model)) as gateway,
        ):
            gateway.ask(QUESTION)


def test_no_proxy_sees_a_paper_and_no_key_leaves(
    server: FaultServer, options: ModelOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("OLLAMA_API_KEY", "key-of-the-cloud")
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")

    with Gateway(options) as gateway:
        gateway.ask(QUESTION)

    assert server.asked == 1
    assert not [headers for headers in server.headers if "authorization" in headers]


def test_one_token_is_made_as_a_proof(gateway: Gateway, server: FaultServer) -> None:
    assert gateway.one_token() > 0

    server.behave("hang")
    with pytest.raises(ModelStalledError):
        gateway.one_token()


def test_a_server_that_dies_while_it_loads_had_no_question_yet(
    gateway: Gateway, server: FaultServer
) -> None:
    server.behave("die_loading")

    with pytest.raises(ModelAwayError) as caught:
        gateway.ask(QUESTION)

    assert type(caught.value) is ModelAwayError


def test_a_busy_server_is_waited_for_whatever_it_is_asked(server: FaultServer) -> None:
    server.behave("busy_all", times=2)

    with Gateway(ModelOptions(server.url, MODEL, load_s=60)) as gateway:
        assert gateway.digest() == "a5fd"
        server.behave("busy_all", times=2)
        assert gateway.ask(QUESTION).values == GOOD


def test_the_digest_is_of_the_model_that_is_there(gateway: Gateway, server: FaultServer) -> None:
    assert gateway.digest() == "a5fd"

    with (
        Gateway(ModelOptions(server.url, "qwen2.5:3b")) as other,
        pytest.raises(ModelMissingError, match=r"qwen2\.5:3b"),
    ):
        other.digest()


@pytest.mark.parametrize(
    ("fault", "details", "turns"),
    [
        ("good", {}, 1),
        ("slow_load", {"seconds": 0.1}, 2),
        ("busy", {"times": 2}, 3),
        ("garbage", {}, 2),
        ("busy_all", {"times": 1}, 1),  # it was told when asked what it holds
    ],
)
def test_each_request_that_makes_the_model_work_has_its_turn(
    fault: str, details: dict[str, object], turns: int, server: FaultServer
) -> None:
    server.behave(fault, **details)
    taken: list[int] = []
    options = ModelOptions(server.url, MODEL, load_s=60)

    with Gateway(options, turn=lambda: taken.append(server.asked)) as gateway:
        with suppress(NoUsableAnswerError):
            gateway.ask(QUESTION)
        gateway.digest()

    assert len(taken) == turns


@pytest.mark.parametrize("fault", ["hang", "stall", "slow_load"])
def test_what_is_given_up_from_another_thread_ends_and_begins_no_more(
    fault: str, server: FaultServer
) -> None:
    server.behave(fault, **({"seconds": 60} if fault == "slow_load" else {}))

    with Gateway(ModelOptions(server.url, MODEL)) as gateway:
        threading.Thread(target=give_up_once_asked, args=(gateway, server)).start()
        with pytest.raises(ModelAwayError):
            gateway.ask(QUESTION)
        wait_until(lambda: server.cancelled == 1, "the server is told")
        server.behave("good")
        with pytest.raises(ModelAwayError):
            gateway.ask(QUESTION)

    assert gateway.is_given_up
    assert server.asked == 1


def give_up_once_asked(gateway: Gateway, server: FaultServer) -> None:
    wait_until(lambda: server.in_flight == 1, "a question is on its way")
    gateway.give_up()


def test_one_client_loads_and_asks_with_the_limits_of_each(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = 0
    init = ModelClient.__init__

    def counting(*args: Any, **kwargs: Any) -> None:
        nonlocal opened
        opened += 1
        init(*args, **kwargs)

    monkeypatch.setattr(ModelClient, "__init__", counting)
    server.behave("slow_load", seconds=1.0)

    with Gateway(ModelOptions(server.url, MODEL, stall_s=0.5, load_s=60)) as gateway:
        gateway.load()
        server.behave("hang")
        with pytest.raises(ModelStalledError):
            gateway.ask(QUESTION)

    assert opened == 1
