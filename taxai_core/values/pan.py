"""PAN and TAN by their structure."""

import re
from itertools import product

# The fourth letter says what the holder is: association, body of individuals, company, firm,
# government, Hindu family, juridical person, local authority, person, trust.
HOLDERS = "ABCFGHJLPT"
_PAN = re.compile(rf"[A-Z]{{3}}[{HOLDERS}][A-Z](?!0000)[0-9]{{4}}[A-Z]")
_TAN = re.compile(r"[A-Z]{4}(?!00000)[0-9]{5}[A-Z]")
_LENGTH = 10
# Where a letter stands and where a digit.
_PAN_FORM = "AAAAA0000A"
_TAN_FORM = "AAAA00000A"
# Printed between the signs, or after the last.
_NOT_PRINTED_IN_IT = re.compile(r"[\s.]+|[,:;]+\s*$")

_AS_LETTER = {"0": "O", "1": "IL", "2": "Z", "5": "S", "6": "G", "8": "B"}
_AS_DIGIT = {letter: digit for digit, letters in _AS_LETTER.items() for letter in letters}
_SWAPS = {"A": _AS_LETTER, "0": _AS_DIGIT}
# More changes than these and an account number would pass for a PAN (AAA8012345).
_MOST_CHANGES = 2


def parse_pan(text: str) -> str | None:
    """The PAN that the whole text is, or None; masked ones and placeholders are none."""
    compact = _compact(text)
    return compact if _PAN.fullmatch(compact) else None


def parse_tan(text: str) -> str | None:
    """The TAN that the whole text is, or None."""
    compact = _compact(text)
    return compact if _TAN.fullmatch(compact) else None


def repair_pan(text: str) -> tuple[str, bool] | None:
    """The PAN that OCR's text must be and whether signs were changed; None if that is not sure."""
    return _repaired(text, _PAN, _PAN_FORM)


def repair_tan(text: str) -> tuple[str, bool] | None:
    """The TAN that OCR's text must be and whether signs were changed; None if that is not sure."""
    return _repaired(text, _TAN, _TAN_FORM)


def _compact(text: str) -> str:
    return _NOT_PRINTED_IN_IT.sub("", text).upper()


def _repaired(text: str, structure: re.Pattern[str], form: str) -> tuple[str, bool] | None:
    compact = _compact(text)
    if structure.fullmatch(compact):
        return compact, False
    if len(compact) != _LENGTH:
        return None
    readings = [
        sign if sign.isdecimal() == (wanted == "0") else _SWAPS[wanted].get(sign, "")
        for sign, wanted in zip(compact, form, strict=True)
    ]
    possible = [text for text in map("".join, product(*readings)) if structure.fullmatch(text)]
    if len(possible) != 1:
        return None
    changes = sum(old != new for old, new in zip(compact, possible[0], strict=True))
    return (possible[0], True) if changes <= _MOST_CHANGES else None
