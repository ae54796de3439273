"""How good a table is: whether it is one at all, and which of two readings is the better."""

import re
from collections.abc import Sequence
from typing import TypeVar

from .figures import is_figure

Rows = list[list[str]]
Cell = TypeVar("Cell")  # what a cell says, or its words; false where it is empty

# A frame drawn around prose, or a line of it, comes out as rows with one filled cell each. A
# Form 16, whose page is one grid of merged cells, has two filled cells in 65 to 77 % of its rows.
LEAST_FULL_ROWS = 0.5
# Without lines, indented or bulleted prose aligns like a table, but sparsely or in long cells.
LEAST_FILLED, MOST_WORDS_A_CELL = 0.3, 6.0
# Without lines, a table that has hardly a figure has this much of its cells filled, and so many
# rows; two or three justified lines of prose leave gaps that lie below each other by chance.
SOME_FIGURES, WORDS_FILLED, WORDS_ROWS = 0.15, 0.7, 4
# A reading is weak below this; then others are asked, and one is better by at least the margin.
WEAK, MARGIN = 0.55, 0.1

_MARKER = re.compile(
    r"[(\[]?(?:\d{1,3}|[ivx]{1,5}|[a-z])?(?:\.\d{1,3})*[.):\]]{0,2}"
    r"|[•·▪●○■□–—*+o!✓✗-]|(?:[•▪+-] ?)+",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\d[\d.,]*[.,]\d{2}\)?\s+\(?-?\d[\d.,]*[.,]\d{2}")
_PAGE = re.compile(r"\d{1,4}|[ivxlc]{1,6}")


def score(rows: Rows) -> float:
    """How well a table came out, from 0 to 1, whoever read it.

    The product of: the share of cells that hold one value and not several glued together, the
    share of cells below the heading that are of their column's usual kind (figure or words), and
    the share of filled cells (half of them is full marks: tax papers often leave that many empty).
    """
    filled = [cell for row in rows for cell in row if cell]
    if not filled:
        return 0.0
    glued = sum(bool(_SEVERAL.search(cell)) for cell in filled)
    below = [row for row in rows[1:] if any(row)] or rows
    usual = of_all = 0
    for column in range(len(rows[0])):
        cells = [row[column] for row in below if row[column]]
        figures = sum(map(is_figure, cells))
        usual += max(figures, len(cells) - figures)
        of_all += len(cells)
    fill = len(filled) / (len(rows) * len(rows[0]))
    return (1 - glued / len(filled)) * (usual / of_all) * min(1.0, 2 * fill)


def without_empty_columns(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The same rows without the columns and the rows in which no cell is filled."""
    rows = [row for row in rows if any(row)]
    kept = [at for at, column in enumerate(zip(*rows, strict=True)) if any(column)]
    return [[row[at] for at in kept] for row in rows]


def is_table(rows: Rows, *, ruled: bool) -> bool:
    """Is it a table, and not a frame, a list, a table of contents or prose that aligns?"""
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    if sum(sum(map(bool, row)) >= 2 for row in rows) < LEAST_FULL_ROWS * len(rows):
        return False
    return ruled or not (_is_prose(rows) or _is_list(rows) or _is_contents(rows))


def is_part_of_form(rows: Rows) -> bool:
    """Is it more than a title: a part of a form may hold titles and one row of two cells."""
    return len(rows) >= 2 and any(sum(map(bool, row)) >= 2 for row in rows)


def _is_prose(rows: Rows) -> bool:
    cells = [cell for row in rows for cell in row]
    filled = [cell for cell in cells if cell]
    words = sum(len(cell.split()) for cell in filled)
    if len(filled) < LEAST_FILLED * len(cells) or words >= MOST_WORDS_A_CELL * len(filled):
        return True
    figures = sum(is_figure(cell) and any(map(str.isdigit, cell)) for cell in filled)
    if figures >= SOME_FIGURES * len(filled):
        return False
    return len(rows) < WORDS_ROWS or len(filled) < WORDS_FILLED * len(cells)


def _is_list(rows: Rows) -> bool:
    """A list: numbers, letters or bullets, and beside each of them words only."""
    if len(rows[0]) != 2:
        return False
    return _all(_MARKER, [row[0] for row in rows]) and not any(is_figure(row[1]) for row in rows)


def _is_contents(rows: Rows) -> bool:
    """A table of contents: its last column holds page numbers that only grow."""
    pages = [row[-1] for row in rows if row[-1]]
    if len(pages) < 5 or len(rows[0]) > 4 or not _all(_PAGE, pages):
        return False
    numbers = [int(page) for page in pages if page.isdigit()]
    words = [cell for row in rows for cell in row[:-1] if cell and not _MARKER.fullmatch(cell)]
    return (
        numbers == sorted(numbers)
        and len(set(numbers)) > len(numbers) / 2
        and not any(is_figure(cell) for cell in words)
    )


def _all(pattern: re.Pattern[str], cells: Sequence[str]) -> bool:
    return all(pattern.fullmatch(cell) for cell in cells if cell)
