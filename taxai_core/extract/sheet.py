"""A page as a reader sees it: pieces of text that stand beside and below each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..models import Box, Page
from ..pdf.words import Ink
from ..values import find_values
from .layout import layout_of
from .paise import Grid
from .piece import Piece, piece_of
from .turning import Sides, read_sides, slanted_sides, turned_sides

__all__ = ["Piece", "Sheet", "read_sheet"]

# Two pieces stand in one row if they share this much of the lower one's height, and in one column
# if they share this much of the narrower one's width.
SAME_ROW, SAME_COLUMN = 0.5, 0.3
# A line of so many words is part of a sentence.
LINE_WORDS = 7
# `Monthly rent: 500` goes on in no sentence.
_LABELLED = re.compile(r"[A-Z][^:]*:\s")
# A label in the middle of the two lines of its value shares this much with the upper one.
NEAR_ROW = 0.25
# The heading of a year's column has at most so many words.
YEAR_WORDS = 6
# Lines of one sentence are printed as high, give or take this share.
SAME_PRINT = 0.12
# Two lines of one label stand this close.
STACKED_EM = 0.6
# Lines of a letter that is typed with space between stand this close, where a sentence goes on.
SPACED_EM = 1.3
# The boxes of lines below each other may overlap by this share of their print's height.
OVERLAP_EM = 0.4
# What is printed below a label belongs to it up to this many times its own height away.
BELOW_EM = 2.6
# The cell of what is in no table: no cell is in its row or column.
_NOWHERE = (-2, -1, -1)


@dataclass
class Sheet:
    """One page, turned the way it is read, as pieces from top to bottom."""

    number: int
    width: float
    height: float
    is_scan: bool
    pieces: list[Piece]
    words: list[Ink]  # in reading order
    turn: int = 0
    slant_deg: float = 0.0
    tables: dict[int, Grid] = field(default_factory=dict)
    _rows: dict[Piece, list[Piece]] = field(default_factory=dict)
    _columns: dict[Piece, list[Piece]] = field(default_factory=dict)

    def right_of(self, piece: Piece) -> list[Piece]:
        """What stands in its row to the right, the nearest first."""
        return [p for p in self._row_of(piece) if p.x0 >= piece.x1 - 2]

    def near_right(self, piece: Piece) -> list[Piece]:
        """What stands a little higher or lower to the right, where it has no label of its own."""
        reach = NEAR_ROW * (piece.bottom - piece.top)
        return [
            p
            for p in self.pieces
            if p.x0 >= piece.x1 - 2
            and min(p.bottom, piece.bottom) - max(p.top, piece.top) >= reach
            and not any(any(map(str.isalnum, left.text)) for left in self.left_of(p))
        ]

    def left_of(self, piece: Piece) -> list[Piece]:
        """What stands in its row to the left, the nearest first."""
        return [p for p in reversed(self._row_of(piece)) if p.x1 <= piece.x0 + 2]

    def below(self, piece: Piece) -> list[Piece]:
        """What stands in its column below, the nearest first."""
        reach = piece.bottom - OVERLAP_EM * piece.size
        return [p for p in self._column_of(piece) if p.top >= reach]

    def above(self, piece: Piece) -> list[Piece]:
        """What stands in its column above, the nearest first."""
        reach = piece.top + OVERLAP_EM * piece.size
        return [p for p in reversed(self._column_of(piece)) if p.bottom <= reach]

    def stacked(self) -> Iterator[tuple[Piece, Piece]]:
        """Lines outside of tables that may be one label: one begins below where the other does."""
        free = [piece for piece in self.pieces if piece.cell is None]
        for index, piece in enumerate(free):
            for below in free[index + 1 : index + 12]:
                gap = below.top - piece.bottom
                if gap > STACKED_EM * piece.size:
                    break
                if gap > -OVERLAP_EM * piece.size and abs(below.x0 - piece.x0) < 2 * piece.size:
                    yield piece, below
                    break

    def rows(self) -> Iterator[list[Piece]]:
        """The pieces of each row, from left to right, from top to bottom."""
        seen: set[Piece] = set()
        for piece in sorted(self.pieces, key=lambda p: p.middle):
            if piece not in seen:
                row = [*reversed(self.left_of(piece)), piece, *self.right_of(piece)]
                yield [p for p in row if p not in seen]
                seen.update(row)

    def _row_of(self, piece: Piece) -> list[Piece]:
        """The pieces beside it, from left to right."""
        if piece not in self._rows:
            top, bottom = piece.top, piece.bottom
            table, own, _ = piece.cell or _NOWHERE
            near = [
                p
                for p in self.pieces
                if (p.top < bottom and p.bottom > top)
                or ((cell := p.cell) and cell[0] == table and cell[1] == own)
            ]
            row = [p for p in near if p is not piece and _beside(piece, p)]
            self._rows[piece] = sorted(row, key=lambda p: p.x0)
        return self._rows[piece]

    def _column_of(self, piece: Piece) -> list[Piece]:
        """The pieces over and under it, from top to bottom."""
        if piece not in self._columns:
            left, right = piece.x0, piece.x1
            table, _, own = piece.cell or _NOWHERE
            near = [
                p
                for p in self.pieces
                if (p.x0 < right and p.x1 > left)
                or ((cell := p.cell) and cell[0] == table and cell[2] == own)
            ]
            column = [p for p in near if p is not piece and _over(piece, p)]
            self._columns[piece] = sorted(column, key=lambda p: (round(p.top), p.x0))
        return self._columns[piece]

    @cached_property
    def past_years(self) -> set[Piece]:
        """The headings of columns of other years than the last: `2023-24 | 2024-25`."""
        years = {p: max(y) for p in self.pieces if (y := _years(p)) and len(p.words) <= YEAR_WORDS}
        past = set()
        for piece, year in years.items():
            under = self.below(piece)[:1]
            if not any(p.is_amount for p in under):
                continue  # `Financial Year 2024-25 | (Assessment Year 2025-26)` heads no columns
            row = [years[p] for p in self._row_of(piece) if p in years]
            if row and year < max(row) and any(y == max(row) for y in row):
                past.add(piece)
        return past

    @cached_property
    def flow(self) -> Piece | None:
        """All of its text as one piece, in reading order."""
        return piece_of([self.words]) if self.words else None

    @cached_property
    def sentences(self) -> Piece | None:
        """The lines outside of tables that are sentences, one after the other."""
        lines = [p.words for p in self.pieces if p.cell is None and len(p.words) >= LINE_WORDS]
        ends = [p.words for p in self.pieces if p.cell is None and self.ends_sentence(p)]
        kept = sorted([*lines, *ends], key=lambda words: (words[0].top, words[0].x0))
        return piece_of(kept) if kept else None

    def ends_sentence(self, piece: Piece) -> bool:
        """Is it the short last line of a sentence?"""
        if len(piece.words) >= LINE_WORDS or _LABELLED.match(piece.text):
            return False
        return any(
            abs(p.x0 - piece.x0) < piece.size
            and abs(p.size - piece.size) < SAME_PRINT * piece.size
            and -OVERLAP_EM * piece.size < piece.top - p.bottom < _reach(p, piece)
            for p in self._long_lines
        )

    @cached_property
    def _long_lines(self) -> list[Piece]:
        return [p for p in self.pieces if p.cell is None and len(p.words) >= LINE_WORDS]

    def box(self, words: Sequence[Ink]) -> Box:
        """Where words stand on the page as it is shown."""
        found = [slanted_sides((w.x0, w.top, w.x1, w.bottom), self.slant_deg) for w in words]
        x0, top, *_ = map(min, zip(*found, strict=True))
        *_, x1, bottom = map(max, zip(*found, strict=True))
        sides = turned_sides((x0, top, x1, bottom), (self.width, self.height), -self.turn)
        return Box(**dict(zip(Box.model_fields, sides, strict=True)))

    def as_read(self, box: Box) -> Sides:
        """Where a box of the page as it is shown stands on the page that is read."""
        shown = (self.width, self.height) if self.turn % 2 == 0 else (self.height, self.width)
        sides = (box.x0, box.top, box.x1, box.bottom)
        return read_sides(sides, shown, self.turn, self.slant_deg)

    def place_of(self, piece: Piece) -> tuple[float, float]:
        """Where it begins on the page as it is shown, as a candidate's place says it."""
        box = self.box(piece.words)
        return round(box.x0), round(box.top)


def read_sheet(page: Page) -> Sheet:
    """Lay out a page as a sheet."""
    width, height, pieces, words, tables = layout_of(page)
    lies = (page.turn, page.slant_deg)
    return Sheet(page.number, width, height, page.kind == "scan", pieces, words, *lies, tables)


def _reach(upper: Piece, lower: Piece) -> float:
    """How far below a line of a sentence its short last line may stand."""
    goes_on = upper.text[-1:].isalnum() and lower.text.endswith(".") and upper.x0 == lower.x0
    return (SPACED_EM if goes_on else STACKED_EM) * lower.size


def _beside(a: Piece, b: Piece) -> bool:
    if a.shares_table(b):
        return a.shares_row(b)
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap >= SAME_ROW * min(a.bottom - a.top, b.bottom - b.top)


def _years(piece: Piece) -> list[str]:
    return [value for _, _, value in find_values("year", piece.text)]


def _over(a: Piece, b: Piece) -> bool:
    if a.shares_column(b):
        return True  # in one column of a table, however they are set in it
    overlap = min(a.x1, b.x1) - max(a.x0, b.x0)
    return overlap >= SAME_COLUMN * min(a.x1 - a.x0, b.x1 - b.x0)
