"""Read a page that is a picture: its words, and the lines drawn on it."""

import math
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium

from ..models import Box, Word
from . import ocr
from .dashes import find_dashes
from .lighting import render_grey
from .line_reader import read_lines, sureness
from .ocr import Corners, Engine, Picture
from .ocr_words import words_of
from .page_writer import write_page
from .rulings import Rulings, find_rulings
from .scan_rows import in_reading_order, level_rows
from .strip import Boxes, cut_strips
from .upright import Matrix, Turned, inverse, level, moved, upside_down

# Lines of text are looked for at 100 dpi: at 80 dpi 0.960 of the words came out right instead of
# 0.970, at 120 dpi 0.974 for 0.2 s of one core and 40 MB more.
DETECT_SCALE = 0.67
# To see whether a page stands on its head some of its lines are read, those about this many times
# as wide as high: long enough to tell, short enough to be quick. On eleven clear pages their
# letters were sure to 0.997 and more, upside down to 0.62 to 0.77.
SAMPLE, SAMPLE_SHAPE, UPRIGHT_FROM = 5, 7.0, 0.9
# Where the boxes of lines did not tell so much of a page's slant, they hold print of the next line.
FIND_AGAIN_DEG = 0.09
# A line whose letters are less sure on average is no text.
LEAST_SURE = 0.5


@dataclass(frozen=True)
class Scan:
    """What a picture of a page says.

    `words` lie on the page as it is shown. `upright_words` and `lines` (boxes without height or
    without width) lie on the upright page of `width_pt` × `height_pt`, which is the page turned
    and straightened. Words are in reading order, column of text by column of text.
    """

    words: list[Word]
    upright_words: list[Word]
    lines: list[Box]
    width_pt: float
    height_pt: float
    _back: Matrix  # from the upright page's points to those of the page as shown

    @property
    def turn(self) -> int:
        """By how many quarters the page as shown must be turned clockwise to be read."""
        return -round(self._falls_deg / 90) % 4

    @property
    def slant_deg(self) -> float:
        """By how much its lines fall to the right then."""
        return self._falls_deg - 90 * round(self._falls_deg / 90)

    @property
    def _falls_deg(self) -> float:
        return math.degrees(math.atan2(self._back[1, 0], self._back[0, 0]))

    def as_page_pdf(self) -> bytes:
        """Return the upright page as a PDF of words and lines, for `read_tables`."""
        words = level_rows(self.upright_words)
        return write_page(self.width_pt, self.height_pt, words, self.lines)

    def shown(self, box: Box) -> Box:
        """Where a box of the upright page lies on the page as it is shown."""
        return _shown(box, self._back)

    def upright(self, box: Box) -> Box:
        """Where a box of the page as it is shown lies on the upright page."""
        return _shown(box, inverse(self._back))


def read_scan(page: pdfium.PdfPage, *, threads: int) -> Scan:
    """Read a page by its picture, whatever text layer it may have.

    Args:
        page: as PDFium loaded it.
        threads: how many cores to use; the first call of a process decides.
    """
    picture, scale = render_grey(page)
    engine = ocr.engine(threads)
    turned, boxes = _upright(picture, engine)
    rulings, text_only = find_rulings(turned.picture, boxes)
    back = inverse(turned.matrix) / [[1, 1, scale], [1, 1, scale]]
    words = _words(text_only, boxes, engine, scale)
    dashes = find_dashes(text_only, words, rulings.upright, scale)
    upright = in_reading_order([*words, *dashes])
    height, width = turned.picture.shape
    return Scan(
        words=[_shown_word(word, back) for word in upright],
        upright_words=upright,
        # Without a word the lines are those of a photo or a pattern.
        lines=[
            line for line in _boxes(rulings, scale) if upright and not _is_in_word(line, upright)
        ],
        width_pt=width / scale,
        height_pt=height / scale,
        _back=back,
    )


def _upright(picture: Picture, engine: Engine) -> tuple[Turned, Boxes]:
    """The picture upright, and the boxes of its lines of text."""
    lines = engine.find_lines(picture, DETECT_SCALE)
    turned = level(picture, lines)
    if abs(turned.untold_deg) > FIND_AGAIN_DEG:
        found = engine.find_lines(turned.picture, DETECT_SCALE)
        lines = moved(found, inverse(turned.matrix))
    boxes = _around(turned, lines)
    shapes = (boxes[:, 2] - boxes[:, 0]) / (boxes[:, 3] - boxes[:, 1])
    sample = np.argsort(np.abs(shapes - SAMPLE_SHAPE))[:SAMPLE]
    sure = _sample_sureness(turned.picture, boxes[sample], engine)
    if sure >= UPRIGHT_FROM or not len(lines):
        return turned, boxes
    over = upside_down(turned)
    over_boxes = _around(over, lines)
    if _sample_sureness(over.picture, over_boxes[sample], engine) > sure:
        return over, over_boxes
    return turned, boxes


def _sample_sureness(picture: Picture, boxes: Boxes, engine: Engine) -> float:
    strips, _ = cut_strips(picture, boxes)
    return sureness(letter for line in engine.read_strips(strips) for letter in line)


def _around(turned: Turned, lines: Corners) -> Boxes:
    corners = turned.moved(lines)
    return np.concatenate([corners.min(axis=1), corners.max(axis=1)], axis=1)


def _words(picture: Picture, boxes: Boxes, engine: Engine, scale: float) -> list[Word]:
    strips, corners = cut_strips(picture, boxes)
    words = []
    for strip, (left, top), letters in zip(
        strips, corners.tolist(), read_lines(engine, strips), strict=True
    ):
        if sureness(letters) < LEAST_SURE:
            continue
        for text, x0, above, x1, below, sure in words_of(strip, letters):
            start, end = (left + x0) / scale, (left + x1) / scale
            words.append(Word(text, start, (top + above) / scale, end, (top + below) / scale, sure))
    return words


def _boxes(rulings: Rulings, scale: float) -> list[Box]:
    level = [(start, at, end, at) for at, start, end in rulings.level]
    upright = [(at, start, at, end) for at, start, end in rulings.upright]
    return [
        Box(x0=x0 / scale, top=top / scale, x1=x1 / scale, bottom=bottom / scale)
        for x0, top, x1, bottom in level + upright
    ]


def _is_in_word(line: Box, words: list[Word]) -> bool:
    """Is an upright line the stroke of a letter, such as a d that touches the line below it?"""
    if line.x0 != line.x1:
        return False
    middle = (line.top + line.bottom) / 2
    return any(
        word.x0 + 1 < line.x0 < word.x1 - 1
        and word.top - 1 < middle < word.bottom + 1
        and line.bottom - line.top < 2 * (word.bottom - word.top)
        for word in words
    )


def _shown_word(word: Word, back: Matrix) -> Word:
    box = Box(x0=word.x0, top=word.top, x1=word.x1, bottom=word.bottom)
    there = _shown(box, back)
    return word._replace(x0=there.x0, top=there.top, x1=there.x1, bottom=there.bottom)


def _shown(box: Box, back: Matrix) -> Box:
    corners = [(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
    there = moved(np.array(corners), back)
    (x0, top), (x1, bottom) = there.min(axis=0).tolist(), there.max(axis=0).tolist()
    return Box(x0=x0, top=top, x1=x1, bottom=bottom)
