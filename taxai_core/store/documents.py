"""Documents and the states they go through; each function is one transaction.

`queued → extracting → review → approved`, or `failed` with a code, or `cancelled` by a person.
"""

import uuid
from dataclasses import dataclass

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from ..errors import CONTRACT_CODES, NotFoundError, OutOfMemoryError, TaxAIError, WrongStateError
from . import asks
from .database import Store
from .document import SYSTEM, WAITING, Document, now, view
from .papers import PAPER, Paper, open_paper
from .revisions import log_event
from .rows import DocumentRow


def add(
    store: Store,
    name: str,
    data: bytes,
    password: str | None,
    by: str,
    *,
    behind_s: float = 0.0,
) -> tuple[str, bool]:
    """Take in a paper and return its id and whether it is new; equal bytes are one document.

    Args:
        behind_s: how far behind its arrival it stands in line.

    Raises:
        StorageError: nothing of it stays behind.
    """
    fingerprint = store.vault.fingerprint(data)
    with store.reading() as session:
        if known := _id_of(session, fingerprint):
            return known, False
    document_id = uuid.uuid4().hex
    try:
        store.blobs.put(document_id, PAPER, data)
        with store.writing() as session:
            row = DocumentRow(
                id=document_id,
                fingerprint=fingerprint,
                name_sealed=store.vault.seal(name.encode(), f"{document_id}/name"),
                password_sealed=_sealed_password(store, document_id, password),
                size_bytes=len(data),
                state="queued",
                created_at=now(),
                queued_at=now(),
                behind_s=behind_s,
            )
            session.add(row)
            session.flush()
            log_event(session, store.vault, document_id, by, "added")
    except BaseException as error:
        store.blobs.delete(document_id)
        if not isinstance(error, IntegrityError):
            raise
        with store.reading() as session:  # the same file came in by another way just now
            if known := _id_of(session, fingerprint):
                return known, False
        raise
    return document_id, True


# What a list shows of a document; a reading may have megabytes.
LISTED = (
    selectinload(DocumentRow.records),
    joinedload(DocumentRow.ask),
    defer(DocumentRow.reading_sealed),
    defer(DocumentRow.answers_sealed),
)


@dataclass(frozen=True)
class Claimed:
    """A run that has begun."""

    paper: Paper
    document: Document


def claim(store: Store, document_id: str, run: int) -> Claimed | None:
    """Begin a run; None where it is superseded, cancelled, deleted or done already.

    Raises:
        DamagedError: the paper's file is gone or was changed.
    """
    with store.writing() as session:
        row = session.get(DocumentRow, document_id, with_for_update=True)
        if row is None or row.run != run or row.state != "queued":
            return None
        row.state, row.started_at, row.finished_at = "extracting", now(), None
        document = view(store, row)
    return Claimed(open_paper(store, document_id), document)


def progress(store: Store, document_id: str, run: int, done: int, total: int | None) -> bool:
    """Note how far a run is, with the number of pages where it is known.

    False where the run is no longer wanted.
    """
    with store.writing() as session:
        result = session.execute(
            update(DocumentRow)
            .where(DocumentRow.id == document_id, DocumentRow.run == run)
            .where(DocumentRow.state.in_(WAITING))
            .values(pages_done=done, pages_total=total)
        )
        return isinstance(result, CursorResult) and result.rowcount == 1


def fail(store: Store, document_id: str, run: int, error: TaxAIError) -> bool:
    """End a run with the error's sentence; False where the run is superseded.

    Its code is one of the contract's: what is none of a document's own faults is `internal`.
    """
    with store.writing() as session:
        row = session.get(DocumentRow, document_id, with_for_update=True)
        if row is None or row.run != run or row.state not in WAITING:
            return False
        row.state, row.finished_at = "failed", now()
        code = error.code if error.code in CONTRACT_CODES else TaxAIError.code
        row.error_code, row.error_message = code, str(error)
        log_event(session, store.vault, document_id, SYSTEM, f"failed: {code}")
    return True


