"""What the pieces of a page are worth to a field: a value of its kind, a sign, or neither."""

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from ..doctypes import FieldRule
from .brands import spelt_as_brand
from .candidate import Candidate, candidate
from .found import Value, value_in
from .name_lines import name_of
from .names import name_in
from .numbers import is_holder
from .piece import Piece
from .sheet import Sheet
from .spots import Spot
from .tokens import tokens_of
from .totals import column_parts
from .vocabulary import Vocabulary
from .ways import SIGNS, is_counter

# Eight figures without a comma are the number of an account; `[1(d)-2]` says how a line is made.
_ACCOUNT = re.compile(r"(?<![\d,.])\d{8,}(?![\d,.])")
_SUM = re.compile(r"\s*[\[(]\s*\d{0,2}\s*\(?[a-z]\)|\s*\[\d+\]\s*$")
DASHES = frozenset({"-", "–", "—"})
BY_BRAND = "A letter was put right as the page's larger print has it."
# A PAN of a person where a body's is wanted, or the other way round.
OTHER_HOLDER = 0.6
# A value that is only text is no value where it is a label itself.
TEXTS = ("name", "identifier", "choice")
# From this likeness on such a text is a label; a choice has few words, `New regime`.
SURE_TEXT, SURE_CHOICE = 0.75, 0.95


class PieceValues:
    """Reads pieces as values; what is a label, or only counts a line, is none.

    Args:
        no_values: amounts that are no field's: one payer's, or in lakhs.
    """

    def __init__(
        self,
        sheet: Sheet,
        vocabulary: Vocabulary,
        spots: Sequence[Spot],
        no_values: Container[Piece],
    ) -> None:
        self._sheet, self._vocabulary, self._no_values = sheet, vocabulary, no_values
        self.labelled: dict[Piece, list[Spot]] = {}
        for spot in spots:
            self.labelled.setdefault(spot.piece, []).append(spot)

    def of_piece(self, rule: FieldRule, piece: Piece) -> Value | None:
        """The value that a piece is, if it is one and no label."""
        spots = self.labelled.get(piece, [])
        if rule.kind == "amount" and (self.is_nobodys(piece) or self._counts(piece)):
            return None
        surely = SURE_CHOICE if rule.kind == "choice" else SURE_TEXT
        if spots and rule.kind in TEXTS and any(s.match.score > surely for s in spots):
            return None
        if spots and rule.kind not in TEXTS and any(s.start == 0 for s in spots):
            return None
        text = name_of(piece) if rule.kind == "name" else piece.text
        return self.of_text(rule, text, whole=rule.kind == "amount")

    def of_text(self, rule: FieldRule, text: str, *, whole: bool = False) -> Value | None:
        """The value that a text begins with, or with `whole` all of it."""
        if rule.kind == "name":
            return name_in(rule, text, self._vocabulary)
        if rule.kind == "identifier" and is_counter(text):
            return None
        value = value_in(rule, text, is_scan=self._sheet.is_scan, whole=whole)
        if value and rule.kind == "identifier" and not any(map(str.isdigit, value.text)):
            # Certificate numbers may be seven letters; so are many words.
            known = all(self._vocabulary.is_known(token.text) for token in tokens_of(value.text))
            return None if known else value
        if value and rule.kind == "amount" and (_ACCOUNT.search(text) or _SUM.match(text)):
            return None
        return value

    def is_nobodys(self, piece: Piece) -> bool:
        """Are its amounts no field's?"""
        return piece in self._no_values

    def is_sign(self, rule: FieldRule, piece: Piece) -> bool:
        """Is it a colon or a currency? A dash is nothing, but for an amount it is zero."""
        return piece.text in SIGNS or (rule.kind != "amount" and piece.text in DASHES)

    def made(
        self,
        rule: FieldRule,
        piece: Piece,
        value: Value,
        score: float,
        by: str,
        offset: int = 0,
    ) -> Candidate:
        """A candidate of a value whose letters are counted from `offset` in the piece."""
        words = piece.words_at(value.start + offset, value.end + offset) or piece.words
        text, note = value.text, value.note
        if not is_holder(rule, text):
            score *= OTHER_HOLDER
        if rule.holder == "entity" and rule.kind == "name" and self._sheet.is_scan:
            text = spelt_as_brand(self._sheet, text, piece.size)
            note = note if text == value.text else BY_BRAND
        made = candidate(self._sheet, rule.name, text, piece, words, score, by, note)
        if rule.name in self._vocabulary.totals:
            made = replace(made, parts=tuple(column_parts(self._sheet, piece)))
        return made

    def _counts(self, piece: Piece) -> bool:
        """Is it the number of a line, before everything else in its row?"""
        return is_counter(piece.text) and not self._sheet.left_of(piece)
