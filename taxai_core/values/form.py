"""What a person types → the contract's form, and the contract's form as a person reads it."""

from collections.abc import Callable
from datetime import date

from .amount import as_amount, parse_amount, with_grouping
from .date import MONTHS, parse_date
from .name import parse_identifier, parse_name
from .pan import parse_pan, parse_tan
from .period import parse_month, parse_year
from .words import parse_amount_in_words


def canonical(kind: str, text: str) -> str:
    """The contract's form of a value as a person writes it.

    Raises:
        ValueError: it is no value of this kind; the message says what one looks like.
    """
    parse, advice = _KINDS[kind]
    value = parse(text)
    if value is None:
        raise ValueError(advice)
    return value


def shown(kind: str, value: str) -> str:
    """A value of the contract's form as a person reads it: Indian grouping, `31 Mar 2025`."""
    if kind == "amount":
        return with_grouping(value)
    if kind == "date":
        day = date.fromisoformat(value)
        return f"{day.day} {MONTHS[day.month - 1].title()} {day.year}"
    if kind == "month":
        year, month = value.split("-")
        return f"{MONTHS[int(month) - 1].title()} {year}"
    return value


def _amount(text: str) -> str | None:
    text = text.strip()
    amount = parse_amount(text)
    if amount is None:
        amount = parse_amount_in_words(text)
    return None if amount is None else as_amount(amount)


def _date(text: str) -> str | None:
    day = parse_date(text)
    return day.isoformat() if day else None


def _choice(text: str) -> str | None:
    return " ".join(text.split()).casefold() or None


_KINDS: dict[str, tuple[Callable[[str], str | None], str]] = {
    "amount": (_amount, "Type an amount such as 12,34,567.00."),
    "date": (_date, "Type a date such as 31 Mar 2025 or 31/03/2025."),
    "month": (parse_month, "Type a month such as Sep 2024 or 09/2024."),
    "year": (parse_year, "Type a year such as 2024-25."),
    "pan": (parse_pan, "Type a PAN such as ABCPE1234F: five letters, four digits, a letter."),
    "tan": (parse_tan, "Type a TAN such as BLRA12345B: four letters, five digits, a letter."),
    "name": (parse_name, "Type a name of at least two letters."),
    "identifier": (parse_identifier, "Type the number without blanks, such as HL4415043926."),
    "choice": (_choice, "Type one of the choices."),
}
