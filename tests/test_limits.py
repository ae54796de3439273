"""Who is ended when a reading holds more memory than it may."""

import subprocess
import sys
from collections.abc import Callable, Iterator

import psutil
import pytest
from waiting import wait_until

from taxai_core.jobs.limits import held_memory, is_too_much

HOG = "import time; held = bytearray({0} << 20); held[::4096] = b'x' * len(held[::4096]); {1}"
WAIT = "time.sleep(600)"
START = "import subprocess, sys; subprocess.run([sys.executable, '-c', {0!r}]); time.sleep(600)"

Start = Callable[[int, int], psutil.Process]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a process that holds so many MB, with a child that holds so many."""
    started = []

    def run(mine_mb: int, childs_mb: int) -> psutil.Process:
        child = HOG.format(childs_mb, WAIT)
        process = subprocess.Popen([sys.executable, "-c", HOG.format(mine_mb, START.format(child))])
        started.append(process)
        whole = (mine_mb + childs_mb) << 20

        def held() -> int:
            return sum(held_memory(process.pid).values())

        wait_until(lambda: held() >= whole, "both hold their memory")
        return psutil.Process(process.pid)

    yield run
    for process in started:
        for child in psutil.Process(process.pid).children():
            child.kill()
        process.kill()
        process.wait()


def test_a_reading_within_its_memory_is_left_alone(start: Start) -> None:
    reading = start(20, 60)

    assert not is_too_much(reading.pid, held_memory(reading.pid), 300)
    assert len(reading.children()) == 1


def test_a_page_that_eats_memory_is_ended_and_its_reading_goes_on(start: Start) -> None:
    reading = start(20, 200)

    assert not is_too_much(reading.pid, held_memory(reading.pid), 150)

    wait_until(lambda: not reading.children(), "the page's process is ended")
    assert reading.is_running()


def test_a_reading_that_itself_holds_too_much_must_end(start: Start) -> None:
    reading = start(200, 20)

    assert is_too_much(reading.pid, held_memory(reading.pid), 150)
    assert len(reading.children()) == 1
