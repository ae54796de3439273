"""Which of several amounts in a row is meant: by what stands above their columns."""

import re
from collections.abc import Callable, Container, Iterable, Sequence
from decimal import Decimal

from ..doctypes import DocumentType, FieldRule, Wording
from ..values import find_values
from .found import Value
from .piece import Piece
from .sheet import BELOW_EM, LINE_WORDS, Sheet
from .tokens import tokens_of
from .vocabulary import words_of
from .ways import is_counter

# A heading is a column's from this share of the words of its wording on.
NAMED = 0.75
# Headings of what has been paid since the year began: with one month it is the sum of others.
TO_DATE = frozenset({"ytd", "date", "cumulative", "cum", "progressive", "projected"})
# A heading has at most so many lines above each other.
MOST_LINES = 4
TOTALS = frozenset({"total", "grand", "aggregate", "sum", "consolidated", "overall", "subtotal"})
# A total of everything, and one of a part of it.
OF_ALL = frozenset({"grand", "all", "aggregate", "consolidated", "overall", "year"})
OF_PART = frozenset({"sub", "subtotal"})
# A column named no more than `Total`, less sure than one that a field names.
TOTAL_COLUMN = 0.5
# A small number without paise beside amounts with paise counts something.
NO_MONEY = -2.0
_COUNT = re.compile(r"\d{1,3}")
_PAISE = re.compile(r"\.\d\d$")
# A row is one that holds what is meant from this likeness to its wording on.
SAME_ROW_NAME = 0.8

Find = Callable[[FieldRule, Piece], Value | None]


class Columns:
    """The columns of amounts of one page."""

    def __init__(self, sheet: Sheet, document_type: DocumentType, year: str | None) -> None:
        self.sheet, self.type = sheet, document_type
        self._year = year
        self._headings: dict[Piece, list[Piece]] = {}
        self._ranks: dict[Piece, int] = {}
        self._total_rows = [words_of(w.text) for w in document_type.total_rows]
        self._unwanted = [words_of(w.text) for w in document_type.other_columns]

    def chosen(self, rule: FieldRule, found: Sequence[tuple[Piece, Value]]) -> tuple[Piece, Value]:
        """Of the amounts in a label's row the one whose column is meant."""
        if len(found) == 1:
            return found[0]
        wanted = [words_of(w.text) for w in rule.columns]
        has_paise = any(_PAISE.search(value.text) and "." in piece.text for piece, value in found)
        scored = [
            (NO_MONEY if has_paise and _COUNT.fullmatch(piece.text) else score, order, piece, value)
            for piece, value in found
            for score, order in [self._score(piece, wanted)]
        ]
        total = _total_of_row(found)
        if total and not self.heading(total[0]) & TO_DATE:
            return total
        best = max(score for score, *_ in scored)
        left = [each for each in scored if each[0] >= best - 0.05]
        # The wordings of a field's columns are in the order in which they are meant.
        first = min(order for _, order, _, _ in left)
        meant = [(piece, value) for _, order, piece, value in left if order == first]
        return meant[-1 if self.type.amount_column == "last" else 0]

    def _score(self, piece: Piece, wanted: Sequence[frozenset[str]]) -> tuple[float, int]:
        """How much an amount's column is meant, and by which of the wordings."""
        heading, none = self.heading(piece), len(wanted)
        years = {
            value for line in self._lines(piece) for _, _, value in find_values("year", line.text)
        }
        if self._year and years:
            return (1.0 if self._year in years else -1.0), none
        shares = [_share(words, heading) for words in wanted]
        mine = max(shares, default=0.0)
        others = max((_share(words, heading) for words in self._unwanted), default=0.0)
        # Both may be in a heading, `Monthly rate`: then the one counts that has more of it.
        if mine == others >= NAMED:
            mine = max(_dice(words, heading) for words in wanted)
            others = max(_dice(words, heading) for words in self._unwanted)
            mine, others = (1.0, 0.0) if mine >= others else (0.0, 1.0)
        if mine >= NAMED and mine >= others:
            likeness = [
                _dice(words, heading) if share >= NAMED else 0.0
                for words, share in zip(wanted, shares, strict=True)
            ]
            return 1.0, likeness.index(max(likeness))
        if others >= NAMED:
            return -1.0, none
        # Quarters and a total of them; where parts are added up, a row says so itself.
        return (TOTAL_COLUMN if heading and heading <= TOTALS else 0.0), none

    def is_named(self, rule: FieldRule, piece: Piece) -> bool:
        """Does a field's column stand above an amount?"""
        return self._score(piece, [words_of(w.text) for w in rule.columns])[0] == 1.0

    def is_other(self, rule: FieldRule, piece: Piece) -> bool:
        """Does a column that is not meant stand above an amount?"""
        return self._score(piece, [words_of(w.text) for w in rule.columns])[0] < 0

    def likeness(self, piece: Piece, column: frozenset[str]) -> float:
        """How much of a column's wording stands above an amount."""
        heading = self.heading(piece)
        mine = _share(column, heading)
        others = max((_dice(words, heading) for words in self._unwanted), default=0.0)
        return mine if others <= _dice(column, heading) else 0.0

    def heading(self, piece: Piece) -> frozenset[str]:
        """The words above the column that an amount stands in."""
        return frozenset(t.text for line in self._lines(piece) for t in tokens_of(line.text))

    def _lines(self, piece: Piece) -> list[Piece]:
        if piece not in self._headings:
            self._headings[piece] = self._lines_above(piece)
        return self._headings[piece]

    def _lines_above(self, piece: Piece) -> list[Piece]:
        lines: list[Piece] = []
        for above in self.sheet.above(piece):
            if piece.cell and lines and _is_outside(above, piece):
                break
            if above.is_amount:
                if lines:
                    break
                continue
            if lines and lines[-1].top - above.bottom > 1.5 * above.size:
                break
            lines.append(above)
            if len(lines) == MOST_LINES:
                break
        return lines

    def total_below(
        self, rule: FieldRule, heading: Piece, find: Find, labels: Container[Piece]
    ) -> tuple[Piece, Value] | None:
        """The total of the column that a heading stands over, or its only amount.

        Another label below, as cards in rows have them, ends the column.
        """
        found: list[tuple[Piece, Value]] = []
        for piece in self.sheet.below(heading):
            if heading.cell and self._ends(heading, piece, is_begun=bool(found)):
                break
            if is_counter(piece.text) and self._is_counted(piece):
                continue
            if not heading.cell and _is_far(found[-1][0] if found else heading, piece):
                break  # another table further down
            value = find(rule, piece)
            if value is not None:
                found.append((piece, value))
            elif found and (not piece.cell or piece in labels):
                break
            elif not found and any(p.is_amount for p in self.sheet.right_of(piece)):
                break  # a column of labels
        if not found:
            return None
        ranks = [self._rank(piece) for piece, _ in found]
        totals = [each for each, rank in zip(found, ranks, strict=True) if rank == max(ranks)]
        if max(ranks) > 0 and len({value.text for _, value in totals}) == 1:
            return totals[-1]
        if _is_sum(found):
            return found[-1]
        return self._only(rule, found) if max(ranks) == 0 else None

    def _is_counted(self, piece: Piece) -> bool:
        """Is it the number of a column, among others in its row?"""
        row = [*self.sheet.left_of(piece), *self.sheet.right_of(piece)]
        return bool(row) and all(is_counter(p.text) for p in row)

    def _ends(self, heading: Piece, piece: Piece, *, is_begun: bool) -> bool:
        """Does the column of a table end before this? A total may stand outside of it."""
        if piece.cell and heading.cell and piece.cell[0] == heading.cell[0]:
            return False
        if not is_begun:
            return _is_far(heading, piece)
        return piece.cell is not None or self._rank(piece) == 0

    def _only(
        self, rule: FieldRule, found: Sequence[tuple[Piece, Value]]
    ) -> tuple[Piece, Value] | None:
        """The only amount, or the one in the row that is meant: `Earned`, and not `Rate`."""
        meant = [(p, v) for p, v in found if named(rule.columns, self._row(p))]
        left = meant or [
            (p, v) for p, v in found if not named(self.type.other_columns, self._row(p))
        ]
        return left[0] if len(left) == 1 else None

    def _row(self, piece: Piece) -> frozenset[str]:
        texts = [p for p in self.sheet.left_of(piece) if not p.is_amount]
        return frozenset(word for p in texts for word in words_of(p.text))

    def _rank(self, piece: Piece) -> int:
        """Which row an amount stands in: 3 of a grand total, 2 of a total, 1 of a part's total."""
        if piece not in self._ranks:
            texts = [p for p in self.sheet.left_of(piece) if not p.is_amount]
            self._ranks[piece] = max((self._row_rank(words_of(p.text)) for p in texts), default=0)
        return self._ranks[piece]

    def _row_rank(self, words: frozenset[str]) -> int:
        if any(_dice(row, words) >= SAME_ROW_NAME for row in self._total_rows):
            return 3
        if not words & TOTALS:
            return 0
        return 3 if words & OF_ALL else 1 if words & OF_PART else 2


