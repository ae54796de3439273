"""Having a page, or an area drawn on it, read again."""

import contextlib

import structlog

from ..errors import QueueDownError
from ..jobs import kinds
from ..jobs.queue import enqueue, stop
from ..jobs.workplace import get_redis, get_store
from ..settings import get_settings
from ..store import rereads
from ..store.rereads import Reread as Reread  # for annotations elsewhere
from ..store.rereads import Wish as Wish
from .intake import ANSWER_WITHIN_S

log = structlog.get_logger()


def read_again(document_id: str, wish: Wish) -> Reread:
    """Ask for what `wish` says; a worker does it before it reads the next document.

    Raises:
        NotFoundError, LockedError, WrongStateError, StorageError
    """
    asked = rereads.ask(get_store(), document_id, wish, get_settings().reviewer)
    log.info("page to be read again", document=document_id, job=asked.id, page=wish.page)
    # The row is the truth: where the queue is away, the keeper queues it when it is back.
    with contextlib.suppress(QueueDownError):
        enqueue(get_redis(answer_within_s=ANSWER_WITHIN_S), kinds.REREAD, asked)
    return asked


def list_rereads(document_id: str) -> list[Reread]:
    """What was asked to be read again of a document, oldest first. Raises StorageError."""
    return rereads.of_document(get_store(), document_id)


def withdraw_reread(reread_id: str) -> None:
    """Stop reading again what was asked for, or put away what is told of it.

    Raises:
        StorageError
    """
    withdrawn = rereads.withdraw(get_store(), reread_id)
    if withdrawn and withdrawn.is_unfinished:
        log.info("reading again withdrawn", document=withdrawn.document_id, job=reread_id)
        with contextlib.suppress(QueueDownError):
            stop(get_redis(answer_within_s=ANSWER_WITHIN_S), withdrawn.job_id)
