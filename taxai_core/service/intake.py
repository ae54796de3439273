"""Taking papers in."""

import contextlib
from dataclasses import dataclass

from ..errors import (
    EncryptedPdfError,
    QueueDownError,
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
from ..store.document import Document

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
    check_bytes(data, settings.max_file_mb)
    behind_s = 0.0
    if place >= kinds.INTERACTIVE:
        waiting = documents.count_waiting(store)
        if waiting >= settings.max_waiting:
            raise TooMuchWaitingError(waiting, settings.max_waiting, kinds.INTERACTIVE)
        behind_s = place * kinds.SECONDS_EACH
    document_id, is_new = documents.add(
        store, name, data, password, settings.reviewer, behind_s=behind_s
    )
    document = documents.get(store, document_id)
    if is_new:
        _queue(document)
    elif password and wants_password(document):
        document = retry(document_id, password=password)
    return Accepted(document, is_new)


def retry(document_id: str, *, password: str | None = None) -> Document:
    """Read a failed or cancelled document again.

    Raises:
        NotFoundError, WrongStateError, StorageError
    """
    by = get_settings().reviewer
    document = documents.queue_again(get_store(), document_id, by=by, password=password)
    _queue(document)
    return document


def _queue(document: Document) -> None:
    # The row is the truth: where the queue is away, the keeper queues it when it is back.
    with contextlib.suppress(QueueDownError):
        redis = get_redis(answer_within_s=ANSWER_WITHIN_S)
        enqueue(redis, kinds.DOCUMENT, document)
