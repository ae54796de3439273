"""Letter-spaced headings, `F O R M  1 6`, as the words that they are."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ..pdf.lines import Line, lines_of
from ..pdf.words import Ink

# So many pieces of a line, and most of them, are one or two letters.
LEAST, MOSTLY, SHORT = 6, 0.7, 2
# Between words there is this much more room than between letters.
WIDER = 1.15


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
