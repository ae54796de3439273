"""A worker that dies as it is told to, and a look at what it leaves behind."""

import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fates import MARK, Faulty, alive_with
from queue_server import QueueServer
from waiting import wait_until

FAULTY_WORKER = Path(__file__).with_name("faulty_worker.py")


@pytest.fixture(autouse=True)
def mark(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Stands in the environment of all that a test starts; nothing of it may outlive the test."""
    mark = uuid.uuid4().hex
    monkeypatch.setenv(MARK, mark)
    yield mark
    wait_until(lambda: not alive_with(mark), "no process outlives its test")


@pytest.fixture
def faulty(tmp_path: Path, mark: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable]:
    """Start a real worker with a fault: `faulty("segfault", place="page", once=True)`."""
    started: list[subprocess.Popen[bytes]] = []

    def run(
        fault: str, *, place: str = "job", page: int = 3, once: bool = False, **more: str
    ) -> Faulty:
        number = len(started) + 1
        reads, gate = tmp_path / f"reads{number}", tmp_path / "gate"
        planted = {"FAULT": fault, "FAULT_PLACE": place, "FAULT_PAGE": str(page)}
        planted |= {"FAULT_READS": str(reads), "FAULT_GATE": str(gate)} | more
        if once:
            planted["FAULT_ONCE"] = str(tmp_path / "once")
        with monkeypatch.context() as during:
            for name, value in planted.items():
                during.setenv(name, value)
            process = subprocess.Popen([sys.executable, FAULTY_WORKER, str(number)])
        started.append(process)
        return Faulty(process, reads, gate)

    yield run
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def queue_server(mark: str, configure) -> Iterator[QueueServer]:
    """A queue of this test's own, running; all that is started afterwards uses it."""
    # A socket's path must be short.
    with tempfile.TemporaryDirectory(prefix="taxai-") as folder:
        server = QueueServer(Path(folder))
        server.start()
        configure(redis_url=server.url)
        yield server
        server.kill()
