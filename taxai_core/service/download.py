"""What leaves TaxAI."""

from dataclasses import dataclass, field
from pathlib import Path

import structlog

from ..errors import NotFoundError, StorageError
from ..export import files
from ..export.files import Item, Types
from ..export.spreadsheet import as_csv
from ..jobs.workplace import get_store
from ..papers import present_reading
from ..store import documents, readings
from ..store.document import READ
from ..store.readings import StoredTable
from .records import document_types

log = structlog.get_logger()


@dataclass(frozen=True)
class Export:
    """The documents chosen for an export, with the definitions of their types."""

    items: list[Item]
    types: Types = field(default_factory=document_types)

    def summary_rows(self) -> list[list[str]]:
        """The rows of summary.csv, header first."""
        return files.summary_rows(self.items, self.types)

    def summary_csv(self) -> bytes:
        """summary.csv: one row a field of every paper."""
        self._tell("summary.csv")
        return as_csv(self.summary_rows())

    def documents_csv(self) -> bytes:
        """documents.csv: one row a document, or a paper of a document that holds several."""
        self._tell("documents.csv")
        return as_csv(files.document_rows(self.items, self.types))

    def tables_zip(self) -> bytes:
        """All tables, one CSV each, in a zip."""
        self._tell("tables")
        return files.as_zip(files.table_files(self.items))

    def everything_zip(self) -> bytes:
        """summary.csv, documents.csv and all tables in a zip."""
        self._tell("everything")
        return files.as_zip(files.all_files(self.items, self.types))

    @property
    def tables(self) -> int:
        """How many tables are in it."""
        return sum(len(item.tables) for item in self.items)

    @property
    def neutralised_cells(self) -> int:
        """How many cells a spreadsheet would have run as a formula."""
        return files.neutralised_cells(self.items)

    def write(self, folder: Path) -> int:
        """Write every file below `folder` and return how many.

        Tables of an earlier export there are removed: one dropped or re-opened since would
        otherwise be taken for part of this one.

        Raises:
            StorageError: the folder cannot be written.
        """
        every = files.all_files(self.items, self.types)
        try:
            for old in (folder / files.TABLES).glob("*-p*-t*.csv"):
                old.unlink()
            for name, data in every.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        except OSError as error:
            raise StorageError() from error
        self._tell("folder")
        return len(every)

    def _tell(self, kind: str) -> None:
        log.info("documents exported", kind=kind, count=len(self.items))


def choose_export(*, approved_only: bool = True) -> Export:
    """Collect what has been read: the approved documents, or all.

    Raises:
        StorageError
    """
    store = get_store()
    states = ("approved",) if approved_only else READ
    items = []
    for document in reversed(documents.listing(store)):
        if document.state in states:
            try:
                reading = present_reading(readings.load(store, document.id))
                items.append(Item(document, reading))
            except NotFoundError:
                continue  # deleted just now
    return Export(items)


def table_csv(table: StoredTable) -> bytes:
    """One table as CSV."""
    return files.table_csv(table)


def table_file_name(document_name: str, table: StoredTable) -> str:
    """What one table's CSV is called."""
    return files.table_file_name(files.safe_stem(document_name), table)
