"""The labels of a page, and the values that they may have."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from ..doctypes import DocumentType, FieldRule
from ..values import find_values
from .beside import WORD, Beside
from .candidate import Candidate
from .columns import Columns
from .headings import Headings
from .inline import inline_values
from .numbers import numbers_without_label
from .one_of_many import is_one_of_many
from .pairs import in_pairs
from .parts import without_parts
from .payers import ALL_SECTIONS, Payers
from .persons import before_pans
from .piece import Piece
from .piece_values import PieceValues
from .rows import with_rows_parted
from .scales import scaled_amounts
from .sheet import Sheet
from .signed import signers
from .spots import Spot, find_spots
from .sums import in_sums
from .totals import is_total
from .vocabulary import Match, Vocabulary, words_of
from .ways import Ways

# A total's label is this much surer.
TOTAL = 1.01
# So sure of its column, a value is no longer looked for elsewhere.
SURE_CROSSING = 0.85
# The head of a page: this share of its height.
HEAD = 0.25
# A label that speaks for the type of its paper.
SURE_LABEL = 0.85
# A number behind a label of something else is its, if it stands within so many letters.
NEXT_TO = 24
# `Opting out of the new regime` is no opposite of itself.
_OUT = re.compile(r"\b(?:out|outside|not|old)\b", re.IGNORECASE)


class Located:
    """The labels of one page, and the values that they may have."""

    def __init__(self, sheet: Sheet, vocabulary: Vocabulary) -> None:
        self.sheet, self.vocabulary = with_rows_parted(sheet, vocabulary), vocabulary
        sheet = self.sheet
        self.type: DocumentType = vocabulary.document_type
        self.rules = {rule.name: rule for rule in self.type.fields}
        self.spots = find_spots(sheet, vocabulary)
        self.columns = Columns(sheet, self.type, self._year())
        self.payers = Payers(sheet, self.type, self.columns)
        ways = Ways(sheet, self.spots)
        self.headings = Headings(sheet, vocabulary, is_turned_round=ways.is_turned_round)
        self.payers.theirs -= self._totals_of_kinds()
        no_values = {*self.payers.theirs, *scaled_amounts(sheet)}
        values = PieceValues(sheet, vocabulary, self.spots, no_values)
        self.beside = Beside(sheet, vocabulary, self.columns, values, ways)

    @cached_property
    def candidates(self) -> list[Candidate]:
        """All of them."""
        at_labels = ((spot, one) for spot in self.spots for one in self._at(spot))
        found = without_parts(self.sheet, self.rules, at_labels)
        found += in_pairs(self.sheet, self.vocabulary)
        found += inline_values(self.sheet, self.vocabulary)
        strange = self._strange()
        found += signers(self.sheet, self.vocabulary, self.spots)
        found += before_pans(self.sheet, self.vocabulary, strange)
        found += in_sums(self.sheet, self.type, found, {spot.piece for spot in self.spots})
        return [*found, *numbers_without_label(self.sheet, self.type, strange)]

    @cached_property
    def known_fields(self) -> set[str]:
        """The fields that have a label on the page, with a value or without."""
        return {s.field for s in self.spots if s.field and s.match.score >= SURE_LABEL}

    def _year(self) -> str | None:
        """The financial year that the page says it is of, to tell columns of years apart."""
        for spot in self.spots:
            rule = self.rules.get(spot.field or "")
            if spot.piece in self.sheet.past_years:
                continue
            if rule and rule.kind == "year" and rule.name == "financial_year":
                beside = [p.text for p in self.sheet.right_of(spot.piece)[:1]]
                said = spot.piece.text[spot.start : spot.until]
                for text in (said, *beside):
                    if found := find_values("year", text):
                        return found[0][2]
        head = [p for p in self.sheet.pieces if p.top < HEAD * self.sheet.height]
        years = [value for p in head for _, _, value in find_values("year", p.text)]
        return years[0] if len(set(years)) == 1 else None

    def _totals_of_kinds(self) -> set[Piece]:
        """The rows that say to be the total of a kind of payers, and no single one's."""
        found: set[Piece] = set()
        for spot in self.spots:
            rule = self.rules.get(spot.field or "")
            is_of_kind = rule is not None and rule.payer_sections not in ([], [ALL_SECTIONS])
            is_meant = not spot.match.label.heading or self._is_under(spot, spot.match)
            if is_of_kind and is_meant and spot.match.score >= SURE_LABEL and is_total(spot.piece):
                found |= {spot.piece, *self.sheet.right_of(spot.piece)}
        return found

    def _strange(self) -> set[str]:
        """The PANs and TANs that a label says are somebody else's."""
        strange = set()
        labelled = {spot.piece for spot in self.spots if spot.start == 0}
        for spot in self.spots:
            if spot.field is None:
                right = self.sheet.right_of(spot.piece)[:1]
                beside = [p.text for p in right if p not in labelled]
                for text in (spot.rest[:NEXT_TO], *(text[:NEXT_TO] for text in beside)):
                    for kind in ("pan", "tan"):
                        strange |= {value for _, _, value in find_values(kind, text)}
        return strange

    def _at(self, spot: Spot) -> Iterator[Candidate]:
        """The values of every field that this label may stand for."""
        matches = () if self._is_one_of_many(spot) else (spot.match, *spot.others)
        # Under its heading, or in its column, a label says more than the same words elsewhere.
        under = [m for m in matches if self._is_under(spot, m)]
        crossed, plain = [], []
        for match in under or matches:
            rule = self.rules.get(match.label.field or "")
            if rule is None or (rule.kind == "amount" and spot.piece in self.payers.theirs):
                continue
            # `Total - Term deposits` is no total of everything: a word follows the label.
            if match.label.column and WORD.search(spot.piece.text, spot.end):
                continue
            if match.label.is_opposite and not _asks(spot, match):
                continue
            column = match.label.column or (None if under else match.label.heading)
            if column:
                crossed += [c.scored(match.score) for c in self.beside.crossed(rule, spot, column)]
                continue
            found = self.beside.find(rule, spot)
            if match.label.is_opposite and not _OUT.search(spot.piece.text):
                found = [_opposite(rule, one) for one in found]
            if partner := self.vocabulary.partner(rule):
                found = [*found, *self.beside.find(partner, spot)]
            # Of two labels as good, the one of the total: `Premium`, and `Total`.
            sureness = match.score * (TOTAL if is_total(spot.piece) else 1)
            plain += [one.scored(sureness) for one in found]
        sure = [one for one in crossed if one.score >= SURE_CROSSING]
        known = {one.field for one in sure} | {one.place for one in sure}
        yield from crossed
        yield from (one for one in plain if one.field not in known and one.place not in known)

    def _is_one_of_many(self, spot: Spot) -> bool:
        rule = self.rules.get(spot.field or "")
        return (
            rule is not None
            and rule.kind == "amount"
            and is_one_of_many(self.sheet, spot, self.headings)
        )

    def _is_under(self, spot: Spot, match: Match) -> bool:
        heading = match.label.heading
        return heading is not None and self.headings.is_under(spot, heading)


def _asks(spot: Spot, match: Match) -> bool:
    """Has a label a word of the question, and not the section alone: `(erstwhile 115BAC)`?"""
    said = words_of(spot.piece.text[spot.start : spot.end]) & match.label.words
    return any(not word.startswith("§") for word in said)


def _opposite(rule: FieldRule, one: Candidate) -> Candidate:
    """What a printed yes or no means where the question is the opposite one."""
    if one.text.split()[-1].strip(" :.-?").casefold() not in ("yes", "no", "y", "n"):
        return one
    return replace(one, value=next(value for value in rule.choices if value != one.value))
