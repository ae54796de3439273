"""Persons' names that go on in a piece of their own: on the next line, or behind an initial."""

import re
from collections.abc import Container

from .piece import Piece, joined
from .sheet import Sheet

# The rest of a name stands this close below it, or behind it, in heights of its print.
BELOW_EM, BEHIND_EM = 0.3, 1.5
# Two such pieces begin at one place, give or take so many points.
SAME_START_PT = 1.5
# One word, as a surname is printed.
_WORD = re.compile(r"[A-Z][A-Za-z'’]{2,}")
_NAME = re.compile(r"(?:[A-Z][A-Za-z'’]*\.?\s+){1,3}[A-Z][A-Za-z'’]*\.?")
_INITIAL = re.compile(r"\b[A-Z]\.?$")


def whole_name(sheet: Sheet, piece: Piece, labelled: Container[Piece]) -> Piece:
    """The piece with the word of the name that stands apart from it; itself where there is none."""
    if not _NAME.fullmatch(piece.text):
        return piece
    for rest in sheet.right_of(piece)[:1]:
        is_near = 0 <= rest.x0 - piece.x1 < BEHIND_EM * piece.size
        if _INITIAL.search(piece.text) and is_near and _is_rest(piece, rest, labelled):
            return joined(piece, rest)
    for rest in sheet.below(piece)[:1]:
        is_near = abs(rest.top - piece.bottom) < BELOW_EM * piece.size
        starts = abs(rest.x0 - piece.x0) < SAME_START_PT
        is_alone = not sheet.right_of(rest) and not sheet.left_of(rest)
        if is_near and starts and is_alone and _is_rest(piece, rest, labelled):
            return joined(piece, rest)
    return piece


def _is_rest(piece: Piece, rest: Piece, labelled: Container[Piece]) -> bool:
    """Is it one word in the same print, in capitals as the name is, and no label?"""
    is_same = abs(rest.size - piece.size) < 0.1 * piece.size
    is_word = _WORD.fullmatch(rest.text) and rest.text.isupper() == piece.text.isupper()
    return bool(is_word) and is_same and rest not in labelled
