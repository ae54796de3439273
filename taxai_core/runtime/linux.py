"""What only Linux offers to leave no process behind; elsewhere these do nothing."""

import ctypes
import os
import sys
from collections.abc import Callable, Collection
from contextlib import suppress

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36

# Loaded before any fork: the child may only call what is already there.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def tie_to_parent(signal_number: int) -> Callable[[], None] | None:
    """Return what a new child must call so that it gets the signal when this process dies.

    The kernel means the thread that forked, so children are started from the main thread.
    """
    if _libc is None:
        return None
    libc, parent = _libc, os.getpid()

    def tie() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
        if os.getppid() != parent:  # it died before the call: no signal will come
            os._exit(1)

    return tie


def adopt_orphans() -> None:
    """Make this process the parent of every descendant whose own parent dies."""
    if _libc is not None:
        _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def reap_adopted(own: Collection[int]) -> None:
    """Collect ended orphans; `own` are the children that somebody else waits for."""
    if sys.platform != "linux":
        return
    with suppress(ChildProcessError):
        while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            if ended.si_pid in own:
                return
            os.waitpid(ended.si_pid, os.WNOHANG)
