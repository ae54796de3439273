"""Which of several amounts in a row is meant: by what stands above their columns."""

import re
from collections.abc import Sequence
from decimal import Decimal

from ..doctypes import DocumentType, FieldRule
from ..values import find_values
from .found import Value
from .likeness import NAMED, likeness_of, named, share_in
from .piece import Piece
from .sheet import BELOW_EM, LINE_WORDS, Sheet
from .totals import TOTALS, total_of_row
from .vocabulary import words_of

# Headings of what has been paid since the year began: with one month it is the sum of others.
TO_DATE = frozenset({"ytd", "date", "cumulative", "cum", "progressive", "projected"})
# A heading has at most so many lines above each other.
MOST_LINES = 4
# They stand this close.
LINES_EM = 1.5
# A column named no more than `Total`, less sure than one that a field names.
TOTAL_COLUMN = 0.5
# Columns whose scores differ by less are meant as much.
TIED = 0.05
# A small number without paise beside amounts with paise counts something.
NO_MONEY = -2.0
_JUST_AMOUNT = frozenset({"amount"})
_COUNT = re.compile(r"\d{1,3}")
# `Deposit amount` says more than `Deposit`, though both have the same words that count.
_AMOUNT = re.compile(r"\b(?:amount|amt)\b", re.IGNORECASE)
_MONTHS = re.compile(
    r"\b\d{1,2}[/.-]\d{1,2}\b|\bQ(?:uarter|tr)?\.?[ -]?[1-4]\b"
    r"|\b[1-4](?:st|nd|rd|th)?\s+(?:quarter|qtr)\b"
    r"|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|ust|ember|tember|ober)?\b"
    r"|\b(?:up\s?to|before|after)\b",
    re.IGNORECASE,
)
# `Name: A. Rao` is no heading.
_LABELLED = re.compile(r"[A-Z][^:]*:\s*\S")
_PAISE = re.compile(r"\.\d\d$")


# A heading is nothing but a wording from this likeness on.
JUST = 0.9


