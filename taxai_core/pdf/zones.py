"""The columns that a page's text is set in, in the order in which they are read."""

from collections.abc import Sequence

from .figures import is_figure
from .lines import Line, lines_of
from .words import Ink

# Two columns of text run beside each other for at least so many lines.
LEAST_LINES = 8
# In columns of text a line has at least so many words, in those of a table one to three.
PROSE_WORDS = 3.5
# Where the gap between two columns of text is looked for: shares of the text's width.
GAP_FROM, GAP_TO, STEPS = 0.2, 0.8, 61
MOST_DEPTH = 3


def zones_of(words: Sequence[Ink], depth: int = MOST_DEPTH) -> list[list[Line]]:
    """The lines of each column of text, in reading order; one zone where there are none."""
    lines = lines_of(words)
    found = _best_gap(lines) if depth else None
    if found is None:
        return [lines] if lines else []
    first, end, gap = found
    beside = [word for line in lines[first:end] for word in line.words]
    left = [word for word in beside if (word.x0 + word.x1) / 2 < gap]
    right = [word for word in beside if (word.x0 + word.x1) / 2 >= gap]
    return [
        *zones_of(_words(lines[:first]), depth - 1),
        *zones_of(left, depth - 1),
        *zones_of(right, depth - 1),
        *zones_of(_words(lines[end:]), depth - 1),
    ]


def _words(lines: Sequence[Line]) -> list[Ink]:
    return [word for line in lines for word in line.words]


def _best_gap(lines: Sequence[Line]) -> tuple[int, int, float] | None:
    """The longest run of lines with a gap between two columns of prose, and where the gap is."""
    if len(lines) < LEAST_LINES:
        return None
    pieces = [line.pieces for line in lines]
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    best = None
    for step in range(STEPS):
        gap = x0 + (x1 - x0) * (GAP_FROM + (GAP_TO - GAP_FROM) * step / (STEPS - 1))
        free = [not any(p.x0 < gap < p.x1 for p in line) for line in pieces]
        for first, end in _runs(free):
            is_longer = best is None or end - first > best[1] - best[0]
            if is_longer and _is_prose_beside(pieces[first:end], gap):
                best = (first, end, gap)
    return best


def _runs(free: Sequence[bool]) -> list[tuple[int, int]]:
    runs, start = [], None
    for index, is_free in enumerate([*free, False]):
        if is_free and start is None:
            start = index
        elif not is_free and start is not None:
            if index - start >= LEAST_LINES:
                runs.append((start, index))
            start = None
    return runs


def _is_prose_beside(lines: Sequence[Sequence[Line]], gap: float) -> bool:
    sides = (
        [piece for line in lines for piece in line if piece.x1 <= gap],
        [piece for line in lines for piece in line if piece.x0 >= gap],
    )
    return all(_is_prose(side) for side in sides)


def _is_prose(pieces: Sequence[Line]) -> bool:
    if len(pieces) < LEAST_LINES:
        return False
    words = sum(len(piece.words) for piece in pieces)
    figures = sum(is_figure(piece.text) for piece in pieces)
    return words >= PROSE_WORDS * len(pieces) and figures <= 0.2 * len(pieces)
