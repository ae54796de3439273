"""Frozen models passed between the steps; their JSON is CONTRACT.md's."""

import zlib
from array import array
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Literal, NamedTuple, Self, get_args

from pydantic import BaseModel, ConfigDict

# How a table was read: by the lines drawn around its cells or by the white space between its
# columns (ours), with one of Camelot's flavours, or by pdfplumber.
Method = Literal["ruled", "aligned", "lattice", "network", "hybrid", "pdfplumber"]
METHODS: tuple[Method, ...] = get_args(Method)
# What is on a page: text, a picture of text, nothing, or damage that kept it from being read.
PageKind = Literal["text", "scan", "blank", "damaged"]
Source = Literal["table", "text", "ocr", "ai", "user"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, ser_json_bytes="base64", val_json_bytes="base64")


class Box(_Frozen):
    """A rectangle in PDF points, origin at the page's top left, as the page is shown."""

    x0: float
    top: float
    x1: float
    bottom: float

    def as_list(self) -> list[float]:
        """Return `[x0, top, x1, bottom]`, the contract's bbox."""
        return [round(value, 2) for value in (self.x0, self.top, self.x1, self.bottom)]


class Word(NamedTuple):
    """One printed word; its box as in `Box`, its confidence 1 where the PDF itself holds it."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float = 1.0


class Words(_Frozen):
    """The words of a page in reading order, packed: 500 pages of them must fit into memory.

    The first `level` of them run as the page is read; after those come the words that run aslant,
    up or down. None where that is not known.
    """

    text: str = ""  # the words, a line each
    numbers: bytes = b""  # of each word: x0, top, x1, bottom, confidence; floats, compressed
    level: int | None = None

    @classmethod
    def pack(cls, words: Iterable[Word], level: int | None = None) -> Self:
        """Pack words; a line break inside of one becomes a blank."""
        texts, numbers = [], array("f")
        for text, *rest in words:
            texts.append(" ".join(text.split()) or " ")
            numbers.extend(rest)
        packed = zlib.compress(numbers.tobytes(), 1)
        return cls(text="\n".join(texts), numbers=packed, level=level)

    def __len__(self) -> int:
        return self.text.count("\n") + 1 if self.text else 0

    def unpack(self) -> Iterator[Word]:
        """Yield the words one by one."""
        if self.text:
            numbers = iter(array("f", zlib.decompress(self.numbers)))
            for text in self.text.split("\n"):
                yield Word(text, *(next(numbers) for _ in range(5)))

    def level_words(self) -> Iterator[Word]:
        """Yield those that run as the page is read; all where that is not known."""
        return islice(self.unpack(), self.level)


# The sides of a cell in which nothing is printed.
_NOWHERE = [float("nan")] * 4


def pack_cells(boxes: Iterable[Box | None]) -> bytes:
    """Pack the boxes of cells, row after row, as `Table.cells` has them; None for an empty one."""
    sides = array("f")
    for box in boxes:
        sides.extend((box.x0, box.top, box.x1, box.bottom) if box else _NOWHERE)
    return zlib.compress(sides.tobytes(), 1) if sides else b""


class Table(_Frozen):
    """One table as read. `rows` are equally long; an empty cell is "".

    `cells` are the boxes of its cells' print, row after row: x0, top, x1, bottom, each NaN where
    the cell is empty; floats, compressed. Nothing where the reader does not tell them.

    `is_ocr` says that its words were read from a picture. `continues` says that it goes on from
    the last table of the page before, whose header its first `repeated_rows` rows print again.
    """

    page: int
    bbox: Box
    method: Method
    accuracy: float
    rows: list[list[str]]
    cells: bytes = b""
    is_ocr: bool = False
    continues: bool = False
    repeated_rows: int = 0

    def cell_boxes(self) -> list[list[Box | None]]:
        """The box of each cell's print, as `rows` has them; empty where they are not known."""
        if not self.cells:
            return []
        sides = iter(array("f", zlib.decompress(self.cells)))
        boxes: list[list[Box | None]] = []
        for row in self.rows:
            boxes.append([])
            for _ in row:
                x0, top, x1, bottom = (next(sides) for _ in range(4))
                known = x0 == x0  # NaN differs from itself
                boxes[-1].append(Box(x0=x0, top=top, x1=x1, bottom=bottom) if known else None)
        return boxes


