"""Sealed objects in an S3-compatible store, with the verbs of the folder in `blobs.py`."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from ..errors import DamagedError, StoreDownError, WrongKeyError
from .blobs import SETTLED_S
from .vault import Vault

SCHEME = "s3://"
# A server that is started again is back within seconds; three more tries wait up to 7 s in all
# (botocore's standard mode). One that takes a connection and says nothing is given up by `READ_S`.
CONNECT_S, READ_S, TRIES = 3, 10, 4
# For one object, whatever is tried meanwhile; the largest paper is 50 MB.
OBJECT_S = 30.0
# For what carries no object.
WORD_S = 15.0
PROBE = "probe"


def load_library() -> None:
    """Load what talks to S3, where one is used: half a second, and before a worker forks.

    Raises:
        SystemExit: it is not installed.
    """
    try:
        import s3fs  # noqa: F401
    except ImportError:
        raise SystemExit("TAXAI_STORE_URL needs the packages of requirements-s3.txt.") from None


class BucketBlobs:
    """Sealed bytes under `BUCKET/PREFIX/DOCUMENT/NAME`; S3 shows a whole object or none.

    Where it is and with which keys it opens stands in the AWS_* variables, as botocore reads them.
    """

    def __init__(self, url: str, vault: Vault) -> None:
        load_library()
        from aiobotocore.session import AioSession

        self._root = url.removeprefix(SCHEME).rstrip("/")
        self._vault = vault
        # Holds no connection, but what S3's interface looks like: once read, all forks have it.
        self._session = AioSession()
        # fsspec's thread and its connections do not outlive a fork. Those of the parent are kept,
        # for what ends them would wait in the child for a thread that is not there.
        self._by_process: dict[int, Any] = {}

    def put(self, document_id: str, name: str, data: bytes) -> None:
        """Write a blob.

        Raises:
            StoreDownError: not written; nothing half-written stays.
        """
        sealed = self._vault.seal(data, f"{document_id}/{name}")
        self._ask("pipe_file", self._path(document_id, name), sealed, timeout=OBJECT_S)

    def get(self, document_id: str, name: str) -> bytes:
        """Read a blob.

        Raises:
            DamagedError: gone, or changed since it was written.
            StoreDownError: it may be there, and cannot be had now.
        """
        try:
            sealed = self._ask("cat_file", self._path(document_id, name), timeout=OBJECT_S)
            return self._vault.open(sealed, f"{document_id}/{name}")
        except (FileNotFoundError, WrongKeyError) as error:
            raise DamagedError() from error

    def has(self, document_id: str, name: str) -> bool:
        """Is there such a blob? Raises StoreDownError."""
        return bool(self._ask("exists", self._path(document_id, name)))

    def delete(self, document_id: str) -> None:
        """Remove all of a document's blobs; what cannot be now, the keeper removes later."""
        self._delete(document_id, lambda name: True)

    def delete_folders(self, document_id: str, *, but: str | None) -> None:
        """Remove the folders among a document's blobs, except one."""
        self._delete(document_id, lambda name: "/" in name and name.split("/")[0] != but)

    def delete_kind(self, document_id: str, suffix: str) -> None:
        """Remove those of a document's blobs whose names end like this."""
        self._delete(document_id, lambda name: "/" in name and name.endswith(suffix))

    def is_settled(self, document_id: str) -> bool:
        """Has nothing been written of a document for an hour? Raises StoreDownError."""
        found = self._ask("find", self._path(document_id), detail=True).values()
        written = max((one["LastModified"] for one in found), default=None)
        return bool(written and (datetime.now(UTC) - written).total_seconds() > SETTLED_S)

    def document_ids(self) -> Iterator[str]:
        """All documents that have blobs. Raises StoreDownError."""
        with suppress(FileNotFoundError):  # there is none yet
            for found in self._ask("ls", self._root, detail=True):
                if found["type"] == "directory":
                    yield found["name"].rpartition("/")[2]

    def check(self) -> None:
        """Write and remove an object.

        Raises:
            StoreDownError: no such bucket, keys that may not write there, or no answer.
        """
        self._ask("pipe_file", f"{self._root}/{PROBE}", b"", timeout=WORD_S)
        self._ask("rm_file", f"{self._root}/{PROBE}")

    def _delete(self, document_id: str, is_unwanted: Callable[[str], bool]) -> None:
        folder = self._path(document_id)
        with suppress(StoreDownError):
            found = self._ask("find", folder)
            if gone := [path for path in found if is_unwanted(path.removeprefix(f"{folder}/"))]:
                self._ask("rm", gone)

    def _path(self, *names: str) -> str:
        return "/".join((self._root, *names))

    def _ask(self, verb: str, *args: Any, timeout: float = WORD_S, **more: Any) -> Any:
        """Do one thing there.

        Raises:
            FileNotFoundError, StoreDownError
        """
        try:
            return getattr(self._files(), verb)(*args, timeout=timeout, **more)
        except FileNotFoundError as error:
            if type(error.__cause__).__name__ == "NoSuchBucket":
                raise StoreDownError() from error
            raise
        except Exception as error:  # of fsspec, s3fs, botocore, aiohttp or the system
            raise StoreDownError() from error

    def _files(self) -> Any:
        """This process's own way there."""
        if (mine := self._by_process.get(os.getpid())) is None:
            from fsspec import filesystem

            mine = filesystem(
                "s3",
                session=self._session,
                anon=False,  # else it would try without a key
                use_listings_cache=False,  # other processes write there, too
                skip_instance_cache=True,
                config_kwargs={
                    "connect_timeout": CONNECT_S,
                    "read_timeout": READ_S,
                    "retries": {"mode": "standard", "total_max_attempts": TRIES},
                },
            )
            mine.retries = 1  # botocore does it
            self._by_process[os.getpid()] = mine
        return mine
