"""Finding work that nobody does any more, and blobs that belong to nobody."""

import contextlib
import logging

from redis import Redis

from ..errors import NotFoundError, TaxAIError, WrongStateError
from ..store import documents
from ..store.database import Store
from .kinds import ASK, DOCUMENT, REREAD, Kind, W
from .queue import asking_ids, bury, enqueue, has_lease, waiting_ids

log = logging.getLogger(__name__)

# A paper that has taken two workers with it is not tried again by itself.
MOST_LOST_RUNS = 1


class Sweeper:
    """Queues again all that waits without live work: documents, pages to read again, questions.

    A row that is `queued` without a job gets its job (Redis lost it, or was away when it was asked
    for). One in the hands of a worker without a lease lost that worker and gets a new run.
    """

    def __init__(self, store: Store, redis: Redis) -> None:
        self._store, self._redis = store, redis
        # Between a job's pop and its lease it stands nowhere for some milliseconds, so only
        # what two sweeps in a row found alone is taken for lost.
        self._suspects: set[str] = set()

    def sweep(self) -> list[str]:
        """Look once; return the ids of the rows queued again."""
        in_queue = {*waiting_ids(self._redis), *asking_ids(self._redis)}
        suspects: set[str] = set()
        swept = [
            *self._sweep(DOCUMENT, in_queue, suspects),
            *self._sweep(REREAD, in_queue, suspects),
            *self._sweep(ASK, in_queue, suspects),
        ]
        self._suspects = suspects
        return swept

    def _sweep(self, kind: Kind[W], in_queue: set[str], suspects: set[str]) -> list[str]:
        alone = [
            work
            for work in kind.waiting(self._store)
            if not (work.state == "queued" and work.job_id in in_queue)
            and not has_lease(self._redis, work.job_id)
        ]
        suspects.update(work.job_id for work in alone)
        lost = [work for work in alone if work.job_id in self._suspects]
        for work in lost:
            # It may have been deleted or finished while we looked.
            with contextlib.suppress(NotFoundError, WrongStateError):
                self._revive(kind, work)
        return [work.id for work in lost]

    def _revive(self, kind: Kind[W], work: W) -> None:
        bury(self._redis, work.job_id)
        if work.state == "queued":
            enqueue(self._redis, kind, work)
        elif work.lost_runs >= MOST_LOST_RUNS:
            kind.fail(self._store, work.id, work.run, TaxAIError())
        else:
            enqueue(self._redis, kind, kind.again(self._store, work.id, True))
        log.info("revived %s, which was %s", work.job_id, work.state)


def remove_orphan_blobs(store: Store) -> int:
    """Remove blobs whose document is gone, such as a page written while it was deleted."""
    on_disk = set(store.blobs.document_ids())  # before the rows: a paper comes in blob first
    known = {document.id for document in documents.listing(store)}
    orphans = {id_ for id_ in on_disk - known if store.blobs.is_settled(id_)}
    for document_id in orphans:
        store.blobs.delete(document_id)
    return len(orphans)
