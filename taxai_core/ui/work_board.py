"""The Jobs page: one live board of all that is read, waits and has failed."""

import streamlit as st

from .. import service
from ..service.work import Work
from ..store.document import Document
from .attempt import attempt
from .failure import failure
from .frame import STATE_EVERY_S
from .links import documents_link
from .live import live
from .live_grid import selected_ids
from .plain import plain
from .words import moment
from .work_tables import SELECTED, running_table, waiting_table
from .work_tiles import pace_line, work_tiles
from .work_workers import NO_WORKER, caps_line, crew_line, present_work, worker_table

# So many failures are told here with their buttons; the Documents page has them all.
FAILED_SHOWN = 10


@live(STATE_EVERY_S)
def work_board() -> None:
    """Draw all of it from one look, so that no two figures contradict each other."""
    work = present_work()
    work_tiles(work)
    if work.trouble:
        st.warning(work.trouble, icon=":material/error:")
    elif not work.readers:
        st.warning(NO_WORKER, icon=":material/error:")
    left, right = st.columns([7, 5], gap="medium")
    with left:
        _heading_with_acts(work)
        running_table(work)
        st.subheader("Workers", anchor=False)
        worker_table(work)
        st.caption(crew_line(work))
    with right:
        st.subheader(
            _counted("Waiting", work.counts.get("queued", 0), len(work.waiting)), anchor=False
        )
        waiting_table(work)
    _failures(work)
    st.caption(f"{caps_line(work.caps)}  \n{pace_line(work.pace)}")


def _counted(title: str, number: int, listed: int) -> str:
    return f"{title} · the first {listed} of {number:,}" if number > listed else title


def _heading_with_acts(work: Work) -> None:
    there = [*(one.document for one in work.running), *(one.document for one in work.waiting)]
    chosen = [document for document in there if document.id in selected_ids(SELECTED)]
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.subheader("Running", anchor=False, width="stretch")
        if len(chosen) == 1:
            documents_link(chosen[0])
        more = f" {len(chosen)}" if len(chosen) > 1 else ""
        if st.button(
            f"Cancel{more}", icon=":material/cancel:", disabled=not chosen, key="cancel-jobs"
        ):
            for document in chosen:
                attempt(service.cancel, document.id)
            present_work.clear()
            st.rerun(scope="app")


def _failures(work: Work) -> None:
    number = work.counts.get("failed", 0)
    shown = work.failed[:FAILED_SHOWN]
    st.subheader(_counted("Failed", number, len(shown)), anchor=False)
    if not shown:
        st.caption(
            "Nothing failed. What cannot be read stands here with the reason and what to do."
        )
    for document in shown:
        _failure(document)
    if number > len(shown):
        st.caption("All are on the Documents page: choose the state failed there.")


def _failure(document: Document) -> None:
    with st.container(key=f"failed-{document.id}"):
        name, at, reason, act = st.columns([4, 2, 9, 5], vertical_alignment="center")
        with name:
            documents_link(document)
        at.caption(moment(document.finished_at) if document.finished_at else "")
        reason.markdown(plain(document.error_message or ""))
        with act:
            failure(document, "jobs")
