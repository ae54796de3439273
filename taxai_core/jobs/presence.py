"""Which TaxAI processes there are: each says so itself when it is ready to work."""

import json
import os
import platform
import time
from dataclasses import dataclass

from redis import Redis

PROCESSES = "taxai:processes"


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


def processes(redis: Redis) -> list[Process]:
    """Return all that announced themselves, ordered by name; some may have died since."""
    found = [Process(**json.loads(entry)) for entry in redis.hvals(PROCESSES)]
    return sorted(found, key=lambda process: (process.name, process.pid))
