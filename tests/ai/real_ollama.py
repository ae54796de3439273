"""A real Ollama with a small model, where the tool that starts one is at hand."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TOOL = Path(__file__).parents[3] / "shared" / "tools" / "ollama-local"
MODEL = "gemma3:270m"


class NoOllama(Exception):
    """There is no real Ollama here; the argument says why."""


@dataclass(frozen=True)
class RealOllama:
    """A server of these tests alone, and its log."""

    url: str
    log: Path

    @property
    def runners(self) -> list[str]:
        """The commands of all runners that it has started, the newest last."""
        return self._logged("starting llama server")

    @property
    def ended_chats(self) -> int:
        """How many questions it has answered or given up."""
        return len(self._logged('"/api/chat"'))

    def _logged(self, words: str) -> list[str]:
        lines = self.log.read_text(errors="replace").splitlines()
        return [line for line in lines if words in line]


@contextmanager
def running_ollama() -> Iterator[RealOllama]:
    """Start a server on a free port and stop it.

    Raises: NoOllama where it cannot be started.
    """
    if not TOOL.is_file():
        raise NoOllama(f"there is no {TOOL.name} beside this checkout")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    started = subprocess.run([TOOL, "start", port], capture_output=True, text=True)
    if started.returncode:
        raise NoOllama(f"{TOOL.name} failed: {started.stderr[-300:]}")
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    home = Path(os.environ.get("OLLAMA_LOCAL_HOME", cache / "ollama-local"))
    log = home / f"serve-{port}.log"
    try:
        yield RealOllama(started.stdout.split()[-1], log)
    finally:
        subprocess.run([TOOL, "stop", port], check=False)
        log.unlink(missing_ok=True)
