"""Places on a page that is shown turned, as they are on the page that is read."""

from ..models import Box, Page, Word
from ..pdf.frame import turn_point
from ..pdf.words import Ink

Sides = tuple[float, float, float, float]


def bounds_of(box: Box, page: Page, more: float) -> Sides:
    """A box of a page as it is read, wider by so many points on each side."""
    shown = (page.width_pt, page.height_pt)
    x0, top, x1, bottom = turned_sides((box.x0, box.top, box.x1, box.bottom), shown, page.turn)
    return x0 - more, top - more, x1 + more, bottom + more


def holds(bounds: Sides, word: Ink) -> bool:
    """Is the middle of a word within these bounds?"""
    x0, top, x1, bottom = bounds
    return x0 <= (word.x0 + word.x1) / 2 <= x1 and top <= word.middle <= bottom


def turned(word: Word, turn: int, size: tuple[float, float]) -> Ink:
    """A word of a page of this size, turned clockwise with the page."""
    sides = turned_sides((word.x0, word.top, word.x1, word.bottom), size, turn)
    return Ink(word.text, *sides, 0, word.confidence)


def turned_sides(sides: Sides, size: tuple[float, float], turn: int) -> Sides:
    """A rectangle of a page of this size, turned clockwise with the page."""
    if turn % 4 == 0:
        return sides
    (a, b), (c, d) = (turn_point(x, y, *size, turn) for x, y in (sides[:2], sides[2:]))
    return min(a, c), min(b, d), max(a, c), max(b, d)
