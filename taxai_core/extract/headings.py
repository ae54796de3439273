"""Under which heading a label stands."""

from collections.abc import Sequence

from ..values import parse_amount
from .sheet import Piece, Sheet
from .spots import Spot
from .tokens import tokens_of
from .vocabulary import Vocabulary

# A line is a heading from this share of the heading's words on, with at most so many others.
NAMED, MOST_OTHERS = 0.75, 4


class Headings:
    """The headings of a page that tell labels of the same words apart."""

    def __init__(self, sheet: Sheet, spots: Sequence[Spot], vocabulary: Vocabulary) -> None:
        self._at: list[tuple[Piece, frozenset[str], bool]] = []
        for piece in sheet.pieces:
            said = frozenset(token.text for token in tokens_of(piece.text))
            named = [h for h in vocabulary.headings if _is(h, said)]
            if named and not _is_row(sheet, piece):
                best = max(named, key=lambda h: len(h & said) / len(h | said))
                self._at.append((piece, best, bool(sheet.left_of(piece) or sheet.right_of(piece))))

    def is_under(self, spot: Spot, heading: frozenset[str]) -> bool:
        """Is this the nearest heading above a label, or in its row to the left?

        What stands above the columns to its right is no heading of the label.
        """
        piece = spot.piece
        before = [
            (one.top, one.x0, words)
            for one, words, is_column in self._at
            if (one.top < piece.top - 1 and not (is_column and one.x0 > piece.x1))
            or (one.top < piece.bottom and one.x0 < piece.x0)
        ]
        return bool(before) and max(before, key=lambda each: each[:2])[2] == heading


def _is_row(sheet: Sheet, piece: Piece) -> bool:
    """Is it a row of a table, with amounts of its own?"""
    beside = sheet.right_of(piece) if piece.cell else []
    return any(parse_amount(p.text) is not None for p in beside)


def _is(heading: frozenset[str], said: frozenset[str]) -> bool:
    common = len(heading & said)
    return common >= NAMED * len(heading) and len(said) - common <= MOST_OTHERS
