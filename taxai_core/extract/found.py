"""A value of one kind in a text: at its beginning, where a label's value is looked for."""

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import NamedTuple

from .. import values
from ..doctypes import FieldRule

# Before a value: colons, dashes with a blank behind, leaders, currency.
_BEFORE = re.compile(r"[\s:=.…_|]*(?:[-–—]+\s+(?=\S))?[\s:=|]*")
_RATE = re.compile(
    r"[\s/-]*(?:only\s*)?(?:(?:a|per|each|every)\s+(?:calendar\s+)?(?:month|quarter|day|week|annum|year|unit|child|person)"
    r"|p\.?\s?m\b|p\.?\s?a\b|monthly|/\s?month)",
    re.IGNORECASE,
)
# Without it the words may be what is left of a longer amount.
_IS_RUPEES = re.compile(r"\b(?:rupees?|rs|inr)\b", re.IGNORECASE)
# `Rupees Ninety Thousand and Paise Eight only`
_RUPEES = re.compile(r"\b(?:Rupees?|Rs\.?)\s+[A-Za-z][A-Za-z ,\n-]{2,150}?\bonly\b", re.IGNORECASE)
# `1,42,148.00 (Rupees One Lakh …)` is one amount.
_IN_WORDS_BEHIND = re.compile(r"\(\s*(?:indian\s+)?rupees?\b[^\d()]*(?:\)|$)", re.IGNORECASE)
# `… vide challan no. 5 dated …` says how an amount was paid.
_HOW = re.compile(
    r"[\s/,-]*(?:only\s*)?[,\s]*\b(?:vide|through|dated|by)\b.*", re.IGNORECASE | re.DOTALL
)
# `HSN 0651`, `5519 2208 / 17`, `1234 5678 9012`
_IN_GROUPS = re.compile(
    r"(?:[A-Z]{2,5}[ -])?\d{2,6}(?:[ ]?[ /-][ ]?\d{2,6})+(?=\s|$)|[A-Z]{2,5} \d{3,10}(?=\s*$)"
)
# An amount without any sign of money, alone or with `only` behind it; `16(i` is none.
_PLAIN = re.compile(
    r"\(?-?\d[\d.,]*\)?(?=\s*(?:$|only\b|per\b|\((?!(?:i+[a-e]?|[a-e])\b)|;|\|))", re.IGNORECASE
)
_ID = re.compile(r"[A-Za-z0-9][\w./\\&-]*(?:\s?[/-]\s?[\w.-]+)*")


class Value(NamedTuple):
    """A value in the contract's form, its letters in the text, and what was done to read it."""

    start: int
    end: int
    text: str
    note: str = ""


# No period on such papers is longer.
MOST_YEARS = 2
REPAIRED = "A letter and a digit that look alike were exchanged: its form leaves one reading."
IN_WORDS = "Printed in words only."


class PeriodEnd(FieldRule):
    """One end of a period, read only where both are printed: at the other end's label."""


def value_in(rule: FieldRule, text: str, *, is_scan: bool, whole: bool = False) -> Value | None:
    """Read the value that a text begins with, or with `whole` all of it; names are `name_in`'s.

    A period gives a field whose rule has `of_period` its first or last day.
    """
    at = m.end() if (m := _BEFORE.match(text)) else 0
    found = next(_values(rule, text[at:], is_scan, whole), None)
    return found and found._replace(start=found.start + at, end=found.end + at)


def _values(rule: FieldRule, text: str, is_scan: bool, whole: bool) -> Iterator[Value]:
    if not text.strip():
        return
    match rule.kind:
        case "amount":
            yield from _amount(text, whole)
        case "pan" | "tan":
            yield from _by_structure(rule.kind, text, is_scan)
        case "date":
            yield from _date(rule, text)
        case "year":
            yield from _year(rule, text)
        case "month":
            yield from _month(text)
        case "identifier":
            yield from _identifier(rule, text)
        case "choice":
            yield from _choice(rule, text)


def _amount(text: str, whole: bool) -> Iterator[Value]:
    amount = values.parse_amount(text)
    if amount is not None:
        yield Value(0, len(text), values.as_amount(amount))
        return
    for start, end, value in values.find_values("amount", text):
        if is_rate(text[end:]):
            continue
        if not whole or not _letters(text[:start] + _HOW.sub("", text[end:], count=1)):
            yield Value(start, end, value)
            return
    amount = values.parse_amount_in_words(text) if _IS_RUPEES.search(text) else None
    if amount is not None:
        yield Value(0, len(text), values.as_amount(amount), IN_WORDS)
    elif said := next(amounts_in_words(text), None):
        if not whole:
            yield Value(*said, IN_WORDS)
    elif not whole and (m := _PLAIN.match(text)) and not is_rate(text[m.end() :]):
        amount = values.parse_amount(m[0])
        if amount is not None:
            yield Value(0, m.end(), values.as_amount(amount))


