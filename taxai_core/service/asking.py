"""Having the model asked about what the rules left open."""

from collections.abc import Sequence

import structlog

from ..jobs.model import model_options
from ..jobs.offer import queue_ask
from ..jobs.workplace import get_store
from ..settings import get_settings
from ..store import asks, documents
from ..store.ask import Ask as Ask  # for annotations elsewhere
from ..store.document import Document

log = structlog.get_logger()

# What has not come to an answer.
UNHELPED = ("not_asked", "failed")


def can_ask(document: Document) -> bool:
    """Is there something to ask the model about it, and is nobody doing so?"""
    ask = document.ask
    return document.state == "review" and ask is not None and not ask.is_unfinished


def ask_model(document_id: str, *, is_urgent: bool = True) -> Ask:
    """Ask the model about one document, before those that nobody waits for if it is urgent.

    Raises:
        NotFoundError: it was deleted, or the rules left nothing open.
        LockedError, WrongStateError, StorageError
    """
    ask = asks.want(get_store(), document_id, get_settings().reviewer, is_urgent=is_urgent)
    log.info("question queued", document=document_id, run=ask.run)
    queue_ask(document_id)
    return ask


def need_model() -> None:
    """Raises NoModelError where no model is chosen, so that none can be asked; StorageError."""
    model_options(get_store())


def ask_of(document_id: str) -> Ask | None:
    """How far asking about a document is. Raises NotFoundError, StorageError."""
    return documents.get(get_store(), document_id).ask


def documents_to_ask(*, again: bool) -> list[Document]:
    """Those about which the model was not asked or gave no answer; `again`: and all others too.

    The oldest first. Raises StorageError.
    """
    states = (*UNHELPED, "done") if again else UNHELPED
    return [one for one in reversed(documents.listing(get_store())) if is_to_ask(one, states)]


def is_to_ask(document: Document, states: Sequence[str] = UNHELPED) -> bool:
    """Can the model be asked about it, and has that come to one of these states so far?"""
    return can_ask(document) and document.ask is not None and document.ask.state in states
