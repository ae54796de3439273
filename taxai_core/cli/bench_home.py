"""A TaxAI of a bench's own: settings, data folder and queue that nothing else uses."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from ..jobs.workplace import get_store, prepare_store
from ..runtime.children import Child, Program
from ..runtime.embedded_redis import find_server, place_queue
from ..runtime.ending import descendants, kill_rest, kill_tree
from ..runtime.programs import CHECKOUT, WORKER_GRACE_S, child_environment
from ..settings import PREFIX, get_settings

# What would lead to somebody's documents, or have a model asked that the bench does not name.
NOT_OURS = ("DATA_DIR", "DATABASE_URL", "KEY", "REDIS_URL", "OLLAMA_MODEL")
QUEUE_WITHIN_S = 20.0
POLL_S = 0.02


class Home:
    """The processes of a bench; all end with its block, and with this process."""

    def __init__(self, folder: Path, redis_url: str) -> None:
        self.folder, self.redis_url = folder, redis_url
        self._children: list[Child] = []

    @property
    def queue_pid(self) -> int:
        """The process of the queue's server."""
        return self._children[0].pid or 0

    def start(self, program: Program) -> Child:
        """Start a program; its log lies in the data folder."""
        settings = get_settings()
        environment = child_environment(settings, self.redis_url)
        child = Child(program, environment, CHECKOUT, settings.data_path / "logs")
        self._children.append(child)
        child.start()
        return child

    def start_workers(self, count: int) -> list[Child]:
        """Start so many extract workers."""
        worker = os.fspath(CHECKOUT / "worker.py")
        return [
            self.start(
                Program(
                    f"extract-{number}",
                    (sys.executable, worker, "extract", str(number)),
                    grace_s=WORKER_GRACE_S,
                )
            )
            for number in range(1, count + 1)
        ]

    def stop(self, children: Sequence[Child]) -> None:
        """End some, with all that they started."""
        below = [(child, descendants(child.pid)) for child in children if child.pid]
        for child in children:
            child.ask_to_stop()
        until = time.monotonic() + max((child.program.grace_s for child in children), default=0.0)
        while any(child.is_alive() for child in children) and time.monotonic() < until:
            time.sleep(POLL_S)
        for child, seen in below:
            if child.is_alive():
                kill_tree(child.pid or 0)
            kill_rest(child.pid or 0, seen)
        while any(child.is_alive() for child in children):
            time.sleep(POLL_S)
        self._children = [child for child in self._children if child not in children]

    def stop_all(self) -> None:
        """End all, the queue last."""
        first = self._children[:1]
        self.stop(self._children[1:])
        self.stop(first)


@contextmanager
def private_home() -> Iterator[Home]:
    """A fresh data folder and a queue for it, kept on disk as that of `up`.

    Raises:
        CannotStartError: there is no Redis for this machine.
    """
    before = descendants(os.getpid())
    with own_data() as folder:
        prepare_store()
        queue = place_queue(get_settings(), find_server())
        home = Home(folder, queue.url)
        try:
            (server,) = map(home.start, queue.programs)
            _await_answer(server)
            with _environment({PREFIX + "REDIS_URL": queue.url}):
                yield home
        finally:
            home.stop_all()
            _end_strays(before)
            queue.remove_private_folder()


def _end_strays(before: Sequence[psutil.Process]) -> None:
    """End what this process was starting when Ctrl-C came, and so never knew of."""
    strays = [process for process in descendants(os.getpid()) if process not in before]
    for process in strays:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(strays)


@contextmanager
def own_data(**settings: object) -> Iterator[Path]:
    """A folder for the bench, with the settings that lead to `data` in it; nothing is made there.

    Args:
        settings: further ones, by name.
    """
    with tempfile.TemporaryDirectory(prefix="taxai-bench-") as scratch:
        folder = Path(scratch)
        wanted = dict.fromkeys(NOT_OURS) | {"DATA_DIR": folder / "data"}
        wanted |= {name.upper(): value for name, value in settings.items()}
        with _environment({PREFIX + name: value for name, value in wanted.items()}):
            yield folder


@contextmanager
def _environment(wanted: dict[str, object]) -> Iterator[None]:
    """Set variables, None for taking one away, for this block and what it starts."""
    before = {name: os.environ.get(name) for name in wanted}
    _set(wanted)
    try:
        yield
    finally:
        _set(before)


def _set(wanted: dict[str, object] | dict[str, str | None]) -> None:
    for name, value in wanted.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = str(value)
    get_settings.cache_clear()
    get_store.cache_clear()


def _await_answer(server: Child) -> None:
    until = time.monotonic() + QUEUE_WITHIN_S
    answers = server.program.answers
    while not (answers and answers()):
        if not server.is_alive() or time.monotonic() > until:
            raise SystemExit("The queue's server did not start; nothing was measured.")
        time.sleep(POLL_S)
