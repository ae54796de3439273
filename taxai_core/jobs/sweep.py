"""Finding work that nobody does any more, and blobs that belong to nobody."""

import contextlib
import time

import structlog
from redis import Redis

from ..errors import NotFoundError, WrongStateError
from ..store import documents
from ..store.database import Store
from .deaths import set_aside
from .kinds import ASK, DOCUMENT, REREAD, Kind, W, is_lost_too_often
from .queue import asking_ids, bury, enqueue, has_lease, slot_holders, waiting_ids
from .sums import Tally

log = structlog.get_logger()


# So many are queued again at a look, which must not outlast the keeper's lease.
MOST_AT_ONCE = 300
# What stands nowhere for so long is lost. Between a job's pop and its lease it stands nowhere for
# some milliseconds, and after Redis was away until its worker has heard of that: 2 s at most.
LOST_AFTER_S = 5.0


class Sweeper:
    """Queues again all that waits without live work: documents, pages to read again, questions.

    A row that is `queued` without a job gets its job (Redis lost it, or was away when it was asked
    for). One in the hands of a worker without a lease lost that worker and gets a new run.
    """

    def __init__(self, store: Store, redis: Redis, lost_after_s: float = LOST_AFTER_S) -> None:
        self._store, self._redis, self._lost_after_s = store, redis, lost_after_s
        # Since when each has been found alone, at each look.
        self._alone_since: dict[str, float] = {}

    def sweep(self) -> list[str]:
        """Look once; return the ids of the rows queued again."""
        try:
            in_queue = {*waiting_ids(self._redis), *asking_ids(self._redis)}
            alone: dict[str, float] = {}
            self._free_slots(in_queue, alone)
            swept = [
                *self._sweep(DOCUMENT, in_queue, alone),
                *self._sweep(REREAD, in_queue, alone),
                *self._sweep(ASK, in_queue, alone),
            ]
        except Exception:
            self._alone_since = {}  # while nobody looks, anything may be taken up
            raise
        self._alone_since = alone
        return swept

    def _sweep(self, kind: Kind[W], in_queue: set[str], alone: dict[str, float]) -> list[str]:
        now = time.monotonic()
        swept: list[str] = []
        for work in kind.waiting(self._store):
            if work.state == "queued" and work.job_id in in_queue:
                continue
            if has_lease(self._redis, work.job_id):
                continue
            since = self._alone_since.get(work.job_id, now)
            is_new = work.job_id not in self._alone_since
            if is_new or now - since < self._lost_after_s or len(swept) >= MOST_AT_ONCE:
                alone[work.job_id] = since
                continue
            # It may have been deleted or finished while we looked.
            with contextlib.suppress(NotFoundError, WrongStateError):
                self._revive(kind, work)
            swept.append(work.id)
        return swept

    def _free_slots(self, in_queue: set[str], alone: dict[str, float]) -> None:
        """Take back the slots of jobs that nobody has and no row wants any more."""
        now = time.monotonic()
        for job_id in slot_holders(self._redis):
            if job_id in in_queue or has_lease(self._redis, job_id):
                continue
            slot = f"slot of {job_id}"
            since = self._alone_since.get(slot, now)
            if slot in self._alone_since and now - since >= self._lost_after_s:
                bury(self._redis, job_id)
            else:
                alone[slot] = since

    def _revive(self, kind: Kind[W], work: W) -> None:
        bury(self._redis, work.job_id)
        if work.state == "queued":
            enqueue(self._redis, kind, work)
        elif is_lost_too_often(work):
            set_aside(kind, work)
        else:
            enqueue(self._redis, kind, kind.again(self._store, work.id, work.run, True))
            Tally().lost(kind.name).write()
        log.warning("work was lost", job=work.job_id, state=work.state, lost_runs=work.lost_runs)


def remove_orphan_blobs(store: Store) -> int:
    """Remove blobs whose document is gone, such as a page written while it was deleted."""
    on_disk = set(store.blobs.document_ids())  # before the rows: a paper comes in blob first
    known = {document.id for document in documents.listing(store)}
    orphans = {id_ for id_ in on_disk - known if store.blobs.is_settled(id_)}
    for document_id in orphans:
        store.blobs.delete(document_id)
    return len(orphans)
