"""From a grid of drawn lines to rows of words: cells without a wall between them, stacked lines."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from .bands import by_room
from .figures import is_figure
from .lines import Line, lines_of, pieces_of
from .rivers import rivers_of, with_figure_walls
from .row import InkRows, Row, joined
from .ruled import APART_EM, Cell, Grid
from .words import Ink
from .wrapping import by_wrapping

# Two lines of one cell stand closer than this; what stands further apart is in two rows.
LINES_APART_EM = 0.5
# Text whose middle lies lower than this share of a merged cell's height is not centred in it.
LOW = 0.62
# A drawn column is several where most of its lines, and at least so many, stand in pieces.
LEAST_OPEN_ROWS, MOSTLY = 3, 0.6
# A blank, and the room that a cell leaves at its walls.
BLANK_EM = 0.6


def grid_rows(grid: Grid) -> InkRows:
    """The rows of a ruled table; a merged cell's words stand in the first cell it covers."""
    grid = _with_open_columns(grid)
    cells = [part for cell in grid.cells for part in _split_across(cell, grid)]
    cells = [part for cell in cells for part in _split_down(cell, grid)]
    width = len(grid.xs) - 1
    rows: InkRows = []
    for index in range(len(grid.ys) - 1):
        row = Row({cell.column: cell.words for cell in cells if cell.row == index and cell.words})
        tall = {cell.column for cell in cells if cell.row == index and cell.rows > 1}
        for part in _stacked(row, tall, grid.xs[1:]):
            rows.append([part.cells.get(column, []) for column in range(width)])
    return rows


def _with_open_columns(grid: Grid) -> Grid:
    """Put walls where white space runs through a drawn column from top to bottom."""
    added = []
    for column in range(len(grid.xs) - 1):
        lines = [
            line
            for cell in grid.cells
            if cell.column == column and cell.columns == 1
            for line in lines_of(word for word in cell.words if word.turn % 2 == 0)
        ]
        full = sum(len(line.pieces) >= 2 for line in lines)
        if full >= LEAST_OPEN_ROWS and full >= MOSTLY * len(lines):
            added += [(a + b) / 2 for a, b in with_figure_walls(rivers_of(lines), lines)]
    if not added:
        return grid
    xs = sorted([*grid.xs, *added])
    place = [xs.index(x) for x in grid.xs]
    cells = [
        replace(
            cell,
            column=place[cell.column],
            columns=place[cell.column + cell.columns] - place[cell.column],
        )
        for cell in grid.cells
    ]
    return Grid(xs, grid.ys, cells)


def _split_across(cell: Cell, grid: Grid) -> list[Cell]:
    """Split a cell that covers several columns into the blocks of text that stand in it."""
    lines = lines_of(word for word in cell.words if word.turn % 2 == 0)
    blocks = _blocks(lines) if cell.columns > 1 else []
    if len(blocks) < 2:
        return [cell]
    columns = range(cell.column, cell.column + cell.columns)
    if len(blocks) == len(columns):
        places = list(columns)
    else:
        places = [max(columns, key=partial(_overlap, block, grid)) for block in blocks]
    held: dict[int, list[Ink]] = {}
    for place, block in zip(places, blocks, strict=True):
        held.setdefault(place, []).extend(block)
    for word in cell.words:
        if word.turn % 2:
            place = max(columns, key=partial(_overlap, [word], grid))
            held.setdefault(place, []).append(word)
    starts = sorted({cell.column, *held})
    ends = [*starts[1:], cell.column + cell.columns]
    return [
        Cell(cell.row, start, cell.rows, end - start, held.get(start, []))
        for start, end in zip(starts, ends, strict=True)
    ]


def _blocks(lines: Sequence[Line]) -> list[list[Ink]]:
    """Pieces of text that stand below each other, from left to right."""
    pieces = sorted(
        (piece for line in lines for piece in pieces_of(line, APART_EM)), key=lambda p: p.x0
    )
    blocks: list[tuple[float, list[Ink]]] = []
    for piece in pieces:
        if blocks and piece.x0 < blocks[-1][0]:
            reach, words = blocks.pop()
            blocks.append((max(reach, piece.x1), [*words, *piece.words]))
        else:
            blocks.append((piece.x1, list(piece.words)))
    return [words for _, words in blocks]


def _overlap(block: Sequence[Ink], grid: Grid, column: int) -> tuple[float, float]:
    """How far a block lies in a column, and how near to its middle."""
    x0, x1 = min(word.x0 for word in block), max(word.x1 for word in block)
    left, right = grid.xs[column], grid.xs[column + 1]
    return min(x1, right) - max(x0, left), -abs(x0 + x1 - left - right)


