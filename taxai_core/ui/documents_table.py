"""The live list of documents and what can be done to those selected."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from .. import service
from ..errors import TaxAIError
from ..service.clients import Wanted, client_key
from ..sizes import file_size
from ..store.document import WAITING, Document
from .attempt import attempt
from .event_list import event_list
from .failure import failure, retry_label
from .frame import STATE_EVERY_S, system_state
from .links import review_link
from .live import live
from .live_grid import live_grid, selected_ids
from .paper_list import type_title
from .plain import plain
from .table_list import history_list
from .words import STATES, duration, masked, model_words, moment, progress_words

ROW_PX, HIGHEST_PX = 32, 560
SELECTED = "selected-documents"


def select_by_address() -> None:
    """Select the document that the address names, once."""
    if named := st.query_params.get_all("document"):
        st.session_state[SELECTED] = named
        st.query_params.clear()


@live(STATE_EVERY_S)
def documents_table(
    search: str, states: Sequence[str], wanted: Wanted, *, by_client: bool = False
) -> None:
    """Draw the list; the rows keep their place and the selection its documents while it moves."""
    try:
        documents = service.list_documents()
    except TaxAIError as error:
        st.warning(str(error))
        return
    if not documents:
        st.info("No documents yet. Add papers on the Upload page.")
        return
    shown = [
        document
        for document in wanted.among(documents)
        if (not states or STATES[document.state] in states)
        and search.casefold() in document.name.casefold()
    ]
    if by_client:
        shown.sort(key=_client_and_year)
    chosen = _selected(shown)
    _actions(chosen)
    if not shown:
        st.info("No document matches this filter.")
        return
    _grid(shown)
    st.caption(f"{len(shown)} of {len(documents)} documents")
    if len(chosen) == 1:
        _details(chosen[0])


def _selected(shown: Sequence[Document]) -> list[Document]:
    return [document for document in shown if document.id in selected_ids(SELECTED)]


def _grid(shown: Sequence[Document]) -> None:
    state = system_state()
    live_grid(
        _frame(shown, state.positions or {}, state.asking or {}),
        [document.id for document in shown],
        name="documents",
        selection=SELECTED,
        row_px=ROW_PX,
        height_px=min(HIGHEST_PX, ROW_PX * (len(shown) + 1) + 6),
        columns={
            "progress": st.column_config.ProgressColumn(
                "Progress", min_value=0, max_value=100, format="%d %%", width=84
            ),
            "file": st.column_config.TextColumn("File", width=200),
            "state": st.column_config.TextColumn("State", width=110),
            "type": st.column_config.TextColumn("Type", width=150),
            "taxpayer": st.column_config.TextColumn("Taxpayer", width=190),
            "year": st.column_config.TextColumn("Year", width=64),
            "checks": st.column_config.TextColumn("Checks", width=70),
            "least": st.column_config.TextColumn("Least sure", width=70, alignment="right"),
            "model": st.column_config.TextColumn("Model", width=104),
            "pages": st.column_config.TextColumn("Pages", width=50, alignment="right"),
            "time": st.column_config.TextColumn("Time", width=70, alignment="right"),
            "size": st.column_config.TextColumn("Size", width=70, alignment="right"),
            "added": st.column_config.TextColumn("Added", width=100),
            "message": st.column_config.TextColumn("What went wrong", width=300),
        },
        alt="All documents with their state",
    )


def _frame(
    shown: Sequence[Document], positions: dict[str, int], asking: dict[str, int]
) -> pd.DataFrame:
    frame = pd.DataFrame(
        [
            {
                "file": document.name,
                "state": progress_words(document, positions.get(document.job_id)),
                "progress": _percent(document),
                "message": document.error_message or "",
                **_papers(document),
                "model": model_words(
                    document.ask, asking.get(document.ask.job_id) if document.ask else None
                ),
                "pages": str(document.pages_total or ""),
                "time": duration(document.seconds),
                "added": moment(document.created_at),
                "size": file_size(document.size_bytes),
            }
            for document in shown
        ]
    )
    # These stand where they are seen, and take no room where there is nothing to say.
    return frame.drop(columns=[name for name in ("message", "model") if not any(frame[name])])


def _papers(document: Document) -> dict[str, str]:
    """What the document's papers are, whose, and how well they add up."""
    papers = document.records
    kinds = Counter(type_title(paper.document_type) for paper in papers)
    owners = (
        " · ".join(filter(None, (paper.taxpayer_name, masked(paper.taxpayer_pan))))
        for paper in papers
    )
    passed = sum(paper.passed_checks for paper in papers)
    failed = sum(paper.failed_checks for paper in papers)
    marks = [f"✗ {failed}"] * bool(failed) + [f"✓ {passed}"] * bool(passed)
    sure = [one.lowest_confidence for one in papers if one.lowest_confidence is not None]
    return {
        "type": ", ".join(kind if n == 1 else f"{n} × {kind}" for kind, n in kinds.items()),
        "taxpayer": ", ".join(dict.fromkeys(filter(None, owners))),
        "year": ", ".join(dict.fromkeys(filter(None, (one.financial_year for one in papers)))),
        "checks": " ".join(marks),
        "least": f"{min(sure):.2f}" if sure else "",
    }


