"""Resources: what the machine and each service use, how the work goes, and what is wrong."""

import streamlit as st

from taxai_core.service.resources import SPANS
from taxai_core.ui import charts, start_page
from taxai_core.ui.alert_list import alert_list
from taxai_core.ui.live import live
from taxai_core.ui.resource_tiles import (
    counted_line,
    present_figures,
    present_resources,
    resource_tiles,
    spike_line,
    starts_line,
)
from taxai_core.ui.service_table import service_table
from taxai_core.ui.steady_chart import steady_chart
from taxai_core.ui.work_workers import worker_section

# A chart of an hour gets a point every 12 s, one of a day every 4 min.
REFRESHED_EVERY_S = {"5 min": 2, "1 h": 12, "1 day": 60}

start_page("Resources")


@live(2)
def show_now(machine: str | None) -> None:
    now = present_resources("5 min", machine)
    if now.trouble:
        st.warning(now.trouble)
    if now.points:
        resource_tiles(now)


def show_past(span: str, machine: str | None) -> None:
    past = present_resources(span, machine)
    if not past.points:
        return
    place = f"{span.replace(' ', '')}-{past.machine}"
    memory, cpu, queue = present_figures(span, machine)
    steady_chart(memory, f"memory-{place}", charts.CONFIG)
    st.caption(f"{spike_line(past)} {starts_line(past)}  \n{counted_line(past)}")
    left, right = st.columns(2)
    with left:
        steady_chart(cpu, f"cpu-{place}", charts.CONFIG)
    with right:
        steady_chart(queue, f"queue-{place}", charts.CONFIG)


@live(2)
def show_services(machine: str | None) -> None:
    st.subheader("Services", anchor=False)
    service_table(present_resources("5 min", machine).services)


machines = present_resources("5 min").machines
top = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    span = st.segmented_control(
        "Show the last",
        SPANS,
        default=SPANS[0],
        required=True,
        key="span",
        bind="query-params",
        label_visibility="collapsed",
    )
    machine = st.selectbox("Machine", machines, width=220) if len(machines) > 1 else None
with top:
    show_now(machine)
live(REFRESHED_EVERY_S[span])(show_past)(span, machine)
worker_section()
show_services(machine)
live(2)(alert_list)()
