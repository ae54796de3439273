"""The circuit breaker before the model server, shared by all who share a Redis."""

import json
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from pybreaker import (
    STATE_CLOSED,
    CircuitBreaker,
    CircuitBreakerListener,
    CircuitBreakerState,
    CircuitRedisStorage,
)
from redis import Redis
from redis.exceptions import RedisError

from ..ai.breaker import ModelBreaker
from ..ai.errors import ModelError
from ..settings import get_settings

log = structlog.get_logger()

TROUBLE, TROUBLE_TTL_S = "taxai:model:trouble", 24 * 3600


@dataclass(frozen=True)
class Breaker:
    """Is the server left alone after a failure: `closed`, `open` or `half-open`; and why."""

    state: str
    rests_s: float = 0.0
    error: str | None = None
    at: datetime | None = None


def model_breaker(redis: Redis) -> ModelBreaker:
    """The breaker that all who share this Redis share."""
    storage = CircuitRedisStorage(STATE_CLOSED, redis, namespace="taxai:model:breaker")
    return ModelBreaker(storage, reset_s=get_settings().ollama_rest_s, listeners=[_Teller()])


class _Teller(CircuitBreakerListener):
    def state_change(
        self,
        cb: CircuitBreaker,
        old_state: CircuitBreakerState | None,
        new_state: CircuitBreakerState,
    ) -> None:
        before = old_state.name if old_state else STATE_CLOSED
        if new_state.name != before:
            log.warning("model breaker changed", state=new_state.name, before=before)


def note_trouble(redis: Redis, error: ModelError) -> None:
    """Keep what went wrong last, for the Model page."""
    trouble = {"message": str(error), "at": time.time()}
    with suppress(RedisError):  # the trouble itself is told all the same
        redis.set(TROUBLE, json.dumps(trouble), ex=TROUBLE_TTL_S)


def last_trouble(redis: Redis) -> tuple[str, datetime] | None:
    """What went wrong last, and when."""
    stored = redis.get(TROUBLE)
    if not stored:
        return None
    trouble = json.loads(stored)
    return trouble["message"], datetime.fromtimestamp(trouble["at"], UTC)


def breaker_seen(redis: Redis) -> Breaker:
    """How the breaker is, for the Model page."""
    found, trouble = model_breaker(redis), last_trouble(redis)
    error, at = trouble if trouble else (None, None)
    return Breaker(found.state, found.rests_s(), error, at)
