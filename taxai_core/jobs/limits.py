"""What one reading process may use, and how its death is understood."""

import ctypes
import os
import resource
import signal
import sys

import psutil

# Address space runs ahead of resident memory: libraries, thread stacks, freed arenas. Camelot with
# OpenCV peaked at 604 MB of address space for 282 MB resident.
ADDRESS_SPACE_OVER_MB = 600
# The system's own killer sends KILL; a C library that gets no memory ends itself with the others.
OUT_OF_MEMORY_SIGNALS = {signal.SIGKILL, signal.SIGABRT, signal.SIGTRAP, signal.SIGILL}
PR_SET_PDEATHSIG = 1


def confine(parent: int, memory_mb: int) -> None:
    """In a child: die with the parent, and fail an allocation rather than the machine."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)  # the parent died before the line above
        cap = (memory_mb + ADDRESS_SPACE_OVER_MB) << 20
        resource.setrlimit(resource.RLIMIT_AS, (cap, cap))


def resident_bytes(pid: int) -> int:
    """What a process and all that it started hold in memory; 0 where it has just ended."""
    try:
        root = psutil.Process(pid)
        family = [root, *root.children(recursive=True)]
        return sum(process.memory_info().rss for process in family)
    except psutil.Error:
        return 0
