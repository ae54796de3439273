"""The amount of a receipt that stands alone in a box, without a label, and again in words."""

import re
from collections.abc import Iterator

from ..doctypes import DocumentType
from ..values import as_amount, parse_amount, parse_amount_in_words
from .candidate import Candidate, candidate
from .found import amounts_in_words
from .sheet import Piece, Sheet

# Figures and words that agree are nobody's tariff; a label says it a little surer.
BOXED = 0.86
# A receipt is short: a longer paper has many amounts in words.
MOST_WORDS = 300
# `₹ 11,000/-`, `Rs. 500.00`, `11,000/-`: a sign of money, and no word.
_MONEY = re.compile(
    r"\W*(?:(?:Rs|INR|₹|रु)[\s.:]*[\d,]+(?:\.\d{2})?\s*(?:/[-=]?)?|[\d,]+(?:\.\d{2})?\s*/[-=]?)\W*",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]{2}")


def boxed_amounts(sheet: Sheet, document_type: DocumentType) -> Iterator[Candidate]:
    """The only unlabelled amount of a short page that the page has in words as well."""
    rules = [rule for rule in document_type.fields if rule.boxed]
    if not rules or len(sheet.words) > MOST_WORDS:
        return
    said = set(_in_words(sheet))
    lone = [(p, amount) for p in sheet.pieces if (amount := _alone(sheet, p)) in said and amount]
    if len({amount for _, amount in lone}) == 1:
        for piece, amount in lone:
            for rule in rules:
                words = piece.words
                yield candidate(sheet, rule.name, amount, piece, words, BOXED, "boxed")


def _in_words(sheet: Sheet) -> Iterator[str]:
    if sheet.flow:
        yield from (value for _, _, value in amounts_in_words(sheet.flow.text))
    for piece in sheet.pieces:
        amount = parse_amount_in_words(piece.text)
        if amount is not None:
            yield as_amount(amount)


def _alone(sheet: Sheet, piece: Piece) -> str | None:
    """Its amount, if that is all it says and nothing on its left says what it is."""
    if not _MONEY.fullmatch(piece.text) or any(map(_is_text, sheet.left_of(piece))):
        return None
    amount = parse_amount(piece.text)
    return as_amount(amount) if amount else None


def _is_text(piece: Piece) -> bool:
    return _LETTER.search(piece.text) is not None
