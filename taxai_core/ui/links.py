"""Links to a document on another page, which the browser follows by itself.

`st.switch_page` in a part that is drawn anew every two seconds leaves a blank page one time in
five: what the browser has asked for meanwhile still belongs to the page before.
"""

import streamlit as st

from ..store.document import Document
from .plain import plain


def review_link(document: Document | None) -> None:
    """Leads to the review of a document; to nowhere where there is none."""
    st.page_link(
        "pages/review.py",
        label="Open",
        icon=":material/edit_document:",
        query_params={"document": document.id} if document else None,
        disabled=document is None,
    )


def documents_link(document: Document) -> None:
    """Leads by a document's name to its row in the list."""
    st.page_link(
        "pages/documents.py", label=plain(document.name), query_params={"document": document.id}
    )
