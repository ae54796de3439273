"""The Resources page at a glance, and in words."""

from collections.abc import Callable
from datetime import datetime

import plotly.graph_objects as go
import streamlit as st

from .. import service
from ..jobs.points import Point
from ..jobs.samples import Span
from ..service.resources import MOST_STARTS, Resources
from ..sizes import GB, memory_of, memory_size
from . import charts
from .memory_chart import memory_chart
from .plain import plain
from .words import count, duration
from .work_workers import present_work

Value = Callable[[Point], float]


# One object for all windows: a copy of an hour's points takes 50 ms. Nobody changes it.
@st.cache_resource(ttl=2, max_entries=8, show_spinner=False)
def present_resources(span: Span, machine: str | None = None) -> Resources:
    """What was sampled, asked every two seconds however many windows are open."""
    return service.resources(span, machine)


@st.cache_resource(ttl=2, max_entries=8, show_spinner=False)
def present_figures(span: Span, machine: str | None) -> tuple[go.Figure, go.Figure, go.Figure]:
    """The charts of memory, processor and queue, drawn once for all windows."""
    past = present_resources(span, machine)
    return memory_chart(past, span), charts.cpu_chart(past, span), charts.queue_chart(past, span)


def resource_tiles(now: Resources) -> None:
    """Four tiles, each with its last five minutes as a curve."""
    last, pace = now.points[-1], present_work().pace
    memory = memory_of(last.memory_used_bytes, last.memory_total_bytes)
    hourly = f"{pace.read + pace.failed} in the last hour" if pace else ""
    tiles: tuple[tuple[str, str, str, Value], ...] = (
        ("CPU", f"{last.cpu_percent:.0f} %", f"{last.cores:g} cores", lambda one: one.cpu_percent),
        ("Memory", memory, _cache(last), lambda one: one.memory_used_bytes / GB),
        ("Waiting", str(last.waiting), _slot(now), lambda one: one.waiting),
        ("Documents a minute", f"{now.documents_a_minute:.1f}", hourly, lambda one: one.done * 30),
    )
    for box, (title, text, more, value) in zip(st.columns(4), tiles, strict=True):
        curve = charts.sparkline(now.points, value)
        box.metric(
            title,
            text,
            delta=more or None,
            delta_arrow="off",
            delta_color="gray",
            chart_data=curve,
            border=True,
        )


def _cache(last: Point) -> str:
    return f"{memory_size(last.memory_cache_bytes)} page cache"


def _slot(now: Resources) -> str:
    asked_s = now.asked_for_s
    return "model idle" if asked_s is None else f"model asked for {duration(round(asked_s))}"


def spike_line(now: Resources) -> str:
    """The highest memory of the span with the document that was read then, in a sentence."""
    if (spike := now.spike) is None:
        return ""
    point = spike.point
    when = _clock(point.time)
    most = memory_of(point.memory_used_bytes, point.memory_total_bytes)
    said = f"Highest memory: {most} at {when}."
    if spike.worker and spike.document:
        held = memory_size(spike.worker_bytes)
        return f"{said} {spike.worker} held {held} of it and read {plain(spike.document)}."
    return f"{said} Nothing was read then."


def counted_line(now: Resources) -> str:
    """What the kernel ended and held back in the span, in a sentence."""
    kills = {name: number for name, number in now.oom_kills.items() if name}
    if not kills and "" in now.oom_kills:
        kills = {"the machine": now.oom_kills[""]}
    told = ", ".join(f"{name} {number}" for name, number in sorted(kills.items()))
    said = f"Killed by the kernel for want of memory: {told or 'none'}."
    held: dict[str, float] = {}
    for point in now.points:
        for name, usage in point.services.items():
            held[name] = held.get(name, 0.0) + usage.throttled / len(now.points)
    slow = ", ".join(f"{n} {share:.0%}" for n, share in sorted(held.items()) if share >= 0.01)
    return f"{said} Held back by a CPU quota: {f'{slow} of the time' if slow else 'nobody'}."


def starts_line(now: Resources) -> str:
    """What the marks are."""
    begun = count(len(now.starts), "document")
    begun = f"the last {begun}" if len(now.starts) >= MOST_STARTS else begun
    return f"▲ marks where a document was begun ({begun}); hold the pointer over one for its name."


def _clock(at: float) -> str:
    return datetime.fromtimestamp(at).strftime("%H:%M:%S")