def _split_down(cell: Cell, grid: Grid) -> list[Cell]:
    """Split a cell that covers several rows where its lines leave room at a wall."""
    if cell.rows == 1 or not cell.words:
        return [cell]
    lines = lines_of(word for word in cell.words if word.turn % 2 == 0)
    if len(lines) == 1 and (row := _low_row(lines[0], cell, grid)) is not None:
        return [replace(cell, row=row, rows=cell.row + cell.rows - row)]
    cuts = []
    for row in range(cell.row + 1, cell.row + cell.rows):
        wall = grid.ys[row]
        above = [line for line in lines if (line.top + line.bottom) / 2 < wall]
        below = [line for line in lines if (line.top + line.bottom) / 2 >= wall]
        if above and below:
            room = below[0].top - above[-1].bottom
            if room >= LINES_APART_EM * below[0].size:
                cuts.append(row)
    edges = [cell.row, *cuts, cell.row + cell.rows]
    parts = []
    for first, end in pairwise(edges):
        top = grid.ys[first] if first != cell.row else float("-inf")
        bottom = grid.ys[end] if end != edges[-1] else float("inf")
        words = [word for word in cell.words if top <= word.middle < bottom]
        parts.append(Cell(first, cell.column, end - first, cell.columns, words))
    return parts


def _low_row(line: Line, cell: Cell, grid: Grid) -> int | None:
    """The row of a figure that stands low in a cell of several rows: beside what that row holds.

    None where it stands at the cell's top or in its middle, as in a merged cell, and for words,
    which a heading prints at the bottom as well.
    """
    top, bottom = grid.ys[cell.row], grid.ys[cell.row + cell.rows]
    middle = (line.top + line.bottom) / 2
    if middle < top + LOW * (bottom - top) or not is_figure(line.text):
        return None
    return max(row for row in range(cell.row, cell.row + cell.rows) if grid.ys[row] <= middle)


def _stacked(row: Row, tall: set[int], right_walls: Sequence[float]) -> list[Row]:
    """Split a drawn row that holds several rows, one below the other.

    A frame around columns without lines between its rows. Text that wraps has lines too, so only
    such lines count as rows of their own that hold figures, or that end though the next word
    would have found room in the cell.
    """
    level = {
        column: lines_of(word for word in words if word.turn % 2 == 0)
        for column, words in row.cells.items()
        if column not in tall
    }
    if (groups := by_room(_line_rows(row, level))) is not None:
        return joined(groups)
    figures = [lines for lines in level.values() if _are_figures(lines)]
    lists = [lines for c, lines in level.items() if _is_list(lines, right_walls[c])]
    marks = max(figures or (lists if len(lists) > 1 else []), key=len, default=None)
    if marks is None or len(level) < 2:
        return [row]
    others = [lines for lines in level.values() if lines is not marks]
    beside = max(sum(_is_beside(line, lines) for line in marks) for lines in others)
    if beside < 2 or beside < MOSTLY * len(marks):
        return [row]
    return by_wrapping(_line_rows(row, level), [])


def _are_figures(lines: Sequence[Line]) -> bool:
    figures = sum(is_figure(line.text) for line in lines)
    return figures >= 2 and figures >= MOSTLY * len(lines)


def _is_list(lines: Sequence[Line], right_wall: float) -> bool:
    """Do the lines end before they are full, as wrapped text does not?"""
    ended = sum(
        line.x1 + below.words[0].x1 - below.words[0].x0 + BLANK_EM * line.size < right_wall
        for line, below in pairwise(lines)
    )
    return len(lines) >= LEAST_OPEN_ROWS and ended >= 0.8 * (len(lines) - 1)


def _is_beside(line: Line, lines: Sequence[Line]) -> bool:
    return any(min(line.bottom, o.bottom) - max(line.top, o.top) > 0.5 * line.size for o in lines)


def _line_rows(row: Row, level: dict[int, list[Line]]) -> list[Row]:
    """One row for each line; what runs up or down the page, or is tall, stands in the first."""
    column_of = {
        id(word): column for column, lines in level.items() for line in lines for word in line.words
    }
    parts = []
    for line in lines_of(word for lines in level.values() for one in lines for word in one.words):
        part = Row()
        for word in line.words:
            part.cells.setdefault(column_of[id(word)], []).append(word)
        parts.append(part)
    for column, words in row.cells.items():
        rest = [word for word in words if id(word) not in column_of]
        if rest and parts:
            parts[0].cells.setdefault(column, []).extend(rest)
    return parts
