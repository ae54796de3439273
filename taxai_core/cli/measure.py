"""Run a module of ours and see how long it takes and how much memory it holds."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import psutil

CHECKOUT = Path(__file__).parents[2]
# Walking the tree and its memory takes 3 to 5 ms; peaks of a page last longer than this.
SAMPLE_EVERY_S = 0.1
HOW_MEMORY_IS_TAKEN = (
    f"Memory is sampled every {SAMPLE_EVERY_S} s over the whole tree of processes; memory that "
    "forked processes share counts once (Linux `Pss`; resident sizes added up elsewhere)."
)


class Measured(NamedTuple):
    """What one run took. `tree_mb` is the peak of all its processes, `largest_mb` of the largest.

    The first is proportional memory (shared pages once), the second the resident set.
    """

    returncode: int
    seconds: float
    tree_mb: float
    largest_mb: float


def run_measured(words: Sequence[str | Path], output: Path) -> Measured:
    """Run `python -m WORDS` from start to end; its standard output goes to a file."""
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, "-P", "-m", *map(str, words)]
    tree_mb = largest_mb = 0.0
    with open(output, "wb") as file:
        start = time.monotonic()
        with subprocess.Popen(
            command, stdout=file, stderr=subprocess.DEVNULL, env=environment
        ) as process:
            while True:
                try:
                    process.wait(SAMPLE_EVERY_S)
                    break
                except subprocess.TimeoutExpired:
                    tree, largest = _memory_mb(process.pid)
                    tree_mb, largest_mb = max(tree_mb, tree), max(largest_mb, largest)
        seconds = time.monotonic() - start
    return Measured(process.returncode, seconds, tree_mb, largest_mb)


def _memory_mb(pid: int) -> tuple[float, float]:
    total = largest = 0.0
    with suppress(psutil.Error):
        root = psutil.Process(pid)
        for process in [root, *root.children(recursive=True)]:
            with suppress(psutil.Error, OSError):  # it may have ended meanwhile
                resident_mb = process.memory_info().rss / (1 << 20)
                largest = max(largest, resident_mb)
                total += _proportional_mb(process.pid, resident_mb)
    return total, largest


def _proportional_mb(pid: int, resident_mb: float) -> float:
    if sys.platform != "linux":
        return resident_mb
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0  # it has ended and waits to be collected
