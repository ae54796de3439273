"""The hold on a data folder: one `up` at a time, and what the one before left behind."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil

from ..jobs.connection import RUN_FILE
from .checks import CannotStartError, unwritable
from .embedded_redis import PRIVATE_PREFIX
from .ending import kill_tree

LOCK_FILE = "up.lock"
# A process is the one noted if it began at the noted moment; a clock set meanwhile moves that.
SAME_START_S = 5.0
LEFTOVER_GRACE_S = 5.0


class Hold:
    """A lock for life on `up.lock`, in which stands what would have to be cleared up.

    The lock goes with the process, however that ends; the file stays, because removing it would
    let a third process lock a new one beside a second that waits on the old.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def take(self, *, create: bool) -> None:
        """Take the lock, if it is not held yet; without `create` only where there is one.

        Raises:
            CannotStartError: another `up` has it, or the folder cannot be written.
        """
        if self._file is not None:
            return
        try:
            flags = os.O_RDWR | (os.O_CREAT if create else 0)
            file = os.open(self._folder / LOCK_FILE, flags, 0o600)
        except (FileNotFoundError, NotADirectoryError) as error:
            if create:
                raise unwritable(self._folder, error) from error
            return
        except OSError as error:
            raise unwritable(self._folder, error) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(file)
            url = read_run_file(self._folder).get("url")
            where = f" at {url}" if url else ""
            raise CannotStartError(
                f"TaxAI is already running on this data folder{where}."
            ) from error
        self._file = file

    def note(self, pids: Iterable[int], socket_folder: Path | None) -> None:
        """Note what to clear up if this process should be killed."""
        started = []
        for pid in pids:
            with suppress(psutil.Error):
                started.append((pid, psutil.Process(pid).create_time()))
        place = str(socket_folder) if socket_folder else None
        text = json.dumps({"processes": started, "socket_folder": place})
        assert self._file is not None
        with suppress(OSError):  # a full disk may not end what runs well
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, text.encode(), 0)

    def clear_up(self) -> None:
        """End what an `up` that was killed left: a Redis still writing out, on macOS all."""
        if self._file is None:
            return
        with suppress(OSError, ValueError, KeyError, TypeError):
            noted = json.loads(os.pread(self._file, 1_000_000, 0))
            _end_leftovers(noted["processes"])
            place = Path(noted["socket_folder"] or ".")
            if place.name.startswith(PRIVATE_PREFIX):
                shutil.rmtree(place, ignore_errors=True)
        self.note((), None)
        remove_run_file(self._folder)


def _end_leftovers(noted: list[tuple[int, float]]) -> None:
    left = []
    for pid, started in noted:
        with suppress(psutil.Error):
            process = psutil.Process(pid)
            if abs(process.create_time() - started) < SAME_START_S:
                process.terminate()
                left.append(process)
    _, stubborn = psutil.wait_procs(left, timeout=LEFTOVER_GRACE_S)
    for process in stubborn:
        kill_tree(process.pid)
    psutil.wait_procs(stubborn, timeout=1)


def read_run_file(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / RUN_FILE).read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_run_file(folder: Path, redis_url: str, url: str | None) -> None:
    """Say to the other commands where this `up` can be found; the address may hold a password.

    Raises:
        CannotStartError: the disk is full.
    """
    content = {"redis_url": redis_url, "pid": os.getpid()} | ({"url": url} if url else {})
    fresh = folder / f"{RUN_FILE}.new"
    try:
        fresh.unlink(missing_ok=True)
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(content, file)
        fresh.replace(folder / RUN_FILE)
    except OSError as error:
        raise unwritable(folder, error) from error


def remove_run_file(folder: Path) -> None:
    with suppress(OSError):
        (folder / RUN_FILE).unlink(missing_ok=True)
