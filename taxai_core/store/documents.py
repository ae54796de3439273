"""Documents and the states they go through; each function is one transaction.

`queued → extracting → review → approved`, or `failed` with a code, or `cancelled` by a person.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import CursorResult, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from ..errors import CONTRACT_CODES, NotFoundError, TaxAIError, WrongStateError
from .database import Store
from .papers import PAPER, Paper, open_paper
from .records import RecordSummary, summary
from .revisions import log_event
from .rows import DocumentRow

WAITING = ("queued", "extracting")
READ = ("review", "approved")
SYSTEM = "TaxAI"


@dataclass(frozen=True)
class Document:
    """What the lists show of one document, and of each paper in it."""

    id: str
    name: str
    size_bytes: int
    state: str
    run: int
    lost_runs: int
    pages_total: int | None
    pages_done: int
    error_code: str | None
    error_message: str | None
    document_type: str
    type_confidence: float
    created_at: datetime
    queued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    records: tuple[RecordSummary, ...] = ()

    @property
    def seconds(self) -> float | None:
        """How long it has been, or was, read; None before that."""
        if self.started_at is None:
            return None
        return ((self.finished_at or now()) - self.started_at).total_seconds()

    @property
    def job_id(self) -> str:
        """The id of the job that reads it: a new one for each run."""
        return f"{self.id}-{self.run}"


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def add(store: Store, name: str, data: bytes, password: str | None, by: str) -> tuple[str, bool]:
    """Take in a paper and return its id and whether it is new; equal bytes are one document.

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


def claim(store: Store, document_id: str, run: int) -> Paper | None:
    """Begin a run; None where it is superseded, cancelled, deleted or done already.

    Raises:
        DamagedError: the paper's file is gone or was changed.
    """
    with store.writing() as session:
        row = session.get(DocumentRow, document_id, with_for_update=True)
        if row is None or row.run != run or row.state != "queued":
            return None
        row.state, row.started_at, row.finished_at = "extracting", now(), None
        row.pages_done, row.pages_total = 0, None
    return open_paper(store, document_id)


def progress(store: Store, document_id: str, run: int, done: int, total: int) -> bool:
    """Note how far a run is; False where it is no longer wanted."""
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
    store: Store, document_id: str, *, by: str, password: str | None = None, lost: bool = False
) -> Document:
    """Ask for a new run of a document that failed, was cancelled, or lost its worker (`lost`).

    Raises:
        NotFoundError, WrongStateError
    """
    allowed = WAITING if lost else ("failed", "cancelled")
    with store.writing() as session:
        row = _get(session, document_id)
        if row.state not in allowed:
            raise WrongStateError("retry", row.state)
        row.state, row.queued_at, row.started_at, row.finished_at = "queued", now(), None, None
        row.error_code = row.error_message = None
        row.run += 1
        row.lost_runs = row.lost_runs + 1 if lost else 0
        if password:
            row.password_sealed = _sealed_password(store, document_id, password)
        what = "queued again: its worker was lost" if lost else "queued again"
        log_event(session, store.vault, document_id, by, what)
        return _view(store, row)


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
        return _view(store, row)


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


def tidy_blobs(store: Store, document_id: str) -> None:
    """Remove the pictures of runs that came to nothing, and all that is left of a deleted one."""
    try:
        document = get(store, document_id)
    except NotFoundError:
        store.blobs.delete(document_id)
        return
    if document.state not in WAITING:
        kept = run_folder(document.run) if document.state in READ else None
        store.blobs.delete_folders(document_id, but=kept)


def run_folder(run: int) -> str:
    """Where the blobs of one run lie."""
    return f"run{run}"


def listing(store: Store) -> list[Document]:
    """All documents, newest first."""
    with store.reading() as session:
        rows = session.scalars(
            select(DocumentRow)
            .options(selectinload(DocumentRow.records))
            .order_by(DocumentRow.created_at.desc(), DocumentRow.id)
        )
        return [_view(store, row) for row in rows]


def waiting(store: Store) -> list[Document]:
    """Documents that need work, those that wait longest first."""
    with store.reading() as session:
        rows = session.scalars(
            select(DocumentRow)
            .options(selectinload(DocumentRow.records))
            .where(DocumentRow.state.in_(WAITING))
            .order_by(DocumentRow.queued_at, DocumentRow.id)
        )
        return [_view(store, row) for row in rows]


def get(store: Store, document_id: str) -> Document:
    """One document.

    Raises:
        NotFoundError
    """
    with store.reading() as session:
        return _view(store, _get(session, document_id))


def _move(
    store: Store, document_id: str, before: str, after: str, verb: str, done: str, by: str
) -> None:
    with store.writing() as session:
        row = _get(session, document_id)
        if row.state != before:
            raise WrongStateError(verb, row.state)
        row.state = after
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


def _view(store: Store, row: DocumentRow) -> Document:
    plain = Document.__dataclass_fields__.keys() - {"name", "records"}
    return Document(
        name=store.vault.open(row.name_sealed, f"{row.id}/name").decode(),
        records=tuple(summary(store.vault, record) for record in row.records),
        **{name: getattr(row, name) for name in plain},
    )
