"""What a faulty model server does with one request."""

import json
import select
import socket
import time
from http.server import BaseHTTPRequestHandler
from typing import Any

from .faults import BUSY, MODEL, REFUSALS, described, part_of, prompt_tokens

PIECE_LETTERS = 8
ASKING = ("/api/chat", "/api/generate", "/api/pull")


class _Gone(Exception):
    """The other side has closed the connection, or the server ends."""


class FaultHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Any

    @property
    def faults(self) -> Any:
        return self.server.faults

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self._note()
        if self._meets_all() and self.path != "/_seen":
            return self._count({})
        match self.path:
            case "/api/version":
                self._send({"version": "0.5.4"})
            case "/api/tags":
                self._send({"models": [described()]})
            case "/api/ps":
                found = {**described(), "expires_at": "2030-01-01T00:00:00Z", "size_vram": 0}
                self._send({"models": [found] if self.faults.loaded else []})
            case "/_seen":
                self._send(self.faults.seen())
            case _:
                self._send({"error": "404 page not found"}, 404)

    def do_POST(self) -> None:
        self._note()
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        if self.path == "/_behave":
            self.faults.behave(**body)
            return self._send({})
        if self.path == "/api/show":
            return self._send({"details": described()["details"], "model_info": {}})
        if self.path in ASKING:
            return self._count(body)
        return self._send({"error": "404 page not found"}, 404)

    def _meets_all(self) -> bool:
        kind, details = self.faults.kind, self.faults.details
        return kind.endswith("_all") and details.get("times", 1) > 0

    def _note(self) -> None:
        with self.faults.lock:
            self.faults.headers.append({name.lower(): text for name, text in self.headers.items()})

    def _count(self, body: dict[str, Any]) -> None:
        faults = self.faults
        with faults.lock:
            faults.asked += 1
            faults.in_flight += 1
            faults.peak = max(faults.peak, faults.in_flight)
            if self.path == "/api/chat":
                faults.bodies.append(body)
        try:
            self._meet(body)
            done = "answered"
        except (_Gone, OSError):
            self.close_connection = True
            done = "cancelled"
        with faults.lock:
            faults.in_flight -= 1
            setattr(faults, done, getattr(faults, done) + 1)

    def _meet(self, body: dict[str, Any]) -> None:
        faults, details = self.faults, self.faults.details
        kind = faults.kind.removesuffix("_all")
        if self.path == "/api/pull" and kind == faults.kind:
            return self._pull()
        if kind in REFUSALS:
            return self._refuse(*REFUSALS[kind])
        if kind == "status":
            return self._refuse(details["status"], details["text"])
        if kind == "hang":
            self._wait()
        if kind == "busy" and details["times"] > 0:
            details["times"] -= 1
            return self._refuse(*BUSY)
        if kind == "die_loading":
            raise _Gone
        if not faults.loaded:
            self._wait(details.get("seconds", 0.0))
            faults.loaded = True
            faults.loads += 1
        if self.path == "/api/generate" and not body.get("prompt"):
            return self._send({"model": MODEL, "response": "", "done": True, "done_reason": "load"})
        return self._answer(body, kind, details)

    def _answer(self, body: dict[str, Any], kind: str, details: dict[str, Any]) -> None:
        options = body.get("options", {})
        pieces = self._pieces(body, kind, details)
        most = options.get("num_predict", 128)
        end = {
            **part_of("", done=True),
            "done_reason": "length" if len(pieces) > most else "stop",
            "prompt_eval_count": prompt_tokens(body),
            "eval_count": min(len(pieces), most),
        }
        if kind == "truncate":
            end["prompt_eval_count"] = details["tokens"] or options.get("num_ctx", 2048)
        if not body.get("stream", True):
            return self._send({**end, "message": part_of("".join(pieces[:most]))["message"]})
        self._begin_stream()
        for index, piece in enumerate(pieces[:most]):
            if index == details.get("after"):
                break
            self._line(part_of(piece))
            if kind == "slow":
                self._wait(details["every_s"])
        if kind == "stall":
            self._wait()
        while kind == "trickle":
            self._chunk(b" ")
            self._wait(details["every_s"])
        if kind == "die":
            self.close_connection = True
            return None
        if kind == "error_line":
            self._line({"error": details["text"]})
        elif kind == "no_ollama":
            self._chunk(b"<html>\n")
        elif kind != "no_end":
            self._line(end)
        return self._chunk(b"")

    def _pieces(self, body: dict[str, Any], kind: str, details: dict[str, Any]) -> list[str]:
        if kind == "endless":
            return [details["piece"]] * 100_000
        answer = details["text"] if kind == "garbage" else self.faults.answer(body)
        text = answer if isinstance(answer, str) else json.dumps(answer)
        return [text[at : at + PIECE_LETTERS] for at in range(0, len(text), PIECE_LETTERS)]

    def _pull(self) -> None:
        faults = self.faults
        self._begin_stream()
        self._line({"status": "pulling manifest"})
        if faults.kind == "pull_error":
            self._line({"error": faults.details["text"]})
            return self._chunk(b"")
        self._line({"status": "pulling 7cd4618c1faf", "total": 1000, "completed": 400})
        if faults.kind == "stall":
            self._wait()
        self._line({"status": "pulling 7cd4618c1faf", "total": 1000, "completed": 1000})
        self._line({"status": "success"})
        return self._chunk(b"")

    def _refuse(self, status: int, text: str) -> None:
        self._send({"error": text}, status)

    def _send(self, body: dict[str, Any], status: int = 200) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _begin_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _line(self, body: dict[str, Any]) -> None:
        self._chunk(json.dumps(body).encode() + b"\n")

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _wait(self, seconds: float = float("inf")) -> None:
        """Wait, but not longer than the other side does."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.faults.closing.wait(min(0.02, seconds)):
                raise _Gone
            readable, _, _ = select.select([self.connection], [], [], 0)
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                raise _Gone
