"""The two columns of the review: the page of the paper, and what was read of it."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from .. import service
from ..service import OpenDocument, Reread
from .ask_line import ask_line
from .check_list import check_list
from .field_list import field_list, fill_field, pick_from_page
from .finding import find, present_finding
from .page_marks import page_marks
from .page_viewer import Acts, page_viewer
from .paper_list import paper_list
from .reread import area_form, page_form
from .reread_status import areas_being_read, reread_status, take_results
from .review_state import (
    Tab,
    choose_fields,
    choose_page,
    choose_table,
    desk,
    draw_area,
    drawn_area,
    is_locked,
    present_paper,
    present_place,
)
from .table_editor import table_editor
from .table_list import history_list, part_list, table_actions, table_list
from .words import origin


def paper_column(opened: OpenDocument, rereads: list[Reread]) -> None:
    """The page, where tables and fields are chosen, areas drawn, and words found and picked."""
    take_results(opened, rereads)
    page, _ = present_place(opened)
    drawn = drawn_area(opened, page)

    def find_words(phrase: str, step: int) -> None:
        if (found_on := find(opened.document, phrase, step, page)) is not None:
            choose_page(opened, found_on)

    page_viewer(
        document=opened.document,
        reading=opened.reading,
        page=page,
        picture=service.page_picture(opened.document, page),
        marks=page_marks(opened),
        areas=[*([drawn] if drawn else []), *areas_being_read(rereads, page)],
        finding=present_finding(opened.document),
        can_draw=not is_locked(opened),
        acts=Acts(
            table=partial(choose_table, opened),
            field=lambda name: choose_fields(opened, [name]),
            words=partial(fill_field, opened),
            pick=partial(pick_from_page, opened),
            page=partial(choose_page, opened),
            area=partial(draw_area, opened),
            find=find_words,
        ),
    )


def reading_column(opened: OpenDocument, rereads: list[Reread]) -> None:
    """What is asked of an area drawn, what is being read again, and all that was read."""
    page, table = present_place(opened)
    if (drawn := drawn_area(opened, page)) and not is_locked(opened):
        area_form(opened, page, drawn, table)
    reread_status(opened, rereads)
    ask_line(opened)
    paper_list(opened)
    contents: dict[Tab, Callable[[OpenDocument], None]] = {
        "Fields": _fields,
        "Tables": _tables,
        "Checks": _checks,
        "History": lambda opened: history_list(opened.history),
    }
    with st.container(gap="xxsmall"):
        _tabs(opened)
        # Not inside of the tabs: those are others when a count changes, and the list of fields
        # would be made anew, with what is being typed into it.
        with st.container():
            contents[desk(opened).tab](opened)


def _tabs(opened: OpenDocument) -> None:
    """The tabs with their counts; what belongs to the open one stands below them."""
    place, paper = desk(opened), present_paper(opened)
    failed = sum(check.status == "fail" for check in paper.checks) if paper else 0
    labels: dict[Tab, str] = {
        "Fields": f"Fields ({len(paper.values) if paper else 0})",
        "Tables": f"Tables ({len(opened.reading.tables)})",
        "Checks": f"Checks ({failed} failed)" if failed else "Checks",
        "History": "History",
    }
    key = f"tabs-{opened.document.id}"

    def turn() -> None:
        # The label may have had another count in the browser.
        word = st.session_state[key].split(" ")[0]
        place.tab = next(name for name in labels if name == word)

    st.session_state[key] = labels[place.tab]
    st.tabs(list(labels.values()), key=key, on_change=turn)


def _fields(opened: OpenDocument) -> None:
    paper = present_paper(opened)
    if paper is None or not service.document_types()[paper.document_type].groups:
        st.info("This is none of the papers whose fields are read. Its tables are.")
        return
    field_list(opened, paper)


def _checks(opened: OpenDocument) -> None:
    paper = present_paper(opened)
    if paper is None or not paper.checks:
        st.info("A paper of this type has no sums to check.")
        return
    check_list(opened, paper)


def _tables(opened: OpenDocument) -> None:
    page, table = present_place(opened)
    document, locked = opened.document, is_locked(opened)
    if table is None:
        st.info("No table was found in this document.")
        page_form(opened, page, locked=locked)
        _warnings(opened)
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        table_list(opened.reading.tables, table.id, partial(choose_table, opened))
        page_form(opened, page, locked=locked)
    table_actions(document.id, document.name, table, locked)
    if not table.content.dropped:
        table_editor(document.id, table, locked=locked)
    part_list(table, page, partial(choose_page, opened))
    st.caption(f"{origin(table.content)} · every change is saved at once")
    _warnings(opened)


def _warnings(opened: OpenDocument) -> None:
    for warning in opened.reading.warnings:
        st.warning(warning, icon=":material/info:")
