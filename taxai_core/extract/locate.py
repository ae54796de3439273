"""From labels to values: behind, right of, below, above and left of their label."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from ..doctypes import DocumentType, FieldRule
from .candidate import Candidate, candidate
from .columns import Columns
from .found import Value, value_in
from .headings import Headings
from .names import name_in
from .sheet import BELOW_EM, Piece, Sheet
from .spots import Spot, find_spots
from .vocabulary import Vocabulary

# How much a place says that the value belongs to the label.
INLINE, RIGHT, BELOW, CROSSED, ABOVE, LEFT = 1.0, 0.97, 0.93, 0.97, 0.6, 0.45
# A label of one common word after which no colon stands.
SIGNS = frozenset({":", "=", "Rs.", "Rs", "₹", "INR", "(Rs.)", ":-", "(₹)", "`"})
DASHES = frozenset({"-", "–", "—"})
# Labels whose likeness differs by less are equally likely.
TIED = 0.02
# A label that speaks for the type of its paper.
SURE_LABEL = 0.85
# So many pieces that are neither value nor label may stand between a label and its value.
MOST_BETWEEN = 2
# A value that is only text is no value where it is a label itself.
TEXTS = ("name", "identifier", "choice")


class Located:
    """The labels of one page, and the values that they may have."""

    def __init__(self, sheet: Sheet, vocabulary: Vocabulary) -> None:
        self.sheet, self.vocabulary = sheet, vocabulary
        self.type: DocumentType = vocabulary.document_type
        self.rules = {rule.name: rule for rule in self.type.fields}
        self.spots = find_spots(sheet, vocabulary)
        self.columns = Columns(sheet, self.type)
        self.headings = Headings(sheet, self.spots, vocabulary)

    @cached_property
    def candidates(self) -> list[Candidate]:
        """All of them."""
        return [found for spot in self.spots for found in self._at(spot)]

    @cached_property
    def known_fields(self) -> set[str]:
        """The fields that have a label on the page, with a value or without."""
        return {s.field for s in self.spots if s.field and s.match.score >= SURE_LABEL}

    @cached_property
    def _labelled(self) -> dict[Piece, list[Spot]]:
        by_piece: dict[Piece, list[Spot]] = {}
        for spot in self.spots:
            by_piece.setdefault(spot.piece, []).append(spot)
        return by_piece

    def _at(self, spot: Spot) -> Iterator[Candidate]:
        """The values of every field that this label may stand for."""
        for match in (spot.match, *spot.others):
            rule = self.rules.get(match.label.field or "")
            if rule is None or match.score < spot.match.score - TIED:
                continue
            if match.label.heading and not self.headings.is_under(spot, match.label.heading):
                continue
            if match.label.column:
                found = self._crossed(rule, spot, match.label.column)
            else:
                found = self._beside(rule, spot)
                if partner := self.vocabulary.partner(rule):
                    found = [*found, *self._beside(partner, spot)]
            yield from (one.scored(match.score) for one in found)

    def _beside(self, rule: FieldRule, spot: Spot) -> list[Candidate]:
        inline = self._inline(rule, spot)
        if inline:
            return [inline]
        right = self._right(rule, spot)
        below = self._below(rule, spot)
        if right and below and self._is_heading_row(spot):
            right = []
        if right or below:
            return [*right, *(one.scored(0.8) for one in below)] if right else below
        return [*self._turned_round(rule, spot)]

    def _inline(self, rule: FieldRule, spot: Spot) -> Candidate | None:
        rest = spot.rest
        if not rest.strip(" :-–=.|_()"):
            return None
        value = self._value(rule, rest)
        if value is None:
            return None
        return self._made(rule, spot.piece, value, INLINE, "behind", spot.end)

    def _right(self, rule: FieldRule, spot: Spot) -> list[Candidate]:
        found: list[tuple[Piece, Value]] = []
        between = 0
        for piece in self.sheet.right_of(spot.piece):
            if self._is_sign(rule, piece):
                continue
            value = self._of_piece(rule, piece)
            if value:
                found.append((piece, value))
                if rule.kind != "amount":
                    break
                continue
            if self._labelled.get(piece):
                break
            between += 1
            if between > MOST_BETWEEN or found:
                break
        if not found:
            return []
        return [self._made(rule, *self.columns.chosen(rule, found), RIGHT, "right")]

    def _below(self, rule: FieldRule, spot: Spot) -> list[Candidate]:
        if rule.kind == "amount" and spot.piece.cell:
            total = self.columns.total_below(rule, spot.piece, self._of_piece)
            return [self._made(rule, *total, BELOW, "below")] if total else []
        for piece in self.sheet.below(spot.piece):
            if piece.top - spot.piece.bottom > BELOW_EM * max(piece.size, spot.piece.size):
                break
            if self._is_sign(rule, piece):
                continue
            value = self._of_piece(rule, piece)
            if value:
                return [self._made(rule, piece, value, BELOW, "below")]
            if self._labelled.get(piece):
                break
            return []
        return []

    def _crossed(self, rule: FieldRule, spot: Spot, column: frozenset[str]) -> list[Candidate]:
        found = []
        for piece in self.sheet.right_of(spot.piece):
            value = self._of_piece(rule, piece)
            if value and (likeness := self.columns.likeness(piece, column)) >= 0.6:
                made = self._made(rule, piece, value, CROSSED * likeness, "crossed")
                found.append(made)
        return sorted(found, key=lambda c: -c.score)[:1]

    def _turned_round(self, rule: FieldRule, spot: Spot) -> Iterator[Candidate]:
        """Values above their label, as cards have them, or left of it."""
        if rule.kind in TEXTS and rule.kind != "name":
            return
        for piece in self.sheet.above(spot.piece)[:1]:
            if spot.piece.top - piece.bottom <= 1.2 * max(piece.size, spot.piece.size):
                value = self._of_piece(rule, piece)
                if value and not self._has_label_of_its_own(piece):
                    yield self._made(rule, piece, value, ABOVE, "above")
                    return
        for piece in self.sheet.left_of(spot.piece)[:1]:
            value = self._of_piece(rule, piece)
            if rule.kind != "name" and value and not self._has_label_of_its_own(piece):
                yield self._made(rule, piece, value, LEFT, "left")

    def _has_label_of_its_own(self, piece: Piece) -> bool:
        """Does a label stand left of it or above it, where values have theirs?"""
        left = [p for p in self.sheet.left_of(piece) if p.text not in SIGNS][:1]
        above = self.sheet.above(piece)[:1]
        return any(self._labelled.get(p) for p in (*left, *above))

    def _of_piece(self, rule: FieldRule, piece: Piece) -> Value | None:
        """The value that a piece is, if it is one and no label."""
        spots = self._labelled.get(piece, [])
        if spots and rule.kind in TEXTS and any(s.match.score > 0.75 for s in spots):
            return None
        if spots and rule.kind not in TEXTS and any(s.start == 0 for s in spots):
            return None
        text = piece.text
        if rule.kind == "name":
            text = _first_lines(piece)
        return self._value(rule, text, whole=rule.kind == "amount")

    def _value(self, rule: FieldRule, text: str, *, whole: bool = False) -> Value | None:
        if rule.kind == "name":
            return name_in(rule, text, self.vocabulary)
        return value_in(rule, text, is_scan=self.sheet.is_scan, whole=whole)

    def _is_sign(self, rule: FieldRule, piece: Piece) -> bool:
        """Is it a colon or a currency? A dash is nothing, but for an amount it is zero."""
        return piece.text in SIGNS or (rule.kind != "amount" and piece.text in DASHES)

    def _is_heading_row(self, spot: Spot) -> bool:
        """Is its row one of labels only, each with its value below?"""
        row = [*self.sheet.left_of(spot.piece), *self.sheet.right_of(spot.piece)]
        others = [p for p in row if self._labelled.get(p)]
        return len(others) >= max(1, len(row) / 2)

    def _made(
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
        score *= _holder_fits(rule, value.text)
        return candidate(self.sheet, rule.name, value.text, piece, words, score, by, value.note)


def _holder_fits(rule: FieldRule, value: str) -> float:
    if rule.holder is None or rule.kind != "pan":
        return 1.0
    return 1.0 if (value[3] == "P") == (rule.holder == "person") else 0.6


def _first_lines(piece: Piece) -> str:
    """The first line of a name and address, with the line that ends the firm's name."""
    lines: Sequence[int] = [*piece.lines[1:], len(piece.text) + 1]
    first = piece.text[: lines[0] - 1]
    if len(lines) > 1:
        second = piece.text[lines[0] : lines[1] - 1]
        is_rest = second.casefold().strip(" .,") in _REST or first.rstrip().endswith(("&", "-"))
        if is_rest:
            return f"{first} {second}"
    return first


_REST = frozenset(
    [
        "limited",
        "ltd",
        "pvt ltd",
        "pvt. ltd",
        "private limited",
        "(p) ltd",
        "llp",
        "india pvt ltd",
        "india private limited",
        "company limited",
        "co. ltd",
        "corporation",
        "bank limited",
    ]
)
