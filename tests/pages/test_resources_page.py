"""The Resources page: what the machine and each process use."""

import os
import re
import time

import pytest
from window import Window, play_worker

from taxai_core.jobs import samples
from taxai_core.jobs.keeper_signs import KEEPER
from taxai_core.observe.machine import Sampler


@pytest.fixture
def sampled(data, redis) -> None:
    """A keeper that has taken two samples of a worker, which this process plays."""
    play_worker(redis)
    sampler = Sampler()
    for _ in range(2):
        samples.record(redis, sampler.sample({os.getpid(): "extract-1"}), waiting=3, done=1)
    redis.set(KEEPER, time.time())


def test_before_the_first_sample_the_page_says_so(window: Window) -> None:
    window.open("resources")

    assert window.title == "Resources"
    assert "The keeper has not taken a sample yet." in window.text


def test_the_tiles_tell_the_last_sample(sampled, window: Window) -> None:
    window.open("resources")

    tiles = {one.label: one.value for one in window.app.main.metric}
    assert tiles["Waiting"] == "3"
    assert tiles["CPU"].endswith(" %")
    assert " of " in tiles["Memory"]
    assert list(tiles) == ["CPU", "Memory", "Waiting", "Documents a minute"]
    assert not window.app.main.warning


def test_each_process_has_its_row(sampled, window: Window) -> None:
    window.open("resources")

    assert "extract-1" in window.grid.value.to_numpy().ravel().tolist()
    assert os.getpid() in window.grid.value.to_numpy().ravel().tolist()


@pytest.mark.parametrize("span", ["5 min", "1 h", "1 day"])
def test_every_span_can_be_shown(sampled, window: Window, span: str) -> None:
    window.open("resources").app.segmented_control[0].set_value(span)
    window.draw()

    assert window.app.session_state["span"] == span
    charts = {one.key.partition("-")[0] for one in window.app.get("plotly_chart")}
    assert charts == {"memory", "cpu", "queue"}


def test_a_silent_keeper_is_told_with_the_age_of_its_last_sample(
    sampled, window: Window, monkeypatch
) -> None:
    later = time.time() + 60
    monkeypatch.setattr(time, "time", lambda: later)

    text = window.open("resources").text

    # Drawing the page may take a second or two more.
    assert re.search(r"The keeper is silent: the last sample is 6\d seconds old\.", text)


def test_the_sidebar_tells_workers_queue_and_model_on_every_page(sampled, window: Window) -> None:
    for page in ("upload", "documents", "review", "export", "resources"):
        window.open(page)

        assert any("1 worker · 0 waiting" in one.value for one in window.app.sidebar.caption)
        assert {one.label for one in window.app.sidebar.metric} == {"CPU", "Memory"}
