"""What Redis says of itself: how fast it answers, what it may use, whether it keeps what it has."""

import time
from dataclasses import dataclass

from redis import Redis
from redis.exceptions import AuthenticationError, TimeoutError


@dataclass(frozen=True)
class QueueServer:
    """`max_bytes` is 0 without a limit; `policy` is what becomes of its keys at that limit.

    `ahead_s` is by how much this host's clock is ahead of that of Redis.
    """

    latency_ms: float
    used_bytes: int
    max_bytes: int
    policy: str
    is_kept: bool
    ahead_s: float


def look_at_queue_server(redis: Redis) -> QueueServer:
    """Ask it.

    Raises:
        redis.RedisError
    """
    redis.ping()  # connects
    began, at = time.perf_counter(), time.time()
    seconds, micros = redis.time()
    took_s = time.perf_counter() - began
    told = redis.info()
    return QueueServer(
        latency_ms=took_s * 1000,
        used_bytes=int(told.get("used_memory", 0)),
        max_bytes=int(told.get("maxmemory", 0)),
        policy=str(told.get("maxmemory_policy", "unknown")),
        is_kept=bool(told.get("aof_enabled", 0)),
        ahead_s=at + took_s / 2 - (seconds + micros / 1e6),
    )


def why_away(error: BaseException | None) -> str:
    """Why it could not be asked, in a sentence."""
    if isinstance(error, AuthenticationError):
        return "Redis refuses the password."
    if isinstance(error, TimeoutError):
        return "Redis takes connections and does not answer."
    return "Redis does not answer."
