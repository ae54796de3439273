"""Rows of a table that hold several rows: labels below each other in one cell."""

from collections.abc import Iterator
from dataclasses import replace

from .sheet import Piece, Sheet, lines_in
from .spots import WHOLE
from .tokens import tokens_of
from .vocabulary import Vocabulary


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
    return all(_is_label(line.text, vocabulary) for line in lines_in(piece))


def _is_label(line: str, vocabulary: Vocabulary) -> bool:
    before, colon, _ = line.partition(":")
    found = [vocabulary.best(tokens_of(text)) for text in (line, before if colon else line)]
    return any(match and match.score >= WHOLE for match in found)
