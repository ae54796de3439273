"""The Resources page: what the machine and each service use, how the work goes, what is wrong."""

import os
import re
import time
from pathlib import Path

import pytest
from groups import MB, report
from redis import Redis
from window import Window, play_worker, submit

from taxai_core import service
from taxai_core.jobs import samples
from taxai_core.jobs.keeper import Keeper
from taxai_core.jobs.points import Point, Reading, ServiceUsage
from taxai_core.settings import get_settings
from taxai_core.ui.resource_tiles import present_resources

GB = 1 << 30


@pytest.fixture
def sampled(data, redis) -> None:
    """A keeper that has looked twice at a worker, which this process plays."""
    play_worker(redis)
    keeper = Keeper(redis)
    for _ in range(2):
        keeper.sample()
    keeper.look_out()


def put(redis: Redis, *points: Point, machine: str | None = None) -> None:
    for point in points:
        samples.record(redis, machine or get_settings().machine, point, redis.time()[0])


def point(ago_s: float, used: int = GB, **more) -> Point:
    return Point(time.time() - ago_s, 20.0, 2.0, used, 16 * GB, GB, **more)


def reading(ago_s: float, document: str, held: int, **more) -> Point:
    usage = {"extract-1": ServiceUsage(1.0, held, cap_bytes=2 * GB, **more)}
    return point(ago_s, 2 * GB + held, reading=(Reading("extract-1", document),), services=usage)


def test_before_the_first_sample_the_page_says_so(window: Window) -> None:
    window.open("resources")

    assert window.title == "Resources"
    assert "The keeper has not taken a sample yet." in window.text


def test_the_tiles_tell_the_last_sample(data, redis, window: Window) -> None:
    put(redis, point(2, waiting=3, asked=1.0), point(0, waiting=3, asked=1.0))

    window.open("resources")

    tiles = {one.label: one for one in window.app.main.metric}
    assert list(tiles) == ["CPU", "Memory", "Waiting", "Documents a minute"]
    assert (tiles["CPU"].value, tiles["CPU"].delta) == ("20 %", "2 cores")
    assert (tiles["Memory"].value, tiles["Memory"].delta) == (
        *("1.0 of 16.0 GB", "1.0 GB page cache"),
    )
    assert (tiles["Waiting"].value, tiles["Waiting"].delta) == ("3", "model asked for 2.0 s")


def test_each_process_has_its_row(sampled, window: Window) -> None:
    window.open("resources")

    cells = [cell for grid in window.app.dataframe for cell in grid.value.to_numpy().ravel()]
    assert {"extract-1", str(os.getpid())} <= {str(cell) for cell in cells}


@pytest.mark.parametrize("span", ["5 min", "1 h", "1 day"])
def test_every_span_can_be_shown(sampled, window: Window, span: str) -> None:
    window.open("resources").app.segmented_control[0].set_value(span)
    window.draw()

    assert window.app.session_state["span"] == span
    charts = {one.key.partition("-")[0] for one in window.app.get("plotly_chart")}
    assert charts == {"memory", "cpu", "queue"}


def test_the_document_that_was_read_at_the_highest_memory_is_named(
    data, redis, window: Window
) -> None:
    small, large = submit("small.pdf"), submit("large.pdf", b"%PDF-1.4 another")
    put(redis, point(8), reading(6, small.id, GB // 2), reading(4, large.id, GB))
    put(redis, reading(2, small.id, GB // 4))

    text = window.open("resources").text

    assert "Highest memory: 3.0 of 16.0 GB at " in text
    assert "extract-1 held 1.0 GB of it and read large.pdf." in text
    assert "(3 documents)" in text  # the small one twice


def test_what_was_read_then_may_be_gone(data, redis, window: Window) -> None:
    put(redis, point(4), reading(2, "0" * 32, GB))

    text = window.open("resources").text

    assert "read a document that is gone." in text
    assert "(0 documents)" in text


def test_kills_and_throttling_of_the_span_are_counted(data, redis, window: Window) -> None:
    put(redis, reading(4, "0" * 32, GB, oom_kills=1, throttled=0.5))
    put(redis, reading(2, "0" * 32, GB, oom_kills=2))

    text = window.open("resources").text

    assert "Killed by the kernel for want of memory: extract-1 3." in text
    assert "Held back by a CPU quota: extract-1 25% of the time." in text


def test_of_several_machines_one_is_chosen(data, redis, window: Window) -> None:
    here = get_settings().machine
    put(redis, point(0, used=2 * GB))
    put(redis, point(0, used=4 * GB), machine="zz-other")

    window.open("resources")
    assert window.app.main.metric[1].value == "2.0 of 16.0 GB"
    window.choose("Machine", "zz-other")

    assert window.app.main.metric[1].value == "4.0 of 16.0 GB"
    assert list(window.app.selectbox[0].options) == [here, "zz-other"]


def test_containers_are_shown_by_their_reports(
    data, redis, configure, tmp_path: Path, window: Window
) -> None:
    configure(reports_dir=tmp_path)
    report(tmp_path, "ollama", "aaa", version=1, used=300 * MB, cap=400 * MB)
    report(tmp_path, "extract", "bbb", used=100 * MB)
    Keeper(redis).sample()

    window.open("resources")

    rows = {row[0]: row for grid in window.app.dataframe for row in grid.value.to_numpy().tolist()}
    assert rows["ollama"][3:6] == [300, 400, 100]
    assert rows["extract-1"][3:6] == [100, 512, 100]
    assert rows["extract-1"][-1] == "bbb"


def test_what_is_wrong_stands_on_the_page_and_in_the_sidebar(
    sampled, redis, configure, window: Window
) -> None:
    configure(disk_low_mb=10**9, disk_least_mb=10**9)
    Keeper(redis).look_out()

    window.open("resources").later()

    assert "The disk of the data folder has had only" in window.app.main.error[0].value
    assert "The disk of the data folder has had only" in window.app.sidebar.error[0].value
    assert "Make room" in window.app.main.error[0].value


def test_nothing_wrong_is_said_and_nothing_stands_in_the_sidebar(sampled, window: Window) -> None:
    window.open("resources")

    assert "Nothing is wrong now." in window.text
    assert not window.app.sidebar.error


def test_ten_windows_cost_one_reading(sampled, monkeypatch) -> None:
    asked = []
    read = service.resources
    monkeypatch.setattr(service, "resources", lambda *words: asked.append(words) or read(*words))

    shown = [present_resources("5 min", None) for _ in range(10)]

    assert asked == [("5 min", None)]
    assert all(one is shown[0] for one in shown)


def test_a_silent_keeper_is_told_with_the_age_of_its_last_sample(
    sampled, window: Window, monkeypatch
) -> None:
    later = time.time() + 60
    monkeypatch.setattr(time, "time", lambda: later)

    text = window.open("resources").text

    # Drawing the page may take a second or two more.
    assert re.search(r"The keeper is silent: the last sample is [56]\d seconds old\.", text)


def test_the_sidebar_tells_workers_queue_and_model_on_every_page(sampled, window: Window) -> None:
    for page in ("upload", "documents", "review", "export", "resources"):
        window.open(page)

        assert any("1 worker · 0 waiting" in one.value for one in window.app.sidebar.caption)
        assert {one.label for one in window.app.sidebar.metric} == {"CPU", "Memory"}
