"""The two columns of the review: the page of the paper, and what was read of it."""

from functools import partial

import streamlit as st

from .. import service
from ..service import OpenDocument, Reread
from .finding import find, present_finding
from .page_viewer import Acts, page_viewer
from .reread import area_form, page_form
from .reread_status import areas_being_read, reread_status, take_results
from .review_state import choose_page, choose_table, draw_area, drawn_area, present_place
from .table_editor import table_editor
from .table_list import history_list, part_list, table_actions, table_list
from .words import origin


def paper_column(opened: OpenDocument, rereads: list[Reread]) -> None:
    """The page, where tables are chosen, areas drawn and words found."""
    take_results(opened, rereads)
    page, table = present_place(opened)
    drawn = drawn_area(opened, page)

    def find_words(phrase: str, step: int) -> None:
        if (found_on := find(opened.document, phrase, step, page)) is not None:
            choose_page(opened, found_on)

    page_viewer(
        document=opened.document,
        reading=opened.reading,
        page=page,
        picture=service.page_picture(opened.document, page),
        chosen=table.id if table else None,
        areas=[*([drawn] if drawn else []), *areas_being_read(rereads, page)],
        finding=present_finding(opened.document),
        can_draw=not _is_locked(opened),
        acts=Acts(
            table=partial(choose_table, opened),
            page=partial(choose_page, opened),
            area=partial(draw_area, opened),
            find=find_words,
        ),
    )


def reading_column(opened: OpenDocument, rereads: list[Reread]) -> None:
    """What is asked of an area drawn, what is being read again, the tables and the history."""
    page, table = present_place(opened)
    locked = _is_locked(opened)
    if (drawn := drawn_area(opened, page)) and not locked:
        area_form(opened, page, drawn, table)
    reread_status(opened, rereads)
    tables, history = st.tabs([f"Tables ({len(opened.reading.tables)})", "History"])
    with tables:
        _tables(opened)
        for warning in opened.reading.warnings:
            st.warning(warning, icon=":material/info:")
    with history:
        history_list(opened.history)


def _tables(opened: OpenDocument) -> None:
    page, table = present_place(opened)
    document, locked = opened.document, _is_locked(opened)
    if table is None:
        st.info("No table was found in this document.")
        page_form(opened, page, locked=locked)
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        table_list(opened.reading.tables, table.id, partial(choose_table, opened))
        page_form(opened, page, locked=locked)
    table_actions(document.id, document.name, table, locked)
    if not table.content.dropped:
        table_editor(document.id, table, locked=locked)
    part_list(table, page, partial(choose_page, opened))
    st.caption(f"{origin(table.content)} · every change is saved at once")


def _is_locked(opened: OpenDocument) -> bool:
    return opened.document.state == "approved"
