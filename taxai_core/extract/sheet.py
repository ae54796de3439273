"""A page as a reader sees it: pieces of text that stand beside and below each other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..models import Box, Page, Word
from ..pdf.frame import turn_point
from ..pdf.lines import lines_of, pieces_of, usual_height
from ..pdf.words import Ink
from ..values import find_values
from .carets import fields_of, is_parted
from .paise import Grid, with_paise
from .spacing import without_spacing

# Words outside of tables that stand further apart than this are pieces of their own.
PIECE_EM = 1.1
# Two pieces stand in one row if they share this much of the lower one's height, and in one column
# if they share this much of the narrower one's width.
SAME_ROW, SAME_COLUMN = 0.5, 0.3
# A line of so many words is part of a sentence.
LINE_WORDS = 7
# The heading of a year's column has at most so many words.
YEAR_WORDS = 6
# Two lines of one label stand this close.
STACKED_EM = 0.6
# The boxes of lines below each other may overlap by this share of their print's height.
OVERLAP_EM = 0.4
# No heading is so many times as high as the page's usual print.
GIANT = 4.5
# The number of the table that lines parted by carets are, and how many columns it may have.
CARETS, MOST_FIELDS = -1, 40
# What is printed below a label belongs to it up to this many times its own height away.
BELOW_EM = 2.6


@dataclass(eq=False)
class Piece:
    """A cell of a table, or words of a line that stand together.

    `starts` are where its words begin in its text; `lines` where its lines begin.
    """

    words: list[Ink]
    text: str
    starts: list[int]
    lines: list[int]
    x0: float
    top: float
    x1: float
    bottom: float
    cell: tuple[int, int, int] | None = None  # table, row, column

    @property
    def middle(self) -> float:
        """The height of its middle on the page."""
        return (self.top + self.bottom) / 2

    @cached_property
    def size(self) -> float:
        """How high its print is."""
        heights = sorted(word.height for word in self.words)
        return heights[len(heights) // 2]

    def take(self, paise: "Piece") -> None:
        """Become one amount with the paise that stand in the next column."""
        self.text = f"{self.text.rstrip(')')}.{paise.text}"
        self.starts.append(len(self.text) - len(paise.text))
        self.words = [*self.words, *paise.words[:1]]
        self.x1, self.bottom = paise.x1, max(self.bottom, paise.bottom)

    def words_at(self, start: int, end: int) -> list[Ink]:
        """The words that hold these letters of its text."""
        ends = [*self.starts[1:], len(self.text) + 1]
        return [
            word
            for word, a, b in zip(self.words, self.starts, ends, strict=True)
            if a < end and b - 1 > start
        ]

    def line_end(self, at: int) -> int:
        """Where the line that holds this letter ends in its text."""
        return next((start - 1 for start in self.lines if start > at), len(self.text))


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
    tables: dict[int, list[list[Piece | None]]] = field(default_factory=dict)
    _rows: dict[Piece, list[Piece]] = field(default_factory=dict)
    _columns: dict[Piece, list[Piece]] = field(default_factory=dict)

    def right_of(self, piece: Piece) -> list[Piece]:
        """What stands in its row to the right, the nearest first."""
        return [p for p in self._row_of(piece) if p.x0 >= piece.x1 - 2]

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

    def _row_of(self, piece: Piece) -> list[Piece]:
        """The pieces beside it, from left to right."""
        if piece not in self._rows:
            row = [p for p in self.pieces if p is not piece and _beside(piece, p)]
            self._rows[piece] = sorted(row, key=lambda p: p.x0)
        return self._rows[piece]

    def _column_of(self, piece: Piece) -> list[Piece]:
        """The pieces over and under it, from top to bottom."""
        if piece not in self._columns:
            column = [p for p in self.pieces if p is not piece and _over(piece, p)]
            self._columns[piece] = sorted(column, key=lambda p: (round(p.top), p.x0))
        return self._columns[piece]

    @cached_property
    def past_years(self) -> set[Piece]:
        """The headings of columns of other years than the last: `2023-24 | 2024-25`."""
        years = {p: max(y) for p in self.pieces if (y := _years(p)) and len(p.words) <= YEAR_WORDS}
        past = set()
        for piece, year in years.items():
            row = [years[p] for p in self._row_of(piece) if p in years]
            if row and year < max(row) and any(y == max(row) for y in row):
                past.add(piece)
        return past

    @cached_property
    def flow(self) -> Piece | None:
        """All of its text as one piece, in reading order."""
        return _piece([self.words], None) if self.words else None

    @cached_property
    def sentences(self) -> Piece | None:
        """The lines outside of tables that are sentences, one after the other."""
        lines = [p.words for p in self.pieces if p.cell is None and len(p.words) >= LINE_WORDS]
        ends = [p.words for p in self.pieces if p.cell is None and self.ends_sentence(p)]
        kept = sorted([*lines, *ends], key=lambda words: (words[0].top, words[0].x0))
        return _piece(kept, None) if kept else None

    def ends_sentence(self, piece: Piece) -> bool:
        """Is it the short last line of a sentence?"""
        if len(piece.words) >= LINE_WORDS:
            return False
        return any(
            len(p.words) >= LINE_WORDS
            and abs(p.x0 - piece.x0) < piece.size
            and -OVERLAP_EM * piece.size < piece.top - p.bottom < STACKED_EM * piece.size
            for p in self.pieces
            if p.cell is None
        )

    def box(self, words: Sequence[Ink]) -> Box:
        """Where words stand on the page as it is shown."""
        x0, x1 = min(w.x0 for w in words), max(w.x1 for w in words)
        top, bottom = min(w.top for w in words), max(w.bottom for w in words)
        sides = _turned_sides((x0, top, x1, bottom), (self.width, self.height), -self.turn)
        return Box(**dict(zip(Box.model_fields, sides, strict=True)))


def read_sheet(page: Page) -> Sheet:
    """Make the pieces of a page: its tables' cells, and what stands outside of them."""
    shown = (page.width_pt, page.height_pt)
    size = shown if page.turn % 2 == 0 else shown[::-1]
    rest = _without_giants([_turned(word, page.turn, shown) for word in page.words.level_words()])
    rest = without_spacing(rest)
    flow = list(rest)
    parted, rest = _between_carets(rest, size[0])
    pieces = [piece for row in parted for piece in row if piece]
    tables = {CARETS: parted} if parted else {}
    for number, table in enumerate(page.tables):
        boxes = table.cell_boxes()
        if not boxes:
            continue
        bounds = _bounds(table.bbox, page, 3)
        inside = [word for word in rest if _holds(bounds, word)]
        grid: list[list[Piece | None]] = []
        taken: set[int] = set()
        for r, row in enumerate(boxes):
            grid.append([])
            for c, box in enumerate(row):
                found = []
                if box is not None:
                    place = _bounds(box, page, 0.6)
                    found = [w for w in inside if id(w) not in taken and _holds(place, w)]
                piece = _cell(found, (number, r, c)) if found else None
                taken.update(map(id, found))
                grid[-1].append(piece)
                if piece:
                    pieces.append(piece)
        for rupees, paise in with_paise(grid):
            rupees.take(paise)
            pieces.remove(paise)
        tables[number] = grid
        rest = [word for word in rest if id(word) not in taken]
    for line in lines_of(rest):
        pieces += [_piece([part.words], None) for part in pieces_of(line, PIECE_EM)]
    pieces.sort(key=lambda p: (p.top, p.x0))
    return Sheet(page.number, *size, page.kind == "scan", pieces, flow, page.turn, tables)


