"""Words with boxes of a line that was recognised letter by letter."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .misprints import goes_on, is_torn, mended
from .ocr import Letter, Picture
from .strip import Ink, find_ink

# Of the height of a line's ink. The recogniser sees the blanks of prose (of 2,100 words in
# corpus/documents all) but not always the white between two columns. Where it sees one within a
# figure it must be as wide as one (0.29 and more in Helvetica).
COLUMNS_APART, FIGURES_APART = 0.75, 0.2


class StripWord(NamedTuple):
    """A word of a strip and its box there, in pixels; as sure as its least sure letter."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float


class _Gap(NamedTuple):
    start: float
    end: float

    @property
    def width(self) -> float:
        return self.end - self.start


def words_of(strip: Picture, letters: Sequence[Letter]) -> list[StripWord]:
    """Part a line into words: where a blank was read, and where its ink stands wide apart."""
    ink = find_ink(strip)
    if ink is None:
        return []
    words = []
    x0 = float(ink.columns[0])
    for part, gap in _parts(letters, ink, strip.shape[1]):
        x1 = gap.start if gap else float(ink.columns[-1]) + 1
        sure = min(letter.confidence for letter in part)
        text = mended(_text(part))
        words.append(StripWord(text, x0, ink.top, max(x1, x0 + 1), ink.bottom, sure))
        x0 = gap.end if gap else x1
    return _with_whole_figures(words, ink.height)


def _with_whole_figures(words: Sequence[StripWord], height: float) -> list[StripWord]:
    """The words of a line, figures that were torn behind a comma put together."""
    whole: list[StripWord] = []
    for word in words:
        last = whole[-1] if whole else None
        if (
            last
            and word.x0 - last.x1 < COLUMNS_APART * height
            and is_torn(last.text, word.text, is_all=len(words) == 2)
        ):
            sure = min(last.confidence, word.confidence)
            text = last.text + word.text
            whole[-1] = last._replace(text=text, x1=word.x1, confidence=sure)
        else:
            whole.append(word)
    return whole


def _parts(
    letters: Sequence[Letter], ink: Ink, width: int
) -> Iterator[tuple[list[Letter], _Gap | None]]:
    """Each word's letters and the gap that ends it."""
    gaps = [_Gap(a + 1, b) for a, b in pairwise(ink.columns.tolist()) if b - a > 1]
    part: list[Letter] = []
    was_blank = False
    for letter in letters:
        if letter.text == " ":
            was_blank = True
            continue
        if part:
            gap = _widest(gaps, part[-1].at * width, letter.at * width)
            if _is_parted(_text(part), letter.text, gap.width / ink.height, was_blank):
                yield part, gap
                part = []
                # The letters' places are rough: the next two may seem to stand around it as well.
                gaps = [other for other in gaps if other.start >= gap.end]
        part.append(letter)
        was_blank = False
    if part:
        yield part, None


def _is_parted(before: str, after: str, gap: float, was_blank: bool) -> bool:
    if not was_blank or goes_on(before, after):
        return gap >= COLUMNS_APART
    in_figure = before[-1] in "0123456789,." and after in "0123456789,."
    return not in_figure or gap >= FIGURES_APART


def _text(letters: Sequence[Letter]) -> str:
    return "".join(letter.text for letter in letters)


def _widest(gaps: Sequence[_Gap], start: float, end: float) -> _Gap:
    """The widest gap between two letters' places; an empty one where they touch."""
    between = (gap for gap in gaps if gap.end > start and gap.start < end)
    middle = (start + end) / 2
    return max(between, key=lambda gap: gap.width, default=_Gap(middle, middle))
