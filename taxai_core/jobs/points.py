"""One point of the samples: what a machine and each service on it used, and what was read then."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from statistics import fmean
from typing import Any

# Of a minute's documents so many are kept, those first that were read when memory was highest.
MOST_READ = 6


@dataclass(frozen=True, slots=True)
class ServiceUsage:
    """What one process, or container, used and may use; None is no limit.

    `throttled` is the share of time in which its quota held it back, `oom_kills` how many of its
    processes the kernel has ended for want of memory since the point before.
    """

    cores: float
    memory_bytes: int
    cache_bytes: int = 0
    cap_bytes: int | None = None
    quota_cores: float | None = None
    throttled: float = 0.0
    oom_kills: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """A worker, by the name of its service, and the id of the document that it has."""

    worker: str
    document: str


@dataclass(frozen=True, slots=True)
class Point:
    """One sample, or several in one: processor as mean, memory and queue as maximum.

    `done` is the number of documents finished since the point before, `oom_kills` that of the
    kernel's kills on the whole machine, `asked` the share of time in which the model was asked.
    """

    time: float
    cpu_percent: float
    cores: float
    memory_used_bytes: int
    memory_total_bytes: int
    memory_cache_bytes: int
    waiting: int = 0
    done: int = 0
    oom_kills: int = 0
    asked: float = 0.0
    reading: tuple[Reading, ...] = ()
    services: dict[str, ServiceUsage] = field(default_factory=dict)


def kills(points: Iterable[Point]) -> dict[str, int]:
    """How many processes of each service the kernel ended; "" is the whole machine."""
    counted: dict[str, int] = {}
    for point in points:
        found = {name: usage.oom_kills for name, usage in point.services.items()}
        for name, number in {**found, "": point.oom_kills}.items():
            if number:
                counted[name] = counted.get(name, 0) + number
    return counted


def merge(points: Sequence[Point]) -> Point:
    """Make one point of several; what was read at the highest memory stands first."""
    newest, highest = points[-1], max(points, key=lambda point: point.memory_used_bytes)
    usages: dict[str, list[ServiceUsage]] = {}
    for point in points:
        for name, usage in point.services.items():
            usages.setdefault(name, []).append(usage)
    read = dict.fromkeys([*highest.reading, *(one for point in points for one in point.reading)])
    return Point(
        time=newest.time,
        cpu_percent=fmean(point.cpu_percent for point in points),
        cores=newest.cores,
        memory_used_bytes=highest.memory_used_bytes,
        memory_total_bytes=newest.memory_total_bytes,
        memory_cache_bytes=max(point.memory_cache_bytes for point in points),
        waiting=max(point.waiting for point in points),
        done=sum(point.done for point in points),
        oom_kills=sum(point.oom_kills for point in points),
        asked=fmean(point.asked for point in points),
        reading=tuple(read)[:MOST_READ],
        services={name: _merge_usages(found) for name, found in usages.items()},
    )


def _merge_usages(found: Sequence[ServiceUsage]) -> ServiceUsage:
    return ServiceUsage(
        cores=fmean(one.cores for one in found),
        memory_bytes=max(one.memory_bytes for one in found),
        cache_bytes=max(one.cache_bytes for one in found),
        cap_bytes=found[-1].cap_bytes,
        quota_cores=found[-1].quota_cores,
        throttled=fmean(one.throttled for one in found),
        oom_kills=sum(one.oom_kills for one in found),
    )


def encode(point: Point) -> str:
    """As short as JSON allows: a day of ten services is to fit into 2 MB. Memory is in KiB."""
    entry = [
        round(point.time, 2),
        round(point.cpu_percent, 1),
        round(point.cores, 2),
        *(point.memory_used_bytes >> 10, point.memory_total_bytes >> 10),
        point.memory_cache_bytes >> 10,
        *(point.waiting, point.done, point.oom_kills, round(point.asked, 2)),
        [[one.worker, one.document] for one in point.reading],
        {name: _encode_usage(usage) for name, usage in point.services.items()},
    ]
    return json.dumps(entry, separators=(",", ":"))


def _encode_usage(usage: ServiceUsage) -> list[float | None]:
    entry: list[float | None] = [
        round(usage.cores, 3),
        *(usage.memory_bytes >> 10, usage.cache_bytes >> 10),
        None if usage.cap_bytes is None else usage.cap_bytes >> 10,
        None if usage.quota_cores is None else round(usage.quota_cores, 2),
        *(round(usage.throttled, 3), usage.oom_kills),
    ]
    while not entry[-1]:  # what is not there, or nothing, is what it is taken for
        entry.pop()
        if len(entry) == 2:
            break
    return entry


# Each point is asked for again every 2 s, by as many windows as are open.
@lru_cache(maxsize=4096)
def decode(entry: bytes) -> Point:
    """The point of what `encode` made."""
    told = json.loads(entry)
    time, cpu, cores, used, total, cache, waiting, done, kills, asked, reading, services = told
    return Point(
        *(time, cpu, cores, used << 10, total << 10, cache << 10, waiting, done, kills, asked),
        tuple(Reading(*one) for one in reading),
        {name: _decode_usage(*usage) for name, usage in services.items()},
    )


def _decode_usage(
    cores: float, memory: int, cache: int = 0, cap: int | None = None, *rest: Any
) -> ServiceUsage:
    cap_bytes = None if cap is None else cap << 10
    return ServiceUsage(cores, memory << 10, cache << 10, cap_bytes, *rest)


@lru_cache(maxsize=1024)
def merged(entries: tuple[bytes, ...]) -> Point:
    """Points as they lie in Redis, made one."""
    return merge([decode(entry) for entry in entries])
