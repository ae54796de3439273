"""Columns parted by strokes that are print: `14,476.00 | Income tax   2,167.00`."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..pdf.lines import Line, lines_of, pieces_of
from ..pdf.words import Ink
from ..values import parse_amount

STROKES = "|¦│┃║"
# In so many lines an amount stands beside a stroke: then all of them part columns. One may also
# stand between a name and a number, `Ravi Rao | 4408`.
LEAST_LINES = 2


def column_strokes(words: Sequence[Ink]) -> tuple[list[Ink], list[Ink]]:
    """The words of a page without the strokes that part its columns, and those strokes."""
    if not any(sign in word.text for word in words for sign in STROKES):
        return list(words), []
    loose = [part for word in words for part in _loose(word)]
    strokes = [word for word in loose if _is_stroke(word)]
    if sum(map(_has_amount_beside, lines_of(loose))) < LEAST_LINES:
        return list(words), []
    return [word for word in loose if not _is_stroke(word)], strokes


def parts_of(line: Line, gap_em: float, strokes: Sequence[Ink]) -> list[Line]:
    """What stands apart in a line, by its room or by a stroke between."""
    here = [s.x0 for s in strokes if line.top < s.middle < line.bottom]
    return [part for piece in pieces_of(line, gap_em) for part in _cut(piece, here)]


def _cut(line: Line, strokes: Sequence[float]) -> list[Line]:
    if not strokes:
        return [line]
    parts: dict[int, list[Ink]] = {}
    for word in line.words:
        parts.setdefault(sum(at < word.x0 for at in strokes), []).append(word)
    return [Line(words) for words in parts.values()]


def _is_stroke(word: Ink) -> bool:
    return not word.text.strip(STROKES)


def _loose(word: Ink) -> list[Ink]:
    """A word and the strokes that it begins or ends with, as in `|Basic`."""
    text = word.text.strip(STROKES)
    if not text or text == word.text:
        return [word]
    width = (word.x1 - word.x0) / len(word.text)
    begin = word.text.index(text)
    cuts = [0, begin, begin + len(text), len(word.text)]
    return [
        replace(word, text=word.text[a:b], x0=word.x0 + width * a, x1=word.x0 + width * b)
        for a, b in pairwise(cuts)
        if a < b
    ]


def _has_amount_beside(line: Line) -> bool:
    texts = [word.text for word in line.words]
    at = [index for index, word in enumerate(line.words) if _is_stroke(word)]
    beside = [texts[n] for index in at for n in (index - 1, index + 1) if 0 <= n < len(texts)]
    return any("." in text and parse_amount(text) is not None for text in beside)
