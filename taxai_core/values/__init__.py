"""Printed text → amounts, dates, months, years, PAN and TAN in the contract's form, and back."""

from .amount import as_amount, is_zero_mark, parse_amount
from .date import parse_date
from .finding import find_values
from .form import canonical, shown
from .name import parse_identifier, parse_name
from .pan import parse_pan, parse_tan, repair_pan, repair_tan
from .period import following_year, parse_month, parse_period, parse_year, previous_year
from .words import parse_amount_in_words

__all__ = [
    "as_amount",
    "canonical",
    "find_values",
    "following_year",
    "is_zero_mark",
    "parse_amount",
    "parse_amount_in_words",
    "parse_date",
    "parse_identifier",
    "parse_month",
    "parse_name",
    "parse_pan",
    "parse_period",
    "parse_tan",
    "parse_year",
    "previous_year",
    "repair_pan",
    "repair_tan",
    "shown",
]
