"""What was read of a document, and what people have made of it since."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ..errors import NotFoundError, TaxAIError
from ..models import Box, Reading
from .asks import note_gaps
from .contents import Content, Part, joined, runs
from .database import Store
from .document import SYSTEM, WAITING, now, run_folder
from .records import StoredRecord, present_reading, records_of, seal_reading, write_rows
from .revisions import current_contents, current_fields, log_event
from .rows import DocumentRow, PageRow, RevisionRow, TableRow
from .vault import Vault


@dataclass(frozen=True)
class StoredTable:
    """One table: what was read, and its present content. `number` counts its page's tables."""

    id: int
    page: int
    number: int
    read: Content
    content: Content

    @property
    def is_edited(self) -> bool:
        """Does it differ from what was read?"""
        return self.content.as_stored() != self.read.as_stored()

    @property
    def pages(self) -> list[int]:
        """The pages it stands on."""
        return [part.page for part in self.content.parts]

    @property
    def place(self) -> str:
        """What it is called: `page 3, table 1`, `pages 3–5, table 1`."""
        first, last = self.pages[0], self.pages[-1]
        pages = f"page {first}" if first == last else f"pages {first}–{last}"
        return f"{pages}, table {self.number}"

    def box_on(self, page: int) -> Box | None:
        """Where it stands on a page."""
        return next((part.box for part in self.content.parts if part.page == page), None)


@dataclass(frozen=True)
class StoredReading:
    """All that is known of one document's insides, in page order."""

    page_sizes: dict[int, tuple[float, float]]
    tables: list[StoredTable]
    warnings: list[str]
    sha256: str = ""
    page_kinds: dict[int, str] = field(default_factory=dict)
    records: list[StoredRecord] = field(default_factory=list)

    def tables_on(self, page: int) -> list[StoredTable]:
        """The tables that stand on a page, in part or as a whole."""
        return [table for table in self.tables if page in table.pages]


def picture_name(run: int, page: int) -> str:
    """The blob that holds the picture of a page."""
    return f"{run_folder(run)}/p{page}.webp"


def finish(
    store: Store,
    document_id: str,
    run: int,
    reading: Reading,
    gaps: int = 0,
    why_not: TaxAIError | None = None,
) -> bool:
    """Write a reading and hand the document to review; False where the run is superseded.

    Args:
        gaps: how many values the model may be asked for.
        why_not: why it is not asked now; None where it is to be.
    """
    numbers: dict[int, int] = {}
    with store.writing() as session:
        row = session.get(DocumentRow, document_id, with_for_update=True)
        if row is None or row.run != run or row.state not in WAITING:
            return False
        session.execute(delete(TableRow).where(TableRow.document_id == document_id))
        # As the edits of tables go with their tables: what they corrected is read anew.
        session.execute(
            delete(RevisionRow).where(
                RevisionRow.document_id == document_id, RevisionRow.field.is_not(None)
            )
        )
        session.execute(delete(PageRow).where(PageRow.document_id == document_id))
        for page in reading.pages:
            session.add(
                PageRow(
                    document_id=document_id,
                    number=page.number,
                    width_pt=page.width_pt,
                    height_pt=page.height_pt,
                    kind=page.kind,
                )
            )
        tables = runs(reading.tables)
        for run_of_tables in tables:
            for table in run_of_tables:
                numbers[table.page] = numbers.get(table.page, 0) + 1
            first = run_of_tables[0].page
            content = joined(run_of_tables)
            session.add(table_row(store.vault, document_id, first, numbers[first], content))
        row.reading_sealed = seal_reading(store.vault, document_id, reading)
        row.answers_sealed = None
        note_gaps(session, document_id, gaps, why_not)
        write_rows(session, store.vault, document_id, records_of(reading, {}))
        record = reading.first_record
        row.document_type, row.type_confidence = record.document_type, record.type_confidence
        row.pages_total = row.pages_done = len(reading.pages)
        row.state, row.finished_at, row.lost_runs = "review", now(), 0
        row.error_code = row.error_message = None
        found = f"read: {len(reading.pages)} pages, {len(tables)} tables"
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
        ).all()
        sizes = {page.number: (page.width_pt, page.height_pt) for page in pages}
        kinds = {page.number: page.kind for page in pages}
        tables = session.scalars(
            select(TableRow)
            .where(TableRow.document_id == document_id)
            .order_by(TableRow.page, TableRow.number)
        )
        edited = current_contents(session, store.vault, document_id)
        stored = [
            _stored_table(store.vault, table, edited.get(table.id))
            for table in tables
            if table.id in edited or not table.added
        ]
        reading = present_reading(store.vault, row)
        if reading is None:
            return StoredReading(sizes, stored, [], page_kinds=kinds)
        records = records_of(reading, current_fields(session, store.vault, document_id))
    return StoredReading(sizes, stored, reading.warnings, reading.sha256, kinds, records)


def load_table(session: Session, vault: Vault, document_id: str, table_id: int) -> StoredTable:
    """One table, in the caller's transaction.

    Raises:
        NotFoundError: it was deleted, or read anew, meanwhile.
    """
    row = session.get(TableRow, table_id)
    if row is None or row.document_id != document_id:
        raise NotFoundError()
    edited = current_contents(session, vault, document_id).get(table_id)
    if row.added and edited is None:
        raise NotFoundError()
    return _stored_table(vault, row, edited)


def table_row(
    vault: Vault, document_id: str, page: int, number: int, read: Content, *, added: bool = False
) -> TableRow:
    """The row of a table as it was read."""
    box = read.parts[0].box
    parts = [part.model_dump() for part in read.parts] if len(read.parts) > 1 else None
    return TableRow(
        document_id=document_id,
        page=page,
        number=number,
        x0=box.x0,
        top=box.top,
        x1=box.x1,
        bottom=box.bottom,
        method=read.method,
        accuracy=read.accuracy,
        is_ocr=read.is_ocr,
        parts=parts,
        added=added,
        rows_sealed=vault.seal_json(read.rows, f"{document_id}/{page}/{number}"),
    )


def _stored_table(vault: Vault, row: TableRow, edited: dict[str, Any] | None) -> StoredTable:
    place = f"{row.document_id}/{row.page}/{row.number}"
    whole = Part(page=row.page, box=Box(x0=row.x0, top=row.top, x1=row.x1, bottom=row.bottom))
    read = Content(
        vault.open_json(row.rows_sealed, place),
        method=row.method,
        accuracy=row.accuracy,
        is_ocr=row.is_ocr,
        parts=tuple(map(Part.model_validate, row.parts)) if row.parts else (whole,),
    )
    content = read.changed_to(edited) if edited else read
    return StoredTable(row.id, row.page, row.number, read, content)
