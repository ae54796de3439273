"""Telling figures from words."""

import re
from functools import lru_cache

_NUMBER = re.compile(
    r"[-+(<>~≈±]*(?:rs\.?|inr|usd|eur|[$€£₹¥])?\s*[-+(]*\d[\d.,'\s/:%()-]*(?:%|[a-z*†‡]{1,2}|\)|/-)*"
    r"|[-–—.…*]+|n\.?a\.?|nil|[x✓✗•]",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 14)  # the same few words are asked of for every column
def is_figure(text: str) -> bool:
    """Is it what stands in a column of figures: a number, a date, a dash, `n.a.`?"""
    return bool(_NUMBER.fullmatch(text.strip()))
