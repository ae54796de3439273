"""Columns parted by strokes that are print: `14,476.00 | Income tax   2,167.00`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from ..pdf.lines import Line, lines_of, pieces_of
from ..pdf.words import Ink
from ..values import parse_amount

STROKES = "|¦│┃║"
# In so many lines an amount stands beside a stroke: then all of them part columns. One may also
# stand between a name and a number, `Ravi Rao | 4408`.
LEAST_LINES = 2
# Strokes of one column stand so near below each other; one may be missing in a row of a scan.
SAME_PT = 5.0
# Behind an amount a column goes on so far below its last stroke, in heights of the stroke.
BEYOND = 3.0
# A line across the page, made of signs: `------`, `+-----+`.
_RULE = re.compile(r"[-=+*~|]{6,}")


class Wall(NamedTuple):
    """Strokes below each other: where they stand, from which height to which, and how far down
    the column may go on."""

    x: float
    top: float
    bottom: float
    end: float


def without_rules(words: Iterable[Ink]) -> list[Ink]:
    """The words of a page without the lines that are made of signs."""
    return [word for word in words if not _RULE.fullmatch(word.text)]


def column_strokes(words: Sequence[Ink]) -> tuple[list[Ink], list[Wall]]:
    """The words of a page without the strokes that part its columns, and the walls they make."""
    if not any(sign in word.text for word in words for sign in STROKES):
        return list(words), []
    loose = [part for word in words for part in _loose(word)]
    if sum(map(_has_amount_beside, lines_of(loose))) < LEAST_LINES:
        return list(words), []
    return [word for word in loose if not _is_stroke(word)], _walls(filter(_is_stroke, loose))


def _walls(strokes: Iterable[Ink]) -> list[Wall]:
    columns: list[list[Ink]] = []
    for one in sorted(strokes, key=lambda word: word.x0):
        if columns and one.x0 - columns[-1][-1].x0 < SAME_PT:
            columns[-1].append(one)
        else:
            columns.append([one])
    walls = []
    for column in columns:
        beyond = BEYOND * column[0].height if len(column) > 1 else 0.0
        top, bottom = min(w.top for w in column), max(w.bottom for w in column)
        x = sum((w.x0 + w.x1) / 2 for w in column) / len(column)
        walls.append(Wall(x, top, bottom, bottom + beyond))
    return walls


def parts_of(line: Line, gap_em: float, walls: Sequence[Wall]) -> list[Line]:
    """What stands apart in a line, by its room or by a wall between."""
    here = [wall.x for wall in walls if _parts(wall, line)]
    return [part for piece in pieces_of(line, gap_em) for part in _cut(piece, here)]


def _parts(wall: Wall, line: Line) -> bool:
    middle = (line.top + line.bottom) / 2
    if any(word.x0 < wall.x - 1 and word.x1 > wall.x + 1 for word in line.words):
        return False
    if wall.top < middle < wall.bottom:
        return True
    before = [word.text for word in line.words if word.x1 <= wall.x + 1]
    is_next = bool(before) and wall.bottom <= middle < wall.end
    return is_next and _is_money(before[-1])


def _cut(line: Line, walls: Sequence[float]) -> list[Line]:
    if not walls:
        return [line]
    parts: dict[int, list[Ink]] = {}
    for word in line.words:
        parts.setdefault(sum(at < word.x0 + 1 for at in walls), []).append(word)
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
    return any(map(_is_money, beside))


def _is_money(text: str) -> bool:
    return "." in text and parse_amount(text) is not None
