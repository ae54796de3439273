"""Rows of a page's words."""

from collections.abc import Iterable
from statistics import median

from ..models import Word

# A word stands in a row where this part of it overlaps the row's usual height; what is set higher
# or lower (a footnote's mark, a title's second line) keeps its place.
OVERLAP = 0.6


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words row by row from the top, each row from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.top + word.bottom):
        middle = (word.top + word.bottom) / 2
        last = rows[-1][-1] if rows else None
        if last and last.top < middle < last.bottom:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.x0) for row in rows]


def level_rows(words: Iterable[Word]) -> list[Word]:
    """Give the words of a row one height, as type set in one line has.

    What was seen ends where the ink does: a name's g reaches lower than the amount beside it,
    and a row that falls by a point looks like two to a parser of tables.
    """
    levelled = []
    for row in rows_of(words):
        top, bottom = median(word.top for word in row), median(word.bottom for word in row)
        for word in row:
            shared = min(bottom, word.bottom) - max(top, word.top)
            is_in_row = shared >= OVERLAP * max(bottom - top, word.bottom - word.top)
            levelled.append(word._replace(top=top, bottom=bottom) if is_in_row else word)
    return levelled
