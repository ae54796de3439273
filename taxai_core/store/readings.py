"""What was read of a document, and what people have made of it since."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ..errors import NotFoundError
from ..models import Box, Check, Field, Reading, Table
from .database import Store
from .documents import SYSTEM, WAITING, now, run_folder
from .revisions import current_contents, log_event
from .rows import DocumentRow, PageRow, TableRow
from .vault import Vault


@dataclass(frozen=True)
class Content:
    """A table's cells. `header_row` is the index of the row that names the columns."""

    rows: list[list[str]]
    header_row: int | None = None
    dropped: bool = False
    # The edit this content comes from; 0 is what was read.
    seq: int = 0

    @property
    def columns(self) -> int:
        """How many columns the widest row has."""
        return max((len(row) for row in self.rows), default=0)

    def as_stored(self) -> dict[str, Any]:
        """What a revision keeps."""
        return {"rows": self.rows, "header_row": self.header_row, "dropped": self.dropped}


@dataclass(frozen=True)
class StoredTable:
    """One table: where it was read, what was read, and its present content."""

    id: int
    page: int
    number: int
    bbox: Box
    method: str
    accuracy: float
    read: Content
    content: Content

    @property
    def is_edited(self) -> bool:
        """Does it differ from what was read?"""
        return self.content.as_stored() != self.read.as_stored()


@dataclass(frozen=True)
class StoredReading:
    """All that is known of one document's insides, in page order."""

    page_sizes: dict[int, tuple[float, float]]
    tables: list[StoredTable]
    warnings: list[str]
    sha256: str = ""
    fields: dict[str, Field] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)


def picture_name(run: int, page: int) -> str:
    """The blob that holds the picture of a page."""
    return f"{run_folder(run)}/p{page}.webp"


def finish(store: Store, document_id: str, run: int, reading: Reading) -> bool:
    """Write a reading and hand the document to review; False where the run is superseded."""
    numbers: dict[int, int] = {}
    with store.writing() as session:
        row = session.get(DocumentRow, document_id, with_for_update=True)
        if row is None or row.run != run or row.state not in WAITING:
            return False
        session.execute(delete(TableRow).where(TableRow.document_id == document_id))
        session.execute(delete(PageRow).where(PageRow.document_id == document_id))
        for page in reading.pages:
            session.add(
                PageRow(
                    document_id=document_id,
                    number=page.number,
                    width_pt=page.width_pt,
                    height_pt=page.height_pt,
                )
            )
        for table in reading.tables:
            numbers[table.page] = numbers.get(table.page, 0) + 1
            session.add(_table_row(store, document_id, table, numbers[table.page]))
        rest = reading.model_dump(mode="json", exclude={"pages", "total_s"})
        row.reading_sealed = store.vault.seal_json(rest, f"{document_id}/reading")
        row.document_type, row.type_confidence = reading.document_type, reading.type_confidence
        row.pages_total = row.pages_done = len(reading.pages)
        row.state, row.finished_at, row.lost_runs = "review", now(), 0
        row.error_code = row.error_message = None
        row.password_sealed = None  # a document is read to its end once only
        found = f"read: {len(reading.pages)} pages, {len(reading.tables)} tables"
        log_event(session, store.vault, document_id, SYSTEM, found)
    return True


def load(store: Store, document_id: str) -> StoredReading:
    """What was read of a document; empty where it has not been read yet.

    Raises:
        NotFoundError
    """
    with store.reading() as session:
        row = session.get(DocumentRow, document_id)
        if row is None:
            raise NotFoundError()
        pages = session.scalars(
            select(PageRow).where(PageRow.document_id == document_id).order_by(PageRow.number)
        )
        sizes = {page.number: (page.width_pt, page.height_pt) for page in pages}
        tables = session.scalars(
            select(TableRow)
            .where(TableRow.document_id == document_id)
            .order_by(TableRow.page, TableRow.number)
        )
        edited = current_contents(session, store.vault, document_id)
        stored = [_stored_table(store.vault, table, edited.get(table.id)) for table in tables]
        if row.reading_sealed is None:
            return StoredReading(sizes, stored, [])
        rest = store.vault.open_json(row.reading_sealed, f"{document_id}/reading")
    reading = Reading(pages=[], **rest)
    return StoredReading(
        sizes, stored, reading.warnings, reading.sha256, reading.fields, reading.checks
    )


def load_table(session: Session, vault: Vault, document_id: str, table_id: int) -> StoredTable:
    """One table, in the caller's transaction.

    Raises:
        NotFoundError: it was deleted, or read anew, meanwhile.
    """
    row = session.get(TableRow, table_id)
    if row is None or row.document_id != document_id:
        raise NotFoundError()
    return _stored_table(vault, row, current_contents(session, vault, document_id).get(table_id))


def _table_row(store: Store, document_id: str, table: Table, number: int) -> TableRow:
    return TableRow(
        document_id=document_id,
        page=table.page,
        number=number,
        x0=table.bbox.x0,
        top=table.bbox.top,
        x1=table.bbox.x1,
        bottom=table.bbox.bottom,
        method=table.method,
        accuracy=table.accuracy,
        rows_sealed=store.vault.seal_json(table.rows, f"{document_id}/{table.page}/{number}"),
    )


def _stored_table(vault: Vault, row: TableRow, edited: dict[str, Any] | None) -> StoredTable:
    place = f"{row.document_id}/{row.page}/{row.number}"
    read = Content(vault.open_json(row.rows_sealed, place))
    return StoredTable(
        id=row.id,
        page=row.page,
        number=row.number,
        bbox=Box(x0=row.x0, top=row.top, x1=row.x1, bottom=row.bottom),
        method=row.method,
        accuracy=row.accuracy,
        read=read,
        content=Content(**edited) if edited else read,
    )
