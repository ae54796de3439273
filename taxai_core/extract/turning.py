"""Places on a page that is shown turned or aslant, as they are on the page that is read."""

import math

from ..models import Box, Page, Word
from ..pdf.frame import turn_point
from ..pdf.words import Ink

Sides = tuple[float, float, float, float]
# What is left of a box when what the slant has added is taken off: at least this share.
LEAST_LEFT = 0.3


def bounds_of(box: Box, page: Page, more: float) -> Sides:
    """A box of a page as it is read, wider by so many points on each side."""
    sides, size = (box.x0, box.top, box.x1, box.bottom), (page.width_pt, page.height_pt)
    x0, top, x1, bottom = read_sides(sides, size, page.turn, page.slant_deg)
    return x0 - more, top - more, x1 + more, bottom + more


def holds(bounds: Sides, word: Ink) -> bool:
    """Is the middle of a word within these bounds?"""
    x0, top, x1, bottom = bounds
    return x0 <= (word.x0 + word.x1) / 2 <= x1 and top <= word.middle <= bottom


def as_read(word: Word, page: Page) -> Ink:
    """A word of a page, turned and straightened with the page."""
    shown, size = (word.x0, word.top, word.x1, word.bottom), (page.width_pt, page.height_pt)
    sides = read_sides(shown, size, page.turn, page.slant_deg)
    return Ink(word.text, *sides, 0, word.confidence)


def read_sides(sides: Sides, size: tuple[float, float], turn: int, slant_deg: float) -> Sides:
    """Where a rectangle of a page that is shown in this size stands on the page that is read."""
    sides = turned_sides(sides, size, turn)
    return _straight(sides, slant_deg) if slant_deg else sides


def turned_sides(sides: Sides, size: tuple[float, float], turn: int) -> Sides:
    """A rectangle of a page of this size, turned clockwise with the page."""
    if turn % 4 == 0:
        return sides
    (a, b), (c, d) = (turn_point(x, y, *size, turn) for x, y in (sides[:2], sides[2:]))
    return min(a, c), min(b, d), max(a, c), max(b, d)


def slanted_sides(sides: Sides, slant_deg: float) -> Sides:
    """What a rectangle of a straightened page covers on the page that falls to the right."""
    if not slant_deg:
        return sides
    width, height = sides[2] - sides[0], sides[3] - sides[1]
    cos, sin = math.cos(math.radians(slant_deg)), abs(math.sin(math.radians(slant_deg)))
    return _around(sides, slant_deg, width * cos + height * sin, width * sin + height * cos)


def _straight(sides: Sides, slant_deg: float) -> Sides:
    """The rectangle that covers so much where its page falls to the right."""
    wide, high = sides[2] - sides[0], sides[3] - sides[1]
    cos, sin = math.cos(math.radians(slant_deg)), abs(math.sin(math.radians(slant_deg)))
    width = max((wide * cos - high * sin) / (cos**2 - sin**2), LEAST_LEFT * wide)
    height = max((high * cos - wide * sin) / (cos**2 - sin**2), LEAST_LEFT * high)
    return _around(sides, -slant_deg, width, height)


def _around(sides: Sides, angle_deg: float, width: float, height: float) -> Sides:
    """A rectangle of this size around where the middle of another turns to."""
    x, y = (sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2
    cos, sin = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
    x, y = x * cos - y * sin, x * sin + y * cos
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2
