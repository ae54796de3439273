"""A grid of documents that is drawn anew every two seconds while a person selects in it."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st


def selected_ids(selection: str) -> list[str]:
    """The ids that are selected in the grids that share this selection."""
    chosen: list[str] = st.session_state.setdefault(selection, [])
    return chosen


def live_grid(
    frame: pd.DataFrame,
    ids: Sequence[str],
    *,
    name: str,
    selection: str,
    columns: Mapping[str, Any],
    row_px: int,
    height_px: int,
    alt: str,
) -> None:
    """Draw it; the selection stays with its documents while the rows move.

    Args:
        ids: of the rows' documents, in their order.
        selection: under which name the ids selected are kept; several grids may share it.
    """
    # The grid knows a selection by row numbers only. Where these no longer name the same documents
    # it gets a new key and is told where they stand now; else it stays, and nothing blinks.
    places = [place for place, id_ in enumerate(ids) if id_ in selected_ids(selection)]
    turn = f"{name}-turn"
    key = f"{name}-{st.session_state.setdefault(turn, 0)}"
    shown = st.session_state[key].selection.rows if key in st.session_state else None
    if shown is not None and sorted(shown) != places:
        st.session_state[turn] += 1
        key = f"{name}-{st.session_state[turn]}"

    def select() -> None:
        rows = st.session_state[key].selection.rows
        elsewhere = [id_ for id_ in selected_ids(selection) if id_ not in ids]
        st.session_state[selection] = elsewhere + [ids[row] for row in rows if row < len(ids)]

    st.dataframe(
        frame,
        key=key,
        hide_index=True,
        row_height=row_px,
        height=height_px,
        on_select=select,
        selection_mode="multi-row",
        selection_default={"selection": {"rows": places}},
        column_config=dict(columns),
        alt=alt,
    )
