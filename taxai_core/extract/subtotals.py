"""Totals that no label names: below the rows of a part, in the next column of amounts."""

from collections.abc import Mapping, Sequence

from .piece import Piece
from .sheet import Sheet
from .spots import Spot

# A part has at most so many rows.
MOST_ROWS = 12


def part_total(sheet: Sheet, spot: Spot, labelled: Mapping[Piece, Sequence[Spot]]) -> list[Piece]:
    """The amounts of the row without words that ends the part which a label begins.

    Old forms print `section 80C`, its kinds with their amounts, and their total in the columns
    further right with nothing before it.
    """
    cell = spot.piece.cell
    if cell is None:
        return []
    rows: dict[int, list[Piece]] = {}
    for piece in sheet.pieces:
        if piece.cell and piece.cell[0] == cell[0] and 0 <= piece.cell[1] - cell[1] <= MOST_ROWS:
            rows.setdefault(piece.cell[1], []).append(piece)
    if any(piece.is_amount for piece in rows.pop(cell[1], [])):
        return []
    items: list[Piece] = []
    for _, row in sorted(rows.items()):
        amounts = sorted((p for p in row if p.is_amount), key=lambda p: p.x0)
        if not amounts:
            return []
        if len(amounts) == len(row):
            # With one row there is nothing to add up, and the total stands right of what it adds.
            is_total = len(items) > 1 and amounts[0].x1 > max(p.x1 for p in items) + amounts[0].size
            return amounts if is_total else []
        if any(one.field for piece in row for one in labelled.get(piece, ())):
            return []
        items += amounts
    return []
