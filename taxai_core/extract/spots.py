"""Where labels stand on a page: in a cell, before a colon, before a value, over two lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .differences import difference
from .misread import TORN_SECTION, behind_other_script, tokens_of_scan
from .piece import Piece, joined
from .segments import segments_of
from .sheet import LINE_WORDS, Sheet
from .tokens import Token, tokens_of
from .vocabulary import Match, Vocabulary

# A phrase is a label from this likeness on; in a line with other words only as a whole.
LIKELY, WHOLE = 0.62, 0.97
# A phrase is a label in a sentence from this likeness on.
SAID = 0.8
# Labels whose likeness differs by less are equally likely.
TIED = 0.02
# A label over two lines must be this much surer than its lines are alone.
BETTER = 0.08
# Where a line ends, a phrase is a label from this likeness on.
OVER_LINES = 0.8
# A longer run of words is a sentence; its values are found by what it says.
SENTENCE = 14
# The longest label that is looked for as a whole.
LONGEST = 20
# `including a part prepayment of …` says what is in the amount that follows it.
_REMARK = re.compile(r"(?:including|inclusive|excluding)\b", re.IGNORECASE)
# `EMP6704` is no label, `Employee #6704` begins with one.
_GOES_ON = re.compile(r"(?<!#)\d")
# What tells by its form which of two labels it belongs to.
_TOLD_APART = ("pan", "tan", "year")


class _Found(NamedTuple):
    """Where a label stands in a text, and which it may be, the likeliest first."""

    start: int
    end: int
    matches: tuple[Match, ...]
    is_closed: bool


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
    others: tuple[Match, ...] = ()  # as likely as `match`

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
    if sheet.is_scan:
        for piece, found in alone.items():
            if all(spot.match.score < OVER_LINES for spot in found):
                alone[piece] = _behind_other_script(piece, vocabulary) or found
    spots = [spot for found in alone.values() for spot in found]
    for piece, below in sheet.stacked():
        merged = joined(piece, below)
        best = max((s.match.score for s in (*alone[piece], *alone[below])), default=0.0)
        for spot in _in_piece(merged, vocabulary, sheet.is_scan):
            is_over_both = spot.start < merged.lines[1] < spot.end
            goes_on = not sheet.right_of(piece) and _goes_on(spot, alone[piece], alone[below])
            least = WHOLE if goes_on else max(OVER_LINES, best + BETTER)
            if is_over_both and spot.match.score >= least:
                spots = [s for s in spots if s.piece not in (piece, below)]
                spots.append(spot)
    return spots


def _goes_on(both: Spot, upper: Sequence[Spot], lower: Sequence[Spot]) -> bool:
    """Is a label without the word that wraps the same one: `Interest on savings`, `account`?"""
    same = any(spot.field == both.field for spot in upper)
    return same and all(spot.match.score < OVER_LINES for spot in lower)


def _in_piece(piece: Piece, vocabulary: Vocabulary, is_scan: bool) -> Iterator[Spot]:
    tokens = tokens_of_scan(piece.text, vocabulary) if is_scan else tokens_of(piece.text)
    found: list[_Found] = []
    for start, end, closed, valued in segments_of(piece.text):
        inside = [token for token in tokens if start <= token.start < end]
        for one in _in_segment(piece, inside, vocabulary, closed, valued) if inside else ():
            if one.start == inside[0].start:
                one = one._replace(start=_begin(piece.text, start, one.start))
            # Small words may stand behind it, up to the next one that counts.
            ends = [token.start for token in inside if token.start >= one.end]
            printed = piece.text[one.start : min([*ends, end])]
            found.append(one._replace(matches=vocabulary.told_apart(one.matches, printed)))
    found = [one for one in found if not _GOES_ON.match(piece.text, one.end)]
    found = [one for one in found if not _REMARK.match(piece.text, one.start)]
    found = _with_differences(piece.text, found, vocabulary)
    for index, (start, end, matches, closed) in enumerate(found):
        until = found[index + 1].start if index + 1 < len(found) else len(piece.text)
        yield Spot(piece, start, end, until, matches[0], closed, matches[1:])


def _behind_other_script(piece: Piece, vocabulary: Vocabulary) -> list[Spot]:
    for words in behind_other_script(piece, vocabulary):
        found, end = _likeliest(words, vocabulary), _closed_end(piece.text, words[-1].end)
        if found and found[0].score >= OVER_LINES:
            return [Spot(piece, words[0].start, end, len(piece.text), found[0], others=found[1:])]
    return []


def _with_differences(text: str, found: Sequence[_Found], vocabulary: Vocabulary) -> list[_Found]:
    made: list[_Found] = []
    for one in found:
        before = made[-1] if made else None
        made.append(one)
        if before is not None:
            between = text[before.end : one.start]
            of = vocabulary.document_type
            if match := difference(of, between, before.matches, one.matches):
                made[-2:] = [one._replace(start=before.start, matches=(match,))]
    return made


def _begin(text: str, start: int, label: int) -> int:
    """Where the words before a label begin that say nothing: `0 Value of perquisites`."""
    m = re.search(r"[^\W\d]", text[start:label])
    return start + m.start() if m else label


def _in_segment(
    piece: Piece, tokens: list[Token], vocabulary: Vocabulary, closed: bool, valued: bool
) -> Iterator[_Found]:
    """The labels in a run of words; `closed` by a colon, or `valued` by what stands behind it."""
    first, last = tokens[0].start, tokens[-1].end
    whole = _likeliest(tokens, vocabulary) if len(tokens) <= LONGEST else ()
    front = None
    if len(tokens) <= SENTENCE and (not whole or whole[0].score < WHOLE):
        if pair := _pair(piece.text, tokens, vocabulary):
            yield _Found(first, last, pair, closed)
            return
        front = _front(piece, tokens, vocabulary)
    # Before an amount in a sentence few words may be any label's: `Tax of Rs. 500`.
    least = SAID if valued and len(piece.words) >= LINE_WORDS else LIKELY
    likely = bool(whole) and whole[0].score >= least
    if likely and (front is None or front.matches[0].score <= whole[0].score):
        yield _Found(first, _closed_end(piece.text, last), whole, closed)
        return
    if front:
        yield front
    if closed or valued:
        after = front.end if front else -1
        back = _back([t for t in tokens if t.start >= after], vocabulary)
        if back:
            yield back._replace(is_closed=closed)


def _likeliest(tokens: Sequence[Token], vocabulary: Vocabulary) -> tuple[Match, ...]:
    """The likeliest label, with those as likely that the headings on the page tell from it."""
    matches = vocabulary.matches(tokens)
    tied = [match for match in matches if match.score >= matches[0].score - TIED]
    plain = [match for match in tied if not match.label.heading and not match.label.column]
    return tuple(m for m in tied if m in plain[:1] or m not in plain)


def _pair(text: str, tokens: list[Token], vocabulary: Vocabulary) -> tuple[Match, ...]:
    """Two labels of values that their form tells apart: `AY / FY`, `PAN / TAN`."""
    stroke = text.find("/", tokens[0].start, tokens[-1].end)
    sides = [t for t in tokens if t.end <= stroke], [t for t in tokens if t.start > stroke]
    if stroke < 0 or not all(sides):
        return ()
    first, second = (_likeliest(side, vocabulary) for side in sides)
    if not first or not second or min(first[0].score, second[0].score) < WHOLE:
        return ()
    kinds = [vocabulary.kind(match.label.field) for match in (first[0], second[0])]
    return (*first, *second) if all(kind in _TOLD_APART for kind in kinds) else ()


def _front(piece: Piece, tokens: list[Token], vocabulary: Vocabulary) -> _Found | None:
    """A label that begins a run of words; its value follows without a sign between."""
    for count in range(len(tokens) - 1, 0, -1):
        end, after = tokens[count - 1].end, tokens[count].start
        is_line = any(end <= line - 1 <= after for line in piece.lines[1:])
        if not is_line and vocabulary.is_known(tokens[count].text):
            continue  # a longer label, or words between that change what is meant
        found = _likeliest(tokens[:count], vocabulary)
        if not found or found[0].score < (OVER_LINES if is_line else WHOLE):
            continue
        if is_line or not _needs_sign(found[0], vocabulary):
            return _Found(tokens[0].start, _closed_end(piece.text, end), found, False)
    return None


def _needs_sign(match: Match, vocabulary: Vocabulary) -> bool:
    """Is it a word that other words may follow: `Total taxes`, `Employee summary`?"""
    if match.label.heading or match.label.column:
        return True
    is_name = vocabulary.kind(match.label.field) == "name"
    return is_name and len(match.label.words) == 1 and "name" not in match.label.words


def _back(tokens: list[Token], vocabulary: Vocabulary) -> _Found | None:
    """A label that ends a run of words; its value follows."""
    for first in range(len(tokens)):
        found = _likeliest(tokens[first:], vocabulary)
        if found and found[0].score >= WHOLE:
            return _Found(tokens[first].start, tokens[-1].end, found, False)
    return None


# `Name of Employer / नियोक्ता`
_DEVANAGARI = re.compile(r"[\s/|(–-]*[\u0900-\u097f][\u0900-\u097f\s/|()–.-]*")


def _closed_end(text: str, end: int) -> int:
    """Behind the bracket, the small words, or the other script that a label ends with."""
    if m := _DEVANAGARI.match(text, end):
        end = m.end()
    if m := re.match(
        r"[^\w\s(]*\s*[(\[](?:rs\.?|inr|₹|in rs\.?|in ₹|a|b|c|d|e|f)[)\]]", text[end:], re.I
    ):
        return end + m.end()
    if m := TORN_SECTION.match(text, end + 1):
        return m.end()
    if m := re.match(r"(?:\s+(?:by|of|on|at|to|for|is|in))+(?=\s*:)", text[end:], re.I):
        return end + m.end()  # `Issued by:`
    return end
