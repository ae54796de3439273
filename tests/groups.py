"""Folders that look like control groups of either version, and like containers' reports."""

import os
import time
from pathlib import Path

MB = 1 << 20
UNLIMITED_V1 = "9223372036854771712"


def tree(
    folder: Path,
    version: int = 2,
    *,
    used: int = 200 * MB,
    cache: int = 100 * MB,
    cap: int | None = 512 * MB,
    quota: float | None = 1.5,
    cpu_s: float = 2.0,
    periods: int = 100,
    throttled: int = 0,
    kills: int = 0,
) -> Path:
    """A group; `throttled` are periods of 100 ms."""
    limit = "max" if quota is None else str(int(quota * 100_000))
    if version == 2:
        files = {
            "memory.current": f"{used + cache}\n",
            "memory.max": "max\n" if cap is None else f"{cap}\n",
            "memory.stat": f"anon {used}\nactive_file {cache // 4}\n"
            f"inactive_file {cache - cache // 4}\n",
            "memory.events": f"low 0\noom {kills + 1}\noom_kill {kills}\noom_group_kill 0\n",
            "memory.swap.current": f"{5 * MB}\n",
            "cpu.stat": f"usage_usec {int(cpu_s * 1e6)}\nnr_periods {periods}\n"
            f"nr_throttled {throttled}\nthrottled_usec {throttled * 100_000}\n",
            "cpu.max": f"{limit} 100000\n",
        }
    else:
        files = {
            "memory/memory.usage_in_bytes": f"{used + cache}\n",
            "memory/memory.limit_in_bytes": f"{UNLIMITED_V1 if cap is None else cap}\n",
            "memory/memory.stat": f"inactive_file 1\ntotal_active_file {cache // 4}\n"
            f"total_inactive_file {cache - cache // 4}\ntotal_swap {5 * MB}\n",
            "memory/memory.oom_control": f"oom_kill_disable 0\nunder_oom 0\noom_kill {kills}\n",
            "memory/memory.failcnt": "17\n",
            "cpu/cpu.stat": f"nr_periods {periods}\nnr_throttled {throttled}\n"
            f"throttled_time {throttled * 100_000_000}\n",
            "cpu/cpu.cfs_quota_us": "-1\n" if quota is None else f"{limit}\n",
            "cpu/cpu.cfs_period_us": "100000\n",
            "cpuacct/cpuacct.usage": f"{int(cpu_s * 1e9)}\n",
        }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def report(
    folder: Path,
    service: str,
    host: str,
    version: int = 2,
    *,
    at: float | None = None,
    **figures: float | None,
) -> Path:
    """What a container reports of itself, written at a moment: now, unless it is said."""
    made = tree(folder / f"{service}@{host}", version, **figures)
    for file in made.rglob("*"):
        if file.is_file():
            os.utime(file, (at or time.time(),) * 2)
    return made
