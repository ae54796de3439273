"""The value behind its label, in one piece with it: `PAN: …`, `Net pay Rs. …`."""

import re

from ..doctypes import FieldRule
from ..values import find_values
from .candidate import Candidate
from .likeness import named
from .limits import is_limit
from .name_lines import SIGNS_AND_LEADERS, name_behind
from .piece_values import PieceValues
from .scales import is_scaled
from .sheet import LINE_WORDS, Sheet
from .spots import Spot
from .vocabulary import words_of
from .ways import is_counter
from .whole import is_aside, is_of_other_kind

# Behind a colon, or in a cell of its own with its label.
INLINE = 1.0
# Behind its label without a colon between; what reads on as text may be part of the label.
RUN_ON, RUN_ON_NAME, IN_SENTENCE = 0.94, 0.85, 0.68
# `interest of Rs. 500 to the savings account`: one word is not all that is said of an amount.
ONE_WORD_IN_SENTENCE = 0.62
# `Regd. No. 123 dt. 26/04/2023`: the date is that of what stands before it.
_DATED, OF_SOMETHING, GOES_ON = re.compile(r"(?:dt|dated)\b", re.IGNORECASE), 0.85, 0.5
# `amount 500.00`, `tax deducted 50.00`: from so many on each names what it is.
NAMED_AMOUNT = re.compile(
    r"([A-Za-z][A-Za-z /.()-]*?)[\s:]*((?:(?:Rs|INR|₹)[.\s]*)?(?<![\d,])[\d,]+\.\d\d)(?!\d)"
)
MOST_UNNAMED = 2
# `(7.0 - `: what is added and taken off.
_FORMULA = re.compile(r"\([^)]*[-–+]\s*$")
# A period is written in so many letters.
PERIOD_LETTERS = 60
# An amount begins so many letters behind its label, currency and all; after a colon there may be
# a remark.
NEAR, FAR = 8, 30
# `… vide approval dated …` in a sentence is seldom the day of the paper.
DATED_IN_SENTENCE = 0.55


class Behind:
    """Finds the values that stand behind the labels of one page."""

    def __init__(self, sheet: Sheet, values: PieceValues) -> None:
        self._sheet, self._values = sheet, values

    def find(self, rule: FieldRule, spot: Spot) -> Candidate | None:
        """The value behind a label, where something is said of it there."""
        rest = spot.rest
        behind = spot.piece.text[spot.end :]
        # A period goes on over the words `from` and `to`, which are labels by themselves.
        # Numbers and a `No` may look like labels as well.
        if rule.kind in ("identifier", "choice") or (
            rule.of_period and find_values("period", behind[:PERIOD_LETTERS])
        ):
            rest = behind
        if not rest.strip(SIGNS_AND_LEADERS):
            return self._last_line(rule, spot) if rule.kind == "choice" else None
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
            label = spot.piece.text[spot.start : spot.end + value.start]
            opened = spot.piece.text[: spot.end]
            if _FORMULA.search(rest[: value.start]):
                return None  # `Taxable income (7.0 - 8.10)`
            if opened.count("[") > (opened + rest[: value.start]).count("]"):
                return None  # `Balance [1(d) - 2]`: how the amount is made
            # `Tax deducted on the above: Rs. 500`: the colon may stand behind more words.
            is_closed = spot.is_closed or ":" in rest[: value.start]
            is_far = value.start > (FAR if is_closed else NEAR)
            if named := self._named(rule, spot):
                return named
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

    def _named(self, rule: FieldRule, spot: Spot) -> Candidate | None:
        """Of several amounts with their names behind a label, as `amount 500 tax 50 deposited 50`,
        the one whose name is that of the field's column."""
        if len(list(NAMED_AMOUNT.finditer(spot.piece.text, spot.end))) < MOST_UNNAMED:
            return None
        for piece in (spot.piece, *self._sheet.right_of(spot.piece)):
            at = spot.end if piece is spot.piece else 0
            for m in NAMED_AMOUNT.finditer(piece.text, at):
                value = self._values.of_text(rule, m[2])
                if value and named(rule.columns, words_of(m[1])):
                    return self._values.made(rule, piece, value, INLINE, "behind", m.start(2))
        return None

    def _last_line(self, rule: FieldRule, spot: Spot) -> Candidate | None:
        """A choice that ends its label's cell: `No` may look like a word of the label."""
        start = spot.piece.lines[-1]
        last = spot.piece.text[start:]
        value = self._values.of_text(rule, last) if start and last.isalpha() else None
        return value and self._values.made(rule, spot.piece, value, INLINE, "behind", start)
