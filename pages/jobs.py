"""Jobs: what is read, what waits, what failed, and who does the work."""

import streamlit as st

from taxai_core.ui import start_page
from taxai_core.ui.event_list import event_list
from taxai_core.ui.work_board import work_board

start_page("Jobs")

work_board()
log = st.expander("Log", key="log-of-all", on_change="rerun")
if log.open:
    with log:
        event_list()
