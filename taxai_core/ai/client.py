"""A client of the model server that sends a paper nowhere else and cannot be held up."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx
import ollama

# Between a worker and a server on the same machine or network; what is sent is small.
WRITE_S = 10.0
POOL_S = 5.0
CONNECTED = ("connection.connect_tcp.complete", "connection.start_tls.complete")


@dataclass(frozen=True)
class Limits:
    """How long a request may be silent, and how long it may last."""

    silent_s: float
    whole_s: float


class _BoundedStream(httpx.SyncByteStream):
    """The bytes of an answer, until its time is over."""

    def __init__(self, stream: httpx.SyncByteStream, ends: float) -> None:
        self._stream = stream
        self._ends = ends

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._stream:
            if time.monotonic() > self._ends:
                raise httpx.ReadTimeout("the whole answer took too long")
            yield piece

    def close(self) -> None:
        self._stream.close()


class BoundedTransport(httpx.HTTPTransport):
    """Bounds a whole request, where httpx bounds only each silence in it, and can be cut.

    A server that sends a byte a second is never silent and never done. A request may overrun its
    end by one silence at most.
    """

    def __init__(self, limits: Callable[[], Limits]) -> None:
        """Args: limits: called as a request begins."""
        super().__init__(trust_env=False)
        self._limits = limits
        self._socket: socket.socket | None = None  # one request at a time, so one is in use
        self._is_cut = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request.

        Raises: httpx.TimeoutException once its time is over; httpx.ConnectError after a cut.
        """
        if self._is_cut:
            raise httpx.ConnectError("the connection was cut", request=request)
        limits = self._limits()
        if limits.whole_s <= 0:
            raise httpx.ReadTimeout("no time is left to ask", request=request)
        ends = time.monotonic() + limits.whole_s
        usual = {**request.extensions["timeout"], "read": limits.silent_s}
        request.extensions["timeout"] = {
            name: min(limit, limits.whole_s) for name, limit in usual.items()
        }
        request.extensions["trace"] = self._note_connection
        response = super().handle_request(request)
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream = _BoundedStream(response.stream, ends)
        return response

    def cut(self) -> None:
        """End the request that is under way, from another thread, and begin no other.

        To close a socket wakes nobody who waits for it to speak; to shut it down does.
        """
        self._is_cut = True
        if self._socket is not None:
            with suppress(OSError):  # closed already
                self._socket.shutdown(socket.SHUT_RDWR)

    def _note_connection(self, event: str, told: dict[str, Any]) -> None:
        if event in CONNECTED:
            self._socket = told["return_value"].get_extra_info("socket")
            if self._is_cut:
                self.cut()


class ModelClient(ollama.Client):
    """The library's client of the server at `url`, with the calls that it lacks.

    A paper's text goes to that server alone: no proxy of the environment sees it, and no redirect
    takes it elsewhere. A key for Ollama's cloud is not sent.
    """

    def __init__(self, url: str, *, connect_s: float, limits: Callable[[], Limits]) -> None:
        """Args: limits: called as each request begins."""
        self._transport = BoundedTransport(limits)
        super().__init__(
            host=url,
            follow_redirects=False,
            trust_env=False,
            auth=_without_key,
            timeout=httpx.Timeout(connect=connect_s, read=None, write=WRITE_S, pool=POOL_S),
            transport=self._transport,
        )

    def version(self) -> str:
        """Which version of Ollama answers.

        Raises: what the other calls raise.
        """
        response = self._request_raw("GET", "/api/version")  # type: ignore[no-untyped-call]
        return str(response.json()["version"])

    def cut(self) -> None:
        """End the call that is under way, from another thread; no other begins."""
        self._transport.cut()


def _without_key(request: httpx.Request) -> httpx.Request:
    # The library takes OLLAMA_API_KEY from the environment by itself.
    request.headers.pop("authorization", None)
    return request
