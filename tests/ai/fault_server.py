"""A model server that speaks Ollama's API and fails as it is told to, while it runs.

    with FaultServer() as server:
        server.behave("stall", after=2)     # see faults.py; "good" ends every fault
        ...                                 # ask server.url
        server.asked, server.peak, server.bodies, server.cancelled

As a process of its own: `python -m tests.ai.fault_server PORT`, told by a POST of
`{"kind": "stall", "after": 2}` to `/_behave`, and asked for what it saw by a GET of `/_seen`.
It keeps what it is asked: for invented papers only.
"""

import sys
import threading
from collections.abc import Callable
from http.server import ThreadingHTTPServer
from typing import Any

from .fault_handler import FaultHandler
from .faults import FAULTS, example_of

Answering = Callable[[dict[str, Any]], Any]


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """Say nothing of a client that left: the tests make them leave."""


class FaultServer:
    """The server and what it saw. `answer` makes an answer of a request's body, as text or JSON."""

    def __init__(self, port: int = 0, answer: Answering | None = None) -> None:
        self.answer = answer or (lambda body: example_of(body.get("format") or {"type": "string"}))
        self.lock = threading.Lock()
        self.closing = threading.Event()
        self.loaded = True
        self.behave("good")
        self.forget()
        self._server = _QuietServer(("127.0.0.1", port), FaultHandler)
        self._server.faults = self  # type: ignore[attr-defined]
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "FaultServer":
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    def behave(self, kind: str, answer: Any = None, **details: Any) -> None:
        """Meet all questions from now on like this; `answer` is then given to each of them."""
        unknown = set(details) - set(FAULTS[kind])
        assert not unknown, f"{kind} knows no {unknown}"
        with self.lock:
            self.kind, self.details = kind, {**FAULTS[kind], **details}
            self.loaded = kind not in ("slow_load", "die_loading")
            if answer is not None:
                self.answer = lambda _body: answer

    def forget(self) -> None:
        """Count from nought again."""
        with self.lock:
            self.asked = self.answered = self.loads = self.cancelled = 0
            self.in_flight = self.peak = 0
            self.bodies: list[dict[str, Any]] = []  # of /api/chat
            self.headers: list[dict[str, str]] = []  # of every request

    def seen(self) -> dict[str, Any]:
        """What it saw, for JSON. `asked` counts questions and tries to load."""
        names = ("asked", "answered", "loads", "cancelled", "in_flight", "peak", "bodies")
        with self.lock:
            return {name: getattr(self, name) for name in names}


if __name__ == "__main__":
    with FaultServer(int(sys.argv[1])) as running:
        print(running.url, flush=True)
        threading.Event().wait()
