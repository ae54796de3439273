"""Review: the page as it is printed beside what was read from it."""

import streamlit as st

from taxai_core import service
from taxai_core.ui import start_page
from taxai_core.ui.attempt import need
from taxai_core.ui.review_header import chosen_document, review_header, review_pile
from taxai_core.ui.review_page import paper_column, reading_column

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

# First what is awaited: the document opened after it then holds the result of what is done.
rereads = need(service.list_rereads, document.id)
opened = need(service.open_document, document.id)
review_header(pile, opened)

left, right = st.columns([11, 9], gap="small")
with left:
    paper_column(opened, rereads)
with right:
    reading_column(opened, rereads)
