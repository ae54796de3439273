"""A client of the model server that sends a paper nowhere else and cannot be held up."""

import time
from collections.abc import Callable, Iterator

import httpx
import ollama

# Between a worker and a server on the same machine or network; what is sent is small.
WRITE_S = 10.0
POOL_S = 5.0


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
    """Bounds a whole request, where httpx bounds only each silence in it.

    A server that sends a byte a second is never silent and never done. A request may overrun its
    end by one silence at most.
    """

    def __init__(self, ends: Callable[[], float]) -> None:
        """Args: ends: called as a request begins; when it must be over, by `time.monotonic`."""
        super().__init__(trust_env=False)
        self._ends = ends

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request.

        Raises: httpx.TimeoutException once its time is over.
        """
        ends = self._ends()
        left = ends - time.monotonic()
        if left <= 0:
            raise httpx.ReadTimeout("no time is left to ask", request=request)
        limits = request.extensions.get("timeout", {})
        request.extensions["timeout"] = {
            name: left if limit is None else min(limit, left) for name, limit in limits.items()
        }
        response = super().handle_request(request)
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream = _BoundedStream(response.stream, ends)
        return response


class ModelClient(ollama.Client):
    """The library's client, with the one call that it lacks."""

    def version(self) -> str:
        """Which version of Ollama answers.

        Raises: what the other calls raise.
        """
        response = self._request_raw("GET", "/api/version")  # type: ignore[no-untyped-call]
        return str(response.json()["version"])


def open_client(
    url: str, *, connect_s: float, silent_s: float, ends: Callable[[], float]
) -> ModelClient:
    """Open a pooled client of the server at `url`; its requests are over when `ends` says.

    A paper's text goes to that server alone: no proxy of the environment sees it, and no redirect
    takes it elsewhere. A key for Ollama's cloud is not sent.
    """
    return ModelClient(
        host=url,
        follow_redirects=False,
        trust_env=False,
        auth=_without_key,
        timeout=httpx.Timeout(connect=connect_s, read=silent_s, write=WRITE_S, pool=POOL_S),
        transport=BoundedTransport(ends),
    )


def _without_key(request: httpx.Request) -> httpx.Request:
    # The library takes OLLAMA_API_KEY from the environment by itself.
    request.headers.pop("authorization", None)
    return request
