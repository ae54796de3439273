"""The gateway on a real Ollama with a real, small model."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from waiting import wait_until

from ai.counting_proxy import CountingProxy
from ai.real_ollama import MODEL, RealOllama
from taxai_core.ai.errors import (
    ModelMissingError,
    ModelRefusedError,
    ModelTooSlowError,
    NoUsableAnswerError,
)
from taxai_core.ai.gateway import Gateway
from taxai_core.ai.options import ModelOptions
from taxai_core.ai.question import Question
from taxai_core.ai.server import probe

SYSTEM = "You read Indian tax papers. Answer with the values as printed, as JSON."
PAPER = "Certificate of interest. PAN of the depositor: ABCPK1234L. Total interest: 12,345.00"
SCHEMA = {
    "type": "object",
    "properties": {
        "pan": {"type": ["string", "null"], "maxLength": 10},
        "kind": {"enum": ["bank_interest_certificate", "payslip", None]},
        "amounts": {
            "type": "array",
            "maxItems": 2,
            "items": {
                "type": "object",
                "properties": {"printed": {"type": ["string", "null"], "maxLength": 12}},
                "required": ["printed"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["pan", "kind", "amounts"],
    "additionalProperties": False,
}
QUESTION = Question(SYSTEM, PAPER, SCHEMA, most_tokens=300)
LONG = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}


class Underestimated(Question):
    """A question that is longer than anybody thought."""

    tokens = 0


@pytest.fixture(scope="module")
def options(ollama: RealOllama) -> ModelOptions:
    return ModelOptions(ollama.url, MODEL)


@pytest.fixture
def gateway(options: ModelOptions) -> Iterator[Gateway]:
    with Gateway(options) as opened:
        yield opened


def test_an_answer_keeps_to_its_schema(gateway: Gateway) -> None:
    answer = gateway.ask(QUESTION)

    assert set(answer.values) == {"pan", "kind", "amounts"}
    assert 20 < answer.prompt_tokens <= QUESTION.tokens
    assert answer.tokens <= QUESTION.most_tokens


def test_all_calls_share_one_runner_that_maps_its_weights(
    gateway: Gateway, ollama: RealOllama
) -> None:
    gateway.load()
    before = len(ollama.runners)

    gateway.ask(QUESTION)
    assert gateway.one_token() > 0
    gateway.ask(QUESTION)

    assert len(ollama.runners) == before
    assert "--ctx-size 8192" in ollama.runners[-1]
    assert "--no-mmap" not in ollama.runners[-1]


def test_a_loaded_model_is_seen_and_told(gateway: Gateway, ollama: RealOllama) -> None:
    gateway.load()

    found = probe(ollama.url)

    assert found.loaded == (MODEL,)
    assert found.version
    assert found.models[0].name == MODEL
    assert found.models[0].size_bytes > 10**8
    assert found.in_memory[0].size_bytes > 10**8
    assert found.in_memory[0].until


def test_a_prompt_cut_in_silence_gives_no_answer(options: ModelOptions) -> None:
    question = Underestimated(SYSTEM, "12,345.00 " * 40, SCHEMA, most_tokens=64)

    with Gateway(replace(options, num_ctx=256)) as small, pytest.raises(NoUsableAnswerError):
        small.ask(question)


def test_an_answer_cut_at_its_limit_gives_no_answer(gateway: Gateway) -> None:
    with pytest.raises(NoUsableAnswerError):
        gateway.ask(Question(SYSTEM, PAPER, SCHEMA, most_tokens=3))


def test_a_model_that_is_not_there_is_named(options: ModelOptions) -> None:
    with (
        Gateway(replace(options, model="qwen2.5:3b")) as other,
        pytest.raises(ModelMissingError, match=r"qwen2\.5:3b"),
    ):
        other.ask(QUESTION)


def test_a_schema_that_ollama_does_not_know_is_refused(gateway: Gateway) -> None:
    unknown = {"type": "object", "properties": {"a": {"type": "money"}}}

    with pytest.raises(ModelRefusedError):
        gateway.ask(Question(SYSTEM, PAPER, unknown, most_tokens=8))


def test_a_call_that_is_given_up_ends_at_the_server_too(
    options: ModelOptions, ollama: RealOllama
) -> None:
    with Gateway(options) as gateway:
        gateway.load()
    before = ollama.ended_chats

    with Gateway(replace(options, call_s=2.0)) as hasty, pytest.raises(ModelTooSlowError):
        hasty.ask(Question(SYSTEM, "Count from 1 to 5000.", LONG, most_tokens=7000))

    wait_until(lambda: ollama.ended_chats > before, "Ollama gives up 7000 tokens")


def test_questions_at_once_are_counted_on_their_way(
    options: ModelOptions, ollama: RealOllama
) -> None:
    with CountingProxy(ollama.url) as proxy, Gateway(replace(options, url=proxy.url)) as gateway:
        gateway.load()
        before = proxy.asked
        asking = [threading.Thread(target=gateway.one_token) for _ in range(2)]
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()

        assert proxy.asked == before + 2
        assert 1 <= proxy.peak <= 2
        assert proxy.in_flight == 0
