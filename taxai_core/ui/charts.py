"""The charts of the Resources page: points in, Plotly figures out."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby
from math import ceil, log2
from statistics import fmean
from typing import Any
from zlib import crc32

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ..jobs.samples import RESOLUTIONS, Point, Span

Floats = NDArray[np.float64]

CONFIG = {"displayModeBar": False}
HEIGHT_PX = 260
GB = 1024**3

# Middle tones, which stand out from a white and from a dark page alike.
ACCENT = "#2389a1"
GREY = "#8a9aa2"
CACHE = "rgba(138,154,162,0.18)"
GRID = "rgba(138,154,162,0.22)"
TRANSPARENT = "rgba(0,0,0,0)"
WORKERS = ("#7fbecd", "#5aa7ba", "#a5d1db", "#458fa3")
OTHERS = ("#9aa8af", "#b5a58f", "#8f9bb8", "#a9b79f", "#b89ba3", "#7d8a91")
# Fixed, so that the usual processes never share a colour; any other gets its own by its name.
USUAL = {"app": OTHERS[0], "keeper": OTHERS[1], "redis": OTHERS[2], "up": OTHERS[3]}

# A sample or two missing is a busy machine; more is a time of which nothing is known.
GAP_STEPS = 3
# The cap is in the picture once a third of it is used; below that it would press everything else
# to the ground, so its figure stands at the upper edge instead.
CAP_IN_VIEW_FROM = 1 / 3
# Documents are counted for whole minutes: by the second the bars would be 0 or 60.
BAR_S = 60


def memory_chart(points: Sequence[Point], span: Span) -> go.Figure:
    """Memory of each process as layers, the machine's as a line, its cache as a band above."""
    chart = _Chart("Memory, GB", points, span)
    chart.process_layers(lambda point, name: point.processes[name].rss_bytes / GB, "%{y:.2f} GB")
    chart.band(
        "Page cache",
        lambda point: point.memory_used_bytes / GB,
        lambda point: point.memory_cache_bytes / GB,
        "%{y:.2f} GB",
    )
    chart.line("Machine", lambda point: point.memory_used_bytes / GB, "%{y:.2f} GB")
    chart.line("Cap", lambda one: one.memory_total_bytes / GB, "%{y:.1f} GB", GREY, dash="dash")
    if points:
        peak = max((one.memory_used_bytes + one.memory_cache_bytes) / GB for one in points)
        _limit_memory_axis(chart.figure, peak, points[-1].memory_total_bytes / GB)
    return chart.figure


def cpu_chart(points: Sequence[Point], span: Span) -> go.Figure:
    """Processor time of each process as layers, the machine's as a line; 100 % is all cores."""
    chart = _Chart("CPU, % of all cores", points, span)
    chart.process_layers(
        lambda point, name: point.processes[name].cpu_percent / point.cores, "%{y:.0f} %"
    )
    chart.line("Machine", lambda point: point.cpu_percent, "%{y:.0f} %")
    chart.figure.update_yaxes(range=[0, 100], dtick=25)
    chart.figure.update_layout(showlegend=False)  # it stands beside the memory chart, which has one
    return chart.figure


