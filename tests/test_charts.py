"""What the charts of the Resources page show of given points."""

import numpy as np
import plotly.graph_objects as go
import pytest

from taxai_core.jobs.samples import Point, Usage
from taxai_core.ui.charts import color_of, cpu_chart, memory_chart, queue_chart, sparkline

GB = 1024**3
START = 1775001600.0
CHARTS = (memory_chart, cpu_chart, queue_chart)


def point(second: float, *, used: float = 4.0, cap: float = 8.0, waiting: int = 0, done: int = 0):
    processes = {"app": Usage(10.0, GB // 4), "extract-1": Usage(100.0, GB)}
    memory = (int(used * GB), int(cap * GB), GB)
    return Point(START + second, 60.0, 2.0, *memory, waiting, done, processes)


def trace(figure: go.Figure, name: str):
    return next(trace for trace in figure.data if trace.name == name)


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("span", ["5 min", "1 h", "1 day"])
def test_no_points_are_an_empty_chart_and_no_error(chart, span) -> None:
    figure = chart([], span)

    assert figure.layout.height == 260
    figure.to_json()


def test_memory_is_shown_in_gb_with_its_cap_dashed_and_its_cache_apart() -> None:
    figure = memory_chart([point(0), point(1, used=5)], "5 min")

    assert list(trace(figure, "Machine").y) == [4, 5]
    assert list(trace(figure, "Cap").y) == [8, 8]
    assert trace(figure, "Cap").line.dash == "dash"
    assert list(trace(figure, "Page cache").y) == [1, 1]
    assert list(trace(figure, "extract-1").y) == [1, 1]
    assert figure.layout.yaxis.range[1] > 8


def test_a_cap_far_away_is_written_down_and_does_not_flatten_the_rest() -> None:
    figure = memory_chart([point(0, used=1.5, cap=64)], "5 min")

    assert figure.layout.yaxis.range[1] < 64
    assert "64.0 GB" in figure.layout.annotations[0].text


def test_processes_are_shown_as_shares_of_the_whole_machine() -> None:
    figure = cpu_chart([point(0)], "5 min")

    assert list(trace(figure, "extract-1").y) == [50]  # one core of two
    assert list(trace(figure, "Machine").y) == [60]
    assert tuple(figure.layout.yaxis.range) == (0, 100)


def test_the_queue_is_steps_and_finished_documents_are_bars_a_minute() -> None:
    points = [point(second, waiting=3, done=second % 20 == 0) for second in range(120)]

    figure = queue_chart(points, "5 min")

    assert trace(figure, "Waiting").line.shape == "hv"
    assert list(trace(figure, "Finished a minute").y) == [3, 3]


def test_a_bar_of_the_day_is_a_rate_too() -> None:
    figure = queue_chart([point(10, done=10)], "1 day")

    assert list(trace(figure, "Finished a minute").y) == [2]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_gap_in_the_samples_is_a_gap_in_the_chart(chart) -> None:
    points = [point(second) for second in (0, 1, 2, 60, 61)]

    figure = chart(points, "5 min")

    lines = [trace for trace in figure.data if trace.type == "scatter"]
    assert lines
    for line in lines:
        assert np.isnan(line.y).tolist() == [False] * 3 + [True] * 2 + [False] * 2
        assert list(line.x) == sorted(line.x)


def test_samples_a_little_late_are_no_gap() -> None:
    figure = cpu_chart([point(second) for second in (0, 12, 36, 48)], "1 h")

    assert not np.isnan(trace(figure, "Machine").y).any()


def test_a_process_that_ended_is_no_longer_drawn() -> None:
    gone = point(1)
    gone.processes.pop("extract-1")

    figure = memory_chart([point(0), gone], "5 min")

    assert np.isnan(trace(figure, "extract-1").y).tolist() == [False, True]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_refresh_changes_neither_the_width_of_time_nor_what_was_zoomed(chart) -> None:
    first, second = chart([point(0)], "5 min"), chart([point(0), point(2)], "5 min")

    ranges = [figure.layout.xaxis.range for figure in (first, second)]
    assert [end - begin for begin, end in ranges] == [300_000, 300_000]
    assert first.layout.uirevision == second.layout.uirevision


@pytest.mark.parametrize("chart", CHARTS)
def test_the_page_s_own_ground_shows_through(chart) -> None:
    layout = chart([point(0)], "5 min").layout

    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert layout.hovermode == "x unified"


def test_a_process_keeps_its_colour_whatever_else_runs() -> None:
    alone = point(0)
    alone.processes.pop("app")

    colors = {
        trace(memory_chart([points], "5 min"), "extract-1").fillcolor
        for points in (point(0), alone)
    }

    assert colors == {color_of("extract-1")}
    usual = ["app", "keeper", "redis", "up", "extract-1", "extract-2", "extract-3"]
    assert len({color_of(name) for name in usual}) == len(usual)
    assert color_of("something else") == color_of("something else")


def test_a_sparkline_is_a_short_curve_of_means() -> None:
    points = [point(second, waiting=second) for second in range(20)]

    assert sparkline(points, lambda one: one.waiting) == [4.5, 14.5]
    assert sparkline([], lambda one: one.waiting) == []
