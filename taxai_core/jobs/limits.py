"""What one reading process may use, and how it is held to that."""

import ctypes
import os
import resource
import signal
import sys

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


def held_bytes(pid: int) -> int:
    """What a process and all that it started hold in memory; 0 where it has just ended."""
    try:
        root = psutil.Process(pid)
        return sum(map(_own_memory, [root, *root.children(recursive=True)]))
    except psutil.Error:
        return 0


def _own_memory(process: psutil.Process) -> int:
    """Its resident memory, its share only of what it has in common with others: forks do."""
    if psutil.LINUX:
        return int(process.memory_full_info().pss)
    return int(process.memory_info().rss)
