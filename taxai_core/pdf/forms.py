"""The tables of a grid: one, or those that a form stacks in one frame."""

from .cells import grid_rows
from .row import InkRows
from .ruled import Cell, Grid

Place = tuple[float, float, float, float]
# Form 16 has 17 walls in Part A and 8 in Part B, of which each of its tables has 2 to 6: apart they
# have 0.3 and 0.7 of the cells. Headings over several columns divide a grid in no other way.
FORM_COLUMNS, FEWER_CELLS = 6, 0.8


def grid_tables(grid: Grid) -> list[tuple[Place, InkRows]]:
    """The tables of a grid, each with its place; a form stacks several in one frame.

    Where its rows are divided in different ways, the grid of all their walls has columns that few
    rows have; it is taken apart if that leaves out enough of its cells.
    """
    whole = [(grid.box, _filled(grid_rows(grid)))]
    stack = _stack(grid)
    if len(grid.xs) <= FORM_COLUMNS or len(stack) < 2:
        return whole
    parts = [_part(grid, first, end) for first, end in stack]
    return parts if _cells(parts) <= FEWER_CELLS * _cells(whole) else whole


def _cells(tables: list[tuple[Place, InkRows]]) -> int:
    return sum(len(row) for _, rows in tables for row in rows)


def _part(grid: Grid, first: int, end: int) -> tuple[Place, InkRows]:
    """The table made of some of a grid's rows, with only those walls that one of them has."""
    cells = [cell for cell in grid.cells if first <= cell.row < end]
    walls = sorted({0, *(cell.column for cell in cells), len(grid.xs) - 1})
    place = {wall: index for index, wall in enumerate(walls)}
    moved = []
    for cell in cells:
        stop = place.get(cell.column + cell.columns, len(walls) - 1)
        start = place[cell.column]
        rows = min(cell.rows, end - cell.row)
        moved.append(Cell(cell.row - first, start, rows, max(1, stop - start), cell.words))
    part = Grid([grid.xs[wall] for wall in walls], grid.ys[first : end + 1], moved)
    return part.box, _filled(grid_rows(part))


def _stack(grid: Grid) -> list[tuple[int, int]]:
    """Where the tables of a form begin and end: at rows that are divided in another way."""
    divided = []
    for row in range(len(grid.ys) - 1):
        divided.append({c.column for c in grid.cells if c.row <= row < c.row + c.rows} - {0})
    parts: list[tuple[int, int]] = []
    first, walls = 0, set[int]()
    for row, own in enumerate(divided):
        if (walls and own and not (own <= walls or walls <= own)) or (walls and not own):
            parts.append((first, row))
            first, walls = row, set()
        walls = walls | own
    parts.append((first, len(divided)))
    return parts


def _filled(rows: InkRows) -> InkRows:
    """Without empty rows; a column that lines are drawn for stays, though nothing is in it."""
    return [row for row in rows if any(row)]
