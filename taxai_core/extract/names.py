"""Names of persons and bodies: where they end, and what only looks like one."""

import re

from .. import values
from ..doctypes import FieldRule
from ..doctypes.wording import common_words
from .found import Value
from .tokens import tokens_of
from .vocabulary import Vocabulary

# A name has at most so many words.
MOST_WORDS = {"person": 6, "entity": 12, None: 10}
# A tail that is a label as surely as this is no part of the name before it.
LABEL = 0.95
# Before a name: colons, leaders, the number of the holder.
_BEFORE = re.compile(r"[\s:=.…_|-]*(?:\(?\d[.)]\s+)?")
_TITLES = re.compile(
    r"\s*(?:(?:mr|mrs|ms|miss|shri|smt|sh|kum|kumari|dr|m/s|messrs|sri|shree|prof)\b[\s./]+)+",
    re.IGNORECASE,
)
# What follows is where someone lives, works, or is known by. Capitals count: `Of` is in names of bodies.
_ENDS = re.compile(
    r"\s*(?:[;|\[\d\"“”*#@:]|\s[-–—]+(?=\s|$)|[-–—]\s|\(|,)"
    r"|\s+(?i:PAN|TAN|CIN|GSTIN|DIN|UAN|PRAN|Address|Designation|residing|resident|having|bearing|holding|holder|employed"
    r"|working|towards|with|whose|who|whom|is|was|has|have|had|been|being|a(?:\s|$)|an\s|the\s+sum|at|on|in|under|son|daughter|wife"
    r"|s/o|d/o|w/o|c/o|r/o|from|to|by|as|vide|dated|through|account|a/c|folio|rs|inr|rupees|employee\s+code|emp)(?![\w'])"
)
_FOR = re.compile(r"\s+for(?![\w'])")
_AND = re.compile(r"\s+(?:and|&)\s+", re.IGNORECASE)
_LEGAL = re.compile(
    r"\s*\(?(?:(?:p|pvt|private|india|i|opc|regd)\.?\)?[\s.,]*)*(?:limited|ltd|llp|inc|corporation|company|co)\b\.?",
    re.IGNORECASE,
)
_SMALL_BRACKET = re.compile(
    r"\s*\((?:p|pvt|india|i|opc|private|regd|[A-Z][\w.]*(?:\s[A-Z][\w.]*)?)\.?\)", re.IGNORECASE
)
_PLACE = re.compile(r"\s*,\s*(?=[A-Z])[A-Za-z .]{2,40}$")
_ADDRESS = re.compile(
    r"\b(?:road|street|nagar|floor|block|plot|sector|marg|lane|colony|chambers|apartments?|building|complex|house no|flat"
    r"|shop|near|opp|dist|p\.?o|village|taluka|tower|phase|estate|cross|main|layout|branch)\b",
    re.IGNORECASE,
)
_PART = re.compile(r"(?:part|annexure|form|schedule|section|page)\b", re.IGNORECASE)
_HOUSE_OR_PIN = re.compile(r"^\s*[A-Z]?-?\d+[\d/-]*[A-Z]?,|\b\d{3}\s?\d{3}\b\s*[.,]?\s*(?:$|[A-Z])")
_BODY = re.compile(rf"\b(?:{'|'.join(common_words().bodies)})\b", re.IGNORECASE)


def name_in(rule: FieldRule, text: str, vocabulary: Vocabulary) -> Value | None:
    """The name that a text begins with; None where it is no name.

    Args:
        text: one line, or what stands behind a label.
    """
    start = m.end() if (m := _BEFORE.match(text)) else 0
    if titled := _TITLES.match(text, start):
        start = titled.end()
    end = _end(rule, text, start)
    end = _before_label(rule, text, start, end, vocabulary)
    if text[end : end + 1].isdigit() and text[end - 1 : end].isalnum():
        return None  # an identifier
    name = values.parse_name(text[start:end])
    if name is None or not _is_like(rule, name, vocabulary):
        return None
    return Value(start, end, name)


def has_body(text: str) -> bool:
    """Does it have a word that names of firms, banks, funds and trusts have?"""
    return _BODY.search(text) is not None


def is_titled(text: str) -> bool:
    """Does it begin with `Mr`, `Smt` or their like?"""
    return _TITLES.match(text) is not None


def is_address(text: str) -> bool:
    """Has it a word of addresses, a number at its beginning, or the code of a post office?"""
    return bool(_ADDRESS.search(text) or _HOUSE_OR_PIN.search(text))


def _end(rule: FieldRule, text: str, start: int) -> int:
    at = start
    while True:
        m = _ENDS.search(text, at)
        if m is None:
            end = len(text)
            break
        end = m.start()
        rest = text[end:]
        if rule.holder != "person":
            if found := _SMALL_BRACKET.match(rest) or _LEGAL.match(rest.lstrip(" ,")):
                at = end + max(1, found.end())
                continue
            if (place := _PLACE.match(rest)) and _is_place_of(text[start:end], place[0]):
                at = end + place.end()
                continue
            if m[0].strip().casefold() in ("of", "in", "at", "on", "to", "the"):
                at = m.end()
                continue
        break
    if rule.holder == "person":
        for sign in (_AND, _FOR):
            if (m := sign.search(text, start)) and m.start() < end:
                end = m.start()
    return end


def _is_place_of(name: str, place: str) -> bool:
    """A school, office or fund is named with its town; a firm's town is its address."""
    return (
        has_body(name)
        and not _LEGAL.search(name)
        and not _ADDRESS.search(place)
        and place.count(",") == 1
        and len(place.split()) <= 3
    )


def _before_label(rule: FieldRule, text: str, start: int, end: int, vocabulary: Vocabulary) -> int:
    """Cut off a label that follows the name without a sign between.

    What bodies are called by is in their names: a bank's may end with `Bank Ltd`.
    """
    tokens = [t for t in tokens_of(text[:end]) if t.start >= start]
    for first in range(1, len(tokens)):
        if rule.holder == "entity" and has_body(text[tokens[first].start : end]):
            continue
        for last in range(len(tokens), first, -1):
            best = vocabulary.best(tokens[first:last])
            if best and best.score >= LABEL:
                return tokens[first].start
    return end


def _is_like(rule: FieldRule, name: str, vocabulary: Vocabulary) -> bool:
    words = name.split()
    if len(words) > MOST_WORDS[rule.holder] or name[0].islower() or _PART.match(name):
        return False
    if (
        sum(word[0].islower() and word not in ("of", "and", "the", "for", "in") for word in words)
        > 1
    ):
        return False
    said = [token.text for token in tokens_of(name)]
    if rule.holder == "entity" and has_body(name):
        return len(words) > 1
    if not said:
        return any(len(word.strip(".")) > 2 for word in words)
    return not all(vocabulary.is_known(word) for word in said)
