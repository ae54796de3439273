"""Frozen models passed between the steps; their JSON is CONTRACT.md's."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Method = Literal["lattice", "network", "pdfplumber"]
Source = Literal["table", "text", "ocr", "ai", "user"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Box(_Frozen):
    """A rectangle in PDF points, origin at the page's top left, as the page is shown."""

    x0: float
    top: float
    x1: float
    bottom: float

    def as_list(self) -> list[float]:
        """Return `[x0, top, x1, bottom]`, the contract's bbox."""
        return [round(value, 2) for value in (self.x0, self.top, self.x1, self.bottom)]


class Table(_Frozen):
    """One table as read. `rows` are equally long; an empty cell is ""."""

    page: int
    bbox: Box
    method: Method
    accuracy: float
    rows: list[list[str]]


class Page(_Frozen):
    """One page: its shown size in points and what was found on it."""

    number: int
    width_pt: float
    height_pt: float
    tables: list[Table]
    warnings: list[str]


class Field(_Frozen):
    """One value with its place on a page."""

    value: str
    page: int
    bbox: Box
    source: Source
    confidence: float
    text: str


class Check(_Frozen):
    """One arithmetic check and how it came out."""

    name: str
    status: Literal["pass", "fail", "not_applicable"]
    detail: str


class Reading(_Frozen):
    """All that one document says."""

    sha256: str
    pages: list[Page]
    document_type: str = "other"
    type_confidence: float = 0.0
    fields: dict[str, Field] = {}
    checks: list[Check] = []
    warnings: list[str] = []
    total_s: float = 0.0

    @property
    def tables(self) -> list[Table]:
        """All tables in page order."""
        return [table for page in self.pages for table in page.tables]

    def as_contract(self, file_name: str) -> dict[str, Any]:
        """Return the object that `taxai process --json` prints for this document."""
        return {
            "file": file_name,
            "sha256": self.sha256,
            "pages": len(self.pages),
            "document_type": self.document_type,
            "type_confidence": self.type_confidence,
            "fields": {
                name: field.model_dump() | {"bbox": field.bbox.as_list()}
                for name, field in self.fields.items()
            },
            "tables": [
                {
                    "page": table.page,
                    "bbox": table.bbox.as_list(),
                    "method": table.method,
                    "accuracy": table.accuracy,
                    "rows": table.rows,
                }
                for table in self.tables
            ],
            "checks": [check.model_dump() for check in self.checks],
            "warnings": self.warnings,
            "timings": {"total_s": round(self.total_s, 2)},
        }
