"""Pulling a model and trying one out, on the Model page."""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest
from ai.fault_server import FaultServer
from asked_papers import MODEL, ask_here, copying, open_paper, value_of
from redis import Redis
from waiting import wait_until
from window import Window, model_page

from taxai_core import service
from taxai_core.ai.errors import ModelRefusedError, ModelStalledError, NoModelError
from taxai_core.jobs.pulling import PULL, Pull, Puller, present_pull
from taxai_core.jobs.trial import try_model

Configure = Callable[..., None]
Read = Callable[..., str]
# What a model answers about the sample paper: two values right, one wrong.
SAID = {
    "savings_interest": "4,812.00",
    "deposit_interest": "61,240.00",
    "total_interest": "6,124.00",
}


def test_the_recommendation_is_by_the_memory_that_is_left(
    seen: FaultServer, configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(workers=1, job_memory_mb=1000)
    total = "taxai_core.observe.plan_here.memory_total_bytes"
    monkeypatch.setattr(total, lambda: 16 << 30)
    window = model_page()
    assert "For this machine: qwen2.5:3b needs 4.2 GB of the " in window.text
    assert window.app.main.text_input[0].value == "qwen2.5:3b"

    monkeypatch.setattr(total, lambda: 5 << 30)
    assert "For this machine: qwen2.5:0.5b needs " in window.later().text

    monkeypatch.setattr(total, lambda: 1 << 30)
    text = window.later().text
    assert "qwen2.5:0.5b, the smallest model, needs" in text
    assert "go on without a model" in text

    configure(ollama_memory_mb=8192)  # in a container, whose own memory says nothing of the server
    assert "For this machine: qwen2.5:3b needs 4.2 GB of the 8.0 GB" in window.later().text


def test_a_model_is_pulled_with_how_far_it_is_and_told_when_it_is_there(
    seen: FaultServer, redis: Redis
) -> None:
    window = model_page().type("Name", " qwen2.5:0.5b ").draw().click("Pull")
    assert "Pulling qwen2.5:0.5b…" in _bars(window)
    far = Pull("qwen2.5:0.5b", "pulling", completed=99_500_000, total=398_000_000)
    redis.set(PULL, json.dumps(asdict(far)))
    assert "Pulling qwen2.5:0.5b: 99.5 MB of 398.0 MB" in _bars(window.later())
    assert [one.proto.value for one in window.app.get("progress")] == [25]

    puller = Puller(redis)
    wait_until(lambda: puller.look() or present_pull(redis).state == "done", "it is there")

    assert "qwen2.5:0.5b is there. Choose it to have it asked." in window.later().text
    assert not window.has("cancel-pull")


def _bars(window: Window) -> str:
    return "\n".join(one.proto.text.replace("\\", "") for one in window.app.get("progress"))


def test_a_pull_that_fails_tells_why_in_a_sentence(seen: FaultServer, redis: Redis) -> None:
    seen.behave("pull_error")
    window = model_page().type("Name", "no-such-model").draw().click("Pull")

    puller = Puller(redis)
    puller.look()
    wait_until(lambda: present_pull(redis).state == "failed", "it has failed")

    assert "no-such-model: There is no such model in Ollama's library." in window.later().text


def test_a_pull_is_cancelled(seen: FaultServer, redis: Redis) -> None:
    window = model_page().click("Pull")

    window.click("Cancel")

    assert present_pull(redis).state == "cancelled"
    assert "is pulled no more" in window.later().text
    assert not window.has("cancel-pull")


def test_without_a_name_nothing_can_be_pulled(seen: FaultServer) -> None:
    assert not model_page().type("Name", " ").draw().can("Pull")


def test_in_containers_the_page_says_what_fetches_a_model_and_pulls_none(
    seen: FaultServer, configure: Configure
) -> None:
    configure(scaling="outside")

    window = model_page()

    assert "In containers the model server has no way out to the internet." in window.text
    assert "docker/deploy.sh pull" in [one.value for one in window.app.main.code]
    assert not window.has("Pull")
    assert not [one for one in window.app.main.text_input if one.label == "Name"]


def two_right(body: dict[str, Any]) -> dict[str, str | None]:
    return {name: SAID.get(name) for name in body["format"]["properties"]}


def try_it(window: Window) -> Window:
    """Press the button and do in this process what a worker does with the trial."""
    window.click("try-sample")
    assert "Asking…" in window.text
    try_model(window.app.session_state["trial-sample"], 1)
    return window.draw()


def test_a_trial_tells_which_values_are_right_and_what_it_took(asked: FaultServer) -> None:
    asked.answer = two_right

    window = try_it(model_page())

    assert "**2 of 3 values** in " in window.text
    assert f"({MODEL})" in window.text
    assert ":green[:material/check:] Interest on savings: 4,812.00" in window.text
    assert ":orange[:material/close:] Total interest: " in window.text
    assert "Tax deducted" not in window.text  # nobody would ask about it
    assert "**2 of 3 values** in " in window.later().text


@pytest.mark.parametrize(
    ("fault", "error"), [("refused", ModelRefusedError()), ("hang", ModelStalledError(0.5))]
)
def test_a_trial_that_fails_tells_why(asked: FaultServer, fault: str, error: Exception) -> None:
    asked.behave(fault)

    assert str(error) in try_it(model_page()).text


def test_a_trial_without_a_model_says_to_choose_one(seen: FaultServer) -> None:
    assert str(NoModelError()) in try_it(model_page()).text
    assert seen.asked == 0


def test_a_trial_while_the_breaker_is_open_closes_it_when_the_server_is_well(
    asked: FaultServer, read_paper: Read
) -> None:
    asked.behave("hang")
    document_id = read_paper(open_paper())
    ask_here(document_id)
    asked.behave("good")
    window = model_page()
    assert "left alone" in window.text

    try_it(window)

    assert "**breaker closed**" in window.later().text
    asked.answer = copying
    service.ask_model(document_id)
    assert ask_here(document_id).state == "done"
    assert value_of(document_id, "savings_interest") == "4810.00"


def test_a_worker_answers_a_trial_of_the_page(asked: FaultServer, start) -> None:
    asked.answer = two_right
    start("ask", "1")
    window = model_page().click("try-sample")

    wait_until(lambda: "Asking…" not in window.draw().text, "the worker has tried it")

    assert "**2 of 3 values** in " in window.text
