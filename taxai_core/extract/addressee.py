"""Whom a paper is addressed to: the name over an address, behind `To` or behind `Dear`."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..doctypes import FieldRule
from .candidate import Candidate, candidate
from .names import has_body, is_address, is_titled, name_in
from .piece import Piece
from .sheet import Sheet
from .spots import Spot
from .standing import standing_names
from .vocabulary import Vocabulary

# How surely it is whom the paper is about: a name with a title over an address, one without a
# title, and the name in a salutation. Two of them say it as surely as a label.
TITLED, UNTITLED, SALUTED = 0.66, 0.55, 0.62
# An address stands in the upper part of a letter: this share of its height.
UPPER = 0.6
# The lines of an address stand this close, in heights of their print.
CLOSE_EM = 1.1
_DEAR = re.compile(r"\s*Dear\s+", re.IGNORECASE)
_TO = re.compile(r"\s*To\s*[,:]?\s*", re.IGNORECASE)
# `Dear valued customer` names nobody.
_NOBODY = re.compile(
    r"\b(?:sir|madam|customer|member|friend|donor|policy\s?holder|valued|investor|patron|all|team"
    r"|borrower)\b",
    re.IGNORECASE,
)


class _Line(NamedTuple):
    piece: Piece
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.piece.text[self.start : self.end]


def addressees(sheet: Sheet, vocabulary: Vocabulary, spots: Sequence[Spot]) -> Iterator[Candidate]:
    """Names that may be those of the person a letter goes to, or a paper is of."""
    yield from standing_names(sheet, vocabulary, spots)
    rules = [r for r in vocabulary.document_type.fields if r.where == "addressee"]
    for rule in rules:
        for piece in sheet.pieces:
            if dear := _DEAR.match(piece.text):
                line = _Line(piece, dear.end(), piece.line_end(dear.end()))
                yield from _name(sheet, vocabulary, rule, line, SALUTED)
            elif piece.top < UPPER * sheet.height:
                yield from _over_address(sheet, vocabulary, rule, piece)


def _over_address(
    sheet: Sheet, vocabulary: Vocabulary, rule: FieldRule, piece: Piece
) -> Iterator[Candidate]:
    block = _block(sheet, piece)
    is_to = bool((m := _TO.match(block[0].text)) and m.end() == len(block[0].text))
    name, *address = block[1:] if is_to and len(block) > 1 else block
    if m := _TO.match(name.text):
        is_to, name = True, name._replace(start=name.start + m.end())
    if not any(is_address(line.text) for line in address[:2]):
        return
    if is_titled(name.text):
        yield from _name(sheet, vocabulary, rule, name, TITLED)
    elif is_to or name.text.isupper():
        yield from _name(sheet, vocabulary, rule, name, UNTITLED)


def _block(sheet: Sheet, piece: Piece) -> list[_Line]:
    """The lines of a piece, or it and the next lines below it that begin where it does."""
    lines = [_Line(piece, start, end) for start, end in piece.line_spans()]
    last = piece
    for below in sheet.below(piece):
        if abs(below.x0 - piece.x0) > 2:
            continue
        if len(lines) > 3 or below.top - last.bottom > CLOSE_EM * last.size:
            break
        lines.append(_Line(below, 0, len(below.text)))
        last = below
    return [line for line in lines if line.text.strip()] or [_Line(piece, 0, len(piece.text))]


def _name(
    sheet: Sheet, vocabulary: Vocabulary, rule: FieldRule, line: _Line, score: float
) -> Iterator[Candidate]:
    """The name, where the line holds nothing else."""
    value = name_in(rule, line.text, vocabulary)
    if value is None or len(value.text) < 3 or has_body(value.text) or _NOBODY.search(line.text):
        return
    if line.text[value.end :].strip(" ,.;:") or is_address(value.text):
        return
    words = line.piece.words_at(line.start + value.start, line.start + value.end)
    if words:
        yield candidate(sheet, rule.name, value.text, line.piece, words, score, "addressee")
