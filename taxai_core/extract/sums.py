"""Amounts that no label names, but a sum of their column does: gross, deductions, net."""

from collections.abc import Container, Iterator, Sequence
from decimal import Decimal

from ..doctypes import CheckRule, DocumentType
from ..values import parse_amount
from .candidate import Candidate, candidate
from .piece import Piece
from .sheet import Sheet
from .ways import is_counter

# As surely as a label, and how surely the other members of the sum must be read.
BY_SUM, SURE = 0.8, 0.85
# Amounts of one column end at one place, give or take so many points.
SAME_END_PT = 3.0


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
    if sheet.turn:
        return  # boxes are those of the page as it is shown
    best = {one.field: one for one in sorted(found, key=lambda c: c.score) if one.score >= SURE}
    has = {one.field for one in found}
    for check in document_type.checks:
        missing = [name for name in check.members if name not in has]
        others = [best[name] for name in check.members if name in best]
        if not check.equals or len(missing) != 1 or len(others) != len(check.members) - 1:
            continue
        value = _missing(check, missing[0], {one.field: Decimal(one.value) for one in others})
        ends = [one.box.x1 for one in others]
        barred = labelled if missing[0] == check.equals else sheet.pieces
        for piece in _unnamed(sheet, barred):
            is_column = all(abs(piece.x1 - end) < SAME_END_PT for end in ends)
            if is_column and value > 0 and parse_amount(piece.text) == value:
                yield candidate(
                    sheet, missing[0], f"{value:.2f}", piece, piece.words, BY_SUM, "sum"
                )


def _missing(check: CheckRule, name: str, known: dict[str, Decimal]) -> Decimal:
    plus = sum((known.get(each, Decimal()) for each in check.plus), Decimal())
    minus = sum((known.get(each, Decimal()) for each in check.minus), Decimal())
    if name == check.equals:
        return plus - minus
    rest = known.get(check.equals or "", Decimal()) - plus + minus
    return rest if name in check.plus else -rest


def _unnamed(sheet: Sheet, labels: Container[Piece]) -> Iterator[Piece]:
    """The amounts in whose row there are none of these words."""
    for piece in sheet.pieces:
        if piece.is_amount and not is_counter(piece.text):
            row = [*sheet.left_of(piece), *sheet.right_of(piece)]
            if all(p.is_amount or p not in labels for p in row):
                yield piece
