"""The lines drawn in a picture: the grid of a scanned table."""

from collections.abc import Iterable
from typing import NamedTuple

import cv2
import numpy as np

from .faint import Ruling, with_faint_parts
from .ocr import Picture
from .strip import Boxes

# All for 150 dpi. Shorter strokes are parts of letters; a row of a table is at least 25 px high.
LEAST_LENGTH_PX = 22
# A worn line has gaps of some pixels; dots and dashes of text are farther apart.
GAP_PX = 5
# A printed line is 1 to 4 px thick, a bar or a photo's edge more; per pixel it may tilt by this.
THICKEST_PX, TILT = 6, 0.02
# The window around a pixel, and by how much ink is darker than it on average.
AROUND_PX, DARKER = 41, 20
# By how much most pixels differ from those around: 1 or 2 in corpus/documents, which smoothing
# would cost faint lines, 5 in paper with a noise of 10 %, whose grains would join to lines.
GRAINY = 3.0
# The bars of letters lie inside a line of text, those of a table between lines. Of a line's box,
# which the detector grows, this part of its height is no text at each side.
MARGIN, MOST_IN_TEXT = 0.2, 0.5
# Pieces of one line; lines that are meant to meet; a line that is one without meeting another.
SAME_PX, JOIN_PX, MEET_PX, ALONE_PX = 4.0, 12.0, 8.0, 100.0
# The densest form of corpus/documents has 180 strokes; a photo or a pattern over a thousand.
MOST_STROKES = 800


class Rulings(NamedTuple):
    """Level lines (`at` is their y) and upright ones (`at` is their x)."""

    level: list[Ruling]
    upright: list[Ruling]


def find_rulings(picture: Picture, text: Boxes) -> tuple[Rulings, Picture]:
    """Find the lines of a level picture; return them and the picture without them.

    A figure that touches a line would else be read with a 1 that nobody printed.

    Args:
        picture: grey, level.
        text: the boxes of its lines of text.
    """
    ink = _ink(picture)
    inside = _inside_of(text, picture.shape)
    level, level_ink = _strokes(ink, inside)
    upright, upright_ink = _strokes(np.ascontiguousarray(ink.T), np.ascontiguousarray(inside.T))
    if len(level) + len(upright) > MOST_STROKES:
        return Rulings([], []), picture
    found = Rulings(_joined(level), _joined(upright))
    told = _met(found)
    drawn = (level_ink & _along(told.level, ink.shape)) | (
        upright_ink & _along(told.upright, ink.T.shape)
    ).T
    drawn = cv2.dilate(drawn, np.ones((3, 3), np.uint8)).astype(np.uint8)
    return _met(_whole(found, picture)), np.where(drawn > 0, np.uint8(255), picture)


def _ink(picture: Picture) -> Picture:
    smooth = cv2.GaussianBlur(picture, (3, 3), 0)
    is_grainy = float(np.median(cv2.absdiff(picture, smooth))) >= GRAINY
    source = smooth if is_grainy else picture
    way = cv2.ADAPTIVE_THRESH_MEAN_C
    ink = cv2.adaptiveThreshold(255 - source, 255, way, cv2.THRESH_BINARY, AROUND_PX, -DARKER)
    return np.asarray(ink, np.uint8)


def _along(lines: list[Ruling], shape: tuple[int, ...]) -> Picture:
    """Where level lines run, at most as crooked as a printed one is."""
    mask = np.zeros(shape, np.uint8)
    for at, start, end in lines:
        away = THICKEST_PX + TILT * (end - start)
        mask[max(0, int(at - away)) : int(at + away) + 1, max(0, int(start)) : int(end) + 1] = 1
    return mask


def _inside_of(text: Boxes, shape: tuple[int, ...]) -> Picture:
    inside = np.zeros(shape, np.uint8)
    for x0, top, x1, bottom in text:
        margin = MARGIN * (bottom - top)
        left, above = max(0, round(x0 + margin)), max(0, round(top + margin))
        inside[above : max(0, round(bottom - margin)), left : max(0, round(x1 - margin))] = 1
    return inside


def _strokes(ink: Picture, inside: Picture) -> tuple[list[Ruling], Picture]:
    """The level strokes that are no part of a letter, and their ink."""
    # Thicker by a pixel at each side, a line that tilts stays in one piece.
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    closed = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, GAP_PX), np.uint8))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, LEAST_LENGTH_PX), np.uint8))
    count, labels, stats, centres = cv2.connectedComponentsWithStats(opened)
    in_text = np.bincount(labels[inside > 0], minlength=count)
    strokes, kept = [], np.zeros(count, np.uint8)
    for label in range(1, count):
        left, _, width, height, area = (int(value) for value in stats[label])
        is_thin = area / width - 2 <= THICKEST_PX and height - 2 <= THICKEST_PX + TILT * width
        if is_thin and in_text[label] <= MOST_IN_TEXT * area:
            kept[label] = 1
            strokes.append(Ruling(float(centres[label][1]), left, left + width))
    return strokes, (kept[labels] * (ink > 0)).astype(np.uint8)


def _joined(strokes: Iterable[Ruling]) -> list[Ruling]:
    """Make one line of the pieces of one."""
    lines: list[Ruling] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.start):
        for index, line in enumerate(lines):
            is_near = abs(line.at - stroke.at) <= SAME_PX
            if is_near and stroke.start - line.end <= JOIN_PX:
                lines[index] = _one(line, stroke)
                break
        else:
            lines.append(stroke)
    return lines


def _one(a: Ruling, b: Ruling) -> Ruling:
    weight_a, weight_b = a.end - a.start, b.end - b.start
    at = (a.at * weight_a + b.at * weight_b) / (weight_a + weight_b)
    return Ruling(at, min(a.start, b.start), max(a.end, b.end))


def _whole(rulings: Rulings, picture: Picture) -> Rulings:
    level, upright = rulings
    turned = np.ascontiguousarray(picture.T)
    upright = with_faint_parts(upright, level, turned)
    level = with_faint_parts(level, upright, picture)
    return Rulings(level, with_faint_parts(upright, level, turned))


def _met(rulings: Rulings) -> Rulings:
    """Let the ends of lines meet the lines they nearly reach; drop short ones that meet none."""
    level, upright = rulings
    return Rulings(_snapped(level, upright), _snapped(upright, level))


def _snapped(lines: list[Ruling], others: list[Ruling]) -> list[Ruling]:
    kept = []
    for line in lines:
        crossed = [
            other.at
            for other in others
            if other.start - MEET_PX <= line.at <= other.end + MEET_PX
            and line.start - MEET_PX <= other.at <= line.end + MEET_PX
        ]
        if crossed or line.end - line.start >= ALONE_PX:
            start = min(crossed, key=lambda at: abs(at - line.start), default=line.start)
            end = min(crossed, key=lambda at: abs(at - line.end), default=line.end)
            kept.append(
                Ruling(
                    line.at,
                    start if abs(start - line.start) <= MEET_PX else line.start,
                    end if abs(end - line.end) <= MEET_PX else line.end,
                )
            )
    return kept
