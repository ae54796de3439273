"""The tables of a document, what can be done to the chosen one, and what was done."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from .. import service
from ..service import letter
from ..store.readings import StoredTable
from ..store.revisions import Revision
from .attempt import attempt
from .plain import plain
from .words import moment

# Two lines of them; a table over more pages has a list.
MOST_PILLS = 8


def table_list(
    tables: Sequence[StoredTable], chosen: int | None, on_choice: Callable[[int], None]
) -> None:
    """A choice of the document's tables; `on_choice` is called with the id of another one."""
    labels = {table.id: _label(table) for table in tables}
    key = f"tables-{chosen}-{'-'.join(labels.values())}"

    def choose() -> None:
        if (table_id := st.session_state[key]) is not None:
            on_choice(table_id)

    st.selectbox(
        "Table",
        list(labels),
        index=list(labels).index(chosen) if chosen in labels else 0,
        format_func=lambda table_id: labels[table_id],
        key=key,
        on_change=choose,
        label_visibility="collapsed",
    )


def table_actions(document_id: str, document_name: str, table: StoredTable, locked: bool) -> None:
    """The row of buttons for one table."""
    seq = table.content.seq
    with st.container(horizontal=True, gap="small"):
        if table.content.dropped:
            st.button(
                "Restore table",
                icon=":material/restore_from_trash:",
                on_click=attempt,
                args=(service.restore_table, document_id, table.id, seq),
                disabled=locked,
            )
            return
        with st.popover("Rows and columns", icon=":material/table_edit:", disabled=locked):
            _shape_form(document_id, table)
        st.button(
            "Reset",
            icon=":material/settings_backup_restore:",
            help="Go back to what was read",
            on_click=attempt,
            args=(service.reset_table, document_id, table.id, seq),
            disabled=locked or not table.is_edited,
        )
        st.button(
            "Drop",
            icon=":material/delete:",
            help="Leave this table out of the export",
            on_click=attempt,
            args=(service.drop_table, document_id, table.id, seq),
            disabled=locked,
        )
        st.download_button(
            "CSV",
            data=partial(service.table_csv, table),
            file_name=service.table_file_name(document_name, table),
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )


def part_list(table: StoredTable, page: int, on_page: Callable[[int], None]) -> None:
    """Which rows of a table over several pages stand on which, with a way to each."""
    parts = table.content.parts
    if len(parts) < 2:
        return
    ends = [*(part.first_row for part in parts[1:]), len(table.content.rows)]
    rows = {
        part.page: f"{_rows(part.first_row + 1, end)} · page {part.page}"
        for part, end in zip(parts, ends, strict=True)
    }
    key = f"parts-{table.id}-{page}-{'-'.join(rows.values())}"
    here = page if page in rows else None

    def turn() -> None:
        if (chosen := st.session_state[key]) is not None:
            on_page(chosen)

    label, pages, look = "Rows by page", list(rows), rows.__getitem__
    if len(parts) <= MOST_PILLS:
        st.pills(
            label, pages, default=here, format_func=look, key=key, on_change=turn,
            label_visibility="collapsed",
        )  # fmt: skip
    else:
        st.selectbox(
            label, pages, index=here and pages.index(here), format_func=look, key=key,
            on_change=turn, label_visibility="collapsed", placeholder="Rows by page",
        )  # fmt: skip


def history_list(history: Sequence[Revision]) -> None:
    """What happened to a document, newest first."""
    status = {"undone": " *(undone)*", "gone": " *(undone, written over)*"}
    for line in history:
        what = f"{plain(line.author)} · {plain(line.summary)}"
        st.caption(f"{moment(line.at)} · {what}{status.get(line.status, '')}")


def _shape_form(document_id: str, table: StoredTable) -> None:
    content = table.content
    place = (document_id, table.id, content.seq)
    unique = f"{table.id}-{content.seq}"
    row = st.number_input("Row", 1, max(1, len(content.rows)), key=f"row-{unique}") - 1
    with st.container(horizontal=True, gap="small"):
        if content.header_row == row:
            _action("Not a header", service.mark_header, *place, None)
        else:
            _action("Use as header", service.mark_header, *place, row)
        _action("Insert row above", service.insert_row, *place, row)
        _action("Insert row below", service.insert_row, *place, row + 1)
        _action("Delete row", service.delete_row, *place, row, disabled=len(content.rows) < 2)
    column = st.selectbox(
        "Column", range(max(1, content.columns)), format_func=letter, key=f"column-{unique}"
    )
    with st.container(horizontal=True, gap="small"):
        _action("Insert left", service.insert_column, *place, column)
        _action("Insert right", service.insert_column, *place, column + 1)
        _action(
            "Delete column", service.delete_column, *place, column, disabled=content.columns < 2
        )


def _action(label: str, verb: Callable[..., object], *args: object, disabled: bool = False) -> None:
    st.button(label, on_click=attempt, args=(verb, *args), disabled=disabled)


def _rows(first: int, last: int) -> str:
    if first > last:
        return "no row"
    return f"row {first}" if first == last else f"rows {first}–{last}"


def _label(table: StoredTable) -> str:
    rows, columns = len(table.content.rows), table.content.columns
    content = table.content
    marks = [
        *["scan (OCR)"] * content.is_ocr,
        *["dropped"] * content.dropped,
        *["read again"] * (content.choice is not None),
        *["edited"] * (table.is_edited and content.choice is None),
    ]
    extra = f" · {', '.join(marks)}" if marks else ""
    place = table.place[0].upper() + table.place[1:]
    return f"{place} · {rows} × {columns} · {content.method}{extra}"
