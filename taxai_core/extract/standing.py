"""A person's name that stands by itself: the fifth letter of a PAN begins its holder's surname."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .. import values
from ..doctypes import FieldRule
from ..pdf.lines import usual_height
from .candidate import Candidate, candidate
from .found import Value
from .names import has_body, has_role, is_address, name_in
from .persons import pan_names
from .piece import Piece
from .sheet import Sheet
from .spots import Spot
from .tokens import tokens_of
from .vocabulary import Vocabulary

# How surely it is the holder's name: with the PAN behind it in its line, over an address, over
# or beside the PAN, in larger print. A name with none of them may be anybody's.
WITH_PAN, OVER_ADDRESS, NEAR_PAN, LARGE = 0.8, 0.72, 0.68, 0.62
# Names stand in the upper part of a paper, those who sign it in the lower.
UPPER = 0.5
# Print that is larger than the page's by this much is a heading.
HEADING_EM = 1.15
# A PAN, or an address, belongs to the name so many of its heights above it.
NEAR_EM = 4.0
# From this likeness on what stands left of it, or above it, is the label of something else.
LABEL = 0.75
# A piece beside or above it stands this close.
CLOSE_EM = 0.7
# A heading stands this close over what it heads, in print that is larger by so much; most are bold.
HEADS_EM, HEADS_LARGER = 1.5, 1.08
# Headings that are no names.
_NO_PERSON = re.compile(
    r"\b(?:confidential|strictly|human|resources?|copy|original|duplicate|summary|information|profile"
    r"|unit|plant|campus|staff|worker|personal|official|monthly|salary|pay|payroll|wages?)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[A-Z][A-Za-z]*\.?(?:['’][A-Z]?[A-Za-z]+)?\.?(?:\s+|$)){2,5}")
_BEFORE = re.compile(
    r"[\s:(]*(?:(?:to|for|prepared for|issued to|dear|hi|hello|name|employee|staff member)\b"
    r"[\s:,]*)?",
    re.I,
)
# A label that does not say whose name it is.
_OWN = re.compile(r"\s*(?:full )?name\W*", re.I)
_PARTS = re.compile(r"\s+[·•|]\s+")
# `Rohan Deshmukh (FCA-0093)`
_NUMBER = re.compile(r"^\s*\(\s*[A-Z]{0,6}[-/]?\d{2,10}\s*\)\s*$")
# `Rekha Bhandary (Physical Education Teacher)`
_POST = re.compile(r"^\s*\([^()\d]{4,60}\)\s*$")
# What may follow the name in its line where its PAN does.
_BEHIND = re.compile(r"[\s,;(–-]*(?:PAN|PRAN|Folio|Client|UCC|Emp|Staff|Member|Cust)\b", re.I)


class _Line(NamedTuple):
    piece: Piece
    start: int
    text: str
    is_first: bool  # of the parts of its line
    rest: str


def standing_names(
    sheet: Sheet, vocabulary: Vocabulary, spots: Sequence[Spot]
) -> Iterator[Candidate]:
    """Names without a label whose initial is in the PAN that the page prints of a person."""
    fields = pan_names(vocabulary.document_type)
    rules = list(fields.values())
    if len(rules) != 1:
        return
    pans = _pans(sheet, spots, fields)
    found: dict[str, Candidate] = {}
    for line in _lines(sheet):
        value = _name_of(line, rules[0], vocabulary)
        score = _score(sheet, line, value, pans, spots) if value else 0.0
        if value and not pans and _heads_the_person(sheet, line, value, rules[0], spots):
            score = LARGE
        if value is None or not score:
            continue
        start = line.start + value.start
        words = line.piece.words_at(start, line.start + value.end)
        made = candidate(sheet, rules[0].name, value.text, line.piece, words, score, "standing")
        if value.text not in found or found[value.text].score < score:
            found[value.text] = made
    best = max((one.score for one in found.values()), default=0.0)
    surest = [one for one in found.values() if one.score == best]
    if len(surest) == 1:
        yield surest[0]


def _pans(sheet: Sheet, spots: Sequence[Spot], fields: dict[str, FieldRule]) -> set[str]:
    """The PANs of persons on a page, but those that a label says are somebody else's."""
    flow = sheet.flow
    found = {pan for _, _, pan in values.find_values("pan", flow.text)} if flow else set()
    for spot in spots:
        if spot.field not in fields:
            found -= {pan for start, _, pan in values.find_values("pan", spot.rest) if start < 24}
    return {pan for pan in found if pan[3] == "P"}


def _lines(sheet: Sheet) -> Iterator[_Line]:
    """The lines of a page's upper part, and their parts between dots and strokes."""
    for piece in sheet.pieces:
        if piece.top > UPPER * sheet.height:
            continue
        for start, end in piece.line_spans():
            text = piece.text[start:end]
            cuts = [0, *(m.end() for m in _PARTS.finditer(text))]
            ends = [*(m.start() for m in _PARTS.finditer(text)), len(text)]
            for a, b in zip(cuts, ends, strict=True):
                yield _Line(piece, start + a, text[a:b], a == 0, text[b:])


