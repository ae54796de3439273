"""Wishes to have a page, or an area of it, read again, and the states they go through.

`queued → reading → done`, or `failed` with a sentence. A wish withdrawn is a row deleted.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import select

from ..errors import NotFoundError, TaxAIError
from ..models import Box, Method, Table
from .database import Store
from .document import now
from .papers import Paper, open_paper
from .placing import area_of, place_tables
from .readings import load_table
from .revisions import last_seq, lock_for_edit
from .rows import PageRow, RereadRow

UNFINISHED = ("queued", "reading")


@dataclass(frozen=True)
class Wish:
    """What to read again, how, and what becomes of it.

    `method` None is the one that suits the page best; `area` None is the whole page. `table_id` is
    the table to be replaced; without it those of the page are, or none where `beside` is set.
    """

    page: int
    method: Method | None = None
    area: Box | None = None
    table_id: int | None = None
    beside: bool = False


@dataclass(frozen=True)
class Reread:
    """One wish and how far it is. `table_ids` are the tables that came of it."""

    id: str
    document_id: str
    wish: Wish
    asked_by: str
    asked_at: datetime
    state: str
    run: int
    lost_runs: int
    started_at: datetime | None
    error_message: str | None
    table_ids: tuple[int, ...]
    replaced_an_edit: bool

    @property
    def job_id(self) -> str:
        """The id of the job that does it: a new one for each run."""
        return f"{self.id}-{self.run}"

    @property
    def is_unfinished(self) -> bool:
        """Is there still something to wait for?"""
        return self.state in UNFINISHED


def ask(store: Store, document_id: str, wish: Wish, by: str) -> Reread:
    """Note what a person wants to have read again.

    Raises:
        NotFoundError: the document, page or table is gone.
        LockedError, WrongStateError
    """
    with store.writing() as session:
        lock_for_edit(session, document_id)
        if session.get(PageRow, (document_id, wish.page)) is None:
            raise NotFoundError()
        if wish.table_id is not None:
            load_table(session, store.vault, document_id, wish.table_id)
        row = RereadRow(
            id=uuid.uuid4().hex,
            document_id=document_id,
            page=wish.page,
            method=wish.method,
            area=wish.area and wish.area.as_list(),
            table_id=wish.table_id,
            beside=wish.beside,
            seen_seq=last_seq(session, document_id),
            asked_by=by,
            asked_at=now(),
            state="queued",
        )
        session.add(row)
        session.flush()
        return _view(row)


def claim(store: Store, reread_id: str, run: int) -> tuple[Wish, Paper] | None:
    """Begin a run; None where it is superseded, withdrawn or done already.

    Raises:
        DamagedError: the paper's file is gone or was changed.
    """
    with store.writing() as session:
        row = session.get(RereadRow, reread_id, with_for_update=True)
        if row is None or row.run != run or row.state != "queued":
            return None
        row.state, row.started_at = "reading", now()
        wish, document_id = _wish(row), row.document_id
    return wish, open_paper(store, document_id)


def finish(store: Store, reread_id: str, run: int, tables: list[Table]) -> bool:
    """Put what was found where it was wanted; False where the run is superseded.

    Raises:
        NotFoundError, LockedError, WrongStateError: the document was deleted or approved, or the
            table to be replaced was taken back, meanwhile.
    """
    with store.writing() as session:
        row = session.get(RereadRow, reread_id)
        if row is None:
            return False
        # The document first, as everybody does who edits, or two of them could wait for each other.
        lock_for_edit(session, row.document_id)
        session.refresh(row, with_for_update=True)
        if row.run != run or row.state != "reading":
            return False
        placed = place_tables(session, store.vault, row, tables)
        row.state, row.finished_at = "done", now()
        row.result_ids, row.replaced_an_edit = placed.table_ids, placed.replaced_an_edit
    return True


def fail(store: Store, reread_id: str, run: int, error: TaxAIError) -> bool:
    """End a run with the error's sentence; False where it is superseded."""
    with store.writing() as session:
        row = session.get(RereadRow, reread_id, with_for_update=True)
        if row is None or row.run != run or row.state not in UNFINISHED:
            return False
        row.state, row.finished_at = "failed", now()
        row.error_code, row.error_message = error.code, str(error)
    return True


def queue_again(
    store: Store, reread_id: str, run: int | None = None, *, lost: bool = True
) -> Reread:
    """Ask for a new run of a wish whose worker was lost, or told to stop.

    Args:
        run: the one that was lost; None for the present one.

    Raises:
        NotFoundError: it was withdrawn or is done, or that run is not the present one.
    """
    with store.writing() as session:
        row = session.get(RereadRow, reread_id, with_for_update=True)
        if row is None or row.state not in UNFINISHED or run not in (None, row.run):
            raise NotFoundError()
        row.state, row.started_at = "queued", None
        row.run, row.lost_runs = row.run + 1, row.lost_runs + lost
        return _view(row)


def document_of(store: Store, reread_id: str) -> str | None:
    """The document that a wish is about; None where it was withdrawn."""
    with store.reading() as session:
        row = session.get(RereadRow, reread_id)
        return row.document_id if row else None


def withdraw(store: Store, reread_id: str) -> Reread | None:
    """Stop wanting it, or stop being told of it; None where it is gone already."""
    with store.writing() as session:
        row = session.get(RereadRow, reread_id, with_for_update=True)
        if row is None:
            return None
        withdrawn = _view(row)
        session.delete(row)
        return withdrawn


def waiting(store: Store) -> list[Reread]:
    """Those that need work, the ones that wait longest first."""
    with store.reading() as session:
        found = session.scalars(
            select(RereadRow)
            .where(RereadRow.state.in_(UNFINISHED))
            .order_by(RereadRow.asked_at, RereadRow.id)
        )
        return [_view(row) for row in found]


def of_document(store: Store, document_id: str) -> list[Reread]:
    """All of one document, in the order they were asked for."""
    with store.reading() as session:
        found = session.scalars(
            select(RereadRow)
            .where(RereadRow.document_id == document_id)
            .order_by(RereadRow.asked_at, RereadRow.id)
        )
        return [_view(row) for row in found]


def _wish(row: RereadRow) -> Wish:
    return Wish(row.page, cast(Method | None, row.method), area_of(row), row.table_id, row.beside)


def _view(row: RereadRow) -> Reread:
    return Reread(
        id=row.id,
        document_id=row.document_id,
        wish=_wish(row),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        state=row.state,
        run=row.run,
        lost_runs=row.lost_runs,
        started_at=row.started_at,
        error_message=row.error_message,
        table_ids=tuple(row.result_ids or ()),
        replaced_an_edit=row.replaced_an_edit,
    )
