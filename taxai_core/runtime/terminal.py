"""What `up` prints."""

import os
import sys
from contextlib import suppress


def say(line: str) -> None:
    """Print a line at once; a terminal that was closed must not keep `up` from stopping."""
    try:
        print(line, flush=True)
    except (OSError, ValueError):
        _to_nowhere(1)


def complain(line: str) -> None:
    """Print a line to standard error."""
    try:
        print(line, file=sys.stderr, flush=True)
    except (OSError, ValueError):
        _to_nowhere(2)


def _to_nowhere(descriptor: int) -> None:
    """Keep Python's own flush at its end from failing, which would change the exit code."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, descriptor)
        os.close(nowhere)
