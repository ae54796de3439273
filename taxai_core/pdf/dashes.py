"""Dashes that stand for nothing in a column of amounts: too small to be found as lines of text."""

import re
from collections.abc import Iterator, Sequence
from statistics import median

import cv2
import numpy as np

from ..models import Word
from .faint import Ruling
from .ocr import Picture

# Of the height of the amounts' figures: how wide and how high a dash may be, and how much wider
# than high it is at least. A hyphen is 0.3 wide, a dash 0.75; a point is as high as wide.
LEAST_WIDE, MOST_WIDE, MOST_HIGH, LONGER = 0.2, 1.0, 0.35, 1.3
# Nothing is printed beside it for so far: a row of dashes is a line, a hyphen is in a word.
ALONE_EM, CLEAR_EM = 1.0, 0.4
# It ends where the amounts of its column do, or stands level with those of its row.
ALIGNED_EM = 0.3
# Amounts stand in one column with it down to so many of their heights away.
NEAR_EM = 25.0
# Grey from here on is paper; a small stroke is blurred to this.
INK = 170
# A dash is as sure as this: nobody has read it.
SURE = 0.8
_AMOUNT = re.compile(r"[-(]?(?:\d{1,3}(?:,\d{2,3})+(?:\.\d\d)?|\d+\.\d\d)\)?-?")


def find_dashes(
    picture: Picture, words: Sequence[Word], upright: Sequence[Ruling], scale: float
) -> Iterator[Word]:
    """The dashes that stand where an amount would.

    Args:
        picture: the level page without the lines drawn on it.
        words: what was read on it, in points.
        upright: the upright lines that were drawn on it, in pixels.
        scale: pixels in a point.
    """
    amounts = [word for word in words if _AMOUNT.fullmatch(word.text)]
    if not amounts:
        return
    em = median(word.bottom - word.top for word in amounts)
    for dash in _strokes(picture, em * scale, scale):
        if any(_covers(word, dash) for word in words):
            continue
        if _ends_a_column(dash, amounts, em) or (
            _is_in_a_row(dash, amounts, em) and _has_a_cell(dash, words, upright, scale)
        ):
            yield dash


def _strokes(picture: Picture, em: float, scale: float) -> Iterator[Word]:
    """Short level strokes with nothing beside them, as words."""
    ink = (picture < INK).astype(np.uint8)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    wide, high = boxes[:, cv2.CC_STAT_WIDTH], boxes[:, cv2.CC_STAT_HEIGHT]
    is_dash = (wide >= LEAST_WIDE * em) & (wide <= MOST_WIDE * em)
    is_dash &= (high <= MOST_HIGH * em) & (wide >= LONGER * high)
    is_dash[0] = False  # all that is no ink
    for x, y, width, height, area in boxes[is_dash].tolist():
        left, right = max(0, round(x - ALONE_EM * em)), round(x + width + ALONE_EM * em)
        top, bottom = max(0, round(y - CLEAR_EM * em)), round(y + height + CLEAR_EM * em)
        if int(ink[top:bottom, left:right].sum()) == area:
            x0, y0, x1, y1 = (n / scale for n in (x, y, x + width, y + height))
            yield Word("-", x0, y0, x1, y1, SURE)


def _covers(word: Word, dash: Word) -> bool:
    return (
        word.x0 <= (dash.x0 + dash.x1) / 2 <= word.x1
        and word.top <= (dash.top + dash.bottom) / 2 <= word.bottom
    )


def _ends_a_column(dash: Word, amounts: Sequence[Word], em: float) -> bool:
    return any(
        abs(word.x1 - dash.x1) < ALIGNED_EM * em and abs(word.top - dash.top) < NEAR_EM * em
        for word in amounts
    )


def _is_in_a_row(dash: Word, amounts: Sequence[Word], em: float) -> bool:
    return any(_is_level(word, dash, ALIGNED_EM * em) for word in amounts)


def _is_level(word: Word, dash: Word, most: float) -> bool:
    return abs(word.top + word.bottom - dash.top - dash.bottom) / 2 < most


def _has_a_cell(dash: Word, words: Sequence[Word], upright: Sequence[Ruling], scale: float) -> bool:
    """Is a line drawn between it and whatever stands left and right of it?"""
    row = [word for word in words if word.top < (dash.top + dash.bottom) / 2 < word.bottom]
    walls = [
        one.at / scale
        for one in upright
        if one.start / scale <= dash.top and dash.bottom <= one.end / scale
    ]
    left = max((word.x1 for word in row if word.x1 <= dash.x0), default=0.0)
    right = min((word.x0 for word in row if word.x0 >= dash.x1), default=float("inf"))
    return any(left <= at <= dash.x0 for at in walls) and any(
        dash.x1 <= at <= right for at in walls
    )
