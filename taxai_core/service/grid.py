"""Pure changes of a table's cells: put in, take out, and join two people's edits."""

from collections.abc import Callable, Collection

from ..errors import EditConflictError
from ..store.contents import Part

Rows = list[list[str]]
Parts = tuple[Part, ...]


def letter(column: int) -> str:
    """Name a column as spreadsheets do: A … Z, AA …"""
    name = ""
    while column >= 0:
        name = chr(ord("A") + column % 26) + name
        column = column // 26 - 1
    return name


def merge(base: Rows, mine: Rows, theirs: Rows) -> Rows:
    """Join two changes of `base`.

    Raises:
        EditConflictError: both changed one cell, or either changed the rows or columns.
    """
    if mine == base:
        return theirs
    if theirs in (base, mine):
        return mine
    if not _shape(base) == _shape(mine) == _shape(theirs):
        raise EditConflictError()
    return [
        [_joined(*cells) for cells in zip(*rows, strict=True)]
        for rows in zip(base, mine, theirs, strict=True)
    ]


def describe(before: Rows, after: Rows) -> str:
    """Say in a few words what changed, for the history."""
    if len(after) != len(before):
        count = abs(len(after) - len(before))
        rows = "row" if count == 1 else "rows"
        return f"{count} {rows} {'added' if len(after) > len(before) else 'deleted'}"
    changes = [
        (r, c, old, new)
        for r, (old_row, new_row) in enumerate(zip(before, after, strict=True))
        for c, (old, new) in enumerate(zip(old_row, new_row, strict=False))
        if old != new
    ]
    if not changes:
        return "columns changed"
    row, column, old, new = changes[0]
    more = f" and {len(changes) - 1} more cells" if len(changes) > 1 else ""
    return f"{letter(column)}{row + 1}: “{old}” → “{new}”{more}"


def with_row(rows: Rows, at: int) -> Rows:
    """Insert an empty row before index `at`."""
    width = max(map(len, rows), default=1)
    return [*rows[:at], [""] * width, *rows[at:]]


def without_row(rows: Rows, at: int) -> Rows:
    """Delete the row at index `at`."""
    return [*rows[:at], *rows[at + 1 :]]


def parts_with_row(parts: Parts, at: int) -> Parts:
    """Where the parts begin when a row has been inserted before index `at`."""
    return _moved(parts, lambda first: first + (first > at))


def parts_without_rows(parts: Parts, deleted: Collection[int]) -> Parts:
    """Where the parts begin when the rows at these indices have been deleted."""
    return _moved(parts, lambda first: first - sum(at < first for at in deleted))


def with_column(rows: Rows, at: int) -> Rows:
    """Insert an empty column before index `at`."""
    return [[*row[:at], "", *row[at:]] for row in rows]


def without_column(rows: Rows, at: int) -> Rows:
    """Delete the column at index `at`."""
    return [[*row[:at], *row[at + 1 :]] for row in rows]


def _moved(parts: Parts, moved: Callable[[int], int]) -> Parts:
    return tuple(part.model_copy(update={"first_row": moved(part.first_row)}) for part in parts)


def _shape(rows: Rows) -> list[int]:
    return [len(row) for row in rows]


def _joined(base: str, mine: str, theirs: str) -> str:
    if mine != base and theirs not in (base, mine):
        raise EditConflictError()
    return mine if mine != base else theirs
