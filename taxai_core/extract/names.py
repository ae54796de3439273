"""Names of persons and bodies: where they end, and what only looks like one."""

import re

from .. import values
from ..doctypes import FieldRule
from ..doctypes.wording import any_of, common_words
from .found import Value
from .tokens import tokens_of
from .vocabulary import Vocabulary

# A name has at most so many words.
MOST_WORDS = {"person": 6, "entity": 12, None: 10}
# A tail that is a label as surely as this is no part of the name before it.
LABEL = 0.95
_WORDS = common_words()
# Before a name: colons, leaders, the number of the holder.
_BEFORE = re.compile(r"[\s:=.…_|)+\u2190-\u2bff-]*(?:\(?\d[.)]\s+)?")
_TITLES = re.compile(rf"\s*(?:(?:{any_of(_WORDS.titles)})\b[\s./]+)+", re.IGNORECASE)
# A name ends at a sign, and at what follows names. The words' capitals do not count.
_ENDS = re.compile(
    r"\s*(?:[;|\[\d\"“”*#@:!?·•]|\s[-–—]+(?=\s|$)|[-–—]\s|\(|,)"
    r"|\s+an?(?=\s|$)|(?<=[A-Za-z.])\s+(?=[\u0900-\u0d7f])"
    rf"|\s+(?i:{any_of(_WORDS.after_names)})(?![\w'])"
)
_FOR = re.compile(r"\s+for(?![\w'])")
_THE = re.compile(r"\s+(?:the|his|her|their)(?![\w'])")
_AND = re.compile(r"\s+(?:and|&)\s+", re.IGNORECASE)
_LEGAL = re.compile(
    rf"\s*\(?(?:(?:{any_of(_WORDS.before_legal_forms)})\.?\)?[\s.,]*)*"
    rf"(?:{any_of(_WORDS.legal_forms)})\b\.?",
    re.IGNORECASE,
)
# `(P)`, `(India)`: part of a firm's name.
_SMALL_BRACKET = re.compile(
    rf"\s*\((?:{any_of(_WORDS.before_legal_forms)}|[A-Z][\w.]*(?:\s[A-Z][\w.]*)?)\.?\)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\s*,\s*(?=[A-Z])[A-Za-z .]{2,40}$")
# `Public Works Department, Roads Sub-Division, Sangli`: an office is named with what it is of.
_OF_STATE = re.compile(
    r"\b(?:department|directorate|ministry|commissionerate|collectorate|secretariat|office of)\b",
    re.IGNORECASE,
)
_NEXT_PART = re.compile(r"\s*,\s*([A-Z][^,;:()\d]{3,60})(?=,|$)")
# `Executive Engineer, Canal Division No. 3`: who deducts for an office is named with it.
_OFFICER = re.compile(
    rf"\s*(?:office\s+of\s+)?(?:the\s+)?(?:[A-Za-z]+\.?\s+){{0,3}}(?:{any_of(_WORDS.offices)})\b",
    re.IGNORECASE,
)
_DIVISION = re.compile(
    rf"\s*,\s*(?:[A-Z][\w.&-]*\s+)*(?:{any_of(_WORDS.divisions)})\b"
    r"(?:\s*(?:no\b\.?)?\s*[-–]?\s*(?:\d{1,3}|[IVX]+)\b)?",
    re.IGNORECASE,
)
_TOWN = re.compile(r"\s*,\s*[A-Z][A-Za-z]+(?=\s*,?\s*(?:$|\())")
_PUBLIC = re.compile(rf"\b(?:{any_of(_WORDS.public)})\b", re.IGNORECASE)
# `Directorate of Horticulture, Government of Uttarakhand`
_PART_OF = re.compile(
    rf"\s*,\s*(?:{any_of(_WORDS.public)})\.?\s+of\s+[A-Z]\w+(?:\s+(?:and\s+|&\s+)?[A-Z]\w+){{0,3}}",
    re.IGNORECASE,
)
_IN_OFFICE = re.compile(rf"(?:{any_of((*_WORDS.offices, *_WORDS.divisions))})\b", re.IGNORECASE)
# No name begins so; what is said of somebody does.
_NO_NAME = frozenset(
    {"the", "this", "that", "these", "our", "your", "sr", "sl", "affix", "paste", "signature"}
)
# Nor does one end so: `certified that a sum of`.
_NO_END = frozenset({"of", "and", "the", "for", "in", "to"})
# Before a nun's or a priest's name; before a post it means senior.
_SISTER = re.compile(r"\s*(?:Sr|Fr|Br)\.\s+(?=[A-Z])")
_ADDRESS = re.compile(rf"\b(?:{any_of(_WORDS.address_words)})\b", re.IGNORECASE)
# Behind these a firm's name goes on: `Ltd.` is missing.
_CUT = re.compile(r"(?:\bpvt\.?|\bprivate|\(p\)\.?|&)$", re.IGNORECASE)
_PART = re.compile(r"(?:part|annexure|form|schedule|section|page)\b", re.IGNORECASE)
# `12/4-A,` at the beginning, and `560 034`.
_HOUSE_OR_PIN = re.compile(r"^\s*[A-Z]?-?\d+[\d/-]*[A-Z]?,|\b\d{3}\s?\d{3}\b\s*[.,]?\s*(?:$|[A-Z])")
_BODY = re.compile(rf"\b(?:{'|'.join(_WORDS.bodies)})\b", re.IGNORECASE)
LOWER_WORDS = frozenset({"of", "and", "the", "for", "in", "alias", "bin", "de", "van"})
# What is left of a firm's name on its second line.
_LEGAL_ONLY = re.compile(
    r"(?:\W|\b(?:p|pvt|private|co|company|india|ltd|limited|llp|inc|and)\b)+", re.IGNORECASE
)
# What someone is follows the name, in a form's `name and designation`, with a capital.
_ROLE = re.compile(
    rf"\s+(?:(?:{any_of(map(str.capitalize, _WORDS.before_roles))})\b\.?[\s-]+)*"
    rf"(?:{any_of(map(str.capitalize, _WORDS.roles))}|Divisional\s+\w+)\b"
)
_ROLES = re.compile(rf"\b(?:{any_of((*_WORDS.roles, *_WORDS.posts))})\b", re.IGNORECASE)


