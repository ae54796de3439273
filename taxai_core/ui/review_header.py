"""The top of the review: which document, where in the pile, and what can be done to it."""

from collections.abc import Callable, Sequence

import streamlit as st

from .. import service
from ..service import OpenDocument
from ..store.document import Document
from ..store.revisions import Revision
from .attempt import attempt
from .client_filter import present_wanted, wanted_words
from .paper_list import type_title
from .plain import plain
from .review_state import present_paper, show_edit
from .words import STATES, count, masked

DOCUMENT = "document"
HEADER = "review-header"
ORDER = "review-order"
# All of it in one line: names of keys only where there is room, ‹ and › for the neighbours. What is
# out of sight is still told to screen readers.
_OUT_OF_SIGHT = (
    "position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)"
)
_STYLE = f"""<style>
@media (min-width: 1000px) {{ .st-key-{HEADER} {{ flex-wrap: nowrap; }} }}
@media (max-width: 1699px) {{ .st-key-{HEADER} kbd {{ {_OUT_OF_SIGHT}; }} }}
.st-key-go-previous p, .st-key-go-next p,
.st-key-go-previous kbd, .st-key-go-next kbd {{ {_OUT_OF_SIGHT}; }}
.st-key-{HEADER} button {{ min-height: 2rem; padding: 0.1rem 0.7rem; position: relative; }}
</style>"""


def review_pile(documents: Sequence[Document]) -> list[Document]:
    """What has been read, of the client and year asked for: the order in which `next` goes.

    First what fails a check or is unsure, then by age. Who is in the middle of it keeps the order:
    what is corrected would change its place, and `next` lead elsewhere.
    """
    read = [one for one in reversed(documents) if one.state in ("review", "approved")]
    wanted = present_wanted().among(read)
    address = st.query_params.get(DOCUMENT)
    if address and address not in {one.id for one in wanted}:
        wanted = read  # one that was opened from elsewhere
    known: list[str] = st.session_state.get(ORDER, []) if address else []
    ranked = {one.id: one for one in service.review_order(wanted)}
    order = [*(name for name in known if name in ranked), *(n for n in ranked if n not in known)]
    st.session_state[ORDER] = order
    return [ranked[name] for name in order]


def chosen_document(pile: Sequence[Document]) -> Document | None:
    """The document of the page's address; without one the first that waits for review.

    That one is written into the address, so that the page stays with it whatever is read meanwhile.
    """
    if not pile:
        return None
    if DOCUMENT not in st.query_params:
        first = next((d for d in pile if d.state == "review"), pile[0])
        st.query_params[DOCUMENT] = first.id
    return next((d for d in pile if d.id == st.query_params[DOCUMENT]), None)


def review_header(pile: Sequence[Document], opened: OpenDocument) -> None:
    """Draw the header; its buttons have the keys they show."""
    document = opened.document
    place = next(i for i, d in enumerate(pile) if d.id == document.id)
    approved = document.state == "approved"
    st.html(_STYLE)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=HEADER):
        _go("Previous", "chevron_left", "Ctrl+Alt+P", pile, place - 1)
        only = wanted_words(pile)
        filtered = "  \n:small[:gray[filtered]]" if only else ""
        st.markdown(
            f"**{place + 1} of {len(pile)}**{filtered}",
            width="content",
            help=f"Only {plain(only)}, as chosen on Documents" if only else None,
        )
        _go("Next", "chevron_right", "Ctrl+Alt+N", pile, place + 1)
        st.markdown(_identity(opened), width="stretch")
        if failed := sum(one.failed_checks for one in document.records):
            st.badge(count(failed, "check"), icon=":material/close:", color="orange")
        st.badge(STATES[document.state], color="green" if approved else "blue")
        for label, icon, shortcut, verb, possible in (
            ("Undo", "undo", "Ctrl+Z", service.undo, opened.can_undo),
            ("Redo", "redo", "Ctrl+Y", service.redo, opened.can_redo),
        ):
            st.button(
                label,
                icon=f":material/{icon}:",
                shortcut=shortcut,
                on_click=_flip,
                args=(opened, verb),
                disabled=approved or not possible,
                help=shortcut,
            )
        st.button(
            "Re-open" if approved else "Approve",
            icon=":material/lock_open:" if approved else ":material/check:",
            shortcut="Ctrl+Enter",
            type="secondary" if approved else "primary",
            help="Ctrl+Enter",
            on_click=attempt,
            args=(service.reopen if approved else service.approve, document.id),
        )


def _flip(opened: OpenDocument, verb: Callable[[str], Revision | None]) -> None:
    if edit := attempt(verb, opened.document.id):
        show_edit(opened, edit)


def _identity(opened: OpenDocument) -> str:
    """What the present paper is, whose and of which year; the file's name below."""
    name = plain(opened.document.name)
    paper = present_paper(opened)
    if paper is None or paper.document_type == "other":
        return f"**{name}**"
    parts = [
        f"**{plain(type_title(paper.document_type))}**",
        plain(paper.taxpayer_name),
        plain(masked(paper.taxpayer_pan)),
        f"FY {plain(paper.financial_year)}" if paper.financial_year else "",
    ]
    return f"{' · '.join(filter(None, parts))}  \n:small[:gray[{name}]]"


def _go(label: str, icon: str, shortcut: str, pile: Sequence[Document], place: int) -> None:
    possible = 0 <= place < len(pile)

    def go() -> None:
        st.query_params[DOCUMENT] = pile[place].id

    st.button(
        label,
        icon=f":material/{icon}:",
        shortcut=shortcut,
        on_click=go,
        disabled=not possible,
        key=f"go-{label.lower()}",
        help=f"{label} document ({shortcut})",
    )
