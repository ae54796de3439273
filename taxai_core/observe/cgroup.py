"""What one control group has used and may use, of either version.

A folder is laid out like `/sys/fs/cgroup` of a container: version 2 has `memory.current`,
version 1 `memory/memory.usage_in_bytes`. A copy of those files reads like the kernel's own.
"""

from dataclasses import dataclass
from pathlib import Path

CGROUP = Path("/sys/fs/cgroup")
# Version 1 writes "no limit" as a number close to 2**63, rounded down to a page.
UNLIMITED_BYTES = 1 << 62


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """One group. `used_bytes` and `cache_bytes` do not overlap; counters begin with the group.

    The cache is pages of files, which the kernel takes back when it needs them: the mapped weights
    of a model are among them, and a file in a tmpfs is not. None is no limit.
    """

    used_bytes: int
    cache_bytes: int
    cap_bytes: int | None
    swap_bytes: int
    cpu_s: float
    quota_cores: float | None
    periods: int
    throttled_periods: int
    throttled_s: float
    oom_kills: int


def read_group(folder: Path = CGROUP) -> GroupFigures | None:
    """Read one group; None where the folder is none, or that of all groups."""
    if (folder / "memory.current").exists() or (folder / "cpu.max").exists():
        return _version_2(folder)
    if (folder / "memory").is_dir() or (folder / "cpu").is_dir():
        return _version_1(folder)
    return None


def _version_2(folder: Path) -> GroupFigures:
    charged = number(folder / "memory.current") or 0
    memory, cpu = entries(folder / "memory.stat"), entries(folder / "cpu.stat")
    cache = min(memory.get("inactive_file", 0) + memory.get("active_file", 0), charged)
    return GroupFigures(
        used_bytes=charged - cache,
        cache_bytes=cache,
        cap_bytes=_limit(folder / "memory.max"),
        swap_bytes=number(folder / "memory.swap.current") or 0,
        cpu_s=cpu.get("usage_usec", 0) / 1e6,
        quota_cores=_quota(_text(folder / "cpu.max").split()),
        periods=cpu.get("nr_periods", 0),
        throttled_periods=cpu.get("nr_throttled", 0),
        throttled_s=cpu.get("throttled_usec", 0) / 1e6,
        oom_kills=entries(folder / "memory.events").get("oom_kill", 0),
    )


def _version_1(folder: Path) -> GroupFigures:
    charged = number(folder / "memory" / "memory.usage_in_bytes") or 0
    stat, cpu = entries(folder / "memory" / "memory.stat"), entries(folder / "cpu" / "cpu.stat")
    cache = min(stat.get("total_inactive_file", 0) + stat.get("total_active_file", 0), charged)
    limits = (_text(folder / "cpu" / f"cpu.cfs_{name}_us") for name in ("quota", "period"))
    return GroupFigures(
        used_bytes=charged - cache,
        cache_bytes=cache,
        cap_bytes=_limit(folder / "memory" / "memory.limit_in_bytes"),
        swap_bytes=stat.get("total_swap", 0),
        cpu_s=(number(folder / "cpuacct" / "cpuacct.usage") or 0) / 1e9,
        quota_cores=_quota(list(limits)),
        periods=cpu.get("nr_periods", 0),
        throttled_periods=cpu.get("nr_throttled", 0),
        throttled_s=cpu.get("throttled_time", 0) / 1e9,
        # Since Linux 4.13; `memory.failcnt` counts also what the kernel could still reclaim.
        oom_kills=entries(folder / "memory" / "memory.oom_control").get("oom_kill", 0),
    )


def _limit(path: Path) -> int | None:
    limit = number(path)  # "max" is no number
    return None if limit is None or limit >= UNLIMITED_BYTES else limit


def _quota(words: list[str]) -> float | None:
    """Cores of `quota` and `period` in microseconds; "max" or -1 is no limit."""
    try:
        quota, period = map(int, words)
        return quota / period if quota > 0 else None
    except (ValueError, ZeroDivisionError):
        return None


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def number(path: Path) -> int | None:
    """The number that is all of a file."""
    try:
        return int(_text(path))
    except ValueError:
        return None


def entries(path: Path) -> dict[str, int]:
    """A file of lines like `oom_kill 3`; empty where it cannot be read so."""
    try:
        pairs = (line.split() for line in _text(path).splitlines())
        return {pair[0]: int(pair[1]) for pair in pairs}
    except (ValueError, IndexError):
        return {}
