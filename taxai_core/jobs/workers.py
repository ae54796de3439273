"""Which workers live, told by what RQ keeps of each and not by what they once announced."""

import platform
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import psutil
from redis import Redis
from rq import Worker
from rq.executions import WORKER_EXECUTIONS_KEY_TEMPLATE
from rq.utils import as_text, parse_composite_key, utcparse
from rq.worker_registration import get_keys

from ..observe.heartbeat import NAME, SILENT_AFTER_S, worker_silent_s
from .queue import held_memory

PREFIX: str = Worker.redis_worker_namespace_prefix


@dataclass(frozen=True)
class LivingWorker:
    """One worker, such as `extract-1`, and what it has in hand.

    `held_bytes` is what the processes of its job hold, None while it has none.
    """

    name: str
    host: str
    pid: int
    since: datetime | None
    silent_s: float
    job_id: str | None
    held_bytes: int | None = None

    @property
    def kind(self) -> str:
        """`extract` or `ask`."""
        return self.name.partition("-")[0]


def living_workers(redis: Redis) -> list[LivingWorker]:
    """All that live, ordered by name, in three round trips however many there are.

    A worker of this host whose process is gone is left out at once, any other as soon as it has
    been silent for `SILENT_AFTER_S`.
    """
    names = [key.removeprefix(PREFIX) for key in get_keys(connection=redis)]
    parts = [match for name in names if (match := NAME.fullmatch(name)) and _may_live(match)]
    with redis.pipeline(transaction=False) as pipeline:
        pipeline.time()
        for part in parts:
            pipeline.hmget(PREFIX + part.string, "state", "birth", "last_heartbeat")
            pipeline.pttl(PREFIX + part.string)
            pipeline.smembers(WORKER_EXECUTIONS_KEY_TEMPLATE.format(part.string))
        (seconds, micros), *answers = pipeline.execute()
    asked_at = datetime.fromtimestamp(seconds + micros / 1e6, UTC)
    told = zip(parts, answers[::3], answers[1::3], answers[2::3], strict=True)
    seen = [
        _seen(part, signs, left_ms / 1000, jobs, asked_at) for part, signs, left_ms, jobs in told
    ]
    living = [worker for worker in seen if worker.silent_s < SILENT_AFTER_S]
    held = held_memory(redis, [worker.job_id for worker in living if worker.job_id])
    return sorted(
        (replace(worker, held_bytes=held.get(worker.job_id or "")) for worker in living),
        key=lambda worker: (worker.name, worker.host, worker.pid),
    )


def count_of(kind: str, workers: Sequence[LivingWorker]) -> int:
    """How many of them do this kind of work."""
    return sum(worker.kind == kind for worker in workers)


def _seen(
    part: re.Match[str],
    signs: Sequence[bytes | None],
    left_s: float,
    jobs: Iterable[bytes],
    asked_at: datetime,
) -> LivingWorker:
    state, birth, beat = (as_text(one) if one else "" for one in signs)
    return LivingWorker(
        name=part["name"],
        host=part["host"],
        pid=int(part["pid"]),
        since=utcparse(birth) if birth else None,
        silent_s=worker_silent_s(state, beat, left_s, asked_at),
        job_id=next((parse_composite_key(as_text(one))[0] for one in jobs), None),
    )


def _may_live(part: re.Match[str]) -> bool:
    """Is it elsewhere, or a process of this host that has not ended?"""
    if part["host"] != platform.node():
        return True
    with suppress(psutil.Error):
        return psutil.Process(int(part["pid"])).status() != psutil.STATUS_ZOMBIE
    return False
