"""Amounts that no label names, but a sum of their column does: gross, deductions, net."""

from collections.abc import Container, Iterator, Sequence
from decimal import Decimal
from itertools import permutations

from ..doctypes import CheckRule, DocumentType
from .candidate import Candidate, candidate
from .piece import Piece
from .sheet import Sheet
from .ways import is_counter

# As surely as a label, and how surely the other members of the sum must be read.
BY_SUM, SURE = 0.8, 0.85
# Amounts of one column end at one place, give or take so many points.
SAME_END_PT = 3.0
# So many amounts are tried for so many members of a sum.
MOST_AMOUNTS, MOST_MISSING = 8, 2


def in_sums(
    sheet: Sheet,
    document_type: DocumentType,
    found: Sequence[Candidate],
    labelled: Container[Piece],
) -> Iterator[Candidate]:
    """The one amount that a sum of its column lacks and no label names.

    Before what is left over there may be words, as `Direct deposit XX4408` for the net pay.

    Args:
        labelled: the pieces that are labels.
    """
    best = {one.field: one for one in sorted(found, key=lambda c: c.score) if one.score >= SURE}
    has = {one.field for one in found}
    for check in document_type.checks:
        missing = [name for name in check.members if name not in has]
        known = [best[name] for name in check.members if name in best]
        if not check.equals or not known or len(missing) + len(known) != len(check.members):
            continue
        if not missing or len(missing) > MOST_MISSING:
            continue
        # A row with words may hold what is left over, but none of two that are unknown.
        barred = labelled if missing == [check.equals] else set(sheet.pieces)
        column = _column(sheet, known, barred)
        if len(column) > MOST_AMOUNTS:
            continue
        amounts = {one.field: Decimal(one.value) for one in known}
        sets = [
            dict(zip(missing, pieces, strict=True)) for pieces in permutations(column, len(missing))
        ]
        fitting = [each for each in sets if _adds_up(check, amounts, each)]
        if len({tuple(p.text for p in each.values()) for each in fitting}) == 1:
            for name, piece in fitting[0].items():
                value = f"{piece.amount:.2f}"
                yield candidate(sheet, name, value, piece, piece.words, BY_SUM, "sum")


def _column(sheet: Sheet, known: Sequence[Candidate], barred: Container[Piece]) -> list[Piece]:
    """The amounts without a name that end where the known ones do."""
    ends = [sheet.as_read(one.box)[2] for one in known]
    places = {one.place[1:] for one in known}
    return [
        piece
        for piece in _unnamed(sheet, barred)
        if all(abs(piece.x1 - end) < SAME_END_PT for end in ends)
        and sheet.place_of(piece) not in places
        and piece.amount > 0
    ]


def _adds_up(check: CheckRule, known: dict[str, Decimal], tried: dict[str, Piece]) -> bool:
    amounts = {**known, **{name: piece.amount for name, piece in tried.items()}}
    plus, minus = (sum(amounts[n] for n in names) for names in (check.plus, check.minus))
    return plus - minus == amounts[check.equals or ""]


def _unnamed(sheet: Sheet, labels: Container[Piece]) -> Iterator[Piece]:
    """The amounts in whose row there are none of these words."""
    for piece in sheet.pieces:
        if piece.is_amount and not is_counter(piece.text):
            row = [*sheet.left_of(piece), *sheet.right_of(piece)]
            if all(p.is_amount or p not in labels for p in row):
                yield piece
