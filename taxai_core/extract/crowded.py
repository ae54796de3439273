"""Cells that hold more than one cell: rows or columns between which a rule is missing or faint."""

from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest
from statistics import median

from ..pdf.lines import Line
from ..values import parse_amount
from .paise import Grid
from .piece import Piece, lines_in, piece_of
from .strokes import Wall, parts_of

# A column with so many amounts beside other words or amounts of their cell, in such a share of its
# lines, is several columns.
LEAST_AMOUNTS, MOSTLY = 2, 0.4
# Words behind an amount stand at least so far from it if they are another column's; blanks are
# 0.25 to 0.35 of the print's height.
CLOSE_EM = 0.5
# A line stands at a row's height if it is off by less than this, in heights of its print.
SAME_HEIGHT = 0.4
# Rows that share so much of their height are one.
HALF = 0.3


def crowded_columns(
    cells: Sequence[Sequence[Sequence[Line]]], gap_em: float, walls: Sequence[Wall] = ()
) -> set[int]:
    """The columns of a table that hold several: amounts set apart from words or other amounts.

    Args:
        cells: the lines of each cell, by rows and columns.
        gap_em: how far apart, in heights of the print.
        walls: what is printed to part columns, however near.
    """
    lines, apart, amounts = Counter[int](), Counter[int](), Counter[int]()
    for row in cells:
        for column, cell in enumerate(row):
            found = [_amounts_apart(line, gap_em, walls) for line in cell]
            lines[column] += len(found)
            apart[column] += sum(count > 0 for count in found)
            amounts[column] += sum(found)
    return {
        column
        for column, count in amounts.items()
        if count >= LEAST_AMOUNTS and apart[column] >= MOSTLY * lines[column]
    }


def behind_amounts(cells: Sequence[Sequence[Sequence[Line]]]) -> list[Wall]:
    """Walls between the amounts of a column and the words that follow each of them.

    Two columns so close are found as one: `55,000  PF`, `27,500  PT`.
    """
    walls: list[Wall] = []
    for column in zip_longest(*cells, fillvalue=[]):
        lines = [line for cell in column for line in cell]
        found = [wall for line in lines if (wall := _behind_amount(line))]
        if len(found) >= LEAST_AMOUNTS and len(found) >= MOSTLY * len(lines):
            walls += found
    return walls


def _behind_amount(line: Line) -> Wall | None:
    first, *rest = line.words
    if not rest or parse_amount(first.text) is None or not any(map(str.isalpha, rest[0].text)):
        return None
    if rest[0].x0 - first.x1 < CLOSE_EM * line.size:
        return None
    return Wall((first.x1 + rest[0].x0) / 2, line.top, line.bottom, line.bottom)


def _amounts_apart(line: Line, gap_em: float, walls: Sequence[Wall]) -> int:
    """How many amounts stand in a line beside something else, parted from it by white space."""
    texts = [" ".join(w.text for w in part.words) for part in parts_of(line, gap_em, walls)]
    return sum(parse_amount(text) is not None for text in texts) if len(texts) > 1 else 0


def over_rows(grid: Grid) -> Grid:
    """A table's cells, those parted whose lines stand each beside a row of its own.

    A heading that is merged over several rows has no line beside each of them, and stays whole.
    """
    spread: Grid = [list(row) for row in grid]
    for r, row in enumerate(grid):
        for c, piece in enumerate(row):
            if piece is None or len(piece.lines) < 2:
                continue
            below = list(_rows_without(grid, r, c))
            heights = {n: h for n in [r, *below] if (h := _height(grid[n], c)) is not None}
            beside = {n: h for n, h in heights.items() if piece.top < h < piece.bottom}
            if beside.keys() - {r}:
                for n, part in _parted(piece, beside, r).items():
                    spread[n][c] = part
    return spread


def with_rows_joined(grid: Grid) -> Grid:
    """A table's cells, those rows as one that stand half beside each other.

    An amount set to the middle of its label's two lines may be found as a row between them.
    """
    joined: Grid = [list(row) for row in grid]
    for r in range(1, len(joined) - 1):
        above, row, below = joined[r - 1 : r + 2]
        outer = [(a, b) for a, b in zip(above, below, strict=False) if a or b]
        is_apart = all(not (p and (a or b)) for p, a, b in zip(row, above, below, strict=False))
        if not (is_apart and any(a and b for a, b in outer) and any(row)):
            continue
        if not all(_is_half_beside(p, q) for p in row if p for pair in outer for q in pair if q):
            continue
        if any(q.is_amount for pair in outer for q in pair if q):
            continue
        for c, (a, p, b) in enumerate(zip(above, row, below, strict=False)):
            lines = [line for q in (a, p, b) if q for line in lines_in(q)]
            if lines:
                table = next(q.cell[0] for q in (a, p, b) if q and q.cell)
                above[c] = piece_of([line.words for line in lines], (table, r - 1, c))
                row[c] = below[c] = None
    return joined


def _is_half_beside(a: Piece, b: Piece) -> bool:
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap > HALF * min(a.size, b.size)


def _rows_without(grid: Grid, row: int, column: int) -> list[int]:
    """The rows below that have nothing in this column, up to the next that has."""
    rows = []
    for number in range(row + 1, len(grid)):
        if column < len(grid[number]) and grid[number][column] is not None:
            break
        rows.append(number)
    return rows


def _height(row: list[Piece | None], column: int) -> float | None:
    """Where the amounts of a row stand, and its other cells of one line."""
    others = [p.middle for c, p in enumerate(row) if p and c != column and len(p.lines) == 1]
    return median(others) if others else None


def _parted(piece: Piece, beside: dict[int, float], row: int) -> dict[int, Piece]:
    """Its lines by the rows that they stand beside; nothing where a row has none."""
    rows: dict[int, list[Piece]] = {}
    at = row
    for line in lines_in(piece):
        near = [n for n, h in beside.items() if abs(h - line.middle) < SAME_HEIGHT * line.size]
        at = near[0] if near else at
        rows.setdefault(at, []).append(line)
    if beside.keys() - rows.keys():
        return {}
    table, _, column = piece.cell or (0, 0, 0)
    return {
        n: piece_of([line.words for line in lines], (table, n, column)) for n, lines in rows.items()
    }
