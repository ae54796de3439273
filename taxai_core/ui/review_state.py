"""Which page, table and drawn area of a document are open in this window."""

import streamlit as st

from ..models import Box
from ..service import OpenDocument
from ..store.readings import StoredTable


def present_place(opened: OpenDocument) -> tuple[int, StoredTable | None]:
    """The page shown and the table chosen; at first the first table and its page."""
    tables = {table.id: table for table in opened.reading.tables}
    first = next(iter(tables.values()), None)
    page, table_id = st.session_state.get(_place(opened), (None, None))
    if page is None:
        return (first.page if first else 1), first
    on_page = opened.reading.tables_on(page)
    # The table chosen may be gone: added by reading again, and undone.
    return page, tables.get(table_id) or next(iter(on_page), first)


def choose_table(opened: OpenDocument, table_id: int) -> None:
    """Open a table, and its first page where it does not stand on the page shown."""
    page, _ = present_place(opened)
    for table in opened.reading.tables:
        if table.id == table_id:
            shown = page if page in table.pages else table.page
            st.session_state[_place(opened)] = (shown, table.id)


def choose_page(opened: OpenDocument, page: int) -> None:
    """Turn to a page, and to its first table where the chosen one does not stand on it."""
    _, table = present_place(opened)
    if table is None or page not in table.pages:
        table = next(iter(opened.reading.tables_on(page)), table)
    st.session_state[_place(opened)] = (page, table and table.id)


def draw_area(opened: OpenDocument, page: int, area: Box | None) -> None:
    """Keep the area that was drawn, in place of an earlier one; None gives it up."""
    st.session_state[_area(opened)] = (page, area)


def drawn_area(opened: OpenDocument, page: int) -> Box | None:
    """The area drawn on a page, which nobody has asked to read yet."""
    drawn_on, area = st.session_state.get(_area(opened), (0, None))
    return area if drawn_on == page else None


def _place(opened: OpenDocument) -> str:
    return f"place-{opened.document.id}"


def _area(opened: OpenDocument) -> str:
    return f"area-{opened.document.id}"
