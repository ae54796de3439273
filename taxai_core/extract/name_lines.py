"""Which lines of a name and address are the name."""

import re
from itertools import pairwise

from ..doctypes.wording import common_words
from .names import has_role, is_address
from .piece import Piece
from .spots import Spot

# A name has at most so many lines.
NAME_LINES = 2
# What may stand between a label and its value, and is neither.
SIGNS_AND_LEADERS = " :-–—=.|_()"
# The line that ends a firm's name, before what follows it.
_ENDS_FIRM = re.compile(r"\b(?:limited|ltd|llp)\b\.?", re.IGNORECASE)


def name_behind(spot: Spot) -> str:
    """The lines behind a label that are a name."""
    rest = spot.rest
    starts = [line - spot.end for line in spot.piece.lines if spot.end < line < spot.until]
    cuts = [0, *starts, len(rest) + 1]
    lines = [rest[a : b - 1] for a, b in pairwise(cuts)]
    if not lines[0].strip(SIGNS_AND_LEADERS) and len(lines) > 1:
        return rest[: starts[0]] + _of_lines(lines[1:])
    return _of_lines(lines)


def name_of(piece: Piece) -> str:
    """The lines of a name and address that are the name."""
    return _of_lines(piece.line_texts())


def _of_lines(lines: list[str]) -> str:
    """A name runs on where nothing else follows, or where the next line ends a firm's name."""
    if len(lines) <= NAME_LINES and not any(_is_address(x) or has_role(x) for x in lines):
        return " ".join(lines)
    if len(lines) > 1 and (
        lines[1].casefold().strip(" .,") in common_words().ends_of_firms
        or lines[0].rstrip().endswith(("&", "-"))
    ):
        return f"{lines[0]} {lines[1]}"
    if len(lines) > 1 and not _ENDS_FIRM.search(lines[0]) and (m := _ENDS_FIRM.match(lines[1])):
        return f"{lines[0]} {m[0]}"
    return lines[0]


def _is_address(line: str) -> bool:
    return any(map(str.isdigit, line)) or "," in line or "@" in line or is_address(line)
