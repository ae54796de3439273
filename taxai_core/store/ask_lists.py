"""Which documents the model is to be asked about, could not be, and was."""

from datetime import datetime

from sqlalchemy import select

from .ask import UNFINISHED, Ask, ask_view
from .database import Store
from .rows import AskRow, DocumentRow

# The code of `NoModelError`: that is a wish of people, and no trouble.
NO_MODEL = "no_model"


def waiting(store: Store) -> list[Ask]:
    """Those that need work: where a person waits first, then the ones that wait longest."""
    return _listed(store, UNFINISHED)


def not_asked(store: Store, limit: int | None = None, since: datetime | None = None) -> list[Ask]:
    """Those of documents in review about which the model was not asked, the oldest first.

    Args:
        since: only those that were put off after that moment, by the server's trouble.
    """
    found = _listed(store, ("not_asked",), limit if since is None else None)
    if since is not None:
        found = [one for one in found if _was_put_off(one, since)]
    return found[:limit]


def lately_done(store: Store, limit: int) -> list[Ask]:
    """The last that were asked about, the latest first."""
    with store.reading() as session:
        rows = session.scalars(
            select(AskRow)
            .where(AskRow.state == "done", AskRow.calls > 0)
            .order_by(AskRow.finished_at.desc())
            .limit(limit)
        )
        return [ask_view(row) for row in rows]


def _was_put_off(ask: Ask, since: datetime) -> bool:
    is_trouble = ask.error_code is not None and ask.error_code != NO_MODEL
    return is_trouble and ask.finished_at is not None and ask.finished_at >= since


def _listed(store: Store, states: tuple[str, ...], limit: int | None = None) -> list[Ask]:
    with store.reading() as session:
        rows = session.scalars(
            select(AskRow)
            .join(DocumentRow, DocumentRow.id == AskRow.document_id)
            .where(AskRow.state.in_(states), DocumentRow.state == "review")
            .order_by(AskRow.is_urgent.desc(), AskRow.asked_at, AskRow.document_id)
            .limit(limit)
        )
        return [ask_view(row) for row in rows]