def _name_of(line: _Line, rule: FieldRule, vocabulary: Vocabulary) -> Value | None:
    """The name that a line is, or that it begins with before a PAN."""
    before = _BEFORE.match(line.text)
    at = before.end() if before else 0
    value = name_in(rule, line.text[at:], vocabulary)
    if value is None or not _NAME.fullmatch(value.text):
        return None
    value = value._replace(start=value.start + at, end=value.end + at)
    rest = _NUMBER.sub("", line.text[value.end :])
    if (m := _POST.match(rest)) and has_role(m[0]):
        rest = ""
    rest = rest.strip(" .,!")
    if line.text.startswith("(") and rest == ")":
        rest = ""
    if rest and not (line.is_first and _BEHIND.match(line.text, value.end)):
        return None
    if has_body(value.text) or has_role(value.text) or is_address(value.text):
        return None
    said = [token.text for token in tokens_of(value.text) if len(token.text) > 2]
    titled = {word for title in vocabulary.announced.titles for word in title}
    if not said or any(vocabulary.is_known(word) or word in titled for word in said):
        return None
    return value


def _score(sheet: Sheet, line: _Line, value: Value, pans: set[str], spots: Sequence[Spot]) -> float:
    behind = [pan for _, _, pan in values.find_values("pan", line.text[value.end :] + line.rest)]
    own = [pan for pan in behind[:1] if pan in pans]
    if own:
        return WITH_PAN if own[0][4] in _initials(value.text) else 0.0
    if len(pans) != 1 or not line.is_first or line.piece.words_at(0, line.start):
        return 0.0
    pan = next(iter(pans))
    if pan[4] not in _initials(value.text) or _is_of_a_label(sheet, line.piece, spots):
        return 0.0
    return _by_place(sheet, line, pan)


def _by_place(sheet: Sheet, line: _Line, pan: str) -> float:
    piece = line.piece
    if any(_OWN.fullmatch(p.text) for p in sheet.left_of(piece)[:1]):
        return WITH_PAN
    lines = piece.line_texts()[1:]
    reach = piece.bottom + NEAR_EM * piece.size
    below = [p for p in sheet.below(piece) if p.top < reach]
    lines += [p.text for p in below]
    if any(is_address(text) for text in lines[:2]):
        return OVER_ADDRESS
    near = [p for p in sheet.pieces if -NEAR_EM < (p.top - piece.top) / piece.size < 2 * NEAR_EM]
    if any(pan in p.text for p in near):
        return NEAR_PAN
    if piece.size > HEADING_EM * usual_height(sheet.words):
        return LARGE
    return 0.0


def _heads_the_person(
    sheet: Sheet, line: _Line, value: Value, rule: FieldRule, spots: Sequence[Spot]
) -> bool:
    """Is it a heading by itself, below the issuer's and over the number of the person?"""
    piece = line.piece
    if line.text.strip() != value.text or piece.size < HEADS_LARGER * usual_height(sheet.words):
        return False
    if _NO_PERSON.search(value.text) or _is_of_a_label(sheet, piece, spots):
        return False
    if any(spot.field == rule.name and spot.match.score >= LABEL for spot in spots):
        return False
    below = piece.bottom, piece.bottom + HEADS_EM * piece.size
    own = {spot.piece for spot in spots if rule.is_of_owner(spot.field)}
    is_over = any(below[0] - 2 <= p.top < below[1] for p in own)
    return is_over and any(has_body(p.text) for p in sheet.pieces if p.bottom <= piece.top)


def _is_of_a_label(sheet: Sheet, piece: Piece, spots: Sequence[Spot]) -> bool:
    """Does a label stand before it, or a line of an address above it?"""
    labels = {spot.piece for spot in spots if spot.match.score >= LABEL}
    left = [p for p in sheet.left_of(piece)[:1] if not _OWN.fullmatch(p.text)]
    above = [p for p in sheet.above(piece)[:1] if piece.top - p.bottom < CLOSE_EM * piece.size]
    if any(p in labels or not has_body(p.text) for p in left):
        return True
    # A heading is no line of the address above it.
    labels = {spot.piece for spot in spots if spot.match.score >= LABEL and not _is_said(spot)}
    return any(p in labels or (is_address(p.text) and _is_as_large(p, piece)) for p in above)


def _is_said(spot: Spot) -> bool:
    """Has a label its value behind it: `Payslip for the month of May 2024`?"""
    return any(map(str.isdigit, spot.rest))


def _is_as_large(above: Piece, piece: Piece) -> bool:
    return piece.size < HEADING_EM * above.size


def _initials(name: str) -> set[str]:
    return {m[0].upper() for m in re.finditer(r"(?<![A-Za-z])[A-Za-z]", name)}
