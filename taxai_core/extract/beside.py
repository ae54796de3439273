"""Values beside their label: behind it, right of it, below it, or in a column of its row."""

import re

from ..doctypes import FieldRule
from ..values import find_values
from .behind import Behind
from .candidate import Candidate
from .carried import Carried
from .columns import Columns
from .found import Value
from .piece import Piece, lines_in
from .piece_values import PieceValues
from .sheet import BELOW_EM, LINE_WORDS, Sheet
from .spots import Spot
from .subtotals import part_total
from .tokens import tokens_of
from .totals import TOTALS, ColumnTotals, total_of_group
from .turned_round import TurnedRound
from .vocabulary import Vocabulary
from .ways import Ways
from .wrapped import whole_name

# How much a place says that the value belongs to the label.
RIGHT, BELOW, CROSSED = 0.97, 0.93, 0.97
# An amount behind more words than its label, and one in a column that is not meant.
WORDS_BEHIND, OTHER_COLUMN = 0.85, 0.5
# The total of the rows below a label, in a row that says nothing.
PART = 0.8
# A value below its label while another stands right of it.
SECOND = 0.8
# So many pieces that are neither value nor label may stand between a label and its value.
MOST_BETWEEN = 2
# A piece is the next label, behind which no value is looked for, from this likeness on.
SURE_LABEL = 0.7
# Two cells are one label from this likeness on: `Net short term`, `profit/loss`.
ONE_LABEL = 0.85
# A column has the name of another from this likeness on.
SAME_COLUMN = 0.7
# A label with so many words behind it stands in a sentence.
SAID_BEHIND = 3
WORD = re.compile(r"[^\W\d_]{3}")
# A minus in a cell of its own, before the amount.
MINUS = frozenset({"(-)", "(–)", "[-]", "(minus)"})
_NUMBER = re.compile(r"[\s:.]*\d{6,}\s*")
_SECTION = re.compile(r"[-–—.\s]*\d{1,3}[.\s)\]]*")


