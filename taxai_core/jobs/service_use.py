"""What each service uses of memory and processor, and may use, for whoever measures TaxAI."""

import platform
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import psutil
from redis import Redis

from ..settings import get_settings
from . import presence
from .counters import WHOLE, counters
from .points import Point


@dataclass(frozen=True)
class ServiceUse:
    """A service on one machine; None is what nobody tells, or no limit.

    `machine` as a service is the whole of it, of which the kernel's kills alone are told.
    """

    service: str
    machine: str
    memory_bytes: int | None = None
    memory_limit_bytes: int | None = None
    cpu_s: float | None = None
    cpu_limit_cores: float | None = None
    throttled_s: float | None = None
    oom_kills: int | None = None


def service_uses(redis: Redis, machine: str, point: Point) -> Iterator[ServiceUse]:
    """The services of a machine at its last sample.

    Raises:
        redis.RedisError
    """
    known = counters(redis, machine)
    cpu_s = _cpu_s(redis) if machine == get_settings().machine else {}
    if whole := known.get(WHOLE):
        yield ServiceUse(WHOLE, machine, oom_kills=whole.total.oom_kills)
    for name, usage in point.services.items():
        counted = known[name].total if name in known else None  # of containers alone
        yield ServiceUse(
            service=name,
            machine=machine,
            memory_bytes=usage.memory_bytes,
            memory_limit_bytes=usage.cap_bytes,
            cpu_s=counted.cpu_s if counted else cpu_s.get(name),
            cpu_limit_cores=usage.quota_cores,
            throttled_s=counted.throttled_s if counted else None,
            oom_kills=counted.oom_kills if counted else None,
        )


def _cpu_s(redis: Redis) -> dict[str, float]:
    """What the processes of this host have used since they began, with all that have ended."""
    found: dict[str, float] = {}
    for process in presence.processes(redis):
        if process.host == platform.node():
            with suppress(psutil.Error):
                times = psutil.Process(process.pid).cpu_times()
                found[process.name] = found.get(process.name, 0.0) + sum(times[:4])
    return found
