"""Pages read in processes of their own: none can hang, crash or fatten the others."""

import ctypes
import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import Generic, Literal, TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")
# The system's own killer sends KILL; a C library that gets no memory ends itself with the others.
OUT_OF_MEMORY_SIGNALS = {signal.SIGKILL, signal.SIGABRT, signal.SIGTRAP, signal.SIGILL}
PR_SET_PDEATHSIG = 1
# What one page may take: the densest scans take 3 s on two cores, the largest forms 0.5 s.
PAGE_TIMEOUT_S = 20
# A child is replaced after so many pages, so that what libraries keep of a page cannot pile up.
PAGES_A_CHILD = 40
# Results wait for those of earlier pages; so many pages a child may run ahead.
AHEAD = 4


@dataclass(frozen=True)
class Lost:
    """A page without a result, and why."""

    reason: Literal["time", "memory", "crash"]


def read_in_forks(
    read: Callable[[int], T],
    indexes: range,
    *,
    cores: Callable[[], int],
    budget_s: float,
) -> Generator[T | Lost]:
    """Yield what `read(index)` returns for each index, in order.

    Args:
        read: called in a forked child; its result is pickled.
        cores: how many pages may be read at once; asked before each page where there are several.
        budget_s: a page that takes longer is given up and its child killed.
    """
    crew = _Crew(read, budget_s)
    done: dict[int, T | Lost] = {}
    next_up = indexes.start
    try:
        for index in indexes:
            while index not in done:
                most = max(1, cores()) if len(indexes) > 1 else 1
                while next_up in indexes and crew.busy < most and next_up - index < AHEAD * most:
                    crew.hand_out(next_up)
                    next_up += 1
                done.update(crew.collect())
            yield done.pop(index)
    finally:
        crew.end()


class LoneFork(Generic[T]):
    """Reads one page at a time, with as many threads as there are cores for it.

    For what is too heavy to have twice in memory.
    """

    def __init__(self, read: Callable[[int, int], T], budget_s: float) -> None:
        """`read(threads, index)` is called in a forked child; its result is pickled."""
        self._read, self._budget_s = read, budget_s
        self._crew: _Crew[T] | None = None
        self._threads = 0

    def read(self, index: int, threads: int) -> T | Lost:
        """Return what `read` returns for a page."""
        if self._crew is None or threads != self._threads:
            self.close()
            self._crew = _Crew(partial(self._read, threads), self._budget_s)
            self._threads = threads
        self._crew.hand_out(index)
        return self._crew.collect()[index]

    def close(self) -> None:
        """End the child."""
        if self._crew is not None:
            self._crew.end()


class _Crew(Generic[T]):
    def __init__(self, read: Callable[[int], T], budget_s: float) -> None:
        self._read, self._budget_s = read, budget_s
        self._working: list[_Child[T]] = []
        self._idle: list[_Child[T]] = []

    @property
    def busy(self) -> int:
        """How many children read a page now."""
        return len(self._working)

    def hand_out(self, index: int) -> None:
        due = time.monotonic() + self._budget_s
        child = self._idle.pop() if self._idle else _Child(self._read)
        if not child.begin(index, due):  # it died while it was idle
            child.kill()
            child = _Child(self._read)
            child.begin(index, due)
        self._working.append(child)

    def collect(self) -> dict[int, T | Lost]:
        """Wait until a page is read or given up."""
        now = time.monotonic()
        next_due = min(child.due for child in self._working)
        ready = wait([c.connection for c in self._working], timeout=max(0.0, next_due - now))
        found: dict[int, T | Lost] = {}
        for child in list(self._working):
            if child.connection in ready:
                found[child.index] = child.result()
            elif time.monotonic() >= child.due:
                child.kill()
                found[child.index] = Lost("time")
            else:
                continue
            self._working.remove(child)
            if child.is_usable:
                self._idle.append(child)
        return found

    def end(self) -> None:
        for child in [*self._working, *self._idle]:
            child.kill()


class _Child(Generic[T]):
    """A forked process that reads one page after the other."""

    def __init__(self, read: Callable[[int], T]) -> None:
        self.connection, theirs = Pipe()
        self.index, self.due, self.pages, self.is_usable = -1, 0.0, 0, True
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        self._pid = os.fork()
        if self._pid == 0:
            self.connection.close()
            _serve(read, theirs, parent)
        theirs.close()

    def begin(self, index: int, due: float) -> bool:
        """Hand it a page; False where it is dead."""
        self.index, self.due = index, due
        try:
            self.connection.send(index)
        except OSError:
            return False
        return True

    def result(self) -> T | Lost:
        self.pages += 1
        try:
            found: T | Lost = self.connection.recv()
        except (EOFError, OSError):
            return Lost("memory" if self.kill() in OUT_OF_MEMORY_SIGNALS else "crash")
        if self.pages >= PAGES_A_CHILD:
            self.kill()
        return found

    def kill(self) -> int:
        """End it; return the signal it died of."""
        self.is_usable = False
        self.connection.close()
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            _, status = os.waitpid(self._pid, 0)
            return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        return 0


def _serve(read: Callable[[int], T], connection: Connection, parent: int) -> None:
    """The child's life; it never returns into the parent's code."""
    gc.freeze()  # a collection would write to, and so copy, all that it shares with the parent
    try:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
            signal.signal(number, signal.SIG_DFL)
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:
                os._exit(1)  # the parent died before the line above
        while True:
            connection.send(_result(read, connection.recv()))
    except BaseException:
        os._exit(1)
    finally:
        os._exit(0)


def _result(read: Callable[[int], T], index: int) -> T | Lost:
    try:
        return read(index)
    except MemoryError:
        return Lost("memory")
    except Exception as error:
        # The text of a parser's exception may quote the paper; its type does not.
        log.warning("page %d could not be read: %s", index + 1, type(error).__name__)
        return Lost("crash")
