"""Which TaxAI processes there are: each says so itself when it is ready to work."""

import json
import os
import platform
import time
from dataclasses import dataclass

from redis import Redis

PROCESSES = "taxai:processes"
# Who was started so long ago on a host of which nothing is heard is gone; should it live after all,
# it says so again within seconds.
LAPSES_AFTER_S = 3600


@dataclass(frozen=True)
class Process:
    """One process of TaxAI. `name` is like `extract-1`, `app`, `keeper`, `redis`, `up`."""

    name: str
    host: str
    pid: int
    since: float


def announce(redis: Redis, name: str, pid: int | None = None) -> None:
    """Say that this process (or the one with `pid`) is ready."""
    host, pid = platform.node(), pid or os.getpid()
    entry = {"name": name, "host": host, "pid": pid, "since": time.time()}
    redis.hset(PROCESSES, f"{host}:{pid}", json.dumps(entry))


def withdraw(redis: Redis, pid: int | None = None) -> None:
    """Say that this process (or the one with `pid`) has ended."""
    redis.hdel(PROCESSES, f"{platform.node()}:{pid or os.getpid()}")


def is_present(redis: Redis, pid: int) -> bool:
    """Has the process with this id, on this host, said that it is ready?"""
    return bool(redis.hexists(PROCESSES, f"{platform.node()}:{pid}"))


def name_of(redis: Redis, pid: int) -> str | None:
    """The name that the process with this id, on this host, has given."""
    entry = redis.hget(PROCESSES, f"{platform.node()}:{pid}")
    return str(json.loads(entry)["name"]) if entry else None


def processes(redis: Redis) -> list[Process]:
    """Return all that announced themselves, ordered by name; some may have died since."""
    found = [Process(**json.loads(entry)) for entry in redis.hvals(PROCESSES)]
    return sorted(found, key=lambda process: (process.name, process.pid))


def forget_gone(redis: Redis, hosts: set[str]) -> None:
    """Remove what is left of hosts that are gone: a container is a new host at each start.

    Args:
        hosts: those of which something is heard.
    """
    for one in processes(redis):
        is_heard = one.host in hosts or one.host == platform.node()
        if not is_heard and time.time() - one.since > LAPSES_AFTER_S:
            redis.hdel(PROCESSES, f"{one.host}:{one.pid}")
