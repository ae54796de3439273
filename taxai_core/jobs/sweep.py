"""Finding work that nobody does any more, and blobs that belong to nobody."""

import contextlib
import logging

from redis import Redis

from ..errors import NotFoundError, TaxAIError, WrongStateError
from ..store import documents
from ..store.database import Store
from ..store.documents import SYSTEM, Document
from .queue import enqueue, has_lease, waiting_ids

log = logging.getLogger(__name__)

# A paper that takes its worker with it is not tried for ever.
MOST_LOST_RUNS = 2


class Sweeper:
    """Queues again every waiting document without live work.

    A row that is `queued` without a job gets its job (Redis lost it, or was away when the paper
    came in). One that is `extracting` without a lease lost its worker and gets a new run.
    """

    def __init__(self, store: Store, redis: Redis, timeout_s: int) -> None:
        self._store, self._redis, self._timeout_s = store, redis, timeout_s
        # Between a job's pop and its lease it stands nowhere for some milliseconds, so only
        # what two sweeps in a row found alone is taken for lost.
        self._suspects: set[str] = set()

    def sweep(self) -> list[str]:
        """Look once; return the ids of the documents queued again."""
        in_queue = set(waiting_ids(self._redis))
        alone = [
            document
            for document in documents.waiting(self._store)
            if not (document.state == "queued" and document.job_id in in_queue)
            and not has_lease(self._redis, document.job_id)
        ]
        lost = [document for document in alone if document.job_id in self._suspects]
        self._suspects = {document.job_id for document in alone}
        for document in lost:
            # It may have been deleted or finished while we looked.
            with contextlib.suppress(NotFoundError, WrongStateError):
                self._revive(document)
        return [document.id for document in lost]

    def _revive(self, document: Document) -> None:
        if document.state == "queued":
            enqueue(self._redis, document, self._timeout_s)
        elif document.lost_runs >= MOST_LOST_RUNS:
            documents.fail(self._store, document.id, document.run, TaxAIError())
        else:
            again = documents.queue_again(self._store, document.id, by=SYSTEM, lost=True)
            enqueue(self._redis, again, self._timeout_s)
        log.info("revived %s, which was %s", document.job_id, document.state)


def remove_orphan_blobs(store: Store) -> int:
    """Remove blobs whose document is gone, such as a page written while it was deleted."""
    on_disk = set(store.blobs.document_ids())  # before the rows: a paper comes in blob first
    known = {document.id for document in documents.listing(store)}
    orphans = {id_ for id_ in on_disk - known if store.blobs.is_settled(id_)}
    for document_id in orphans:
        store.blobs.delete(document_id)
    return len(orphans)
