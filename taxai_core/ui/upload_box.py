"""Taking papers in: a verdict on each file at once, and what becomes of it."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from .. import service
from ..errors import TaxAIError
from ..sizes import file_size
from ..store.document import Document
from .failure import failure
from .frame import STATE_EVERY_S, system_state
from .links import review_link
from .live import live
from .page_server import count_upload
from .plain import plain
from .words import duration, moment, progress_words

SAMPLE = Path(__file__).parent / "sample" / "sample-interest-certificate.pdf"
SHOWN, LATELY = 50, 10
ROUND, PASSWORD, VERDICTS = "upload-round", "upload-password", "verdicts"


@dataclass(frozen=True)
class Verdict:
    """What was said of one file when it came in."""

    name: str
    size_bytes: int
    document_id: str | None
    words: str


def upload_box() -> None:
    """The drop zone. Files are taken in as they arrive and leave the page's memory at once."""
    limits = service.limits()
    st.file_uploader(
        f"Drop PDF files here, up to {limits.max_file_mb} MB and {limits.max_pages} pages each",
        type="pdf",
        accept_multiple_files=True,
        key=_box(),
        on_change=_take_in_dropped,
        max_upload_size=limits.max_file_mb,
    )
    st.text_input(
        "Password, if these files have one",
        type="password",
        key=PASSWORD,
        width=320,
        autocomplete="off",
    )


@live(STATE_EVERY_S)
def verdict_list() -> None:
    """One row a file that came in through this window, newest first, with its present state."""
    verdicts: list[Verdict] = st.session_state.setdefault(VERDICTS, [])
    try:
        documents = service.list_documents()
    except TaxAIError as error:
        st.warning(str(error))
        return
    present = {document.id: document for document in documents}
    if not verdicts and documents:
        st.subheader("Lately", anchor=False)
        verdicts = [_lately(document) for document in reversed(documents[:LATELY])]
    elif not verdicts:
        _empty_state()
    positions = system_state().positions or {}
    # What was refused stands nowhere else.
    refused = [verdict for verdict in verdicts[:-SHOWN] if verdict.document_id is None]
    if len(verdicts) > SHOWN:
        more = f" and the {len(refused)} refused before" if refused else ""
        st.caption(
            f"The last {SHOWN} of {len(verdicts)} files{more}; the rest are on the Documents page."
        )
    for number, verdict in enumerate(reversed([*refused, *verdicts[-SHOWN:]])):
        document = present.get(verdict.document_id or "")
        _row(number, verdict, document, positions)


def _lately(document: Document) -> Verdict:
    added = f"added {moment(document.created_at)}"
    return Verdict(document.name, document.size_bytes, document.id, added)


def _box() -> str:
    # A new key is the only way to make the widget let go of the bytes (streamlit#9218).
    return f"upload-{st.session_state.setdefault(ROUND, 0)}"


def _take_in_dropped() -> None:
    # A click on another page ends a script wherever it touches `st` next. So all that this needs of
    # it is fetched first, and no dropped file is left behind.
    files = st.session_state[_box()]
    password = st.session_state.get(PASSWORD) or None
    verdicts: list[Verdict] = st.session_state.setdefault(VERDICTS, [])
    st.session_state[ROUND] += 1
    st.session_state[PASSWORD] = ""
    for place, file in enumerate(files):
        verdicts.append(_take_in(file.name, file.getvalue(), password, place))


def _take_in(name: str, data: bytes, password: str | None = None, place: int = 0) -> Verdict:
    document_id = None
    try:
        accepted = service.submit(name, data, password=password, place=place)
    except TaxAIError as error:
        words = f"refused: {error}"
        count_upload("refused", error.code)
    else:
        document_id = accepted.document.id
        count_upload("accepted" if accepted.is_new else "duplicate")
        words = "accepted" if accepted.is_new else f"duplicate of {plain(accepted.document.name)}"
    return Verdict(name, len(data), document_id, words)


def _row(
    number: int, verdict: Verdict, document: Document | None, positions: dict[str, int]
) -> None:
    with st.container(gap="xxsmall"):
        name, weight, words, action = st.columns([5, 1, 7, 1], vertical_alignment="center")
        name.text(verdict.name)
        weight.caption(file_size(verdict.size_bytes))
        if verdict.document_id is None:
            words.markdown(f":red[{verdict.words}]")
            return
        if document is None:
            words.caption(f"{verdict.words} · deleted since")
            return
        state = progress_words(document, positions.get(document.job_id))
        words.markdown(f"{verdict.words} · **{state}** {duration(document.seconds)}")
        if document.state == "extracting" and document.pages_total:
            words.progress(document.pages_done / document.pages_total)
        if document.state in ("review", "approved"):
            with action:
                review_link(document)
        elif document.state == "failed":
            st.markdown(f":red[{document.error_message}]")
            failure(document, f"verdict-{number}")


def _empty_state() -> None:
    st.markdown(
        "**What can be read:** PDF papers, scanned ones too. Every table on every page is taken "
        "out: Form 16, Form 26AS, payslips, bank and capital-gain statements and any other paper."
    )
    if st.button("Try it with a sample paper", icon=":material/science:"):
        st.session_state[VERDICTS].append(_take_in(SAMPLE.name, SAMPLE.read_bytes()))
        st.rerun(scope="app")
