"""How trials of the model went, kept in Redis for whoever waits for them."""

import json
from dataclasses import asdict, dataclass, field
from typing import Literal, cast

from redis import Redis

What = Literal["sample", "token"]
# A result is looked at soon or never.
RESULT_TTL_S = 3600


@dataclass(frozen=True)
class Result:
    """How a trial went; `values` are those it found, by field, of `wanted`; amounts in INR."""

    what: What
    model: str = ""
    seconds: float = 0.0
    prompt_tokens: int = 0
    answer_tokens: int = 0
    values: dict[str, str] = field(default_factory=dict)
    wanted: dict[str, str] = field(default_factory=dict)
    error: str | None = None


def what_of(trial_id: str) -> What:
    """What a trial is to show: its id begins with that."""
    return cast(What, trial_id.split("-")[0])


def keep(redis: Redis, trial_id: str, result: Result) -> None:
    """Keep a result for a while."""
    redis.set(_key(trial_id), json.dumps(asdict(result)), ex=RESULT_TTL_S)


def result_of(redis: Redis, trial_id: str) -> Result | None:
    """How a trial went, None where it has not ended."""
    stored = redis.get(_key(trial_id))
    return Result(**json.loads(stored)) if stored else None


def _key(trial_id: str) -> str:
    return f"taxai:trial:{trial_id}"
