"""The files a user downloads: summary.csv, documents.csv and one CSV a table."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..doctypes import DocumentType
from ..store.document import Document
from ..store.readings import StoredReading, StoredTable
from ..store.records import StoredField, StoredRecord
from .spreadsheet import as_csv, neutralise

DOCUMENT_COLUMNS = ["document_id", "file", "document_type", "taxpayer_pan", "financial_year"]
FIELD_COLUMNS = ["field", "label", "value", "page", "source", "confidence", "edited", "approved"]
TABLES = "tables"
# What Windows, macOS and zip programs all accept in a file name.
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
# Windows opens a device for these, whatever follows the first dot.
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d) *(\.|$)", re.IGNORECASE)
# File systems take 255 bytes, a letter of Devanagari is three; the rest is for ` (2)-p1-t1.csv`.
_STEM_BYTES = 200


# The definitions of the document types, by id.
Types = Mapping[str, DocumentType]


@dataclass(frozen=True)
class Item:
    """One document to export."""

    document: Document
    reading: StoredReading

    @property
    def tables(self) -> list[StoredTable]:
        """Its tables without those the reviewer dropped."""
        return [table for table in self.reading.tables if not table.content.dropped]


def summary_rows(items: Iterable[Item], types: Types) -> list[list[str]]:
    """One row a field of every paper, under the contract's header; cleared ones are left out."""
    rows = [DOCUMENT_COLUMNS + FIELD_COLUMNS]
    for item in items:
        approved = "yes" if item.document.state == "approved" else "no"
        for record in item.reading.records:
            identity, titles = _identity(item, record), _titles(types, record)
            rows += [
                [*identity, one.name, titles.get(one.name, one.name), *_value(one), approved]
                for one in record.fields.values()
                if one.field
            ]
    return rows


def document_rows(items: Sequence[Item], types: Types) -> list[list[str]]:
    """One row a document, one column a field that any of them has, in the forms' own order.

    A file that holds several papers has a row for each of them, under the one `document_id`: two
    payslips in one file are as little one set of values as two in two files.
    """
    names = _columns(items, types)
    rows = [[*DOCUMENT_COLUMNS, *names]]
    for item in items:
        papers: Sequence[StoredRecord | None] = item.reading.records or [None]
        for record in papers:
            values = record.values if record else {}
            cells = [values[name].value if name in values else "" for name in names]
            rows.append([*_identity(item, record), *cells])
    return rows


def table_csv(table: StoredTable) -> bytes:
    """One table as the reviewer left it."""
    return as_csv(_rectangular(table))


def table_file_name(stem: str, table: StoredTable) -> str:
    """`<file>-p<page>-t<n>.csv`, n counting the tables of that page as they were read."""
    return f"{stem}-p{table.page}-t{table.number}.csv"


def all_files(items: Sequence[Item], types: Types) -> dict[str, bytes]:
    """Every file of an export by its name."""
    tables = {f"{TABLES}/{name}": data for name, data in table_files(items).items()}
    return {
        "summary.csv": as_csv(summary_rows(items, types)),
        "documents.csv": as_csv(document_rows(items, types)),
        **tables,
    }


def table_files(items: Sequence[Item]) -> dict[str, bytes]:
    """One CSV a table by its name; two papers of one name keep apart."""
    files: dict[str, bytes] = {}
    stems: set[str] = set()
    for item in items:
        stem = _free_stem(safe_stem(item.document.name), stems)
        stems.add(stem.casefold())
        for table in item.tables:
            files[table_file_name(stem, table)] = table_csv(table)
    return files


def as_zip(files: dict[str, bytes]) -> bytes:
    """Pack files into one zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def neutralised_cells(items: Iterable[Item]) -> int:
    """In how many cells a formula is made harmless by the export."""
    return sum(neutralise(cell) != cell for item in items for cell in _cells(item))


def safe_stem(file_name: str) -> str:
    """The name without its ending, without what a file system refuses or walks along."""
    stem = re.sub(r"\.pdf$", "", file_name, flags=re.IGNORECASE)
    stem = _UNSAFE.sub("_", stem).strip(" .")
    if _DEVICE.match(stem):
        stem = f"_{stem}"
    return stem.encode()[:_STEM_BYTES].decode(errors="ignore").strip(" .") or "document"


def _identity(item: Item, record: StoredRecord | None) -> list[str]:
    document = item.document
    if record is None:
        return [document.id, document.name, document.document_type, "", ""]
    belongs = [record.document_type, record.taxpayer_pan, record.financial_year]
    return [document.id, document.name, *belongs]


def _value(one: StoredField) -> list[str]:
    """A field's value, page, source, confidence, and whether a person gave it."""
    assert one.field
    page = str(one.field.page) if one.has_place else ""
    edited = "yes" if one.is_edited else "no"
    return [one.field.value, page, one.field.source, f"{one.field.confidence:.2f}", edited]


def _titles(types: Types, record: StoredRecord) -> dict[str, str]:
    document_type = types.get(record.document_type)
    return {rule.name: rule.title for rule in document_type.fields} if document_type else {}


def _columns(items: Sequence[Item], types: Types) -> list[str]:
    """The fields that have a value, type after type as the types come up."""
    records = [record for item in items for record in item.reading.records]
    valued = dict.fromkeys(name for record in records for name in record.values)
    ordered = dict.fromkeys(name for record in records for name in _titles(types, record))
    return [name for name in ordered | valued if name in valued]


def _cells(item: Item) -> Iterator[str]:
    for record in item.reading.records:
        yield from (field.value for field in record.values.values())
    for table in item.tables:
        for row in table.content.rows:
            yield from row


def _rectangular(table: StoredTable) -> list[list[str]]:
    width = table.content.columns
    return [row + [""] * (width - len(row)) for row in table.content.rows]


def _free_stem(stem: str, taken: set[str]) -> str:
    free, number = stem, 1
    while free.casefold() in taken:
        number += 1
        free = f"{stem} ({number})"
    return free
