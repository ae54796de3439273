"""What is read and what waits, as grids that stay where they are."""

from typing import Any

import pandas as pd
import streamlit as st

from ..service.limits import Limits
from ..service.work import Running, Waiting, Work
from ..sizes import MB
from .live_grid import live_grid
from .words import about, duration, moment

ROW_PX = 28
# As high with one row as with many, so that nothing below moves while they come and go.
RUNNING_ROWS, WAITING_ROWS = 4, 11
SELECTED = "selected-jobs"
Text = st.column_config.TextColumn


def grid_px(rows: int) -> int:
    """The height of a grid with so many rows and its heading."""
    return ROW_PX * (rows + 1) + 10


def running_table(work: Work) -> None:
    """The documents that are read, with how far each is and what it holds."""
    with st.container(height=grid_px(RUNNING_ROWS) + 10, border=False):
        if not work.running:
            st.caption(
                "Nothing is read now. Papers added on the Upload page stand here while they are "
                "read, with the page they are at and the memory they take."
            )
            return
        live_grid(
            pd.DataFrame([_running(one) for one in work.running]),
            [one.document.id for one in work.running],
            name="running",
            selection=SELECTED,
            row_px=ROW_PX,
            height_px=grid_px(RUNNING_ROWS),
            columns={
                "file": Text("File", width=176),
                "page": Text("Page", width=66, alignment="right"),
                "progress": st.column_config.ProgressColumn(
                    "Progress", min_value=0, max_value=100, format="%d %%", width=100
                ),
                "time": Text("Time", width=72, alignment="right"),
                "memory": memory_column(work.caps),
                "worker": Text("Worker", width=76),
            },
            alt="The documents that are read now",
        )


def memory_column(caps: Limits) -> Any:
    """A bar of memory held, as long as the cap is high."""
    title = f"Memory of {caps.job_memory_mb:,} MB"
    return st.column_config.ProgressColumn(
        title, min_value=0, max_value=caps.job_memory_mb, format="%d MB", width=120
    )


def _running(one: Running) -> dict[str, Any]:
    document = one.document
    total = document.pages_total
    return {
        "file": document.name,
        "page": f"{document.pages_done} of {total}" if total else "opening",
        "progress": round(100 * document.pages_done / total) if total else 0,
        "time": duration(document.seconds),
        "memory": megabytes(one.memory_bytes),
        "worker": one.worker or "",
    }


def waiting_table(work: Work) -> None:
    """The documents in line, with their places."""
    with st.container(height=grid_px(WAITING_ROWS) + 10, border=False):
        if not work.waiting:
            free = work.readers > len(work.running)
            st.caption("Nobody waits" + (": a paper added now is read at once." if free else "."))
            return
        live_grid(
            pd.DataFrame([_waiting(one) for one in work.waiting]),
            [one.document.id for one in work.waiting],
            name="waiting",
            selection=SELECTED,
            row_px=ROW_PX,
            height_px=grid_px(WAITING_ROWS),
            columns={
                "place": Text("No.", width=40, alignment="right"),
                "file": Text("File", width=154),
                "since": Text("Waits since", width=100, alignment="right"),
                "begins": Text("Begins in", width=100, alignment="right"),
            },
            alt="The documents that wait, first in line first",
        )


def _waiting(one: Waiting) -> dict[str, str]:
    return {
        "place": str(one.position or ""),
        "file": one.document.name,
        "since": moment(one.document.queued_at),
        "begins": about(one.begins_in_s) if one.begins_in_s is not None else "",
    }


def megabytes(size_bytes: int | None) -> int | None:
    """What stands in a bar of memory; nothing where nobody tells."""
    return size_bytes // MB if size_bytes is not None else None
