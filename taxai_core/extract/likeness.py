"""How alike the words of two headings, or of two rows, are."""

from collections.abc import Iterable

from ..doctypes import Wording
from .vocabulary import words_of

# A heading is a column's from this share of the words of its wording on.
NAMED = 0.75


def likeness_of(words: frozenset[str], heading: frozenset[str]) -> float:
    """How alike two wordings are; `Amount` alone has no words that count, and is like itself."""
    if not words or not heading:
        return float(words == heading)
    return 2 * len(words & heading) / (len(words) + len(heading))


def share_in(words: frozenset[str], heading: frozenset[str]) -> float:
    """How much of a wording stands in a heading."""
    return len(words & heading) / len(words) if words else 0.0


def named(wordings: Iterable[Wording], heading: frozenset[str]) -> bool:
    """Do these words stand in a heading?"""
    return any(share_in(words_of(w.text), heading) >= NAMED for w in wordings)
