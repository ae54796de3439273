"""From labels to values: behind, right of, below, above and left of their label."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from ..doctypes import DocumentType, FieldRule
from ..values import find_values
from .candidate import Candidate, candidate
from .columns import Columns, is_total
from .found import Value, value_in
from .headings import Headings
from .names import has_role, is_address, name_in
from .numbers import is_holder, numbers_without_label
from .pairs import in_pairs
from .parts import without_parts
from .payers import Payers
from .persons import before_pans
from .piece import Piece
from .rows import with_rows_parted
from .sheet import BELOW_EM, LINE_WORDS, Sheet
from .spots import Spot, find_spots
from .subtotals import part_total
from .tokens import tokens_of
from .vocabulary import Match, Vocabulary
from .ways import Ways, is_counter
from .whole import is_of_other_kind

# How much a place says that the value belongs to the label.
INLINE, RIGHT, BELOW, CROSSED, ABOVE, LEFT = 1.0, 0.97, 0.93, 0.97, 0.6, 0.45
# Behind its label without a colon between; what reads on as text may be part of the label.
RUN_ON, RUN_ON_NAME, IN_SENTENCE = 0.94, 0.85, 0.68
# `interest of Rs. 500 to the savings account`: one word is not all that is said of an amount.
ONE_WORD_IN_SENTENCE = 0.62
# An amount behind more words than its label, and one in a column that is not meant.
WORDS_BEHIND, OTHER_COLUMN = 0.85, 0.5
_WORD = re.compile(r"[^\W\d_]{3}")
# Eight figures without a comma are the number of an account; `[1(d)-2]` says how a line is made.
_ACCOUNT = re.compile(r"(?<![\d,.])\d{8,}(?![\d,.])")
_SUM = re.compile(r"\s*[\[(]\s*\d{0,2}\s*\(?[a-z]\)")
# `Regd. No. 123 dt. 26/04/2023`: the date is that of what stands before it.
_DATED, OF_SOMETHING = re.compile(r"(?:dt|dated)\b", re.IGNORECASE), 0.85
# A total's label is this much surer.
TOTAL = 1.01
# The total of the rows below a label, in a row that says nothing.
PART = 0.8
# So sure of its column, a value is no longer looked for elsewhere.
SURE_CROSSING = 0.85
# A value below its label while another stands right of it.
SECOND = 0.8
# The head of a page: this share of its height.
HEAD = 0.25
# A value stands this close above its label.
ABOVE_EM = 1.2
SIGNS = frozenset({":", "=", "Rs.", "Rs", "₹", "INR", "(Rs.)", ":-", "(₹)", "`"})
DASHES = frozenset({"-", "–", "—"})
# A PAN of a person where a body's is wanted, or the other way round.
OTHER_HOLDER = 0.6
# A name has at most so many lines.
NAME_LINES = 2
# A period is written in so many letters.
PERIOD_LETTERS = 60
# An amount begins so many letters behind its label, currency and all; after a colon a remark may come.
NEAR, FAR = 8, 30
# `… vide approval dated …` in a sentence is seldom the day of the paper.
DATED_IN_SENTENCE = 0.55
# A number behind a label of something else is its, if it stands within so many letters.
NEXT_TO = 24
# A label that speaks for the type of its paper.
SURE_LABEL = 0.85
# So many pieces that are neither value nor label may stand between a label and its value.
MOST_BETWEEN = 2
# A value that is only text is no value where it is a label itself.
TEXTS = ("name", "identifier", "choice")


class Located:
    """The labels of one page, and the values that they may have."""

    def __init__(self, sheet: Sheet, vocabulary: Vocabulary) -> None:
        self.sheet, self.vocabulary = with_rows_parted(sheet, vocabulary), vocabulary
        sheet = self.sheet
        self.type: DocumentType = vocabulary.document_type
        self.rules = {rule.name: rule for rule in self.type.fields}
        self.spots = find_spots(sheet, vocabulary)
        self.columns = Columns(sheet, self.type, self._year())
        self.headings = Headings(sheet, self.spots, vocabulary)
        self.ways = Ways(sheet, self.spots)
        self.payers = Payers(sheet, self.type, self.columns)

    @cached_property
    def candidates(self) -> list[Candidate]:
        """All of them."""
        found = without_parts((spot, one) for spot in self.spots for one in self._at(spot))
        found += in_pairs(self.sheet, self.vocabulary)
        strange = self._strange()
        found += before_pans(self.sheet, self.vocabulary, strange)
        return [*found, *numbers_without_label(self.sheet, self.type, strange)]

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

    def _strange(self) -> set[str]:
        """The PANs and TANs that a label says are somebody else's."""
        strange = set()
        for spot in self.spots:
            if spot.field is None:
                beside = [p.text for p in self.sheet.right_of(spot.piece)[:1]]
                for text in (spot.rest[:NEXT_TO], *(text[:NEXT_TO] for text in beside)):
                    for kind in ("pan", "tan"):
                        strange |= {value for _, _, value in find_values(kind, text)}
        return strange

    def _at(self, spot: Spot) -> Iterator[Candidate]:
        """The values of every field that this label may stand for."""
        matches = () if self._is_part(spot) else (spot.match, *spot.others)
        # Under its heading, or in its column, a label says more than the same words elsewhere.
        under = [m for m in matches if self._is_under(spot, m)]
        crossed, plain = [], []
        for match in under or matches:
            rule = self.rules.get(match.label.field or "")
            if rule is None or (rule.kind == "amount" and spot.piece in self.payers.theirs):
                continue
            if match.label.column and _WORD.search(spot.piece.text, spot.end):
                continue  # `Total - Term deposits` is no total of everything
            column = match.label.column or (None if under else match.label.heading)
            if column:
                crossed += [c.scored(match.score) for c in self._crossed(rule, spot, column)]
                continue
            found = self._beside(rule, spot)
            if partner := self.vocabulary.partner(rule):
                found = [*found, *self._beside(partner, spot)]
            # Of two labels as good, the one of the total: `Premium`, and `Total`.
            sureness = match.score * (TOTAL if is_total(spot.piece) else 1)
            plain += [one.scored(sureness) for one in found]
        sure = [one for one in crossed if one.score >= SURE_CROSSING]
        known = {one.field for one in sure} | {one.place for one in sure}
        yield from crossed
        yield from (one for one in plain if one.field not in known and one.place not in known)

    def _is_part(self, spot: Spot) -> bool:
        """Is it the kind of one of many in a list: an account, a payment, a month?"""
        cell = spot.piece.cell
        rule = self.rules.get(spot.field or "")
        if cell is None or rule is None or rule.kind != "amount":
            return False
        rows = self.sheet.tables.get(cell[0], [])
        column = [row[cell[2]] for row in rows if cell[2] < len(row)]
        same = sum(p is not None and p.text == spot.piece.text for p in column)
        return same > 1 and not is_total(spot.piece)

    def _is_under(self, spot: Spot, match: Match) -> bool:
        heading = match.label.heading
        return heading is not None and self.headings.is_under(spot, heading)

    def _beside(self, rule: FieldRule, spot: Spot) -> list[Candidate]:
        if inline := self._inline(rule, spot):
            return [inline]
        if rule.kind == "amount" and self.ways.is_turned_round:
            return self._turned_round(rule, spot)
        if self.ways.is_turned_round and (found := self._turned_round(rule, spot)):
            return found
        right, below = self._right(rule, spot), self._below(rule, spot)
        if right and below and self._is_heading_row(spot):
            right = []
        if right:
            return [*right, *(one.scored(SECOND) for one in below)]
        return below or self._turned_round(rule, spot) or self._of_part(rule, spot)

    def _of_part(self, rule: FieldRule, spot: Spot) -> list[Candidate]:
        row = part_total(self.sheet, spot, self._labelled) if rule.kind == "amount" else []
        found = [(piece, value) for piece in row if (value := self._of_piece(rule, piece))]
        return [self._made(rule, *self.columns.chosen(rule, found), PART, "part")] if found else []

    def _inline(self, rule: FieldRule, spot: Spot) -> Candidate | None:
        # A period goes on over the words `from` and `to`, which are labels by themselves.
        # Numbers and a `No` may look like labels as well.
        rest = spot.rest
        behind = spot.piece.text[spot.end :]
        if rule.kind in ("identifier", "choice") or (
            rule.of_period and find_values("period", behind[:PERIOD_LETTERS])
        ):
            rest = behind
        if not rest.strip(" :-–=.|_()"):
            return None
        if rule.kind == "year" and spot.piece in self.sheet.past_years:
            return None
        if rule.kind == "year" and is_of_other_kind(rule, behind):
            return None
        value = self._value(rule, _first_of(rest, spot) if rule.kind == "name" else rest)
        if value is None or (not spot.is_closed and is_counter(rest)):
            return None
        if rule.kind == "amount" and value.start > (FAR if spot.is_closed else NEAR):
            return None  # something else is said before it
        in_sentence = len(spot.piece.words) >= LINE_WORDS and not spot.is_closed
        if rule.kind == "date" and not rule.of_period and in_sentence:
            return self._made(rule, spot.piece, value, DATED_IN_SENTENCE, "behind", spot.end)
        score = INLINE if spot.is_closed else RUN_ON_NAME if rule.kind == "name" else RUN_ON
        if rule.kind == "date" and spot.start and _DATED.match(spot.piece.text, spot.start):
            score *= OF_SOMETHING
        if rule.kind == "amount" and in_sentence:
            score = IN_SENTENCE if len(spot.match.label.words) > 1 else ONE_WORD_IN_SENTENCE
        return self._made(rule, spot.piece, value, score, "behind", spot.end)

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
            if self._goes_on(spot, piece):
                continue
            if self._labelled.get(piece):
                break
            between += 1
            if between > MOST_BETWEEN or found:
                break
        if not found:
            return []
        piece, value = self.columns.chosen(rule, found)
        made = self._made(rule, piece, value, RIGHT, "right")
        if rule.kind == "amount" and _WORD.search(spot.rest):
            made = made.scored(WORDS_BEHIND)
        is_other = len(found) > 1 and self.columns.is_other(rule, piece)
        return [made.scored(OTHER_COLUMN) if is_other else made]

    def _goes_on(self, spot: Spot, piece: Piece) -> bool:
        """Does a label go on in the next cell: `Net short term`, `profit/loss`?"""
        best = self.vocabulary.best(tokens_of(f"{spot.piece.text} {piece.text}"))
        return (
            best is not None
            and best.score >= SURE_LABEL
            and best.score > spot.match.score
            and best.label.field == spot.field
        )

    def _below(self, rule: FieldRule, spot: Spot) -> list[Candidate]:
        if rule.kind == "amount":
            total = self.columns.total_below(rule, spot.piece, self._of_piece, self._labelled)
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
            if value and (likeness := self.columns.likeness(piece, column)) >= 0.7:
                made = self._made(rule, piece, value, CROSSED * likeness, "crossed")
                found.append(made)
        return sorted(found, key=lambda c: -c.score)[:1]

    def _turned_round(self, rule: FieldRule, spot: Spot) -> list[Candidate]:
        """Values above their label, as cards have them, or left of it.

        Where most labels of the page have theirs so, it is as sure as the other way round.
        """
        if rule.kind == "choice" or (rule.kind == "identifier" and not self.ways.is_turned_round):
            return []
        usual = RIGHT if self.ways.is_turned_round else None
        before = spot.piece.text[: spot.start].strip()
        if rule.kind == "amount" and before and not is_counter(before):
            value = self._value(rule, before, whole=True)
            if value:
                return [self._made(rule, spot.piece, value, usual or LEFT, "left")]
        for piece in self.sheet.above(spot.piece)[:1]:
            if spot.piece.top - piece.bottom <= ABOVE_EM * max(piece.size, spot.piece.size):
                value = self._of_piece(rule, piece)
                if value and rule.kind == "identifier" and not any(map(str.isdigit, value.text)):
                    break  # any word could be one
                if value and not self._has_label_of_its_own(piece):
                    return [self._made(rule, piece, value, usual or ABOVE, "above")]
        for piece in self.sheet.left_of(spot.piece)[:1]:
            is_said = rule.kind not in ("name", "identifier")
            value = self._of_piece(rule, piece) if is_said else None
            if value and not is_counter(piece.text) and not self._has_label_of_its_own(piece):
                return [self._made(rule, piece, value, usual or LEFT, "left")]
        return []

    def _has_label_of_its_own(self, piece: Piece) -> bool:
        """Does a label stand left of it or above it, where values have theirs?"""
        if self.ways.is_turned_round:
            return False
        left = [p for p in self.sheet.left_of(piece) if p.text not in SIGNS][:1]
        above = self.sheet.above(piece)[:1]
        # A label whose value stands behind it is none of what stands below.
        return any(
            not any(map(str.isalnum, spot.rest))
            for p in (*left, *above)
            for spot in self._labelled.get(p, ())
        )

    def _of_piece(self, rule: FieldRule, piece: Piece) -> Value | None:
        """The value that a piece is, if it is one and no label."""
        spots = self._labelled.get(piece, [])
        if rule.kind == "amount" and (piece in self.payers.theirs or self._counts(piece)):
            return None
        surely = 0.95 if rule.kind == "choice" else 0.75  # its words are few: `New regime`
        if spots and rule.kind in TEXTS and any(s.match.score > surely for s in spots):
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
        if rule.kind == "identifier" and is_counter(text):
            return None
        value = value_in(rule, text, is_scan=self.sheet.is_scan, whole=whole)
        if value and rule.kind == "identifier" and not any(map(str.isdigit, value.text)):
            # Certificate numbers may be seven letters; so are many words.
            known = all(self.vocabulary.is_known(token.text) for token in tokens_of(value.text))
            return None if known else value
        if value and rule.kind == "amount" and (_ACCOUNT.search(text) or _SUM.match(text)):
            return None
        return value

    def _counts(self, piece: Piece) -> bool:
        """Is it the number of a line, before everything else in its row?"""
        return is_counter(piece.text) and not self.sheet.left_of(piece)

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
        if not is_holder(rule, value.text):
            score *= OTHER_HOLDER
        return candidate(self.sheet, rule.name, value.text, piece, words, score, by, value.note)


