"""How the machine is: the one line that every page shows."""

import time
from dataclasses import dataclass

from ..ai.server import ModelServer
from ..errors import QueueDownError, TaxAIError
from ..jobs.crew_size import EXTRACT
from ..jobs.keeper_signs import KEEPER
from ..jobs.kinds import ASK_QUEUE
from ..jobs.model import chosen_model
from ..jobs.offer import model_server
from ..jobs.queue import asking_ids, is_asked_now, waiting_ids
from ..jobs.workers import count_of, living_workers
from ..jobs.workplace import asking_redis, get_store, has_store
from .intake import ANSWER_WITHIN_S


@dataclass(frozen=True)
class SystemState:
    """What is alive. `queue_up` is False where Redis does not answer; the rest is then empty.

    `workers` read papers, `askers` ask the model.
    """

    queue_up: bool
    workers: int = 0
    askers: int = 0
    keeper_alive: bool = False
    positions: dict[str, int] | None = None
    asking: dict[str, int] | None = None
    model: ModelServer | None = None
    chosen_model: str | None = None
    is_asking: bool = False

    @property
    def waiting(self) -> int:
        """How many jobs wait."""
        return len(self.positions or {})

    @property
    def model_words(self) -> str:
        """Which model is asked, and whether it can be or is."""
        if not self.chosen_model:
            return "none chosen"
        if self.model is None or not self.model.answers:
            return f"{self.chosen_model}, no answer"
        if not self.model.has(self.chosen_model):
            return f"{self.chosen_model}, not pulled"
        return f"{self.chosen_model}, {'asking' if self.is_asking else 'idle'}"

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
            living = living_workers(redis)
            seen = redis.get(KEEPER)
            model = model_server(redis)
            ids, asking, is_asking = waiting_ids(redis), asking_ids(redis), is_asked_now(redis)
    except QueueDownError:
        return SystemState(queue_up=False)
    return SystemState(
        queue_up=True,
        workers=count_of(EXTRACT, living),
        askers=count_of(ASK_QUEUE, living),
        keeper_alive=seen is not None and time.time() - float(seen) < 30,
        positions={job_id: place for place, job_id in enumerate(ids, 1)},
        asking={job_id: place for place, job_id in enumerate(asking, 1)},
        model=model,
        chosen_model=_chosen_model(),
        is_asking=is_asking,
    )


def _chosen_model() -> str | None:
    try:
        return chosen_model(get_store()) if has_store() else None
    except TaxAIError:  # a database that is locked: the model is no news then
        return None
