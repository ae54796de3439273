"""Strips: pictures of one line of text each, and the ink in them."""

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from .ocr import Picture

Boxes = npt.NDArray[np.float32]  # a row a line of text: x0, top, x1, bottom in pixels

# Smaller spots are dirt; at 150 dpi the point of 6 pt print has 4 pixels.
LEAST_SPOT_PX = 3
# Letters such as i, : and = have empty rows in them.
EMPTY_ROWS_PX = 2
# White beside a line that is kept, as a part of its strip's height; of what is cut off nothing
# was read, but it took a tenth of the time.
KEPT_WHITE = 0.15
# Of a line's height: the white between words, and around a word that is read by itself. A dash
# or a point alone is read at its line's height, or it looks like another sign.
WORDS_APART, AROUND_WORD, FLAT = 0.28, 0.3, 0.5
LEAST_AROUND_PX = 3
WHITE = 255


@dataclass(frozen=True)
class Ink:
    """The line in a strip: its rows, and which columns have ink there (at least one)."""

    mask: npt.NDArray[np.bool_]
    top: int
    bottom: int
    columns: npt.NDArray[np.intp]

    @property
    def height(self) -> int:
        """Of the line, in pixels."""
        return self.bottom - self.top


class Piece(NamedTuple):
    """A word's picture, and where in the strip it begins and ends."""

    picture: Picture
    x0: float
    x1: float


def cut_strips(picture: Picture, boxes: Boxes) -> tuple[list[Picture], npt.NDArray[np.intp]]:
    """Cut out lines of text; return them and the left and top of each."""
    height, width = picture.shape
    strips, corners = [], []
    for box in boxes:
        x0, top = (max(0, int(value)) for value in box[:2])
        x1, bottom = min(width, int(np.ceil(box[2]))), min(height, int(np.ceil(box[3])))
        if x1 - x0 < 2 or bottom - top < 2:
            continue
        strip = picture[top:bottom, x0:x1]
        if ink := find_ink(strip):
            white = round(KEPT_WHITE * len(strip))
            left = max(0, int(ink.columns[0]) - white)
            strips.append(strip[:, left : int(ink.columns[-1]) + 1 + white])
            corners.append((x0 + left, top))
    return strips, np.array(corners, np.intp).reshape(-1, 2)


def find_ink(strip: Picture) -> Ink | None:
    """The ink of a strip's own line, without what its neighbours let hang into it."""
    _, dark = cv2.threshold(strip, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    if np.count_nonzero(dark) > dark.size / 2:
        dark = cv2.bitwise_not(dark)  # pale print on a dark field
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    is_print = stats[:, cv2.CC_STAT_AREA] >= LEAST_SPOT_PX
    is_print[0] = False  # the paper
    mask = np.asarray(is_print[labels])
    rows = np.flatnonzero(mask.any(axis=1))
    if not len(rows):
        return None
    bands = np.split(rows, np.flatnonzero(np.diff(rows) > EMPTY_ROWS_PX + 1) + 1)
    band = max(bands, key=lambda band: int(mask[band].sum()))
    top, bottom = int(band[0]), int(band[-1]) + 1
    return Ink(mask, top, bottom, np.flatnonzero(mask[top:bottom].any(axis=0)))


def cut_words(strip: Picture) -> list[Piece]:
    """Cut a line into its words, each at its own height."""
    ink = find_ink(strip)
    if ink is None:
        return []
    gaps = np.flatnonzero(np.diff(ink.columns) > WORDS_APART * ink.height + 1) + 1
    ends = [0, *gaps.tolist(), len(ink.columns)]
    pieces = []
    for first, after in pairwise(ends):
        x0, x1 = int(ink.columns[first]), int(ink.columns[after - 1]) + 1
        rows = ink.top + np.flatnonzero(ink.mask[ink.top : ink.bottom, x0:x1].any(axis=1))
        top, bottom = int(rows[0]), int(rows[-1]) + 1
        if bottom - top < FLAT * ink.height:
            top, bottom = ink.top, ink.bottom
        around = max(LEAST_AROUND_PX, round(AROUND_WORD * (bottom - top)))
        word = np.pad(strip[top:bottom, x0:x1], around, constant_values=WHITE)
        pieces.append(Piece(word, x0 - around, x1 + around))
    return pieces
