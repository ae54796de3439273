"""Rows of a table that hold several rows: labels below each other in one cell."""

from collections.abc import Iterator
from dataclasses import replace

from .sheet import Piece, Sheet, lines_in
from .spots import WHOLE
from .tokens import tokens_of
from .vocabulary import Vocabulary

# Lines of a list are labels as surely as this, and so many of them are known ones.
LIKE, MOST = 0.75, 0.6
# So many words before a colon are a label, known or not.
WORDS = 4


def with_rows_parted(sheet: Sheet, vocabulary: Vocabulary) -> Sheet:
    """The page with each such row as lines outside of the table.

    Rows without rules between them may be found as one; their labels tell.
    """
    crowded = {
        piece.cell[:2] for piece in sheet.pieces if piece.cell and _is_list(piece, vocabulary)
    }
    if not crowded:
        return sheet
    pieces = list(_parted(sheet, crowded))
    pieces.sort(key=lambda piece: (piece.top, piece.x0))
    return replace(sheet, pieces=pieces, _rows={}, _columns={})


def _parted(sheet: Sheet, crowded: set[tuple[int, int]]) -> Iterator[Piece]:
    for piece in sheet.pieces:
        if piece.cell and piece.cell[:2] in crowded:
            yield from lines_in(piece)
        else:
            yield piece


def _is_list(piece: Piece, vocabulary: Vocabulary) -> bool:
    """Is each of its lines a label, or begins with one, and is all of it none?"""
    if len(piece.lines) < 2:
        return False
    whole = vocabulary.best(tokens_of(piece.text))
    if whole and whole.score >= WHOLE:
        return False
    likeness = [_likeness(line.text, vocabulary) for line in lines_in(piece)]
    return min(likeness) >= LIKE and sum(one >= WHOLE for one in likeness) >= MOST * len(likeness)


def _likeness(line: str, vocabulary: Vocabulary) -> float:
    """How surely a line is a label, or begins with one."""
    before, colon, _ = line.partition(":")
    found = [vocabulary.best(tokens_of(text)) for text in (line, before if colon else line)]
    is_before_colon = bool(colon) and len(before.split()) <= WORDS
    return max([LIKE * is_before_colon, *(match.score for match in found if match)])
