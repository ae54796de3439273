"""The values inside of a longer text."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from .amount import CURRENCY, GROUPED, UNIT, as_amount, parse_amount
from .date import DATE, MONTH_NAME, parse_date
from .line import in_place
from .pan import parse_pan, parse_tan
from .period import (
    LABELLED_YEAR,
    LONG_YEAR,
    PERIOD,
    YEAR_ENDED,
    parse_month,
    parse_period,
    parse_year,
)

# Every value of these kinds has one.
_DIGIT = re.compile("[0-9]")
# Where it begins and ends in the text, and its contract form.
Place = tuple[int, int, str]

_BEGINS = r"(?<![^\W_])(?<![0-9][.,/-])"
_ENDS = r"(?![^\W_])(?![.,/-][0-9])"
_NO_SHARE = r"(?!\s?(?:%|per\s?cent|p\.\s?[am]\.))"
_AMOUNT = re.compile(
    rf"""
    {_BEGINS}(?<![a-z]-)
    (?P<bracket>\(\s?)? (?P<sign>(?<![^\s(])-)?
    (?P<currency>{CURRENCY}\s?-?\s?)?
    (?P<number>(?:{GROUPED}|[1-9][0-9]*|0)(?P<decimals>\.[0-9]{{1,5}})?)(?![0-9]|[.,][0-9])
    (?P<money>\s?{UNIT}\b|\s?/[-=])?
    (?:-(?![\w.,/-])|\s?(?:[cd]r)\b\.?)?
    (?(bracket)\s?\))
    {_ENDS}{_NO_SHARE}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DATE = re.compile(rf"{_BEGINS}{DATE}{_ENDS}", re.IGNORECASE)
# "Sep 24" and "09.2024" may be a day and an amount.
_MONTH = re.compile(
    rf"{_BEGINS}(?:{MONTH_NAME}[\s.,/'’-]{{0,3}}[0-9]{{4}}|{MONTH_NAME}\s?[-/'’]\s?[0-9]{{2}}"
    rf"|(?:0?[1-9]|1[0-2])[/-][0-9]{{4}}|[0-9]{{4}}-(?:0[1-9]|1[0-2])){_ENDS}",
    re.IGNORECASE,
)
_YEAR = re.compile(
    rf"{_BEGINS}(?:{YEAR_ENDED}|{PERIOD}|{LABELLED_YEAR}|{LONG_YEAR}){_ENDS}", re.IGNORECASE
)
# A dash before it does not belong to it.
_PERIOD = re.compile(rf"{_BEGINS}(?=\w){PERIOD}{_ENDS}", re.IGNORECASE)


def _in_boxes(*groups: str) -> re.Pattern[str]:
    """Signs without blanks, with one between the groups, or with one after each sign."""
    spread = r"\s".join(
        f"{sign}(?:\\s{sign}){{{int(count) - 1}}}"
        for sign, count in (group.split("*") for group in groups)
    )
    close = r"\s?".join(group.replace("*", "{") + "}" for group in groups)
    return re.compile(rf"{_BEGINS}(?:{close}|{spread}){_ENDS}", re.IGNORECASE)


_PAN = _in_boxes("[A-Z]*5", "[0-9]*4", "[A-Z]*1")
_TAN = _in_boxes("[A-Z]*4", "[0-9]*5", "[A-Z]*1")


def find_values(kind: str, text: str) -> list[Place]:
    """All values of a kind inside of a text, from left to right; a period is `first/last` day.

    A small number in a sentence is an amount only if something says that it is money: a currency
    sign, grouping, paise, `/-`.

    Args:
        kind: amount, date, month, year, period, pan or tan.
    """
    return list(_found(kind, text)) if _DIGIT.search(text) else []


# A text is looked at for every field that a label beside it may be.
@lru_cache(maxsize=2_000)
def _found(kind: str, text: str) -> tuple[Place, ...]:
    return tuple(_FINDERS[kind](in_place(text)))


def _all(
    pattern: re.Pattern[str], parse: Callable[[str], str | None], text: str
) -> Iterator[Place]:
    at = 0
    while match := pattern.search(text, at):
        at = max(match.end(), at + 1)
        if value := parse(match[0]):
            yield match.start(), match.end(), value
        elif match[0].startswith("-"):
            at = match.start() + 1  # `PAID - 01-APR-2024 TO …`: no period ends there, one begins


def _amounts(text: str) -> Iterator[Place]:
    for match in _AMOUNT.finditer(text):
        is_money = match["currency"] or match["money"] or "," in match["number"]
        if not is_money and len(match["decimals"] or "") != 3:
            continue
        start, end = match.span()
        # "five thousand (Rs. 5,000.00)" says it again, "(5,000.00)" is a loss.
        if match["bracket"] and match["currency"] and re.search(r"[^\W\d_]", text[:start]):
            start, end = match.end("bracket"), match.end() - 1
        amount = parse_amount(text[start:end])
        if amount is not None:
            yield start, end, as_amount(amount)


def _date(text: str) -> str | None:
    day = parse_date(text)
    return day.isoformat() if day else None


def _months(text: str) -> Iterator[Place]:
    """The months that are no part of a date and no year such as 2009-10."""
    dates = [match.span() for match in _DATE.finditer(text)]
    for start, end, month in _all(_MONTH, parse_month, text):
        is_in_date = any(first < end and start < last for first, last in dates)
        if not is_in_date and parse_year(text[start:end]) is None:
            yield start, end, month


def _period(text: str) -> str | None:
    period = parse_period(text)
    return f"{period[0]}/{period[1]}" if period else None


_FINDERS: dict[str, Callable[[str], Iterator[Place]]] = {
    "amount": _amounts,
    "date": lambda text: _all(_DATE, _date, text),
    "month": _months,
    "year": lambda text: _all(_YEAR, parse_year, text),
    "period": lambda text: _all(_PERIOD, _period, text),
    "pan": lambda text: _all(_PAN, parse_pan, text),
    "tan": lambda text: _all(_TAN, parse_tan, text),
}
