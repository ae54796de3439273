"""The kinds of work that wait in the queue, and what becomes of each when its worker is lost."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from redis import Redis
from rq.job import Job

from ..ai.errors import ModelError, NotAskedError
from ..errors import (
    DamagedError,
    EncryptedPdfError,
    NotReadAgainError,
    OutOfMemoryError,
    ReadTimeoutError,
    StorageError,
    TaxAIError,
    WrongPasswordError,
)
from ..settings import get_settings
from ..store import ask_lists, asks, documents, interrupted, rereads
from ..store.ask import Ask
from ..store.database import Store
from ..store.document import Document
from ..store.rereads import Reread
from ..store.tidy import tidy_blobs
from .crew_size import EXTRACT, workers_wanted
from .trial_result import Result, keep, what_of
from .workplace import get_redis

ASK_QUEUE = "ask"
# What has taken two workers with it at one place is not tried again by itself; a paper of which
# each of them has read some pages more is, so often.
MOST_LOST_RUNS, MOST_LOST_IN_ALL = 1, 5
# A document counts as so much work: by this each one of a batch stands behind the one before it.
SECONDS_EACH = 1.0
# So many of a batch are read as if they had come singly: somebody sits there and waits for them.
INTERACTIVE = 5
# In RQ's set of waiting jobs the scores are moments, of whole seconds. Ours are finer, and those of
# what a person asks the model about are before all others: by thirty years.
AHEAD_S = 1e9
# One page by one method takes up to some seconds, and a person waits for it.
REREAD_TIMEOUT_S = 60


class Work(Protocol):
    """A row that wants something done: `queued`, or in the hands of a worker."""

    @property
    def id(self) -> str: ...
    @property
    def run(self) -> int: ...
    @property
    def job_id(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def lost_runs(self) -> int: ...


W = TypeVar("W", bound=Work)


@dataclass(frozen=True)
class Trial:
    """A trial of the model that somebody waits for."""

    id: str
    run: int = 1
    state: str = "queued"
    lost_runs: int = 0

    @property
    def job_id(self) -> str:
        """The id of its job."""
        return self.id


@dataclass(frozen=True)
class Kind(Generic[W]):
    """One kind of work: the function that does it, where it waits, and its rows' verbs.

    `name` is the one by which it is counted.

    Each job has the row's id and run as its arguments, and nothing else. `slots` is how many such
    jobs may be in the queue or running at once, the others waiting behind it in the order of their
    `place`; None for any number.
    """

    name: str
    task: str
    queue: str
    slots: Callable[[Redis, W], int | None]
    place: Callable[[W], float]
    waiting: Callable[[Store], Sequence[W]]
    # Its arguments: the row's id and run, and whether its worker was lost rather than told to stop.
    again: Callable[[Store, str, int, bool], W]
    fail: Callable[[Store, str, int, TaxAIError], bool]
    tidy: Callable[[Store, str], None]
    timeout_s: Callable[[], int]
    # Does it go to the front of the queue?
    is_urgent: Callable[[W], bool]
    # Is it one of the documents finished a minute?
    is_counted: bool


def is_lost_too_often(work: Work) -> bool:
    """Is it to be set aside now that it has lost one more worker?"""
    if isinstance(work, Document) and work.pages_done > work.lost_at:
        return work.lost_runs >= MOST_LOST_IN_ALL
    return work.lost_runs >= MOST_LOST_RUNS


def is_bulk(document: Document) -> bool:
    """Is it one of many, or has it been read for so long that it gives way to others?"""
    return document.behind_s >= INTERACTIVE * SECONDS_EACH


def _fail_reread(store: Store, reread_id: str, run: int, error: TaxAIError) -> bool:
    return rereads.fail(store, reread_id, run, _told(error))


def _fail_ask(store: Store, document_id: str, run: int, error: TaxAIError) -> bool:
    return asks.fail(store, document_id, run, _of_model(error))


def _of_model(error: TaxAIError) -> ModelError:
    """What the sentence of a document's failure is for a question."""
    if isinstance(error, ModelError):
        return error
    reasons: dict[type[TaxAIError], str] = {
        ReadTimeoutError: "It took longer than {0} seconds.",
        OutOfMemoryError: "It needed more memory than the {0} MB of one worker.",
        StorageError: "The data folder cannot be written (disk full or locked).",
        DamagedError: "What was stored of this document is damaged or missing.",
    }
    reason = reasons.get(type(error), "Something went wrong on our side.")
    return NotAskedError(reason.format(*error.args))


