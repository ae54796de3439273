"""The words of a page with their places, as the PDF holds them."""

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import pi

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from .frame import Frame

# Letters of one word stand closer than this share of their height, words of a line further apart:
# the blank of a text font is 0.2 to 0.35 of it, kerning and justified letters stay below 0.1.
WORD_GAP = 0.16
# Letters whose heights lie less than this share above each other stand on one line.
SAME_LINE = 0.5
# A page with more letters than any page of print is a pattern; 60 × a full page of small print.
MOST_CHARS = 400_000

# Letters turned further from level or upright, in quarters, are a stamp's or a watermark's.
ASLANT, SLANTED = 0.06, 4

Rect = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(slots=True)
class Ink:
    """A word on the page as it is read, in points from its top left; `turn` is how it runs:
    0 from left to right, 1 downwards, 2 upside down, 3 upwards, `SLANTED` across.

    `printed` is where its print stands, if tables are made of another box than that.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    turn: int = 0
    confidence: float = 1.0
    printed: Rect | None = None

    @property
    def height(self) -> float:
        """How high it is printed."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The height of its middle on the page."""
        return (self.top + self.bottom) / 2


def print_of(words: Iterable[Ink]) -> Rect:
    """The box of the words' print."""
    x0, top, x1, bottom = zip(
        *(word.printed or (word.x0, word.top, word.x1, word.bottom) for word in words), strict=True
    )
    return min(x0), min(top), max(x1), max(bottom)


def read_words(page: pdfium.PdfPage, frame: Frame) -> list[Ink]:
    """All words of a page in the order the PDF draws them, blanks left out."""
    textpage = page.get_textpage()
    try:
        return list(_words(_chars(textpage, frame)))
    finally:
        textpage.close()


def _chars(textpage: pdfium.PdfTextPage, frame: Frame) -> Iterator[Ink | None]:
    """Yield each letter, and None for a blank."""
    rect = pdfium_c.FS_RECTF()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    high = 0  # the first half of a letter that PDFium gives in two
    for index in range(min(textpage.count_chars(), MOST_CHARS)):
        code = pdfium_c.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        is_letter = code <= 0x10FFFF and not 0xD800 <= code < 0xE000
        text = chr(code) if is_letter else "\ufffd"
        if text.isspace() or code in (0, 0xA0, 0x200B, 0xFEFF):
            yield None
            continue
        if code in (0xAD, 0x2, 0xFFFE):  # a hyphen at the end of a line, as PDFium marks it
            text = "-"
        if not pdfium_c.FPDFText_GetCharBox(textpage, index, left, right, bottom, top):
            continue
        tight = (left.value, bottom.value, right.value, top.value)
        pdfium_c.FPDFText_GetLooseCharBox(textpage, index, rect)
        loose = (rect.left, rect.bottom, rect.right, rect.top)
        angle = pdfium_c.FPDFText_GetCharAngle(textpage, index)
        turn = _turn_of(angle, frame)
        yield Ink(text, *frame.box(*_letter_box(tight, loose)), turn)


def _turn_of(angle: float, frame: Frame) -> int:
    """How a letter of this angle runs on the page as it is read."""
    quarters = angle / (pi / 2)
    if abs(quarters - round(quarters)) > ASLANT:
        return SLANTED
    return (round(quarters) + frame.quarters + frame.turn) % 4


def _letter_box(tight: Rect, loose: Rect) -> Rect:
    """The box of the font's full height, so that all letters of a line are equally high.

    Fonts with a broken height give none, or one of many times the letter's; then the ink counts.
    """
    size = max(loose[2] - loose[0], loose[3] - loose[1])
    ink = max(tight[2] - tight[0], tight[3] - tight[1])
    if loose[2] <= loose[0] or loose[3] <= loose[1] or (ink > 0 and size > 8 * ink + 8):
        return tight
    return loose


def _words(chars: Iterable[Ink | None]) -> Iterator[Ink]:
    """Put letters together, up to a blank or to where the next one stands apart."""
    word: Ink | None = None
    for char in chars:
        if word is not None and char is not None and _continues(word, char):
            word.text += char.text
            word.x0, word.top = min(word.x0, char.x0), min(word.top, char.top)
            word.x1, word.bottom = max(word.x1, char.x1), max(word.bottom, char.bottom)
            continue
        if word is not None:
            yield word
        word = char
    if word is not None:
        yield word


def _continues(word: Ink, char: Ink) -> bool:
    if word.turn != char.turn:
        return False
    if word.turn % 2:
        size = max(char.x1 - char.x0, 1.0)
        ahead = char.top - word.bottom if word.turn == 1 else word.top - char.bottom
        shift = abs((char.x0 + char.x1) - (word.x0 + word.x1)) / 2
    else:
        size = max(char.height, 1.0)
        ahead = char.x0 - word.x1 if word.turn == 0 else word.x0 - char.x1
        shift = abs(char.middle - word.middle)
    return -size < ahead < WORD_GAP * size and shift < SAME_LINE * size
