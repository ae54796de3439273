"""Which of several amounts in a row is meant: by what stands above their columns."""

from collections.abc import Callable, Iterable, Sequence

from ..doctypes import DocumentType, FieldRule, Wording
from ..values import find_values, parse_amount
from .found import Value
from .sheet import LINE_WORDS, Piece, Sheet
from .tokens import tokens_of
from .vocabulary import words_of

# A heading is a column's from this share of the words of its wording on.
NAMED = 0.75
# A heading has at most so many lines above each other.
MOST_LINES = 4
TOTALS = frozenset({"total", "grand", "aggregate", "sum"})

Find = Callable[[FieldRule, Piece], Value | None]


class Columns:
    """The columns of amounts of one page."""

    def __init__(self, sheet: Sheet, document_type: DocumentType, year: str | None) -> None:
        self.sheet, self.type = sheet, document_type
        self._year = year
        self._headings: dict[Piece, list[Piece]] = {}
        self._totals: dict[Piece, bool] = {}
        self._unwanted = [words_of(w.text) for w in document_type.other_columns]

    def chosen(self, rule: FieldRule, found: Sequence[tuple[Piece, Value]]) -> tuple[Piece, Value]:
        """Of the amounts in a label's row the one whose column is meant."""
        if len(found) == 1:
            return found[0]
        wanted = [words_of(w.text) for w in rule.columns]
        scored = [(self._score(piece, wanted), piece, value) for piece, value in found]
        best = max(score for score, _, _ in scored)
        left = [(piece, value) for score, piece, value in scored if score >= best - 0.05]
        return left[-1 if self.type.amount_column == "last" else 0]

    def _score(self, piece: Piece, wanted: Iterable[frozenset[str]]) -> float:
        heading = self.heading(piece)
        years = {
            value for line in self._lines(piece) for _, _, value in find_values("year", line.text)
        }
        if self._year and years:
            return 1.0 if self._year in years else -1.0
        mine = max((_share(words, heading) for words in wanted), default=0.0)
        others = max((_share(words, heading) for words in self._unwanted), default=0.0)
        if mine >= NAMED and mine >= others:
            return 1.0
        return -1.0 if others >= NAMED else 0.0

    def likeness(self, piece: Piece, column: frozenset[str]) -> float:
        """How much of a column's wording stands above an amount."""
        return _share(column, self.heading(piece))

    def heading(self, piece: Piece) -> frozenset[str]:
        """The words above the column that an amount stands in."""
        return frozenset(t.text for line in self._lines(piece) for t in tokens_of(line.text))

    def _lines(self, piece: Piece) -> list[Piece]:
        if piece not in self._headings:
            self._headings[piece] = self._lines_above(piece)
        return self._headings[piece]

    def _lines_above(self, piece: Piece) -> list[Piece]:
        lines: list[Piece] = []
        for above in self.sheet.above(piece):
            if piece.cell and lines and _is_outside(above, piece):
                break
            if _is_amount(above):
                if lines:
                    break
                continue
            if lines and lines[-1].top - above.bottom > 1.5 * above.size:
                break
            lines.append(above)
            if len(lines) == MOST_LINES:
                break
        return lines

    def total_below(
        self, rule: FieldRule, heading: Piece, find: Find
    ) -> tuple[Piece, Value] | None:
        """The total of the column that a heading stands over, or its only amount."""
        found: list[tuple[Piece, Value]] = []
        for piece in self.sheet.below(heading):
            if heading.cell and piece.cell and piece.cell[0] != heading.cell[0] and found:
                break
            value = find(rule, piece)
            if value is not None:
                found.append((piece, value))
            elif found and not piece.cell:
                break
        # The total is the last, or near it: a line of remarks may follow.
        for piece, value in reversed(found[-MOST_LINES:]):
            if self._is_total(piece):
                return piece, value
        return found[0] if len(found) == 1 else None

    def _is_total(self, piece: Piece) -> bool:
        if piece not in self._totals:
            texts = [p for p in self.sheet.left_of(piece) if not _is_amount(p)]
            self._totals[piece] = any(is_total(p) for p in texts)
        return self._totals[piece]


def _is_outside(above: Piece, piece: Piece) -> bool:
    """Is it of another table, or a sentence before this one?"""
    if above.cell is None:
        return len(above.words) >= LINE_WORDS
    return piece.cell is not None and above.cell[0] != piece.cell[0]


def is_total(piece: Piece) -> bool:
    """Is it the label of a total?"""
    return not words_of(piece.text).isdisjoint(TOTALS)


def _is_amount(piece: Piece) -> bool:
    return parse_amount(piece.text) is not None


def _share(words: frozenset[str], heading: frozenset[str]) -> float:
    return len(words & heading) / len(words) if words else 0.0


def named(wordings: Iterable[Wording], heading: frozenset[str]) -> bool:
    """Do these words stand in a heading?"""
    return any(_share(words_of(w.text), heading) >= NAMED for w in wordings)
