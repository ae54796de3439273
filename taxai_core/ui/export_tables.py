"""What an export holds, and how its summary begins."""

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from ..service import Export
from .paper_list import type_title
from .words import masked

ROW_PX, HIGHEST_PX, SHOWN = 28, 480, 50


def contents_table(export: Export) -> None:
    """How many papers of each client, year and type."""
    counts = Counter(
        (
            " · ".join(filter(None, (paper.taxpayer_name, masked(paper.taxpayer_pan)))),
            paper.financial_year,
            type_title(paper.document_type),
        )
        for item in export.items
        for paper in item.reading.records
    )
    rows = [
        (*key, number)
        for key, number in sorted(counts.items(), key=lambda one: (not one[0][0], one[0]))
    ]
    _table(pd.DataFrame(rows, columns=["Client", "Year", "Type", "Papers"]), "export-contents")


def summary_preview(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The first rows of summary.csv as they are in the file."""
    if not rows:
        st.caption("No fields in it: none of these papers has any that is read.")
        return
    frame = pd.DataFrame(rows[:SHOWN], columns=list(header))
    _table(frame, "export-summary", dict(zip(header[:2], (80, 120), strict=True)))


def _table(frame: pd.DataFrame, key: str, widths: Mapping[str, int] | None = None) -> None:
    st.dataframe(
        frame,
        hide_index=True,
        row_height=ROW_PX,
        height=min(HIGHEST_PX, ROW_PX * (len(frame) + 1) + 8),
        key=key,
        column_config={
            name: st.column_config.Column(width=width) for name, width in (widths or {}).items()
        },
    )
