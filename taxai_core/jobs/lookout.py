"""What of all that is seen is an alert: thresholds come from the settings, sentences from here."""

import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from redis import Redis

from ..settings import Settings
from ..sizes import DISK_MB, memory_size
from ..store import work_lists
from ..store.database import Store
from .alerts import DOCUMENT, Alert, tell
from .crew_size import EXTRACT
from .kills import Kill, kills
from .naming import Naming, naming
from .points import Point, ServiceUsage
from .samples import FINE, lately
from .workers import count_of, living_workers

# A longer gap in the samples ends what has lasted before it.
GAP_S = 30.0
WORKERS_SEEN = "taxai:workers:seen"
# What the kernel and the worker tell of one kill is told so near to each other.
SAME_KILL_S = 15.0


@dataclass(frozen=True)
class Situation:
    """All that alerts are made of, at one moment.

    `machines` holds the last points of each.
    """

    now: float
    machines: Mapping[str, Sequence[Point]]
    kills: Sequence[Kill]
    called: Naming
    no_worker_s: float
    oldest_wait: datetime | None
    disk_free_bytes: int


def look_out(redis: Redis, store: Store, settings: Settings) -> None:
    """Look at everything once, and keep what is wrong.

    Raises:
        redis.RedisError, StorageError
    """
    seconds, micros = redis.time()
    span_s = max(settings.alert_for_s, settings.alert_kill_min * 60)
    count = span_s // FINE.step_s + 2
    called = naming(redis)
    situation = Situation(
        now=time.time(),
        machines={one: lately(redis, one, count) for one in called.machines},
        kills=kills(redis),
        called=called,
        no_worker_s=_no_worker_s(redis, seconds),
        oldest_wait=work_lists.oldest_wait(store),
        disk_free_bytes=shutil.disk_usage(settings.data_path).free,
    )
    tell(redis, list(find_alerts(situation, settings)), seconds + micros / 1e6)


def find_alerts(seen: Situation, settings: Settings) -> Iterator[Alert]:
    """All that is wrong."""
    for machine, points in seen.machines.items():
        where, steady = seen.called.where(machine), _since_set_back(points)
        if steady:
            yield from _of_machine(where, steady, settings)
            for name in steady[-1].services:
                yield from _of_service(name, where, steady, settings)
    yield from _killed(seen, settings)
    yield from _of_work(seen, settings)


def _of_machine(where: str, points: Sequence[Point], settings: Settings) -> Iterator[Alert]:
    last, most = points[-1], settings.alert_memory_percent
    since = _lasts(points, settings.alert_for_s, lambda one: _used_percent(one) >= most)
    if since is not None:
        percent, total = _used_percent(last), memory_size(last.memory_total_bytes)
        yield Alert(
            f"memory:machine{where}",
            "red",
            f"The machine{where} has used {percent:.0f} % of its {total}",
            "Close other programs, or read with fewer workers.",
            since,
        )
    capped = [one for one in last.services.values() if one.cap_bytes]
    together = sum(one.cap_bytes or 0 for one in capped)
    if together > last.memory_total_bytes:
        yield Alert(
            f"caps{where}",
            "amber",
            f"{len(capped)} capped services may use {memory_size(together)} together{where}, "
            f"more than the {memory_size(last.memory_total_bytes)} of the machine",
            "Lower the caps or the number of workers; ./taxai plan says how.",
            last.time,
        )


def _of_service(
    name: str, where: str, points: Sequence[Point], settings: Settings
) -> Iterator[Alert]:
    last = points[-1].services[name]
    most, for_s = settings.alert_memory_percent, settings.alert_for_s
    since = _lasts(points, for_s, lambda one: _cap_percent(one.services.get(name)) >= most)
    if since is not None and last.cap_bytes:
        advice = (
            "Choose a smaller model or raise its cap." if name == "ollama" else "Raise its cap."
        )
        yield Alert(
            f"memory:{name}{where}",
            "red",
            f"{name}{where} has used {_cap_percent(last):.0f} % of its cap of "
            f"{memory_size(last.cap_bytes)}",
            advice,
            since,
        )
    own = [one for one in points if name in one.services]
    window = [one for one in own if one.time > points[-1].time - for_s]
    held = fmean(one.services[name].throttled for one in window) * 100
    is_long = points[-1].time - own[0].time >= for_s
    if is_long and last.quota_cores and held >= settings.alert_throttled_percent:
        yield Alert(
            f"throttled:{name}{where}",
            "amber",
            f"{name}{where} was held back by its quota of {last.quota_cores:g} cores {held:.0f} % "
            "of the time",
            "It works more slowly; raise its CPU quota where cores are free.",
            window[0].time,
        )


