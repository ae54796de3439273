"""The workers, what each has in hand, and what a document may use."""

from typing import Any

import pandas as pd
import streamlit as st

from .. import service
from ..service.limits import Limits
from ..service.work import Seat, Work
from .frame import STATE_EVERY_S
from .live import live
from .words import duration, moment
from .work_tables import ROW_PX, Text, grid_px, megabytes, memory_column

# So high at least, so that nothing below moves while workers come and go.
FEWEST_ROWS = 3
NO_WORKER = (
    "No worker is listening, so nothing is read. `./taxai up` starts one again within seconds; "
    "if this stays, stop it and start it again. Papers keep their places in line."
)


@st.cache_data(ttl=1, show_spinner=False)
def present_work() -> Work:
    """How the work goes, asked once a second however many windows are open."""
    return service.work()


@live(STATE_EVERY_S)
def worker_section() -> None:
    """The workers with a heading, for a page of other things."""
    work = present_work()
    st.subheader("Workers", anchor=False)
    if work.queue_up and not work.readers:
        st.warning(NO_WORKER, icon=":material/error:")
    worker_table(work)
    st.caption(f"{crew_line(work)}  \n{caps_line(work.caps)}")


def caps_line(caps: Limits) -> str:
    """What one document, and one page of it, may use, in a sentence."""
    return (
        f"One document may use {caps.job_memory_mb:,} MB and {duration(caps.job_timeout_s)}, one "
        f"page {duration(caps.page_timeout_s)}; after {duration(caps.read_for_s)} no further page "
        f"is begun and those read are kept. A file may have {caps.max_file_mb} MB and "
        f"{caps.max_pages:,} pages."
    )


def crew_line(work: Work) -> str:
    """How many workers there are to be, and why; nothing where nobody has said so."""
    if work.crew is None:
        return ""
    number = "1 worker" if work.crew.workers == 1 else f"{work.crew.workers} workers"
    most = f" of at most {work.caps.workers}" if work.caps.workers else ""
    return f"Wanted to read: {number}{most}. {work.crew.reason}"


def worker_table(work: Work) -> None:
    """The workers, with what each has in hand and when it last said that it lives."""
    if not work.workers:
        st.caption("No worker is listening." if work.queue_up else "Nobody knows them now.")
        return
    st.dataframe(
        pd.DataFrame([_seat(seat) for seat in work.workers]),
        key="workers",
        hide_index=True,
        row_height=ROW_PX,
        height=grid_px(max(FEWEST_ROWS, len(work.workers))),
        column_config={
            "worker": Text("Worker", width=100),
            "does": Text("Does", width=176),
            "page": Text("Page", width=66, alignment="right"),
            "memory": memory_column(work.caps),
            "seen": Text("Last sign", width=76, alignment="right"),
            "since": Text("Up since", width=100, alignment="right"),
        },
        alt="The workers and what each does",
    )


def _seat(seat: Seat) -> dict[str, Any]:
    worker, document = seat.worker, seat.document
    total = document.pages_total if document else None
    return {
        "worker": worker.name,
        "does": document.name if document else seat.other or "waits for work",
        "page": f"{document.pages_done} of {total}" if document and total else "",
        "memory": megabytes(worker.held_bytes),
        "seen": f"{worker.silent_s:.0f} s ago",
        "since": moment(worker.since) if worker.since else "",
    }
