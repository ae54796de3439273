"""Pages read in processes of their own: what hangs, crashes or eats memory costs only itself."""

import ctypes
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import closing

import psutil
import pytest
from papers import INTEREST, PREMIUMS, joined, paper
from waiting import is_gone, wait_until

from taxai_core import pipeline
from taxai_core.errors import CorruptPdfError, ReadTimeoutError
from taxai_core.models import Reading
from taxai_core.pdf import page_reader
from taxai_core.pdf.forks import Lost, read_in_forks

THREE = joined(paper("One", INTEREST), paper("Two", PREMIUMS), paper("Three", INTEREST))


def hang() -> None:
    time.sleep(600)


def swallow_everything() -> None:
    while True:
        try:
            time.sleep(600)
        except BaseException:
            continue


def hold_the_interpreter() -> None:
    ctypes.PyDLL(None).sleep(600)  # C code that gives no signal handler a chance


def segfault() -> None:
    ctypes.string_at(0)


def run_out_of_memory() -> None:
    raise MemoryError


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def fault_on(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None], int], None]:
    """Let something happen while some page is read."""

    def set_fault(fault: Callable[[], None], *numbers: int) -> None:
        whole = page_reader.read_tables

        def read_tables(pdf, page_index, **options):
            if page_index + 1 in numbers:
                fault()
            return whole(pdf, page_index, **options)

        monkeypatch.setattr(page_reader, "read_tables", read_tables)

    return set_fault


def read(data: bytes, cores: int = 2) -> Reading:
    return pipeline.process_pdf(
        data,
        password=None,
        max_file_mb=50,
        max_pages=500,
        page_timeout_s=1.5,
        cores=lambda: cores,
    )


@pytest.mark.parametrize("cores", [1, 2])
@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (hang, "took longer than 2 seconds and was given up"),
        (swallow_everything, "took longer than 2 seconds and was given up"),
        (hold_the_interpreter, "took longer than 2 seconds and was given up"),
        (segfault, "is damaged and could not be read"),
        (run_out_of_memory, "needs more memory than one worker may use and was given up"),
        (be_killed, "needs more memory than one worker may use and was given up"),
    ],
)
def test_a_page_that_cannot_be_read_is_named_and_the_others_are_kept(
    fault_on, fault: Callable[[], None], why: str, cores: int
) -> None:
    fault_on(fault, 2)

    reading = read(THREE, cores)

    assert [(table.page, table.rows) for table in reading.tables] == [(1, INTEREST), (3, INTEREST)]
    assert reading.warnings == [f"Page 2 {why}."]
    assert [page.number for page in reading.pages] == [1, 2, 3]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (hang, ReadTimeoutError),
        (segfault, CorruptPdfError),
        (run_out_of_memory, MemoryError),
    ],
)
def test_a_document_without_a_readable_page_says_why(
    fault_on, fault: Callable[[], None], error: type[BaseException]
) -> None:
    fault_on(fault, 1)

    with pytest.raises(error):
        read(paper("One", INTEREST))


def test_the_next_document_is_read_as_if_nothing_had_happened(fault_on, monkeypatch) -> None:
    fault_on(segfault, 1, 2, 3)
    with pytest.raises(CorruptPdfError):
        read(THREE)
    monkeypatch.undo()

    assert [table.rows for table in read(THREE).tables] == [INTEREST, PREMIUMS, INTEREST]


def test_results_come_in_order_whoever_is_first() -> None:
    def slow_first(index: int) -> int:
        time.sleep(0.4 if index == 0 else 0.0)
        return index

    with closing(read_in_forks(slow_first, range(30), cores=lambda: 3, budget_s=20)) as results:
        assert list(results) == list(range(30))


def test_no_more_processes_read_at_once_than_there_are_cores() -> None:
    others = {child.pid for child in psutil.Process().children()}

    def count_readers(_index: int) -> int:
        time.sleep(0.05)
        here = psutil.Process(os.getppid()).children()
        return sum(child.pid not in others and not is_gone(child) for child in here)

    with closing(read_in_forks(count_readers, range(12), cores=lambda: 2, budget_s=20)) as results:
        seen = list(results)

    assert max(seen) == 2


def test_cores_given_back_to_others_are_no_longer_used() -> None:
    free = [3]

    def readers(_index: int) -> int:
        time.sleep(0.05)
        return os.getpid()

    pids = []
    with closing(read_in_forks(readers, range(40), cores=lambda: free[0], budget_s=20)) as results:
        for number, pid in enumerate(results):
            assert isinstance(pid, int)
            pids.append(pid)
            if number == 5:
                free[0] = 1  # somebody else's paper came in

    assert len(set(pids[:6])) > 1
    assert len(set(pids[-10:])) == 1


def test_a_reading_that_is_dropped_leaves_no_process_behind() -> None:
    before = set(psutil.Process().children())
    results = read_in_forks(lambda index: time.sleep(60), range(4), cores=lambda: 2, budget_s=90)
    threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGUSR1)).start()

    class Stop(BaseException):
        pass

    def stop(*_: object) -> None:
        raise Stop

    usual = signal.signal(signal.SIGUSR1, stop)
    try:
        with pytest.raises(Stop), closing(results):
            next(results)
    finally:
        signal.signal(signal.SIGUSR1, usual)

    wait_until(lambda: set(psutil.Process().children()) == before, "none is left")


def test_the_readers_die_with_the_process_that_reads_the_document() -> None:
    def read_for_ever() -> None:
        list(read_in_forks(lambda index: time.sleep(600), range(2), cores=lambda: 2, budget_s=600))

    process = multiprocessing.get_context("fork").Process(target=read_for_ever)
    process.start()
    me = psutil.Process(process.pid)
    wait_until(lambda: len(me.children()) == 2, "both readers are at work")
    readers = me.children()

    process.kill()
    process.join()

    wait_until(lambda: all(map(is_gone, readers)), "the readers are gone")


def test_a_lost_page_is_told_as_lost() -> None:
    def read_or_die(index: int) -> str:
        if index == 1:
            segfault()
        return "read"

    with closing(read_in_forks(read_or_die, range(3), cores=lambda: 1, budget_s=20)) as results:
        assert list(results) == ["read", Lost("crash"), "read"]
