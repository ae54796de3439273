"""A piece of a page: a cell of a table, or words of a line that stand together."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from ..pdf.words import Ink
from ..values import parse_amount

Cell = tuple[int, int, int]  # table, row, column


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
    cell: Cell | None = None

    @property
    def middle(self) -> float:
        """The height of its middle on the page."""
        return (self.top + self.bottom) / 2

    @cached_property
    def size(self) -> float:
        """How high its print is."""
        heights = sorted(word.height for word in self.words)
        return heights[len(heights) // 2]

    @property
    def is_amount(self) -> bool:
        """Is all of it one amount?"""
        return _amount_of(self.text) is not None

    @property
    def amount(self) -> Decimal:
        """The amount that it is; nothing where it is none."""
        return _amount_of(self.text) or Decimal()

    def shares_table(self, other: "Piece") -> bool:
        """Are both cells of one table?"""
        return bool(self.cell and other.cell and self.cell[0] == other.cell[0])

    def shares_row(self, other: "Piece") -> bool:
        """Are both cells of one row of a table?"""
        return bool(self.cell and other.cell and self.cell[:2] == other.cell[:2])

    def shares_column(self, other: "Piece") -> bool:
        """Are both cells of one column of a table?"""
        return bool(self.cell and other.cell and self.cell[::2] == other.cell[::2])

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

    def line_texts(self) -> list[str]:
        """Its lines, each by itself."""
        return [self.text[start:end] for start, end in self.line_spans()]

    def line_spans(self) -> list[tuple[int, int]]:
        """Where each of its lines begins and ends in its text."""
        ends = [*self.lines[1:], len(self.text) + 1]
        return [(start, end - 1) for start, end in zip(self.lines, ends, strict=True)]

    def line_end(self, at: int) -> int:
        """Where the line that holds this letter ends in its text."""
        return next((start - 1 for start in self.lines if start > at), len(self.text))


# A page asks it of each piece many times; papers have some hundred pieces.
@lru_cache(maxsize=4_000)
def _amount_of(text: str) -> Decimal | None:
    return parse_amount(text)


def piece_of(lines: Sequence[Sequence[Ink]], cell: Cell | None = None) -> Piece:
    """Make a piece of the words of its lines."""
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


def joined(piece: Piece, below: Piece) -> Piece:
    """Two lines as one piece."""
    return piece_of([piece.words, below.words])


def lines_in(piece: Piece) -> list[Piece]:
    """The lines of a cell as pieces by themselves."""
    return [piece_of([piece.words_at(start, end)]) for start, end in piece.line_spans()]


def words_in(piece: Piece) -> list[Piece]:
    """The words of a cell as pieces by themselves."""
    return [piece_of([[word]]) for word in piece.words]
