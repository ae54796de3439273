"""Trying the model out: a real question about a paper of nobody's, or one token of an answer."""

import time
import uuid
from contextlib import AbstractContextManager, nullcontext
from functools import partial

from redis import Redis
from redis.exceptions import RedisError

from ..ai.gateway import Gateway
from ..ai.options import ModelOptions
from ..asking import ask_about, find_gaps
from ..errors import QueueDownError, TaxAIError
from ..extract.asking.sample import (
    SAMPLE_TYPE,
    WANTED,
    sample_page,
    sample_record,
)
from ..pipeline import known_types
from ..store.database import Store
from .breaker import model_breaker
from .failures import telling_failures
from .kinds import TRIAL, Trial
from .model import await_turn, model_options, model_slot
from .queue import enqueue
from .trial_result import Result, What, keep, what_of
from .workplace import get_redis, get_store

# Nobody who looks whether all is well waits longer for those who ask before.
SLOT_WITHIN_S = 30.0


def ask_for_trial(redis: Redis, what: What) -> str:
    """Queue a trial before all that nobody waits for; return its id.

    Raises:
        QueueDownError
    """
    trial = Trial(f"{what}-{uuid.uuid4().hex}")
    enqueue(redis, TRIAL, trial)
    return trial.id


def try_model(trial_id: str, run: int) -> None:
    """RQ job: make a trial and keep its result for a while."""
    redis = get_redis()
    with telling_failures(TRIAL, trial_id, run):
        keep(redis, trial_id, try_now(what_of(trial_id), get_store(), redis))


def try_now(what: What, store: Store | None, redis: Redis | None) -> Result:
    """Make a trial here.

    It does not ask the breaker, so a person can see at any time whether the server is well again;
    one that succeeds closes it.
    """
    try:
        options = model_options(store)
        turn = partial(await_turn, redis) if redis is not None else _at_once
        with Gateway(options, turn) as gateway, _slot(redis, gateway):
            result = _try(what, gateway, options)
        if redis is not None:
            model_breaker(redis).close()
    except TaxAIError as error:
        return Result(what, error=str(error))
    except RedisError:
        return Result(what, error=str(QueueDownError()))
    return result


def _at_once() -> None:
    """Without a Redis nobody else asks, and nobody counts."""


def _slot(redis: Redis | None, gateway: Gateway) -> AbstractContextManager[None]:
    if redis is None:
        return nullcontext()
    return model_slot(redis, gateway.give_up, at_most_s=SLOT_WITHIN_S)


def _try(what: What, gateway: Gateway, options: ModelOptions) -> Result:
    if what == "token":
        seconds = gateway.one_token()
        return Result(what, options.model, round(seconds, 2), answer_tokens=1)
    return _try_sample(gateway, options)


def _try_sample(gateway: Gateway, options: ModelOptions) -> Result:
    start = time.monotonic()
    types = {SAMPLE_TYPE: known_types()[SAMPLE_TYPE]}
    records = [sample_record()]
    outcome = ask_about(
        records, lambda _: sample_page(), types, gateway.ask, window=options.num_ctx
    )
    asked = [name for gap in find_gaps(types, records) for name in gap.fields]
    found = outcome.records.get(1)
    return Result(
        "sample",
        options.model,
        round(time.monotonic() - start, 2),
        outcome.prompt_tokens,
        outcome.answer_tokens,
        {name: one.value for name, one in (found.fields if found else {}).items()},
        {name: value for name, value in WANTED.items() if name in asked},
    )