def _between_carets(words: list[Ink], width: float) -> tuple[Grid, list[Ink]]:
    """The fields of lines that are parted by carets, as the rows of a table, and all other words.

    Such lines are no wider than their text, so fields of one column do not stand below each other.
    """
    rows: Grid = []
    rest = words
    for line in lines_of(words):
        if not is_parted(line.words):
            continue
        taken = set(map(id, line.words))
        rest = [word for word in rest if id(word) not in taken]
        row: list[Piece | None] = []
        for column, found in enumerate(fields_of(line.words)):
            piece = _piece([found], (CARETS, len(rows), column)) if found else None
            if piece:
                piece.x0, piece.x1 = (width * at / MOST_FIELDS for at in (column, column + 0.9))
            row.append(piece)
        rows.append(row)
    return rows, rest


def joined(piece: Piece, below: Piece) -> Piece:
    """Two lines as one piece."""
    return _piece([piece.words, below.words], None)


def lines_in(piece: Piece) -> list[Piece]:
    """The lines of a cell as pieces by themselves."""
    ends = [*piece.lines[1:], len(piece.text) + 1]
    return [
        _piece([piece.words_at(start, end - 1)], None)
        for start, end in zip(piece.lines, ends, strict=True)
    ]


def _cell(words: list[Ink], cell: tuple[int, int, int]) -> Piece:
    return _piece(list(_in_lines(words)), cell)


