"""Which of the papers in a file is shown."""

import streamlit as st

from .. import service
from ..service import OpenDocument, StoredRecord
from .review_state import choose_paper, present_paper


def paper_list(opened: OpenDocument) -> None:
    """A choice of the file's papers, where it holds several."""
    papers = opened.reading.records
    present = present_paper(opened)
    if present is None or len(papers) < 2:
        return
    labels = {paper.number: _label(paper) for paper in papers}
    # A hash, for keys may come into messages and the labels name people.
    key = f"papers-{opened.document.id}-{present.number}-{hash(tuple(labels.values()))}"

    def choose() -> None:
        choose_paper(opened, st.session_state[key])

    st.selectbox(
        "Paper", list(labels), index=list(labels).index(present.number),
        format_func=labels.__getitem__, key=key, on_change=choose, label_visibility="collapsed",
    )  # fmt: skip


def _label(paper: StoredRecord) -> str:
    failed = sum(check.status == "fail" for check in paper.checks)
    parts = [
        f"{paper.number}. {type_title(paper.document_type)}",
        paper.place,
        paper.taxpayer_name,
        *[f"✗ {failed}"] * bool(failed),
    ]
    return " · ".join(filter(None, parts))


def type_title(document_type: str) -> str:
    """What a document type is called."""
    found = service.document_types().get(document_type)
    return found.title if found else document_type