class Columns:
    """The columns of amounts of one page."""

    def __init__(self, sheet: Sheet, document_type: DocumentType, year: str | None) -> None:
        self.sheet, self.type = sheet, document_type
        self._year = year
        self._headings: dict[Piece, list[Piece]] = {}
        self._unwanted = [words_of(w.text) for w in document_type.other_columns]

    def chosen(
        self, rule: FieldRule, found: Sequence[tuple[Piece, Value]]
    ) -> tuple[Piece, Value] | None:
        """Of the amounts in a label's row the one whose column is meant.

        None where all stand in columns that are not: a gross amount beside an empty deductible one.
        """
        if rule.kind != "amount":
            return found[0]
        wanted = [words_of(w.text) for w in rule.columns]
        has_paise = any(_PAISE.search(value.text) and "." in piece.text for piece, value in found)
        scored = [
            (NO_MONEY if has_paise and _COUNT.fullmatch(piece.text) else score, order, piece, value)
            for piece, value in found
            for score, order in [self._score(piece, wanted)]
        ]
        if len(found) == 1:
            return None if self._is_just_other(found[0][0]) else found[0]
        total = total_of_row(found)
        if total and not self.heading(total[0]) & TO_DATE and not _adds_nothing(found, total):
            return total
        best = max(score for score, *_ in scored)
        if best < 0:
            return None
        left = [each for each in scored if each[0] >= best - TIED]
        # The wordings of a field's columns are in the order in which they are meant.
        first = min(order for _, order, _, _ in left)
        meant = [(piece, value) for _, order, piece, value in left if order == first]
        return meant[-1 if self.type.amount_column == "last" else 0]

    def _score(self, piece: Piece, wanted: Sequence[frozenset[str]]) -> tuple[float, int]:
        """How much an amount's column is meant, and by which of the wordings."""
        heading, none = self.heading(piece), len(wanted)
        years = self._years(piece)
        meant = self._year or self._last_year(piece)
        if meant and years:
            return (1.0 if meant in years else -1.0), none
        shares = [share_in(words, heading) for words in wanted]
        others = max((share_in(words, heading) for words in self._unwanted), default=0.0)
        if others >= NAMED:  # `Full` below `Amount in Rs.`: all of the columns are amounts
            shares = [
                0.0 if words == _JUST_AMOUNT else share
                for words, share in zip(wanted, shares, strict=True)
            ]
        mine = max(shares, default=0.0)
        # Both may be in a heading, `Monthly rate`: then the one counts that has more of it.
        if mine == others >= NAMED:
            mine = max(likeness_of(words, heading) for words in wanted)
            others = max(likeness_of(words, heading) for words in self._unwanted)
            mine, others = (1.0, 0.0) if mine >= others else (0.0, 1.0)
        if mine >= NAMED and mine >= others:
            likeness = [
                likeness_of(words, heading) if share >= NAMED else 0.0
                for words, share in zip(wanted, shares, strict=True)
            ]
            return 1.0, likeness.index(max(likeness))
        if others >= NAMED:
            return -1.0, none
        # Quarters and a total of them; where parts are added up, a row says so itself.
        return (TOTAL_COLUMN if heading and heading <= TOTALS else 0.0), none

    def _years(self, piece: Piece) -> set[str]:
        return {y for line in self._lines(piece) for _, _, y in find_values("year", line.text)}

    def _last_year(self, piece: Piece) -> str | None:
        """The last of several years that head the columns of a row."""
        row = [piece, *self.sheet.left_of(piece), *self.sheet.right_of(piece)]
        heads = [self._years(p) for p in row if p.is_amount]
        if not heads or any(len(years) != 1 for years in heads):
            return None
        years = set().union(*heads)
        return max(years) if len(years) > 1 else None

    def is_named(self, rule: FieldRule, piece: Piece) -> bool:
        """Does a field's column stand above an amount?"""
        return self._score(piece, [words_of(w.text) for w in rule.columns])[0] == 1.0

    def is_other(self, rule: FieldRule, piece: Piece) -> bool:
        """Does a column that is not meant stand above an amount?"""
        return self._score(piece, [words_of(w.text) for w in rule.columns])[0] < 0

    def is_beside_own(self, rule: FieldRule, heading: Piece) -> bool:
        """Is it a heading of something else: `Deposit amount` beside `Interest`?"""
        if heading.cell is None or not _AMOUNT.search(heading.text):
            return False
        if named(rule.columns, words_of(heading.text)):
            return False
        wanted = [words_of(w.text) for w in rule.columns]
        row = [*self.sheet.left_of(heading), *self.sheet.right_of(heading)]
        return any(likeness_of(w, words_of(p.text)) >= JUST for p in row for w in wanted if w)

    def _is_just_other(self, piece: Piece) -> bool:
        """Does nothing but the name of a column that is not meant stand above an amount?

        An amount by itself, far below a table, is in none of its columns.
        """
        above = self.sheet.above(piece)[:1]
        if not piece.cell and any(piece.top - p.bottom > BELOW_EM * piece.size for p in above):
            return False
        nearest = [words_of(line.text) for line in self._lines(piece)[:1] if piece.cell]
        if any(frozenset() < words <= TO_DATE for words in nearest):
            return True
        heading = self.heading(piece)
        return any(likeness_of(words, heading) >= JUST for words in self._unwanted)

    def likeness(self, piece: Piece, column: frozenset[str]) -> float:
        """How much of a column's wording stands above an amount."""
        heading = self.heading(piece)
        mine = share_in(column, heading)
        others = max((likeness_of(words, heading) for words in self._unwanted), default=0.0)
        return mine if others <= likeness_of(column, heading) else 0.0

    def heading(self, piece: Piece) -> frozenset[str]:
        """The words above the column that an amount stands in."""
        return frozenset(word for line in self._lines(piece) for word in words_of(line.text))

    def is_part_of_year(self, piece: Piece) -> bool:
        """Is its column that of some months or days: `Q1`, `01/04 to 22/07`, `up to 22 July`?"""
        return any(_MONTHS.search(line.text) for line in self._lines(piece)[:1])

    def _lines(self, piece: Piece) -> list[Piece]:
        if piece not in self._headings:
            self._headings[piece] = self._lines_above(piece)
        return self._headings[piece]

    def _lines_above(self, piece: Piece) -> list[Piece]:
        lines: list[Piece] = []
        for above in self.sheet.above(piece):
            if piece.cell and lines and _is_outside(above, piece):
                break
            if piece.cell and lines and self._is_title(above):
                break
            if above.is_amount:
                if lines:
                    break
                continue
            if lines and lines[-1].top - above.bottom > LINES_EM * above.size:
                break
            lines.append(above)
            if len(lines) == MOST_LINES:
                break
        return lines

    def _is_title(self, piece: Piece) -> bool:
        """Is it a line by itself over all columns, or one of values with their labels?"""
        row = [*self.sheet.left_of(piece), *self.sheet.right_of(piece)]
        if not row and len(piece.words) >= LINE_WORDS:
            return True
        return all(_LABELLED.match(p.text) for p in (piece, *row))


def _adds_nothing(found: Sequence[tuple[Piece, Value]], total: tuple[Piece, Value]) -> bool:
    """Is it the only amount of a row once more: gross, exempt 0.00, and taxable?"""
    before = found[: found.index(total)]
    return sum(Decimal(value.text) != 0 for _, value in before) < 2


def _is_outside(above: Piece, piece: Piece) -> bool:
    """Is it of another table, or a sentence before this one?"""
    if above.cell is None:
        return len(above.words) >= LINE_WORDS
    return piece.cell is not None and not above.shares_table(piece)
