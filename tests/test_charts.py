"""What the charts of the Resources page show of given points."""

import numpy as np
import plotly.graph_objects as go
import pytest

from taxai_core.jobs.points import Point, ServiceUsage
from taxai_core.service.resources import Resources, Start
from taxai_core.ui.charts import cpu_chart, queue_chart, sparkline
from taxai_core.ui.memory_chart import memory_chart
from taxai_core.ui.timeline import color_of

GB = 1024**3
START = 1775001600.0
CHARTS = (memory_chart, cpu_chart, queue_chart)


def point(
    second: float, *, used: float = 4.0, cap: float = 8.0, waiting: int = 0, asked: float = 0
):
    services = {
        "app": ServiceUsage(0.1, GB // 4),
        "extract-1": ServiceUsage(1.0, GB, GB // 2, 2 * GB, 4.0),
    }
    memory = (int(used * GB), int(cap * GB), GB)
    return Point(START + second, 60.0, 2.0, *memory, waiting, asked=asked, services=services)


def of(*points: Point, done: dict[float, int] | None = None, starts: tuple[Start, ...] = ()):
    finished = [(START + at, number) for at, number in (done or {}).items()]
    return Resources(points, finished=finished, starts=starts)


def panel(figure: go.Figure, heading: str) -> dict[str, go.Scatter]:
    """The traces of one small chart, by name."""
    places = [one.text for one in figure.layout.annotations]
    (number,) = [place for place, text in enumerate(places) if f"<b>{heading}</b>" in text]
    axis = f"y{number + 1}" if number else "y"
    return {one.name: one for one in figure.data if one.yaxis == axis}


def trace(figure: go.Figure, name: str):
    return next(trace for trace in figure.data if trace.name == name)


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("span", ["5 min", "1 h", "1 day"])
def test_no_points_are_an_empty_chart_and_no_error(chart, span) -> None:
    chart(of(), span).to_json()


def test_each_service_has_its_memory_its_cache_and_its_cap() -> None:
    figure = memory_chart(of(point(0), point(1, used=5)), "5 min")

    whole, worker, app = (panel(figure, name) for name in ("The machine", "extract-1", "app"))
    assert list(whole["used"].y) == [4, 5]
    assert list(whole["cap"].y) == [8, 8]
    assert whole["cap"].line.dash == "dash"
    assert list(worker["used"].y) == [1, 1]
    assert list(worker["page cache"].y) == [0.5, 0.5]
    assert list(worker["cap"].y) == [2, 2]
    assert list(app) == ["used"]


def test_figures_stand_in_the_headings() -> None:
    texts = [one.text for one in memory_chart(of(point(0)), "5 min").layout.annotations]

    assert "<b>extract-1</b>  1.0 of 2.0 GB" in texts
    assert "<b>app</b>  256 MB" in texts


def test_a_cap_far_away_stands_in_the_heading_and_does_not_flatten_the_rest() -> None:
    figure = memory_chart(of(point(0, used=1.5, cap=64)), "5 min")

    assert "cap" not in panel(figure, "The machine")
    assert figure.layout.yaxis.range[1] < 64
    assert "64.0 GB" in figure.layout.annotations[0].text


def test_the_start_of_a_document_is_marked_with_its_worker_and_its_name() -> None:
    starts = (Start(START + 1, "extract-1", "form <16>.pdf"),)

    figure = memory_chart(of(point(0), point(2), starts=starts), "5 min")

    assert list(panel(figure, "extract-1")["begun"].text) == ["extract-1: form &lt;16>.pdf"]
    assert "begun" not in panel(figure, "app")


def test_many_services_have_a_place_each() -> None:
    many = point(0)
    many.services.update({f"extract-{number}": ServiceUsage(0, GB) for number in range(2, 9)})

    figure = memory_chart(of(many), "5 min")

    names = ["", *map(str, range(2, 11))]
    axes, sides = ([figure.layout[f"{kind}axis{name}"] for name in names] for kind in "yx")
    places = {(*x.domain, *y.domain) for x, y in zip(sides, axes, strict=True)}
    assert len(places) == 10
    assert all(0 <= low < high <= 1 for low, high in (one.domain for one in [*axes, *sides]))


def test_processor_is_shown_against_the_quota_or_all_cores() -> None:
    figure = cpu_chart(of(point(0)), "5 min")

    assert list(trace(figure, "extract-1").y) == [25]  # one core of a quota of four
    assert list(trace(figure, "app").y) == [5]  # a tenth of one of two cores
    assert list(trace(figure, "all cores").y) == [60]


def test_the_queue_is_steps_and_finished_documents_are_bars_a_minute() -> None:
    points = [point(second, waiting=3) for second in range(0, 120, 2)]

    figure = queue_chart(of(*points, done={20: 1, 50: 2, 70: 3}), "5 min")

    assert trace(figure, "Waiting").line.shape == "hv"
    assert list(trace(figure, "Finished a minute").y) == [3, 3]


def test_when_the_model_was_asked_is_shown_below_the_queue() -> None:
    figure = queue_chart(of(point(0), point(2, asked=1)), "5 min")

    assert list(trace(figure, "Model asked").y) == [0, 1]
    assert figure.layout.yaxis3.domain[1] < figure.layout.yaxis.domain[0]


def test_a_bar_of_the_day_is_a_rate_too() -> None:
    figure = queue_chart(of(point(10), done={10: 8}), "1 day")

    assert list(trace(figure, "Finished a minute").y) == [2]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_gap_in_the_samples_is_a_gap_in_the_chart(chart) -> None:
    points = [point(second) for second in (0, 2, 4, 60, 62)]

    figure = chart(of(*points), "5 min")

    lines = [trace for trace in figure.data if trace.type == "scatter"]
    assert lines
    for line in lines:
        assert np.isnan(line.y).tolist() == [False] * 3 + [True] * 2 + [False] * 2
        assert list(line.x) == sorted(line.x)


def test_samples_a_little_late_are_no_gap() -> None:
    figure = cpu_chart(of(*(point(second) for second in (0, 12, 36, 48))), "1 h")

    assert not np.isnan(trace(figure, "all cores").y).any()


def test_a_process_that_ended_is_no_longer_drawn() -> None:
    gone = point(1)
    gone.services.pop("extract-1")

    figure = memory_chart(of(point(0), gone), "5 min")

    assert np.isnan(panel(figure, "extract-1")["used"].y).tolist() == [False, True]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_refresh_changes_neither_the_width_of_time_nor_what_was_zoomed(chart) -> None:
    first, second = chart(of(point(0)), "5 min"), chart(of(point(0), point(2)), "5 min")

    ranges = [figure.layout.xaxis.range for figure in (first, second)]
    assert [end - begin for begin, end in ranges] == [300_000, 300_000]
    assert first.layout.uirevision == second.layout.uirevision


@pytest.mark.parametrize("chart", CHARTS)
def test_the_page_s_own_ground_shows_through(chart) -> None:
    layout = chart(of(point(0)), "5 min").layout

    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert layout.hovermode == "x unified"


def test_a_service_keeps_its_colour_whatever_else_runs() -> None:
    alone = point(0)
    alone.services.pop("app")

    colors = {
        trace(cpu_chart(of(points), "5 min"), "extract-1").line.color
        for points in (point(0), alone)
    }

    assert colors == {color_of("extract-1")}
    usual = [
        "app",
        "keeper",
        "redis",
        "up",
        "ollama",
        "postgres",
        "ask-1",
        "extract-1",
        "extract-2",
    ]
    assert len({color_of(name) for name in usual}) == len(usual)
    assert color_of("something else") == color_of("something else")


def test_a_sparkline_is_a_short_curve_of_means() -> None:
    points = [point(second, waiting=second) for second in range(20)]

    assert sparkline(points, lambda one: one.waiting) == [4.5, 14.5]
    assert sparkline([], lambda one: one.waiting) == []
