"""What one reading process may use, and how it is held to that."""

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress

import psutil

# Address space runs ahead of resident memory: libraries, thread stacks, freed arenas. Camelot with
# OpenCV peaked at 604 MB of address space for 282 MB resident.
ADDRESS_SPACE_OVER_MB = 600
PR_SET_PDEATHSIG = 1


def confine(parent: int, memory_mb: int) -> None:
    """In a child: die with the parent, and fail an allocation rather than the machine."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)  # the parent died before the line above
        cap = (memory_mb + ADDRESS_SPACE_OVER_MB) << 20
        resource.setrlimit(resource.RLIMIT_AS, (cap, cap))


def held_memory(pid: int) -> dict[int, int]:
    """What a process and each that it started hold in memory, by id; those just ended left out."""
    held = {}
    with suppress(psutil.Error):
        root = psutil.Process(pid)
        for process in [root, *root.children(recursive=True)]:
            with suppress(psutil.Error):
                held[process.pid] = _own_memory(process)
    return held


def is_too_much(pid: int, held: Mapping[int, int], memory_mb: int) -> bool:
    """Must a process end for what it and all that it started hold?

    Where one of its children, which read a page each, holds most of what is too much, only that
    one is ended: its page is given up and the others are read.
    """
    over = sum(held.values()) - (memory_mb << 20)
    if over <= 0:
        return False
    children = {child: size for child, size in held.items() if child != pid}
    largest = max(children, key=lambda child: children[child], default=None)
    if largest is None or children[largest] <= over:
        return True
    with suppress(ProcessLookupError):
        os.kill(largest, signal.SIGKILL)
    return False


def _own_memory(process: psutil.Process) -> int:
    """Its resident memory, its share only of what it has in common with others: forks do."""
    if psutil.LINUX:
        return int(process.memory_full_info().pss)
    return int(process.memory_info().rss)
