"""The words around a place on a page that may say what stands there."""

from collections.abc import Iterator

from ...values import find_values, parse_date, parse_month
from ..piece import Piece
from .printed import Place

# The heading of a column has so many lines at most, each of so many words.
HEADING_LINES, HEADING_WORDS = 3, 8


def before(place: Place) -> list[str]:
    """What stands before a value in its line: in its own piece, else left of it."""
    own = place.piece.text[: place.start]
    if any(map(str.isalpha, own)):
        return [own]
    beside = [piece.text for piece in place.page.sheet.left_of(place.piece) if _is_wording(piece)]
    return beside[:1]


def above(place: Place) -> Iterator[str]:
    """The heading of its column: the lines of words nearest above it."""
    found = 0
    for piece in place.page.sheet.above(place.piece):
        has_figures = any(map(str.isdigit, piece.text))  # `Standard days: 31` heads nothing
        if _is_wording(piece) and not has_figures and len(piece.words) <= HEADING_WORDS:
            found += 1
            yield piece.text
        elif found or not piece.is_amount:
            return
        if found == HEADING_LINES:
            return


def is_one_of_many(place: Place) -> bool:
    """Is it in one of several rows that begin with a day or a month? Those add up to the field."""
    sheet = place.page.sheet
    days = [piece for piece in sheet.left_of(place.piece) if _is_day(piece)]
    near = [other for day in days for other in (*sheet.above(day)[:1], *sheet.below(day)[:1])]
    return any(map(_is_day, near))


def _is_wording(piece: Piece) -> bool:
    """Has it words, and no amount that they belong to?"""
    return any(map(str.isalpha, piece.text)) and not find_values("amount", piece.text)


def _is_day(piece: Piece) -> bool:
    first, *_ = piece.text.split()
    return parse_date(first) is not None or parse_month(piece.text) is not None
