"""The Health page: one row a check, open where something is not well."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ai.fault_server import FaultServer
from asked_papers import MODEL
from redis import Redis
from waiting import wait_until
from window import Window, play_worker, submit

from taxai_core import service
from taxai_core.ai.errors import ModelStalledError
from taxai_core.jobs.keeper_signs import KEEPER
from taxai_core.settings import get_settings
from taxai_core.ui.health_state import is_something_failing, present_health


@pytest.fixture
def alive(data: Path, redis: Redis) -> Iterator[None]:
    """Workers and a keeper, which this process plays, and a queue that keeps what it has."""
    redis.config_set("appendonly", "yes")
    for name in ("extract-1", "ask-1"):
        play_worker(redis, name)
    redis.set(KEEPER, time.time(), ex=3600)
    yield
    redis.config_set("appendonly", "no")


def open_rows(window: Window) -> dict[str, str]:
    """The rows that are open: the name and what stands beside it."""
    rows: dict[str, str] = {}
    for one in window.app.main.markdown:
        if "material/error" in one.value or "material/warning" in one.value:
            rows[one.value.split("**")[1]] = ""
        elif rows and "arrow_forward" in one.value:
            rows[list(rows)[-1]] = one.value.replace("\\", "")
    return rows


def copied(window: Window) -> str:
    """What the button copies."""
    return str(window._data("copy")["text"])


def test_while_all_is_well_every_row_is_small(alive, asked: FaultServer, window: Window) -> None:
    window.open("health")

    assert window.title == "Health"
    assert "All 14 parts are well." in window.text
    assert open_rows(window) == {}
    for name in ("Queue", "Database", "Data folder", "Memory", "Weights"):
        assert name in window.text


def test_what_is_not_well_opens_with_what_to_do_and_closes_when_it_is(
    alive, asked: FaultServer, window: Window, redis: Redis
) -> None:
    key_path = get_settings().key_path
    key = key_path.read_text()
    key_path.unlink()
    redis.config_set("appendonly", "no")
    window.open("health")

    rows = open_rows(window)
    assert "Put the key back" in rows["Key"]
    assert "Set appendonly yes" in rows["Queue"]
    assert "1 failing and " in window.text
    assert str(key_path.parent) not in window.text

    key_path.write_text(key)
    redis.config_set("appendonly", "yes")
    assert open_rows(window.later()) == {}


def test_the_report_has_version_checks_and_figures_and_nothing_personal(
    alive, asked: FaultServer, window: Window
) -> None:
    submit("PAN ABCPE1234F.pdf")
    get_settings().key_path.unlink()
    text = copied(window.open("health"))

    head, *lines = text.splitlines()
    assert head.startswith("TaxAI 0.1.0, ")
    assert len(lines) == 14
    assert any(line.startswith("fail  Key ") for line in lines)
    for word in ("ABCPE1234F", str(Path.home()), str(get_settings().data_path), "127.0.0.1"):
        assert word not in text


def test_ten_windows_at_once_cost_one_look(alive, asked: FaultServer, redis: Redis) -> None:
    redis.config_resetstat()
    windows = [threading.Thread(target=present_health) for _ in range(10)]

    for one in windows:
        one.start()
    for one in windows:
        one.join()

    told: Any = redis.info("commandstats")
    assert told["cmdstat_info"]["calls"] == 1


def test_the_navigation_is_marked_by_what_the_last_look_found_without_another_one(
    alive, asked: FaultServer, window: Window, redis: Redis
) -> None:
    state = service.system_state()
    window.open("health")
    assert not is_something_failing(state)

    get_settings().key_path.unlink()
    window.later()
    redis.config_resetstat()

    assert is_something_failing(state)
    window.open("upload")
    told: Any = redis.info("commandstats")
    assert "cmdstat_info" not in told


def test_the_model_is_asked_one_token_by_its_worker_and_the_answer_told(
    data, asked: FaultServer, start, window: Window
) -> None:
    asked.behave("good", answer="Hello to you")
    start("ask", "1")
    window.open("health").click("try-token")
    assert "waits for a free slot" in window.text

    wait_until(lambda: "answered one token" in window.later().text, "it has answered", every_s=1)

    assert f"{MODEL} answered one token" in window.text
    (body,) = asked.bodies
    assert body["options"]["num_predict"] == 1


def test_a_model_that_does_not_answer_is_told_with_its_sentence(
    data, asked: FaultServer, start, window: Window
) -> None:
    asked.behave("hang")
    start("ask", "1")
    window.open("health").click("try-token")

    wait_until(lambda: "Answer" in open_rows(window.later()), "it was given up", every_s=1)

    assert str(ModelStalledError(0.5)) in window.text


def test_without_redis_the_model_cannot_be_asked_and_the_page_says_so(
    data: Path, window: Window, configure, tmp_path: Path
) -> None:
    configure(redis_url=f"unix://{tmp_path}/nobody")

    window.open("health").click("try-token")

    assert "Queue" in open_rows(window)
    assert "The queue does not answer" in window.text
