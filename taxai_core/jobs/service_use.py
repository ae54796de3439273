"""What each service uses of memory and processor, and may use, for whoever measures TaxAI."""

import platform
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import psutil
from redis import Redis

from . import presence
from .samples import latest


@dataclass(frozen=True)
class ServiceUse:
    """A service on one host; None is what nobody tells, or no limit."""

    service: str
    host: str
    memory_bytes: int
    memory_limit_bytes: int | None = None
    cpu_s: float | None = None
    cpu_limit_cores: float | None = None
    throttled_s: float | None = None
    oom_kills: int | None = None


def service_uses(redis: Redis) -> Iterator[ServiceUse]:
    """All services that the keeper saw when it looked last.

    Raises:
        redis.RedisError
    """
    point, host = latest(redis), platform.node()
    cpu_s = _cpu_s(redis, host)
    for name, usage in (point.processes if point else {}).items():
        yield ServiceUse(name, host, usage.rss_bytes, cpu_s=cpu_s.get(name))


def _cpu_s(redis: Redis, host: str) -> dict[str, float]:
    """What the processes of this host have used since they began, with all that have ended."""
    found: dict[str, float] = {}
    for process in presence.processes(redis):
        if process.host == host:
            with suppress(psutil.Error):
                times = psutil.Process(process.pid).cpu_times()
                found[process.name] = found.get(process.name, 0.0) + sum(times[:4])
    return found
