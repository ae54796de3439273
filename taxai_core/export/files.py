"""The files a user downloads: summary.csv, documents.csv and one CSV a table."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..store.documents import Document
from ..store.readings import StoredReading, StoredTable
from .spreadsheet import as_csv, neutralise

DOCUMENT_COLUMNS = ["document_id", "file", "document_type", "taxpayer_pan", "financial_year"]
FIELD_COLUMNS = ["field", "label", "value", "page", "source", "confidence", "edited", "approved"]
# A paper prints the PANs of others as well: its employer's, deductor's, landlord's or donee's.
TAXPAYER_PAN = ("employee_pan", "deductee_pan", "pan")
TABLES = "tables"
# What Windows, macOS and zip programs all accept in a file name.
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
# Windows opens a device for these, whatever follows the first dot.
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d) *(\.|$)", re.IGNORECASE)
# File systems take 255 bytes, a letter of Devanagari is three; the rest is for ` (2)-p1-t1.csv`.
_STEM_BYTES = 200


@dataclass(frozen=True)
class Item:
    """One document to export."""

    document: Document
    reading: StoredReading

    @property
    def tables(self) -> list[StoredTable]:
        """Its tables without those the reviewer dropped."""
        return [table for table in self.reading.tables if not table.content.dropped]


def summary_rows(items: Iterable[Item]) -> list[list[str]]:
    """One row a field, under the contract's header."""
    rows = [DOCUMENT_COLUMNS + FIELD_COLUMNS]
    for item in items:
        document = item.document
        approved = "yes" if document.state == "approved" else "no"
        for name, field in item.reading.fields.items():
            is_edited = "yes" if field.source == "user" else "no"
            rows.append(
                [
                    *_identity(item),
                    *(name, name, field.value, str(field.page), field.source),
                    *(f"{field.confidence:.2f}", is_edited, approved),
                ]
            )
    return rows


def document_rows(items: Sequence[Item]) -> list[list[str]]:
    """One row a document, one column a field that any of them has."""
    names = list(dict.fromkeys(name for item in items for name in item.reading.fields))
    rows = [[*DOCUMENT_COLUMNS, *names]]
    for item in items:
        values = {name: field.value for name, field in item.reading.fields.items()}
        rows.append([*_identity(item), *(values.get(name, "") for name in names)])
    return rows


def table_csv(table: StoredTable) -> bytes:
    """One table as the reviewer left it."""
    return as_csv(_rectangular(table))


def table_file_name(stem: str, table: StoredTable) -> str:
    """`<file>-p<page>-t<n>.csv`, n counting the tables of that page as they were read."""
    return f"{stem}-p{table.page}-t{table.number}.csv"


def all_files(items: Sequence[Item]) -> dict[str, bytes]:
    """Every file of an export by its name."""
    tables = {f"{TABLES}/{name}": data for name, data in table_files(items).items()}
    return {
        "summary.csv": as_csv(summary_rows(items)),
        "documents.csv": as_csv(document_rows(items)),
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
    return sum(
        neutralise(cell) != cell
        for item in items
        for table in item.tables
        for row in table.content.rows
        for cell in row
    )


def safe_stem(file_name: str) -> str:
    """The name without its ending, without what a file system refuses or walks along."""
    stem = re.sub(r"\.pdf$", "", file_name, flags=re.IGNORECASE)
    stem = _UNSAFE.sub("_", stem).strip(" .")
    if _DEVICE.match(stem):
        stem = f"_{stem}"
    return stem.encode()[:_STEM_BYTES].decode(errors="ignore").strip(" .") or "document"


def _identity(item: Item) -> list[str]:
    values = {name: field.value for name, field in item.reading.fields.items()}
    pan = next((values[name] for name in TAXPAYER_PAN if name in values), "")
    year = values.get("financial_year", "")
    return [item.document.id, item.document.name, item.document.document_type, pan, year]


def _rectangular(table: StoredTable) -> list[list[str]]:
    width = table.content.columns
    return [row + [""] * (width - len(row)) for row in table.content.rows]


def _free_stem(stem: str, taken: set[str]) -> str:
    free, number = stem, 1
    while free.casefold() in taken:
        number += 1
        free = f"{stem} ({number})"
    return free
