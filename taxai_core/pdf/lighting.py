"""The picture of a page as OCR wants it: grey, evenly lit, of a known scale."""

import cv2
import numpy as np
import pypdfium2 as pdfium

from .ocr import Picture

# On the scans of corpus/documents (160 to 180 dpi) amounts come out right to 0.988 at 120 dpi and
# wholly at 150 and 200; words to 0.940, 0.970 and 0.948, as what is enlarged grows soft.
DPI = 150
# A small receipt is looked at more closely, a poster not in all its detail.
LEAST_SIDE_PX, MOST_SIDE_PX = 1400, 2500
# The paper's brightness is taken from a quarter of the size, beside strokes up to 15 such pixels.
SMALLER, STROKE_PX = 0.25, 15
# What is darker than this part of the paper is a dark field with pale print on it.
DARK_FIELD = 0.5
# The darkest 0.5 % are made black, but no paler than this: a blank page has its noise only.
DARKEST_PERCENT, PALEST_PRINT = 0.5, 128.0


def render_grey(page: pdfium.PdfPage) -> tuple[Picture, float]:
    """Render a page as it is shown; return it evenly lit, and its pixels to a point."""
    longest = max(page.get_size())
    side = min(max(longest * DPI / 72, LEAST_SIDE_PX), MOST_SIDE_PX)
    bitmap = page.render(scale=side / longest, grayscale=True)
    picture = bitmap.to_numpy().reshape(bitmap.height, bitmap.width)
    return evenly_lit(picture), side / longest


def evenly_lit(picture: Picture) -> Picture:
    """Make the paper white and the print black, also in a shadow or on grey paper."""
    height, width = picture.shape
    smaller = max(1, round(width * SMALLER)), max(1, round(height * SMALLER))
    small = cv2.resize(picture, smaller, interpolation=cv2.INTER_AREA)
    around = np.ones((STROKE_PX, STROKE_PX), np.uint8)
    paper = cv2.medianBlur(cv2.dilate(small, around), STROKE_PX)
    paper = np.maximum(paper, np.uint8(max(1.0, DARK_FIELD * float(np.percentile(paper, 90)))))
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    lit = cv2.divide(picture, paper, scale=255)
    black = min(float(np.percentile(lit, DARKEST_PERCENT)), PALEST_PRINT)
    levels = np.clip((np.arange(256) - black) * 255 / (255 - black), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(lit, levels), np.uint8)
