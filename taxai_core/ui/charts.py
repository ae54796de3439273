"""The charts of the Resources page: points in, Plotly figures out."""

from collections.abc import Callable, Sequence
from itertools import groupby
from statistics import fmean

import plotly.graph_objects as go

from ..jobs.points import Point
from ..jobs.samples import VIEWS, Span
from ..service.resources import Resources
from .timeline import CONFIG, FILL, GREY, Timeline, color_of, round_up, title, y_axis

__all__ = ["CONFIG", "cpu_chart", "queue_chart", "sparkline"]

HEIGHT_PX = 280
# Documents are counted for whole minutes: by the second the bars would be 0 or 60.
BAR_S = 60
# The model's slot stands below the queue, in so much of the height.
SLOT_SHARE = 0.14


def cpu_chart(now: Resources, span: Span) -> go.Figure:
    """Processor time of each service in % of its quota, of all cores where it has none."""
    chart = Timeline(now.points, span)
    for name in sorted({name for point in now.points for name in point.services}):
        chart.line(name, _share_of(name), "%{y:.0f} %", color_of(name))
    whole = {"line": {"dash": "dot"}}
    chart.line("all cores", lambda one: one.cpu_percent, "%{y:.0f} %", GREY, **whole)
    return chart.figure(
        HEIGHT_PX,
        title=title("CPU, % of the quota, or of all cores"),
        xaxis=chart.x_axis(),
        yaxis=y_axis(104, dtick=25),
        legend={"font": {"size": 10}},
    )


def _share_of(name: str) -> Callable[[Point], float | None]:
    def share(point: Point) -> float | None:
        if (usage := point.services.get(name)) is None:
            return None
        # The kernel lets a group run over its quota for a moment and holds it back after that.
        return min(usage.cores / (usage.quota_cores or point.cores), 1.0) * 100

    return share


def queue_chart(now: Resources, span: Span) -> go.Figure:
    """Waiting documents as steps, finished ones a minute as bars, and when the model was asked."""
    bar_s = max(BAR_S, VIEWS[span].step_s)
    done: dict[float, int] = {}
    for at, number in now.finished:
        middle = (at // bar_s + 0.5) * bar_s
        done[middle] = done.get(middle, 0) + number
    a_minute = [count / bar_s * 60 for count in done.values()]
    waiting = max((point.waiting for point in now.points), default=0)
    chart = Timeline(now.points, span)
    chart.bars("Finished a minute", list(done), a_minute, bar_s)
    chart.line("Waiting", lambda point: point.waiting, "%{y:.0f}", line={"shape": "hv"})
    chart.line(
        "Model asked",
        lambda point: point.asked,
        "%{y:.0%} of the time",
        line={"shape": "hv", "width": 1},
        fill="tozeroy",
        fillcolor=FILL,
        yaxis="y3",
    )
    high, low = [SLOT_SHARE + 0.08, 1], [0, SLOT_SHARE]
    right = {"overlaying": "y", "side": "right", "showgrid": False, "nticks": 4}
    return chart.figure(
        HEIGHT_PX,
        title=title("Documents"),
        xaxis=chart.x_axis(anchor="y3"),
        yaxis=y_axis(round_up(waiting), domain=high),
        yaxis2=y_axis(round_up(max(a_minute, default=0)), tickmode="auto", **right),
        yaxis3=y_axis(1, domain=low, showticklabels=False, showgrid=False),
        legend={
            **{"orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom"},
            "font": {"size": 11},
        },
        margin={"l": 36, "r": 28, "t": 30, "b": 24},
    )


def sparkline(points: Sequence[Point], value: Callable[[Point], float]) -> list[float]:
    """Return means of 10 s each, aligned to the clock: a curve that shifts and does not shiver."""
    groups = groupby(points, key=lambda point: point.time // 10)
    return [fmean(value(point) for point in group) for _, group in groups]
