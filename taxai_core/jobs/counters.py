"""What is counted of containers across their restarts, and what each of them is called.

A container counts from its start, and a new one has another host name. So the keeper keeps the sums
in Redis, with where each container stood when it last looked.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

from redis import Redis
from rq.utils import as_text

from .crew_size import EXTRACT
from .kinds import ASK_QUEUE

# The name under which the kernel's kills on the whole machine are counted.
WHOLE = "machine"
NUMBERED = (EXTRACT, ASK_QUEUE)
# What a machine has counted is forgotten so long after it was last heard of.
KEPT_S = 30 * 86400


class Counts(NamedTuple):
    """What is counted."""

    oom_kills: int = 0
    throttled_s: float = 0.0
    cpu_s: float = 0.0


NOTHING = Counts()


@dataclass(frozen=True)
class Counter:
    """Sums of one service, and its container with what that had counted when it was last seen."""

    host: str
    seen: Counts = NOTHING
    total: Counts = NOTHING


def counters(redis: Redis, machine: str) -> dict[str, Counter]:
    """The counters of a machine, by the names of its services.

    Raises:
        redis.RedisError
    """
    found = redis.hgetall(_key(machine)).items()
    return {as_text(name): _decode(*json.loads(entry)) for name, entry in found}


def keep(redis: Redis, machine: str, found: Mapping[str, Counter]) -> None:
    """Keep the counters of a machine.

    Raises:
        redis.RedisError
    """
    if found:
        with redis.pipeline() as pipeline:
            pipeline.hset(
                _key(machine), mapping={name: _encode(one) for name, one in found.items()}
            )
            pipeline.expire(_key(machine), KEPT_S)
            pipeline.execute()


def name_of(
    service: str, host: str, known: Mapping[str, Counter], present: set[str], *, is_new: bool
) -> str | None:
    """What a container is called: `app`, `extract-2`; None where that is not to be said yet.

    The name of a container that has gone goes to the next one, so that its line goes on.

    Args:
        known: the counters, which hold each name.
        present: the host names of all containers that report.
        is_new: has it only just begun to report? One that it replaces may still seem to live.
    """
    for name, counter in known.items():
        if counter.host == host:
            return name
    for number in count(1):
        plain = number == 1 and service not in NUMBERED
        name = service if plain else f"{service}-{number}"
        if name not in known or known[name].host not in present:
            return name if number == 1 or not is_new else None
    return None


def add(counter: Counter | None, host: str, told: Counts) -> Counter:
    """Count on: one that counts from its start again has counted all that it shows since."""
    counter = counter or Counter(host)
    is_same = counter.host == host and all(
        before <= after for before, after in zip(counter.seen, told, strict=True)
    )
    seen, total = counter.seen if is_same else NOTHING, counter.total
    total = Counts(
        total.oom_kills + told.oom_kills - seen.oom_kills,
        total.throttled_s + told.throttled_s - seen.throttled_s,
        total.cpu_s + told.cpu_s - seen.cpu_s,
    )
    return Counter(host, told, total)


def _encode(counter: Counter) -> str:
    return json.dumps([counter.host, counter.seen, counter.total])


def _decode(host: str, seen: list[float], total: list[float]) -> Counter:
    return Counter(host, Counts(*seen), Counts(*total))  # type: ignore[arg-type]  # as written


def _key(machine: str) -> str:
    return f"taxai:counters:{machine}"
