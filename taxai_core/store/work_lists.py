"""What waits, is read and has failed: some of each, however many there are."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from .database import Store
from .document import Document, document_name, view
from .documents import LISTED
from .rows import DocumentRow


def counts(store: Store) -> dict[str, int]:
    """How many documents are in each state that any is in."""
    with store.reading() as session:
        found = session.execute(select(DocumentRow.state, func.count()).group_by(DocumentRow.state))
        return {state: number for state, number in found}


def reading_now(store: Store) -> list[Document]:
    """Those that a worker has, the one begun first at the top."""
    return _some(store, "extracting", DocumentRow.started_at, DocumentRow.id)


def first_in_line(store: Store, ids: Sequence[str], limit: int) -> list[Document]:
    """Those of these documents that wait, and the others that wait longest."""
    oldest = select(DocumentRow.id).where(DocumentRow.state == "queued")
    oldest = oldest.order_by(DocumentRow.queued_at, DocumentRow.id).limit(limit)
    among = or_(DocumentRow.id.in_(ids), DocumentRow.id.in_(oldest))
    return _some(store, "queued", DocumentRow.queued_at, DocumentRow.id, among=among)


def oldest_wait(store: Store) -> datetime | None:
    """Since when the document waits that has waited longest; None where none does."""
    with store.reading() as session:
        oldest = select(func.min(DocumentRow.queued_at)).where(DocumentRow.state == "queued")
        return session.scalar(oldest)


def names(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """What those of these documents are called that are still here."""
    row = DocumentRow
    with store.reading() as session:
        found = session.execute(select(row.id, row.name_sealed).where(row.id.in_(list(ids))))
        return {one.id: document_name(store, one.id, one.name_sealed) for one in found}


def lately_failed(store: Store, limit: int) -> list[Document]:
    """Those that failed, the latest first."""
    return _some(store, "failed", DocumentRow.finished_at.desc(), DocumentRow.id, limit=limit)


def _some(
    store: Store,
    state: str,
    *order: ColumnElement[Any] | InstrumentedAttribute[Any],
    among: ColumnElement[bool] | None = None,
    limit: int | None = None,
) -> list[Document]:
    query = select(DocumentRow).where(DocumentRow.state == state).order_by(*order).limit(limit)
    if among is not None:
        query = query.where(among)
    with store.reading() as session:
        return [view(store, row) for row in session.scalars(query.options(*LISTED))]