def _client_and_year(document: Document) -> tuple[bool, str, str, str]:
    """Clients by name, each one's years from the first on; what belongs to nobody stands last."""
    first = next((one for one in document.records if client_key(one)), None)
    if first is None:
        return True, "", "", document.name
    return False, first.taxpayer_name.casefold(), client_key(first), first.financial_year


def _percent(document: Document) -> int | None:
    if document.state in ("review", "approved"):
        return 100
    if not document.pages_total:
        return None
    return round(100 * document.pages_done / document.pages_total)


def _actions(chosen: Sequence[Document]) -> None:
    def on(*states: str) -> list[Document]:
        return [document for document in chosen if document.state in states]

    readable, again = on("review", "approved"), on("failed", "cancelled")
    askable = [document for document in chosen if service.can_ask(document)]
    with st.container(horizontal=True, gap="small"):
        review_link(readable[0] if len(readable) == 1 else None)
        for label, icon, verb, possible in (
            ("Approve", "check", service.approve, on("review")),
            ("Retry", "refresh", service.retry, again),
            ("Cancel", "cancel", service.cancel, on(*WAITING)),
            ("Ask the model", "neurology", service.ask_model, askable),
        ):
            said = retry_label(again) if label == "Retry" else label
            if st.button(
                f"{said} {len(possible)}" if len(possible) > 1 else said,
                icon=f":material/{icon}:",
                disabled=not possible,
                key=f"do-{label}",
            ):
                for place, document in enumerate(possible):
                    # Many tried again at once let what comes singly pass, as a batch does.
                    if verb is service.retry:
                        attempt(service.retry, document.id, place=place)
                    else:
                        attempt(verb, document.id)
                st.rerun(scope="app")
        if st.button("Delete", icon=":material/delete:", disabled=not chosen):
            _confirm_delete([(document.id, document.name) for document in chosen])


@st.dialog("Delete for good?")
def _confirm_delete(chosen: Sequence[tuple[str, str]]) -> None:
    for _, name in chosen[:10]:
        st.text(name)
    if len(chosen) > 10:
        st.text(f"… and {len(chosen) - 10} more")
    st.caption("The paper, what was read, all edits and the history go. This cannot be undone.")
    with st.container(horizontal=True):
        if st.button("Delete", type="primary", icon=":material/delete:", key="really-delete"):
            for document_id, _ in chosen:
                attempt(service.delete, document_id)
            st.session_state[SELECTED] = []
            st.rerun()
        if st.button("Keep"):
            st.rerun()


def _details(document: Document) -> None:
    st.subheader(plain(document.name), anchor=False)
    if document.error_message:
        st.error(document.error_message)
        failure(document, "details")
    try:
        history_list(service.open_document(document.id).history)
    except TaxAIError:
        st.caption("Deleted just now.")
    log = st.expander("Log", key=f"log-{document.id}", on_change="rerun")
    if log.open:
        with log:
            event_list(document.id)
