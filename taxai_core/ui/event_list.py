"""What happened lately, of one document or of all, newest first."""

from collections.abc import Mapping, Sequence

import streamlit as st

from .. import service
from ..errors import TaxAIError
from ..service.events import LEVELS, MOST_EVENTS, Event, events
from .frame import STATE_EVERY_S
from .live import live

ROW_PX, HIGHEST_PX = 28, 480
LEVEL_WORDS = dict(zip(LEVELS, ("Everything", "Warnings and errors", "Errors"), strict=True))
MARKS = {"warning": "▲ ", "error": "✗ "}


@live(STATE_EVERY_S)
def event_list(document_id: str | None = None) -> None:
    """Draw the list with its filters; one of a document needs none for that."""
    place = document_id or "all"
    names = {} if document_id else _names()
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        level = st.segmented_control(
            "Level", LEVELS, default=LEVELS[0], required=True, key=f"events-level-{place}",
            format_func=lambda one: LEVEL_WORDS[one], label_visibility="collapsed",
        )  # fmt: skip
        wanted = document_id or st.selectbox(
            "Document", list(names), index=None, key="events-document", width=320,
            format_func=lambda one: names.get(one, one), placeholder="Of all documents",
            label_visibility="collapsed",
        )  # fmt: skip
    found = events(wanted, level=level)
    if not found:
        st.caption("Nothing is noted.")
        return
    st.dataframe(
        _rows(found, None if wanted else names),
        key=f"events-{wanted}",
        hide_index=True,
        row_height=ROW_PX,
        height=min(HIGHEST_PX, ROW_PX * (len(found) + 1) + 6),
        column_config={
            "Time": st.column_config.DatetimeColumn(format="D MMM HH:mm:ss.SSS", width=130),
            "Process": st.column_config.TextColumn(width=70),
            "Document": st.column_config.TextColumn(width=170),
            "Event": st.column_config.TextColumn(width=190),
            "Details": st.column_config.TextColumn(width=480),
        },
        alt="What happened, newest first",
    )
    if len(found) == MOST_EVENTS:
        st.caption(f"The last {MOST_EVENTS}; all are in the folder logs of the data folder.")


@st.cache_data(ttl=10, show_spinner=False)
def _names() -> dict[str, str]:
    try:
        return {document.id: document.name for document in service.list_documents()}
    except TaxAIError:  # then by their ids
        return {}


def _rows(found: Sequence[Event], names: Mapping[str, str] | None) -> list[dict[str, object]]:
    """Args: names: of documents by id; None where all are of one."""
    rows = []
    for one in found:
        row: dict[str, object] = {"Time": one.time.astimezone(), "Process": one.process}
        if names is not None:
            row["Document"] = names.get(one.document or "", (one.document or "")[:8])
        words = f"{MARKS.get(one.level, '')}{one.event[:1].upper()}{one.event[1:]}"
        rows.append(row | {"Event": words, "Details": one.details})
    return rows
