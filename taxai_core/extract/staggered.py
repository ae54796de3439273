"""Headings that do not stand over their columns: set to the left, the amounts to the right."""

from collections.abc import Iterator, Sequence

from .paise import Grid
from .piece import Piece

# A row of headings stands this close over its table, in times of its print's height.
CLOSE_EM = 2.0


def widen_headings(pieces: Sequence[Piece], grids: Iterator[Grid]) -> None:
    """Let headings reach over their columns where only their order says which is whose.

    A row of as many pieces as the table below has columns names them one by one.
    """
    free = [p for p in pieces if p.cell is None]
    for grid in grids:
        columns = [[p for p in column if p] for column in zip(*grid, strict=False)]
        if len(columns) < 3 or not all(columns):
            continue
        top = min(p.top for column in columns for p in column)
        heads = _row_over(free, top)
        if len(heads) == len(columns) and not any(p.is_amount for p in heads):
            for head, column in zip(heads, columns, strict=True):
                x0, x1 = min(p.x0 for p in column), max(p.x1 for p in column)
                if head.x1 < x0 or head.x0 > x1:
                    head.x0, head.x1 = min(head.x0, x0), max(head.x1, x1)


def _row_over(free: Sequence[Piece], top: float) -> list[Piece]:
    """The row right above this height, from left to right."""
    above = [p for p in free if p.bottom <= top + 1 and top - p.bottom < CLOSE_EM * p.size]
    if not above:
        return []
    last = max(above, key=lambda p: p.middle)
    return sorted((p for p in above if p.bottom > last.top), key=lambda p: p.x0)
