"""What must hold before anything is started; each failure is one line for the terminal."""

import errno
import os
import socket
import tempfile
from contextlib import suppress
from pathlib import Path

from ..jobs.connection import open_redis
from ..settings import Settings


class CannotStartError(Exception):
    """Nothing was started. The one argument says why and what to do."""


def check_port(address: str, port: int) -> None:
    """Raise `CannotStartError` unless the pages could listen there."""
    if port > 65535:
        raise CannotStartError(f"There is no port {port}; choose one up to 65535 with --port N.")
    try:
        family, kind, *_, target = socket.getaddrinfo(
            address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind) as trial:
            # As the page server does: connections of an earlier run may still be winding down.
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(target)
    except OSError as error:
        raise CannotStartError(_port_sentence(address, port, error)) from error
    # macOS lets us bind 127.0.0.1 beside somebody who listens on all addresses.
    with suppress(OSError), socket.create_connection((reachable(address), port), timeout=1):
        raise CannotStartError(_port_sentence(address, port, OSError(errno.EADDRINUSE, "")))


def _port_sentence(address: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use by another program; choose another with --port N."
    if error.errno == errno.EACCES:
        return f"Port {port} needs administrator rights; choose one above 1023 with --port N."
    return f"The pages cannot listen on {address} port {port} ({error.strerror or error})."


def reachable(address: str) -> str:
    """Return the address at which this machine reaches what listens on `address`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)


def page_url(settings: Settings) -> str:
    host = reachable(settings.address)
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def check_folder(folder: Path) -> None:
    """Make the data folder and write in it; raise `CannotStartError` and leave nothing if not."""
    made: list[Path] = []
    try:
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        for path in reversed(missing):
            path.mkdir(mode=0o700 if path == folder else 0o755)
            made.append(path)
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(bytes(4096))
            trial.flush()
            os.fsync(trial.fileno())
    except OSError as error:
        for path in reversed(made):
            with suppress(OSError):
                path.rmdir()
        raise unwritable(folder, error) from error


def unwritable(folder: Path, error: OSError) -> CannotStartError:
    reason = error.strerror or type(error).__name__
    return CannotStartError(
        f"The data folder {folder} cannot be written ({reason}); choose another with --data DIR."
    )


def check_redis_url(url: str) -> None:
    """Raise `CannotStartError` where the client cannot make sense of it; it may hold a password."""
    try:
        open_redis(url)
    except ValueError as error:
        raise CannotStartError(
            "TAXAI_REDIS_URL is no address of a Redis; it looks like redis://host:6379/0."
        ) from error
