"""How the database is: whether it answers, takes writes, and is as new as this program."""

import time
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select, text
from sqlalchemy.exc import OperationalError

from .database import open_engine, translated
from .document import WAITING
from .rows import DocumentRow
from .schema import own_revision, stored_revision


@dataclass(frozen=True)
class Condition:
    """`revision` is that of its tables, None where it has none; `newest` that of this program.

    `is_held` says that another program writes and does not come to an end. `ahead_s` is by how
    much this host's clock is ahead of the server's, None where there is no server.
    """

    latency_ms: float
    revision: str | None
    newest: str
    is_held: bool
    ahead_s: float | None


def look_at_database(url: str, patience_s: float) -> Condition:
    """Ask it.

    Raises:
        StorageError: it does not answer.
    """
    engine = open_engine(url, patience_s)
    with translated(), engine.connect() as connection:
        began, at = time.perf_counter(), time.time()
        connection.execute(text("SELECT 1"))
        took_s = time.perf_counter() - began
        ahead_s = None
        if engine.dialect.name == "postgresql":
            ahead_s = at - float(
                connection.scalar(text("SELECT extract(epoch FROM clock_timestamp())"))
            )
        revision = stored_revision(connection)
    return Condition(took_s * 1000, revision, own_revision(), _is_held(engine), ahead_s)


def older_work(url: str, before: datetime, patience_s: float) -> set[str]:
    """The ids of the jobs of the documents that wait, or are read, since before a moment.

    Raises:
        StorageError: it does not answer.
    """
    row = DocumentRow
    wanted = select(row.id, row.run, row.state, row.queued_at, row.started_at)
    with translated(), open_engine(url, patience_s).connect() as connection:
        return {
            f"{id_}-{run}"
            for id_, run, state, queued_at, started_at in connection.execute(
                wanted.where(row.state.in_(WAITING))
            )
            if ((started_at if state == "extracting" else None) or queued_at) < before
        }


def _is_held(engine: Engine) -> bool:
    """Does a transaction that writes have to wait for longer than the patience lasts?"""
    writing = engine.execution_options(taxai_writes=True)
    try:
        with writing.connect() as connection, connection.begin() as transaction:
            connection.execute(text("SELECT 1"))
            transaction.rollback()
    except OperationalError:
        return True
    return False
