"""Values above or left of their label, as cards and some tables have them."""

from ..doctypes import FieldRule
from .candidate import Candidate
from .piece import Piece
from .piece_values import PieceValues
from .sheet import Sheet
from .spots import Spot
from .ways import SIGNS, is_counter

# How much a place says that the value belongs to the label, where the page prints most of its
# values there and where it does not.
USUAL, ABOVE, LEFT = 0.97, 0.6, 0.45
# A value stands this close above its label.
ABOVE_EM = 1.2


class TurnedRound:
    """Finds them on one page; `is_usual` says that the page prints most of its values so."""

    def __init__(self, sheet: Sheet, values: PieceValues, *, is_usual: bool) -> None:
        self._sheet, self._values, self._is_usual = sheet, values, is_usual

    def find(self, rule: FieldRule, spot: Spot) -> list[Candidate]:
        """Values above their label, as cards have them, or left of it.

        Where most labels of the page have theirs so, it is as sure as the other way round.
        """
        if rule.kind == "choice" or (rule.kind == "identifier" and not self._is_usual):
            return []
        usual = USUAL if self._is_usual else None
        before = spot.piece.text[: spot.start].strip()
        if rule.kind == "amount" and before and not is_counter(before):
            value = self._values.of_text(rule, before, whole=True)
            if value:
                return [self._values.made(rule, spot.piece, value, usual or LEFT, "left")]
        for piece in self._sheet.above(spot.piece)[:1]:
            if spot.piece.top - piece.bottom <= ABOVE_EM * max(piece.size, spot.piece.size):
                value = self._values.of_piece(rule, piece)
                if value and rule.kind == "identifier" and not any(map(str.isdigit, value.text)):
                    break  # any word could be one
                if value and not self._has_label_of_its_own(piece):
                    return [self._values.made(rule, piece, value, usual or ABOVE, "above")]
        for piece in self._sheet.left_of(spot.piece)[:1]:
            is_said = rule.kind not in ("name", "identifier")
            value = self._values.of_piece(rule, piece) if is_said else None
            if value and not is_counter(piece.text) and not self._has_label_of_its_own(piece):
                return [self._values.made(rule, piece, value, usual or LEFT, "left")]
        return []

    def _has_label_of_its_own(self, piece: Piece) -> bool:
        """Does a label stand left of it or above it, where values have theirs?"""
        if self._is_usual:
            return False
        left = [p for p in self._sheet.left_of(piece) if p.text not in SIGNS][:1]
        above = self._sheet.above(piece)[:1]
        # A label whose value stands behind it is none of what stands below.
        return any(
            not any(map(str.isalnum, spot.rest))
            for p in (*left, *above)
            for spot in self._values.labelled.get(p, ())
        )
