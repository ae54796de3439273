"""A Plotly figure over the time of points: what every chart of the Resources page is made of."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from math import ceil, log2
from typing import Any
from zlib import crc32

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ..jobs.points import Point
from ..jobs.samples import VIEWS, Span
from ..service.resources import Start

Floats = NDArray[np.float64]

CONFIG = {"displayModeBar": False}
# Middle tones, which stand out from a white and from a dark page alike.
ACCENT = "#2389a1"
GREY = "#8a9aa2"
AMBER = "#c78a2c"
FILL = "rgba(35,137,161,0.20)"
CACHE = "rgba(138,154,162,0.22)"
GRID = "rgba(138,154,162,0.22)"
TRANSPARENT = "rgba(0,0,0,0)"
WORKERS = ("#2389a1", "#5aa7ba", "#1b6778", "#7fbecd")
OTHERS = ("#9b7fb8", "#b89ba3", "#8f9bb8", "#a9b79f", "#8a6d5a", "#7d8a91")
# Fixed, so that the usual services never share a colour; any other gets its own by its name.
USUAL = {
    "ollama": AMBER,
    **dict(zip(("app", "keeper", "redis", "up", "postgres"), OTHERS, strict=False)),
}
# A sample or two missing is a busy machine; more is a time of which nothing is known.
GAP_STEPS = 3


def color_of(name: str) -> str:
    """Return a service's colour, the same in every chart and at any time."""
    kind, _, number = name.rpartition("-")
    if number.isdigit():
        return "#4f8a5b" if kind == "ask" else WORKERS[int(number) % len(WORKERS)]
    return USUAL.get(name) or OTHERS[crc32(name.encode()) % len(OTHERS)]


def round_up(value: float, least: float = 1) -> float:
    """Return a power of two above `value`: an axis that seldom changes while it is looked at."""
    return float(2.0 ** ceil(log2(max(value * 1.1, least))))


class Timeline:
    """Collects traces over the time of `points`, with a hole wherever there is a gap in them.

    They are plain dicts till the figure is whole: Plotly looks at each thing that is added to a
    figure, which took 180 ms for ten services every 2 s, and 14 ms at the end.
    """

    def __init__(self, points: Sequence[Point], span: Span) -> None:
        view = VIEWS[span]
        last = points[-1].time if points else time.time()
        self._points = points
        self._traces: list[dict[str, Any]] = []
        # Plotly shows every time as if it were UTC, so it is given the time of the local clock.
        offset = datetime.fromtimestamp(last).astimezone().utcoffset()
        self._offset_s = offset.total_seconds() if offset else 0.0
        times = np.array([point.time for point in points])
        gaps = np.flatnonzero(np.diff(times) > GAP_STEPS * view.step_s)
        # No value from just after the last one to just before the next, or a layer would slope.
        self._holes = np.repeat(gaps + 1, 2)
        edges = np.column_stack((times[gaps] + 0.001, times[gaps + 1] - 0.001)).ravel()
        self._times = self._on_axis(np.insert(times, self._holes, edges))
        self._range = list(self._on_axis([last - view.span_s, last]))

    def line(
        self,
        name: str,
        value: Callable[[Point], float | None],
        hover: str,
        color: str = ACCENT,
        **options: Any,
    ) -> None:
        """Draw a thin line; where `value` is None there is none. `options` are Plotly's."""
        style = {"width": 1.5, "color": color, **options.pop("line", {})}
        y = np.insert(
            np.array([value(point) for point in self._points], dtype=np.float64),
            self._holes,
            np.nan,
        )
        self._traces.append(
            {
                "type": "scatter",
                "name": name,
                "x": self._times,
                "y": y,
                "mode": "lines",
                "line": style,
                "hovertemplate": hover,
                **options,
            }
        )

    def bars(
        self, name: str, times: Sequence[float], values: Sequence[float], width_s: float
    ) -> None:
        """Draw bars, on an axis of their own at the right."""
        self._traces.append(
            {
                "type": "bar",
                "name": name,
                "x": self._on_axis(times),
                "y": list(values),
                "width": width_s * 1000 * 0.8,
                "marker": {"color": GREY, "opacity": 0.45, "line": {"width": 0}},
                "hovertemplate": "%{y:.1f}",
                "yaxis": "y2",
            }
        )

    def marks(self, starts: Sequence[Start], **options: Any) -> None:
        """Mark where documents were begun; the hover names each, with its worker."""
        self._traces.append(
            {
                "type": "scatter",
                "name": "begun",
                "x": self._on_axis([one.time for one in starts]),
                "y": [0] * len(starts),
                "mode": "markers",
                "marker": {"symbol": "triangle-up", "size": 8, "color": AMBER},
                "text": [_plain(f"{one.worker}: {one.document}") for one in starts],
                "hovertemplate": "%{text}",
                "cliponaxis": False,
                **options,
            }
        )

    def x_axis(self, **more: Any) -> dict[str, Any]:
        """The time axis of a figure, or of one part of it."""
        return {
            "type": "date",
            "range": self._range,
            "tickformat": "%H:%M",
            "hoverformat": "%H:%M:%S",
            "showgrid": False,
            "nticks": 6,
            **more,
        }

    def figure(self, height_px: int, **layout: Any) -> go.Figure:
        """All of it."""
        common = {
            "height": height_px,
            "margin": {"l": 36, "r": 8, "t": 30, "b": 24},
            "paper_bgcolor": TRANSPARENT,
            "plot_bgcolor": TRANSPARENT,
            "hovermode": "x unified",
            "uirevision": "same",
        }
        return go.Figure({"data": self._traces, "layout": common | layout})

    def _on_axis(self, seconds: Floats | Sequence[float]) -> Floats:
        return (np.asarray(seconds, dtype=np.float64) + self._offset_s) * 1000


def y_axis(highest: float, **more: Any) -> dict[str, Any]:
    """An axis from 0 to `highest`."""
    common = {"gridcolor": GRID, "zeroline": False, "fixedrange": True, "nticks": 5}
    return {**common, "range": [0, highest], **more}


def title(text: str) -> dict[str, Any]:
    """A small title above the axis."""
    return {"text": text, "font": {"size": 13}, "x": 0, "xref": "paper", "y": 0.98}


def _plain(text: str) -> str:
    """Plotly takes some of HTML in a text for what it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
