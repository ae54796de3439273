"""Amounts split over two columns, rupees and paise, put together."""

import re
from collections.abc import Iterator, Sequence

from .piece import Piece

Grid = list[list[Piece | None]]

_RUPEES = re.compile(r"[(-]?\s?(?:₹|Rs\.?)?\s?\d[\d,]*\)?")
_PAISE = re.compile(r"\d{2}\)?")
_HEADING = re.compile(r"(?:ps?|paise|paisa)\.?", re.IGNORECASE)


def with_paise(grid: Grid) -> Grid:
    """A table's cells, the paise put to the rupees that they stand beside."""
    paise_of = dict(_split(grid))
    for rupees, paise in paise_of.items():
        rupees.take(paise)
    taken = set(paise_of.values())
    return [[None if cell in taken else cell for cell in row] for row in grid]


def _split(grid: Grid) -> Iterator[tuple[Piece, Piece]]:
    """The cells that are one amount: the rupees, and the paise beside them."""
    for column in range(1, max(map(len, grid), default=0)):
        rows = [(row[column - 1], row[column]) for row in grid if column < len(row)]
        if not _is_split(rows):
            continue
        for rupees, paise in rows:
            if rupees and paise and _RUPEES.fullmatch(rupees.text) and _PAISE.fullmatch(paise.text):
                yield rupees, paise


def _is_split(rows: Sequence[tuple[Piece | None, Piece | None]]) -> bool:
    """Has the second column two figures in each row, and the first no decimals?"""
    named = any(paise and _HEADING.fullmatch(paise.text.strip("() ")) for _, paise in rows)
    figures = [(a, b) for a, b in rows if b and any(map(str.isdigit, b.text))]
    split = [a and _RUPEES.fullmatch(a.text) and _PAISE.fullmatch(b.text) for a, b in figures]
    return len(split) >= (1 if named else 2) and all(split)
