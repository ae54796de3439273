"""Documents: every paper with its state, live."""

import streamlit as st

from taxai_core.ui import start_page
from taxai_core.ui.documents_table import documents_table
from taxai_core.ui.words import STATES

start_page("Documents")

search_box, state_box = st.columns([2, 3], vertical_alignment="bottom")
search = search_box.text_input(
    "Search", placeholder="Part of a file name", label_visibility="collapsed"
)
states = state_box.pills(
    "States",
    list(STATES.values()),
    selection_mode="multi",
    label_visibility="collapsed",
)
documents_table(search, states)
