"""How processes are ended so that none is left."""

import os
import signal
import sys
from collections.abc import Collection, Iterable
from contextlib import suppress

import psutil


def descendants(pid: int) -> list[psutil.Process]:
    """Return all processes below this one, none if it has ended."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []


def kill_tree(pid: int) -> None:
    """Kill a living process that leads its group, and everything below it.

    It is frozen first, so that it starts nothing more, and killed before what is below it: a
    worker that saw its job's process die would note the document as failed.
    """
    with suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGSTOP)
    kill_rest(pid, descendants(pid))


def kill_rest(group: int, below: Iterable[psutil.Process]) -> None:
    """Kill what is in the group of a process that may have ended, then what was below it."""
    with suppress(ProcessLookupError, PermissionError):  # macOS: EPERM where all are zombies
        os.killpg(group, signal.SIGKILL)
    for process in below:
        with suppress(psutil.Error):
            process.kill()


def kill_orphans(own: Collection[int]) -> None:
    """Kill what dead children left behind and Linux gave to this process.

    Args:
        own: ids of direct children that are not orphans.
    """
    if sys.platform != "linux":
        return
    for orphan in psutil.Process().children():
        if orphan.pid not in own:
            below = orphan.children(recursive=True) if orphan.is_running() else []
            for process in (orphan, *below):
                with suppress(psutil.Error):
                    process.kill()
