"""By how much the print of a nearly level picture falls to the right, by all of it together."""

import math

import cv2
import numpy as np
import numpy.typing as npt

from .ocr import Picture

# The boxes of single lines are up to 1° off, for they are told as level where they nearly are.
MOST_DEG, STEP_DEG = 1.5, 0.05
# A strip narrower than this holds no row that could fall.
LEAST_PX = 100
# At half its size a page of A4 at 150 dpi shows a fall of 0.1° as one pixel.
SMALLER = 0.5
# Rows of print stand out more sharply by this share where the picture is turned right; less is
# the play of the grain. Of twenty scans those that were level gained under 0.01, those off by 0.1°
# mostly 0.3.
SHARPER = 1.06


def slant_deg(picture: Picture) -> float:
    """The angle at which the rows of print stand out most; 0 where level does as well."""
    if min(picture.shape) < LEAST_PX:
        return 0.0
    small = cv2.resize(picture, None, fx=SMALLER, fy=SMALLER, interpolation=cv2.INTER_AREA)
    ys, xs = np.nonzero(small < 128)
    if not len(ys):
        return 0.0
    steps = round(MOST_DEG / STEP_DEG)
    angles = [step * STEP_DEG for step in range(-steps, steps + 1)]
    sharp = [_sharpness(ys, xs, angle) for angle in angles]
    best = int(np.argmax(sharp))
    return angles[best] if sharp[best] > SHARPER * sharp[steps] else 0.0


def _sharpness(ys: npt.NDArray[np.intp], xs: npt.NDArray[np.intp], angle_deg: float) -> float:
    """How much the ink differs from row to row, where rows fall at an angle."""
    rows = np.rint(ys - xs * math.tan(math.radians(angle_deg))).astype(np.int64)
    ink = np.bincount(rows - rows.min()).astype(np.float64)
    return float((np.diff(ink, prepend=0.0, append=0.0) ** 2).sum())
