"""Which amount of a column, or of a row, is the total of the others."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from ..doctypes import DocumentType, FieldRule
from ..values import as_amount, parse_amount
from .found import Value
from .likeness import likeness_of, named
from .piece import Piece
from .sheet import BELOW_EM, Sheet
from .spots import Spot
from .vocabulary import words_of
from .ways import is_counter

TOTALS = frozenset({"total", "grand", "aggregate", "sum", "consolidated", "overall", "subtotal"})
# A total of everything, and one of a part of it.
OF_ALL = frozenset({"grand", "all", "aggregate", "consolidated", "overall", "year"})
OF_PART = frozenset({"sub", "subtotal"})
# A row is one that holds what is meant from this likeness to its wording on.
SAME_ROW_NAME = 0.8
# The label of another field is one from this likeness on.
SURE_LABEL = 0.85

# A rule that is typed, between the rows and their total.
_RULE = re.compile(r"[-=_*.\s]{3,}")

Find = Callable[[FieldRule, Piece], Value | None]


class ColumnTotals:
    """The totals of the columns of one page."""

    def __init__(self, sheet: Sheet, document_type: DocumentType) -> None:
        self._sheet, self._type = sheet, document_type
        self._ranks: dict[Piece, int] = {}
        self._total_rows = [words_of(w.text) for w in document_type.total_rows]

    def below(
        self,
        rule: FieldRule,
        heading: Piece,
        find: Find,
        labels: Mapping[Piece, Sequence[Spot]],
    ) -> tuple[Piece, Value] | None:
        """The total of the column that a heading stands over, or its only amount.

        Another label below, as cards in rows have them, ends the column.
        """
        found: list[tuple[Piece, Value]] = []
        for piece in self._sheet.below(heading):
            if _RULE.fullmatch(piece.text):
                continue
            if heading.cell and self._ends(heading, piece, is_begun=bool(found)):
                break
            if is_counter(piece.text) and self._is_counted(piece):
                continue
            if not heading.cell and _is_far(found[-1][0] if found else heading, piece):
                break  # another table further down
            value = find(rule, piece)
            if value is not None:
                found.append((piece, value))
            elif found and (not piece.cell or piece in labels or self._is_heading(piece)):
                break
            elif not found and any(p.is_amount for p in self._sheet.right_of(piece)):
                break  # a column of labels
        if not found:
            return None
        if len(found) > 1 and self._is_anothers(rule, found[-1][0], labels):
            found.pop()  # the total of something else ends the column
        ranks = [self._rank(piece) for piece, _ in found]
        totals = [each for each, rank in zip(found, ranks, strict=True) if rank == max(ranks)]
        if max(ranks) > 0 and len({value.text for _, value in totals}) == 1:
            return totals[-1]
        if is_sum(found):
            return found[-1]
        return self._only(rule, found) if max(ranks) == 0 else None

    def _is_anothers(
        self, rule: FieldRule, piece: Piece, labels: Mapping[Piece, Sequence[Spot]]
    ) -> bool:
        """Is it the only amount of a row, and another field's: `Aggregate deductible amount`?"""
        row = self._sheet.left_of(piece)
        if any(p.is_amount for p in (*row, *self._sheet.right_of(piece))):
            return False
        spots = [s for p in row for s in labels.get(p, ()) if s.match.score >= SURE_LABEL]
        fields = {s.field for s in spots if s.field and s.match.label.is_plain}
        return bool(fields) and rule.name not in fields

    def _is_heading(self, piece: Piece) -> bool:
        """Does it stand in a row of words, as the labels of the next row of cards do?"""
        row = [*self._sheet.left_of(piece), *self._sheet.right_of(piece)]
        return any(map(str.isalpha, piece.text)) and not any(p.is_amount for p in row)

    def _is_counted(self, piece: Piece) -> bool:
        """Is it the number of a column, among others in its row?"""
        row = [*self._sheet.left_of(piece), *self._sheet.right_of(piece)]
        return bool(row) and all(is_counter(p.text) for p in row)

    def _ends(self, heading: Piece, piece: Piece, *, is_begun: bool) -> bool:
        """Does the column of a table end before this? A total may stand outside of it."""
        if piece.shares_table(heading):
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
            (p, v) for p, v in found if not named(self._type.other_columns, self._row(p))
        ]
        return left[0] if len(left) == 1 else None

    def _row(self, piece: Piece) -> frozenset[str]:
        texts = [p for p in self._sheet.left_of(piece) if not p.is_amount]
        return frozenset(word for p in texts for word in words_of(p.text))

    def _rank(self, piece: Piece) -> int:
        """Which row an amount stands in: 3 of a grand total, 2 of a total, 1 of a part's total."""
        if piece not in self._ranks:
            texts = [p for p in self._sheet.left_of(piece) if not p.is_amount]
            self._ranks[piece] = max((self._row_rank(words_of(p.text)) for p in texts), default=0)
        return self._ranks[piece]

    def _row_rank(self, words: frozenset[str]) -> int:
        if any(likeness_of(row, words) >= SAME_ROW_NAME for row in self._total_rows):
            return 3
        if not words & TOTALS:
            return 0
        return 3 if words & OF_ALL else 1 if words & OF_PART else 2


def _is_far(heading: Piece, piece: Piece) -> bool:
    return piece.top - heading.bottom > BELOW_EM * max(piece.size, heading.size)


def is_total(piece: Piece) -> bool:
    """Is it the label of a total?"""
    return not words_of(piece.text).isdisjoint(TOTALS)


def column_parts(sheet: Sheet, total: Piece) -> list[str]:
    """The amounts above a total in its column of a table, from top to bottom.

    None where the row is no total's, or another total stands above.
    """
    if total.cell is None or not _has_total(sheet, total):
        return []
    parts = []
    for piece in sheet.above(total):
        if not piece.shares_table(total) or not piece.is_amount or _has_total(sheet, piece):
            break
        amount = parse_amount(piece.text)
        parts.append(as_amount(amount) if amount is not None else "0.00")
    return parts[::-1] if len(parts) > 1 else []


def _has_total(sheet: Sheet, piece: Piece) -> bool:
    row = (p for p in sheet.left_of(piece) if not p.is_amount)
    return any(words_of(p.text) & TOTALS for p in row)


def is_sum(found: Sequence[tuple[Piece, Value]]) -> bool:
    """Is the last amount the sum of all before it?"""
    *parts, total = (Decimal(value.text) for _, value in found)
    return len(parts) > 1 and any(parts) and sum(parts) == total


def total_of_group(
    found: Sequence[tuple[Piece, Value]], piece: Piece, is_part: Callable[[Piece], bool]
) -> tuple[Piece, Value] | None:
    """The amount further right in a row that one and its neighbours make up, each of which stands
    in the column of a part of the year: `01/04 to 22/07`, `23/07 to 31/03`, `Total`."""
    at = next((index for index, (one, _) in enumerate(found) if one is piece), len(found))
    for end in range(at + 2, len(found) + 1):
        for first in range(at, -1, -1):
            run = found[first:end]
            if len(run) > 2 and is_sum(run) and all(is_part(p) for p, _ in run[:-1]):
                return run[-1]
    return None


def total_of_row(found: Sequence[tuple[Piece, Value]]) -> tuple[Piece, Value] | None:
    """The amount of a row that is the sum of those before it: of its quarters, or of what was
    earned and what was in arrears, beside a rate."""
    for end in range(len(found), 2, -1):  # tax may stand behind the total
        for first in range(end - 2):
            if is_sum(found[first:end]):
                return found[end - 1]
    return None
