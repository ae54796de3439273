"""What a reviewer does to a table; each change is one revision that can be undone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import structlog

from ..errors import EditConflictError, NotFoundError
from ..jobs.workplace import get_store
from ..settings import get_settings
from ..store import revisions
from ..store.contents import Content
from ..store.database import Session
from ..store.readings import StoredTable, load_table
from . import grid
from .grid import Parts, Rows

log = structlog.get_logger()

Change = Callable[[Content], Content]
UNMOVED = -1
EDITED = "edited"


def save_rows(
    document_id: str,
    table_id: int,
    base_seq: int,
    rows: Rows,
    header_row: int | None = UNMOVED,
    parts: Parts | None = None,
) -> Content:
    """Save a table's cells as the editor shows them now.

    Args:
        base_seq: the content the editor began with; where another window has saved since,
            both changes are joined cell by cell.
        header_row: where the row that names the columns stands after this edit, if it moved.
        parts: where the parts of a table over several pages begin after it, if they moved.

    Raises:
        EditConflictError, NotFoundError, LockedError, WrongStateError, StorageError
    """
    with _editing(document_id, table_id) as (session, table):
        present = table.content
        if present.seq != base_seq:
            base = _content_at(session, document_id, table, base_seq)
            rows, header_row = grid.merge(base.rows, rows, present.rows), UNMOVED
            parts = None
        if header_row == UNMOVED:
            header_row = present.header_row
        edited = replace(present, rows=rows, header_row=header_row, parts=parts or present.parts)
        return _save(session, document_id, table, edited, None)


def insert_row(document_id: str, table_id: int, base_seq: int, at: int) -> Content:
    """Insert an empty row before index `at`. Raises as `change` does."""

    def change(content: Content) -> Content:
        header = content.header_row
        moved = header + 1 if header is not None and at <= header else header
        parts = grid.parts_with_row(content.parts, at)
        rows = grid.with_row(content.rows, at)
        return replace(content, rows=rows, header_row=moved, parts=parts)

    return _change(document_id, table_id, base_seq, change, f"row {at + 1} inserted")


def delete_row(document_id: str, table_id: int, base_seq: int, at: int) -> Content:
    """Delete the row at index `at`. Raises as `change` does."""

    def change(content: Content) -> Content:
        header = content.header_row
        if header is not None and at <= header:
            header = None if at == header else header - 1
        parts = grid.parts_without_rows(content.parts, [at])
        rows = grid.without_row(content.rows, at)
        return replace(content, rows=rows, header_row=header, parts=parts)

    return _change(document_id, table_id, base_seq, change, f"row {at + 1} deleted")


def insert_column(document_id: str, table_id: int, base_seq: int, at: int) -> Content:
    """Insert an empty column before index `at`. Raises as `change` does."""
    return _change(
        document_id,
        table_id,
        base_seq,
        lambda content: replace(content, rows=grid.with_column(content.rows, at)),
        f"column {grid.letter(at)} inserted",
    )


def delete_column(document_id: str, table_id: int, base_seq: int, at: int) -> Content:
    """Delete the column at index `at`. Raises as `change` does."""
    return _change(
        document_id,
        table_id,
        base_seq,
        lambda content: replace(content, rows=grid.without_column(content.rows, at)),
        f"column {grid.letter(at)} deleted",
    )


def mark_header(document_id: str, table_id: int, base_seq: int, row: int | None) -> Content:
    """Say which row names the columns; None says that no row does. Raises as `change` does."""
    what = "no header row" if row is None else f"row {row + 1} is the header"
    return _change(
        document_id, table_id, base_seq, lambda content: replace(content, header_row=row), what
    )


def drop_table(document_id: str, table_id: int, base_seq: int) -> Content:
    """Leave a table out of the export. Raises as `change` does."""
    return _change(
        document_id,
        table_id,
        base_seq,
        lambda content: replace(content, dropped=True),
        "table dropped",
    )


def restore_table(document_id: str, table_id: int, base_seq: int) -> Content:
    """Take a dropped table back in. Raises as `change` does."""
    return _change(
        document_id,
        table_id,
        base_seq,
        lambda content: replace(content, dropped=False),
        "table restored",
    )


def reset_table(document_id: str, table_id: int, base_seq: int) -> Content:
    """Go back to what was read. Raises as `change` does."""
    with _editing(document_id, table_id) as (session, table):
        if table.content.seq != base_seq:
            raise EditConflictError()
        return _save(session, document_id, table, table.read, "reset to what was read")


def _change(
    document_id: str, table_id: int, base_seq: int, change: Change, summary: str
) -> Content:
    """Change a table's shape or marks.

    Raises:
        EditConflictError: another window has changed the table since.
        NotFoundError, LockedError, WrongStateError, StorageError
    """
    with _editing(document_id, table_id) as (session, table):
        if table.content.seq != base_seq:
            raise EditConflictError()
        return _save(session, document_id, table, change(table.content), summary)


@contextmanager
def _editing(document_id: str, table_id: int) -> Iterator[tuple[Session, StoredTable]]:
    store = get_store()
    with store.writing() as session:
        # Before anything is read: PostgreSQL shows what was there before another window's commit.
        revisions.lock_for_edit(session, document_id)
        yield session, load_table(session, store.vault, document_id, table_id)
    if session.info.get(EDITED):  # and committed, by now
        log.info("table edited", document=document_id)


def _save(
    session: Session, document_id: str, table: StoredTable, content: Content, summary: str | None
) -> Content:
    if content.as_stored() == table.content.as_stored():
        return table.content
    what = summary or grid.describe(table.content.rows, content.rows)
    seq = revisions.save_edit(
        session,
        get_store().vault,
        document_id,
        table.id,
        get_settings().reviewer,
        f"{table.place} · {what}",
        content.as_stored(),
    )
    session.info[EDITED] = True
    return replace(content, seq=seq)


def _content_at(session: Session, document_id: str, table: StoredTable, seq: int) -> Content:
    if seq == 0:
        return table.read
    try:
        stored = revisions.content_at(session, get_store().vault, document_id, table.id, seq)
    except NotFoundError:
        raise EditConflictError() from None
    return table.read.changed_to(stored)
