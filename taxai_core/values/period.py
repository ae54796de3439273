"""Printed months, financial years and periods → the contract's form."""

import re
from datetime import date

from .date import (
    DATE,
    DAY,
    MONTH_NAME,
    NAMED_MONTH,
    NUMERIC_MONTH,
    first_of_month,
    four_digits,
    last_of_month,
    month_number,
    parse_american_date,
    parse_date,
)
from .line import one_line

_DAY_OR_MONTH = rf"(?:{DATE}|{NAMED_MONTH}|{NUMERIC_MONTH})"
# "April to June 2024", "1 April to 30 June 2024", "1 to 30 June 2024".
_PARTIAL = rf"(?:(?P<day>{DAY})?\s?(?P<name>{MONTH_NAME})?)"
PERIOD = (
    r"(?:(?:for\s)?(?:the\s)?period\b[\s:]*)?(?:of\s)?(?:(?:from|(?P<between>between))(?:\sdate)?\b[\s:]*)?"
    rf"(?:(?P<first>{_DAY_OR_MONTH})|{_PARTIAL})"
    r"\s?(?(between)and|(?:-{1,2}|t[o0](?:\sdate)?|till?|until|up\s?to|through|(?(first)\s/\s|(?!))))[\s:]{0,3}"
    rf"(?P<last>{_DAY_OR_MONTH})"
)
_YEAR_LABEL = (
    r"(?:(?:for\s)?(?:the\s)?(?:(?:financial|fin|assessment|asst|tax|previous|fiscal)\.?\s?)?"
    r"(?:year|yr)\b|[fapt]\.?\s?y\.?)[\s.:-]*"
)
LONG_YEAR = r"[0-9]{4}\s?(?:-{1,2}|/|to)\s?(?:[0-9]{4}|[0-9]{2})"
_SHORT_YEAR = r"[0-9]{2}\s?[-/]\s?[0-9]{2}"
LABELLED_YEAR = rf"(?:{_YEAR_LABEL})(?:{LONG_YEAR}|{_SHORT_YEAR})"
YEAR_ENDED = rf"{_YEAR_LABEL}(?:ended|ending)\s(?:on\s)?(?:the\s)?(?P<end>{_DAY_OR_MONTH})"

_WHOLE_PERIOD = re.compile(rf"{PERIOD}[.,;]?", re.IGNORECASE)
_WHOLE_YEAR = re.compile(
    rf"\(?(?:{_YEAR_LABEL})?(?P<year>{LONG_YEAR}|{_SHORT_YEAR})\)?[.,;]?", re.IGNORECASE
)
_WHOLE_YEAR_ENDED = re.compile(rf"{YEAR_ENDED}[.,;]?", re.IGNORECASE)
_YEAR_WITH_PERIOD = re.compile(r"(?P<year>.*[0-9])\s?\((?P<period>.+)\)", re.IGNORECASE)
_MONTH_LABEL = re.compile(
    r"(?:for\s)?(?:the\s)?(?:pay\s)?month\s?(?P<ended>(?:ended|ending)(?:\son)?)?(?:of\b)?[\s:-]*",
    re.IGNORECASE,
)
_LONGEST = 80


def parse_period(text: str) -> tuple[date, date] | None:
    """The first and the last day of the period that the whole text is, or None."""
    if len(text) > _LONGEST or not (match := _WHOLE_PERIOD.fullmatch(one_line(text))):
        return None
    last = _first_day(match["last"])
    first = _first_day(match["first"]) if match["first"] else _completed(match, last)
    if match["first"] and (first is None or last is None):
        # Payroll programs from abroad: one of the two shows that the month stands first in both.
        first, last = (parse_american_date(match[end]) for end in ("first", "last"))
        return (first, last) if first and last and first <= last else None
    if parse_date(match["last"]) is None and last:
        last = last_of_month(last)
    return (first, last) if first and last and first <= last else None


def parse_month(text: str) -> str | None:
    """The month (`YYYY-MM`) that the whole text is or that its period lies in, or None."""
    if len(text) > _LONGEST:
        return None
    line = one_line(text)
    label = _MONTH_LABEL.match(line)
    rest = line[label.end() :] if label else line
    first = first_of_month(rest)
    if first is None and label and label["ended"]:
        first = parse_date(rest)
    if first is None and (period := parse_period(rest)):
        first = period[0] if period[0].replace(day=1) == period[1].replace(day=1) else None
    return f"{first:%Y-%m}" if first else None


def parse_year(text: str) -> str | None:
    """The financial or assessment year (`YYYY-YY`) that the whole text is, or None."""
    if len(text) > _LONGEST:
        return None
    line = one_line(text)
    if match := _WHOLE_YEAR.fullmatch(line):
        return _consecutive(*re.findall("[0-9]+", match["year"]))
    if match := _WHOLE_YEAR_ENDED.fullmatch(line):
        end = _first_day(match["end"])
        is_march = end and end.month == 3 and (parse_date(match["end"]) is None or end.day == 31)
        return _year_from(end.year - 1) if end and is_march else None
    if period := parse_period(line):
        first, last = period
        is_year = (first.month, first.day, last.month, last.day) == (4, 1, 3, 31)
        return _year_from(first.year) if is_year and last.year == first.year + 1 else None
    if match := _YEAR_WITH_PERIOD.fullmatch(line):
        year = parse_year(match["year"])
        return year if year == parse_year(match["period"]) else None
    return None


def following_year(year: str) -> str:
    """The year after: 2024-25 → 2025-26."""
    return _year_from(int(year[:4]) + 1)


def previous_year(year: str) -> str:
    """The year before: 2024-25 → 2023-24."""
    return _year_from(int(year[:4]) - 1)


def _first_day(text: str) -> date | None:
    return parse_date(text) or first_of_month(text)


def _completed(match: re.Match[str], last: date | None) -> date | None:
    """The first day of a period whose year, or month and year, are printed with the last only."""
    if last is None or not (match["day"] or match["name"]):
        return None
    if not match["name"] and parse_date(match["last"]) is None:
        return None  # `01-Apr-2024` is a day, and no period from the 1st to April
    day = int(re.sub("[^0-9]", "", match["day"] or "1"))
    month = month_number(match["name"]) if match["name"] else last.month
    try:
        return last.replace(month=month, day=day)
    except ValueError:
        return None


def _consecutive(first: str, second: str) -> str | None:
    year = four_digits(first)
    is_next = int(second) == (year + 1 if len(second) == 4 else (year + 1) % 100)
    return _year_from(year) if is_next and 1950 <= year < 2100 else None


def _year_from(first: int) -> str:
    return f"{first:04d}-{(first + 1) % 100:02d}"
