"""Review: the page as it is printed beside what was read from it."""

import streamlit as st

from taxai_core import service
from taxai_core.ui import start_page
from taxai_core.ui.attempt import need
from taxai_core.ui.page_viewer import page_viewer
from taxai_core.ui.review_header import chosen_document, review_header, review_pile
from taxai_core.ui.review_state import choose_page, choose_table, present_place
from taxai_core.ui.table_editor import table_editor
from taxai_core.ui.table_list import history_list, table_actions, table_list

start_page("")

pile = review_pile(need(service.list_documents))
document = chosen_document(pile)
if document is None:
    st.title("Review", anchor=False)
    if pile:
        st.info("The document of this address is not here: deleted, or not read yet.")
        if st.button("Open the first one to review"):
            st.query_params.clear()
            st.rerun()
        st.stop()
    st.info("Nothing has been read yet. Add papers on the Upload page; they appear here when read.")
    st.stop()

opened = need(service.open_document, document.id)
reading = opened.reading
page, table = present_place(opened)
locked = document.state == "approved"
review_header(pile, opened)

left, right = st.columns([11, 9], gap="small")
with left:
    page_viewer(
        document_id=document.id,
        page=page,
        pages=len(reading.page_sizes),
        picture=service.page_picture(document, page),
        size_pt=reading.page_sizes[page],
        tables=[found for found in reading.tables if found.page == page],
        chosen=table and table.id,
        on_table=lambda table_id: choose_table(opened, table_id),
        on_page=lambda number: choose_page(opened, number),
    )
with right:
    tables, history = st.tabs([f"Tables ({len(reading.tables)})", "History"])
    with tables:
        if table is None:
            st.info("No table was found in this document.")
        else:
            table_list(reading.tables, table.id, lambda table_id: choose_table(opened, table_id))
            table_actions(document.id, document.name, table, locked)
            if not table.content.dropped:
                table_editor(document.id, table, locked=locked)
            printed = f"{table.method}, accuracy {table.accuracy:.0f} %"
            st.caption(f"{printed} · every change is saved at once")
        for warning in reading.warnings:
            st.warning(warning, icon=":material/info:")
    with history:
        history_list(opened.history)
