"""Whose PAN it is: the name before it in a sentence, `Shri Vishnu Joglekar, PAN …`."""

import re
from collections.abc import Iterator

from .. import values
from ..doctypes import DocumentType, FieldRule
from .candidate import Candidate, candidate
from .names import name_in
from .piece import Piece
from .sheet import Sheet
from .vocabulary import Vocabulary

# As surely as a sentence says it; whose PAN it is a label says a little more surely.
BEFORE_PAN, OF_PERSON = 0.8, 0.78
# So many letters before a PAN can hold a name.
REACH = 90
_PAN = (
    r"[\s,;(]*(?:(?:holding|holder of|having|bearing|with|whose|his|her|the)\s+)*"
    r"(?:PAN|P\.A\.N\.?|Permanent Account (?:No\.?|Number))[^A-Za-z0-9]*"
    r"(?:(?:No\.?|Number|is)[^A-Za-z0-9]*)?$"
)
_WORDS = r"(?:[A-Z][A-Za-z.'’]*\s+){0,4}[A-Z][A-Za-z.'’]*"
# A title says that a name begins, and what the person is may follow the name.
_TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Shri|Sri|Smt|Kum|Dr|MR|MRS|MS|SHRI|SMT)\b\.?\s+({_WORDS})"
    rf"(?:[,(](?:(?!\b(?:Mr|Mrs|Ms|Shri|Smt|Dr)\b).){{0,60}}?)?{_PAN}"
)
# Without a title it must stand in a sentence: `certify that Asha Rao (PAN …`.
_IN_SENTENCE = re.compile(rf"\b[a-z]+\s+({_WORDS}){_PAN}")
# A number of the person's may stand before the name: `Client : K0417 Ketan Doshi PAN : …`.
_NUMBERED = re.compile(rf"\b[A-Z]{{0,4}}\d{{3,10}}\s+({_WORDS}){_PAN}")


def before_pans(sheet: Sheet, vocabulary: Vocabulary, strange: set[str]) -> Iterator[Candidate]:
    """The names that stand before the PANs of a page's text.

    Args:
        strange: PANs that a label says are somebody else's.
    """
    pairs = pan_names(vocabulary.document_type)
    texts = [*([sheet.flow] if sheet.flow else []), *(p for p in sheet.pieces if p.cell)]
    for piece in texts if pairs else ():
        for start, end, pan in values.find_values("pan", piece.text):
            if pan[3] != "P" or pan in strange:
                continue
            for field, rule in pairs.items():
                for name in _name(sheet, vocabulary, rule, piece, start):
                    yield name
                    words = piece.words_at(start, end)
                    yield candidate(sheet, field, pan, piece, words, OF_PERSON, "behind a name")


def pan_names(document_type: DocumentType) -> dict[str, FieldRule]:
    """The name field of each PAN field that is a person's: `employee_pan` has `employee_name`."""
    rules = document_type.fields
    persons = [rule for rule in rules if rule.kind == "name" and rule.holder != "entity"]
    names = {}
    for rule in rules:
        if rule.kind == "pan" and rule.holder != "entity":
            own = [one for one in persons if one.owner == rule.owner]
            if len(own or persons) == 1:
                names[rule.name] = (own or persons)[0]
    return names


def _name(
    sheet: Sheet, vocabulary: Vocabulary, rule: FieldRule, piece: Piece, pan_at: int
) -> Iterator[Candidate]:
    begin = max(0, pan_at - REACH)
    m = _TITLED.search(piece.text, begin, pan_at)
    m = m or _IN_SENTENCE.search(piece.text, begin, pan_at)
    if m is None and (m := _NUMBERED.search(piece.text, begin, pan_at)):
        surname = piece.text[pan_at + 4].upper()
        m = m if any(word[0] == surname for word in m[1].split()) else None
    value = name_in(rule, m[1], vocabulary) if m else None
    if m is None or value is None:
        return
    start = m.start(1) + value.start
    words = piece.words_at(start, m.start(1) + value.end)
    if words and len(value.text.split()) > 1:
        yield candidate(sheet, rule.name, value.text, piece, words, BEFORE_PAN, "before a PAN")