def is_rate(behind: str) -> bool:
    """Does what stands behind an amount say that it is one of several: `a month`, `p.m.`?"""
    return _RATE.match(behind) is not None


def amounts_in_words(text: str) -> Iterator[tuple[int, int, str]]:
    """All amounts written in words inside of a text: start, end, value."""
    for m in _RUPEES.finditer(text):
        amount = values.parse_amount_in_words(m[0])
        if amount is not None:
            yield *m.span(), values.as_amount(amount)


def _letters(text: str) -> bool:
    text = _IN_WORDS_BEHIND.sub("", text)
    return any(c.isalpha() for c in re.sub(r"(?i)\b(?:rs|inr|only|rupees|cr|dr)\b", "", text))


def _by_structure(kind: str, text: str, is_scan: bool) -> Iterator[Value]:
    for start, end, value in values.find_values(kind, text):
        yield Value(start, end, value)
        return
    repair = values.repair_pan if kind == "pan" else values.repair_tan
    if is_scan:
        for word in re.finditer(r"[A-Za-z0-9|]{8,12}", text):
            if found := repair(word[0]):
                value, changed = found
                yield Value(*word.span(), value, REPAIRED if changed else "")
                return


def _date(rule: FieldRule, text: str) -> Iterator[Value]:
    if rule.of_period and values.parse_date(text.strip()) is None:
        for start, end, value in values.find_values("period", text):
            first, _, last = value.partition("/")
            if values.parse_date(text[start:end]):
                continue  # `05-05-2025` is no month of five months
            if int(last[:4]) - int(first[:4]) > MOST_YEARS:
                continue  # `January 01, 2023 to January 31,` goes on in the next line
            yield Value(start, end, first if rule.of_period == "start" else last)
            return
        for start, end, month in values.find_values("month", text)[:1]:
            if start <= 12 and not values.find_values("date", text):
                yield Value(start, end, day_of(month, rule.of_period))
                return
    if isinstance(rule, PeriodEnd):
        return
    for start, end, value in values.find_values("date", text):
        if start <= 12:
            yield Value(start, end, value)
        return


def day_of(month: str, end: str) -> str:
    """The first or the last day of a month."""
    year, number = map(int, month.split("-"))
    return f"{month}-01" if end == "start" else f"{month}-{monthrange(year, number)[1]:02d}"


def _year(rule: FieldRule, text: str) -> Iterator[Value]:
    found = list(values.find_values("year", text))
    if not found or found[0][0] > 12:
        return
    if len(found) > 1 and values.following_year(min(y for *_, y in found[:2])) == max(
        y for *_, y in found[:2]
    ):
        # `AY / FY: 2025-26 / 2024-25`: the year of assessment follows the other.
        is_later = rule.name == "assessment_year"
        found = sorted(found[:2], key=lambda each: each[2], reverse=is_later)
    yield Value(*found[0])


def _month(text: str) -> Iterator[Value]:
    if month := values.parse_month(text):
        yield Value(0, len(text), month)
        return
    for start, end, day in values.find_values("date", text)[:1]:
        if start <= 12 and day == day_of(day[:7], "end"):
            yield Value(start, end, day[:7])  # `for the month ending 31/08/2024`
            return
    for start, end, value in values.find_values("month", text):
        if start <= 12:
            yield Value(start, end, value)
        return


def _identifier(rule: FieldRule, text: str) -> Iterator[Value]:
    if rule.pattern:
        if m := re.search(rf"(?<![A-Za-z0-9])(?:{rule.pattern})(?![A-Za-z0-9])", text):
            yield Value(*m.span(), m[0])
        return
    if any(start == 0 for start, _, _ in values.find_values("year", text)) and text[0].isalpha():
        return  # `FY 2025-26`
    if m := _IN_GROUPS.match(text):
        yield Value(*m.span(), "".join(m[0].split()))
        return
    if values.find_values("pan", text[:12]):
        return
    if identifier := values.parse_identifier(text):
        yield Value(0, len(text), identifier)
        return
    m = _ID.match(text)
    if m and (identifier := values.parse_identifier(m[0])):
        yield Value(*m.span(), identifier)


def _choice(rule: FieldRule, text: str) -> Iterator[Value]:
    said = _raw(
        re.sub(r"^\W*[(\[][^)\]]*/[^)\]]*[)\]]\s*", "", text)
    )  # `(Yes/No)` is what may be written there
    for value, wordings in rule.choices.items():
        for wording in wordings:
            words = _raw(wording.text)
            if said[: len(words)] == words:
                yield Value(0, len(text), value)
                return


def _raw(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
