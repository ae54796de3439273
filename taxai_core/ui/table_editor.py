"""Editing the cells of one table; every change is saved as it is made."""

import re
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import streamlit as st

from .. import service
from ..service import letter
from ..store.readings import Content, StoredTable
from .attempt import attempt

# Glide, the grid below `data_editor`, draws a row this high; the rest is its header and edges.
ROW_PX, EDGE_PX, HIGHEST_PX = 28, 66, 560
# What stands in a column of figures: 12,34,567.00, (1,200), 5%, -, Rs. 10/-.
_FIGURE = re.compile(r"[\d\s.,()%₹/+-]*|(?:Rs\.?|INR|Nil|NA).*", re.IGNORECASE)


@dataclass
class _Draft:
    """What the editor on the screen began with, and what it has saved so far.

    The frame given to `data_editor` must not change while a person edits, or every second edit
    is lost (streamlit#7749). So the grid keeps the rows it began with, and what it reports is the
    whole difference to them. Where the table changes in another way (undo, another window),
    the draft is begun anew under a new key.
    """

    base: list[list[str]]
    saved_seq: int
    number: int


def table_editor(document_id: str, table: StoredTable, *, locked: bool) -> None:
    """Show a table for editing, or for reading where the document is approved."""
    draft = _draft(table)
    key = _key(table, draft)
    content = table.content

    def save() -> None:
        rows = _edited(draft.base, st.session_state[key])
        saved = attempt(service.save_rows, document_id, table.id, draft.saved_seq, rows)
        if saved is None or saved.rows != rows:
            st.session_state.pop(_name(table), None)  # show what is stored, not what was typed
        else:
            draft.saved_seq = saved.seq

    rows = len(draft.base)
    st.data_editor(
        _frame(draft.base),
        key=key,
        num_rows="fixed" if locked else "dynamic",
        disabled=locked,
        hide_index=True,
        on_change=save,
        row_height=ROW_PX,
        height=min(HIGHEST_PX, EDGE_PX + ROW_PX * (rows + 1)),
        column_config={
            f"c{column}": st.column_config.TextColumn(
                _label(content, column), alignment=_alignment(draft.base, column)
            )
            for column in range(len(_frame(draft.base).columns))
        },
        alt=f"Cells of table {table.number} on page {table.page}",
    )


def _draft(table: StoredTable) -> _Draft:
    name = _name(table)
    draft: _Draft | None = st.session_state.get(name)
    if draft is None or draft.saved_seq != table.content.seq or _has_lost_its_edits(draft, table):
        number = st.session_state.get("drafts", 0) + 1
        st.session_state["drafts"] = number
        draft = _Draft(table.content.rows, table.content.seq, number)
        st.session_state[name] = draft
    return draft


def _has_lost_its_edits(draft: _Draft, table: StoredTable) -> bool:
    """Streamlit forgets what a grid reports while it is not drawn: on another page or document."""
    return _key(table, draft) not in st.session_state and draft.base != table.content.rows


def _key(table: StoredTable, draft: _Draft) -> str:
    return f"cells-{table.id}-{draft.number}"


def _name(table: StoredTable) -> str:
    return f"draft-{table.id}"


def _frame(rows: list[list[str]]) -> pd.DataFrame:
    width = max(map(len, rows), default=1)
    padded = [row + [""] * (width - len(row)) for row in rows]
    return pd.DataFrame(padded, columns=[f"c{column}" for column in range(width)], dtype="str")


def _edited(base: list[list[str]], state: dict[str, Any]) -> list[list[str]]:
    """Apply what the grid reports to the rows it began with."""
    frame = _frame(base)
    rows: list[list[str]] = frame.to_numpy().tolist()
    names = list(frame.columns)
    for index, cells in state["edited_rows"].items():
        for name, value in cells.items():
            rows[int(index)][names.index(name)] = value or ""
    deleted = set(state["deleted_rows"])
    rows = [row for index, row in enumerate(rows) if index not in deleted]
    return rows + [[added.get(name) or "" for name in names] for added in state["added_rows"]]


def _label(content: Content, column: int) -> str:
    header = content.header_row
    if header is None or header >= len(content.rows) or column >= len(content.rows[header]):
        return letter(column)
    return f"{letter(column)} · {content.rows[header][column]}"


def _alignment(rows: list[list[str]], column: int) -> Literal["left", "right"]:
    cells = [row[column] for row in rows if column < len(row) and row[column]]
    figures = sum(bool(_FIGURE.fullmatch(cell)) for cell in cells)
    return "right" if cells and figures >= len(cells) / 2 else "left"
