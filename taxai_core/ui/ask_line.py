"""What the model was asked about the document on the desk, and asking it."""

from datetime import UTC, datetime

import streamlit as st

from .. import service
from ..errors import TaxAIError
from ..service import Ask, OpenDocument
from .attempt import attempt
from .frame import system_state
from .live import live
from .plain import plain
from .review_state import is_locked
from .words import count, duration

LOOK_EVERY_S = 1
LINE = "ask-line"
# As high with a short sentence as with a long one: what stands below stays where it is while the
# model is asked, and has all the room that is left.
_STYLE = f"""<style>
:root {{ --ask-line: 3.5rem; }}
.st-key-{LINE} {{ flex-wrap: nowrap; min-height: 2.75rem; border-radius: 0.4rem;
  border: 1px solid rgba(128, 128, 128, 0.3); padding: 0.1rem 0.6rem; }}
.st-key-{LINE} p {{ font-size: 0.8125rem; line-height: 1.3; margin: 0; }}
.st-key-{LINE} [data-testid="stMarkdownContainer"] {{ margin-bottom: 0; }}
.st-key-{LINE} button {{ white-space: nowrap; min-height: 1.6rem; }}
</style>"""


def ask_line(opened: OpenDocument) -> None:
    """A line where the rules left something open; it watches while the model is asked."""
    ask = opened.document.ask
    if ask is None or is_locked(opened):
        return
    live(LOOK_EVERY_S if ask.is_unfinished else None)(_line)(opened, ask)


def _line(opened: OpenDocument, before: Ask) -> None:
    try:
        ask = service.ask_of(opened.document.id) if before.is_unfinished else before
    except TaxAIError as error:
        st.warning(str(error), icon=":material/error:")
        return
    if ask is None:
        return
    st.html(_STYLE)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=LINE):
        st.markdown(f"{_sign(ask)} {_words(ask)}", width="stretch")
        if ask.is_unfinished:
            return
        # The page is drawn anew when a person wants it: one may be typing into a field just now.
        if ask != before and ask.filled:
            if st.button("Show", key="show-answers", type="tertiary"):
                st.rerun(scope="app")
        elif st.button(
            "Ask again" if ask.state == "done" else "Ask the model",
            key="ask-model",
            type="tertiary",
        ):
            attempt(service.ask_model, opened.document.id)
            st.rerun(scope="app")


def _sign(ask: Ask) -> str:
    if ask.is_unfinished:
        return ":material/hourglass_top:"
    return ":material/neurology:" if ask.state == "done" else ":orange[:material/info:]"


def _words(ask: Ask) -> str:
    wanted = count(ask.gaps, "value")
    match ask.state:
        case "queued":
            place = (system_state().asking or {}).get(ask.job_id)
            behind = f", number {place} in line" if place else ""
            return f"{wanted} to be asked of the model{behind}. You can go on meanwhile."
        case "asking":
            began = ask.started_at
            seconds = (datetime.now(UTC) - began).total_seconds() if began else 0.0
            return f"Asking the model for {wanted}… {duration(seconds)}"
        case "done" if ask.filled:
            return f"The model found {ask.filled} of {wanted}; look at each."
        case "done" if ask.error_message:
            return f"{wanted} open. {plain(ask.error_message)}"
        case "done":
            return f"The model found none of {wanted} that the rules left open."
        case "failed":
            return f"{wanted} open. {plain(ask.error_message or '')}"
        case _:
            return f"{wanted} open, model not asked. {plain(ask.error_message or '')}".rstrip()
