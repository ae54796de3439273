"""Pulling a model: a page asks for it, the keeper has the server do it and tells how far it is."""

import json
import threading
import time
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from typing import Literal

import structlog
from redis import Redis
from redis.client import Pipeline
from redis.exceptions import RedisError

from ..ai.pull import pull
from ..ai.server import probe
from ..errors import TaxAIError
from ..settings import get_settings
from .keeper_signs import MODEL, MODEL_TTL_S

log = structlog.get_logger()

PULL, PULL_TTL_S = "taxai:model:pull", 24 * 3600
WRITE_EVERY_S = 0.5
UNFINISHED = ("wanted", "pulling")


@dataclass(frozen=True)
class Pull:
    """A model that is being pulled, or was last; sizes in bytes, `total` 0 while unknown."""

    model: str
    state: Literal["wanted", "pulling", "done", "failed", "cancelled"]
    completed: int = 0
    total: int = 0
    error: str | None = None

    @property
    def is_unfinished(self) -> bool:
        """Is there still something to wait for?"""
        return self.state in UNFINISHED


def present_pull(redis: Redis) -> Pull | None:
    """What is being pulled, or was last."""
    stored = redis.get(PULL)
    return Pull(**json.loads(stored)) if stored else None


def ask_for_pull(redis: Redis, model: str) -> None:
    """Have a model pulled; one at a time."""
    _write(redis, Pull(model, "wanted"))


def cancel_pull(redis: Redis) -> None:
    """Stop; the server keeps what it has, so that a later pull goes on from there."""
    if (now := present_pull(redis)) and now.is_unfinished:
        _write(redis, replace(now, state="cancelled"))


class Puller:
    """Does what pages ask for, in a thread of its own: a pull takes minutes."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._thread: threading.Thread | None = None

    def look(self) -> None:
        """Begin what is wanted; go on with what an earlier keeper began."""
        if self._thread is not None and self._thread.is_alive():
            return
        if (wanted := present_pull(self._redis)) and wanted.is_unfinished:
            self._thread = threading.Thread(target=self._pull, args=(wanted,), daemon=True)
            self._thread.start()

    def _pull(self, wanted: Pull) -> None:
        started = time.monotonic()
        log.info("pull begun")
        try:
            now = self._pulled(replace(wanted, state="pulling"))
            if now.state == "done":
                self._note_models()  # first, so that it can be chosen when it is said to be there
            is_wanted = self._tell(now)
            state = now.state if is_wanted else "not wanted any more"
            log.info("pull ended", state=state, seconds=time.monotonic() - started)
        except RedisError:
            return  # it is away; a later look goes on with what is still wanted then

    def _pulled(self, now: Pull) -> Pull:
        """Pull until it is done, failed, or not wanted any more; return how far it came."""
        written = 0.0
        try:
            with closing(pull(get_settings().model_url, now.model)) as steps:
                for step in steps:
                    if step.total:
                        now = replace(now, completed=step.completed, total=step.total)
                    if time.monotonic() - written >= WRITE_EVERY_S:
                        if not self._tell(now):
                            return now  # the connection ends, and with it the server's work
                        written = time.monotonic()
        except TaxAIError as error:
            return replace(now, state="failed", error=str(error))
        return replace(now, state="done")

    def _note_models(self) -> None:
        server = probe(get_settings().model_url)
        self._redis.set(MODEL, json.dumps(server.as_dict()), ex=MODEL_TTL_S)

    def _tell(self, now: Pull) -> bool:
        """Write how far it is; False where it is not wanted any more, however late that is said."""

        def write(pipe: Pipeline) -> bool:
            there = present_pull(pipe)
            is_wanted = there is not None and there.model == now.model and there.is_unfinished
            pipe.multi()
            if is_wanted:
                _write(pipe, now)
            return is_wanted

        told = self._redis.transaction(
            write,  # type: ignore[arg-type]  # its value is what this returns, says redis-py too
            PULL,
            value_from_callable=True,
        )
        return bool(told)


def _write(redis: Redis, now: Pull) -> None:
    redis.set(PULL, json.dumps(asdict(now)), ex=PULL_TTL_S)
