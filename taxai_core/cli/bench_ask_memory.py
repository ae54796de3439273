"""What a model server on this machine holds in memory while it answers."""

import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

import psutil

from ..settings import is_loopback

# To add up a process' map takes some ms, in which it cannot get memory: seldom enough not to count.
SAMPLE_EVERY_S = 0.5
MB = 1 << 20
OLLAMA_PORT = 11434


@dataclass(frozen=True)
class Memory:
    """Peaks of all processes of a server: memory of their own, and of files mapped into them.

    Files are page cache, which the kernel takes back when it needs it. Each counts once, and whole,
    as another server on the machine may map the same weights.
    """

    own_mb: float = 0.0
    file_mb: float = 0.0

    @property
    def is_known(self) -> bool:
        """Could the server's processes be seen?"""
        return self.own_mb > 0


class MemoryWatch:
    """Samples a server's memory while a block runs: `with MemoryWatch(url) as watch:`."""

    def __init__(self, url: str) -> None:
        self._pid = server_pid(url)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.peak = Memory()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        is_last = self._pid is None
        while not is_last:
            is_last = self._done.wait(SAMPLE_EVERY_S)
            now = _held(self._pid or 0)
            self.peak = Memory(
                max(self.peak.own_mb, now.own_mb), max(self.peak.file_mb, now.file_mb)
            )


def server_pid(url: str) -> int | None:
    """The process that listens at a URL, where it is on this machine and may be looked at."""
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if not is_loopback(parts.hostname or ""):
        return None
    with suppress(psutil.Error):
        for one in psutil.net_connections("tcp"):
            if one.status != psutil.CONN_LISTEN or not one.laddr or one.pid is None:
                continue
            if one.laddr.port == (parts.port or OLLAMA_PORT):
                return one.pid
    return None


def _held(pid: int) -> Memory:
    """What a process and all that it started hold now."""
    own, files = 0, dict[str, int]()
    with suppress(psutil.Error):
        root = psutil.Process(pid)
        for process in [root, *root.children(recursive=True)]:
            # One may have ended meanwhile; only some systems tell the maps.
            with suppress(psutil.Error, AttributeError):
                for each in process.memory_maps(grouped=True):
                    if each.path.startswith("/"):
                        files[each.path] = max(each.rss, files.get(each.path, 0))
                    else:
                        own += each.rss
    return Memory(own / MB, sum(files.values()) / MB)
