"""From lines of text and the columns they stand in to the rows of a table."""

from collections.abc import Sequence
from itertools import pairwise

from .bands import by_room, by_rules
from .drawing import Rule
from .figures import is_figure
from .lines import Line
from .rivers import River
from .row import InkRows, Row, is_body, joined
from .words import Ink
from .wrapping import by_wrapping

# A piece of text that leaves this much room at a river is two cells there.
SPLIT_EM = 0.55
# A heading that stands over nothing is looked for in so many lines.
MOST_HEADINGS = 12
# At a wall this much is enough, more than the blank of a heading that runs over it.
WALL_EM = 0.35


def rows_of(lines: Sequence[Line], rivers: Sequence[River], across: Sequence[Rule]) -> InkRows:
    """Tell the cells of a table.

    Args:
        lines: its lines, from top to bottom.
        rivers: the white spaces between its columns, from left to right.
        across: the horizontal lines drawn in it.
    """
    rivers = _with_empty_columns(lines, rivers)
    rows = [_row(line, rivers) for line in lines]
    rows = _without_shifted_headings([row for row in rows if row.cells], len(rivers) + 1)
    rows = by_rules(rows, across) or joined(by_room(rows)) or by_wrapping(rows, across)
    width = len(rivers) + 1
    return [[row.cells.get(c, []) for c in range(width)] for row in rows]


def _with_empty_columns(lines: Sequence[Line], rivers: Sequence[River]) -> list[River]:
    """Divide a river in which a heading stands between those of the columns beside it.

    Nothing is printed below it: a statement without a single deposit has that column all the same.
    """
    found = []
    for start, end in rivers:
        for line in lines[:MOST_HEADINGS]:
            pieces = line.pieces
            inside = [p for p in pieces if start - 1 <= p.x0 and p.x1 <= end + 1]
            before = any(p.x1 <= start + 1 and not is_figure(p.text) for p in pieces)
            after = any(p.x0 >= end - 1 and not is_figure(p.text) for p in pieces)
            if len(inside) == 1 and before and after:
                found += [(start, inside[0].x0), (inside[0].x1, end)]
                break
        else:
            found.append((start, end))
    return found


def _without_shifted_headings(rows: Sequence[Row], width: int) -> list[Row]:
    """Give columns that hold headings only back to the columns those stand over.

    A heading may stand beside the figures below it, which end at the right, or over the gap
    between two columns.
    """
    body = next((i for i, row in enumerate(rows) if is_body(row)), 0)
    head, rest = rows[:body], rows[body:]
    for column in range(width):
        if any(column in row.cells for row in rest):
            continue
        for there in (column + 1, column - 1):
            has_figures = any(there in row.cells for row in rest)
            if has_figures and not any(there in row.cells for row in head):
                _move(head, column, there)
        if column > 0:
            over_two = [row for row in head if column in row.cells and column - 1 not in row.cells]
            _move(over_two, column, column - 1)
            for row in over_two:
                row.spans = True
    return list(rows)


def _move(rows: Sequence[Row], here: int, there: int) -> None:
    for row in rows:
        if here in row.cells:
            row.cells[there] = row.cells.pop(here)


def _row(line: Line, rivers: Sequence[River]) -> Row:
    row = Row()
    for piece in line.pieces:
        for part in _split(piece, rivers):
            columns = _columns_of(part, rivers)
            row.cells.setdefault(columns[0], []).extend(part)
            row.spans |= len(columns) > 1
    return row


def _split(piece: Line, rivers: Sequence[River]) -> list[list[Ink]]:
    """Split a piece at the rivers it leaves room at."""
    parts: list[list[Ink]] = [[piece.words[0]]]
    for word in piece.words[1:]:
        before = parts[-1][-1]
        room = word.x0 - before.x1
        crossed = any(
            (before.x0 + before.x1) / 2 < (a + b) / 2 < (word.x0 + word.x1) / 2
            and min(b, word.x0) - max(a, before.x1) > 0.5 * min(b - a, room)
            for a, b in rivers
        )
        walled = any(
            a == b and (before.x0 + before.x1) / 2 < a < (word.x0 + word.x1) / 2 for a, b in rivers
        ) and (is_figure(before.text) or is_figure(word.text) or room >= WALL_EM * piece.size)
        if walled or (crossed and room >= SPLIT_EM * piece.size):
            parts.append([word])
        else:
            parts[-1].append(word)
    return parts


def _columns_of(words: Sequence[Ink], rivers: Sequence[River]) -> list[int]:
    """The columns over which words run: those of which they cover more than an edge."""
    x0, x1 = min(w.x0 for w in words), max(w.x1 for w in words)
    edges = [float("-inf"), *((a + b) / 2 for a, b in rivers), float("inf")]
    over = [
        column
        for column, (left, right) in enumerate(pairwise(edges))
        if min(x1, right) - max(x0, left) > 0.2 * min(x1 - x0, right - left)
    ]
    return over or [sum(edge < (x0 + x1) / 2 for edge in edges[1:-1])]
