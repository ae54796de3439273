"""Resources: what the machine and each process use, and how the work goes."""

import streamlit as st

from taxai_core import service
from taxai_core.service.resources import SPANS
from taxai_core.ui import charts, start_page
from taxai_core.ui.process_table import process_table
from taxai_core.ui.steady_chart import steady_chart
from taxai_core.ui.work_workers import worker_section

GB = 1024**3

start_page("Resources")


@st.fragment(run_every=2)
def show_now() -> None:
    now = service.resources("5 min")
    if now.trouble:
        st.warning(now.trouble)
    if not now.points:
        return
    last = now.points[-1]
    memory = f"{last.memory_used_bytes / GB:.1f} of {last.memory_total_bytes / GB:.1f} GB"
    tiles = (
        ("CPU", f"{last.cpu_percent:.0f} %", lambda point: point.cpu_percent),
        ("Memory", memory, lambda point: point.memory_used_bytes / GB),
        ("Waiting", str(last.waiting), lambda point: point.waiting),
        ("Documents a minute", f"{now.documents_a_minute:.1f}", lambda point: point.done * 60),
    )
    for box, (title, text, value) in zip(st.columns(4), tiles, strict=True):
        curve = charts.sparkline(now.points, value)
        box.metric(title, text, chart_data=curve, delta_color="gray", border=True)


def show_past(span: str) -> None:
    past = service.resources(span)
    if not (points := past.points):
        return
    place = span.replace(" ", "")
    left, right = st.columns([3, 2])
    with left:
        steady_chart(charts.memory_chart(points, span), f"memory-{place}", charts.CONFIG)
    with right:
        steady_chart(charts.cpu_chart(points, span), f"cpu-{place}", charts.CONFIG)
    left, right = st.columns([3, 2])
    with left:
        steady_chart(charts.queue_chart(points, span), f"queue-{place}", charts.CONFIG)
    with right:
        process_table(past.processes)


show_now()
span = st.segmented_control(
    "Show the last", SPANS, default=SPANS[0], required=True, key="span", bind="query-params"
)
st.fragment(show_past, run_every=2)(span)
worker_section()
