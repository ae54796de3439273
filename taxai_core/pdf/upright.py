"""Turn the picture of a page so that its lines of text are level and read from left to right."""

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from .ocr import Corners, Picture
from .slant import slant_deg

# Letters alone are as high as wide; a line must be longer to say how it lies.
LEAST_SHAPE = 3.0
# At 0.05° the ends of a line across the page differ by one pixel (A4 at 150 dpi).
LEAST_SKEW_DEG = 0.05
# Turning blurs: for less, a picture is not turned that would else stay as it is.
WORTH_DEG = 0.15
WHITE = 255

Matrix = npt.NDArray[np.float64]  # 2 × 3: turns and moves points


@dataclass(frozen=True)
class Turned:
    """A picture and how it came out of another: `matrix` maps that one's pixels to its own.

    `untold_deg` is the part of the turn that the boxes of its lines did not tell.
    """

    picture: Picture
    matrix: Matrix
    untold_deg: float = 0.0

    def moved(self, points: npt.NDArray[np.floating]) -> npt.NDArray[np.float32]:
        """Where points of the first picture lie in this one; any shape that ends with x, y."""
        return moved(points, self.matrix)


def moved(points: npt.NDArray[np.floating], matrix: Matrix) -> npt.NDArray[np.float32]:
    """Where points come to lie; any shape that ends with x, y."""
    return np.asarray(points @ matrix[:, :2].T + matrix[:, 2], np.float32)


def inverse(matrix: Matrix) -> Matrix:
    """What moves points back."""
    return np.asarray(cv2.invertAffineTransform(matrix), np.float64)


def level(picture: Picture, lines: Corners) -> Turned:
    """Turn a picture until its lines of text are level; they may still stand on their heads."""
    angle_deg = _angle_deg(lines)
    turned = _turned(picture, np.eye(2, 3), angle_deg)
    more_deg = slant_deg(turned.picture)
    is_as_it_was = turned.picture is picture
    if not more_deg or (is_as_it_was and abs(more_deg) < WORTH_DEG):
        return turned
    return replace(_turned(picture, np.eye(2, 3), angle_deg + more_deg), untold_deg=more_deg)


def upside_down(turned: Turned) -> Turned:
    """The same, turned by half."""
    height, width = turned.picture.shape
    half = np.array([[-1.0, 0.0, width - 1], [0.0, -1.0, height - 1]])
    picture = np.asarray(cv2.rotate(turned.picture, cv2.ROTATE_180), np.uint8)
    return Turned(picture, _after(half, turned.matrix))


def _angle_deg(lines: Corners) -> float:
    """By how much the lines of text fall to the right, from -45° to 135°."""
    sides = np.stack([lines[:, 1] - lines[:, 0], lines[:, 2] - lines[:, 1]], axis=1)
    lengths = np.linalg.norm(sides, axis=2)
    is_long = lengths.max(axis=1) >= LEAST_SHAPE * lengths.min(axis=1)
    if not is_long.any():
        return 0.0
    along = np.take_along_axis(sides, lengths.argmax(axis=1)[:, None, None], axis=1)[is_long, 0]
    weight = lengths.max(axis=1)[is_long]
    # A line has no direction, so 179° is -1°. First which way most of them lie …
    angle = np.degrees(np.arctan2(along[:, 1], along[:, 0])) % 180
    is_upright = (angle > 45) & (angle < 135)
    base = 90.0 if weight[is_upright].sum() > weight[~is_upright].sum() else 0.0
    # … then the median of those, weighted by length, which a few crooked boxes do not move.
    away = (angle - base + 90) % 180 - 90
    order = np.argsort(away)
    order = order[np.abs(away[order]) < 45]
    if not len(order):
        return base
    halfway = np.searchsorted(np.cumsum(weight[order]), weight[order].sum() / 2)
    return base + float(away[order][halfway])


def _turned(picture: Picture, matrix: Matrix, angle_deg: float) -> Turned:
    if abs(angle_deg) < LEAST_SKEW_DEG:
        return Turned(picture, matrix)
    height, width = picture.shape
    cos, sin = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
    turn = np.array([[cos, sin, 0.0], [-sin, cos, 0.0]])
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]]) @ turn[:, :2].T
    left, top = corners.min(axis=0)
    right, bottom = corners.max(axis=0)
    turn[:, 2] = -left, -top
    size = math.ceil(right - left), math.ceil(bottom - top)
    turned = cv2.warpAffine(picture, turn, size, flags=cv2.INTER_CUBIC, borderValue=WHITE)
    return Turned(np.asarray(turned, np.uint8), _after(turn, matrix))


def _after(second: Matrix, first: Matrix) -> Matrix:
    whole = np.vstack([second, [0, 0, 1]]) @ np.vstack([first, [0, 0, 1]])
    return np.asarray(whole[:2], np.float64)
