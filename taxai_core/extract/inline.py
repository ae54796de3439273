"""Labels inside of a line: `PART A · Certificate No. ABCDEFG`, `Emp. No. 4408162 Name A. Rao`."""

import re
from collections.abc import Iterator

from ..doctypes import FieldRule
from .candidate import Candidate, candidate
from .found import Value, value_in
from .names import name_in
from .numbers import is_holder
from .sheet import Sheet
from .tokens import tokens_of
from .vocabulary import Vocabulary

# As surely as a label that begins its line, and how surely the words must be one.
INLINE, LABEL = 0.86, 0.95
# A body's PAN where a person's is wanted.
OTHER_HOLDER = 0.4
# Behind a dot or a stroke, or behind a number or a PAN, another label may begin.
_BEGINS = re.compile(r"\s[·•|]\s+|(?:(?<=\d)|(?<=\d[A-Z]))\s+(?=[A-Z])")
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
                is_apart = m[0].strip() != ""
                found = _value(sheet, piece.text[begin:end], vocabulary, is_apart)
                if found is None:
                    continue
                rule, value = found
                words = piece.words_at(begin + value.start, begin + value.end)
                score = INLINE if is_holder(rule, value.text) else OTHER_HOLDER
                yield candidate(
                    sheet, rule.name, value.text, piece, words, score, "inline", value.note
                )


def _value(
    sheet: Sheet, text: str, vocabulary: Vocabulary, is_apart: bool
) -> tuple[FieldRule, Value] | None:
    tokens = tokens_of(text)
    for count in range(len(tokens) - 1, 0, -1):
        match = vocabulary.best(tokens[:count])
        rule = vocabulary.document_type.field(match.label.field or "") if match else None
        if match is None or match.score < LABEL:
            continue
        if rule is None or rule.kind not in KINDS or match.label.heading:
            return None
        if rule.kind == "name" and not is_apart and "name" not in match.label.words:
            return None  # `Bank`, `Client` are words of names as well
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
