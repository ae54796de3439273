"""Amounts that are a part of what is meant, or more: rows of one label, of one kind, sums."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from ..doctypes import FieldRule
from .candidate import Candidate
from .piece import Piece
from .sheet import Sheet
from .spots import Spot
from .totals import is_total
from .vocabulary import words_of

# How surely such an amount is the field's: too little to be given, unless a sum needs it.
OF_PART = 0.5
# Amounts of one column end at one place, give or take so many points.
SAME_END_PT = 4.0
# A value is the sum of others if it is a field's as surely as this.
SURE = 0.6
# So many amounts beside each other are tried as the parts of a sum.
MOST_PARTS = 6
# The number of an account has so many figures.
ACCOUNT = 8
_STEP = re.compile(r"\W*(?:add|plus|less)\b", re.IGNORECASE)
_Found = Sequence[tuple[Spot, Candidate]]


def without_parts(
    sheet: Sheet, rules: Mapping[str, FieldRule], found: Iterable[tuple[Spot, Candidate]]
) -> list[Candidate]:
    """The candidates, those less sure that are a part of what their field is, or more than it."""
    each = list(found)
    parts = {*_in_rows(sheet, each), *_of_one_kind(sheet, rules, each), *_added(sheet, rules, each)}
    parts |= {*_before_steps(sheet, rules, each), *_with_others(sheet, rules, each)}
    return [one.scored(OF_PART) if one in parts else one for _, one in each]


def _in_rows(sheet: Sheet, each: _Found) -> Iterator[Candidate]:
    """Those whose label stands in other rows with other amounts."""
    rows: dict[tuple[object, ...], list[Candidate]] = defaultdict(list)
    for spot, one in each:
        if spot.piece.cell and one.by in ("right", "crossed", "below"):
            column = round(sheet.as_read(one.box)[2] / SAME_END_PT)
            rows[one.field, words_of(spot.piece.text), one.by == "below", column].append(one)
    for row in rows.values():
        if len({c.value for c in row}) > 1:
            yield from row


def _of_one_kind(sheet: Sheet, rules: Mapping[str, FieldRule], each: _Found) -> Iterator[Candidate]:
    """Those of one kind beside another kind: fixed deposits where recurring ones earn as well."""
    for name in {one.field for _, one in each if rules[one.field].kinds}:
        kinds = [words_of(wording.text) for wording in rules[name].kinds]
        said = {p: {k for k in kinds if k <= words_of(p.text)} for p in sheet.pieces}
        earning = [(p, named) for p, named in said.items() if named and _has_amount(sheet, p)]
        for spot, one in each:
            mine = said.get(spot.piece)
            if one.field != name or not mine or is_total(spot.piece) or _is_list(sheet, spot):
                continue
            if any(named - mine and not is_total(p) for p, named in earning):
                yield one


def _has_amount(sheet: Sheet, piece: Piece) -> bool:
    """Stands an amount in its row, or right below it?"""
    beside = [p for p in sheet.right_of(piece) if p.is_amount] or sheet.below(piece)[:1]
    return any(p.amount and sum(map(str.isdigit, p.text)) < ACCOUNT for p in beside)


def _is_list(sheet: Sheet, spot: Spot) -> bool:
    """Does it head a column of several amounts?"""
    return all(p.is_amount for p in [*sheet.below(spot.piece)[:2], spot.piece][:2])


def _added(sheet: Sheet, rules: Mapping[str, FieldRule], each: _Found) -> Iterator[Candidate]:
    """Those that make, with amounts beside or below them, another value of the same field.

    `Principal`, below it `Prepayment`, and elsewhere `Principal including prepayment`.
    """
    amounts = [one for _, one in each if rules[one.field].kind == "amount"]
    if not any(rules[one.field].inclusive for one in amounts):
        return
    values: dict[str, set[Decimal]] = defaultdict(set)
    owners: dict[tuple[float, float], set[str]] = defaultdict(set)
    for one in amounts:
        if one.score >= SURE:
            values[one.field].add(Decimal(one.value))
            owners[one.place[1:]].add(one.field)
    at = {sheet.place_of(piece): piece for piece in sheet.pieces if piece.cell and piece.is_amount}
    for one in [one for one in amounts if rules[one.field].inclusive]:
        if piece := at.get(one.place[1:]):
            sums = values[one.field] - {Decimal(one.value)}
            for line in (_row(at.values(), piece), _column(at.values(), piece)):
                free = [
                    p for p in line if p is piece or not owners[sheet.place_of(p)] - {one.field}
                ]
                if any(_sum(run) in sums for run in _runs(free, piece)):
                    yield one


def _before_steps(
    sheet: Sheet, rules: Mapping[str, FieldRule], each: _Found
) -> Iterator[Candidate]:
    """Those to which more is added below, before another value of the field: `Gross premium`."""
    sure = [c for _, c in each if rules[c.field].inclusive and c.score >= SURE]
    at = {one: sheet.as_read(one.box) for one in sure}
    for one in sure:
        _, _, end, bottom = at[one]
        later = [at[c][1] for c in sure if c.field == one.field and at[c][1] > bottom]
        between = (p for p in sheet.pieces if later and bottom < p.top < min(later))
        if any(p.is_amount and _ends_at(p, end) and _is_step(sheet, p) for p in between):
            yield one


def _with_others(sheet: Sheet, rules: Mapping[str, FieldRule], each: _Found) -> Iterator[Candidate]:
    """Those that add up what their field never holds: `Rent`, `Maintenance`, `Amount received`."""
    mine = [one for _, one in each if rules[one.field].apart]
    at = {sheet.place_of(p): p for p in sheet.pieces if p.is_amount} if mine else {}
    for one in mine:
        apart = [words_of(wording.text) for wording in rules[one.field].apart]
        total = at.get(one.place[1:])
        added = _made_of(sheet, total) if total else []
        rows = [words_of(left.text) for p in added for left in sheet.left_of(p)]
        if any(words <= row for words in apart for row in rows):
            yield one


def _made_of(sheet: Sheet, total: Piece) -> list[Piece]:
    """The amounts right above a total that add up to it, those of nothing left out."""
    added: list[Piece] = []
    rest = total.amount
    for piece in sheet.above(total):
        if not piece.is_amount or rest <= 0:
            break
        rest -= piece.amount
        added += [piece] if piece.amount else []
    return added if rest == 0 and len(added) > 1 else []


def _ends_at(piece: Piece, end: float) -> bool:
    return abs(piece.x1 - end) < SAME_END_PT


def _is_step(sheet: Sheet, piece: Piece) -> bool:
    """Is it added or taken off: `Less: discount`, `Add: GST`?"""
    return any(_STEP.match(left.text) for left in sheet.left_of(piece))


def _row(amounts: Iterable[Piece], piece: Piece) -> list[Piece]:
    return sorted((p for p in amounts if p.shares_row(piece)), key=lambda p: p.x0)


def _column(amounts: Iterable[Piece], piece: Piece) -> list[Piece]:
    return sorted((p for p in amounts if p.shares_column(piece)), key=lambda p: p.top)


def _runs(line: Sequence[Piece], piece: Piece) -> Iterator[Sequence[Piece]]:
    """All runs of two and more amounts of a line that hold one."""
    at = line.index(piece)
    for first in range(max(0, at - MOST_PARTS), at + 1):
        for end in range(max(at + 1, first + 2), min(len(line), first + MOST_PARTS) + 1):
            yield line[first:end]


def _sum(run: Sequence[Piece]) -> Decimal | None:
    """What they make; None where one of them is nothing, for then no part is added."""
    amounts = [piece.amount for piece in run]
    return sum(amounts, Decimal(0)) if all(amounts) else None
