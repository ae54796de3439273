"""Editing the cells of one table; every change is saved as it is made."""

import re
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import streamlit as st

from .. import service
from ..service import letter
from ..service.grid import Parts, parts_without_rows
from ..store.contents import Content
from ..store.readings import StoredTable
from .attempt import attempt

# Glide, the grid below `data_editor`, draws a row this high; the rest is its header and edges.
ROW_PX, EDGE_PX, HIGHEST_PX = 28, 66, 560
# What stands in a column of figures: 12,34,567.00, (1,200), 5%, -, Rs. 10/-.
_FIGURE = re.compile(r"[\d\s.,()%₹/+-]*|(?:Rs\.?|INR|Nil|NA).*", re.IGNORECASE)


@dataclass
class _Draft:
    """What the editor on the screen began with, and what it has saved so far.

    Nothing given to `data_editor` may change while a person edits, neither its rows nor a label,
    or what it reports is lost (streamlit#7749). So it keeps what it began with, and reports the
    whole difference to that. Where the table changes in another way (undo, another window,
    approval), the draft is begun anew under a new key.
    """

    base: Content
    saved_seq: int
    locked: bool
    number: int


def table_editor(document_id: str, table: StoredTable, *, locked: bool) -> None:
    """Show a table for editing, or for reading where the document is approved."""
    draft = _draft(table, locked)
    key = _key(table, draft)
    base = draft.base.rows

    def save() -> None:
        rows, header_row, parts = _edited(draft.base, st.session_state[key])
        change = (rows, header_row, parts)
        saved = attempt(service.save_rows, document_id, table.id, draft.saved_seq, *change)
        if saved is None or saved.rows != rows:
            st.session_state.pop(_name(table), None)  # show what is stored, not what was typed
        else:
            draft.saved_seq = saved.seq

    st.data_editor(
        _frame(base),
        key=key,
        num_rows="fixed" if locked else "dynamic",
        disabled=locked,
        hide_index=True,
        on_change=save,
        row_height=ROW_PX,
        height=min(HIGHEST_PX, EDGE_PX + ROW_PX * (len(base) + 1)),
        column_config={
            f"c{column}": st.column_config.TextColumn(
                _label(draft.base, column), alignment=_alignment(base, column)
            )
            for column in range(max(1, draft.base.columns))
        },
        alt=f"Cells of table {table.number} on page {table.page}",
    )


def _draft(table: StoredTable, locked: bool) -> _Draft:
    name = _name(table)
    draft: _Draft | None = st.session_state.get(name)
    if (
        draft is None
        or draft.locked != locked
        or draft.saved_seq != table.content.seq
        or _has_lost_its_edits(draft, table)
    ):
        number = st.session_state.get("drafts", 0) + 1
        st.session_state["drafts"] = number
        draft = _Draft(table.content, table.content.seq, locked, number)
        st.session_state[name] = draft
    return draft


def _has_lost_its_edits(draft: _Draft, table: StoredTable) -> bool:
    """Streamlit forgets what a grid reports while it is not drawn: on another page or document."""
    return _key(table, draft) not in st.session_state and draft.base.seq != draft.saved_seq


def _key(table: StoredTable, draft: _Draft) -> str:
    return f"cells-{table.id}-{draft.number}"


def _name(table: StoredTable) -> str:
    return f"draft-{table.id}"


def _frame(rows: list[list[str]]) -> pd.DataFrame:
    width = max(map(len, rows), default=1)
    padded = [row + [""] * (width - len(row)) for row in rows]
    return pd.DataFrame(padded, columns=[f"c{column}" for column in range(width)], dtype="str")


def _edited(base: Content, state: dict[str, Any]) -> tuple[list[list[str]], int | None, Parts]:
    """Apply what the grid reports to what it began with: the rows, which of them names the columns,
    and where its parts begin."""
    frame = _frame(base.rows)
    rows: list[list[str]] = frame.to_numpy().tolist()
    names = list(frame.columns)
    for index, cells in state["edited_rows"].items():
        for name, value in cells.items():
            rows[int(index)][names.index(name)] = value or ""
    deleted = set(state["deleted_rows"])
    rows = [row for index, row in enumerate(rows) if index not in deleted]
    rows += [[added.get(name) or "" for name in names] for added in state["added_rows"]]
    header = base.header_row
    if header is not None:
        header = None if header in deleted else header - sum(row < header for row in deleted)
    return rows or [[""] * len(names)], header, parts_without_rows(base.parts, deleted)


def _label(content: Content, column: int) -> str:
    header = content.header_row
    if header is None or header >= len(content.rows) or column >= len(content.rows[header]):
        return letter(column)
    return f"{letter(column)} · {content.rows[header][column]}"


def _alignment(rows: list[list[str]], column: int) -> Literal["left", "right"]:
    cells = [row[column] for row in rows if column < len(row) and row[column]]
    figures = sum(bool(_FIGURE.fullmatch(cell)) for cell in cells)
    return "right" if cells and figures >= len(cells) / 2 else "left"
