"""Where a model's answer is printed, word for word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...doctypes import FieldRule
from ...models import Box
from ...pdf.words import Ink
from ...values import is_zero_mark, parse_amount
from ...values.line import in_place
from ..piece import Piece, joined
from .rows import PageRows

# Signs around an answer that are not part of it.
_EDGES = " \t\n.,:;|*_-'\"“”()[]"
# No letter or figure goes on before or behind a whole word, and no number before or behind a sign:
# `500` is not in `1,500`. A currency may stand right before a number.
_BEGINS, _ENDS = r"(?:(?<![^\W_])|(?<=Rs)|(?<=INR))(?<![0-9][.,/-])", r"(?![^\W_])(?![.,/-][0-9])"
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+")
# An amount is at most so many words: `Rs.`, the number, `Dr`.
AMOUNT_WORDS = 3
# In a line of words a whole number is money from so many figures on; a date's year is none.
LEAST_FIGURES, _YEAR = 4, re.compile(r"(?:19|20)[0-9]{2}")
# An amount may be printed again in words.
_IN_WORDS = re.compile(r"\s*\([^()\d]*\b(?:rupees?|only)\b[^()\d]*\)\W*$", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Place:
    """Some letters of a piece, in which an answer is printed."""

    page: PageRows
    piece: Piece
    start: int
    end: int

    @property
    def letters(self) -> str:
        """The letters themselves; the words may hold more, as `PAN:ABCPE1234F` does."""
        return self.piece.text[self.start : self.end]

    @property
    def words(self) -> list[Ink]:
        """The printed words that hold them."""
        return self.piece.words_at(self.start, self.end)

    @property
    def text(self) -> str:
        """The words as printed."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        """Around the words."""
        return self.page.sheet.box(self.words)

    @property
    def is_alone(self) -> bool:
        """Is it all of its piece?"""
        return not any(map(str.isalnum, self.piece.text[: self.start]))


def places_of(rule: FieldRule, answer: str, pages: Sequence[PageRows]) -> list[Place]:
    """All places of an answer, in reading order.

    An amount is compared by its figures, whatever commas and signs stand around them. A name may
    go on in the next line.
    """
    wanted = _figures(answer) if rule.kind == "amount" else _signs(answer)
    if not wanted:
        return []
    whole = re.compile(f"{_BEGINS}{wanted}{_ENDS}", re.IGNORECASE)
    return [
        Place(page, piece, *match.span())
        for page in pages
        for piece in _pieces(page, over_lines=rule.kind == "name")
        for match in whole.finditer(in_place(piece.text))
    ]


def whole_amount(place: Place) -> Place | None:
    """The amount that figures are, if their piece is one or ends with one.

    In the middle of a sentence an amount may be of anything.
    """
    end = len(_IN_WORDS.sub("", place.piece.text))
    start = _amount_at(place.piece, end)
    if start is None or not start <= place.start < end:
        return None
    return Place(place.page, place.piece, start, end)


def _pieces(page: PageRows, *, over_lines: bool) -> Iterator[Piece]:
    yield from page.sheet.pieces
    if over_lines:
        yield from (joined(*pair) for pair in page.sheet.stacked())


def _signs(answer: str) -> str:
    """A pattern in which blanks count for nothing: boxed letters have one after each."""
    signs = "".join(in_place(answer).strip(_EDGES).split())
    return r"\s*".join(map(re.escape, signs))


def _figures(answer: str) -> str:
    """A pattern of an amount's figures; "" where it is none. A zero's dash is itself."""
    text = in_place(answer).strip()
    if is_zero_mark(text):
        return rf"(?:^{re.escape(text)}$)"
    match = _NUMBER.search(text) if parse_amount(text) is not None else None
    return ",?".join(map(re.escape, match[0].replace(",", ""))) if match else ""


def _amount_at(piece: Piece, end: int) -> int | None:
    """Where the amount begins that ends there, alone or behind words."""
    if parse_amount(piece.text[:end]) is not None:
        return 0
    for start in [start for start in piece.starts if start < end][-AMOUNT_WORDS:]:
        text = piece.text[start:end]
        if parse_amount(text) is not None:
            return start if _is_money(text) else None
    return None


def _is_money(text: str) -> bool:
    """Is an amount behind words money, and no number of a line, of days or of a year?"""
    if not text.isdigit():
        return any(map(str.isdigit, text))  # a currency, commas, paise; a dash alone is nothing
    return len(text) >= LEAST_FIGURES and not _YEAR.fullmatch(text)
