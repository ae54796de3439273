"""The lines of a page as a model is shown them, without those that give orders."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ...models import Page
from ...pdf.lines import lines_of
from ...values import find_values, parse_amount
from ..piece import Piece, piece_of
from ..sheet import Sheet, read_sheet
from ..turning import bounds_of
from .orders import ordering_lines

# Between the parts of a line that stand apart.
APART = " | "
# A table's box reaches so many points further than its print.
TABLE_PT = 3
# A table's header has at most so many lines.
MOST_HEADERS = 3
# These stand behind an amount and belong to it.
_OF_AMOUNTS = frozenset({"cr", "dr", "only", "lakh", "lakhs", "crore", "crores", "inr", "rs"})


@dataclass(frozen=True, eq=False)
class Row:
    """What stands in one line of a page, from left to right; `table` is the one it is in."""

    pieces: list[Piece]
    table: int | None = None

    @cached_property
    def text(self) -> str:
        """Its pieces with a bar between."""
        return APART.join(piece.text for piece in self.pieces)

    @cached_property
    def has_amount(self) -> bool:
        """Is an amount in it?"""
        is_one = any(piece.is_amount for piece in self.pieces)
        return is_one or bool(find_values("amount", self.text))


class PageRows:
    """A page's lines from top to bottom; the sheet has no pieces but theirs.

    Args:
        page: with its words. Of its tables no more than their places counts, as stored ones have no
            cells; so a value is looked for in the same pieces whoever asks.
    """

    def __init__(self, page: Page) -> None:
        self.number = page.number
        sheet = read_sheet(page.model_copy(update={"tables": []}))
        rows = _rows(sheet, [bounds_of(table.bbox, page, TABLE_PT) for table in page.tables])
        ordering = ordering_lines([row.text for row in rows])
        self.rows = [row for number, row in enumerate(rows) if number not in ordering]
        sheet.pieces = [piece for row in self.rows for piece in row.pieces]
        sheet.words = [word for piece in sheet.pieces for word in piece.words]
        self.sheet = sheet

    def headers_of(self, row: Row) -> list[Row]:
        """The first lines of the table that a line is in, up to the first amount."""
        if row.table is None:
            return []
        found = []
        for each in [one for one in self.rows if one.table == row.table][:MOST_HEADERS]:
            if each.has_amount:
                break
            found.append(each)
        return found


def _rows(sheet: Sheet, tables: list[tuple[float, float, float, float]]) -> list[Row]:
    line_of = {id(w): n for n, line in enumerate(lines_of(sheet.words)) for w in line.words}
    by_line: dict[int, list[Piece]] = {}
    for piece in sheet.pieces:
        by_line.setdefault(line_of.get(id(piece.words[0]), -1), []).append(piece)
    rows = []
    for _, pieces in sorted(by_line.items()):
        pieces.sort(key=lambda piece: piece.x0)
        table = _table_of(pieces[0], tables)
        rows.append(Row(pieces if table is None else [*_cut(pieces)], table))
    return rows


def _cut(pieces: list[Piece]) -> Iterator[Piece]:
    """Cut where a table's next column begins close behind an amount: `34,400.00 Provident Fund`."""
    for piece in pieces:
        start = 0
        for at, (word, behind) in enumerate(pairwise(piece.words), start=1):
            if _is_money(word.text) and _begins_label(behind.text):
                yield piece_of([piece.words[start:at]])
                start = at
        yield piece_of([piece.words[start:]]) if start else piece


def _is_money(text: str) -> bool:
    return ("," in text or "." in text) and parse_amount(text) is not None


def _begins_label(text: str) -> bool:
    return text[0].isupper() and text.casefold().strip(".") not in _OF_AMOUNTS


def _table_of(piece: Piece, tables: list[tuple[float, float, float, float]]) -> int | None:
    middle = (piece.x0 + piece.x1) / 2
    for number, (x0, top, x1, bottom) in enumerate(tables):
        if x0 <= middle <= x1 and top <= piece.middle <= bottom:
            return number
    return None
