"""Which page and which table of a document are open in this window."""

import streamlit as st

from ..service import OpenDocument
from ..store.readings import StoredTable


def present_place(opened: OpenDocument) -> tuple[int, StoredTable | None]:
    """The page shown and the table chosen; at first the first table and its page."""
    tables = {table.id: table for table in opened.reading.tables}
    page, table_id = st.session_state.get(_name(opened), (None, None))
    if page is None and tables:
        first = next(iter(tables.values()))
        page, table_id = first.page, first.id
    return page or 1, tables.get(table_id)


def choose_table(opened: OpenDocument, table_id: int) -> None:
    """Open a table, and its page with it."""
    for table in opened.reading.tables:
        if table.id == table_id:
            st.session_state[_name(opened)] = (table.page, table.id)


def choose_page(opened: OpenDocument, page: int) -> None:
    """Turn to a page, and to its first table where it has one."""
    _, table = present_place(opened)
    first = next((found.id for found in opened.reading.tables if found.page == page), None)
    st.session_state[_name(opened)] = (page, first or (table and table.id))


def _name(opened: OpenDocument) -> str:
    return f"place-{opened.document.id}"
