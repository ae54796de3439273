"""Labels inside of a line: `PART A · Certificate No. ABCDEFG`, `Emp. No. 4408162 Name A. Rao`."""

import re
from collections.abc import Iterator

from ..doctypes import FieldRule
from .candidate import Candidate, candidate
from .found import Value, value_in
from .names import name_in
from .sheet import Sheet
from .tokens import tokens_of
from .vocabulary import Vocabulary

# As surely as a label that begins its line, and how surely the words must be one.
INLINE, LABEL = 0.86, 0.95
# Behind a dot or a stroke, or behind a number the label of a name, another label may begin.
_BEGINS = re.compile(r"\s[·•|]\s+|(?<=\d)\s+(?=(?:[A-Z][a-z]+ )?Name\s)")
# What is read so: amounts have columns, and dates and years are told by their form.
KINDS = ("name", "identifier", "pan", "tan")
_SIGNS = re.compile(r"[\s.:=#-]*")
# `TDS Certificate No. AVBNYXN`: a code without figures is in capitals.
_CODE = re.compile(r"[A-Z]{6,}")


def inline_values(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """The values of labels that begin behind something else in their line."""
    for piece in sheet.pieces:
        for start, end in piece.line_spans():
            for m in _BEGINS.finditer(piece.text, start, end):
                begin = m.end()
                text = _BEGINS.split(piece.text[begin:end])[0]
                found = _value(sheet, text, vocabulary)
                if found is None:
                    continue
                rule, value = found
                words = piece.words_at(begin + value.start, begin + value.end)
                yield candidate(
                    sheet, rule.name, value.text, piece, words, INLINE, "inline", value.note
                )


def _value(sheet: Sheet, text: str, vocabulary: Vocabulary) -> tuple[FieldRule, Value] | None:
    tokens = tokens_of(text)
    for count in range(len(tokens) - 1, 0, -1):
        match = vocabulary.best(tokens[:count])
        rule = vocabulary.document_type.field(match.label.field or "") if match else None
        if match is None or match.score < LABEL:
            continue
        if rule is None or rule.kind not in KINDS or match.label.heading:
            return None
        signs = _SIGNS.match(text, tokens[count - 1].end)
        at = signs.end() if signs else tokens[count - 1].end
        value = _read(sheet, rule, text[at:], vocabulary)
        return (rule, value._replace(start=value.start + at, end=value.end + at)) if value else None
    return None


def _read(sheet: Sheet, rule: FieldRule, text: str, vocabulary: Vocabulary) -> Value | None:
    if rule.kind == "name":
        return name_in(rule, text, vocabulary)
    value = value_in(rule, text, is_scan=sheet.is_scan)
    if value is None or value.start:
        return None
    is_code = any(map(str.isdigit, value.text)) or _CODE.fullmatch(value.text)
    return value if is_code else None
