"""Totals of a part that are carried into the next column: in the part's last row, or below it."""

from .piece import Piece
from .sheet import Sheet
from .totals import is_total
from .ways import is_counter

Row = list[Piece]


class Carried:
    """The totals that stand one column further out than what they add up.

    Forms with a column for items and one for sums print the sum of a part beside its last item:

        Gross salary
          Salary u/s 17(1)      900
          Perquisites u/s 17(2)  50    950

    `of_part` has the total of the part that begins with a row of words; `totals` all of them.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.totals: set[Piece] = set()
        self.of_part: dict[Piece, Piece] = {}
        heading: Row = []
        items: Row = []
        for row in sheet.rows():
            amounts = [p for p in row if p.is_amount and not _counts(p, row)]
            if not amounts:
                heading, items = row, []
                continue
            last = amounts[-1]
            if not items:
                items = [last]
                continue
            inner = next((p for p in amounts if _same_edge(p, items[-1])), None)
            if inner is last:
                items.append(last)
                continue
            added = [*items, inner] if inner else items
            is_end = inner is not None or all(p.is_amount or is_total(p) for p in row)
            if is_end and _is_carried(added, last):
                if inner:
                    self.totals.add(last)
                self.of_part |= dict.fromkeys(heading, last)
            heading, items = [], [last]


def _counts(piece: Piece, row: Row) -> bool:
    return piece is row[0] and len(row) > 1 and is_counter(piece.text)


def _same_edge(a: Piece, b: Piece) -> bool:
    if a.shares_table(b):
        return a.shares_column(b)
    return abs(a.x1 - b.x1) < a.size


def _is_carried(items: Row, total: Piece) -> bool:
    """Does an amount right of all items add them up?"""
    if len(items) < 2 or total.x1 < max(p.x1 for p in items) + total.size:
        return False
    return sum(piece.amount for piece in items) == total.amount
