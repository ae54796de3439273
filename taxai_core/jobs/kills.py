"""The documents that were ended at the cap of a worker, as the workers tell it."""

import json
import os
import platform
import time
from contextlib import suppress
from dataclasses import asdict, dataclass

from redis import Redis
from redis.exceptions import RedisError

from . import presence

KILLS = "taxai:kills"
MOST_KILLS, KEPT_S = 50, 86400


@dataclass(frozen=True)
class Kill:
    """A worker's process that was ended for its memory; `page` is the first that is not read."""

    time: float
    worker: str
    host: str
    document: str
    page: int
    cap_mb: int


def note_kill(redis: Redis, document: str, page: int, cap_mb: int) -> None:
    """Tell it, in the worker's own process; where Redis is away the document's row tells enough."""
    host = platform.node()
    with suppress(RedisError):
        worker = presence.name_of(redis, os.getpid()) or "A worker"
        kill = Kill(time.time(), worker, host, document, page, cap_mb)
        redis.lpush(KILLS, json.dumps(asdict(kill)))
        redis.ltrim(KILLS, 0, MOST_KILLS - 1)
        redis.expire(KILLS, KEPT_S)


def kills(redis: Redis) -> list[Kill]:
    """The last ones, the newest first.

    Raises:
        redis.RedisError
    """
    return [Kill(**json.loads(entry)) for entry in redis.lrange(KILLS, 0, -1)]
