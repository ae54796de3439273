"""`taxai up` as its own process, and what a browser does that it should not."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import psutil
import pytest
from papers import INTEREST, PREMIUMS, paper
from playwright.sync_api import ConsoleMessage, Page, Request

from taxai_core import service
from taxai_core.jobs import workplace
from taxai_core.settings import get_settings

CHECKOUT = Path(__file__).parents[2]
READY = "Stop with Ctrl-C"
# A machine under load may be slow; this is when a test gives up, not what it expects.
PATIENCE_S = 90
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("TAXAI_")}


def wait_until(holds: Callable[[], object], what: str) -> None:
    """Wait until something holds, or fail saying what did not."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, f"waited {PATIENCE_S} s in vain: {what}"
        time.sleep(0.05)


def _forget() -> None:
    get_settings.cache_clear()
    workplace.get_store.cache_clear()


class Running:
    """`taxai up` on a data folder and a free port, from the line that says ready to the end."""

    def __init__(self, data: Path) -> None:
        self.data = data
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            port = trial.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "taxai_core", "up"),
                *("--data", data, "--port", str(port), "--workers", "2"),
            ],
            cwd=CHECKOUT,
            env=CLEAN,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        assert self._process.stdout
        lines = []
        for line in self._process.stdout:
            lines.append(line)
            if READY in line:
                break
        else:
            raise AssertionError("".join(lines))
        assert f"ready at {self.url}" in "".join(lines)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for process in self.processes() if self._process.poll() is None else ():
            process.kill()
        self._process.wait()

    def processes(self) -> list[psutil.Process]:
        """All of its processes, itself first."""
        up = psutil.Process(self._process.pid)
        return [up, *up.children(recursive=True)]

    def busy_worker(self) -> psutil.Process | None:
        """The worker that reads a paper just now: it has a child."""
        for process in self.processes()[0].children():
            if "worker.py" in " ".join(process.cmdline()) and process.children():
                return process
        return None

    def stop(self) -> None:
        """Ask it to stop; it must end well and leave nobody behind."""
        there = self.processes()
        self._process.send_signal(signal.SIGTERM)
        assert self._process.wait(PATIENCE_S) == 0
        assert [process for process in there if process.is_running()] == []

    def command(self, *words: str) -> None:
        """Run a command of `./taxai` on the same data folder."""
        command = [sys.executable, "-m", "taxai_core", *words, "--data", self.data]
        subprocess.run(command, cwd=CHECKOUT, env=CLEAN, check=True, capture_output=True)

    def fill(self) -> None:
        """Give it papers to show: one to review, one approved, a protected one and a broken one."""
        folder = self.data.with_name("papers")
        folder.mkdir()
        interest = paper("Interest", INTEREST)
        papers = {
            "interest certificate 2024-25.pdf": interest,
            "premiums paid, with a long name that somebody gave it in a hurry.pdf": paper(
                "Premiums", PREMIUMS, pages=3
            ),
            "locked.pdf": paper("Locked", INTEREST, password="open sesame"),
            "broken.pdf": interest[: len(interest) // 2],
        }
        for name, data in papers.items():
            (folder / name).write_bytes(data)
        files = [str(folder / name) for name in papers]
        self.command("submit", "--wait", *files[:2])
        self.command("submit", *files[2:])  # with `--wait` those that fail make it return 1
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TAXAI_DATA_DIR", str(self.data))
            _forget()
            states = {document.state: document for document in service.list_documents()}
            service.approve(states["review"].id)
        _forget()


class Watched:
    """A window, with what it asked from elsewhere and what its console complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.strange_requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", self._asked)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def close(self) -> None:
        """Close the window; what it does while it closes is not watched."""
        self.page.remove_listener("console", self._said)
        self.page.context.close()

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url.removeprefix("blob:"))
        outside = address.scheme != "data" and address.hostname != "127.0.0.1"
        # Streamlit forgets a picture while pages change, before the browser asked for it.
        forgotten = request.resource_type == "image" and address.path.startswith("/media/")
        if outside or forgotten:
            self.strange_requests.append(request.url)

    def _said(self, message: ConsoleMessage) -> None:
        # Below a deep link Streamlit looks for its own server at that path first.
        probing = "/_stcore/" in message.location["url"] and "404" in message.text
        if message.type == "error" and not probing:
            self.errors.append(f"{message.text} ({message.location['url']})")
