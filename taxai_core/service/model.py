"""What the Model page shows and does."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

import structlog

from ..ai.recommend import Recommendation, recommend
from ..ai.server import ModelServer
from ..errors import QueueDownError
from ..jobs import model as jobs_model
from ..jobs import pulling
from ..jobs.breaker import Breaker, breaker_seen
from ..jobs.keeper_signs import MODEL_PROCESS
from ..jobs.offer import model_server
from ..jobs.pulling import Pull
from ..jobs.queue import asking_ids, is_asked_now
from ..jobs.trial import ask_for_trial
from ..jobs.trial_result import Result, What, result_of
from ..jobs.workplace import asking_redis, get_store
from ..observe.model_process import ModelProcess
from ..observe.plan_here import plan_here
from ..settings import get_settings
from ..store import ask_lists, documents
from ..store.ask import Ask
from ..store.preferences import prefer
from .asking import is_to_ask

log = structlog.get_logger()

ANSWER_WITHIN_S = 2.0
# So many of the last documents tell how long the next one takes.
LATELY = 20


@dataclass(frozen=True)
class Line:
    """A document before the model, or one that was there: its name and how far it is.

    `position` counts those that wait; `wait_s` is how long they wait as it seems, None where
    nothing was asked yet.
    """

    name: str
    ask: Ask
    position: int | None = None
    wait_s: float | None = None


@dataclass(frozen=True)
class ModelState:
    """All about the model at one moment.

    `is_asked` is true of a trial too, and `not_asked` counts the documents about which it was not
    asked, or gave no answer. Where the server has no way out, `pulls_itself` is false.
    """

    queue_up: bool
    server: ModelServer | None
    process: ModelProcess | None
    chosen: str | None
    when_back: bool
    slots: int
    breaker: Breaker
    is_asked: bool
    now: Sequence[Line]
    waiting: Sequence[Line]
    lately: Sequence[Line]
    not_asked: int
    pull: Pull | None
    pulls_itself: bool
    recommended: Recommendation


def model_state() -> ModelState:
    """How things are at the model; never hangs.

    Raises StorageError.
    """
    store, settings = get_store(), get_settings()
    try:
        with asking_redis(ANSWER_WITHIN_S) as redis:
            server, process = model_server(redis), _process(redis.get(MODEL_PROCESS))
            positions = {job_id: place for place, job_id in enumerate(asking_ids(redis), 1)}
            breaker, pull = breaker_seen(redis), pulling.present_pull(redis)
            is_asked, queue_up = is_asked_now(redis), True
    except QueueDownError:
        server = process = pull = None
        positions, breaker, is_asked, queue_up = {}, Breaker("unknown"), False, False
    lately = ask_lists.lately_done(store, LATELY)
    each_s = fmean(one.seconds for one in lately) / settings.ollama_slots if lately else None
    wanted = ask_lists.waiting(store)
    listing = documents.listing(store)
    name = {one.id: one.name for one in listing}.get
    waiting = [
        Line(name(one.id, ""), one, place, each_s and each_s * place)
        for one in wanted
        if one.state == "queued" and (place := positions.get(one.job_id))
    ]
    return ModelState(
        queue_up=queue_up,
        server=server,
        process=process,
        chosen=jobs_model.chosen_model(store),
        when_back=jobs_model.asks_when_back(store),
        slots=settings.ollama_slots,
        breaker=breaker,
        is_asked=is_asked,
        now=[Line(name(one.id, ""), one) for one in wanted if one.state == "asking"],
        waiting=sorted(waiting, key=lambda line: line.position or 0),
        lately=[Line(name(one.id, ""), one) for one in lately],
        not_asked=sum(is_to_ask(one) for one in listing),
        pull=pull,
        pulls_itself=settings.pulls_itself,
        recommended=recommend(_memory_for_model()),
    )


def choose_model(model: str) -> None:
    """Ask this model from now on. Raises StorageError."""
    prefer(get_store(), jobs_model.MODEL, model)
    log.info("model chosen")


def ask_when_back(wanted: bool) -> None:
    """Ask by itself about what could not be asked, when the server is well. Raises StorageError."""
    prefer(get_store(), jobs_model.WHEN_BACK, jobs_model.ON if wanted else jobs_model.OFF)


def pull_model(model: str) -> None:
    """Have the server pull a model; it needs the network for that. Raises QueueDownError."""
    with asking_redis(ANSWER_WITHIN_S) as redis:
        pulling.ask_for_pull(redis, model.strip())


def cancel_pull() -> None:
    """Stop pulling. Raises QueueDownError."""
    with asking_redis(ANSWER_WITHIN_S) as redis:
        pulling.cancel_pull(redis)


def try_model(what: What) -> str:
    """Have the model tried out, before all that nobody waits for; return what to ask for.

    Raises QueueDownError.
    """
    with asking_redis(ANSWER_WITHIN_S) as redis:
        return ask_for_trial(redis, what)


def trial_result(trial_id: str) -> Result | None:
    """How a trial went, None where it has not ended. Raises QueueDownError."""
    with asking_redis(ANSWER_WITHIN_S) as redis:
        return result_of(redis, trial_id)


def _process(stored: bytes | str | None) -> ModelProcess | None:
    return ModelProcess(**json.loads(stored)) if stored else None


def _memory_for_model() -> int:
    """What the server may use: its container's cap, else its share of this machine."""
    given_mb = get_settings().ollama_memory_mb
    if given_mb is not None:
        return given_mb << 20
    made = plan_here()
    return made.share("ollama").memory_mb << 20 if made else 0
