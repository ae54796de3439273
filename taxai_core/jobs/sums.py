"""What is counted for good, in Redis: how jobs came out, how long they took, what the model did.

Workers are forked anew for each job, so their sums must outlive them. Who ends a row's work says so
after the row has taken it, and only one can end a run: nothing is counted twice. What Redis does
not take at once is not said again, as it may have taken it. All of it is one hash of whole numbers.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from redis import Redis
from redis.exceptions import RedisError
from rq.utils import as_text

from ..errors import QueueDownError
from .workplace import get_redis

SUMS = "taxai:sums:v1"
WITHIN_S = 1.0
Outcome = Literal["finished", "failed", "put_off", "cancelled"]
# `queue` is a document's wait to be read, `read` its reading, `total` both and all turns between;
# `page` is from one page that is ready to the next, `reread` one page read again, `ask` all
# questions about one document.
Stage = Literal["queue", "page", "read", "total", "reread", "ask"]
STAGES: tuple[Stage, ...] = ("queue", "page", "read", "total", "reread", "ask")
# A page of a few lines takes 0.05 s, one that is given up 20 s, a document at most 1800 s.
BOUNDS_S = (
    *(0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
    *(20.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0),
)


class Tally:
    """What one piece of work adds to the sums, written at once."""

    def __init__(self) -> None:
        self._added: Counter[str] = Counter()

    def ended(self, kind: str, outcome: Outcome, code: str = "") -> "Tally":
        """A row's work has ended; `code` is that of the error."""
        self._added[f"job:{kind}:{outcome}:{code}"] += 1
        return self

    def lost(self, kind: str) -> "Tally":
        """A worker died with the work, which is done again."""
        self._added[f"lost:{kind}"] += 1
        return self

    def took(self, stage: Stage, seconds: float) -> "Tally":
        """A stage took so long; a clock that was set back does not make it negative."""
        seconds = max(0.0, seconds)
        self._added[f"stage:{stage}:{bisect_left(BOUNDS_S, seconds)}"] += 1
        self._added[f"stage:{stage}:ms"] += round(seconds * 1000)
        return self

    def asked(self, prompt_tokens: int, answer_tokens: int, seconds: float) -> "Tally":
        """The model answered a question."""
        self._added["model:questions"] += 1
        self._added["model:prompt"] += prompt_tokens
        self._added["model:answer"] += answer_tokens
        self._added["model:ms"] += round(seconds * 1000)
        return self

    def write(self) -> None:
        """Add it to the sums; where Redis does not answer within a second it is not counted."""
        added, self._added = self._added, Counter()
        if not added:
            return
        with (
            suppress(QueueDownError, RedisError),
            get_redis(WITHIN_S, retries=0) as redis,
            redis.pipeline(transaction=True) as pipeline,
        ):
            for name, number in added.items():
                pipeline.hincrby(SUMS, name, number)
            pipeline.execute()


@dataclass(frozen=True)
class Spread:
    """How often a stage took how long: at each of `BOUNDS_S` how many kept to it, and all."""

    within: tuple[int, ...]
    count: int
    seconds: float


@dataclass(frozen=True)
class Sums:
    """All sums: `jobs` by kind, outcome and code, `lost` by kind."""

    jobs: Mapping[tuple[str, ...], int]
    lost: Mapping[str, int]
    stages: Mapping[Stage, Spread]
    questions: int
    prompt_tokens: int
    answer_tokens: int
    model_s: float


def sums(redis: Redis) -> Sums:
    """The sums as they stand.

    Raises:
        redis.RedisError
    """
    found = {as_text(name): int(number) for name, number in redis.hgetall(SUMS).items()}
    parted = {tuple(name.split(":")): number for name, number in found.items()}
    return Sums(
        jobs={(key[1], key[2], key[3]): n for key, n in parted.items() if key[0] == "job"},
        lost={key[1]: n for key, n in parted.items() if key[0] == "lost"},
        stages={stage: _spread(found, stage) for stage in STAGES},
        questions=found.get("model:questions", 0),
        prompt_tokens=found.get("model:prompt", 0),
        answer_tokens=found.get("model:answer", 0),
        model_s=found.get("model:ms", 0) / 1000,
    )


def _spread(found: Mapping[str, int], stage: Stage) -> Spread:
    within, count = [], 0
    for place in range(len(BOUNDS_S) + 1):
        count += found.get(f"stage:{stage}:{place}", 0)
        within.append(count)
    return Spread(tuple(within[:-1]), count, found.get(f"stage:{stage}:ms", 0) / 1000)
