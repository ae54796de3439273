"""A proxy in front of a real model server that counts the questions to it.

with CountingProxy("http://127.0.0.1:11434") as proxy:
    ...                                 # ask proxy.url
    proxy.asked, proxy.peak, proxy.in_flight
"""

import http.client
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

COUNTED = ("/api/chat", "/api/generate")


class CountingProxy:
    """Passes everything on; `peak` is the most questions that were there at once."""

    def __init__(self, target: str) -> None:
        self.target = urlsplit(target).netloc
        self.lock = threading.Lock()
        self.asked = self.in_flight = self.peak = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._server.proxy = self  # type: ignore[attr-defined]
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "CountingProxy":
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def begin(self) -> None:
        """A question comes in."""
        with self.lock:
            self.asked += 1
            self.in_flight += 1
            self.peak = max(self.peak, self.in_flight)

    def end(self) -> None:
        """A question is answered, or given up by one of the two sides."""
        with self.lock:
            self.in_flight -= 1


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Any

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self._pass_on()

    def do_POST(self) -> None:
        if self.path not in COUNTED:
            return self._pass_on()
        self.server.proxy.begin()
        try:
            return self._pass_on()
        finally:
            self.server.proxy.end()

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with closing(http.client.HTTPConnection(self.server.proxy.target)) as upstream:
            try:
                upstream.request(self.command, self.path, body or None, self._sent_headers())
                self._answer(upstream.getresponse())
            except (OSError, http.client.HTTPException):  # either side went away
                self.close_connection = True

    def _sent_headers(self) -> dict[str, str]:
        return {"Content-Type": self.headers.get("Content-Type", "application/json")}

    def _answer(self, response: http.client.HTTPResponse) -> None:
        self.send_response(response.status)
        self.send_header("Content-Type", response.headers.get("Content-Type", "application/json"))
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while data := response.read1(65536):
            self._chunk(data)
        self._chunk(b"")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()
