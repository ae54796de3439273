"""Run a module of ours and see how long it takes and how much memory it holds."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import psutil

from ..jobs.limits import held_memory

CHECKOUT = Path(__file__).parents[2]
# Walking the tree and its memory takes 3 to 5 ms; peaks of a page last longer than this.
SAMPLE_EVERY_S = 0.1
HOW_MEMORY_IS_TAKEN = (
    f"Memory is sampled every {SAMPLE_EVERY_S} s over the whole tree of processes; memory that "
    "forked processes share counts once (Linux `Pss`; resident sizes added up elsewhere)."
)


class Measured(NamedTuple):
    """What one run took. `tree_mb` is the peak of all its processes, `largest_mb` of the largest.

    The first is proportional memory (shared pages once), the second the resident set. `cpu_s` is
    the time of processors, which other work on the machine hardly changes.
    """

    returncode: int
    seconds: float
    cpu_s: float
    tree_mb: float
    largest_mb: float


def run_measured(words: Sequence[str | Path], output: Path) -> Measured:
    """Run `python -m WORDS` from start to end; its standard output goes to a file."""
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, "-P", "-m", *map(str, words)]
    tree_mb = largest_mb = 0.0
    with open(output, "wb") as file:
        start, cpu_before_s = time.monotonic(), _cpu_of_ended_children_s()
        with subprocess.Popen(
            command, stdout=file, stderr=subprocess.DEVNULL, env=environment
        ) as process:
            while True:
                try:
                    process.wait(SAMPLE_EVERY_S)
                    break
                except subprocess.TimeoutExpired:
                    tree_mb = max(tree_mb, sum(held_memory(process.pid).values()) / (1 << 20))
                    largest_mb = max(largest_mb, _largest_mb(process.pid))
        seconds = time.monotonic() - start
    cpu_s = _cpu_of_ended_children_s() - cpu_before_s
    return Measured(process.returncode, seconds, cpu_s, tree_mb, largest_mb)


def _cpu_of_ended_children_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _largest_mb(pid: int) -> float:
    largest = 0.0
    with suppress(psutil.Error):
        root = psutil.Process(pid)
        for process in [root, *root.children(recursive=True)]:
            with suppress(psutil.Error):  # it may have ended meanwhile
                largest = max(largest, process.memory_info().rss / (1 << 20))
    return largest
