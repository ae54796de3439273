"""The kinds of work that wait in the queue, and what becomes of each when its worker is lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from rq.job import Job

from ..errors import (
    EncryptedPdfError,
    NotReadAgainError,
    OutOfMemoryError,
    ReadTimeoutError,
    TaxAIError,
    WrongPasswordError,
)
from ..settings import get_settings
from ..store import documents, rereads
from ..store.database import Store
from ..store.documents import SYSTEM, Document
from ..store.rereads import Reread

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
class Kind(Generic[W]):
    """One kind of work: the function that does it, and its rows' verbs.

    Each job has the row's id and run as its arguments, and nothing else.
    """

    task: str
    waiting: Callable[[Store], Sequence[W]]
    again: Callable[[Store, W], W]
    fail: Callable[[Store, str, int, TaxAIError], bool]
    tidy: Callable[[Store, str], None]
    timeout_s: Callable[[], int]
    is_urgent: bool
    # Is it one of the documents finished a minute?
    is_counted: bool


def _fail_reread(store: Store, reread_id: str, run: int, error: TaxAIError) -> bool:
    return rereads.fail(store, reread_id, run, _told(error))


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


DOCUMENT = Kind[Document](
    task="taxai_core.jobs.task.extract_document",
    waiting=documents.waiting,
    again=lambda store, one: documents.queue_again(store, one.id, by=SYSTEM, lost=True),
    fail=documents.fail,
    tidy=documents.tidy_blobs,
    timeout_s=lambda: get_settings().job_timeout_s,
    is_urgent=False,
    is_counted=True,
)
REREAD = Kind[Reread](
    task="taxai_core.jobs.reread.read_page_again",
    waiting=rereads.waiting,
    again=lambda store, one: rereads.queue_again(store, one.id),
    fail=_fail_reread,
    tidy=lambda _store, _id: None,  # it writes rows only
    timeout_s=lambda: REREAD_TIMEOUT_S,
    is_urgent=True,
    is_counted=False,
)


def kind_of(job: Job) -> Kind[Document] | Kind[Reread]:
    """What a job is about."""
    return REREAD if job.func_name == REREAD.task else DOCUMENT
