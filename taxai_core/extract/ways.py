"""Which way a page prints its amounts: right of and below their labels, or above and left."""

import re
from collections import Counter
from collections.abc import Sequence

from ..values import parse_amount
from .piece import Piece
from .sheet import BELOW_EM, Sheet
from .spots import Spot

# So many labels at least must have their amount the other way round, and most of all.
LEAST, MOSTLY = 3, 0.6
# What may stand between a label and its amount.
SIGNS = frozenset({"", ":", "=", ":-", "Rs.", "Rs", "₹", "INR", "(Rs.)", "(₹)", "`"})
# An amount above its label is nearer than the one below by this share of its room.
NEARER = 0.8


class Ways:
    """Counts where the amounts of a page stand, by all of its labels, ours and others."""

    def __init__(self, sheet: Sheet, spots: Sequence[Spot]) -> None:
        self._sheet = sheet
        # Each label once: a column of kinds behind a column of amounts is no way to print labels.
        by_label = {(spot.match.label, way) for spot in spots if (way := self._way(spot))}
        found = Counter(way for _, way in by_label)
        turned = found["before"] + found["above"] + found["left"]
        self.is_turned_round = turned >= LEAST and turned >= MOSTLY * found.total()

    def _way(self, spot: Spot) -> str | None:
        piece = spot.piece
        if parse_amount(spot.rest.strip(" :=-")) is not None:
            return "behind"
        before = piece.text[: spot.start]
        if not is_counter(before) and parse_amount(before) is not None:
            return "before"
        sheet = self._sheet
        if _amount(sheet.right_of(piece)):
            return "right"
        above = _room(_amount(sheet.above(piece)), piece)
        below = _room(piece, _amount(sheet.below(piece)))
        if above is not None and (below is None or above < NEARER * below):
            return "above"
        if below is not None:
            return "below"
        return "left" if _amount(sheet.left_of(piece)) else None


def _room(upper: Piece | None, lower: Piece | None) -> float | None:
    """How far two pieces stand below each other; None where one is missing or they are apart."""
    if upper is None or lower is None:
        return None
    room = max(0.0, lower.top - upper.bottom)
    return room if room <= BELOW_EM * lower.size else None


def _amount(neighbours: Sequence[Piece]) -> Piece | None:
    """The nearest piece but a colon or a currency, if it is an amount."""
    nearest = next((p for p in neighbours if p.text.strip(":=") not in SIGNS), None)
    return nearest if nearest is not None and _is_amount(nearest) else None


def _is_amount(piece: Piece) -> bool:
    return piece.is_amount and not is_counter(piece.text)


def is_counter(text: str) -> bool:
    """Is it the number of a line or of a section, and no money?"""
    return re.fullmatch(r"[(\[]?[1-9]\d?[)\].]?", text.strip()) is not None