def has_role(line: str) -> bool:
    """Does a line say what someone is, and not who?"""
    return _ROLES.search(line) is not None


def only_legal(text: str) -> bool:
    """Is it no name but the end of one: `Pvt Ltd`?"""
    return _LEGAL_ONLY.fullmatch(text.strip()) is not None


def name_in(rule: FieldRule, text: str, vocabulary: Vocabulary) -> Value | None:
    """The name that a text begins with; None where it is no name.

    Args:
        text: one line, or what stands behind a label.
    """
    start = m.end() if (m := _BEFORE.match(text)) else 0
    titled = _TITLES.match(text, start)
    if titled and (rule.holder != "entity" or not has_body(text)):
        start = titled.end()  # but `Shree Siddheshwar Mandir Trust` is all a name
    elif rule.holder == "person" and (m := _SISTER.match(text, start)):
        start = m.end() if not has_role(text[m.end() :]) else start
    end = _end(rule, text, start)
    end = _before_label(rule, text, start, end, vocabulary)
    if rule.holder == "person" and (role := _ROLE.search(text, start, end)):
        end = role.start()
    if any(at == 0 for at, _, _ in values.find_values("date", text[start:])):
        return None
    if text[end : end + 1].isdigit() and text[end - 1 : end].isalnum():
        return None  # an identifier
    name = values.parse_name(text[start:end])
    if name is None or not _is_like(rule, name, vocabulary):
        return None
    if rule.holder != "person" and _CUT.search(name):
        return None  # `Ltd.` is missing
    return Value(start, end, name)


def _is_the_bank(rule: FieldRule, name: str) -> bool:
    """`The Godavari Urban Bank` is a name; `The Bank` is not."""
    is_one = has_body(name) or _OFFICER.match(name) is not None
    return rule.holder == "entity" and is_one and len(name.split()) > 2


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
            is_office = _OFFICER.match(text[:end], start) is not None
            if is_office and (part := _DIVISION.match(rest) or _TOWN.match(rest)):
                at = end + part.end()
                continue
            is_public = has_body(text[start:end]) or _PUBLIC.search(text[start:end])
            if is_public and (part := _PART_OF.match(rest)):
                at = end + part.end()
                continue
            of_state = _OF_STATE.search(text[start:end]) is not None
            if of_state and (part := _NEXT_PART.match(rest)) and _is_office(part[1]):
                at = end + part.end()
                continue
            if (place := _PLACE.match(rest)) and _is_place_of(text[start:end], place[0]):
                at = end + place.end()
                continue
            if m[0].strip().casefold() in ("of", "in", "at", "on", "to", "the"):
                at = m.end()
                continue
        break
    if rule.holder == "person":
        for sign in (_AND, _FOR, _THE):
            if (m := sign.search(text, start)) and m.start() < end:
                end = m.start()
    return end


def _is_office(part: str) -> bool:
    return has_body(part) or _IN_OFFICE.search(part) is not None


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
    is_office = bool(_OFFICER.match(text, start) or _OF_STATE.search(text, start, end))
    for first in range(1, len(tokens)):
        tail = text[tokens[first].start : end]
        if rule.holder == "entity" and (has_body(tail) or (is_office and _IN_OFFICE.match(tail))):
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
    lower = [word for word in words if word[0].islower() and word not in LOWER_WORDS]
    if lower and (rule.holder != "entity" or len(lower) > 1):
        return False
    if _LEGAL_ONLY.fullmatch(name) or all(len(word.strip(".,/-")) <= 2 for word in words):
        return False
    if words[-1].casefold() in _NO_END:
        return False
    if words[0].casefold() in _NO_NAME and not _is_the_bank(rule, name):
        return False
    said = [token.text for token in tokens_of(name)]
    if rule.holder == "entity" and has_body(name):
        return len(words) > 1
    if not said:
        return any(len(word.strip(".")) > 2 for word in words)
    return not all(vocabulary.is_known(word) for word in said)
