"""How short memory is: what is used, what was swapped out, and how long processes wait for it."""

from dataclasses import dataclass
from pathlib import Path

import psutil

from .cgroup import CGROUP, read_group
from .machine import Sampler

PRESSURE = Path("/proc/pressure/memory")


@dataclass(frozen=True)
class Memory:
    """The machine's, or its container's. Without swap, and in a container, `swap_total_bytes` is 0.

    `waiting_percent` is the share of the last minute in which some process waited for memory;
    None where the kernel does not tell.
    """

    used_bytes: int
    total_bytes: int
    swap_used_bytes: int
    swap_total_bytes: int
    waiting_percent: float | None


def look_at_memory(cgroup: Path = CGROUP, pressure: Path = PRESSURE) -> Memory:
    """Read it."""
    sample, swap, group = Sampler(cgroup).sample({}), psutil.swap_memory(), read_group(cgroup)
    is_capped = group is not None and group.cap_bytes == sample.memory_total_bytes
    return Memory(
        used_bytes=sample.memory_used_bytes,
        total_bytes=sample.memory_total_bytes,
        swap_used_bytes=group.swap_bytes if group and is_capped else swap.used,
        swap_total_bytes=0 if is_capped else swap.total,
        waiting_percent=_waiting_percent(cgroup / "memory.pressure", pressure),
    )


def _waiting_percent(*files: Path) -> float | None:
    """Read `some avg10=0.00 avg60=0.00 avg300=0.00 total=0` of the first file that there is."""
    for file in files:
        try:
            words = file.read_text().splitlines()[0].split()
            return float(dict(word.split("=") for word in words[1:])["avg60"])
        except (OSError, ValueError, IndexError, KeyError):
            continue
    return None
