"""Tables drawn with lines: the cells between them, and the words in each cell."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .drawing import JOIN_PT, Drawing, Rule
from .words import Ink

# Lines that stop this short of each other still meet: corners drawn by rounding programs.
CROSS_PT = 3.0
# Walls closer than this are one wall, drawn twice: double borders are 1 to 3 pt apart.
WALL_PT = 3.5
# A wall counts where lines cover this much of the cell's side; dashed lines cover about half.
COVERED = 0.5
# A cell without a wall is two where its words leave this much room there; blanks leave 0.2 to 0.3.
APART_EM = 0.4
# More places than this are graph paper.
MOST_PLACES = 60_000
# A chart's frame and grid lines look like a table; its curves and pointers do not.
MOST_SLANTS = 12


@dataclass
class Cell:
    """One cell: the rows and columns it covers, and its words."""

    row: int
    column: int
    rows: int
    columns: int
    words: list[Ink]


@dataclass
class Grid:
    """A table between lines: where its walls stand, and what lies between them."""

    xs: list[float]
    ys: list[float]
    cells: list[Cell]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Its outer walls: left, top, right, bottom."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


def find_grids(drawing: Drawing, words: Sequence[Ink]) -> list[Grid]:
    """Find all tables that lines are drawn for."""
    grids = []
    for across, down in _clusters(drawing.across, drawing.down):
        grid = _grid(across, down)
        if grid is None or _is_chart(grid, drawing):
            continue
        _fill(grid, words)
        grids.append(grid)
    return _outermost(grids)


def _clusters(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of lines that cross each other."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(across):
        for j, v in enumerate(down):
            if (
                h.start - CROSS_PT <= v.at <= h.end + CROSS_PT
                and v.start - CROSS_PT <= h.at <= v.end + CROSS_PT
            ):
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for i, h in enumerate(across):
        groups[root(i)][0].append(h)
    for j, v in enumerate(down):
        groups[root(len(across) + j)][1].append(v)
    return [group for group in groups.values() if len(group[0]) >= 2 and len(group[1]) >= 1]


def _grid(across: Sequence[Rule], down: Sequence[Rule]) -> Grid | None:
    xs = _walls([v.at for v in down] + [min(h.start for h in across), max(h.end for h in across)])
    ys = _walls([h.at for h in across] + [min(v.start for v in down), max(v.end for v in down)])
    if len(xs) < 2 or len(ys) < 2:
        return None
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows * columns > MOST_PLACES:
        return None
    at_x = [[rule for rule in down if abs(rule.at - x) <= WALL_PT] for x in xs]
    at_y = [[rule for rule in across if abs(rule.at - y) <= WALL_PT] for y in ys]
    group = {(r, c): (r, c) for r in range(rows) for c in range(columns)}

    def root(cell: tuple[int, int]) -> tuple[int, int]:
        while group[cell] != cell:
            group[cell] = cell = group[group[cell]]
        return cell

    for r in range(rows):
        for c in range(columns):
            if c + 1 < columns and not _is_walled(at_x[c + 1], ys[r], ys[r + 1]):
                _merge(group, root((r, c)), root((r, c + 1)))
            if r + 1 < rows and not _is_walled(at_y[r + 1], xs[c], xs[c + 1]):
                _merge(group, root((r, c)), root((r + 1, c)))
    members: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for cell in group:
        members[root(cell)].append(cell)
    cells = []
    for places in members.values():
        cells += _rectangles(places)
    return Grid(xs, ys, sorted(cells, key=lambda cell: (cell.row, cell.column)))


def _rectangles(places: list[tuple[int, int]]) -> list[Cell]:
    """The cell of merged places; where they form no rectangle, its rows one by one."""
    top, left = min(r for r, _ in places), min(c for _, c in places)
    bottom, right = max(r for r, _ in places), max(c for _, c in places)
    height, width = bottom - top + 1, right - left + 1
    if len(places) == height * width:
        return [Cell(top, left, height, width, [])]
    cells = []
    for row in sorted({r for r, _ in places}):
        run: list[int] = []
        for column in sorted(c for r, c in places if r == row):
            if run and column != run[-1] + 1:
                cells.append(Cell(row, run[0], 1, len(run), []))
                run = []
            run.append(column)
        cells.append(Cell(row, run[0], 1, len(run), []))
    return cells


def _merge(
    group: dict[tuple[int, int], tuple[int, int]], a: tuple[int, int], b: tuple[int, int]
) -> None:
    group[max(a, b)] = min(a, b)


def _walls(places: list[float]) -> list[float]:
    walls: list[list[float]] = []
    for place in sorted(places):
        if walls and place - walls[-1][-1] <= WALL_PT:
            walls[-1].append(place)
        else:
            walls.append([place])
    return [sum(wall) / len(wall) for wall in walls]


def _is_walled(rules: Sequence[Rule], start: float, end: float) -> bool:
    covered = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules)
    return covered >= COVERED * (end - start)


def _is_chart(grid: Grid, drawing: Drawing) -> bool:
    x0, top, x1, bottom = grid.box
    inside = sum(x0 < x < x1 and top < y < bottom for x, y in drawing.slants)
    return inside > MOST_SLANTS


def _fill(grid: Grid, words: Sequence[Ink]) -> None:
    x0, top, x1, bottom = grid.box
    at = {
        (r, c): cell
        for cell in grid.cells
        for r in range(cell.row, cell.row + cell.rows)
        for c in range(cell.column, cell.column + cell.columns)
    }
    for word in words:
        x, y = (word.x0 + word.x1) / 2, word.middle
        if x0 - JOIN_PT <= x <= x1 + JOIN_PT and top <= y <= bottom:
            column = min(len(grid.xs) - 2, max(0, sum(wall <= x for wall in grid.xs) - 1))
            row = min(len(grid.ys) - 2, max(0, sum(wall <= y for wall in grid.ys) - 1))
            at[row, column].words.append(word)


def _outermost(grids: list[Grid]) -> list[Grid]:
    """Leave out frames around nothing but one cell, and grids inside of another one's cell."""
    grids = [grid for grid in grids if len(grid.xs) > 2 or len(grid.ys) > 2]
    kept = []
    for grid in grids:
        inside = [other for other in grids if other is not grid and _lies_in(grid.box, other.box)]
        if not inside:
            kept.append(grid)
    return kept


def _lies_in(
    inner: tuple[float, float, float, float], outer: tuple[float, float, float, float]
) -> bool:
    return (
        outer[0] - 1 <= inner[0]
        and outer[1] - 1 <= inner[1]
        and inner[2] <= outer[2] + 1
        and inner[3] <= outer[3] + 1
        and inner != outer
    )
