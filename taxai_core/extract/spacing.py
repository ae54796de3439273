"""Headings whose words stand too far apart or too close: `F O R M  1 6`, `PAYSLIPMAY 2025`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from ..pdf.lines import Line, lines_of
from ..pdf.words import Ink

# So many pieces of a line, and most of them, are one or two letters.
LEAST, MOSTLY, SHORT = 6, 0.7, 2
# Between words there is this much more room than between letters.
WIDER = 1.15
# A title in bold and a month in light print behind it may leave no room for a blank.
_GLUED = re.compile(
    r"([A-Za-z]{4,}?)((?i:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec"
    r"|january|february|march|april|august|september|october|november|december))"
)
_YEAR = re.compile(r"[-,']?\s?(?:19|20)\d\d\b")


def without_spacing(words: Sequence[Ink]) -> list[Ink]:
    """The words of a page, those that are set letter by letter put together."""
    spaced = {id(w): line for line in lines_of(words) if _is_spaced(line) for w in line.words}
    if not spaced:
        return list(words)
    found: list[Ink] = []
    done: set[int] = set()
    for word in words:
        line = spaced.get(id(word))
        if line is None:
            found.append(word)
        elif id(line) not in done:
            done.add(id(line))
            found += _joined(line)
    return found


def with_months_apart(words: Sequence[Ink]) -> list[Ink]:
    """The words of a page, a month before its year parted from the title that it is glued to."""
    found: list[Ink] = []
    for word, behind in zip_longest(words, words[1:]):
        m = _GLUED.fullmatch(word.text)
        if m is None or behind is None or not _YEAR.match(behind.text):
            found.append(word)
            continue
        middle = word.x0 + (word.x1 - word.x0) * len(m[1]) / len(word.text)
        found += [replace(word, text=m[1], x1=middle), replace(word, text=m[2], x0=middle)]
    return found


def _is_spaced(line: Line) -> bool:
    short = sum(len(word.text) <= SHORT and word.text.isalnum() for word in line.words)
    return short >= LEAST and short >= MOSTLY * len(line.words)


def _joined(line: Line) -> Iterator[Ink]:
    rooms = [b.x0 - a.x1 for a, b in pairwise(line.words)]
    most = _most_between_letters(rooms)
    run = [line.words[0]]
    for room, word in zip(rooms, line.words[1:], strict=True):
        if room > most:
            yield _one(run)
            run = []
        run.append(word)
    yield _one(run)


def _most_between_letters(rooms: Sequence[float]) -> float:
    """Where the rooms between letters end and those between words begin: at the widest step."""
    ordered = sorted(max(room, 0.5) for room in rooms)
    steps = [(b / a, (a + b) / 2) for a, b in pairwise(ordered)]
    widest, between = max(steps[len(steps) // 2 :], default=(1.0, 0.0))
    return between if widest >= WIDER else ordered[-1]


def _one(run: Sequence[Ink]) -> Ink:
    text = "".join(word.text for word in run)
    return replace(run[0], text=text, x1=run[-1].x1, bottom=max(w.bottom for w in run))