def _fail_trial(_store: Store, trial_id: str, _run: int, error: TaxAIError) -> bool:
    keep(get_redis(), trial_id, Result(what_of(trial_id), error=str(_of_model(error))))
    return True


def _told(error: TaxAIError) -> TaxAIError:
    """What the sentence of a document's failure is for a page: nothing is split or retried here."""
    otherwise = "Draw a smaller area or choose another method."
    reasons: dict[type[TaxAIError], str] = {
        ReadTimeoutError: "It took longer than {0} seconds. " + otherwise,
        OutOfMemoryError: "It needed more memory than the {0} MB of one worker. " + otherwise,
        EncryptedPdfError: "The PDF is protected and its password was not kept. Delete the "
        "document and add it again with its password.",
        TaxAIError: "Something went wrong on our side. Try again or choose another method.",
    }
    reasons[WrongPasswordError] = reasons[EncryptedPdfError]
    reason = reasons.get(type(error))
    return NotReadAgainError(reason.format(*error.args)) if reason else error


def _place_at_model(is_urgent: bool) -> float:
    return time.time() - (AHEAD_S if is_urgent else 0)


DOCUMENT = Kind[Document](
    name="document",
    task="taxai_core.jobs.task.extract_document",
    queue=EXTRACT,
    slots=lambda redis, one: workers_wanted(redis) if is_bulk(one) else None,
    place=lambda one: one.place_s,
    waiting=documents.waiting,
    again=lambda store, id_, run, lost: interrupted.hand_back(store, id_, run, lost=lost),
    fail=documents.fail,
    tidy=tidy_blobs,
    timeout_s=lambda: get_settings().job_timeout_s,
    is_urgent=lambda _: False,
    is_counted=True,
)
REREAD = Kind[Reread](
    name="reread",
    task="taxai_core.jobs.reread.read_page_again",
    queue=EXTRACT,
    slots=lambda _redis, _one: None,
    place=lambda _: 0.0,
    waiting=rereads.waiting,
    again=lambda store, id_, run, lost: rereads.queue_again(store, id_, run, lost=lost),
    fail=_fail_reread,
    tidy=lambda _store, _id: None,  # it writes rows only
    timeout_s=lambda: REREAD_TIMEOUT_S,
    is_urgent=lambda _: True,
    is_counted=False,
)


ASK = Kind[Ask](
    name="ask",
    task="taxai_core.jobs.ask.ask_document",
    queue=ASK_QUEUE,
    slots=lambda _redis, _one: get_settings().ollama_slots,
    place=lambda one: _place_at_model(one.is_urgent),
    waiting=ask_lists.waiting,
    again=lambda store, id_, run, lost: asks.queue_again(store, id_, run, lost=lost),
    fail=_fail_ask,
    tidy=lambda _store, _id: None,
    timeout_s=lambda: get_settings().ask_timeout_s,
    is_urgent=lambda one: one.is_urgent,
    is_counted=False,
)
TRIAL = Kind[Trial](
    name="trial",
    task="taxai_core.jobs.trial.try_model",
    queue=ASK_QUEUE,
    slots=lambda _redis, _one: get_settings().ollama_slots,
    place=lambda _: _place_at_model(is_urgent=True),
    waiting=lambda _store: (),  # nobody minds one that is lost: it is asked for again
    again=lambda _store, id_, run, _lost: Trial(id_, run),
    fail=_fail_trial,
    tidy=lambda _store, _id: None,
    timeout_s=lambda: get_settings().ask_timeout_s,
    is_urgent=lambda _: True,
    is_counted=False,
)
_BY_TASK = {kind.task: kind for kind in (DOCUMENT, REREAD, ASK, TRIAL)}


def kind_of(job: Job) -> Kind[Document] | Kind[Reread] | Kind[Ask] | Kind[Trial]:
    """What a job is about."""
    assert job.func_name  # every job is queued with one
    return _BY_TASK[job.func_name]
