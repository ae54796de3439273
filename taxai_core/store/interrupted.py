"""Readings that end before their last page: the document is queued again and loses nothing."""

from ..errors import NotFoundError, WrongStateError
from .database import Store
from .document import SYSTEM, WAITING, Document, view
from .documents import begin_again
from .revisions import log_event
from .rows import DocumentRow


def hand_back(store: Store, document_id: str, run: int | None = None, *, lost: bool) -> Document:
    """Ask for a new run of a document whose worker was lost, or told to stop.

    Args:
        run: the one that was lost; None for the present one.

    Raises:
        NotFoundError, WrongStateError: also where that run is not the present one.
    """
    with store.writing() as session:
        row = session.get(DocumentRow, document_id, with_for_update=True)
        if row is None:
            raise NotFoundError()
        if row.state not in WAITING or run not in (None, row.run):
            raise WrongStateError("read", row.state)
        if lost:
            row.lost_runs, row.lost_at = row.lost_runs + 1, row.pages_done
        begin_again(row, goes_on=not lost)
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
        row.behind_s, row.read_s = row.behind_s + after_s, row.read_s + after_s
        begin_again(row, goes_on=True)
        return view(store, row)
