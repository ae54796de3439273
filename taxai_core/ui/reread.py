"""Asking for a page, or an area drawn on it, to be read again."""

from collections.abc import Sequence

import streamlit as st

from .. import service
from ..models import METHODS, Box, Method
from ..service import OpenDocument, Wish
from ..store.readings import StoredTable
from .attempt import attempt
from .reread_status import await_result
from .review_state import draw_area
from .words import METHOD_NAMES

BESIDE = "Add beside"
# An area that covers less of a table is meant to be read beside it.
MOSTLY = 0.6
# Wide enough for both choices side by side, and no wider: the page beside it stays in sight.
POPOVER_PX = 440


def area_form(opened: OpenDocument, page: int, area: Box, chosen: StoredTable | None) -> None:
    """Ask how to read the area drawn, and what becomes of it."""
    replaceable = _table_in(area, page, opened.reading.tables_on(page), chosen)
    with st.container(border=True, gap="small"):
        st.markdown(f"**Read the area drawn on page {page} again**")
        # Another area has choices of its own.
        key = f"area-{opened.document.id}-{page}-{area.as_list()}"
        covers_part = replaceable is not None and not _covers_most(area, replaceable, page)
        replace = f"Replace table {replaceable.number}" if replaceable else None
        method, how = _choices(key, replace, prefers_beside=covers_part)
        replaced = None if how == BESIDE else replaceable
        st.caption(_area_words(replaced, _parted(opened, page)))
        wish = Wish(page, method, area, replaced.id if replaced else None, beside=replaced is None)
        with st.container(horizontal=True, gap="small"):
            st.button("Read this area", type="primary", on_click=_ask, args=(opened, wish))
            st.button("Discard", on_click=draw_area, args=(opened, page, None))


def page_form(opened: OpenDocument, page: int, *, locked: bool) -> None:
    """A button that opens the choice of another method for the whole page."""
    old = [table for table in opened.reading.tables_on(page) if _is_replaceable(table)]
    replace = "Replace the table" if len(old) == 1 else f"Replace the {len(old)} tables"
    # A new key closes it when something has been asked for.
    asked = st.session_state.get(_count(opened), 0)
    key = f"page-{opened.document.id}-{page}-{asked}"
    icon = ":material/document_scanner:"
    with (
        st.popover("Read again", icon=icon, disabled=locked, key=key),
        st.container(width=POPOVER_PX),
    ):
        st.markdown(f"**Read page {page} again with another method**")
        method, how = _choices(f"{key}-choices", replace if old else None)
        beside = how == BESIDE
        st.caption(_page_words(page, 0 if beside else len(old), _parted(opened, page)))
        wish = Wish(page, method, beside=beside)
        st.button("Read this page", type="primary", on_click=_ask, args=(opened, wish))


def _choices(
    key: str, replace: str | None, *, prefers_beside: bool = False
) -> tuple[Method | None, str]:
    method_box, how_box = st.columns(2, vertical_alignment="bottom")
    method = method_box.selectbox(
        "How to read it",
        [None, *METHODS],
        format_func=lambda method: METHOD_NAMES[method],
        key=f"{key}-method",
    )
    ways = [replace, BESIDE] if replace else [BESIDE]
    how = how_box.segmented_control(
        "What becomes of it",
        ways,
        default=BESIDE if prefers_beside else ways[0],
        required=True,
        key=f"{key}-how",
        label_visibility="collapsed",
    )
    return method, how or ways[0]


def _ask(opened: OpenDocument, wish: Wish) -> None:
    if asked := attempt(service.read_again, opened.document.id, wish):
        await_result(opened, asked)
        st.session_state[_count(opened)] = st.session_state.get(_count(opened), 0) + 1
        draw_area(opened, wish.page, None)


def _area_words(replaced: StoredTable | None, parted: Sequence[StoredTable]) -> str:
    if replaced:
        return f"Table {replaced.number} becomes what stands in the area. Undo brings it back."
    stays = "".join(f" {_goes_on(table)}" for table in parted)
    return f"What stands in the area becomes a table of its own. Undo takes it away.{stays}"


def _page_words(page: int, replaced: int, parted: Sequence[StoredTable]) -> str:
    stays = "".join(f" {_goes_on(table)}" for table in parted)
    if not replaced:
        return (
            f"What is found is added to the tables of page {page}. One Undo takes it away.{stays}"
        )
    if replaced == 1:
        return (
            "The first table found takes the place of the present one; others are added. "
            f"One Undo brings everything back.{stays}"
        )
    return (
        f"What is found takes the place of the {replaced} tables of page {page}, from its top on; "
        f"those left over are dropped. One Undo brings everything back.{stays}"
    )


def _goes_on(table: StoredTable) -> str:
    first, last = table.pages[0], table.pages[-1]
    return f"Table {table.number} of pages {first}–{last} goes on over pages and stays as it is."


def _table_in(
    area: Box, page: int, tables: Sequence[StoredTable], chosen: StoredTable | None
) -> StoredTable | None:
    """The table that the area is most likely meant to replace: the one it covers most of."""
    able = [table for table in tables if _is_replaceable(table)]
    most = max(able, key=lambda table: _overlap(area, table, page), default=None)
    if most and _overlap(area, most, page):
        return most
    return next((table for table in able if chosen and table.id == chosen.id), most)


def _is_replaceable(table: StoredTable) -> bool:
    # Which rows of a table over several pages would give way, nobody can see beforehand.
    return len(table.pages) == 1 and not table.content.dropped


def _parted(opened: OpenDocument, page: int) -> list[StoredTable]:
    return [table for table in opened.reading.tables_on(page) if len(table.pages) > 1]


def _covers_most(area: Box, table: StoredTable, page: int) -> bool:
    """Would the table, were it replaced, lose no more than its edges?"""
    box = table.box_on(page)
    whole = (box.x1 - box.x0) * (box.bottom - box.top) if box else 0.0
    return whole > 0 and _overlap(area, table, page) >= MOSTLY * whole


def _overlap(area: Box, table: StoredTable, page: int) -> float:
    box = table.box_on(page)
    if box is None:
        return 0.0
    width = min(area.x1, box.x1) - max(area.x0, box.x0)
    height = min(area.bottom, box.bottom) - max(area.top, box.top)
    return max(0.0, width) * max(0.0, height)


def _count(opened: OpenDocument) -> str:
    return f"asked-{opened.document.id}"
