"""The runs of words of a text between colons and values; each may hold a label."""

import re
from collections.abc import Iterator

from ..values import find_values

# `:`, `:-`, `=`, `?`, ` - ` and leaders: what may part a label from its value.
_COLON = re.compile(
    r"\?(?=\s)|\s*(?::\s*-?|:-|=|\|)(?=\s|$|[^\d/])|\s*:(?=\d)|\s[-–]+\s(?=\S)|\.{3,}|…+|_{3,}"
)
_DASHES = re.compile(r"[\s–-]+")
_SECTION = re.compile(
    r"\W*(?:\w{1,2}[.)]\s*)?(?:u/s|under)?\s*(?:section|sec\.?)\s*\d+\w*(?:\(\w+\))*", re.IGNORECASE
)
_BRACKETED = re.compile(r"\([^()]*\)")
_SURE = ("pan", "tan", "amount", "date")


def segments_of(text: str) -> Iterator[tuple[int, int, bool, bool]]:
    """The runs of words between colons and values: start, end, before a colon, before a value."""
    brackets = [m.span() for m in _BRACKETED.finditer(text)]
    cuts = [
        (m.start(), m.end(), True)
        for m in _COLON.finditer(text)
        # `(Earnings - Deductions)` is no label with a value, nor `Section 80C - life insurance`.
        if not (
            _DASHES.fullmatch(m[0])
            and (any(a < m.start() < b for a, b in brackets) or _is_before_words(text, m))
        )
    ]
    cuts += [(start, end, False) for kind in _SURE for start, end, _ in find_values(kind, text)]
    at = 0
    for start, end, is_colon in sorted(cuts):
        if start > at:
            yield at, start, is_colon, not is_colon
        at = max(at, end)
    if at < len(text):
        yield at, len(text), False, False


def _is_before_words(text: str, dash: re.Match[str]) -> bool:
    """Stands a dash behind a section, and before words that say what it is about?"""
    return _SECTION.fullmatch(text, 0, dash.start()) is not None and text[dash.end()].isalpha()
