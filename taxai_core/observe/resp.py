"""A few questions to Redis without its client library, whose import takes 0.25 s of a processor.

For what looks every few seconds for ever and asks little. All else uses the library.
"""

import socket
from collections.abc import Sequence
from typing import Any, BinaryIO
from urllib.parse import parse_qs, unquote, urlsplit

SCHEMES = ("redis", "unix")
PORT = 6379


def ask_redis(url: str, commands: Sequence[Sequence[str]], within_s: float) -> list[Any]:
    """Return the reply to each command: text as bytes, numbers, None, or a list of them.

    Args:
        url: `redis://…` or `unix://…`, as the library takes them.
        within_s: for connecting, and for each reply.

    Raises:
        OSError: away, silent, or refuses.
    """
    asked = [*_greeting(url), *commands]
    with _connection(url, within_s) as connection:
        connection.sendall(b"".join(map(_packed, asked)))
        with connection.makefile("rb") as replies:
            found = [_reply(replies) for _ in asked]
    return found[len(asked) - len(commands) :]


def _connection(url: str, within_s: float) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "redis":
        place = parts.hostname or "localhost", parts.port or PORT
        return socket.create_connection(place, within_s)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(within_s)
    try:
        connection.connect(unquote(parts.path))
    except OSError:
        connection.close()
        raise
    return connection


def _greeting(url: str) -> list[list[str]]:
    """What is said first: who asks, and of which of the server's databases."""
    parts = urlsplit(url)
    said = []
    if parts.password:
        user = [unquote(parts.username)] if parts.username else []
        said.append(["AUTH", *user, unquote(parts.password)])
    path = parts.path.strip("/") if parts.scheme == "redis" else ""
    if number := path or parse_qs(parts.query).get("db", [""])[0]:
        said.append(["SELECT", number])
    return said


def _packed(words: Sequence[str]) -> bytes:
    encoded = [word.encode() for word in words]
    parts = (b"$%d\r\n%s\r\n" % (len(word), word) for word in encoded)
    return b"*%d\r\n%s" % (len(encoded), b"".join(parts))


def _reply(replies: BinaryIO) -> Any:
    line = replies.readline()
    if not line.endswith(b"\r\n"):
        raise OSError("it hung up")
    kind, rest = line[:1], line[1:-2]
    if kind == b"-":
        raise OSError("it refuses")  # its own words may repeat what was asked
    if kind == b"+":
        return rest
    number = int(rest)
    if kind == b":":
        return number
    if number < 0:
        return None
    if kind == b"$":
        return replies.read(number + 2)[:-2]
    return [_reply(replies) for _ in range(number)]
