"""One blank for every blank and one dash for every dash, so that patterns know no others."""

_SAME = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-") | dict.fromkeys(
    map(ord, "\t\n\r\f\v\xa0\u2007\u2009\u202f"), " "
)


def in_place(text: str) -> str:
    """The text with plain blanks and dashes, every letter where it was."""
    return text.translate(_SAME)


def one_line(text: str) -> str:
    """The text with plain dashes, and one blank for all that stand together."""
    return " ".join(text.translate(_SAME).split())
