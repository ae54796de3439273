"""The memory of the machine and of each service against its cap: a small chart each.

Ten lines in one chart cannot be told apart, and a cap of 256 MB cannot be seen beside one of 8 GB.
"""

from collections.abc import Callable, Sequence
from math import ceil
from typing import Any

import plotly.graph_objects as go

from ..jobs.points import Point, ServiceUsage
from ..jobs.samples import Span
from ..service.resources import Resources
from ..sizes import GB, memory_of, memory_size
from .timeline import ACCENT, CACHE, FILL, GREY, Timeline, color_of, round_up, y_axis

COLUMNS, ROW_PX = 4, 118
# Of the width and of a row's height, between two charts.
GAP_X, GAP_Y = 0.035, 0.36
# What may use most, and what a person looks for first.
FIRST = ("ollama", "extract", "ask", "app", "keeper", "redis", "postgres")
# The cap is in the picture once a third of it is used; below that it would press everything else
# to the ground, and stands in the title alone.
CAP_IN_VIEW_FROM = 1 / 3
HOVER = "%{y:.2f} GB"
SMALL = {"tickfont": {"size": 10}}
Part = Callable[[Point], ServiceUsage | None]


def memory_chart(now: Resources, span: Span) -> go.Figure:
    """A panel each: what is used as a line, page cache as a band above, the cap dashed."""
    names = sorted({name for point in now.points for name in point.services}, key=_rank)
    panels = [("The machine", _whole), *((name, _part(name)) for name in names)]
    rows = ceil(len(panels) / COLUMNS)
    chart = Timeline(now.points, span)
    layout: dict[str, Any] = {"annotations": []}
    for index, (name, part) in enumerate(panels):
        axis = str(index + 1) if index else ""
        across, down = _domains(index, rows)
        highest = _panel(chart, name, part, axis, now)
        layout[f"xaxis{axis}"] = chart.x_axis(domain=across, anchor=f"y{axis}", **SMALL, nticks=4)
        layout[f"yaxis{axis}"] = y_axis(highest, domain=down, anchor=f"x{axis}", **SMALL, nticks=3)
        layout["annotations"].append(_heading(_title(name, part, now.points), across[0], down[1]))
    margin = {"l": 30, "r": 8, "t": 24, "b": 20}
    return chart.figure(rows * ROW_PX + 40, margin=margin, showlegend=False, **layout)


def _domains(index: int, rows: int) -> tuple[list[float], list[float]]:
    """Where a panel lies, in shares of the width and of the height from below."""
    width = (1 + GAP_X) / COLUMNS
    left = index % COLUMNS * width
    gap = GAP_Y / rows
    height = (1 + gap) / rows
    top = 1 - index // COLUMNS * height
    return [left, left + width - GAP_X], [max(top - height + gap, 0.0), top]


def _heading(text: str, left: float, top: float) -> dict[str, Any]:
    paper = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return {"text": text, "x": left, "y": top, "showarrow": False, "font": {"size": 12}, **paper}


def _panel(chart: Timeline, name: str, part: Part, axis: str, now: Resources) -> float:
    """Draw one, and return how high its axis is to be."""
    place = {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}
    used, cache = _gb_of(part, "memory_bytes"), _gb_of(part, "cache_bytes")
    cap = _gb_of(part, "cap_bytes")
    layer = {"stackgroup": name, **place}
    color = ACCENT if part is _whole else color_of(name)
    chart.line("used", used, HOVER, color, fillcolor=FILL, **layer)
    if any(cache(point) for point in now.points):
        band = {"fillcolor": CACHE, "line": {"width": 0}}
        chart.line("page cache", cache, HOVER, GREY, **band, **layer)
    highest = max((cap(point) or 0.0 for point in now.points), default=0.0)
    peak = max(((used(one) or 0.0) + (cache(one) or 0.0) for one in now.points), default=0.0)
    is_near = highest > 0 and peak >= highest * CAP_IN_VIEW_FROM
    if is_near:
        chart.line("cap", cap, HOVER, GREY, line={"dash": "dash", "width": 1}, **place)
    if starts := [one for one in now.starts if one.worker == name]:
        chart.marks(starts, **place)
    # A little less than a round figure, so that none stands beside the heading.
    return highest * 1.06 if is_near else round_up(peak, least=1 / 16) * 0.999


def _gb_of(part: Part, attribute: str) -> Callable[[Point], float | None]:
    def value(point: Point) -> float | None:
        size_bytes = getattr(part(point), attribute, None)
        return None if size_bytes is None else size_bytes / GB

    return value


def _whole(point: Point) -> ServiceUsage:
    return ServiceUsage(
        point.cpu_percent / 100 * point.cores,
        point.memory_used_bytes,
        point.memory_cache_bytes,
        point.memory_total_bytes,
    )


def _part(name: str) -> Part:
    return lambda point: point.services.get(name)


def _title(name: str, part: Part, points: Sequence[Point]) -> str:
    """`ollama  5.1 of 8.0 GB`; without figures where it has ended."""
    last = part(points[-1]) if points else None
    if last is None:
        return f"<b>{name}</b>"
    used, cap = last.memory_bytes, last.cap_bytes
    return f"<b>{name}</b>  {memory_of(used, cap) if cap else memory_size(used)}"


def _rank(name: str) -> tuple[int, str]:
    kind = name.partition("-")[0]
    return (FIRST.index(kind) if kind in FIRST else len(FIRST), name)
