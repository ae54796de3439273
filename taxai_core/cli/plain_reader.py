"""The plain way to read fields, to measure ours against: text, and a regular expression a label.

It knows the same titles and labels as we do, but no place on a page: the first title in the text
is the type, and a field's value is what stands behind its label or on the next line.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import Any

from .. import values
from ..doctypes import DocumentType, FieldRule

OTHER = "other"
_MONTH = r"(?:\d{1,2}|[A-Za-z]{3,9})"
_VALUES = {
    "amount": r"(?:(?:Rs\.?|INR|₹)\s*)?\(?-?\d[\d,]*(?:\.\d+)?\)?",
    "pan": r"[A-Z]{5}\d{4}[A-Z]",
    "tan": r"[A-Z]{4}\d{5}[A-Z]",
    "year": r"20\d\d\s?[-–/]\s?(?:20)?\d\d",
    "month": rf"{_MONTH}[-/ ,']+(?:20)?\d\d",
    "date": rf"\d{{1,2}}[-/. ]{_MONTH}[-/. ,]+\d{{2,4}}",
    "name": r"[A-Za-z][^\n:]{2,60}",
    "identifier": r"[A-Za-z0-9][\w/-]{2,}",
}


def read_plainly(pages: Sequence[str], types: Mapping[str, DocumentType]) -> dict[str, Any]:
    """What the text of a file's pages says, as the contract has it."""
    text = "\n".join(pages)
    name = _type_of(text, types)
    fields = {rule.name: value for rule in types[name].fields if (value := _value(text, rule))}
    return {
        "document_type": name,
        "pages": len(pages),
        "fields": {name: {"value": value} for name, value in fields.items()},
    }


def _type_of(text: str, types: Mapping[str, DocumentType]) -> str:
    """The type whose title comes first; of two that begin there, the longer one's."""
    found = (
        (place.start(), -len(wording.text), name)
        for name, each in types.items()
        for wording in each.recognise.titles
        if (place := _expression(wording.text).search(text))
    )
    return min(found, default=(0, 0, OTHER))[2]


def _value(text: str, rule: FieldRule) -> str | None:
    for label in _labels(rule):
        for place in _expression(label, _pattern(rule)).finditer(text):
            with suppress(ValueError):
                return _in_form(rule, place[1])
    return None


def _labels(rule: FieldRule) -> Iterator[str]:
    """Its labels but those that say a heading or a column too, which is no matter of text."""
    for wording in rule.labels:
        if " > " not in wording.text and " | " not in wording.text:
            yield wording.text


def _pattern(rule: FieldRule) -> str:
    if rule.kind == "choice":
        words = (wording.text for meant in rule.choices.values() for wording in meant)
        return "|".join(map(re.escape, words)) or r"(?!)"
    if rule.pattern:
        return rule.pattern
    return _VALUES[rule.kind]


def _in_form(rule: FieldRule, text: str) -> str:
    """The contract's form of what was found; ValueError where it has none."""
    if rule.kind != "choice":
        return values.canonical(rule.kind, text)
    said = text.casefold()
    return next(
        value
        for value, meant in rule.choices.items()
        if said in (wording.text.casefold() for wording in meant)
    )


@cache
def _expression(label: str, value: str | None = None) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, label.split()))
    behind = rf"\s*[:\-]?\s*({value})" if value else ""
    return re.compile(rf"(?<!\w)(?i:{words})(?!\w){behind}")
