"""Taking papers in."""

import contextlib
from dataclasses import dataclass

import structlog

from ..errors import (
    EncryptedPdfError,
    QueueDownError,
    TaxAIError,
    TooMuchWaitingError,
    UnsupportedProtectionError,
    WrongPasswordError,
)
from ..jobs import kinds
from ..jobs.queue import enqueue
from ..jobs.workplace import get_redis, get_store
from ..pdf.check import check_bytes
from ..settings import get_settings
from ..store import documents
from ..store.database import Store
from ..store.document import Document

log = structlog.get_logger()

# A page must not wait longer than this for a queue that is away.
ANSWER_WITHIN_S = 2.0
LOCKED = (EncryptedPdfError.code, WrongPasswordError.code)


def wants_password(document: Document) -> bool:
    """Did it fail for want of a password, and not because no password opens it here?"""
    return document.error_code in LOCKED and document.error_message != str(
        UnsupportedProtectionError()
    )


@dataclass(frozen=True)
class Accepted:
    """A paper that is in: its document, and whether it was there before."""

    document: Document
    is_new: bool


def submit(name: str, data: bytes, *, password: str | None = None, place: int = 0) -> Accepted:
    """Check a paper, store it encrypted and queue it. The same bytes twice are one document.

    A paper known already that failed for want of a password is tried again with this one.

    Args:
        place: among the files that came with it, from 0. The first few are read as if they had
            come singly; the others let those that came singly pass.

    Raises:
        EmptyPdfError, NotAPdfError, TooLargeError: refused, nothing is stored.
        TooMuchWaitingError: so is one of many where too many wait already.
        StorageError: nothing of it stays behind.
    """
    settings, store = get_settings(), get_store()
    try:
        check_bytes(data, settings.max_file_mb)
        document_id, is_new = documents.add(
            store, name, data, password, settings.reviewer, behind_s=_behind_s(store, place)
        )
        document = documents.get(store, document_id)
    except TaxAIError as error:
        log.warning("paper refused", code=error.code)
        raise
    log.info("document added" if is_new else "paper known already", document=document_id)
    if is_new:
        _queue(document)
    elif password and wants_password(document):
        document = retry(document_id, password=password)
    return Accepted(document, is_new)


def _behind_s(store: Store, place: int) -> float:
    """How far behind its arrival one of many stands in line. Raises TooMuchWaitingError."""
    if place < kinds.INTERACTIVE:
        return 0.0
    waiting, most = documents.count_waiting(store), get_settings().max_waiting
    if waiting >= most:
        raise TooMuchWaitingError(waiting, most, kinds.INTERACTIVE)
    return _seconds_behind(place)


def _seconds_behind(place: int) -> float:
    return place * kinds.SECONDS_EACH if place >= kinds.INTERACTIVE else 0.0


def retry(document_id: str, *, password: str | None = None, place: int = 0) -> Document:
    """Read a failed or cancelled document again.

    Args:
        place: among those that are tried again with it, from 0; as of `submit`.

    Raises:
        NotFoundError, WrongStateError, StorageError
    """
    by = get_settings().reviewer
    behind_s = _seconds_behind(place)
    document = documents.queue_again(
        get_store(), document_id, by=by, password=password, behind_s=behind_s
    )
    log.info("document queued again", document=document_id, run=document.run)
    _queue(document)
    return document


def _queue(document: Document) -> None:
    # The row is the truth: where the queue is away, the keeper queues it when it is back.
    with contextlib.suppress(QueueDownError):
        redis = get_redis(answer_within_s=ANSWER_WITHIN_S)
        enqueue(redis, kinds.DOCUMENT, document)
