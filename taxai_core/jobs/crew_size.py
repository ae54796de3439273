"""How many extract workers there are to be: the keeper says it, `up` does it, producers read it."""

import json
from dataclasses import asdict, dataclass

from redis import Redis
from rq.rate_limit import RateLimitRegistry

from ..settings import get_settings

WANTED = "taxai:workers:wanted"
EXTRACT = "extract"


@dataclass(frozen=True)
class CrewSize:
    """So many workers, and why, in a sentence."""

    workers: int
    reason: str


def crew_size(redis: Redis) -> CrewSize | None:
    """What the keeper said last; None where it has said nothing yet."""
    stored = redis.get(WANTED)
    return CrewSize(**json.loads(stored)) if stored else None


def workers_wanted(redis: Redis) -> int:
    """How many workers are to read."""
    size = crew_size(redis)
    return size.workers if size else get_settings().workers


def say_crew_size(redis: Redis, size: CrewSize) -> None:
    """Say how many there are to be, and let as many of a batch be read at once."""
    redis.set(WANTED, json.dumps(asdict(size)))
    bulk = RateLimitRegistry(EXTRACT, redis)
    with redis.pipeline() as pipeline:
        bulk.register(size.workers, pipeline)
        pipeline.execute()
    bulk.acquire_and_enqueue(size.workers)