def _killed(seen: Situation, settings: Settings) -> Iterator[Alert]:
    since = seen.now - settings.alert_kill_min * 60
    told: dict[str, Alert] = {}
    for machine, points in seen.machines.items():
        where = seen.called.where(machine)
        for point in points:
            if point.time >= since:
                told |= {one.key: one for one in _kernel_kills(point, where)}
    for kill in reversed([one for one in seen.kills if one.time >= since]):
        name = seen.called.of(kill.worker, kill.host)
        key = f"killed:{name}"
        if key in told and told[key].since > kill.time + SAME_KILL_S:
            continue
        cap = memory_size(kill.cap_mb << 20)
        text = f"{name} was killed at its cap of {cap} on page {kill.page} of "
        todo = "Retry reads it with the lighter method."
        told[key] = Alert(
            key, "red", text + DOCUMENT, todo, kill.time, document=kill.document, is_over=True
        )
    yield from told.values()


def _kernel_kills(point: Point, where: str) -> Iterator[Alert]:
    for name, usage in point.services.items():
        if usage.oom_kills:
            cap = f" at its cap of {memory_size(usage.cap_bytes)}" if usage.cap_bytes else ""
            read = next((one.document for one in point.reading if one.worker == name), None)
            text = f"The kernel killed {_processes(usage.oom_kills)} of {name}{where}{cap}"
            text += f" while it had {DOCUMENT}" if read else ""
            todo = "What it was doing is done again; raise its cap if this comes back."
            yield Alert(
                *(f"killed:{name}{where}", "red", text, todo, point.time),
                document=read,
                is_over=True,
            )
    if point.oom_kills and not any(one.oom_kills for one in point.services.values()):
        text = f"The kernel killed {_processes(point.oom_kills)}{where} for want of memory"
        todo = "Close other programs, or read with fewer workers."
        yield Alert(f"killed:machine{where}", "amber", text, todo, point.time, is_over=True)


def _of_work(seen: Situation, settings: Settings) -> Iterator[Alert]:
    if seen.no_worker_s >= settings.alert_workers_s:
        todo = "Start again with ./taxai up, or docker/deploy.sh up."
        text = "No worker has listened"
        yield Alert("workers", "red", text, todo, seen.now - seen.no_worker_s)
    if seen.oldest_wait:
        since = seen.oldest_wait.timestamp()
        if seen.now - since >= settings.alert_wait_min * 60:
            text = "The paper that came first has waited"
            todo = "Nothing is lost. More workers read faster, where the memory bears them."
            yield Alert("wait", "amber", text, todo, since)
    free_mb = seen.disk_free_bytes // DISK_MB
    if free_mb < settings.disk_low_mb:
        text = f"The disk of the data folder has had only {free_mb:,} MB free"
        todo = "Make room: on a full disk no paper is taken in."
        is_red = free_mb < settings.disk_least_mb
        yield Alert("disk", "red" if is_red else "amber", text, todo, seen.now)


def _no_worker_s(redis: Redis, now_s: float) -> float:
    """How long there has been no worker that reads, by the clock of Redis."""
    if count_of(EXTRACT, living_workers(redis)):
        redis.set(WORKERS_SEEN, now_s)
        return 0.0
    redis.set(WORKERS_SEEN, now_s, nx=True)
    return now_s - float(redis.get(WORKERS_SEEN) or now_s)


def _since_set_back(points: Sequence[Point]) -> Sequence[Point]:
    """The points since the clock was last set back: those before are of a time yet to come."""
    for index in range(len(points) - 1, 0, -1):
        if points[index - 1].time > points[index].time:
            return points[index:]
    return points


def _lasts(points: Sequence[Point], for_s: float, holds: Callable[[Point], bool]) -> float | None:
    """Since when it holds without a break up to the last point; None where that is not so long."""
    since = newer = points[-1].time
    for point in reversed(points):
        if newer - point.time > GAP_S or not holds(point):
            break
        since = newer = point.time
    return since if points[-1].time - since >= for_s else None


def _used_percent(point: Point) -> float:
    return point.memory_used_bytes / point.memory_total_bytes * 100


def _cap_percent(usage: ServiceUsage | None) -> float:
    return usage.memory_bytes / usage.cap_bytes * 100 if usage and usage.cap_bytes else 0.0


def _processes(number: int) -> str:
    return "a process" if number == 1 else f"{number} processes"
