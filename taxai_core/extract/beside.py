"""Values beside their label: behind it, right of it, below it, or in a column of its row."""

import re

from ..doctypes import FieldRule
from ..values import find_values
from .candidate import Candidate
from .carried import Carried
from .columns import Columns
from .found import Value
from .limits import is_limit
from .name_lines import SIGNS_AND_LEADERS, name_behind
from .piece import Piece, lines_in
from .piece_values import PieceValues
from .scales import is_scaled
from .sheet import BELOW_EM, LINE_WORDS, Sheet
from .spots import Spot
from .subtotals import part_total
from .tokens import tokens_of
from .totals import ColumnTotals
from .turned_round import TurnedRound
from .vocabulary import Vocabulary
from .ways import Ways, is_counter
from .whole import is_aside, is_of_other_kind

# How much a place says that the value belongs to the label.
INLINE, RIGHT, BELOW, CROSSED = 1.0, 0.97, 0.93, 0.97
# Behind its label without a colon between; what reads on as text may be part of the label.
RUN_ON, RUN_ON_NAME, IN_SENTENCE = 0.94, 0.85, 0.68
# `interest of Rs. 500 to the savings account`: one word is not all that is said of an amount.
ONE_WORD_IN_SENTENCE = 0.62
# An amount behind more words than its label, and one in a column that is not meant.
WORDS_BEHIND, OTHER_COLUMN = 0.85, 0.5
# `Regd. No. 123 dt. 26/04/2023`: the date is that of what stands before it.
_DATED, OF_SOMETHING, GOES_ON = re.compile(r"(?:dt|dated)\b", re.IGNORECASE), 0.85, 0.5
# The total of the rows below a label, in a row that says nothing.
PART = 0.8
# A value below its label while another stands right of it.
SECOND = 0.8
# A period is written in so many letters.
PERIOD_LETTERS = 60
# An amount begins so many letters behind its label, currency and all; after a colon there may be
# a remark.
NEAR, FAR = 8, 30
# `… vide approval dated …` in a sentence is seldom the day of the paper.
DATED_IN_SENTENCE = 0.55
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
_WORD = re.compile(r"[^\W\d_]{3}")
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
        self._carried = Carried(sheet)
        self._totals = ColumnTotals(sheet, vocabulary.document_type)
        self._turned = TurnedRound(sheet, values, is_usual=ways.is_turned_round)

    def find(self, rule: FieldRule, spot: Spot) -> list[Candidate]:
        """The values that stand beside a label, where the page usually has them."""
        if inline := self._inline(rule, spot):
            # `80C: PF 500, LIC 700`, and in the next column what they make.
            right = self._right(rule, spot) if _has_several(rule, spot.rest) else []
            return right or [inline]
        if rule.kind == "amount" and self._is_turned_round:
            return self._turned.find(rule, spot)
        if self._is_turned_round and (found := self._turned.find(rule, spot)):
            return found
        if rule.kind == "amount" and _is_in_sentence(spot):
            return []
        total = self._carried.of_part.get(spot.piece) if rule.kind == "amount" else None
        if total and spot.match.score >= SURE_LABEL:
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

    def _inline(self, rule: FieldRule, spot: Spot) -> Candidate | None:
        rest = spot.rest
        behind = spot.piece.text[spot.end :]
        # A period goes on over the words `from` and `to`, which are labels by themselves.
        # Numbers and a `No` may look like labels as well.
        if rule.kind in ("identifier", "choice") or (
            rule.of_period and find_values("period", behind[:PERIOD_LETTERS])
        ):
            rest = behind
        if not rest.strip(SIGNS_AND_LEADERS):
            return None
        if rule.kind == "year" and spot.piece in self._sheet.past_years:
            return None
        if rule.kind == "year" and is_of_other_kind(rule, behind):
            return None
        if rule.kind == "year" and not spot.is_closed and is_aside(self._sheet, spot.piece):
            return None
        value = self._values.of_text(rule, name_behind(spot) if rule.kind == "name" else rest)
        if value is None or (not spot.is_closed and is_counter(rest)):
            return None
        if rule.kind == "amount":
            if _SECTION.fullmatch(rest.strip()) and self._right(rule, spot):
                return None  # `Relief - 89`: the amount stands in the next column
            label = spot.piece.text[spot.start : spot.end + value.start]
            opened = spot.piece.text[: spot.end]
            if opened.count("[") > (opened + rest[: value.start]).count("]"):
                return None  # `Balance [1(d) - 2]`: how the amount is made
            is_far = value.start > (FAR if spot.is_closed else NEAR)
            if is_far or is_scaled(label) or self._values.is_nobodys(spot.piece):
                return None  # something else is said before it, or it is no number of rupees
        in_sentence = len(spot.piece.words) >= LINE_WORDS and not spot.is_closed
        if rule.kind == "date" and not rule.of_period and in_sentence:
            return self._values.made(rule, spot.piece, value, DATED_IN_SENTENCE, "behind", spot.end)
        score = INLINE if spot.is_closed else RUN_ON_NAME if rule.kind == "name" else RUN_ON
        if rule.kind == "date" and _DATED.match(spot.piece.text, spot.start):
            # `dated` that begins a line goes on from the one before: `Approval no. 12 / dated …`.
            score *= OF_SOMETHING if spot.start else GOES_ON if spot.piece.text[0].islower() else 1
        if rule.kind == "amount" and in_sentence:
            before = [p.text for p in self._sheet.above(spot.piece)[:1]]
            if is_limit(" ".join([*before, spot.piece.text[: spot.end + value.start]])):
                return None
            score = IN_SENTENCE if len(spot.match.label.words) > 1 else ONE_WORD_IN_SENTENCE
        return self._values.made(rule, spot.piece, value, score, "behind", spot.end)

    def _right(self, rule: FieldRule, spot: Spot) -> list[Candidate]:
        found: list[tuple[Piece, Value]] = []
        between = 0
        row = self._sheet.right_of(spot.piece)
        if not row and spot.piece.cell is None:
            row = self._sheet.near_right(spot.piece)
        for piece in row:
            if self._values.is_sign(rule, piece):
                continue
            if rule.kind != "amount":
                piece = _line_beside(spot.piece, piece)
            value = self._values.of_piece(rule, piece)
            if value:
                found.append((piece, value))
                if rule.kind != "amount":
                    break
                continue
            if self._goes_on(spot, piece):
                continue
            if any(s.match.score >= SURE_LABEL for s in self._values.labelled.get(piece, ())):
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
        if rule.kind == "amount" and _WORD.search(spot.rest):
            made = made.scored(WORDS_BEHIND)
        is_other = len(found) > 1 and self._columns.is_other(rule, piece)
        return [made.scored(OTHER_COLUMN) if is_other else made]

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
            return [self._values.made(rule, *total, BELOW, "below")] if total else []
        for piece in self._sheet.below(spot.piece):
            if piece.top - spot.piece.bottom > BELOW_EM * max(piece.size, spot.piece.size):
                break
            if self._values.is_sign(rule, piece):
                continue
            value = self._values.of_piece(rule, piece)
            if value:
                return [self._values.made(rule, piece, value, BELOW, "below")]
            if self._values.labelled.get(piece):
                break
            return []
        return []

    def crossed(self, rule: FieldRule, spot: Spot, column: frozenset[str]) -> list[Candidate]:
        """The value in a label's row that stands in a column of this name."""
        found = []
        for piece in self._sheet.right_of(spot.piece):
            value = self._values.of_piece(rule, piece)
            if value and (likeness := self._columns.likeness(piece, column)) >= SAME_COLUMN:
                made = self._values.made(rule, piece, value, CROSSED * likeness, "crossed")
                found.append(made)
        return sorted(found, key=lambda c: -c.score)[:1]

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


def _is_in_sentence(spot: Spot) -> bool:
    """Do words follow it in a line of text, so that its value is nowhere else?"""
    is_line = spot.piece.cell is None and len(spot.piece.words) >= LINE_WORDS
    return is_line and not spot.is_closed and len(_WORD.findall(spot.rest)) >= SAID_BEHIND


def _has_several(rule: FieldRule, text: str) -> bool:
    return rule.kind == "amount" and len(find_values("amount", text)) > 1
