"""A folder that is written to: does it take a file, and how much more would fit?"""

import errno
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

# What one page of a scan takes, sealed.
TRIAL_BYTES = 64 * 1024


@dataclass(frozen=True)
class Folder:
    """`trouble` says why nothing can be written there, None where it can."""

    free_bytes: int
    trouble: Literal["missing", "full", "refused"] | None = None


def look_at_folder(path: Path) -> Folder:
    """Write a small file there and remove it; never raises."""
    try:
        free_bytes = shutil.disk_usage(path).free
    except OSError:
        return Folder(0, "missing")
    try:
        # Without a name: nothing of it stays, whatever ends this process.
        with tempfile.TemporaryFile(dir=path, buffering=0) as file:
            file.write(bytes(TRIAL_BYTES))
            os.fsync(file.fileno())
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        return Folder(free_bytes, "full" if full else "refused")
    return Folder(free_bytes)
