"""Under which heading a label stands."""

import re

from .piece import Piece
from .sheet import Sheet
from .spots import Spot
from .tokens import tokens_of
from .totals import TOTALS
from .vocabulary import Vocabulary, words_of

# A line is a heading from this share of the heading's words on, with at most so many others.
NAMED, MOST_OTHERS = 0.75, 4
# Headings side by side begin at most so much below each other.
ROW_EM = 0.8
# One who has two names: `Employee (Deductee)`, `Deducted from (deductee)`.
_TWO_NAMES = re.compile(r"([A-Za-z]+(?: [a-z]+)?)\s*\(([A-Za-z]+)\)\s*:?")
_At = tuple[float, float, frozenset[str]]


class Headings:
    """The headings of a page that tell labels of the same words apart."""

    def __init__(self, sheet: Sheet, vocabulary: Vocabulary, *, is_turned_round: bool) -> None:
        self._all = vocabulary.headings
        self._at: list[_At] = []
        self._rows: list[_At] = []
        for piece in sheet.pieces:
            named = [
                (len(h & said) / len(h | said), h)
                for said in _said(piece.text)
                for h in vocabulary.headings
                if _is(h, said)
            ]
            if named:
                _, best = max(named, key=lambda each: each[0])
                at = self._rows if _is_row(sheet, piece, is_turned_round) else self._at
                at.append((piece.top, _left(sheet, piece), best))

    def is_under(self, spot: Spot, heading: frozenset[str]) -> bool:
        """Is this the nearest heading above a label, or in its row to the left?

        What stands above the columns to its right is no heading of the label.
        """
        piece = spot.piece
        if within := self._before(spot):
            return within == heading
        before = [at for at in self._at if _is_before(at, piece)]
        if before and _over(piece, before) == heading:
            return True
        # A row comes after another: tax payable after relief. A total is of more than one row.
        rows = [at for at in self._rows if _is_before(at, piece)]
        is_total = bool(spot.match.label.words & TOTALS)
        return bool(rows) and not is_total and max(rows)[2] == heading

    def over(self, piece: Piece) -> frozenset[str] | None:
        """The heading of the part of the page that a piece stands in."""
        before = [at for at in self._at if _is_before(at, piece)]
        return _over(piece, before) if before else None

    def _before(self, spot: Spot) -> frozenset[str] | None:
        """The nearest heading before it in its own text: `Employee: … PAN: …`."""
        last = {t.text: t.start for t in tokens_of(spot.piece.text[: spot.start])}
        named = [words for words in self._all if words <= last.keys()]
        return max(named, key=lambda words: min(last[word] for word in words), default=None)


def _is_before(at: _At, piece: Piece) -> bool:
    top, x0, _ = at
    return (top < piece.top - 1 and x0 < piece.x1) or (top < piece.bottom and x0 < piece.x0)


def _over(piece: Piece, before: list[_At]) -> frozenset[str] | None:
    """Of the lowest row of headings the one that a label's column begins under.

    A label left of several headings side by side is a row's, and theirs are columns.
    """
    lowest = max(top for top, _, _ in before)
    row = [at for at in before if at[0] >= lowest - ROW_EM * piece.size]
    begun = [at for at in row if at[1] <= piece.x0 + ROW_EM * piece.size]
    if not begun and len(row) > 1:
        return None
    return max(begun or row, key=lambda at: at[1])[2]


def _is_row(sheet: Sheet, piece: Piece, is_turned_round: bool) -> bool:
    """Is it a row of a table, with amounts of its own?"""
    if piece.cell is None:
        return False
    left = sheet.left_of(piece) if is_turned_round else []
    return any(p.is_amount for p in (*left, *sheet.right_of(piece)))


def _said(text: str) -> list[frozenset[str]]:
    """The words of a line, and of `Guest (tenant)` each of the two names alone."""
    said = [words_of(text)]
    if m := _TWO_NAMES.fullmatch(text.strip()):
        said += [words for part in m.groups() if (words := words_of(part))]
    return said


def _left(sheet: Sheet, piece: Piece) -> float:
    """Where the column of a heading begins, in whose middle it may stand."""
    if piece.cell is None or not any(p.cell for p in sheet.left_of(piece)):
        return piece.x0
    return min([piece.x0, *(p.x0 for p in sheet.below(piece) if piece.shares_column(p))])


def _is(heading: frozenset[str], said: frozenset[str]) -> bool:
    common = len(heading & said)
    others = MOST_OTHERS if len(heading) > 1 else 0
    return common >= NAMED * len(heading) and len(said) - common <= others
