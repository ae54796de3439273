"""What each process of TaxAI uses."""

from collections.abc import Sequence

import streamlit as st

from ..service.resources import ProcessState

MB = 1 << 20
COLUMNS = {
    "CPU": st.column_config.NumberColumn(format="%.0f %%", help="100 % is one core"),
    "Memory": st.column_config.NumberColumn(format="%.0f MB"),
    "Up since": st.column_config.DatetimeColumn(format="D MMM, HH:mm"),
    "Id": st.column_config.NumberColumn(format="%d"),
}


def process_table(processes: Sequence[ProcessState]) -> None:
    """One row a process."""
    rows = [
        {
            "Process": one.name,
            "CPU": one.cpu_percent,
            "Memory": one.rss_bytes / MB,
            "Up since": one.since,
            "Id": one.pid,
        }
        for one in processes
    ]
    st.dataframe(rows, column_config=COLUMNS, key="processes", row_height=28)
