"""What can be done on the spot about a document that failed."""

from collections.abc import Sequence

import streamlit as st

from .. import service
from ..service.intake import wants_password
from ..store.document import Document
from .attempt import attempt

LIGHTER = "Retry with the lighter method"


def retry_label(documents: Sequence[Document]) -> str:
    """What the button says that reads these again: all that lacked memory are read otherwise."""
    lighter = documents and all(service.is_lighter_next(document) for document in documents)
    return LIGHTER if lighter else "Retry"


def failure(document: Document, place: str) -> None:
    """Offer what helps: a password, the lighter method, or another try."""
    if wants_password(document):
        _password_form(document, place)
    elif document.state == "failed" and st.button(
        retry_label([document]), icon=":material/refresh:", key=f"retry-{place}-{document.id}"
    ):
        attempt(service.retry, document.id)
        st.rerun(scope="app")


def _password_form(document: Document, place: str) -> None:
    """Ask for a document's password on the spot and read it again."""
    with st.form(f"password-{place}-{document.id}", border=False, clear_on_submit=True):
        field, button = st.columns([3, 2], vertical_alignment="bottom", gap="small")
        password = field.text_input(
            "Password", type="password", label_visibility="collapsed", placeholder="Password"
        )
        if button.form_submit_button("Open", icon=":material/lock_open:") and password:
            attempt(service.retry, document.id, password=password)
            st.rerun(scope="app")