def _first_of(rest: str, spot: Spot) -> str:
    """The lines behind a label that are a name."""
    starts = [line - spot.end for line in spot.piece.lines if spot.end < line < spot.until]
    cuts = [0, *starts, len(rest) + 1]
    lines = [rest[a : b - 1] for a, b in pairwise(cuts)]
    if not lines[0].strip(" :-–=.|_()") and len(lines) > 1:
        return rest[: starts[0]] + _of_lines(lines[1:])
    return _of_lines(lines)


def _first_lines(piece: Piece) -> str:
    """The lines of a name and address that are the name."""
    ends = [*piece.lines[1:], len(piece.text) + 1]
    return _of_lines([piece.text[a : b - 1] for a, b in zip(piece.lines, ends, strict=True)])


def _of_lines(lines: list[str]) -> str:
    """A name runs on where nothing else follows, or where the next line ends a firm's name."""
    if len(lines) <= NAME_LINES and not any(_is_address(x) or has_role(x) for x in lines):
        return " ".join(lines)
    if len(lines) > 1 and (
        lines[1].casefold().strip(" .,") in _REST or lines[0].rstrip().endswith(("&", "-"))
    ):
        return f"{lines[0]} {lines[1]}"
    if len(lines) > 1 and not _ENDS_FIRM.search(lines[0]) and (m := _ENDS_FIRM.match(lines[1])):
        return f"{lines[0]} {m[0]}"
    return lines[0]


def _is_address(line: str) -> bool:
    return any(map(str.isdigit, line)) or "," in line or "@" in line or is_address(line)


_ENDS_FIRM = re.compile(r"\b(?:limited|ltd|llp)\b\.?", re.IGNORECASE)
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
