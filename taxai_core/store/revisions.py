"""What people did to a document: edits that can be undone, and a history of it all."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ScalarResult, func, select, update
from sqlalchemy.orm import Session

from ..errors import LockedError, NotFoundError, WrongStateError
from .database import Store
from .rows import DocumentRow, RevisionRow
from .vault import Vault

# What an edit is of: the id of a table, or the place of a field (`1/gross_salary`).
Target = int | str


@dataclass(frozen=True)
class Revision:
    """One line of a document's history; an edit names its table or its field."""

    seq: int
    table_id: int | None
    field: str | None
    author: str
    at: datetime
    summary: str
    status: str

    @property
    def is_edit(self) -> bool:
        """Can it be undone? The rest is only told."""
        return self.table_id is not None or self.field is not None


def log_event(session: Session, vault: Vault, document_id: str, author: str, summary: str) -> None:
    """Tell what happened, in the caller's transaction."""
    _append(session, vault, document_id, None, author, summary, None)


def lock_for_edit(session: Session, document_id: str) -> None:
    """Keep others from editing a document until the caller's transaction ends.

    Raises:
        NotFoundError, LockedError, WrongStateError
    """
    row = session.get(DocumentRow, document_id, with_for_update=True)
    if row is None:
        raise NotFoundError()
    if row.state == "approved":
        raise LockedError()
    if row.state != "review":
        raise WrongStateError("edit", row.state)


def save_edit(
    session: Session,
    vault: Vault,
    document_id: str,
    target: Target,
    author: str,
    summary: str,
    content: dict[str, Any],
    act: int | None = None,
) -> int:
    """Make `content` the target's present state, in the caller's transaction; return its seq.

    Edits that were undone before can then no longer be redone; they stay in the history. Who
    reads before, to decide what to save, calls `lock_for_edit` first.

    Args:
        act: the seq of the edit together with which this one is undone and redone.

    Raises:
        NotFoundError, LockedError, WrongStateError
    """
    lock_for_edit(session, document_id)
    session.execute(
        update(RevisionRow)
        .where(RevisionRow.document_id == document_id, RevisionRow.status == "undone")
        .values(status="gone")
    )
    return _append(session, vault, document_id, target, author, summary, content, act)


def last_seq(session: Session, document_id: str) -> int:
    """The seq of what happened last to a document; 0 where nothing has."""
    last = session.scalar(
        select(func.max(RevisionRow.seq)).where(RevisionRow.document_id == document_id)
    )
    return last or 0


def undo(session: Session, vault: Vault, document_id: str) -> Revision | None:
    """Take back the last edit in force, with those of the same act; None where there is none.

    Raises:
        NotFoundError, LockedError, WrongStateError
    """
    return _flip(session, vault, document_id, "live", "undone")


def redo(session: Session, vault: Vault, document_id: str) -> Revision | None:
    """Bring back the edit undone last; None where there is none.

    Raises:
        NotFoundError, LockedError, WrongStateError
    """
    return _flip(session, vault, document_id, "undone", "live")


def current_contents(session: Session, vault: Vault, document_id: str) -> dict[int, dict[str, Any]]:
    """The present content of each edited table, by table id, with the edit's `seq` in it."""
    rows = _in_force(session, document_id)
    return {row.table_id: _content(vault, row) for row in rows if row.table_id is not None}


def current_fields(session: Session, vault: Vault, document_id: str) -> dict[str, dict[str, Any]]:
    """The present content of each edited field, by its place, with the edit's `seq` in it."""
    rows = _in_force(session, document_id)
    return {row.field: _content(vault, row) for row in rows if row.field is not None}


def content_at(
    session: Session, vault: Vault, document_id: str, table_id: int, seq: int
) -> dict[str, Any]:
    """The content that one edit made.

    Raises:
        NotFoundError: there is no such edit.
    """
    row = session.scalar(
        select(RevisionRow).where(
            RevisionRow.document_id == document_id,
            RevisionRow.table_id == table_id,
            RevisionRow.seq == seq,
        )
    )
    if row is None:
        raise NotFoundError()
    return _content(vault, row)


def history(store: Store, document_id: str) -> list[Revision]:
    """All of a document's history, newest first."""
    with store.reading() as session:
        rows = session.scalars(
            select(RevisionRow)
            .where(RevisionRow.document_id == document_id)
            .order_by(RevisionRow.seq.desc())
        )
        return [_view(store.vault, row) for row in rows]


def _in_force(session: Session, document_id: str) -> ScalarResult[RevisionRow]:
    """The last live edit of each table and of each field."""
    newest = (
        select(func.max(RevisionRow.seq))
        .where(RevisionRow.document_id == document_id, RevisionRow.status == "live")
        .where(RevisionRow.content_sealed.is_not(None))
        .group_by(RevisionRow.table_id, RevisionRow.field)
    )
    return session.scalars(
        select(RevisionRow).where(
            RevisionRow.document_id == document_id, RevisionRow.seq.in_(newest)
        )
    )


def _flip(
    session: Session, vault: Vault, document_id: str, before: str, after: str
) -> Revision | None:
    order = RevisionRow.seq.desc() if before == "live" else RevisionRow.seq
    lock_for_edit(session, document_id)
    row = session.scalar(
        select(RevisionRow)
        .where(RevisionRow.document_id == document_id, RevisionRow.status == before)
        .where(RevisionRow.content_sealed.is_not(None))
        .order_by(order)
        .limit(1)
    )
    if row is None:
        return None
    row.status = after
    session.execute(
        update(RevisionRow)
        .where(RevisionRow.document_id == document_id, RevisionRow.act == row.act)
        .where(RevisionRow.status == before)
        .values(status=after)
    )
    return _view(vault, row)


def _append(
    session: Session,
    vault: Vault,
    document_id: str,
    target: Target | None,
    author: str,
    summary: str,
    content: dict[str, Any] | None,
    act: int | None = None,
) -> int:
    seq = last_seq(session, document_id) + 1
    place = f"{document_id}/{seq}"
    session.add(
        RevisionRow(
            document_id=document_id,
            seq=seq,
            act=act or seq,
            table_id=target if isinstance(target, int) else None,
            field=target if isinstance(target, str) else None,
            author=author,
            at=datetime.now(UTC),
            summary_sealed=vault.seal(summary.encode(), f"{place}/summary"),
            content_sealed=None if content is None else vault.seal_json(content, place),
            status="live",
        )
    )
    return seq


def _content(vault: Vault, row: RevisionRow) -> dict[str, Any]:
    assert row.content_sealed is not None
    content = vault.open_json(row.content_sealed, f"{row.document_id}/{row.seq}")
    return {**content, "seq": row.seq}


def _view(vault: Vault, row: RevisionRow) -> Revision:
    summary = vault.open(row.summary_sealed, f"{row.document_id}/{row.seq}/summary").decode()
    return Revision(row.seq, row.table_id, row.field, row.author, row.at, summary, row.status)