def queue_again(
    store: Store,
    document_id: str,
    by: str,
    password: str | None = None,
    *,
    behind_s: float = 0.0,
) -> Document:
    """Ask for a new run of a document that failed or was cancelled.

    Args:
        behind_s: how far behind now it stands in line.

    Raises:
        NotFoundError, WrongStateError
    """
    with store.writing() as session:
        row = _get(session, document_id)
        if row.state not in ("failed", "cancelled"):
            raise WrongStateError("retry", row.state)
        # What needed too much memory once would again.
        row.is_light = row.is_light or row.error_code == OutOfMemoryError.code
        row.lost_runs, row.lost_at = 0, -1
        row.queued_at, row.behind_s, row.read_s = now(), behind_s, 0.0
        if password:
            row.password_sealed = _sealed_password(store, document_id, password)
        begin_again(row)
        log_event(session, store.vault, document_id, by, "queued again")
        return view(store, row)


def cancel(store: Store, document_id: str, by: str) -> Document:
    """Stop wanting the present run.

    Raises:
        NotFoundError, WrongStateError
    """
    with store.writing() as session:
        row = _get(session, document_id)
        if row.state not in WAITING:
            raise WrongStateError("cancel", row.state)
        row.state, row.finished_at = "cancelled", now()
        log_event(session, store.vault, document_id, by, "cancelled")
        return view(store, row)


def approve(store: Store, document_id: str, by: str) -> None:
    """Lock a reviewed document.

    Raises:
        NotFoundError, WrongStateError
    """
    _move(store, document_id, "review", "approved", "approve", "approved", by)


def reopen(store: Store, document_id: str, by: str) -> None:
    """Unlock an approved document.

    Raises:
        NotFoundError, WrongStateError
    """
    _move(store, document_id, "approved", "review", "re-open", "re-opened", by)


def delete(store: Store, document_id: str) -> None:
    """Remove the row, all that hangs on it, and the blobs; no error where it is gone already."""
    with store.writing() as session:
        row = session.get(DocumentRow, document_id)
        if row is not None:
            session.delete(row)
    store.blobs.delete(document_id)


def listing(store: Store) -> list[Document]:
    """All documents, newest first."""
    with store.reading() as session:
        rows = session.scalars(
            select(DocumentRow)
            .options(*LISTED)
            .order_by(DocumentRow.created_at.desc(), DocumentRow.id)
        )
        return [view(store, row) for row in rows]


def count_waiting(store: Store) -> int:
    """How many documents wait to be read."""
    with store.reading() as session:
        wait = select(func.count()).where(DocumentRow.state == "queued")
        return session.scalar(wait) or 0


def waiting(store: Store) -> list[Document]:
    """Documents that need work, those that wait longest first."""
    with store.reading() as session:
        rows = session.scalars(
            select(DocumentRow)
            .options(defer(DocumentRow.reading_sealed), defer(DocumentRow.answers_sealed))
            .where(DocumentRow.state.in_(WAITING))
            .order_by(DocumentRow.queued_at, DocumentRow.id)
        )
        return [view(store, row, with_papers=False) for row in rows]


def get(store: Store, document_id: str) -> Document:
    """One document.

    Raises:
        NotFoundError
    """
    with store.reading() as session:
        return view(store, _get(session, document_id))


def begin_again(row: DocumentRow, *, goes_on: bool = False) -> None:
    """Ask for a new run of a document.

    Args:
        goes_on: what the last run gave up is not tried again; it keeps its place in line.
    """
    row.state, row.started_at, row.finished_at, row.goes_on = "queued", None, None, goes_on
    row.error_code = row.error_message = None
    row.run += 1


def _move(
    store: Store, document_id: str, before: str, after: str, verb: str, done: str, by: str
) -> None:
    with store.writing() as session:
        row = _get(session, document_id)
        if row.state != before:
            raise WrongStateError(verb, row.state)
        row.state = after
        if after == "approved":
            asks.withdraw(session, document_id)
        log_event(session, store.vault, document_id, by, done)


def _get(session: Session, document_id: str) -> DocumentRow:
    row = session.get(DocumentRow, document_id, with_for_update=True)
    if row is None:
        raise NotFoundError()
    return row


def _id_of(session: Session, fingerprint: str) -> str | None:
    return session.scalar(select(DocumentRow.id).where(DocumentRow.fingerprint == fingerprint))


def _sealed_password(store: Store, document_id: str, password: str | None) -> bytes | None:
    return store.vault.seal(password.encode(), f"{document_id}/password") if password else None
