"""Statements that list payers: each one's sections and total, and which kind of payer it is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ..doctypes import DocumentType, FieldRule
from ..values import find_values
from .alone import AS_TOTAL
from .alone import BY as ALONE
from .behind import NAMED_AMOUNT
from .candidate import Candidate, candidate
from .columns import Columns
from .found import value_in
from .likeness import named
from .piece import Piece
from .sheet import Sheet
from .totals import OF_ALL, TOTALS
from .vocabulary import words_of

# How surely a payer's total is the field's, where it is the only payer of its kind.
ONLY_PAYER = 0.93
# Stands for all sections that no other field names, and for all of them.
OTHER_SECTIONS, ALL_SECTIONS = "*", "all"
_SECTION = re.compile(
    r"(?:sec(?:tion)?\.?|u/s)?\s*(19[2-6][A-Z]{0,4}|20[36][A-Z]{0,3}|39[2-4])((?:\(\w{1,4}\))*)"
    r"(?![\d.,/-])\b.{0,40}",
    re.IGNORECASE,
)
# Of these parts only the first lists what was deducted from income.
_PART = re.compile(r"\bP(?:ART|art)\s*[-–:]?\s*([IVX]{1,4}|[A-H]\d?)\b")
FIRST_PARTS = ("I", "A")


@dataclass
class Payer:
    """One payer: by its TAN, with the sections and the total that the statement prints for it."""

    tan: str
    sections: set[str] = field(default_factory=set)
    totals: list[tuple[Piece, ...]] = field(default_factory=list)
    rows: list[tuple[Piece, ...]] = field(default_factory=list)
    is_closed: bool = False
    is_ended: bool = False
    has_total_row: bool = False
    found: dict[str, Candidate] = field(default_factory=dict)


class Payers:
    """The payers of one page, and the amounts that are one payer's and no total of the paper."""

    def __init__(self, sheet: Sheet, document_type: DocumentType, columns: Columns) -> None:
        self.sheet, self._columns = sheet, columns
        self.rules = [rule for rule in document_type.fields if rule.payer_sections]
        self.payers: list[Payer] = []
        self.theirs: set[Piece] = set()
        if self.rules:
            self._read([tuple(row) for row in sheet.rows()])
        if not any(payer.tan for payer in self.payers):
            self.payers, self.theirs = [], set()
        for payer in self.payers:
            rows = payer.totals or (payer.rows if len(payer.rows) == 1 else [])
            if len(rows) == 1:
                payer.found = {r.name: c for r in self.rules for c in self._of_row(r, rows[0])}

    def _read(self, rows: Sequence[tuple[Piece, ...]]) -> None:
        is_first_part = True
        for row in rows:
            part = next((m[1].upper() for p in row if (m := _PART.search(p.text))), None)
            if part:
                is_first_part = part in FIRST_PARTS
            if not is_first_part:
                self.theirs.update(row)
                continue
            self._read_row(row)

    def _read_row(self, row: tuple[Piece, ...]) -> None:
        tans = [tan for p in row for _, _, tan in find_values("tan", p.text)]
        if tans and self._is_said(tans[0]):
            self.theirs.update(row)  # one of the transactions that a total was made of before
            return
        sections = {s for p in row for s in _sections(p)}
        has_amounts = len([p for p in row if _is_amount(p) and not _is_section(p)]) > 0
        words = frozenset(w for p in row if not _is_amount(p) for w in words_of(p.text))
        now = self.payers[-1] if self.payers else None
        if tans and now and not now.tan and now.rows and not sections and words & TOTALS:
            now.tan, now.is_ended = tans[0], True  # its name stands below its transactions
            now.totals.append(row)
            self.theirs.update(row)
        elif tans:
            now = Payer(tans[0], sections)
            self.payers.append(now)
            self.theirs.update(row)
            if has_amounts:
                (now.rows if sections else now.totals).append(row)
            elif any(NAMED_AMOUNT.fullmatch(p.text) for p in row):
                now.totals.append(row)
        elif has_amounts and words & TOTALS and not sections:
            if now is None and words <= TOTALS:
                now = Payer("")  # it goes on from the page before
                self.payers.append(now)
            if now is None:
                return
            if words & OF_ALL or now.is_closed or now.totals or self._is_for_all(now):
                now.is_closed = True
                return
            now.totals.append(row)
            now.has_total_row = "total" in words and "sub" not in words
            self.theirs.update(row)
        elif sections and has_amounts:
            if now is None or now.is_closed or now.is_ended:
                now = Payer("")
                self.payers.append(now)
            now.sections |= sections
            now.rows.append(row)
            self.theirs.update(row)

    def _is_said(self, tan: str) -> bool:
        """Has a list of payers with a total of all of them named it?"""
        is_closed = any(payer.is_closed for payer in self.payers)
        return is_closed and any(payer.tan == tan and payer.rows for payer in self.payers)

    def _is_for_all(self, now: Payer) -> bool:
        """Is a total, behind payers that have none of their own, one of all of them?"""
        others = [payer for payer in self.payers if payer is not now and payer.tan != now.tan]
        return bool(others) and not any(payer.totals for payer in self.payers)

    def _of_row(self, rule: FieldRule, row: tuple[Piece, ...]) -> Iterator[Candidate]:
        for piece in row:
            m = NAMED_AMOUNT.fullmatch(piece.text)
            value = value_in(rule, m[2], is_scan=self.sheet.is_scan) if m else None
            if m and value and named(rule.columns, words_of(m[1])):
                words = piece.words_at(*m.span(2))
                yield candidate(
                    self.sheet, rule.name, value.text, piece, words, ONLY_PAYER, "payer", value.note
                )
                return
        found = []
        for piece in row:
            if _is_amount(piece) and not _is_section(piece):
                value = value_in(rule, piece.text, is_scan=self.sheet.is_scan, whole=True)
                if value:
                    found.append((piece, value))
        if len(found) > 1 or (found and self._columns.is_named(rule, found[0][0])):
            piece, value = self._columns.chosen(rule, found) or found[0]
            words = piece.words_at(value.start, value.end) or piece.words
            yield candidate(
                self.sheet, rule.name, value.text, piece, words, ONLY_PAYER, "payer", value.note
            )


