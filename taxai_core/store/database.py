"""The database's connection, its transactions and its migrations."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session as Session  # for annotations elsewhere
from sqlalchemy.pool import NullPool

from ..errors import OtherVersionError, StorageError, WrongKeyError
from .blobs import Blobs
from .bucket import BucketBlobs
from .rows import KeyCheckRow
from .schema import MIGRATIONS, own_revision, stored_revision
from .vault import Vault, load_key

# A writer waits this long for another one; the longest transaction here writes one reading.
BUSY_TIMEOUT_S = 10
BUSY_LOOK_S = 0.02
KEY_WORD = b"taxai"


@dataclass(frozen=True)
class Store:
    """The rows, the blobs and the key that opens both.

    `engine` is a connection where all transactions are to use that one.
    """

    engine: Engine | Connection
    blobs: Blobs | BucketBlobs
    vault: Vault

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for queries.

        Raises:
            StorageError: the database does not answer.
        """
        # Said, as a connection keeps what it was told for writing.
        bind = self.engine.execution_options(taxai_writes=False)
        with translated(), Session(bind) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one transaction, committed at the end of the block.

        Raises:
            StorageError: disk full, or locked by another program.
        """
        bind = self.engine.execution_options(taxai_writes=True)
        with translated(), Session(bind, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def on_one_connection(self) -> Iterator["Store"]:
        """A store for one process that has one transaction after the other, and no two at once.

        SQLite puts its log away when the last connection closes; were that after each transaction,
        each would wait for the disk five times and not once. Its forks must not use it.

        Raises:
            StorageError: the database does not answer.
        """
        assert isinstance(self.engine, Engine)
        if self.engine.dialect.name != "sqlite":
            yield self  # a server may close one that is idle while a paper is read
            return
        with translated(), self.engine.connect() as connection:
            yield replace(self, engine=connection)

    @contextmanager
    def coming_to_nothing(self) -> Iterator["Store"]:
        """A store whose rows come to nothing: its transactions are rolled back at the end.

        Raises:
            StorageError: as `writing`.
        """
        assert isinstance(self.engine, Engine)
        bind = self.engine.execution_options(taxai_writes=True)
        with translated(), bind.connect() as connection, connection.begin() as transaction:
            try:
                yield replace(self, engine=connection)
            finally:
                transaction.rollback()


@contextmanager
def translated() -> Iterator[None]:
    """Tell what the driver raises as `StorageError`."""
    try:
        yield
    except OperationalError as error:
        raise StorageError() from error


def open_store(
    url: str,
    folder: Path,
    *,
    key: str | None,
    key_path: Path,
    patience_s: float | None = None,
    store_url: str | None = None,
) -> Store:
    """Open the store with its key; `migrate` must have run before.

    Args:
        patience_s: how long to wait for others, and for a server; for probes, which must not hang.
        store_url: `s3://bucket/prefix`, where the blobs are not in the folder.

    Raises:
        KeyMissingError, WrongKeyError: see `load_key`; the key is tried on the stored word.
        OtherVersionError: its tables are those of another version.
        StorageError: the database does not answer.
    """
    engine = open_engine(url, patience_s)
    with translated():
        with engine.connect() as connection:
            stored = stored_revision(connection)
        if stored != own_revision():
            raise OtherVersionError(stored or "none", own_revision())
        vault = _tried_vault(engine, key, key_path)
    blobs = BucketBlobs(store_url, vault) if store_url else Blobs(folder / "blobs", vault)
    return Store(engine, blobs, vault)


def migrate(url: str, folder: Path, *, key: str | None, key_path: Path) -> None:
    """Bring the database to this version's tables and, the first time, make the key.

    Raises:
        KeyMissingError, WrongKeyError, StorageError: nothing was changed then.
    """
    # 10 MB that only the process that migrates should carry.
    from alembic import command
    from alembic.config import Config

    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StorageError() from error
    engine = open_engine(url)
    with translated():
        is_new = not inspect(engine).has_table(KeyCheckRow.__tablename__)
        if is_new:
            vault = Vault(load_key(key, key_path, may_create=True))
        else:
            vault = _tried_vault(engine, key, key_path)
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()
        with Session(engine) as session, session.begin():
            if session.scalar(select(KeyCheckRow)) is None:
                session.add(KeyCheckRow(id=1, word_sealed=vault.seal(KEY_WORD, "key")))


def _tried_vault(engine: Engine, key: str | None, key_path: Path) -> Vault:
    """The vault whose key opens the stored word."""
    vault = Vault(load_key(key, key_path, may_create=False))
    with Session(engine) as session:
        check = session.scalar(select(KeyCheckRow))
    try:
        if check is not None:
            vault.open(check.word_sealed, "key")
    except WrongKeyError:
        raise WrongKeyError("TAXAI_KEY" if key else key_path) from None
    return vault


def open_engine(url: str, patience_s: float | None = None) -> Engine:
    """The way to the database; nothing is asked yet. `patience_s` as in `open_store`."""
    if not url.startswith("sqlite"):
        # Short connections, so that a forked job never shares its worker's socket.
        return create_engine(
            url, poolclass=NullPool, hide_parameters=True, connect_args=_within(patience_s)
        )
    wait_s = BUSY_TIMEOUT_S if patience_s is None else patience_s
    engine = create_engine(
        url,
        poolclass=NullPool,
        connect_args={"timeout": wait_s},
        hide_parameters=True,  # they would stand in the texts of errors
    )
    event.listen(engine, "connect", partial(_on_connect, wait_s))
    event.listen(engine, "begin", _on_begin)
    return engine


def _within(patience_s: float | None) -> dict[str, object]:
    if patience_s is None:
        return {}
    # libpq takes whole seconds, and none for "for ever".
    most_ms = round(patience_s * 1000)
    options = f"-c statement_timeout={most_ms} -c lock_timeout={most_ms}"
    return {"connect_timeout": max(1, round(patience_s)), "options": options}


def _on_connect(wait_s: float, connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN would come too late
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        _patiently(cursor, f"PRAGMA {pragma}", wait_s)
    cursor.close()


def _patiently(cursor: sqlite3.Cursor, statement: str, wait_s: float) -> None:
    """Run a statement, however long the database is held up to the time-out."""
    # SQLite's own does not hold while the last other connection closes and puts the log away
    # (sqlite.org/wal.html, "Sometimes Queries Return SQLITE_BUSY").
    until = time.monotonic() + wait_s
    while True:
        try:
            cursor.execute(statement)
            return
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(BUSY_LOOK_S)


def _on_begin(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once when another one wrote
    # between; BEGIN IMMEDIATE waits its turn instead (sqlite.org/lang_transaction.html).
    writes = connection.get_execution_options().get("taxai_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
