"""A page as a reader sees it: pieces of text that stand beside and below each other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..models import Box, Page, Word
from ..pdf.frame import turn_point
from ..pdf.lines import lines_of, pieces_of, usual_height
from ..pdf.words import Ink

# Words outside of tables that stand further apart than this are pieces of their own.
PIECE_EM = 1.1
# Two pieces stand in one row if they share this much of the lower one's height, and in one column
# if they share this much of the narrower one's width.
SAME_ROW, SAME_COLUMN = 0.5, 0.3
# A line of so many words is part of a sentence.
LINE_WORDS = 7
# Two lines of one label stand this close.
STACKED_EM = 0.6
# The boxes of lines below each other may overlap by this share of their print's height.
OVERLAP_EM = 0.4
# No heading is so many times as high as the page's usual print.
GIANT = 4.5
# A single letter so much higher is one of a slanted watermark.
LETTER = 1.7
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

    def right_of(self, piece: Piece) -> list[Piece]:
        """What stands in its row to the right, the nearest first."""
        return sorted(
            (
                p
                for p in self.pieces
                if p is not piece and _beside(piece, p) and p.x0 >= piece.x1 - 2
            ),
            key=lambda p: p.x0,
        )

    def left_of(self, piece: Piece) -> list[Piece]:
        """What stands in its row to the left, the nearest first."""
        return sorted(
            (
                p
                for p in self.pieces
                if p is not piece and _beside(piece, p) and p.x1 <= piece.x0 + 2
            ),
            key=lambda p: -p.x1,
        )

    def below(self, piece: Piece) -> list[Piece]:
        """What stands in its column below, the nearest first."""
        return sorted(
            (
                p
                for p in self.pieces
                if p.top >= piece.bottom - 0.4 * piece.size and _over(piece, p)
            ),
            key=lambda p: (round(p.top), p.x0),
        )

    def above(self, piece: Piece) -> list[Piece]:
        """What stands in its column above, the nearest first."""
        return sorted(
            (
                p
                for p in self.pieces
                if p.bottom <= piece.top + 0.4 * piece.size and _over(piece, p)
            ),
            key=lambda p: (-round(p.bottom), p.x0),
        )

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

    def _row_of(self, piece: Piece) -> Iterator[Piece]:
        return (p for p in self.pieces if p is not piece and _beside(piece, p))

    def _column_of(self, piece: Piece) -> Iterator[Piece]:
        return (p for p in self.pieces if p is not piece and _over(piece, p))

    @cached_property
    def flow(self) -> Piece | None:
        """All of its text as one piece, in reading order."""
        return _piece([self.words], None) if self.words else None

    @cached_property
    def sentences(self) -> Piece | None:
        """The lines outside of tables that are sentences, one after the other."""
        lines = [p.words for p in self.pieces if p.cell is None and len(p.words) >= LINE_WORDS]
        ends = [p.words for p in self.pieces if p.cell is None and self._ends_sentence(p)]
        kept = sorted([*lines, *ends], key=lambda words: (words[0].top, words[0].x0))
        return _piece(kept, None) if kept else None

    def _ends_sentence(self, piece: Piece) -> bool:
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
    rest = _without_giants([_turned(word, page.turn, shown) for word in page.words.unpack()])
    flow = list(rest)
    pieces: list[Piece] = []
    tables: dict[int, list[list[Piece | None]]] = {}
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
        tables[number] = grid
        rest = [word for word in rest if id(word) not in taken]
    for line in lines_of(rest):
        pieces += [_piece([part.words], None) for part in pieces_of(line, PIECE_EM)]
    pieces.sort(key=lambda p: (p.top, p.x0))
    return Sheet(page.number, *size, page.kind == "scan", pieces, flow, page.turn, tables)


def joined(piece: Piece, below: Piece) -> Piece:
    """Two lines as one piece."""
    return _piece([piece.words, below.words], None)


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


def _over(a: Piece, b: Piece) -> bool:
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
    return [
        word for word in words if word.height <= (GIANT if len(word.text) > 1 else LETTER) * usual
    ]
