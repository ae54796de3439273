"""Putting questions to the model: past what is known already, the slot and the breaker."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple
from functools import partial
from typing import Any

import structlog
from redis import Redis

from ..ai.errors import BreakerOpenError, ModelAwayError, ModelBusyError, ModelError
from ..ai.gateway import Gateway
from ..ai.options import ModelOptions
from ..ai.question import Answer, Question
from ..extract.asking.prompt import PROMPT_VERSION
from ..store import answers
from ..store.database import Store
from .breaker import model_breaker, note_trouble
from .model import await_turn, model_slot
from .sums import Tally

log = structlog.get_logger()


class Asker:
    """Puts questions to the model, one at a time.

    Without a Redis there is nobody to share the server with, so neither slot nor breaker.
    """

    def __init__(
        self, redis: Redis | None, options: ModelOptions, slot_within_s: float | None = None
    ) -> None:
        """Args: slot_within_s: how long to wait for a slot; None waits for ever."""
        self._redis, self._slot_within_s = redis, slot_within_s
        self._gateway = (
            Gateway(options) if redis is None else Gateway(options, partial(await_turn, redis))
        )
        self._digest: str | None = None

    def __enter__(self) -> "Asker":
        return self

    def __exit__(self, *raised: Any) -> None:
        self._gateway.__exit__(*raised)

    def about(self, store: Store, document_id: str) -> Callable[[Question], Answer]:
        """What puts the questions of a document; one that was answered before is not asked."""

        def put(question: Question) -> Answer:
            if self._digest is None:
                self._digest = self._find_digest()
            asked = (self._digest, PROMPT_VERSION, *astuple(question))
            key = answers.key_of(store, document_id, *asked)
            known = answers.known_answer(store, key)
            if known is not None:
                return Answer(known, prompt_tokens=0, tokens=0, seconds=0.0)
            answer = self.put(question)
            answers.keep_answer(store, key, document_id, answer.values)
            return answer

        return put

    def put(self, question: Question) -> Answer:
        """Ask now.

        Raises: ModelError; ModelBusyError also where no slot is free in time, or it was lost.
        """
        if self._redis is None:
            return self._gateway.ask(question)
        slot = model_slot(self._redis, self._gateway.give_up, at_most_s=self._slot_within_s)
        with slot, _noting_trouble(self._redis):
            return model_breaker(self._redis).call(self._ask, question)

    def _ask(self, question: Question) -> Answer:
        started = time.monotonic()
        try:
            answer = self._gateway.ask(question)
        except ModelAwayError:
            if self._gateway.is_given_up:  # others ask it: it is well
                raise ModelBusyError(round(time.monotonic() - started)) from None
            raise
        Tally().asked(answer.prompt_tokens, answer.tokens, answer.seconds).write()
        tokens = answer.prompt_tokens + answer.tokens
        log.info("question answered", tokens=tokens, seconds=answer.seconds)
        return answer

    def _find_digest(self) -> str:
        """Ask what tells the model from others.

        A server that knows it may still not answer a question, so only a failure counts.
        """
        if self._redis is None:
            return self._gateway.digest()
        breaker = model_breaker(self._redis)
        breaker.check()
        with _noting_trouble(self._redis):
            try:
                return self._gateway.digest()
            except ModelError as error:
                breaker.note_failure(error)
                raise


@contextmanager
def _noting_trouble(redis: Redis) -> Iterator[None]:
    try:
        yield
    except BreakerOpenError:
        raise
    except ModelError as error:
        log.warning("question failed", code=error.code)
        note_trouble(redis, error)
        raise
