"""An amount in words → Decimal in INR."""

import re
from collections.abc import Sequence
from decimal import Decimal

_SMALL = {
    **{"zero": 0, "nil": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6},
    **{"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13},
    **{"fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18},
    "nineteen": 19,
}
_TENS = {
    **{"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60},
    **{"seventy": 70, "eighty": 80, "ninety": 90, "ninty": 90},
}
# Each with its value and how many of it may be counted: twelve hundred, 123 thousand, 12 lakh.
_SCALES = (
    ("crore", 10**7, 10**5),
    ("lakh", 10**5, 100),
    ("thousand", 10**3, 1000),
    ("hundred", 100, 100),
)
_SPELLINGS = {
    **{"lac": "lakh", "lacs": "lakh", "lakhs": "lakh", "crores": "crore"},
    **{"thousands": "thousand", "hundreds": "hundred", "paisa": "paise", "ps": "paise"},
    **dict.fromkeys(("rs", "re", "inr", "rupee", "₹"), "rupees"),
}
_IN_WORDS = re.compile(r"\(?\s*in\s+words\s*\)?:?", re.IGNORECASE)
_JOINED_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TOKEN = re.compile(r"[^\W_]+|₹")
_ALLOWED_BETWEEN = re.compile(r"[\w\s₹.,&()\[\]/*:-]+")


def parse_amount_in_words(text: str) -> Decimal | None:
    """The amount that the whole text spells out, or None.

    Something must say that it is an amount: `Rupees`, `paise`, `only`, or hundreds and more.
    """
    if not _ALLOWED_BETWEEN.fullmatch(text):
        return None
    line = _JOINED_WORDS.sub(" ", _IN_WORDS.sub(" ", text)).casefold().replace("&", " and ")
    words = [_SPELLINGS.get(word, word) for word in _TOKEN.findall(line)]
    counted = [word for word in words if word != "only"]
    is_amount = len(counted) < len(words) or bool({"rupees", "paise"} & set(words))
    if "only" in words[:-1] or not (is_amount or _scales_in(words)):
        return None
    rupees, paise = _rupees_and_paise(counted)
    whole = _count(rupees) if rupees else 0
    rest = _count(paise) if paise else 0
    if whole is None or rest is None or rest > 99 or not (rupees or paise):
        return None
    return whole + Decimal(rest) / 100


def _scales_in(words: Sequence[str]) -> bool:
    return any(scale in words for scale, _, _ in _SCALES)


def _rupees_and_paise(words: list[str]) -> tuple[list[str], list[str]]:
    """Part the words at `rupees`, `paise` or the last `and`, and take these away."""
    if words[:1] == ["rupees"]:
        words = words[1:]
    if "paise" not in words:
        return (words[:-1] if words[-1:] == ["rupees"] else words), []
    at = words.index("paise")
    if at < len(words) - 1:  # "… and Paise Fifty"
        return _without_end(words[:at]), words[at + 1 :]
    words = words[:-1]  # "… and Fifty Paise"
    for parting in ("rupees", "and"):
        if parting in words:
            at = len(words) - 1 - words[::-1].index(parting)
            return words[:at], words[at + 1 :]
    return [], words


def _without_end(words: list[str]) -> list[str]:
    while words[-1:] in (["and"], ["rupees"]):
        words = words[:-1]
    return words


def _count(words: Sequence[str]) -> int | None:
    """The number that the words spell, from crores down to ones; None if they are in no order."""
    words = [word for word in words if word != "and"]
    for scale, value, limit in _SCALES:
        if scale not in words:
            continue
        at = words.index(scale)
        many, rest = _count(words[:at]), 0 if at == len(words) - 1 else _count(words[at + 1 :])
        if not many or many >= limit or rest is None or rest >= value:
            return None
        return many * value + rest
    match words:
        case [word]:
            return _SMALL.get(word, _TENS.get(word))
        case [tens, ones] if tens in _TENS and 0 < _SMALL.get(ones, 0) < 10:
            return _TENS[tens] + _SMALL[ones]
    return None
