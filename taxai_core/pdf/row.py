"""A row of a table in the making: words by column."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from .figures import is_figure
from .lines import text_of, usual_height
from .score import Rows
from .words import Ink

# The rows of a table: in each cell the words that are printed there.
InkRows = list[list[list[Ink]]]


@dataclass
class Row:
    """Words by column; `spans` says that one of its pieces runs over several columns."""

    cells: dict[int, list[Ink]] = field(default_factory=dict)
    spans: bool = False

    @property
    def words(self) -> list[Ink]:
        """All of its words."""
        return [word for cell in self.cells.values() for word in cell]

    @property
    def top(self) -> float:
        """The top of its highest word."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """The bottom of its lowest word."""
        return max(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        """How high its print is."""
        return usual_height(self.words)

    def figures(self) -> list[int]:
        """The columns that hold figures."""
        return [c for c, words in self.cells.items() if is_figure(text_of(words))]

    def figures_only(self, columns: set[int]) -> bool:
        """Do all of these columns hold figures?"""
        return columns <= set(self.figures())

    def add(self, other: "Row") -> None:
        """Take in the words of the next line."""
        for column, words in other.cells.items():
            self.cells.setdefault(column, []).extend(words)
        self.spans |= other.spans


def texts_of(rows: InkRows) -> Rows:
    """What the cells say."""
    return [[text_of(words) for words in row] for row in rows]


def joined(groups: Sequence[Sequence[Row]] | None) -> list[Row]:
    """Each group as one row."""
    rows = []
    for first, *others in groups or []:
        for row in others:
            first.add(row)
        rows.append(first)
    return rows


def has_figures_twice(group: Sequence[Row]) -> bool:
    """Does a column hold figures in two of these rows?"""
    columns = [column for row in group for column in row.figures()]
    return len(columns) != len(set(columns))


def is_body(row: Row) -> bool:
    """Is it no heading: does it hold figures, and other ones than years?"""
    figures = row.figures()
    years = [c for c in figures if _is_year(text_of(row.cells[c]))]
    return len(figures) > len(years) and 2 * len(figures) >= len(row.cells) - 1


def _is_year(text: str) -> bool:
    digits = text.strip("()*")
    return len(digits) == 4 and digits.isdigit() and 1900 <= int(digits) <= 2100
