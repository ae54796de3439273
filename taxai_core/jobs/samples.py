"""The samples of the last day, in Redis: every one, one of 12 s, one of 5 min.

The lists are the only state: what a coarse point is made of is read back from the finer list, so
the keeper can be started anew at any time. One keeper writes; anybody reads.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from statistics import fmean
from typing import Literal

from redis import Redis
from redis.client import Pipeline

from ..observe.machine import Sample

Span = Literal["5 min", "1 h", "1 day"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """One list: points `step_s` apart over `span_s`. Another layout needs another key."""

    key: str
    span_s: int
    step_s: int

    def covers(self, one: "Point", other: "Point") -> bool:
        """Do both belong to the same step?"""
        return one.time // self.step_s == other.time // self.step_s


FINE = Resolution("taxai:samples:v1:5min", span_s=300, step_s=1)
MIDDLE = Resolution("taxai:samples:v1:1h", span_s=3600, step_s=12)
COARSE = Resolution("taxai:samples:v1:1day", span_s=86400, step_s=300)
RESOLUTIONS: dict[Span, Resolution] = {"5 min": FINE, "1 h": MIDDLE, "1 day": COARSE}
# A step not yet over is made of at most 12 fine or 25 middle points, when the keeper is punctual;
# twice that bears one that catches up.
TAIL = 50


@dataclass(frozen=True, slots=True)
class Usage:
    """What one process used; `cpu_percent` is 100 for one core fully used."""

    cpu_percent: float
    rss_bytes: int


@dataclass(frozen=True, slots=True)
class Point:
    """One sample, or several in one: processor as mean, memory and queue as maximum.

    `done` is the number of documents finished since the point before.
    """

    time: float
    cpu_percent: float
    cores: float
    memory_used_bytes: int
    memory_total_bytes: int
    memory_cache_bytes: int
    waiting: int
    done: int
    processes: dict[str, Usage]


def record(redis: Redis, sample: Sample, *, waiting: int, done: int) -> None:
    """Append a sample, and the coarser points that it completes.

    Args:
        waiting: documents in the queue.
        done: documents finished since the sample before.

    Raises:
        redis.RedisError
    """
    point = _point(sample, waiting, done)
    newest = latest(redis)
    with redis.pipeline(transaction=True) as pipeline:
        _append(pipeline, FINE, point)
        if newest is not None and not MIDDLE.covers(newest, point):
            fine, middle = _read(redis, (FINE, TAIL), (MIDDLE, TAIL))
            closed = _merge(_last_step(fine, MIDDLE))
            _append(pipeline, MIDDLE, closed)
            if not COARSE.covers(closed, point):
                _append(pipeline, COARSE, _merge(_last_step([*middle, closed], COARSE)))
        pipeline.execute()


def latest(redis: Redis) -> Point | None:
    """Return the last sample recorded, however old.

    Raises:
        redis.RedisError
    """
    (fine,) = _read(redis, (FINE, 1))
    return fine[-1] if fine else None


def history(redis: Redis, span: Span) -> list[Point]:
    """Return the points of `span` before the last sample, oldest first, the running step included.

    Raises:
        redis.RedisError
    """
    wanted = RESOLUTIONS[span]
    fine, middle, points = _read(redis, (FINE, TAIL), (MIDDLE, TAIL), (wanted, 0))
    if not fine:
        return []
    if wanted is not FINE:
        running = _merge(_last_step(fine, MIDDLE))
        if wanted is COARSE:
            running = _merge(_last_step([*middle, running], COARSE))
        points = [*points, running]
    # A clock set back leaves points of the future behind; they leave with the trimming.
    newest = fine[-1].time
    points = [point for point in points if newest - wanted.span_s <= point.time <= newest]
    return sorted(points, key=lambda point: point.time)


def _last_step(points: Sequence[Point], resolution: Resolution) -> list[Point]:
    """Return the points at the end that lie in one step of `resolution`."""
    newest = points[-1]
    found = list(takewhile(lambda point: resolution.covers(point, newest), reversed(points)))
    return found[::-1]


def _merge(points: Sequence[Point]) -> Point:
    newest = points[-1]
    usages: dict[str, list[Usage]] = {}
    for point in points:
        for name, usage in point.processes.items():
            usages.setdefault(name, []).append(usage)
    return Point(
        time=newest.time,
        cpu_percent=fmean(point.cpu_percent for point in points),
        cores=newest.cores,
        memory_used_bytes=max(point.memory_used_bytes for point in points),
        memory_total_bytes=newest.memory_total_bytes,
        memory_cache_bytes=max(point.memory_cache_bytes for point in points),
        waiting=max(point.waiting for point in points),
        done=sum(point.done for point in points),
        processes={
            name: Usage(
                fmean(usage.cpu_percent for usage in found),
                max(usage.rss_bytes for usage in found),
            )
            for name, found in usages.items()
        },
    )


def _point(sample: Sample, waiting: int, done: int) -> Point:
    processes: dict[str, Usage] = {}
    for process in sample.processes:
        other = processes.get(process.name, Usage(0.0, 0))
        processes[process.name] = Usage(
            other.cpu_percent + process.cpu_percent, other.rss_bytes + process.rss_bytes
        )
    return Point(
        time=sample.time,
        cpu_percent=sample.cpu_percent,
        cores=sample.cores,
        memory_used_bytes=sample.memory_used_bytes,
        memory_total_bytes=sample.memory_total_bytes,
        memory_cache_bytes=sample.memory_cache_bytes,
        waiting=waiting,
        done=done,
        processes=processes,
    )


def _append(pipeline: Pipeline, resolution: Resolution, point: Point) -> None:
    pipeline.rpush(resolution.key, _encode(point))
    pipeline.ltrim(resolution.key, -(resolution.span_s // resolution.step_s), -1)


def _read(redis: Redis, *wanted: tuple[Resolution, int]) -> list[list[Point]]:
    """Return the last points of several lists (0: all) as they were at one moment."""
    with redis.pipeline(transaction=True) as pipeline:
        for resolution, count in wanted:
            pipeline.lrange(resolution.key, -count, -1)
        return [[_decode(entry) for entry in entries] for entries in pipeline.execute()]


def _encode(point: Point) -> str:
    processes = {
        name: [round(usage.cpu_percent, 1), usage.rss_bytes]
        for name, usage in point.processes.items()
    }
    entry = [
        round(point.time, 2),
        round(point.cpu_percent, 1),
        point.cores,
        point.memory_used_bytes,
        point.memory_total_bytes,
        point.memory_cache_bytes,
        point.waiting,
        point.done,
        processes,
    ]
    return json.dumps(entry, separators=(",", ":"))


def _decode(entry: bytes | str) -> Point:
    *figures, usages = json.loads(entry)
    processes = {name: Usage(*usage) for name, usage in usages.items()}
    return Point(*[*figures, processes])
