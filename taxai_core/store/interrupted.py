"""Readings that end before their last page: the document is queued again and loses nothing."""

from ..errors import NotFoundError, WrongStateError
from .database import Store
from .document import SYSTEM, WAITING, Document, view
from .documents import begin_again
from .revisions import log_event
from .rows import DocumentRow


def hand_back(store: Store, document_id: str, *, lost: bool) -> Document:
    """Ask for a new run of a document whose worker was lost, or told to stop.

    Raises:
        NotFoundError, WrongStateError
    """
    with store.writing() as session:
        row = session.get(DocumentRow, document_id, with_for_update=True)
        if row is None:
            raise NotFoundError()
        if row.state not in WAITING:
            raise WrongStateError("read", row.state)
        if lost:
            row.lost_runs, row.lost_at = row.lost_runs + 1, row.pages_done
        begin_again(row)
        why = "its worker was lost" if lost else "its worker was told to stop"
        log_event(session, store.vault, document_id, SYSTEM, f"queued again: {why}")
        return view(store, row)


def give_way(store: Store, document_id: str, run: int, after_s: float) -> Document | None:
    """End a run between two pages for what waits; the next one goes on behind them.

    None where the run is no longer wanted.

    Args:
        after_s: for how long it was read; so much later it stands in line.
    """
    with store.writing() as session:
        row = session.get(DocumentRow, document_id, with_for_update=True)
        if row is None or row.run != run or row.state != "extracting":
            return None
        queued_at, row.behind_s = row.queued_at, row.behind_s + after_s
        begin_again(row)
        row.queued_at = queued_at
        return view(store, row)
