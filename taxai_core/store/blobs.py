"""Sealed files: the papers, the pictures and words of their pages, one folder a document."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from ..errors import DamagedError, StorageError, WrongKeyError
from .vault import Vault

# A paper's blob is written before its row; no upload takes that long.
SETTLED_S = 3600


class Blobs:
    """Sealed bytes under `folder/DOCUMENT/NAME`; a reader sees a whole file or none."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        self._folder = folder
        self._vault = vault

    def put(self, document_id: str, name: str, data: bytes) -> None:
        """Write a blob.

        Raises:
            StorageError: disk full or not writable; nothing half-written stays.
        """
        path = self._folder / document_id / name
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with open(part, "wb") as file:
                    file.write(self._vault.seal(data, f"{document_id}/{name}"))
                    file.flush()
                    os.fsync(file.fileno())
                part.replace(path)
            except OSError:
                part.unlink(missing_ok=True)
                raise
        except OSError as error:
            raise StorageError() from error

    def get(self, document_id: str, name: str) -> bytes:
        """Read a blob.

        Raises:
            DamagedError: gone, or changed since it was written.
        """
        try:
            sealed = (self._folder / document_id / name).read_bytes()
            return self._vault.open(sealed, f"{document_id}/{name}")
        except (OSError, WrongKeyError) as error:
            raise DamagedError() from error

    def has(self, document_id: str, name: str) -> bool:
        """Is there such a blob?"""
        return (self._folder / document_id / name).exists()

    def delete(self, document_id: str) -> None:
        """Remove all of a document's blobs."""
        shutil.rmtree(self._folder / document_id, ignore_errors=True)

    def delete_folders(self, document_id: str, *, but: str | None) -> None:
        """Remove the folders among a document's blobs, except one."""
        for path in (self._folder / document_id).glob("*/"):
            if path.name != but:
                shutil.rmtree(path, ignore_errors=True)

    def delete_kind(self, document_id: str, suffix: str) -> None:
        """Remove those of a document's blobs whose names end like this."""
        for path in (self._folder / document_id).glob(f"*/*{suffix}"):
            path.unlink(missing_ok=True)

    def is_settled(self, document_id: str) -> bool:
        """Has nothing been written to a document's folder for an hour?"""
        try:
            return time.time() - (self._folder / document_id).stat().st_mtime > SETTLED_S
        except FileNotFoundError:
            return False

    def document_ids(self) -> Iterator[str]:
        """All documents that have blobs."""
        if self._folder.is_dir():
            yield from (path.name for path in self._folder.iterdir() if path.is_dir())
