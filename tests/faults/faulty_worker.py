"""The real extract worker with one fault planted by the environment.

`FAULT` is one of the functions below, `FAULT_PAGE` the page at which it happens, `FAULT_PLACE`
where: in the `job`'s own process between two pages, or in the fork that reads the `page`.
With `FAULT_ONCE`, a file that marks it as done, it happens in the first reading only.
"""

import collections
import ctypes
import itertools
import mmap
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.modules["pyarrow"] = None  # as the worker itself does before it imports the parsers

from taxai_core import pipeline  # noqa: E402
from taxai_core.jobs import task  # noqa: E402
from taxai_core.jobs.worker import run_extract_worker  # noqa: E402
from taxai_core.store import database  # noqa: E402

FOR_EVER_S = 3600
# All of the helpers together hold more than the cap of the test, and by more than one of them has.
HELPERS, HELPER_MB = 30, 20
ALONE_MB = 500


def exception() -> NoReturn:
    raise RuntimeError("planted")


def system_exit() -> NoReturn:
    sys.exit(5)


def hard_exit() -> NoReturn:
    os._exit(3)


def segfault() -> None:
    ctypes.string_at(0)


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hang() -> None:
    time.sleep(FOR_EVER_S)


def c_loop() -> None:
    """C code that never returns and never looks whether a signal has come."""
    collections.deque(itertools.repeat(0), maxlen=0)


def swallowed_exception() -> NoReturn:
    while True:
        try:
            time.sleep(FOR_EVER_S)
        except Exception:
            continue


def swallowed_everything() -> NoReturn:
    while True:
        try:
            time.sleep(FOR_EVER_S)
        except BaseException:
            continue


def many_objects() -> NoReturn:
    held: list[object] = []
    while True:
        held.append([len(held)] * 8)


def helpers() -> None:
    """Processes that the reading starts, as a parser may: only their sum is too much."""
    for _ in range(HELPERS):
        if os.fork() == 0:
            hold(HELPER_MB)
    hang()


def mapped_bytes() -> None:
    hold(ALONE_MB)


def hold(megabytes: int) -> None:
    held = mmap.mmap(-1, megabytes << 20)
    for start in range(0, len(held), mmap.PAGESIZE):
        held[start] = 1
    parent = os.getppid()
    while os.getppid() == parent:  # else a test that fails would leave it behind
        time.sleep(0.2)
    os._exit(1)


def gate() -> None:
    """Not a fault: wait here until the test has done what it wants to do to the others."""
    while not Path(os.environ["FAULT_GATE"]).exists():
        select.select([], [], [], 0.05)  # libfaketime breaks `time.sleep` (its 0.9.10, Python 3.11)


FAULTS: dict[str, Callable[[], Any]] = {
    fault.__name__: fault
    for fault in (
        *(exception, system_exit, hard_exit, segfault, killed, hang, c_loop),
        *(swallowed_exception, swallowed_everything, many_objects, mapped_bytes, helpers, gate),
    )
}


def strike(page: int) -> None:
    """Let the fault happen if this is its page, and its time."""
    if page != int(os.environ["FAULT_PAGE"]):
        return
    if once := os.environ.get("FAULT_ONCE"):
        try:
            Path(once).touch(exist_ok=False)
        except FileExistsError:
            return
    FAULTS[os.environ["FAULT"]]()


def plant() -> None:
    """Put the fault, and the list of the pages that are read, into the real code."""
    place = os.environ["FAULT_PLACE"]
    keep_page, read_page = task.keep_page, pipeline.read_page

    def keep(store: Any, document_id: str, run: int, page: Any, picture: bytes | None) -> None:
        if place == "job":
            strike(page.number)
        keep_page(store, document_id, run, page, picture)

    def read(pdf: Any, with_picture: bool, light: bool, page_index: int) -> Any:
        with open(os.environ["FAULT_READS"], "a") as reads:
            reads.write(f"{pdf.page_count} {page_index + 1}\n")
        if place == "page":
            strike(page_index + 1)
        return read_page(pdf, with_picture, light, page_index)

    task.keep_page, pipeline.read_page = keep, read
    if busy_timeout_s := os.environ.get("FAULT_BUSY_TIMEOUT_S"):
        database.BUSY_TIMEOUT_S = float(busy_timeout_s)


if __name__ == "__main__":
    plant()
    run_extract_worker(*sys.argv[1:])
