"""A printed date or month → date. The day stands before the month, but in American periods."""

import re
from datetime import date, timedelta

from .line import one_line

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_BETWEEN = r"[\s.,/'’-]{0,3}"
_YEAR = r"(?:[0-9]{4}|[0-9]{2})"
DAY = r"[0-9]{1,2}\s?(?:st|nd|rd|th)?"
_NUMERIC_DATE = "|".join(
    pattern
    for sign in (r"\s?/\s?", r"\s?-\s?", r"\s?\.\s?")
    for pattern in (
        rf"[0-9]{{4}}{sign}[0-9]{{1,2}}{sign}[0-9]{{1,2}}",
        rf"[0-9]{{1,2}}{sign}[0-9]{{1,2}}{sign}{_YEAR}",
    )
)
DATE = (
    rf"(?:{_NUMERIC_DATE}"
    rf"|{DAY}(?:\s?day\sof)?{_BETWEEN}{MONTH_NAME}{_BETWEEN}{_YEAR}"
    rf"|{MONTH_NAME}[\s.-]{{0,2}}{DAY}[\s,-]{{1,2}}[0-9]{{4}})"
)
NAMED_MONTH = rf"(?:{MONTH_NAME}{_BETWEEN}{_YEAR})"
NUMERIC_MONTH = r"(?:(?:0?[1-9]|1[0-2])\s?[/.-]\s?[0-9]{4}|[0-9]{4}\s?[/.-]\s?(?:0[1-9]|1[0-2]))"
# A short year must be past every month, or "09/10" would be two months or a day of one.
_SHORT_MONTH = r"(?:0[1-9]|1[0-2])\s?[/-]\s?(?:1[3-9]|[2-9][0-9])"

_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[\s,]+)?"
_TIME = r"(?:[\s,]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s?[ap]\.?m\.?)?(?:\sist)?)?"
_BOXED_DATE = r"[0-9]{2}\s[0-9]{2}\s[0-9]{4}"
_WHOLE_DATE = re.compile(rf"{_WEEKDAY}(?P<date>{DATE}|{_BOXED_DATE}){_TIME}[.,;]?", re.IGNORECASE)
_WHOLE_MONTH = re.compile(
    rf"(?P<month>{NAMED_MONTH}|{NUMERIC_MONTH}|{_SHORT_MONTH})[.,;]?", re.IGNORECASE
)
_MONTH_FIRST = re.compile(
    r"(?P<month>[0-9]{1,2})(?P<sign>[/-])(?P<day>[0-9]{1,2})(?P=sign)(?P<year>[0-9]{4})"
)
_LONGEST = 50
_NUMBER = re.compile("[0-9]+")
_NAME = re.compile(MONTH_NAME, re.IGNORECASE)


def parse_date(text: str) -> date | None:
    """The date that the whole text is, or None; a time of day after it is passed over."""
    if len(text) > _LONGEST or not (match := _WHOLE_DATE.fullmatch(one_line(text))):
        return None
    numbers = _NUMBER.findall(match["date"])
    if name := _NAME.search(match["date"]):
        day, year = numbers
        return _day(year, _month_number(name), day)
    if len(numbers[0]) == 4:
        return _day(*numbers)
    return _day(*reversed(numbers))


def parse_american_date(text: str) -> date | None:
    """The date that a text in figures is if the month stands before the day: `01/31/2024`."""
    m = _MONTH_FIRST.fullmatch(one_line(text))
    return _day(m["year"], m["month"], m["day"]) if m else None


def first_of_month(text: str) -> date | None:
    """The first day of the month that the whole text is, or None."""
    if len(text) > _LONGEST or not (match := _WHOLE_MONTH.fullmatch(one_line(text))):
        return None
    numbers = _NUMBER.findall(match["month"])
    if name := _NAME.search(match["month"]):
        return _day(numbers[0], _month_number(name), 1)
    year, month = numbers if len(numbers[0]) == 4 else reversed(numbers)
    return _day(year, month, 1)


def last_of_month(first: date) -> date:
    """The last day of the month that begins with this day."""
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def month_number(name: str) -> int:
    """The number of a month's name, January being 1."""
    return MONTHS.index(name[:3].lower()) + 1


def four_digits(year: str) -> int:
    """The year in full. From 70 on a short one is of the last century: births are printed too."""
    if len(year) == 4:
        return int(year)
    return int(year) + (1900 if int(year) >= 70 else 2000)


def _month_number(name: re.Match[str]) -> int:
    return month_number(name[0])


def _day(year: str, month: str | int, day: str | int) -> date | None:
    try:
        found = date(four_digits(year), int(month), int(day))
    except ValueError:
        return None
    return found if 1900 <= found.year < 2100 else None
