"""Documents: every paper with its state, live."""

import streamlit as st

from taxai_core import service
from taxai_core.ui import start_page
from taxai_core.ui.attempt import need
from taxai_core.ui.client_filter import client_filter
from taxai_core.ui.documents_table import documents_table, select_by_address
from taxai_core.ui.words import STATES

start_page("Documents")
select_by_address()

with st.container(horizontal=True, gap="small", vertical_alignment="center"):
    search = st.text_input(
        "Search", placeholder="Part of a file name", label_visibility="collapsed", width=180
    )
    wanted = client_filter(need(service.list_documents))
    states = st.pills(
        "States",
        list(STATES.values()),
        selection_mode="multi",
        label_visibility="collapsed",
        width="content",
    )
    st.space("stretch")
    by_client = st.toggle("By client", key="by-client")
documents_table(search, states, wanted, by_client=by_client)
