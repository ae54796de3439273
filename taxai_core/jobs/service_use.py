"""What each service uses of memory and processor, and may use, for whoever measures TaxAI."""

import platform
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import psutil
from redis import Redis

from . import presence
from .counters import counters
from .samples import latest, machines


@dataclass(frozen=True)
class ServiceUse:
    """A service on one machine; None is what nobody tells, or no limit."""

    service: str
    host: str
    memory_bytes: int
    memory_limit_bytes: int | None = None
    cpu_s: float | None = None
    cpu_limit_cores: float | None = None
    throttled_s: float | None = None
    oom_kills: int | None = None


def service_uses(redis: Redis) -> Iterator[ServiceUse]:
    """All services on the machines that are sampled now; of containers, with what they counted.

    Raises:
        redis.RedisError
    """
    for machine in machines(redis):
        point, counted = latest(redis, machine), counters(redis, machine)
        cpu_s = _cpu_s(redis, machine)
        for name, usage in (point.services if point else {}).items():
            total = counted[name].total if name in counted else None
            yield ServiceUse(
                service=name,
                host=machine,
                memory_bytes=usage.memory_bytes,
                memory_limit_bytes=usage.cap_bytes,
                cpu_s=total.cpu_s if total else cpu_s.get(name),
                cpu_limit_cores=usage.quota_cores,
                throttled_s=total.throttled_s if total else None,
                oom_kills=total.oom_kills if total else None,
            )


def _cpu_s(redis: Redis, machine: str) -> dict[str, float]:
    """What the processes here have used since they began, with all that have ended."""
    found: dict[str, float] = {}
    for process in presence.processes(redis):
        if process.host == machine == platform.node():
            with suppress(psutil.Error):
                times = psutil.Process(process.pid).cpu_times()
                found[process.name] = found.get(process.name, 0.0) + sum(times[:4])
    return found