def queue_chart(points: Sequence[Point], span: Span) -> go.Figure:
    """Waiting documents as steps, finished documents a minute as bars."""
    bar_s = max(BAR_S, RESOLUTIONS[span].step_s)
    done: dict[float, int] = {}
    for point in points:
        middle = (point.time // bar_s + 0.5) * bar_s
        done[middle] = done.get(middle, 0) + point.done
    a_minute = [count / bar_s * 60 for count in done.values()]
    chart = _Chart("Documents", points, span)
    chart.bars("Finished a minute", list(done), a_minute, bar_s)
    chart.line("Waiting", lambda point: point.waiting, "%{y:.0f}", shape="hv")
    waiting = max((point.waiting for point in points), default=0)
    chart.figure.update_layout(
        yaxis={"range": [0, _round_up(waiting)]},
        yaxis2={"range": [0, _round_up(max(a_minute, default=0))]},
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom"},
        margin={"r": 28},
    )
    return chart.figure


def sparkline(points: Sequence[Point], value: Callable[[Point], float]) -> list[float]:
    """Return means of 10 s each, aligned to the clock: a curve that shifts and does not shiver."""
    groups = groupby(points, key=lambda point: point.time // 10)
    return [fmean(value(point) for point in group) for _, group in groups]


def color_of(name: str) -> str:
    """Return a process's colour, the same in every chart and at any time."""
    number = name.rpartition("-")[2]
    if number.isdigit():
        return WORKERS[int(number) % len(WORKERS)]
    return USUAL.get(name) or OTHERS[crc32(name.encode()) % len(OTHERS)]


class _Chart:
    """A figure over the time of `points`, with a hole wherever there is a gap in them."""

    def __init__(self, title: str, points: Sequence[Point], span: Span) -> None:
        resolution = RESOLUTIONS[span]
        last = points[-1].time if points else time.time()
        self._points = points
        # Plotly shows every time as if it were UTC, so it is given the time of the local clock.
        offset = datetime.fromtimestamp(last).astimezone().utcoffset()
        self._offset_s = offset.total_seconds() if offset else 0.0
        times = np.array([point.time for point in points])
        gaps = np.flatnonzero(np.diff(times) > GAP_STEPS * resolution.step_s)
        # No value from just after the last one to just before the next, or a layer would slope.
        self._holes = np.repeat(gaps + 1, 2)
        edges = np.column_stack((times[gaps] + 0.001, times[gaps + 1] - 0.001)).ravel()
        self._times = self._on_axis(np.insert(times, self._holes, edges))
        self.figure = _empty_figure(title, self._on_axis([last - resolution.span_s, last]))

    def process_layers(self, value: Callable[[Point, str], float], hover: str) -> None:
        """Stack one layer a process; one that was not there has none at that time."""
        for name in sorted({name for point in self._points for name in point.processes}):
            there = (value(p, name) if name in p.processes else np.nan for p in self._points)
            self._layer(name, list(there), color_of(name), "processes", hovertemplate=hover)

    def band(
        self,
        name: str,
        footing: Callable[[Point], float],
        height: Callable[[Point], float],
        hover: str,
    ) -> None:
        """Draw a band that stands on `footing`; of two layers, as a fill would bridge gaps."""
        hidden = {"hoverinfo": "skip", "showlegend": False}
        self._layer("", [footing(one) for one in self._points], TRANSPARENT, name, **hidden)
        self._layer(name, [height(one) for one in self._points], CACHE, name, hovertemplate=hover)

    def line(
        self,
        name: str,
        value: Callable[[Point], float],
        hover: str,
        color: str = ACCENT,
        **style: str,
    ) -> None:
        """Draw a thin line; `style` is Plotly's for lines."""
        self.figure.add_scatter(
            name=name,
            x=self._times,
            y=self._with_holes([value(point) for point in self._points]),
            mode="lines",
            line={"width": 1.5, "color": color, **style},
            hovertemplate=hover,
        )

    def bars(self, name: str, times: list[float], values: list[float], width_s: float) -> None:
        """Draw bars, on an axis of their own at the right."""
        self.figure.add_bar(
            name=name,
            x=self._on_axis(times),
            y=values,
            width=width_s * 1000 * 0.8,
            marker={"color": GREY, "opacity": 0.45, "line": {"width": 0}},
            hovertemplate="%{y:.1f}",
            yaxis="y2",
        )

    def _layer(
        self, name: str, values: list[float], color: str, stack: str, **options: Any
    ) -> None:
        self.figure.add_scatter(
            name=name,
            x=self._times,
            y=self._with_holes(values),
            mode="lines",
            stackgroup=stack,
            line={"width": 0, "color": color},
            fillcolor=color,
            **options,
        )

    def _on_axis(self, seconds: Floats | list[float]) -> Floats:
        return (np.asarray(seconds) + self._offset_s) * 1000

    def _with_holes(self, values: list[float]) -> Floats:
        return np.insert(np.array(values, dtype=np.float64), self._holes, np.nan)


def _limit_memory_axis(figure: go.Figure, peak_gb: float, cap_gb: float) -> None:
    if peak_gb >= cap_gb * CAP_IN_VIEW_FROM:
        figure.update_yaxes(range=[0, cap_gb * 1.06])
        return
    figure.update_yaxes(range=[0, _round_up(peak_gb)])
    figure.add_annotation(
        text=f"cap {cap_gb:.1f} GB ↑",
        font={"size": 11, "color": GREY},
        showarrow=False,
        xref="paper",
        yref="paper",
        x=1,
        y=1,
        xanchor="right",
        yanchor="top",
    )


def _round_up(value: float) -> float:
    """Return a power of two above `value`: an axis that seldom changes while it is looked at."""
    return 2.0 ** ceil(log2(max(value * 1.1, 1)))


def _empty_figure(title: str, time_range: Floats) -> go.Figure:
    return go.Figure(
        layout={
            "title": {"text": title, "font": {"size": 13}, "x": 0, "xref": "paper", "y": 0.98},
            "height": HEIGHT_PX,
            "margin": {"l": 36, "r": 8, "t": 30, "b": 24},
            "paper_bgcolor": TRANSPARENT,
            "plot_bgcolor": TRANSPARENT,
            "hovermode": "x unified",
            "uirevision": "same",
            "legend": {"font": {"size": 11}},
            "xaxis": {
                "type": "date",
                "range": list(time_range),
                "tickformat": "%H:%M",
                "hoverformat": "%H:%M:%S",
                "showgrid": False,
            },
            "yaxis": {"gridcolor": GRID, "zeroline": False, "fixedrange": True, "nticks": 5},
            "yaxis2": {
                "overlaying": "y",
                "side": "right",
                "showgrid": False,
                "zeroline": False,
                "fixedrange": True,
                "tickmode": "auto",
                "nticks": 4,
            },
        }
    )
