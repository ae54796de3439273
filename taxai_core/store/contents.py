"""A table's present content: its cells, where they were read, and how."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from ..models import Box, Method, Table


class Part(BaseModel):
    """Where the rows from `first_row` on, up to the next part's, stand."""

    model_config = ConfigDict(frozen=True)

    page: int
    box: Box
    first_row: int = 0


class Choice(BaseModel):
    """How a person had a table read again; without a method, by the one that suited the page."""

    model_config = ConfigDict(frozen=True)

    method: Method | None
    area: Box | None
    by: str
    at: datetime


@dataclass(frozen=True)
class Content:
    """A table's cells. `header_row` is the index of the row that names the columns."""

    rows: list[list[str]]
    header_row: int | None = None
    dropped: bool = False
    method: str = ""
    accuracy: float = 0.0
    is_ocr: bool = False
    parts: tuple[Part, ...] = ()
    choice: Choice | None = None
    # The edit this content comes from; 0 is what was read.
    seq: int = 0

    @property
    def columns(self) -> int:
        """How many columns the widest row has."""
        return max((len(row) for row in self.rows), default=0)

    def as_stored(self) -> dict[str, Any]:
        """What a revision keeps."""
        return {
            "rows": self.rows,
            "header_row": self.header_row,
            "dropped": self.dropped,
            "method": self.method,
            "accuracy": self.accuracy,
            "is_ocr": self.is_ocr,
            "parts": [part.model_dump() for part in self.parts],
            "choice": self.choice and self.choice.model_dump(mode="json"),
        }

    def changed_to(self, stored: dict[str, Any]) -> Self:
        """The content that a revision of this table keeps; what it does not name is unchanged."""
        found = dict(stored)
        if "parts" in found:
            found["parts"] = tuple(Part.model_validate(part) for part in found["parts"])
        if found.get("choice"):
            found["choice"] = Choice.model_validate(found["choice"])
        return replace(self, **found)


def joined(tables: Sequence[Table]) -> Content:
    """One content of a table and those that go on from it, the headers they repeat left out.

    Its accuracy is that of its worst part.
    """
    first = tables[0]
    width = max(len(row) for table in tables for row in [*table.rows, []])
    rows: list[list[str]] = []
    parts = []
    for table in tables:
        parts.append(Part(page=table.page, box=table.bbox, first_row=len(rows)))
        kept = table.rows if table is first else table.rows[table.repeated_rows :]
        rows += [row + [""] * (width - len(row)) for row in kept]
    return Content(
        rows,
        method=first.method,
        accuracy=min(table.accuracy for table in tables),
        is_ocr=any(table.is_ocr for table in tables),
        parts=tuple(parts),
    )


def runs(tables: Sequence[Table]) -> list[list[Table]]:
    """Group tables with those that go on from them on the pages after."""
    found: list[list[Table]] = []
    for table in tables:
        if table.continues and found and found[-1][-1].page == table.page - 1:
            found[-1].append(table)
        else:
            found.append([table])
    return found
