"""What the machine and the TaxAI processes use right now: processor and memory."""

import math
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

CGROUP = Path("/sys/fs/cgroup")


@dataclass(frozen=True, slots=True)
class ProcessSample:
    """One TaxAI process with its children; `cpu_percent` is 100 for one core fully used."""

    name: str
    pid: int
    cpu_percent: float
    rss_bytes: int


@dataclass(frozen=True, slots=True)
class Sample:
    """The machine at one moment; inside a limited container, the container.

    `cpu_percent` is 100 when all `cores` work. `memory_used_bytes` and `memory_cache_bytes` do
    not overlap: the cache is what the kernel gives back as soon as somebody needs it.
    """

    time: float
    cpu_percent: float
    cores: float
    memory_used_bytes: int
    memory_total_bytes: int
    memory_cache_bytes: int
    processes: tuple[ProcessSample, ...]


@dataclass(frozen=True, slots=True)
class _Usage:
    cpu_s: float
    rss_bytes: int
    own_bytes: int


class _Meter:
    """One process, and the processor time it had used when it was last read."""

    def __init__(self, pid: int, counting_since: float) -> None:
        self._process = psutil.Process(pid)
        is_new = self._process.create_time() >= counting_since
        self._cpu_s = 0.0 if is_new else _cpu_s(self._process)

    def read(self) -> _Usage | None:
        """Return what was used since the last reading, or None if the process has ended."""
        process = self._process
        try:
            if not process.is_running():  # also when another process has its id now
                return None
            with process.oneshot():
                if process.status() == psutil.STATUS_ZOMBIE:
                    return None
                cpu_s, memory = _cpu_s(process), process.memory_info()
        except psutil.Error:
            return None
        before, self._cpu_s = self._cpu_s, cpu_s
        # A child has its parent's libraries mapped; `shared` (from statm, Linux only) takes them
        # off. Heap pages it has inherited and not yet written to stay counted twice: 43 MB for a
        # worker that has pandas, camelot and plotly loaded. Only smaps_rollup could tell, and it
        # takes the kernel 12 ms for each GB of the process, every second.
        own_bytes = max(memory.rss - getattr(memory, "shared", 0), 0)
        return _Usage(max(cpu_s - before, 0.0), memory.rss, own_bytes)


def cpu_count() -> int:
    """How many cores this process may use: its affinity, or a container's limit if that is less."""
    here = len(psutil.Process().cpu_affinity() or []) if psutil.LINUX else psutil.cpu_count()
    limit = _group_cores(CGROUP)
    return max(1, min(here or 1, math.ceil(limit) if limit else here or 1))


def memory_total_bytes() -> int:
    """The machine's memory, or its container's limit."""
    return _memory(CGROUP)[1]


