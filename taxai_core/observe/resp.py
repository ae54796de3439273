"""A few questions to Redis without its client library, whose import takes 0.25 s of a processor.

For what looks every few seconds for ever and asks little. All else uses the library.
"""

import socket
from collections.abc import Sequence
from typing import Any, BinaryIO
from urllib.parse import parse_qs, unquote, urlsplit

PORT = 6379


def ask_redis(url: str, commands: Sequence[Sequence[str]], within_s: float) -> list[Any]:
    """Return the reply to each command: text as bytes, numbers, None, or a list of them.

    Args:
        url: `redis://…`, `rediss://…` or `unix://…`, as the library takes them.
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
    if parts.scheme in ("redis", "rediss"):
        name = parts.hostname or "localhost"
        plain = socket.create_connection((name, parts.port or PORT), within_s)
        return _sealed(plain, name, parts.query) if parts.scheme == "rediss" else plain
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(within_s)
    try:
        connection.connect(unquote(parts.path))
    except OSError:
        connection.close()
        raise
    return connection


def _sealed(plain: socket.socket, name: str, query: str) -> socket.socket:
    """The same connection under TLS; `?ssl_ca_certs=FILE` says who vouches for the server."""
    import ssl  # 15 ms that most do not need

    (authorities,) = parse_qs(query).get("ssl_ca_certs", [None])[:1]
    try:
        context = ssl.create_default_context(cafile=authorities)
        return context.wrap_socket(plain, server_hostname=name)
    except OSError:
        plain.close()
        raise


def _greeting(url: str) -> list[list[str]]:
    """What is said first: who asks, and of which of the server's databases."""
    parts = urlsplit(url)
    said = []
    if parts.password:
        user = [unquote(parts.username)] if parts.username else []
        said.append(["AUTH", *user, unquote(parts.password)])
    path = parts.path.strip("/") if parts.scheme != "unix" else ""
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
