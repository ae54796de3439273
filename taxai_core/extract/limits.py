"""Amounts that a sentence names as what the law allows: nobody earned or paid them."""

import re

# Said of an amount at most so many letters before it.
NEAR = 120
_LIMIT = re.compile(
    r"\b(?:(?<!\bvalid )up\s?to|maximum|max\b\.?|limit(?:s|ed)?|capped|ceilings?|threshold"
    r"|not exceed\w*|exceeds?|in excess)(?!\w)",
    re.IGNORECASE,
)
# What ends in a full stop and ends no sentence.
NOT_SHORT = "".join(
    rf"(?<!\b{word}\.)"
    for word in ("Rs", "No", "Mr", "Ms", "Mrs", "Smt", "Sh", "Shri", "Dr", "Kum", "[A-Z]")
)
_SENTENCE = re.compile(rf"[.?!](?=\s+[A-Z]){NOT_SHORT}(?<!(?i:\bmax\.))")


def is_limit(before: str) -> bool:
    """Does the sentence say so before the amount?

    Args:
        before: what stands before it in its text.
    """
    near = before[-NEAR:]
    ends = [m.end() for m in _SENTENCE.finditer(near)]
    return _LIMIT.search(near, ends[-1] if ends else 0) is not None