class Sampler:
    """Takes samples, and keeps what the next one is compared with.

    Args:
        cgroup: the folder in which the kernel shows the limits of this container.
    """

    def __init__(self, cgroup: Path = CGROUP) -> None:
        self._cgroup = cgroup
        # None stands for a process found dead: its id may go to a stranger, its name must not.
        self._meters: dict[tuple[int, str], _Meter | None] = {}
        self._parents: dict[int, int] = {}
        self._taken_at, self._ticked_s = time.time(), time.monotonic()
        self._group_cpu_s = _group_cpu_s(cgroup)
        psutil.cpu_percent()  # the first answer is always 0.0

    def sample(self, processes: Mapping[int, str]) -> Sample:
        """Measure the machine and `processes` (id → name); dead processes are left out."""
        now, ticked_s = time.time(), time.monotonic()
        elapsed_s = max(ticked_s - self._ticked_s, 1e-3)
        cores, cpu_percent = self._machine_cpu(elapsed_s)
        used, total, cache = _memory(self._cgroup)
        measured = tuple(self._measure(processes, elapsed_s))
        self._taken_at, self._ticked_s = now, ticked_s
        return Sample(now, cpu_percent, cores, used, total, cache, measured)

    def _machine_cpu(self, elapsed_s: float) -> tuple[float, float]:
        # Asked for under a limit too, as it counts from the last time it was asked.
        machine_percent = psutil.cpu_percent()
        cores = float(psutil.cpu_count() or 1)
        limit, before = _group_cores(self._cgroup), self._group_cpu_s
        self._group_cpu_s = after = _group_cpu_s(self._cgroup)
        if limit is None or limit >= cores or before is None or after is None:
            return cores, machine_percent
        return limit, min(max(after - before, 0.0) / elapsed_s / limit, 1.0) * 100

    def _measure(self, processes: Mapping[int, str], elapsed_s: float) -> Iterator[ProcessSample]:
        children = self._children()
        last, self._meters = self._meters, {}
        for pid, name in processes.items():
            meter = self._meters[pid, name] = self._meter(last, pid, name)
            usage = meter.read() if meter else None
            if usage is None:
                self._meters[pid, name] = None
                continue
            cpu_s, rss_bytes = usage.cpu_s, usage.rss_bytes
            for child in _descendants(pid, children, processes):
                meter = self._meter(last, child, "")
                if meter and (usage := meter.read()):
                    self._meters[child, ""] = meter
                    cpu_s += usage.cpu_s
                    rss_bytes += usage.own_bytes
            # The kernel counts in ticks of 10 ms, so a short interval can show more than there is.
            cpu_percent = min(cpu_s / elapsed_s, psutil.cpu_count() or 1) * 100
            yield ProcessSample(name, pid, cpu_percent, rss_bytes)

    def _meter(
        self, last: Mapping[tuple[int, str], _Meter | None], pid: int, name: str
    ) -> _Meter | None:
        if (pid, name) in last:
            return last[pid, name]
        try:
            return _Meter(pid, self._taken_at)
        except psutil.Error:
            return None

    def _children(self) -> dict[int, list[int]]:
        """Return parent → children of all processes.

        `Process.children()` reads every process of the machine each time; here only those that
        are new since the last sample are asked for their parent.
        """
        last = self._parents
        self._parents = {pid: last.get(pid) or _parent(pid) for pid in psutil.pids()}
        children = defaultdict(list)
        for pid, parent in self._parents.items():
            children[parent].append(pid)
        return children


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def _parent(pid: int) -> int:
    try:
        return psutil.Process(pid).ppid()
    except psutil.Error:
        return 0


def _descendants(
    pid: int, children: Mapping[int, list[int]], named: Mapping[int, str]
) -> Iterator[int]:
    """Yield the processes below `pid`; one with a name of its own is counted there, not here."""
    for child in children.get(pid, ()):
        if child not in named:
            yield child
            yield from _descendants(child, children, named)


def _memory(cgroup: Path) -> tuple[int, int, int]:
    """Return bytes in use, bytes there are, and bytes of reclaimable cache beside those in use."""
    machine = psutil.virtual_memory()
    folder, prefix = cgroup, ""
    limit, charged = _number(cgroup / "memory.max"), _number(cgroup / "memory.current")
    if limit is None:  # not limited, or cgroup v1
        folder, prefix = cgroup / "memory", "total_"
        limit = _number(folder / "memory.limit_in_bytes")
        charged = _number(folder / "memory.usage_in_bytes")
    # Version 1 writes "no limit" as a number close to 2**63.
    if limit is None or charged is None or limit >= machine.total:
        used = machine.total - machine.available
        return used, machine.total, max(machine.available - machine.free, 0)
    cache = int(_entries(folder / "memory.stat").get(f"{prefix}inactive_file", 0))
    cache = min(cache, charged)
    return charged - cache, limit, cache


def _group_cores(cgroup: Path) -> float | None:
    """Return how many cores the group may use, None without a limit."""
    try:
        quota, period = (cgroup / "cpu.max").read_text().split()
    except (OSError, ValueError):
        quota = str(_number(cgroup / "cpu" / "cpu.cfs_quota_us"))
        period = str(_number(cgroup / "cpu" / "cpu.cfs_period_us"))
    try:
        return int(quota) / int(period) if int(quota) > 0 else None
    except (ValueError, ZeroDivisionError):  # "max", or there is no group
        return None


def _group_cpu_s(cgroup: Path) -> float | None:
    usage_us = _entries(cgroup / "cpu.stat").get("usage_usec")
    if usage_us is not None:
        return usage_us / 1e6
    usage_ns = _number(cgroup / "cpuacct" / "cpuacct.usage")
    return None if usage_ns is None else usage_ns / 1e9


def _number(path: Path) -> int | None:
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return None


def _entries(path: Path) -> dict[str, int]:
    try:
        pairs = (line.split() for line in path.read_text().splitlines())
        return {pair[0]: int(pair[1]) for pair in pairs}
    except (OSError, ValueError, IndexError):
        return {}
