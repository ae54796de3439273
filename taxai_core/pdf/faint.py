"""Parts of drawn lines that are too pale to be told point by point, but not on the whole."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import numpy as np

from .ocr import Picture

# Pieces lie in one line if they are off by so little; a part as long can be measured.
SAME_PX, LEAST_PX = 2.0, 12
# A line is measured part by part: the room between two tables is no part of one.
PART_PX = 40
# A line that is told ends this close to what it meets.
MEET_PX = 8.0
# How far beside the line the paper begins and ends, and by how much at least the line is darker
# than it on both sides: the edge of a shaded field is darker on one. The pale grid of a scan was
# darker by 18 to 51; where nothing is drawn, 9 of 10 places were by under 4 and all by under 10.
# What is much darker would have been told point by point: it is print.
BESIDE_PX, DARKER, DARKEST = (3, 6), 10.0, 60.0
# So many of a hundred points are compared: a row of print has paper between its letters.
MOST_POINTS = 80


class Ruling(NamedTuple):
    """A straight line in pixels: along `at` from `start` to `end`, across the other axis."""

    at: float
    start: float
    end: float


def with_faint_parts(
    lines: Sequence[Ruling], others: Sequence[Ruling], picture: Picture
) -> list[Ruling]:
    """Level lines, longer by what is paler between two of their pieces or up to where they meet.

    Args:
        lines: level, as found.
        others: the upright lines, at which a level one may end.
        picture: grey, level.
    """
    return [_up_to_others(line, others, picture) for line in _bridged(lines, picture)]


def _bridged(lines: Sequence[Ruling], picture: Picture) -> list[Ruling]:
    whole: list[Ruling] = []
    for line in sorted(lines, key=lambda line: line.start):
        for index, before in enumerate(whole):
            is_one = abs(before.at - line.at) <= SAME_PX and before.end < line.start
            if is_one and _is_drawn(picture, before.at, before.end, line.start):
                whole[index] = before._replace(end=line.end)
                break
        else:
            whole.append(line)
    return whole


def _up_to_others(line: Ruling, others: Sequence[Ruling], picture: Picture) -> Ruling:
    met = [o.at for o in others if o.start - MEET_PX <= line.at <= o.end + MEET_PX]
    start, end = line.start, line.end
    for at in sorted((at for at in met if at < start - MEET_PX), reverse=True):
        if not _is_drawn(picture, line.at, at, start):
            break
        start = at
    for at in sorted(at for at in met if at > end + MEET_PX):
        if not _is_drawn(picture, line.at, end, at):
            break
        end = at
    return line._replace(start=start, end=end)


def _is_drawn(picture: Picture, at: float, start: float, end: float) -> bool:
    """Is a line darker there, all along, than the paper on both of its sides?"""
    x0, x1 = max(0, round(start) + 2), round(end) - 2
    if x1 - x0 < LEAST_PX:
        return False
    parts = np.linspace(x0, x1, max(1, (x1 - x0) // PART_PX) + 1).round().astype(int).tolist()
    return all(_is_darker(picture, at, *part) for part in pairwise(parts))


def _is_darker(picture: Picture, at: float, x0: int, x1: int) -> bool:
    rows = dict(_shades(picture, round(at), x0, x1))
    line = [value for off, value in rows.items() if abs(off) < BESIDE_PX[0]]
    above = [value for off, value in rows.items() if off <= -BESIDE_PX[0]]
    below = [value for off, value in rows.items() if off >= BESIDE_PX[0]]
    sides = [median(side) for side in (above, below) if side]
    return bool(line and sides) and DARKER <= min(sides) - min(line) <= DARKEST


def _shades(picture: Picture, at: int, x0: int, x1: int) -> Iterator[tuple[int, float]]:
    """How dark the rows around a line are in most places."""
    for off in range(-BESIDE_PX[1], BESIDE_PX[1] + 1):
        if 0 <= at + off < len(picture):
            yield off, float(np.percentile(picture[at + off, x0:x1], MOST_POINTS))
