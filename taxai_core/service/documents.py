"""What a person can ask of a document as a whole."""

import contextlib
from dataclasses import dataclass

import structlog

from ..errors import NotFoundError, QueueDownError, TaxAIError
from ..jobs.kinds import DOCUMENT
from ..jobs.queue import stop
from ..jobs.sums import Tally
from ..jobs.workplace import get_redis, get_store
from ..papers import present_reading
from ..settings import get_settings
from ..store import documents, readings, rereads, revisions
from ..store.document import Document
from ..store.readings import StoredReading
from ..store.revisions import Revision
from .intake import ANSWER_WITHIN_S

log = structlog.get_logger()


@dataclass(frozen=True)
class OpenDocument:
    """All that the review shows of one document."""

    document: Document
    reading: StoredReading
    history: list[Revision]

    @property
    def can_undo(self) -> bool:
        """Is there an edit in force?"""
        return any(line.is_edit and line.status == "live" for line in self.history)

    @property
    def can_redo(self) -> bool:
        """Is there an edit that was undone and not written over?"""
        return any(line.status == "undone" for line in self.history)


def list_documents() -> list[Document]:
    """All documents, newest first. Raises StorageError."""
    return documents.listing(get_store())


def open_document(document_id: str) -> OpenDocument:
    """Load one document for the review.

    Raises:
        NotFoundError, StorageError
    """
    store = get_store()
    return OpenDocument(
        documents.get(store, document_id),
        present_reading(readings.load(store, document_id)),
        revisions.history(store, document_id),
    )


def page_picture(document: Document, page: int) -> bytes | None:
    """The picture of a page as WebP; None for a page that could not be drawn."""
    try:
        return get_store().blobs.get(document.id, readings.picture_name(document.run, page))
    except TaxAIError:
        return None


def cancel(document_id: str) -> None:
    """Stop reading a document, or take it out of the queue.

    Raises:
        NotFoundError, WrongStateError, StorageError
    """
    document = documents.cancel(get_store(), document_id, get_settings().reviewer)
    Tally().ended(DOCUMENT.name, "cancelled").write()
    log.info("document cancelled", document=document_id, run=document.run)
    _stop(document.job_id)


def approve(document_id: str) -> None:
    """Lock a reviewed document. Raises NotFoundError, WrongStateError, StorageError."""
    ask = documents.get(get_store(), document_id).ask
    documents.approve(get_store(), document_id, get_settings().reviewer)
    log.info("document approved", document=document_id)
    if ask and ask.is_unfinished:
        _stop(ask.job_id)


def reopen(document_id: str) -> None:
    """Unlock an approved document. Raises NotFoundError, WrongStateError, StorageError."""
    documents.reopen(get_store(), document_id, get_settings().reviewer)
    log.info("document re-opened", document=document_id)


def delete(document_id: str) -> None:
    """Remove a document with all that was made of it, in the queue and on the disk as well.

    Raises:
        StorageError
    """
    store = get_store()
    try:
        document = documents.get(store, document_id)
    except NotFoundError:
        return
    asked = [one.job_id for one in rereads.of_document(store, document_id) if one.is_unfinished]
    if document.ask and document.ask.is_unfinished:
        asked.append(document.ask.job_id)
    _stop(document.job_id, *asked)
    documents.delete(store, document_id)
    log.info("document deleted", document=document_id)


def _stop(*job_ids: str) -> None:
    # Without the queue nothing is lost: the run's row is gone or cancelled, so its result is
    # refused, and the keeper removes what it may still write.
    with contextlib.suppress(QueueDownError):
        redis = get_redis(answer_within_s=ANSWER_WITHIN_S)
        for job_id in job_ids:
            stop(redis, job_id)
