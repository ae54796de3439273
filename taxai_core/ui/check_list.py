"""The sums of a paper: which hold, and where one does not, both sides and what it is made of."""

from pathlib import Path

import streamlit as st

from ..service import OpenDocument, StoredRecord
from .field_rows import checks
from .review_state import choose_fields, desk
from .told import told

_FOLDER = Path(__file__).parent / "checks"
_list = st.components.v2.component(
    "taxai_check_list",
    html='<div class="checks"></div>',
    css=(_FOLDER / "checks.css").read_text(),
    js=(_FOLDER / "checks.js").read_text(),
)


def check_list(opened: OpenDocument, paper: StoredRecord) -> None:
    """Draw the list; choosing a sum outlines all of its members on the page."""
    key = f"checks-{opened.document.id}-{paper.number}"

    def choose() -> None:
        if names := told(key, "choose"):
            choose_fields(opened, names)

    _list(
        key=key,
        data={"checks": checks(paper), "chosen": desk(opened).fields},
        on_choose_change=choose,
    )
