"""A printed amount → Decimal in INR, and back."""

import re
from decimal import Decimal

from .line import one_line

_ZERO = Decimal(0)
_UNITS = {"thousand": 10**3, "lakh": 10**5, "lac": 10**5, "crore": 10**7}

# 12,34,567 or 1,234,567.
GROUPED = r"(?:[1-9][0-9]?(?:,[0-9]{2})*,[0-9]{3}|[1-9][0-9]{0,2}(?:,[0-9]{3})+)"
UNIT = r"(?:(?:lakh|lac|crore)s?|thousand)"
# A backtick: fonts from before ₹ was a letter draw it in the backtick's place.
CURRENCY = r"(?:(?:(?<![a-z])(?:rs|re|rupees|inr)(?![a-z])|रुपये|रु|रू|[₹₨`])\s?[.:]{0,2})"
# What is left of ₹ where a font does not have it.
_LOST_CURRENCY = "[■□?\N{REPLACEMENT CHARACTER}]"
_SIGN = r"(?:\(-\)|\(\s?-?|-\s?\(?|\+)"

# Ten digits without separators are a telephone, more of them an account.
_PLAIN = re.compile(
    rf"{GROUPED}(?:\.[0-9]{{1,2}})?|[1-9][0-9]{{0,8}}|0"
    r"|(?:[1-9][0-9]{0,14}|0)\.[0-9]{1,2}|\.[0-9]{2}"
)
# Possessive at its beginning: a line of forty leader dots was tried in all ways to part it.
_MARKED = re.compile(
    rf"""
    (?:[*|:=\[\s]|\.{{2,}}+)*+
    (?P<outer>{_SIGN})? \s? (?:(?P<currency>{CURRENCY})|{_LOST_CURRENCY})? \s?
    (?P<inner>{_SIGN})? [\s*]*
    (?P<number>\.?[0-9](?:[0-9.,\s]*[0-9])?)
    \s? (?P<unit>{UNIT})? \s? (?P<slash>/\s?[-=]?)? \s? (?P<after>-)? \s? (?P<closing>\))?
    \s? (?:\(?\s?(?P<side>[cd]r)\b\.?\s?\)?)?
    \s? (?P<currency_after>{CURRENCY})? \s? (?:only)?
    [.,;:]? [*\#@|†‡§¹²³\]\s]*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ZERO_MARK = re.compile(
    rf"[*|:=\s]*(?P<open>\()?\s?{CURRENCY}?\s?(?:-(?:\s?-){{0,3}}|n\s?[il1|]\s?[l1|]{{1,2}})"
    r"\s?(?:/[-=])?\s?(?:only)?\.?(?(open)\s?\))",
    re.IGNORECASE,
)
_LONGEST_ZERO_MARK = 20
_LONGEST_AMOUNT = 60

# Comma and point mistaken for each other: if the groups before the last two digits are right, or
# there are none, those two can only be paise.
_MISTAKEN = re.compile(
    r"(?P<grouped>[1-9][0-9]?(?:[.,][0-9]{2})*[.,][0-9]{3}|[1-9][0-9]{0,2}(?:[.,][0-9]{3})+)"
    r"[.,](?P<paise>[0-9]{2})|(?P<rupees>[1-9][0-9]{3,}),(?P<rest>[0-9]{2})"
)
_BLANK_AT_COMMA = re.compile(r"\s?,\s?")
# "2. 50" may be the second item of a list; three digits before the point number no item.
_BLANK_AT_POINT = re.compile(r"\s\.(?=[0-9]{2}$)|(?<=[0-9]{3})\.\s(?=[0-9]{2}$)")
_IN_UNITS = re.compile(rf"(?:{GROUPED}|[1-9][0-9]{{0,3}}|0)(?:\.[0-9]{{1,7}})?")
_WITH_CURRENCY = re.compile(r"[1-9][0-9]{9,12}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
# Brokers print four decimals, of which a rupee has no use for the last two.
_PAST_PAISE = re.compile(r"(?<=[0-9]\.[0-9]{2})00$")


def parse_amount(text: str) -> Decimal | None:
    """The amount that the whole text is, or None. A dash and `Nil` are 0, `NA` is None.

    A minus is a sign wherever it stands, so a dash that only leads to the amount must be cut off.
    """
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if len(text) > _LONGEST_AMOUNT:
        return None
    if match := _MARKED.fullmatch(one_line(text)):
        return _marked_amount(match)
    return _ZERO if is_zero_mark(text) else None


def is_zero_mark(text: str) -> bool:
    """Whether the whole text is a dash or `Nil`, which print a zero."""
    return len(text) <= _LONGEST_ZERO_MARK and bool(_ZERO_MARK.fullmatch(one_line(text)))


def _marked_amount(match: re.Match[str]) -> Decimal | None:
    """The amount with signs, marks or OCR's blanks around and in it."""
    part = {name: found or "" for name, found in match.groupdict().items()}
    has_currency = bool(part["currency"] or part["currency_after"])
    is_money = has_currency or bool(part["unit"]) or len(part["slash"]) > 1
    if part["number"].isdecimal() and not is_money and _is_no_money(part, match.string):
        return None

    amount = _unsigned(part["number"], part["unit"].lower().rstrip("s"), is_money)
    sign = part["outer"] + part["inner"]
    if amount is None or not _closes(sign, part["closing"]):
        return None
    has_paise = part["number"][-3:-2] == "."
    if has_currency and part["after"] and not has_paise:
        return None  # a "/-" of which the stroke is lost looks the same
    side = part["side"].lower()
    if side == "cr" and (("-" in sign) or (amount < 1000 and not has_paise)):
        return None  # "2 Cr" may be two crore
    is_negative = sign not in ("", "+") or bool(part["after"]) or side == "dr"
    return -amount if is_negative and amount else amount


def _is_no_money(part: dict[str, str], line: str) -> bool:
    """Whether bare digits, of which nothing says that they are money, are rather something else."""
    digits = part["number"]
    if len(digits) > 9 or part["slash"] or (digits[0] == "0" and digits != "0"):
        return True
    if part["closing"] and _YEAR.fullmatch(digits):
        return True
    # "(1)", "12." and "3*" number an item or a footnote.
    return len(digits) < 3 and line.lstrip("+- ") != digits


def _closes(sign: str, closing: str) -> bool:
    """Whether a bracket is closed, and the signs before the digits make one sign."""
    is_open = "(" in sign and "(-)" not in sign
    return is_open == bool(closing) and sign.replace(" ", "") in {
        "",
        "+",
        "-",
        "(",
        "(-",
        "-(",
        "(-)",
    }


def _unsigned(number: str, unit: str, is_money: bool) -> Decimal | None:
    """The digits' value if their separators leave one reading."""
    number = _PAST_PAISE.sub("", number)
    if " " in number:
        number = _BLANK_AT_POINT.sub(".", number)
        joined = _BLANK_AT_COMMA.sub(",", number)
        if joined != number and not is_money and joined.count(",") == 1 and "." not in joined:
            return None  # "10, 115" may be two numbers
        number = joined
    if unit:
        if not _IN_UNITS.fullmatch(number):
            return None
        amount = Decimal(number.replace(",", "")) * _UNITS[unit]
        return amount if amount == round(amount, 2) else None
    if _PLAIN.fullmatch(number) or (is_money and _WITH_CURRENCY.fullmatch(number)):
        return Decimal(number.replace(",", ""))
    if match := _MISTAKEN.fullmatch(number):
        rupees = re.sub("[.,]", "", match["grouped"] or match["rupees"])
        return Decimal(f"{rupees}.{match['paise'] or match['rest']}")
    return None


def as_amount(amount: Decimal) -> str:
    """The contract's form: two places, no separators."""
    return f"{amount or _ZERO:.2f}"


def with_grouping(value: str) -> str:
    """An amount of the contract's form with Indian grouping."""
    sign = "-" if value.startswith("-") else ""
    rupees, paise = value.lstrip("-").split(".")
    head, tail = rupees[:-3], rupees[-3:]
    pairs = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)]
    return f"{sign}{','.join([*reversed(pairs), tail])}.{paise}"
