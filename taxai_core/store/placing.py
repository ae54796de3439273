"""Putting what was read again in place of, or beside, what was there: one act, undone at once."""

from dataclasses import dataclass, field, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..models import Box, Table
from .contents import Choice, Content, joined
from .readings import StoredTable, load_table, table_row
from .revisions import current_contents, save_edit
from .rows import RereadRow, TableRow
from .vault import Vault


@dataclass
class Placed:
    """The tables that hold what was found, and whether a version newer than the wish gave way."""

    table_ids: list[int] = field(default_factory=list)
    replaced_an_edit: bool = False


def area_of(wish: RereadRow) -> Box | None:
    """The area that was drawn."""
    return Box(**dict(zip(Box.model_fields, wish.area, strict=True))) if wish.area else None


def place_tables(session: Session, vault: Vault, wish: RereadRow, found: list[Table]) -> Placed:
    """Write found tables as one act, in the caller's transaction; nothing found changes nothing.

    Tables of a page are replaced one after the other from its top; found ones that are left over
    are added, old ones that are left over are dropped. A table that goes on over pages stays.

    Raises:
        NotFoundError, LockedError, WrongStateError
    """
    placed = Placed()
    if not found:
        return placed
    editing = _Act(session, vault, wish)
    old = _replaced(session, vault, wish)
    placed.replaced_an_edit = any(table.content.seq > wish.seen_seq for table in old)
    for table, content in zip(old, editing.contents(found), strict=False):
        placed.table_ids.append(editing.replace(table, content))
    for content in editing.contents(found)[len(old) :]:
        placed.table_ids.append(editing.add(content))
    for table in old[len(found) :]:
        editing.drop(table)
    return placed


def _replaced(session: Session, vault: Vault, wish: RereadRow) -> list[StoredTable]:
    if wish.beside:
        return []
    if wish.table_id is not None:
        table = load_table(session, vault, wish.document_id, wish.table_id)
        return [table] if table.pages == [wish.page] else []  # beside one that goes on over pages
    edited = current_contents(session, vault, wish.document_id)
    rows = session.scalars(
        select(TableRow)
        .where(TableRow.document_id == wish.document_id, TableRow.page == wish.page)
        .order_by(TableRow.number)
    )
    there = [row.id for row in rows if row.id in edited or not row.added]
    tables = [load_table(session, vault, wish.document_id, table_id) for table_id in there]
    return [one for one in tables if one.pages == [wish.page] and not one.content.dropped]


class _Act:
    """The edits that one wish makes; they share the seq of the first."""

    def __init__(self, session: Session, vault: Vault, wish: RereadRow) -> None:
        self._session, self._vault, self._wish = session, vault, wish
        self._seq: int | None = None
        area = area_of(wish)
        self._choice = Choice.model_validate(
            {"method": wish.method, "area": area, "by": wish.asked_by, "at": wish.asked_at}
        )
        self._how = "the area drawn" if area else f"page {wish.page}"

    def contents(self, found: list[Table]) -> list[Content]:
        return [replace(joined([table]), choice=self._choice) for table in found]

    def replace(self, table: StoredTable, content: Content) -> int:
        self._save(table, content, f"read again from {self._how} with {content.method}")
        return table.id

    def drop(self, table: StoredTable) -> None:
        self._save(
            table, replace(table.content, dropped=True), f"dropped: not found on {self._how}"
        )

    def add(self, content: Content) -> int:
        document_id, page = self._wish.document_id, self._wish.page
        last = self._session.scalar(
            select(func.max(TableRow.number)).where(
                TableRow.document_id == document_id, TableRow.page == page
            )
        )
        read = replace(content, choice=None)
        row = table_row(self._vault, document_id, page, (last or 0) + 1, read, added=True)
        self._session.add(row)
        self._session.flush()
        table = StoredTable(row.id, page, row.number, read, content)
        self._save(table, content, f"added: read from {self._how} with {content.method}")
        return row.id

    def _save(self, table: StoredTable, content: Content, what: str) -> None:
        seq = save_edit(
            self._session,
            self._vault,
            self._wish.document_id,
            table.id,
            self._wish.asked_by,
            f"{table.place} · {what}",
            content.as_stored(),
            self._seq,
        )
        self._seq = self._seq or seq
