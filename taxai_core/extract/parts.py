"""Rows of a table that have one label, but not one amount: each is a part of what is meant."""

from collections import defaultdict
from collections.abc import Iterable

from ..values import parse_date
from .candidate import Candidate
from .headings import Headings
from .piece import Piece
from .sheet import Sheet
from .spots import Spot
from .totals import is_total
from .vocabulary import words_of

# How surely such an amount is the field's: too little to be given, unless a sum needs it.
OF_PART = 0.5
# So many rows that begin with a day are a list of payments.
MOST_DAYS = 3
# Amounts of one column end at one place, give or take so many points.
SAME_END_PT = 4.0


def without_parts(found: Iterable[tuple[Spot, Candidate]]) -> list[Candidate]:
    """The candidates, those less sure whose label stands in other rows with other amounts."""
    each = list(found)
    rows: dict[tuple[object, ...], list[Candidate]] = defaultdict(list)
    for spot, one in each:
        if spot.piece.cell and one.by in ("right", "crossed", "below"):
            column = round(one.box.x1 / SAME_END_PT)
            rows[one.field, words_of(spot.piece.text), one.by == "below", column].append(one)
    parts = {one for row in rows.values() if len({c.value for c in row}) > 1 for one in row}
    return [one.scored(OF_PART) if one in parts else one for _, one in each]


def is_one_of_many(sheet: Sheet, spot: Spot, headings: Headings) -> bool:
    """Is a label the kind of one of many in a list: an account, a payment, a month?

    Such a row is no candidate at all: `Savings` before each account says nothing of their sum.
    Under another heading, as the employer's provident fund, it is no more of them.
    """
    cell = spot.piece.cell
    if cell is None or is_total(spot.piece):
        return False
    rows = sheet.tables.get(cell[0], [])
    days = [row for row in rows if (first := next(filter(None, row), None)) and _is_day(first)]
    if len(days) >= MOST_DAYS and any(spot.piece in row for row in days):
        return True
    column = [row[cell[2]] for row in rows if cell[2] < len(row)]
    same = [p for p in column if p is not None and p.text == spot.piece.text]
    same = [p for p in same if any(beside.is_amount for beside in sheet.right_of(p))] or same
    heading = headings.over(spot.piece) if len(same) > 1 else None
    return len([p for p in same if headings.over(p) == heading]) > 1


def _is_day(piece: Piece) -> bool:
    return parse_date(piece.text) is not None