def _in_lines(words: Iterable[Ink]) -> Iterator[list[Ink]]:
    for line in lines_of(words):
        yield line.words


def _piece(lines: Sequence[Sequence[Ink]], cell: tuple[int, int, int] | None) -> Piece:
    words: list[Ink] = []
    starts, line_starts, text = [], [], ""
    for line in lines:
        line_starts.append(len(text) + bool(text))
        for word in line:
            text += " " if text else ""
            starts.append(len(text))
            text += word.text
            words.append(word)
    return Piece(
        words, text, starts, line_starts,
        min(w.x0 for w in words), min(w.top for w in words),
        max(w.x1 for w in words), max(w.bottom for w in words), cell,
    )  # fmt: skip


def _beside(a: Piece, b: Piece) -> bool:
    if a.cell and b.cell and a.cell[0] == b.cell[0]:
        return a.cell[1] == b.cell[1]
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap >= SAME_ROW * min(a.bottom - a.top, b.bottom - b.top)


def _years(piece: Piece) -> list[str]:
    return [value for _, _, value in find_values("year", piece.text)]


def _over(a: Piece, b: Piece) -> bool:
    if a.cell and b.cell and a.cell[0] == b.cell[0] and a.cell[2] == b.cell[2]:
        return True  # in one column of a table, however they are set in it
    overlap = min(a.x1, b.x1) - max(a.x0, b.x0)
    return overlap >= SAME_COLUMN * min(a.x1 - a.x0, b.x1 - b.x0)


Sides = tuple[float, float, float, float]


def _bounds(box: Box, page: Page, more: float) -> Sides:
    shown = (page.width_pt, page.height_pt)
    x0, top, x1, bottom = _turned_sides((box.x0, box.top, box.x1, box.bottom), shown, page.turn)
    return x0 - more, top - more, x1 + more, bottom + more


def _holds(bounds: Sides, word: Ink) -> bool:
    x0, top, x1, bottom = bounds
    return x0 <= (word.x0 + word.x1) / 2 <= x1 and top <= word.middle <= bottom


def _turned(word: Word, turn: int, size: tuple[float, float]) -> Ink:
    sides = _turned_sides((word.x0, word.top, word.x1, word.bottom), size, turn)
    return Ink(word.text, *sides, 0, word.confidence)


def _turned_sides(sides: Sides, size: tuple[float, float], turn: int) -> Sides:
    """A rectangle of a page of this size, turned clockwise with the page."""
    if turn % 4 == 0:
        return sides
    (a, b), (c, d) = (turn_point(x, y, *size, turn) for x, y in (sides[:2], sides[2:]))
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _without_giants(words: Sequence[Ink]) -> list[Ink]:
    """Without a watermark's words: as high as several lines, they would join those."""
    if not words:
        return []
    usual = usual_height(words)
    return [word for word in words if word.height <= GIANT * usual]
