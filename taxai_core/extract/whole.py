"""What a page says without a label: a kind of insurance by its words, a year in its title."""

import re
from collections.abc import Iterator

from .. import values
from ..doctypes import DocumentType, FieldRule
from .candidate import Candidate, candidate
from .sheet import Piece, Sheet
from .vocabulary import words_of

# How surely a year or month without a label is the paper's: in its head, or anywhere.
IN_HEAD, ANYWHERE, BY_PATTERN, BY_WORDS = 0.62, 0.4, 0.52, 0.8
HEAD = 0.35


def from_words(sheet: Sheet, document_type: DocumentType) -> Iterator[Candidate]:
    """Values that follow from what a page says anywhere."""
    # Forms with a field for each kind of year print its name; a lone year may be the other.
    has_assessment_year = sum(rule.kind == "year" for rule in document_type.fields) > 1
    for rule in document_type.fields:
        if rule.where == "words":
            yield from _choice(sheet, rule)
        elif rule.kind == "month" or (rule.kind == "year" and not has_assessment_year):
            yield from _in_head(sheet, rule)
        elif rule.pattern:
            yield from _by_pattern(sheet, rule)


def _choice(sheet: Sheet, rule: FieldRule) -> Iterator[Candidate]:
    """The choice of which the page says most."""
    flow = sheet.flow
    if flow is None:
        return
    said: dict[str, list[re.Match[str]]] = {}
    for value, wordings in rule.choices.items():
        for wording in wordings:
            words = [re.escape(word) for word in re.findall(r"\w+", wording.text)]
            pattern = r"(?<!\w)" + r"\W+".join(words) + r"(?!\w)"
            said.setdefault(value, []).extend(re.finditer(pattern, flow.text, re.IGNORECASE))
    ranked = sorted(said.items(), key=lambda each: -len(each[1]))
    ranked = [(value, found) for value, found in ranked if found]
    if ranked and (len(ranked) == 1 or len(ranked[0][1]) > len(ranked[1][1])):
        value, found = ranked[0]
        words_at = flow.words_at(*found[0].span())
        yield candidate(sheet, rule.name, value, flow, words_at, BY_WORDS, "words")


def _in_head(sheet: Sheet, rule: FieldRule) -> Iterator[Candidate]:
    others = _of_assessment(sheet) if rule.kind == "year" else set()
    for piece in sheet.pieces:
        if piece in others:
            continue
        for start, end, value in values.find_values(rule.kind, piece.text):
            score = IN_HEAD if piece.top < HEAD * sheet.height else ANYWHERE
            words = piece.words_at(start, end)
            yield candidate(sheet, rule.name, value, piece, words, score, "period")


def _of_assessment(sheet: Sheet) -> set[Piece]:
    """The pieces that name an assessment year, and those beside and below them."""
    named = [p for p in sheet.pieces if "ay" in words_of(p.text)]
    beside = [p for piece in named for p in sheet.right_of(piece)[:1] + sheet.below(piece)[:1]]
    return {*named, *beside}


def _by_pattern(sheet: Sheet, rule: FieldRule) -> Iterator[Candidate]:
    pattern = re.compile(rf"(?<![\w-])(?:{rule.pattern})(?![\w-])")
    for piece in sheet.pieces:
        for m in pattern.finditer(piece.text):
            if not any(map(str.isdigit, m[0])):
                continue  # any word in capitals would do
            words = piece.words_at(*m.span())
            yield candidate(sheet, rule.name, m[0], piece, words, BY_PATTERN, "pattern")
