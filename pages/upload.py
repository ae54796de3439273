"""Upload: check the files and put them in the queue."""

import streamlit as st

from taxai_core.ui import start_page
from taxai_core.ui.upload_box import upload_box, verdict_list

start_page("Upload")

upload_box()
st.caption(
    "What happens next: the files are stored encrypted on this machine, workers read every page "
    "in the background, and you review each table beside its page. Nothing leaves this machine."
)
verdict_list()
