"""The signs of life that workers and keeper leave in Redis, and how old each is."""

import math
import re
from datetime import datetime

# An idle worker says every 3 s that it lives, a busy one every second. Longer than a busy machine
# pauses, and short enough that the loss of the last one is told within 15 s.
SILENT_AFTER_S = 12.0
# With each sign of life RQ puts off the end of the worker's key: by so much of an idle one
# (`worker_ttl + 60`), and of a busy one (`job_monitoring_interval + 60`).
IDLE_KEPT_S, BUSY_KEPT_S = 78.0, 61.0
# `extract-1-<host>-<pid>`, as `worker.py` names them.
NAME = re.compile(r"(?P<name>(?P<kind>[a-z]+)-\d+)-(?P<host>.+)-(?P<pid>\d+)")
# The time of the keeper's last sample; expires, so its absence says that the keeper is gone.
KEEPER, KEEPER_TTL_S = "taxai:keeper", 10


def worker_silent_s(state: str, beat: str, left_s: float, asked_at: datetime) -> float:
    """How long a worker has said nothing.

    Redis alone measures how long its key is still kept, so that no other host's clock counts. The
    worker's own clock is asked as well, because between a job and the next RQ says `idle` just
    before it puts off the end of the key. Where that clock goes wrong by less than 3 s, the loss
    is told within 15 s.

    Args:
        state: as RQ writes it: `busy`, `idle` …
        beat: when the worker last said that it lives, by its own clock, as RQ writes it.
        left_s: for which Redis keeps the worker's key.
        asked_at: by the clock of Redis, in UTC.
    """
    if not beat:
        return math.inf
    by_redis = max(0.0, (BUSY_KEPT_S if state == "busy" else IDLE_KEPT_S) - left_s)
    by_its_clock = (asked_at - datetime.fromisoformat(beat)).total_seconds()
    return min(by_redis, by_its_clock) if by_its_clock >= 0 else by_redis


def keeper_silent_s(left_ms: int) -> float | None:
    """How long the keeper has said nothing; None where that is too long.

    Args:
        left_ms: for which Redis keeps its sign, as PTTL tells it.
    """
    return max(0.0, KEEPER_TTL_S - left_ms / 1000) if left_ms > 0 else None
