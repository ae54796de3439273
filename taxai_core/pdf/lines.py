"""Words put together: lines of text, and the pieces of a line that stand apart."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from .drawing import Rule
from .words import Ink, print_of

# Words of one line overlap in height by this share of the lower one: sub- and superscripts do,
# the next line of tightly set print does not.
SAME_LINE = 0.5
# Pieces of a line that stand further apart than this are looked at as cells of their own; blanks
# are 0.25 to 0.35 of the print's height, in justified prose up to 0.7.
PIECE_EM = 0.8
# A number set in two pieces leaves less room between them than a blank: `11,062 .6`.
SPLIT_NUMBER_EM = 0.35
# So many single dots in a line lead from a label to its figure: `Robbery . . . . 102.1`.
LEAST_DOTS = 3
# A currency's sign may stand this far before its figure.
MOST_ROOM_EM = 8.0
_CURRENCY = re.compile(r"[$€£₹¥]|Rs\.?|INR|US\$", re.IGNORECASE)
_LEADER = re.compile(r"[.·…_]+")
_TRAILING_LEADER = re.compile(r"[.·_]{3,}$|…+$")


@dataclass(frozen=True)
class Line:
    """Words that stand beside each other, from left to right."""

    words: list[Ink]

    @cached_property
    def top(self) -> float:
        """The top of its highest word."""
        return min(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        """The bottom of its lowest word."""
        return max(word.bottom for word in self.words)

    @cached_property
    def x0(self) -> float:
        """Where it begins."""
        return min(word.x0 for word in self.words)

    @cached_property
    def x1(self) -> float:
        """Where it ends."""
        return max(word.x1 for word in self.words)

    @cached_property
    def size(self) -> float:
        """How high its print is: the median of its words."""
        return usual_height(self.words)

    @cached_property
    def pieces(self) -> "list[Line]":
        """What stands apart like the cells of a table."""
        return pieces_of(self, PIECE_EM)

    @property
    def text(self) -> str:
        """Its words with blanks between, where the print has them."""
        text = ""
        for before, word in zip([None, *self.words], self.words, strict=False):
            text += word.text if before is None or _is_one(before, word) else f" {word.text}"
        return text


def _is_one(before: Ink, word: Ink) -> bool:
    """Is it one number, set in two pieces: `11,062` and `.6`?"""
    is_rest = word.text[0] in ".," and word.text[1:2].isdigit() and before.text[-1:].isdigit()
    return is_rest and word.x0 - before.x1 < SPLIT_NUMBER_EM * word.height


def without_leaders(lines: Iterable[Line]) -> list[Line]:
    """Take out the dots or dashes that lead the eye from a label to its figure."""
    kept = []
    for line in lines:
        dots = sum(bool(_LEADER.fullmatch(word.text)) for word in line.words)
        words = []
        for word in line.words:
            text = word.text
            if dots >= LEAST_DOTS and _LEADER.fullmatch(text):
                continue
            shorter = _TRAILING_LEADER.sub("", text)
            if shorter != text:
                if not shorter:
                    continue
                reach = word.x0 + (word.x1 - word.x0) * len(shorter) / len(text)
                word = replace(word, text=shorter, x1=reach, printed=print_of([word]))
            words.append(word)
        if words:
            kept.append(Line(words))
    return kept


def with_currency(line: Line, down: Sequence[Rule]) -> list[Ink]:
    """The words of a line, each currency's sign joined to the figure it stands before.

    In the first and the last row of a table the sign stands at the left edge of the column, often
    right behind the figure before; the place stays the figure's.
    """
    words: list[Ink] = []
    for word in line.words:
        sign = words[-1] if words else None
        if (
            sign is not None
            and _CURRENCY.fullmatch(sign.text)
            and (word.text[0].isdigit() or word.text[0] in "(-")
            and word.x0 - sign.x1 < MOST_ROOM_EM * line.size
            and not any(
                sign.x1 - 1 <= rule.at <= word.x0 + 1 and rule.start <= word.middle <= rule.end
                for rule in down
            )
        ):
            text = f"{sign.text} {word.text}"
            words[-1] = replace(word, text=text, printed=print_of([sign, word]))
        else:
            words.append(word)
    return words


def lines_of(words: Iterable[Ink]) -> list[Line]:
    """Put words that run from left to right into lines, from top to bottom."""
    lines: list[list[Ink]] = []
    bands: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: (word.middle, word.x0)):
        place = _line_for(word, bands)
        if place is None:
            lines.append([word])
            bands.append((word.top, word.bottom))
        else:
            lines[place].append(word)
            # The line's band follows its biggest words: a footnote mark must not widen it.
            top, bottom = bands[place]
            if word.height >= bottom - top:
                bands[place] = (word.top, word.bottom)
    made = [Line(sorted(line, key=lambda word: word.x0)) for line in lines]
    return sorted(made, key=lambda line: (line.top + line.bottom, line.x0))


def _line_for(word: Ink, bands: Sequence[tuple[float, float]]) -> int | None:
    for place in range(len(bands) - 1, max(-1, len(bands) - 6), -1):
        top, bottom = bands[place]
        overlap = min(bottom, word.bottom) - max(top, word.top)
        if overlap >= SAME_LINE * min(bottom - top, word.height):
            return place
    return None


def pieces_of(line: Line, gap_em: float) -> list[Line]:
    """Split a line where its words stand further apart than `gap_em` times its print is high."""
    pieces: list[list[Ink]] = []
    gap, reach = gap_em * line.size, float("-inf")
    for word in line.words:
        if pieces and word.x0 - reach <= gap:
            pieces[-1].append(word)
            reach = max(reach, word.x1)
        else:
            pieces.append([word])
            reach = word.x1
    return [Line(piece) for piece in pieces]


def usual_height(words: Sequence[Ink]) -> float:
    """How high words are printed: the median."""
    heights = sorted(word.height for word in words)
    return heights[len(heights) // 2]


def text_of(words: Iterable[Ink]) -> str:
    """The text of a cell, line after line; words that run up or down the page come last."""
    runs: dict[int, list[Ink]] = {0: [], 3: [], 1: []}
    for word in words:
        runs.setdefault(word.turn, []).append(_levelled(word))
    return " ".join(line.text for run in runs.values() for line in lines_of(run))


def _levelled(word: Ink) -> Ink:
    """The word as it stands where its own direction is from left to right."""
    match word.turn:
        case 1:
            return replace(word, x0=word.top, top=-word.x1, x1=word.bottom, bottom=-word.x0)
        case 2:
            return replace(word, x0=-word.x1, top=-word.bottom, x1=-word.x0, bottom=-word.top)
        case 3:
            return replace(word, x0=-word.bottom, top=word.x0, x1=-word.top, bottom=word.x1)
        case _:
            return word
