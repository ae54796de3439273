"""Rows of a scanned page's words, and the order in which they are read."""

from collections.abc import Iterable
from statistics import median

from ..models import Word
from .words import Ink
from .zones import zones_of

# A word stands in a row where this part of it overlaps the row's usual height; what is set higher
# or lower (a footnote's mark, a title's second line) keeps its place.
OVERLAP = 0.6


def in_reading_order(words: Iterable[Word]) -> list[Word]:
    """Words of an upright page, column of text by column of text."""
    ordered = []
    for zone in zones_of([Ink(*word[:5], confidence=word.confidence) for word in words]):
        inks = (ink for line in zone for ink in line.words)
        column = [Word(w.text, w.x0, w.top, w.x1, w.bottom, w.confidence) for w in inks]
        # By rows, not by the zone's lines: a piece of a watermark that is read as a word is as
        # high as several lines and makes one of them.
        ordered += [word for row in rows_of(column) for word in row]
    return ordered


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
