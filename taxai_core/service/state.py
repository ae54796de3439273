"""How the machine is: the one line that every page shows."""

import json
import platform
import time
from dataclasses import dataclass

import psutil

from ..ai.server import ModelServer
from ..errors import QueueDownError
from ..jobs import presence
from ..jobs.keeper_signs import KEEPER, MODEL
from ..jobs.queue import waiting_ids
from ..jobs.workplace import asking_redis
from .intake import ANSWER_WITHIN_S


@dataclass(frozen=True)
class SystemState:
    """What is alive. `queue_up` is False where Redis does not answer; the rest is then empty."""

    queue_up: bool
    workers: int = 0
    keeper_alive: bool = False
    positions: dict[str, int] | None = None
    model: ModelServer | None = None

    @property
    def waiting(self) -> int:
        """How many jobs wait."""
        return len(self.positions or {})

    @property
    def trouble(self) -> str | None:
        """The worst of what is wrong, in a sentence; None where all is well."""
        if not self.queue_up:
            return "The queue does not answer. Papers are kept and will be read when it is back."
        if self.workers == 0:
            return "No worker is listening. Papers wait until one is back."
        if not self.keeper_alive:
            return (
                "The keeper is not running: no samples, and lost work stays lost until it is back."
            )
        return None


def system_state() -> SystemState:
    """Ask the queue how things are; never raises and never hangs."""
    try:
        with asking_redis(ANSWER_WITHIN_S) as redis:
            processes = presence.processes(redis)
            seen = redis.get(KEEPER)
            model = redis.get(MODEL)
            ids = waiting_ids(redis)
    except QueueDownError:
        return SystemState(queue_up=False)
    workers = [p for p in processes if p.name.startswith("extract") and _is_alive(p)]
    return SystemState(
        queue_up=True,
        workers=len(workers),
        keeper_alive=seen is not None and time.time() - float(seen) < 30,
        positions={job_id: place for place, job_id in enumerate(ids, 1)},
        model=_model(model),
    )


def _is_alive(process: presence.Process) -> bool:
    return process.host != platform.node() or psutil.pid_exists(process.pid)


def _model(stored: bytes | str | None) -> ModelServer | None:
    if stored is None:
        return None
    found = json.loads(stored)
    return ModelServer(**{**found, "loaded": tuple(found["loaded"])})
