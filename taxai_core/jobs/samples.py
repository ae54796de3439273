"""The samples of the last day, in Redis: one every 2 s for an hour, one a minute for the day.

Each machine has its own two lists, which the keeper on it writes; anybody reads. They are the only
state: what a minute is made of is read back from the finer list, so a keeper can be started anew at
any time. Those of a machine that is gone lapse.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import Literal

from redis import Redis
from redis.client import Pipeline

from .points import Point, decode, encode, merge, merged

Span = Literal["5 min", "1 h", "1 day"]
# When each machine was last sampled, by the clock of Redis.
MACHINES = "taxai:machines"
# A machine is shown as long as its keeper samples it; that may pause while it ends a stuck worker.
SEEN_WITHIN_S = 30
# The lists of earlier versions, which nobody reads any more.
OLD_KEYS = tuple(f"taxai:samples:v1:{name}" for name in ("5min", "1h", "1day"))


@dataclass(frozen=True, slots=True)
class Resolution:
    """One list a machine: points `step_s` apart over `span_s`. Another layout has another name."""

    name: str
    span_s: int
    step_s: int

    def key(self, machine: str) -> str:
        """Where a machine's list is."""
        return f"taxai:samples:v2:{machine}:{self.name}"

    def covers(self, one: Point, other: Point) -> bool:
        """Do both belong to the same step?"""
        return one.time // self.step_s == other.time // self.step_s


FINE = Resolution("1h", span_s=3600, step_s=2)
COARSE = Resolution("1day", span_s=86400, step_s=60)
# A minute not yet over has at most 30 points; twice that bears a keeper that catches up.
TAIL = 60


@dataclass(frozen=True, slots=True)
class View:
    """How a span is shown: from which list, and of how many seconds each point is made."""

    resolution: Resolution
    span_s: int
    step_s: int


# A chart is 700 px wide, so some hundred points tell all that can be seen of 1800.
VIEWS: dict[Span, View] = {
    "5 min": View(FINE, 300, FINE.step_s),
    "1 h": View(FINE, FINE.span_s, 12),
    "1 day": View(COARSE, COARSE.span_s, 240),
}


def record(redis: Redis, machine: str, point: Point, now_s: float) -> None:
    """Append a point, and the minute that it completes.

    Args:
        now_s: by the clock of Redis.

    Raises:
        redis.RedisError
    """
    tail = [decode(entry) for entry in redis.lrange(FINE.key(machine), -TAIL, -1)]
    with redis.pipeline(transaction=True) as pipeline:
        _append(pipeline, FINE, machine, point)
        if tail and not COARSE.covers(tail[-1], point):
            _append(pipeline, COARSE, machine, merge(_last_step(tail, COARSE)))
        pipeline.zadd(MACHINES, {machine: now_s})
        pipeline.zremrangebyscore(MACHINES, "-inf", now_s - COARSE.span_s)
        pipeline.execute()


def machines(redis: Redis) -> list[str]:
    """The machines that are sampled now, by name.

    Raises:
        redis.RedisError
    """
    with redis.pipeline(transaction=False) as pipeline:
        pipeline.time()
        pipeline.zrange(MACHINES, 0, -1, withscores=True)
        (seconds, _), found = pipeline.execute()
    return sorted(name.decode() for name, seen in found if seconds - seen <= SEEN_WITHIN_S)


def latest(redis: Redis, machine: str) -> Point | None:
    """Return the last sample of a machine, however old; None where there is none.

    Raises:
        redis.RedisError
    """
    return next(iter(lately(redis, machine, 1)), None)


def lately(redis: Redis, machine: str, count: int) -> list[Point]:
    """Return the last points of a machine, oldest first, however old.

    Raises:
        redis.RedisError
    """
    return [decode(entry) for entry in redis.lrange(FINE.key(machine), -count, -1)]


def history(redis: Redis, span: Span, machine: str) -> list[Point]:
    """Return what was sampled on a machine in `span` before its last sample, oldest first.

    Raises:
        redis.RedisError
    """
    view = VIEWS[span]
    with redis.pipeline(transaction=True) as pipeline:
        of_a_day = view.resolution is COARSE
        pipeline.lrange(FINE.key(machine), -(TAIL if of_a_day else view.span_s // FINE.step_s), -1)
        if of_a_day:
            pipeline.lrange(COARSE.key(machine), 0, -1)
        fine, *minutes = pipeline.execute()
    if not fine:
        return []
    newest, entries = decode(fine[-1]), fine
    for ended in minutes:
        running = merge(_last_step([decode(entry) for entry in fine], COARSE))
        entries = [*ended, encode(running).encode()]
    # A clock set back leaves points of the future behind; they leave with the trimming.
    shown = sorted(
        (entry for entry in entries if _is_in(decode(entry), newest, view.span_s)),
        key=lambda entry: decode(entry).time,
    )
    steps = groupby(shown, key=lambda entry: decode(entry).time // view.step_s)
    return [merged(tuple(step)) for _, step in steps]


def _is_in(point: Point, newest: Point, span_s: int) -> bool:
    return newest.time - span_s <= point.time <= newest.time


def _last_step(points: Sequence[Point], resolution: Resolution) -> list[Point]:
    """Return the points at the end that lie in one step of `resolution`."""
    newest = points[-1]
    found = list(takewhile(lambda point: resolution.covers(point, newest), reversed(points)))
    return found[::-1]


def _append(pipeline: Pipeline, resolution: Resolution, machine: str, point: Point) -> None:
    key = resolution.key(machine)
    pipeline.rpush(key, encode(point))
    pipeline.ltrim(key, -(resolution.span_s // resolution.step_s), -1)
    pipeline.expire(key, resolution.span_s)
