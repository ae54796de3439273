"""Waiting for what other processes do."""

import time
from collections.abc import Callable

import psutil

# A machine under load may be slow; this is when a test gives up, not what it expects.
PATIENCE_S = 60


def wait_until(
    holds: Callable[[], object], what: str, patience_s: float = PATIENCE_S, every_s: float = 0.05
) -> None:
    """Wait until something holds, or fail saying what did not."""
    end = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < end, f"waited {patience_s} s in vain: {what}"
        time.sleep(every_s)


def is_gone(process: psutil.Process) -> bool:
    """Has a process ended, even between two looks at it?"""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def started_by(pid: int) -> list[psutil.Process]:
    """All processes below one that run now, but for the browser's, which come and go."""
    below = psutil.Process(pid).children(recursive=True)
    return [process for process in below if not is_gone(process) and not _is_browser(process)]


def _is_browser(process: psutil.Process) -> bool:
    try:
        return process.name().startswith(("chrom", "google-chrome", "node"))
    except psutil.NoSuchProcess:
        return False