class Beside:
    """Finds the values of the labels of one page."""

    def __init__(
        self,
        sheet: Sheet,
        vocabulary: Vocabulary,
        columns: Columns,
        values: PieceValues,
        ways: Ways,
    ) -> None:
        self._sheet, self._vocabulary, self._columns = sheet, vocabulary, columns
        self._values, self._is_turned_round = values, ways.is_turned_round
        self._behind = Behind(sheet, values)
        self._carried = Carried(sheet)
        self._totals = ColumnTotals(sheet, vocabulary.document_type)
        self._turned = TurnedRound(sheet, values, is_usual=ways.is_turned_round)

    def find(self, rule: FieldRule, spot: Spot) -> list[Candidate]:
        """The values that stand beside a label, where the page usually has them."""
        if inline := self._behind.find(rule, spot):
            # `80C: PF 500, LIC 700`, `Relief - 89`: what is meant stands in the next column.
            right = self._right(rule, spot) if _is_hardly_meant(rule, spot.rest) else []
            return right or [inline]
        if rule.kind == "amount" and self._is_turned_round:
            return self._turned.find(rule, spot)
        if self._is_turned_round and (found := self._turned.find(rule, spot)):
            return found
        if rule.kind == "amount" and _is_in_sentence(spot):
            return []
        total = self._carried.of_part.get(spot.piece) if rule.kind == "amount" else None
        if total and spot.match.score >= ONE_LABEL:
            value = self._values.of_piece(rule, total)
            return [self._values.made(rule, total, value, BELOW, "part")] if value else []
        right, below = self._right(rule, spot), self._below(rule, spot)
        if right and below and self._is_heading_row(spot):
            right = []
        if right:
            return [*right, *(one.scored(SECOND) for one in below)]
        return below or self._turned.find(rule, spot) or self._of_part(rule, spot)

    def _of_part(self, rule: FieldRule, spot: Spot) -> list[Candidate]:
        row = part_total(self._sheet, spot, self._values.labelled) if rule.kind == "amount" else []
        found = [(piece, value) for piece in row if (value := self._values.of_piece(rule, piece))]
        meant = self._columns.chosen(rule, found) if found else None
        return [self._values.made(rule, *meant, PART, "part")] if meant else []

    def _right(self, rule: FieldRule, spot: Spot) -> list[Candidate]:
        found: list[tuple[Piece, Value]] = []
        between, sign = 0, ""
        row = self._sheet.right_of(spot.piece)
        if not row and spot.piece.cell is None:
            row = self._sheet.near_right(spot.piece)
        for piece in row:
            if self._values.is_sign(rule, piece):
                continue
            if rule.kind != "amount":
                piece = _line_beside(spot.piece, piece)
                piece = self._whole(rule, piece)
            if rule.kind == "amount" and piece.text in MINUS:
                sign = "-"
                continue
            value = self._values.of_piece(rule, piece)
            if value:
                found.append((piece, value._replace(text=sign + value.text)))
                sign = ""
                if rule.kind != "amount":
                    break
                continue
            if not found and self._goes_on(spot, piece):
                continue
            labels = self._values.labelled.get(piece, ())
            sure = {s.field for s in labels if s.match.score >= SURE_LABEL}
            if sure - {spot.field} or (sure and found):
                has_own = all(s.field is None and _NUMBER.fullmatch(s.rest) for s in labels)
                if piece.cell and has_own and not found:
                    continue  # `As per CIF 99181864` has its own value
                break
            between += 1
            if between > MOST_BETWEEN or found:
                break
        found = [each for each in found if each[0] not in self._carried.totals] or found
        meant = self._columns.chosen(rule, found) if found else None
        if meant is None:
            return []
        piece, value = meant
        made = self._values.made(rule, piece, value, RIGHT, "right")
        if rule.kind == "amount" and WORD.search(spot.rest):
            made = made.scored(WORDS_BEHIND)
        is_other = len(found) > 1 and self._columns.is_other(rule, piece)
        return [made.scored(OTHER_COLUMN) if is_other else made]

    def _whole(self, rule: FieldRule, piece: Piece) -> Piece:
        """A person's name with what of it stands apart."""
        is_person = rule.kind == "name" and rule.holder == "person"
        if not is_person or piece in self._values.labelled:
            return piece
        return whole_name(self._sheet, piece, self._values.labelled)

    def _goes_on(self, spot: Spot, piece: Piece) -> bool:
        """Does a label go on in the next cell: `Net short term`, `profit/loss`?"""
        best = self._vocabulary.best(tokens_of(f"{spot.piece.text} {piece.text}"))
        return (
            best is not None
            and best.score >= ONE_LABEL
            and best.score > spot.match.score
            and best.label.field == spot.field
        )

    def _below(self, rule: FieldRule, spot: Spot) -> list[Candidate]:
        if rule.kind == "amount":
            values = self._values
            if self._columns.is_beside_own(rule, spot.piece):
                return []
            total = self._totals.below(rule, spot.piece, values.of_piece, values.labelled)
            if total is None:
                return []
            made = self._values.made(rule, *total, BELOW, "below")
            return [self._of_group(rule, made, total[0])]
        for piece in self._sheet.below(spot.piece):
            is_near = piece.top - spot.piece.bottom <= BELOW_EM * max(piece.size, spot.piece.size)
            if not is_near and not _is_next_row(spot.piece, piece):
                break
            if self._values.is_sign(rule, piece):
                continue
            piece = self._whole(rule, piece)
            value = self._values.of_piece(rule, piece)
            if value and self._is_one_of_many(rule, piece, value):
                return []
            if value:
                return [self._values.made(rule, piece, value, BELOW, "below")]
            if self._values.labelled.get(piece):
                break
            return []
        return []

    def _is_one_of_many(self, rule: FieldRule, piece: Piece, value: Value) -> bool:
        """Goes a column of numbers on with another one: a folio for each scheme?"""
        if rule.kind != "identifier":
            return False
        below = [p for p in self._sheet.below(piece)[:1] if p.shares_table(piece)]
        others = [self._values.of_piece(rule, p) for p in below if p not in self._values.labelled]
        return any(other and other.text != value.text for other in others)

    def crossed(self, rule: FieldRule, spot: Spot, column: frozenset[str]) -> list[Candidate]:
        """The value in a label's row that stands in a column of this name."""
        found = []
        for piece in self._sheet.right_of(spot.piece):
            value = self._values.of_piece(rule, piece)
            if value and (likeness := self._columns.likeness(piece, column)) >= SAME_COLUMN:
                made = self._values.made(rule, piece, value, CROSSED * likeness, "crossed")
                found.append((made, piece))
        best = sorted(found, key=lambda each: -each[0].score)[:1]
        return [self._of_group(rule, *each) for each in best]

    def _of_group(self, rule: FieldRule, made: Candidate, piece: Piece) -> Candidate:
        """What the parts of a year below one heading make, if `Total` heads their last column."""
        row = [*reversed(self._sheet.left_of(piece)), piece, *self._sheet.right_of(piece)]
        found = [(p, value) for p in row if (value := self._values.of_piece(rule, p))]
        is_part = self._columns.is_part_of_year
        total = total_of_group(found, piece, is_part) if rule.kind == "amount" else None
        if total is None or not self._columns.heading(total[0]) & TOTALS:
            return made
        return self._values.made(rule, *total, made.score, made.by)

    def _is_heading_row(self, spot: Spot) -> bool:
        """Is its row one of labels only, each with its value below?"""
        row = [*self._sheet.left_of(spot.piece), *self._sheet.right_of(spot.piece)]
        others = [p for p in row if self._values.labelled.get(p) and not self._goes_on(spot, p)]
        return len(others) >= max(1, len(row) / 2)


def _line_beside(label: Piece, piece: Piece) -> Piece:
    """Of a cell that begins above its label's row, as one does below a title, the label's line."""
    if len(label.lines) > 1 or len(piece.lines) < 2 or piece.top > label.top - piece.size:
        return piece
    lines = [one for one in lines_in(piece) if abs(one.middle - label.middle) < 0.5 * label.size]
    return lines[0] if len(lines) == 1 and lines[0].bottom >= piece.bottom - 1 else piece


def _is_next_row(upper: Piece, lower: Piece) -> bool:
    """Are they cells of one column, the second in the row below, however high the rows are?"""
    if upper.cell is None:
        return False
    table, row, column = upper.cell
    return lower.cell == (table, row + 1, column)


def _is_in_sentence(spot: Spot) -> bool:
    """Do words follow it in a line of text, so that its value is nowhere else?"""
    is_line = spot.piece.cell is None and len(spot.piece.words) >= LINE_WORDS
    return is_line and not spot.is_closed and len(WORD.findall(spot.rest)) >= SAID_BEHIND


def _is_hardly_meant(rule: FieldRule, text: str) -> bool:
    """Stand several amounts behind a label, or what may be a section?"""
    if rule.kind != "amount":
        return False
    return len(find_values("amount", text)) > 1 or _SECTION.fullmatch(text.strip()) is not None