class Page(_Frozen):
    """One page: its shown size in points and what was found on it.

    `turn` is by how many quarters it must be turned clockwise to be read; `slant_deg` by how much
    its lines fall to the right then, which a scan's do.
    """

    number: int
    width_pt: float
    height_pt: float
    tables: list[Table]
    warnings: list[str]
    kind: PageKind = "text"
    turn: int = 0
    slant_deg: float = 0.0
    words: Words = Words()


class Field(_Frozen):
    """One value with its place on a page.

    `text` is what is printed there; `note` says what was done to make the value of it, where that
    is more than reading it. `parts` are the amounts printed above a total, such as the quarters of
    a year, where a check is about them.
    """

    value: str
    page: int
    bbox: Box
    source: Source
    confidence: float
    text: str
    note: str = ""
    parts: list[str] = []


class Check(_Frozen):
    """One arithmetic check and how it came out; `fields` are those it is about."""

    name: str
    status: Literal["pass", "fail", "not_applicable"]
    detail: str
    fields: list[str] = []


class Record(_Frozen):
    """One paper of a file: its pages, its type, what it says and whose it is.

    `taxpayer_pan`, `taxpayer_name` and `financial_year` (`YYYY-YY`) are where it belongs, "" where
    unknown; the year may follow from an assessment year or a period, so it can be known without
    being a field.
    """

    first_page: int
    last_page: int
    document_type: str = "other"
    type_confidence: float = 0.0
    fields: dict[str, Field] = {}
    checks: list[Check] = []
    warnings: list[str] = []
    taxpayer_pan: str = ""
    taxpayer_name: str = ""
    financial_year: str = ""

    def as_contract(self) -> dict[str, Any]:
        """The keys that the contract has for a paper."""
        return {
            "document_type": self.document_type,
            "type_confidence": round(self.type_confidence, 4),
            "fields": {
                name: field.model_dump() | {"bbox": field.bbox.as_list()}
                for name, field in self.fields.items()
            },
            "checks": [check.model_dump() for check in self.checks],
        }


class Reading(_Frozen):
    """All that one document says: its pages, and the papers it holds in page order."""

    sha256: str
    pages: list[Page]
    records: list[Record] = []
    warnings: list[str] = []
    total_s: float = 0.0

    @property
    def first_record(self) -> Record:
        """The first paper; one of no known type where there is none."""
        return next(iter(self.records), Record(first_page=1, last_page=max(1, len(self.pages))))

    @property
    def tables(self) -> list[Table]:
        """All tables in page order."""
        return [table for page in self.pages for table in page.tables]

    def as_contract(self, file_name: str) -> dict[str, Any]:
        """Return the object that `taxai process --json` prints for this document."""
        parts = [
            {"pages": [record.first_page, record.last_page], **record.as_contract()}
            for record in self.records
        ]
        first = self.first_record.as_contract()
        return {
            "file": file_name,
            "sha256": self.sha256,
            "pages": len(self.pages),
            "document_type": first["document_type"],
            "type_confidence": first["type_confidence"],
            "fields": first["fields"],
            **({"parts": parts} if len(parts) > 1 else {}),
            "tables": [
                {
                    "page": table.page,
                    "bbox": table.bbox.as_list(),
                    "method": table.method,
                    "accuracy": table.accuracy,
                    "rows": table.rows,
                    "source": "ocr" if table.is_ocr else "table",
                    "continues": table.continues,
                    "repeated_rows": table.repeated_rows,
                }
                for table in self.tables
            ],
            "checks": first["checks"],
            "warnings": [*self.warnings, *(w for record in self.records for w in record.warnings)],
            "timings": {"total_s": round(self.total_s, 2)},
        }