def only_payers(pages: Iterable[Payers], said: Sequence[Candidate]) -> Iterator[Candidate]:
    """Of each kind the total of its payer, where a paper has just one, and of the only kind the
    total that is `said`; no total is made that is not printed."""
    rules, payers = _together(pages)
    named_sections = {s for rule in rules for s in rule.payer_sections}
    named_sections -= {OTHER_SECTIONS, ALL_SECTIONS}
    for rule in rules:
        if ALL_SECTIONS in rule.payer_sections:
            if len(payers) == 1 and payers[0].has_total_row and rule.name in payers[0].found:
                yield payers[0].found[rule.name]
            continue
        mine = set(rule.payer_sections)
        is_rest = OTHER_SECTIONS in mine
        kind = [
            payer
            for payer in payers
            if not payer.sections
            or any((s not in named_sections) if is_rest else (s in mine) for s in payer.sections)
        ]
        pure = [
            p
            for p in kind
            if p.sections and (p.sections <= mine or (is_rest and not p.sections & named_sections))
        ]
        if len(kind) == 1 and pure and rule.name in pure[0].found and "" not in pure[0].sections:
            yield pure[0].found[rule.name]
        elif len(pure) == len(payers) > 1:
            yield from _of_all(rules, rule, payers, said)


def _of_all(
    rules: Sequence[FieldRule], rule: FieldRule, payers: Sequence[Payer], said: Iterable[Candidate]
) -> Iterator[Candidate]:
    """The total of all payers as that of their only kind, where their own totals make it up."""
    totals = [Decimal(p.found[rule.name].value) for p in payers if rule.name in p.found]
    of_all = {each.name for each in rules if ALL_SECTIONS in each.payer_sections}
    for one in said if len(totals) == len(payers) else ():
        if one.field in of_all and Decimal(one.value) == sum(totals):
            yield replace(one, field=rule.name, by=ALONE).scored(AS_TOTAL)


def _together(pages: Iterable[Payers]) -> tuple[list[FieldRule], list[Payer]]:
    """The payers of a paper, each once."""
    rules: list[FieldRule] = []
    payers: list[Payer] = []
    for page in pages:
        rules = page.rules
        for payer in page.payers:
            same = [p for p in payers if p.tan == payer.tan]
            if not payer.tan and payers:
                same = payers[-1:]  # it goes on from the page before
            if not same:
                payers.append(payer)
                continue
            known = same[-1]
            known.sections |= payer.sections
            if known.found and payer.found and _values(known) != _values(payer):
                known.sections.add("")  # two totals of one payer: neither is the whole
            known.found = known.found or payer.found
            known.has_total_row |= payer.has_total_row
    return rules, payers


def _values(payer: Payer) -> set[str]:
    return {one.value for one in payer.found.values()}


def _sections(piece: Piece) -> Iterator[str]:
    if m := _SECTION.fullmatch(piece.text.strip()):
        yield (m[1] + m[2]).upper()


def _is_section(piece: Piece) -> bool:
    return any(True for _ in _sections(piece))


def _is_amount(piece: Piece) -> bool:
    return piece.is_amount and any(map(str.isdigit, piece.text))
