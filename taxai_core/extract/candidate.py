"""A value that a field may have, with its place and how well it fits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..models import Box, Source
from ..pdf.words import Ink
from .sheet import Piece, Sheet


@dataclass(frozen=True, eq=False)
class Candidate:
    """One reading of one field; `score` is up to 1, `by` says how it was found."""

    field: str
    value: str
    page: int
    box: Box
    text: str
    source: Source
    score: float
    by: str
    note: str = ""
    confidence: float = 1.0  # of its letters: below 1 on scans
    begins: Box | None = None  # its first word, where it goes on in the next line
    parts: tuple[str, ...] = ()  # the amounts above it that it may be the total of

    def scored(self, factor: float) -> "Candidate":
        """The same with another score."""
        return replace(self, score=min(1.0, self.score * factor))

    @property
    def place(self) -> tuple[int, float, float]:
        """Where it is printed; two fields do not share a place."""
        box = self.begins or self.box
        return self.page, round(box.x0), round(box.top)


def candidate(
    sheet: Sheet, field: str, value: str, piece: Piece, words: Sequence[Ink], score: float,
    by: str, note: str = "",
) -> Candidate:  # fmt: skip
    """Make a candidate of words on a sheet."""
    first, last = words[0], words[-1]
    goes_on = last.top > first.bottom and last.x0 < first.x0
    source: Source = "ocr" if sheet.is_scan else "table" if piece.cell else "text"
    return Candidate(
        field,
        value,
        sheet.number,
        sheet.box(words),
        " ".join(word.text for word in words),
        source,
        score,
        by,
        note,
        min(word.confidence for word in words),
        sheet.box(words[:1]) if goes_on else None,
    )
