"""Lines of a page that may be titles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..values import parse_amount
from .label import Ordered
from .sheet import Piece, Sheet
from .tokens import tokens_of

# The head of a page: this share of its height.
HEAD = 0.35
# The steps by which a saved web page was reached end with what it is.
_STEP = re.compile(r"\s+[›»→>]\s+")
# What speaks of papers, and names none: `How to read your Form 16`, `Form 16 shall be issued`.
_NO_TITLE = frozenset(
    ["not", "how", "what", "why", "know", "understanding", "guide", "shall", "will", "should"]
)


@dataclass(frozen=True)
class Line:
    """The words of a line that may be a title."""

    words: Ordered
    all: frozenset[str]
    others: int  # how many of them are no remark in brackets
    is_high: bool
    is_row: bool  # of a table, with an amount


def title_line(sheet: Sheet, piece: Piece, text: str) -> list[Line]:
    """A line that may be a title: no sentence, and not the end of one."""
    tokens = tokens_of(text)
    words = tuple(token.text for token in tokens)
    if (
        not tokens
        or text[:1].islower()
        or text.endswith("?")
        or any(token.text in _NO_TITLE and not token.bracketed for token in tokens)
    ):
        return []
    plain = sum(not token.bracketed for token in tokens)
    is_high = piece.top < HEAD * sheet.height
    return [Line(words, frozenset(words), plain, is_high, _is_row(sheet, piece))]


def last_step(text: str) -> list[str]:
    """What a line of a web page's path leads to: `Home › e-File › View Form 26AS`."""
    steps = _STEP.split(text)
    return steps[-1:] if len(steps) > 1 else []


def _is_row(sheet: Sheet, piece: Piece) -> bool:
    """Is it a cell of a row below others: one with an amount, or one that is not the first?"""
    if piece.cell is None:
        return False
    before = sheet.left_of(piece)
    if before and (piece.cell[1] > 1 or len(before) + len(sheet.right_of(piece)) > 1):
        return True
    return any(parse_amount(p.text) is not None for p in sheet.right_of(piece))


def in_order(words: Sequence[str], line: Sequence[str]) -> bool:
    """Has a line all words of a title, in its order?"""
    if len(words) == len(line):
        return set(words) == set(line)  # `receipt for rent` is a rent receipt
    rest = iter(line)
    return all(word in rest for word in words)