def _is_far(heading: Piece, piece: Piece) -> bool:
    return piece.top - heading.bottom > BELOW_EM * max(piece.size, heading.size)


def _is_outside(above: Piece, piece: Piece) -> bool:
    """Is it of another table, or a sentence before this one?"""
    if above.cell is None:
        return len(above.words) >= LINE_WORDS
    return piece.cell is not None and above.cell[0] != piece.cell[0]


def _is_sum(found: Sequence[tuple[Piece, Value]]) -> bool:
    """Is the last amount the sum of all before it?"""
    *parts, total = (Decimal(value.text) for _, value in found)
    return len(parts) > 1 and any(parts) and sum(parts) == total


def _total_of_row(found: Sequence[tuple[Piece, Value]]) -> tuple[Piece, Value] | None:
    """The amount of a row that is the sum of those before it: of its quarters, or of what was
    earned and what was in arrears, beside a rate."""
    amounts = [Decimal(value.text) for _, value in found]
    for first in range(len(amounts) - 2):
        if _is_sum(found[first:]):
            return found[-1]
    return None


def is_total(piece: Piece) -> bool:
    """Is it the label of a total?"""
    return not words_of(piece.text).isdisjoint(TOTALS)


def _dice(words: frozenset[str], heading: frozenset[str]) -> float:
    """How alike two wordings are; `Amount` alone has no words that count, and is like itself."""
    if not words or not heading:
        return float(words == heading)
    return 2 * len(words & heading) / (len(words) + len(heading))


def _share(words: frozenset[str], heading: frozenset[str]) -> float:
    return len(words & heading) / len(words) if words else 0.0


def named(wordings: Iterable[Wording], heading: frozenset[str]) -> bool:
    """Do these words stand in a heading?"""
    return any(_share(words_of(w.text), heading) >= NAMED for w in wordings)
