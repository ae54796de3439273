"""Put right what a reader of pictures confuses in an amount, where one reading only is left.

No digit is ever changed, added or dropped: a wrong amount is worse than an odd-looking one.
"""

import re

FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
# 12,34,567 or 1,234,567 or 1234567, and at most four decimals (net asset values have four).
PRINTED = re.compile(r"(\d{1,2}(,\d{2})*,\d{3}|\d{1,3}(,\d{3})+|\d+)(\.\d{1,4})?")
# What only an amount that goes on can end with: 1,04, is no number, 12, may end a list's item.
BROKEN_OFF = re.compile(r"(^|\D)\d{1,3}(,\d{2,3})+,$")
# … and what can as well, where the next figures prove it.
TORN_OFF = re.compile(r"(^|[^\d,.])\d{1,3},$")
REST = re.compile(r"0\d\d|\d{3}\.\d\d|\d\d,\d{3}(\.\d\d)?")


def goes_on(before: str, after: str) -> bool:
    """Does the figure that `before` ends with go on with `after`, whatever blank was seen?"""
    return bool(
        (after.isdigit() and BROKEN_OFF.search(before))
        or (after in (".", ",") and before[-1:].isdigit())
    )


def is_torn(before: str, after: str, *, is_all: bool) -> bool:
    """Is a figure set in two where type of one width leaves room behind a comma: `40, 000`?

    Two numbers of a list may stand so as well. None of those begins with 0 or has paise; three
    figures go on only where the two are all that a line holds.
    """
    if not TORN_OFF.search(before):
        return False
    return bool(REST.fullmatch(after) or (is_all and after.isdigit() and len(after) == 3))


def is_figure(text: str) -> bool:
    """Is it a number and nothing else?"""
    return FIGURE.fullmatch(text) is not None


def mended(word: str) -> str:
    """The word, its commas and points exchanged where the grouping of its digits proves it.

    1,04.200.00 can only have been 1,04,200.00; 1.234 is 1.234 or 1,234 and stays as it was read.
    """
    return FIGURE.sub(lambda found: _mended_figure(found[0]), word)


def _mended_figure(figure: str) -> str:
    *grouped, last = re.split("[.,]", figure)
    # With points only it may number a section or be a date; 12,34 may be torn from 12,34,567.
    if PRINTED.fullmatch(figure) or "," not in figure or len(grouped) < 2:
        return figure
    readings = [",".join(grouped) + mark + last for mark in ",."]
    possible = [reading for reading in readings if PRINTED.fullmatch(reading)]
    return possible[0] if len(possible) == 1 else figure
