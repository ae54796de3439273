"""Where labels stand on a page: in a cell, before a colon, before a value, over two lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..values import find_values
from .sheet import Piece, Sheet, joined
from .tokens import Token, tokens_of
from .vocabulary import Match, Vocabulary

# A phrase is a label from this likeness on; in a line with other words only as a whole.
LIKELY, WHOLE = 0.62, 0.97
# A label over two lines must be this much surer than its lines are alone.
BETTER = 0.08
# A longer run of words is a sentence; its values are found by what it says.
SENTENCE = 14
_COLON = re.compile(
    r"\s*(?::\s*-?|:-|=|\|)(?=\s|$|[^\d/])|\s*:(?=\d)|\s[-–]+\s(?=\S)|\.{3,}|…+|_{3,}"
)
_SURE = ("pan", "tan", "amount", "date")


@dataclass(frozen=True, eq=False)
class Spot:
    """A label on the page: its letters in a piece's text, and where its value may begin there.

    `until` is where the next label, or the text, ends what can be its value.
    """

    piece: Piece
    start: int
    end: int
    until: int
    match: Match
    is_closed: bool = False  # by a colon
    others: tuple[Match, ...] = ()

    @property
    def field(self) -> str | None:
        """The field it stands for; None for something that is no field of ours."""
        return self.match.label.field

    @property
    def rest(self) -> str:
        """What stands behind it in the same piece."""
        return self.piece.text[self.end : self.until]


def find_spots(sheet: Sheet, vocabulary: Vocabulary) -> list[Spot]:
    """All labels of a page, from top to bottom; of two that overlap the surer one."""
    alone = {piece: list(_in_piece(piece, vocabulary, sheet.is_scan)) for piece in sheet.pieces}
    spots = [spot for found in alone.values() for spot in found]
    for piece, below in sheet.stacked():
        merged = joined(piece, below)
        best = max((s.match.score for s in (*alone[piece], *alone[below])), default=0.0)
        for spot in _in_piece(merged, vocabulary, sheet.is_scan):
            is_over_both = spot.start < merged.lines[1] < spot.end
            if is_over_both and spot.match.score >= max(0.8, best + BETTER):
                spots = [s for s in spots if s.piece not in (piece, below)]
                spots.append(spot)
    return spots


def _in_piece(piece: Piece, vocabulary: Vocabulary, is_scan: bool) -> Iterator[Spot]:
    tokens: Sequence[Token] = tokens_of(piece.text)
    if is_scan:
        tokens = vocabulary.repaired(tokens)
    found: list[tuple[int, int, Match, bool]] = []
    for start, end, closed, valued in _segments(piece.text):
        inside = [token for token in tokens if start <= token.start < end]
        if inside:
            found += _in_segment(piece, inside, vocabulary, closed, valued)
    for index, (start, end, match, closed) in enumerate(found):
        until = found[index + 1][0] if index + 1 < len(found) else len(piece.text)
        yield Spot(piece, start, end, until, match, closed)


def _in_segment(
    piece: Piece, tokens: list[Token], vocabulary: Vocabulary, closed: bool, valued: bool
) -> Iterator[tuple[int, int, Match, bool]]:
    """The labels in a run of words; `closed` by a colon, or `valued` by what stands behind it."""
    first, last = tokens[0].start, tokens[-1].end
    whole = vocabulary.best(tokens) if len(tokens) <= SENTENCE + 6 else None
    front = None
    if len(tokens) <= SENTENCE and (whole is None or whole.score < WHOLE):
        front = _front(piece, tokens, vocabulary)
    if whole and whole.score >= LIKELY and (front is None or front[2].score <= whole.score):
        yield first, _closed_end(piece.text, last), whole, closed
        return
    if front:
        yield front
    if closed or valued:
        after = front[1] if front else -1
        back = _back([t for t in tokens if t.start >= after], vocabulary)
        if back:
            yield back[0], last, back[1], closed


def _front(
    piece: Piece, tokens: list[Token], vocabulary: Vocabulary
) -> tuple[int, int, Match, bool] | None:
    """A label that begins a run of words; its value follows without a sign between."""
    for count in range(len(tokens) - 1, 0, -1):
        end, after = tokens[count - 1].end, tokens[count].start
        is_line = any(end <= line - 1 <= after for line in piece.lines[1:])
        if not is_line and vocabulary.is_known(tokens[count].text):
            continue  # a longer label, or words between that change what is meant
        best = vocabulary.best(tokens[:count])
        if best and best.score >= (0.8 if is_line else WHOLE):
            return tokens[0].start, _closed_end(piece.text, end), best, False
    return None


def _back(tokens: list[Token], vocabulary: Vocabulary) -> tuple[int, Match] | None:
    """A label that ends a run of words; its value follows."""
    for first in range(len(tokens)):
        best = vocabulary.best(tokens[first:])
        if best and best.score >= WHOLE:
            return tokens[first].start, best
    return None


def _closed_end(text: str, end: int) -> int:
    """Behind the bracket that a label ends with: `(Rs.)`."""
    if m := re.match(
        r"[^\w\s(]*\s*[(\[](?:rs\.?|inr|₹|in rs\.?|in ₹|a|b|c|d|e|f)[)\]]", text[end:], re.I
    ):
        return end + m.end()
    return end


def _segments(text: str) -> Iterator[tuple[int, int, bool, bool]]:
    """The runs of words between colons and values: start, end, before a colon, before a value."""
    cuts = [(m.start(), m.end(), True) for m in _COLON.finditer(text)]
    cuts += [(start, end, False) for kind in _SURE for start, end, _ in find_values(kind, text)]
    at = 0
    for start, end, is_colon in sorted(cuts):
        if start > at:
            yield at, start, is_colon, not is_colon
        at = max(at, end)
    if at < len(text):
        yield at, len(text), False, False
