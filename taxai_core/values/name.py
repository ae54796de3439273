"""Printed names and numbers of accounts, policies, folios, certificates, employees."""

import re

from .date import parse_date
from .line import one_line
from .pan import parse_pan, parse_tan
from .period import parse_month, parse_period, parse_year
from .words import parse_amount_in_words

# `Sh` and `Sri` without a point begin names (Sri Lakshmi Traders).
_TITLES = re.compile(
    r"(?:(?:(?:mrs?|ms|miss|mx|shri|smt|kum|dr|prof|messrs)(?:\s*\.\s*|\s+)"
    r"|(?:sh|sri)\s?\.\s*|m\s?/\s?s\b[\s.]*))+",
    re.IGNORECASE,
)
_AROUND_A_NAME = " ,:;|*_-"
_AROUND_AN_IDENTIFIER = " ,:;|#"
_AMOUNT_IN_IT = re.compile(r"[0-9],[0-9]{2}|[0-9]\.[0-9]{2}\b")
_ADDRESS_IN_IT = re.compile(r"@|\bwww\.|https?:", re.IGNORECASE)
_NO_VALUES = {
    "na",
    "notavailable",
    "notapplicable",
    "nil",
    "nill",
    "none",
    "null",
    "mr",
    "mrs",
    "ms",
}
_LONGEST = 120

_IDENTIFIER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9/()_-]*[A-Za-z0-9)])?")
_CODE = re.compile(r"[A-Z]{6,}")
# PRAN and cards are printed in fours.
_FOURS = re.compile(r"[0-9]{4}(?: [0-9]{4}){2,}")
_PLACEHOLDERS = {"PANNOTREQD", "PANAPPLIED", "PANINVALID", "PANNOTAVBL"}


def parse_name(text: str) -> str | None:
    """The person or firm that the whole text names, as printed but without title, or None."""
    name = one_line(text).strip(_AROUND_A_NAME).lstrip(". ")
    if title := _TITLES.match(name):
        name = name[title.end() :].lstrip(_AROUND_A_NAME)
    letters = sum(map(str.isalpha, name))
    digits = sum(map(str.isdigit, name))
    if letters < 2 or digits > letters or len(name) > _LONGEST:
        return None
    if re.sub(r"[\W_]", "", name).casefold() in _NO_VALUES or not name.upper().strip("X. "):
        return None
    if _AMOUNT_IN_IT.search(name) or _ADDRESS_IN_IT.search(name):
        return None
    others = (parse_pan, parse_tan, parse_date, parse_month, parse_year, parse_period)
    if digits and any(parse(name) for parse in others):
        return None
    return name if parse_amount_in_words(name) is None else None


def parse_identifier(text: str) -> str | None:
    """The number of an account, policy, folio, paper or employee that the text is, or None."""
    line = one_line(text).strip(_AROUND_AN_IDENTIFIER).rstrip(". ")
    if _FOURS.fullmatch(line):
        return line.replace(" ", "")
    identifier = re.sub(r"\s?([/-])\s?", r"\1", line)
    if not _IDENTIFIER.fullmatch(identifier) or identifier in _PLACEHOLDERS:
        return None
    is_code = _CODE.fullmatch(identifier) and identifier.strip("X")
    if not is_code and not re.search("[0-9]", identifier):
        return None
    if any(parse(identifier) for parse in (parse_date, parse_year, parse_period)):
        return None
    return identifier
