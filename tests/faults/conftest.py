"""A worker that dies as it is told to, and a look at what it leaves behind."""

import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from clocks import Clock
from fates import MARK, Faulty, alive_with
from queue_server import QueueServer
from waiting import wait_until

from taxai_core.jobs import workplace

DISK_MB = 6
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


@pytest.fixture
def small_disk(data: Path) -> Iterator[Path]:
    """The data folder on a disk of its own that is soon full."""
    options = ["-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(data)]
    mounted = subprocess.run(["mount", *options], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    workplace.get_store.cache_clear()
    data.with_name("data.key").unlink()
    workplace.prepare_store()
    yield data
    subprocess.run(["umount", "--lazy", data], check=True)


@pytest.fixture
def clock(mark: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clock:
    libraries = list(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    if not libraries:
        pytest.skip("libfaketime is not installed here (apt-get install faketime)")
    return Clock(libraries[0], tmp_path / "clock", monkeypatch)
