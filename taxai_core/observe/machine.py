"""What the machine and the TaxAI processes use right now: processor and memory."""

import math
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from .cgroup import CGROUP, GroupFigures, entries, read_group

# Counts the kills of the whole machine, on Linux.
VMSTAT = Path("/proc/vmstat")


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
    not overlap: the cache is what the kernel gives back as soon as somebody needs it. `oom_kills`
    counts the processes that the kernel has ended for want of memory, since the start.
    """

    time: float
    cpu_percent: float
    cores: float
    memory_used_bytes: int
    memory_total_bytes: int
    memory_cache_bytes: int
    processes: tuple[ProcessSample, ...]
    oom_kills: int = 0


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
    group = read_group()
    limit = group.quota_cores if group else None
    return max(1, min(here or 1, math.ceil(limit) if limit else here or 1))


def memory_total_bytes() -> int:
    """The machine's memory, or its container's limit."""
    return _memory(read_group())[1]


class Sampler:
    """Takes samples, and keeps what the next one is compared with.

    Args:
        cgroup: the folder in which the kernel shows the limits of this container; None for the
            figures of the whole machine, whatever container this is.
    """

    def __init__(self, cgroup: Path | None = CGROUP) -> None:
        self._cgroup = cgroup
        # None stands for a process found dead: its id may go to a stranger, its name must not.
        self._meters: dict[tuple[int, str], _Meter | None] = {}
        self._parents: dict[int, int] = {}
        self._taken_at, self._ticked_s = time.time(), time.monotonic()
        group = self._group()
        self._group_cpu_s = group.cpu_s if group else 0.0
        psutil.cpu_percent()  # the first answer is always 0.0

    def sample(self, processes: Mapping[int, str]) -> Sample:
        """Measure the machine and `processes` (id → name); dead processes are left out."""
        now, ticked_s = time.time(), time.monotonic()
        elapsed_s = max(ticked_s - self._ticked_s, 1e-3)
        group = self._group()
        cores, cpu_percent = self._machine_cpu(group, elapsed_s)
        used, total, cache = _memory(group)
        measured = tuple(self._measure(processes, elapsed_s))
        self._taken_at, self._ticked_s = now, ticked_s
        return Sample(now, cpu_percent, cores, used, total, cache, measured, _oom_kills(group))

    def _group(self) -> GroupFigures | None:
        return read_group(self._cgroup) if self._cgroup else None

    def _machine_cpu(self, group: GroupFigures | None, elapsed_s: float) -> tuple[float, float]:
        # Asked for under a limit too, as it counts from the last time it was asked.
        machine_percent = psutil.cpu_percent()
        cores = float(psutil.cpu_count() or 1)
        before, self._group_cpu_s = self._group_cpu_s, group.cpu_s if group else 0.0
        if group is None or group.quota_cores is None or group.quota_cores >= cores:
            return cores, machine_percent
        used = max(self._group_cpu_s - before, 0.0) / elapsed_s / group.quota_cores
        return group.quota_cores, min(used, 1.0) * 100

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


def _memory(group: GroupFigures | None) -> tuple[int, int, int]:
    """Return bytes in use, bytes there are, and bytes of reclaimable cache beside those in use."""
    machine = psutil.virtual_memory()
    if group is None or group.cap_bytes is None or group.cap_bytes >= machine.total:
        used = machine.total - machine.available
        return used, machine.total, max(machine.available - machine.free, 0)
    return group.used_bytes, group.cap_bytes, group.cache_bytes


def _oom_kills(group: GroupFigures | None) -> int:
    if group is not None and group.cap_bytes is not None:
        return group.oom_kills
    return entries(VMSTAT).get("oom_kill", 0)
