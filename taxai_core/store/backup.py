"""One file that holds a data folder, made while others work in it: the database and the blobs.

All that is in it is sealed, and the key is not.
"""

import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from ..errors import BackupError, OtherVersionError, StorageError
from .papers import PAPER
from .schema import TABLE, own_revision

MANIFEST, DATABASE, BLOBS = "manifest.json", "taxai.db", "blobs"
FORMAT = 1
NO_BACKUP = "This file is no backup of TaxAI, or it was cut off."
NOT_EMPTY = "The data folder is not empty. Name a new one with --data."


def write_backup(folder: Path, database: Path, file: Path) -> int:
    """Write all of a data folder to one file; return how many documents are in it.

    The database is copied first, at one moment, and then the blobs of the documents in it: a
    paper's blob is written before its row. One that is deleted meanwhile is left out.

    Raises:
        StorageError: the file cannot be written; nothing of it stays.
    """
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=file.parent) as name:
            copy = Path(name) / DATABASE
            with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as to:
                source.backup(to)
            with open(part, "wb") as written, tarfile.open(fileobj=written, mode="w") as tar:
                ids = _add_blobs(tar, folder / BLOBS, copy)
                tar.add(copy, DATABASE)
                _add(tar, MANIFEST, json.dumps(_manifest(copy, len(ids))).encode())
                tar.close()
                written.flush()
                os.fsync(written.fileno())
        part.replace(file)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise StorageError() from error
    return len(ids)


def read_backup(file: Path, folder: Path) -> dict[str, Any]:
    """Make a data folder of a backup; return what the backup says of itself.

    Raises:
        BackupError: it is none, or the folder is not empty.
        OtherVersionError: a newer version made it.
        StorageError: the folder cannot be written; nothing of it stays.
    """
    with suppress(FileNotFoundError):
        if any(folder.iterdir()):
            raise BackupError(NOT_EMPTY)
    with _made_whole(folder) as fresh:
        try:
            with tarfile.open(file) as tar:
                for member in tar:
                    _extract(tar, member, fresh)
            manifest: dict[str, Any] = json.loads((fresh / MANIFEST).read_text())
            (fresh / MANIFEST).unlink()
            is_ours = manifest["format"] == FORMAT and (fresh / DATABASE).is_file()
        except (tarfile.TarError, ValueError, KeyError, FileNotFoundError) as error:
            raise BackupError(NO_BACKUP) from error
        if not is_ours:
            raise BackupError(NO_BACKUP)
        if manifest["revision"] > own_revision():
            raise OtherVersionError(manifest["revision"], own_revision())
    return manifest


@contextmanager
def _made_whole(folder: Path) -> Iterator[Path]:
    """A folder beside that one, which takes its place when all is in it."""
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        fresh.mkdir(parents=True, mode=0o700)
        yield fresh
        with suppress(FileNotFoundError):
            folder.rmdir()
        fresh.replace(folder)
    except OSError as error:
        raise StorageError() from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _add_blobs(tar: tarfile.TarFile, blobs: Path, copy: Path) -> list[str]:
    """Add the blobs of each document of the copied database; return the documents' ids."""
    kept = []
    with closing(sqlite3.connect(copy)) as database, database:
        database.execute("PRAGMA foreign_keys=ON")
        for (document_id,) in database.execute("SELECT id FROM documents").fetchall():
            for path in sorted((blobs / document_id).rglob("*")):
                with suppress(FileNotFoundError, IsADirectoryError):
                    if path.suffix != ".part":
                        _add(
                            tar, f"{BLOBS}/{path.relative_to(blobs).as_posix()}", path.read_bytes()
                        )
            if (blobs / document_id / PAPER).exists():
                kept.append(document_id)
            else:
                database.execute("DELETE FROM documents WHERE id = ?", (document_id,))
    return kept


def _manifest(copy: Path, documents: int) -> dict[str, Any]:
    with closing(sqlite3.connect(copy)) as database:
        (revision,) = database.execute(f"SELECT version_num FROM {TABLE}").fetchone()
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    return {"format": FORMAT, "revision": revision, "documents": documents, "made_at": made_at}


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = len(data), 0o600, int(datetime.now(UTC).timestamp())
    tar.addfile(entry, io.BytesIO(data))


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one file of it; none but ours, which lie below the folder."""
    path = PurePosixPath(member.name)
    content = tar.extractfile(member) if member.isfile() else None
    if content is None or ".." in path.parts or path.parts[0] not in (MANIFEST, DATABASE, BLOBS):
        raise BackupError(NO_BACKUP)
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(target, "wb") as written:
        shutil.copyfileobj(content, written)
    target.chmod(0o600)
