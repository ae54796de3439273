"""The process in which Ollama holds a model: how its weights lie in memory."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Literal

import psutil

# Ollama names the file of the weights in its runner's command line, whatever the runner is called.
WEIGHTS, BLOB = ("--model", "-m"), "sha256-"
NOT_MAPPED = ("--no-mmap", "--load-mode=none")


@dataclass(frozen=True)
class ModelProcess:
    """Are the weights memory-mapped, how that is known, and what they take.

    `own_bytes` counts against a memory cap for good, `file_bytes` is page cache that the kernel
    takes back when it needs it.
    """

    mapped: Literal["yes", "no", "unknown"]
    how: str
    own_bytes: int = 0
    file_bytes: int = 0

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


def find_model_process(port: int | None) -> ModelProcess:
    """Look at the runner of the server that listens on this port of this machine; never raises.

    Args:
        port: None where the server is on another machine.
    """
    if port is None:
        how = "The server is on another machine, whose processes cannot be seen from here."
        return ModelProcess("unknown", how)
    try:
        for process, weights in _runners(port):
            return _look_at(process, weights)
    except psutil.AccessDenied:
        how = "The server belongs to another user, so its memory map is hidden."
        return ModelProcess("unknown", how)
    except psutil.Error:  # it has ended just now
        pass
    how = "No process that holds a model is seen below the server."
    return ModelProcess("unknown", how)


def find_runner(port: int | None) -> psutil.Process | None:
    """The process that holds a model below the server on this port; never raises."""
    if port is not None:
        with suppress(psutil.Error):
            for process, _ in _runners(port):
                return process
    return None


def _look_at(process: psutil.Process, weights: str) -> ModelProcess:
    memory, words = process.memory_info(), process.cmdline()
    file_bytes = int(getattr(memory, "shared", 0))
    own_bytes = memory.rss - file_bytes
    if any(word in NOT_MAPPED for word in words) or "--load-mode none" in " ".join(words):
        how = f"Process {process.pid} was started with mapping turned off."
        return ModelProcess("no", how, own_bytes, file_bytes)
    if any(each.path == weights for each in process.memory_maps()):
        how = f"Process {process.pid} has the file of the weights in its memory map."
        return ModelProcess("yes", how, own_bytes, file_bytes)
    how = f"Process {process.pid} has no file of weights in its memory map."
    return ModelProcess("no", how, own_bytes, file_bytes)


def _runners(port: int) -> Iterator[tuple[psutil.Process, str]]:
    listening = {
        one.pid
        for one in psutil.net_connections("tcp")
        if one.status == psutil.CONN_LISTEN and one.laddr and one.laddr.port == port and one.pid
    }
    for pid in listening:
        server = psutil.Process(pid)
        for process in (server, *server.children(recursive=True)):
            for option, value in pairwise(process.cmdline()):
                if option in WEIGHTS and BLOB in value:
                    yield process, value
