"""Rows of a list, each of which is one of many and says nothing of their sum."""

from ..values import parse_date
from .headings import Headings
from .piece import Piece
from .sheet import Sheet
from .spots import Spot
from .totals import is_total


def is_one_of_many(sheet: Sheet, spot: Spot, headings: Headings) -> bool:
    """Is a label the kind of one of many in a list: an account, a payment, a month?

    Such a row is no candidate at all: `Savings` before each account says nothing of their sum.
    Under another heading, as the employer's provident fund, it is no more of them.
    """
    cell = spot.piece.cell
    if cell is None or is_total(spot.piece):
        return False
    rows = sheet.tables.get(cell[0], [])
    if _is_dated(sheet, spot):
        return True
    column = [row[cell[2]] for row in rows if cell[2] < len(row)]
    same = [p for p in column if p is not None and p.text == spot.piece.text]
    same = [p for p in same if any(beside.is_amount for beside in sheet.right_of(p))] or same
    heading = headings.over(spot.piece) if len(same) > 1 else None
    return len([p for p in same if headings.over(p) == heading]) > 1


def _is_dated(sheet: Sheet, spot: Spot) -> bool:
    """Stands a day before it, and another one above or below that: `10-Mar | Purchase`?

    Columns that stand close are one cell on a scan: `10-Mar Purchase`.
    """
    if _begins_with_day(spot.piece):
        near = [*sheet.above(spot.piece)[:1], *sheet.below(spot.piece)[:1]]
        return any(map(_begins_with_day, near))
    cells = [p for p in sheet.left_of(spot.piece) if p.cell and parse_date(p.text)]
    return any(
        parse_date(other.text) is not None
        for day in cells
        for other in [*sheet.above(day)[:1], *sheet.below(day)[:1]]
    )


def _begins_with_day(piece: Piece) -> bool:
    first, _, rest = piece.text.partition(" ")
    return bool(rest) and parse_date(first) is not None
