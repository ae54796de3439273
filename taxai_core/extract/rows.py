"""Rows of a table that hold several rows: labels below each other in one cell."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ..values import parse_amount
from .piece import Piece, lines_in, words_in
from .sheet import Sheet
from .spots import WHOLE
from .tokens import tokens_of
from .vocabulary import Vocabulary

# Lines of a list are labels as surely as this, and so many of them are known ones.
LIKE, MOST = 0.75, 0.6
# Lines of two cells that stand side by side are rows from so many on, if so many are known labels.
SIDE_BY_SIDE, SOME = 3, 0.5
# A label below a heading, in so many lines at most.
MOST_HEADED = 3
# Amounts of several columns stand at least so far apart.
GAP_EM = 0.8
# So many words before a colon are a label, known or not.
WORDS = 4


def with_rows_parted(sheet: Sheet, vocabulary: Vocabulary) -> Sheet:
    """The page with each such row as lines outside of the table.

    Rows without rules between them may be found as one; their labels tell.
    """
    crowded = {
        piece.cell[:2]
        for piece in sheet.pieces
        if piece.cell
        and len(piece.lines) > 1
        and not _heads_amounts(sheet, piece)
        and (
            _is_list(piece, vocabulary)
            or _is_paired(sheet, piece, vocabulary)
            or _is_headed(sheet, piece, vocabulary)
        )
    }
    if not crowded and not any(map(_amounts_in, sheet.pieces)):
        return sheet
    pieces = list(_parted(sheet, crowded))
    pieces.sort(key=lambda piece: (piece.top, piece.x0))
    return replace(sheet, pieces=pieces, _rows={}, _columns={})


def _parted(sheet: Sheet, crowded: set[tuple[int, int]]) -> Iterator[Piece]:
    for piece in sheet.pieces:
        if piece.cell and piece.cell[:2] in crowded:
            yield from lines_in(piece)
        else:
            yield from _amounts_in(piece) or [piece]


def _heads_amounts(sheet: Sheet, piece: Piece) -> bool:
    """Does it stand over a column of amounts, as `Previous year`, `FY 2024-25` do?"""
    under = next(iter(sheet.below(piece)), None)
    return under is not None and under.is_amount and under.shares_table(piece)


def _amounts_in(piece: Piece) -> list[Piece]:
    """The amounts of a cell that holds several, and nothing else: columns without a rule."""
    if piece.cell is None or len(piece.words) < 2 or len(piece.text.split()) != len(piece.words):
        return []
    gaps = [b.x0 - a.x1 for a, b in pairwise(piece.words)]
    if min(gaps) < GAP_EM * piece.size or any(parse_amount(w.text) is None for w in piece.words):
        return []
    return words_in(piece)


def _is_list(piece: Piece, vocabulary: Vocabulary) -> bool:
    """Is each of its lines a label, or begins with one, and is all of it none?"""
    if len(piece.lines) < 2:
        return False
    whole = vocabulary.best(tokens_of(piece.text))
    if whole and whole.score >= WHOLE:
        return False
    lines = [line.text for line in lines_in(piece)]
    if any(text.startswith("(") and text.endswith(")") for text in lines[1:]):
        return False  # `Name of deductor / (employer)`
    likeness = [_likeness(text, vocabulary) for text in lines]
    return min(likeness) >= LIKE and sum(one >= WHOLE for one in likeness) >= MOST * len(likeness)


def _is_paired(sheet: Sheet, piece: Piece, vocabulary: Vocabulary) -> bool:
    """Has each of its lines, labels mostly, its own line beside it in the next cell?"""
    if len(piece.lines) < SIDE_BY_SIDE:
        return False
    mine = lines_in(piece)
    known = sum(_likeness(line.text, vocabulary) >= WHOLE for line in mine)
    if known < SOME * len(mine):
        return False
    for beside in sheet.right_of(piece)[:1]:
        theirs = lines_in(beside)
        near = [min(abs(a.middle - b.middle) for b in mine) for a in theirs]
        has_signs = all(line.text.startswith(":") for line in theirs)
        is_paired = len(mine) == len(theirs) or (has_signs and len(theirs) >= SIDE_BY_SIDE)
        return is_paired and max(near) < 0.5 * piece.size
    return False


def _is_headed(sheet: Sheet, piece: Piece, vocabulary: Vocabulary) -> bool:
    """Is its last line a label with the row's amounts beside it, below a heading of the part?"""
    if len(piece.lines) < 2 or len(piece.lines) > MOST_HEADED:
        return False
    last = lines_in(piece)[-1]
    ends = [lines_in(p)[-1] for p in sheet.right_of(piece)]
    amounts = [p for p in ends if p.is_amount]
    if not amounts or any(abs(p.middle - last.middle) > 0.3 * p.size for p in amounts):
        return False
    whole, own = (vocabulary.best(tokens_of(text)) for text in (piece.text, last.text))
    if own is None or own.score < WHOLE:
        return False
    return whole is None or whole.score < WHOLE or whole.label.field == own.label.field


def _likeness(line: str, vocabulary: Vocabulary) -> float:
    """How surely a line is a label, or begins with one."""
    before, colon, after = line.partition(":")
    # `Add: other income`, `Name: A B Rao`
    found = [vocabulary.best(tokens_of(text)) for text in (line, before if colon else "", after)]
    is_before_colon = bool(colon) and len(before.split()) <= WORDS
    return max([LIKE * is_before_colon, *(match.score for match in found if match)])
