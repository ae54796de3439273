"""What is being read again, and how it came out."""

from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from .. import service
from ..errors import TaxAIError
from ..models import Box
from ..service import OpenDocument, Reread
from .attempt import attempt
from .frame import system_state
from .live import live
from .review_state import choose_table, present_place
from .words import METHOD_NAMES

LOOK_EVERY_S = 1
# Says when no cell is open for typing: a page drawn anew would close it and lose what is typed.
_when_no_cell_is_open = st.components.v2.component(
    "taxai_quiet_moment", js=(Path(__file__).parent / "viewer" / "quiet.js").read_text()
)


def take_results(opened: OpenDocument, rereads: list[Reread]) -> None:
    """Show what has come of this window's wishes since it was drawn last."""
    awaited = _awaited(opened)
    awaited.intersection_update(reread.id for reread in rereads)  # others may be withdrawn
    for reread in rereads:
        if reread.is_unfinished:
            awaited.add(reread.id)
        elif reread.id in awaited:
            awaited.discard(reread.id)
            page, _ = present_place(opened)
            if reread.table_ids:
                if reread.wish.page == page:
                    choose_table(opened, reread.table_ids[0])
                _told(opened).add(reread.id)
                st.toast(f"{_what(reread)} was read again.", icon=":material/check:")


def await_result(opened: OpenDocument, reread: Reread) -> None:
    """Show what comes of a wish when it is done."""
    _awaited(opened).add(reread.id)


def areas_being_read(rereads: list[Reread], page: int) -> list[Box]:
    """The areas on a page that somebody waits for."""
    wishes = [reread.wish for reread in rereads if reread.is_unfinished]
    return [wish.area for wish in wishes if wish.page == page and wish.area]


def reread_status(opened: OpenDocument, rereads: list[Reread]) -> None:
    """A line for each wish that is not done, or came out otherwise than wished."""
    waits = any(reread.is_unfinished for reread in rereads)
    live(LOOK_EVERY_S if waits else None)(_lines)(opened)


def _lines(opened: OpenDocument) -> None:
    try:
        rereads = service.list_rereads(opened.document.id)
    except TaxAIError as error:
        st.warning(str(error), icon=":material/error:")
        return
    there = {reread.id for reread in rereads if reread.is_unfinished}
    is_done = bool(_awaited(opened) - there)
    # The page is drawn anew with what is done as soon as that disturbs nobody.
    if is_done and _when_no_cell_is_open(key=_quiet(opened), on_now_change=_nothing).now:
        st.rerun(scope="app")
    for reread in rereads:
        if line := _line(opened, reread):
            _row(reread, *line)


def _row(reread: Reread, words: str, icon: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", border=True):
        st.markdown(f"{icon} {words}", width="stretch")
        label = "Cancel" if reread.is_unfinished else "Close"
        if st.button(label, key=f"{label}-{reread.id}", type="tertiary"):
            attempt(service.withdraw_reread, reread.id)
            st.rerun(scope="app")


def _line(opened: OpenDocument, reread: Reread) -> tuple[str, str] | None:
    """What is said of a wish, and its sign; nothing of one that came out as wished."""
    what = _what(reread)
    if reread.is_unfinished:
        return _progress(reread, what), ":material/hourglass_top:"
    if reread.id in _awaited(opened):
        return f"{what} was read again; it is shown when no cell is open.", ":material/check:"
    if reread.state == "failed":
        return f"{what}: {reread.error_message}", ":orange[:material/error:]"
    if not reread.table_ids:
        method = METHOD_NAMES[reread.wish.method]
        return (
            f"{what}: no table was found ({method}), and nothing was changed. "
            "Try another method, or draw the area a little larger.",
            ":orange[:material/search_off:]",
        )
    if reread.replaced_an_edit and reread.id in _told(opened):
        return (
            f"{what} was read again. A change made meanwhile gave way to it; Undo brings it back.",
            ":orange[:material/info:]",
        )
    return None


def _progress(reread: Reread, what: str) -> str:
    if reread.state == "reading":
        assert reread.started_at
        seconds = (datetime.now(UTC) - reread.started_at).total_seconds()
        return f"{what}: reading again… {seconds:.0f} s"
    state = system_state()
    if state.trouble and (state.workers == 0 or not state.queue_up):
        return f"{what}: waiting to be read again. {state.trouble}"
    place = (state.positions or {}).get(reread.job_id)
    return f"{what}: waiting to be read again" + (f", number {place} in line" if place else "…")


def _what(reread: Reread) -> str:
    page = f"page {reread.wish.page}"
    return f"The area on {page}" if reread.wish.area else page.capitalize()


def _quiet(opened: OpenDocument) -> str:
    return f"quiet-{opened.document.id}"


def _awaited(opened: OpenDocument) -> set[str]:
    found: set[str] = st.session_state.setdefault(f"awaited-{opened.document.id}", set())
    return found


def _told(opened: OpenDocument) -> set[str]:
    found: set[str] = st.session_state.setdefault(f"told-{opened.document.id}", set())
    return found


def _nothing() -> None:
    """What is wanted is the value itself."""
