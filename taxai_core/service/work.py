"""What the Jobs page shows: what is read, waits and has failed, by whom and how fast."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..errors import OutOfMemoryError, QueueDownError, TaxAIError
from ..jobs.crew_size import EXTRACT, CrewSize, crew_size
from ..jobs.naming import naming
from ..jobs.queue import held_memory, waiting_ids
from ..jobs.workers import LivingWorker, count_of, living_workers
from ..jobs.workplace import asking_redis, get_store
from ..store import pace, rereads, work_lists
from ..store.database import Store
from ..store.document import Document
from ..store.pace import Pace
from .intake import ANSWER_WITHIN_S
from .limits import Limits, limits

# Nobody reads further down; the Documents page has them all.
LISTED = 50


@dataclass(frozen=True)
class Running:
    """A document that a worker has. `memory_bytes` and `worker` are None where nobody tells."""

    document: Document
    memory_bytes: int | None
    worker: str | None


@dataclass(frozen=True)
class Waiting:
    """A document in line. `begins_in_s` is how long it waits yet as it seems, None if unknown."""

    document: Document
    position: int | None
    begins_in_s: float | None


@dataclass(frozen=True)
class Seat:
    """A worker with the document it reads, or with what else it does in words."""

    worker: LivingWorker
    document: Document | None = None
    other: str = ""


@dataclass(frozen=True)
class Work:
    """All about the work at one moment. `trouble` says what of it could not be told."""

    caps: Limits
    trouble: str | None = None
    queue_up: bool = False
    running: Sequence[Running] = ()
    waiting: Sequence[Waiting] = ()
    failed: Sequence[Document] = ()
    counts: dict[str, int] = field(default_factory=dict)
    workers: Sequence[Seat] = ()
    crew: CrewSize | None = None
    pace: Pace | None = None
    all_begun_in_s: float | None = None

    @property
    def readers(self) -> int:
        """How many workers read papers."""
        return count_of(EXTRACT, [seat.worker for seat in self.workers])


@dataclass(frozen=True)
class _LinePace:
    """When a worker is free, and after how long another document of the line then begins."""

    free_in_s: float
    each_s: float

    def begins_in(self, place: int) -> float:
        return self.free_in_s + self.each_s * (place - 1)


@dataclass(frozen=True)
class _Queue:
    """What Redis tells."""

    workers: Sequence[LivingWorker] = ()
    positions: dict[str, int] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    crew: CrewSize | None = None
    trouble: str | None = None


def count_documents() -> dict[str, int]:
    """How many documents are in each state that any is in. Raises StorageError."""
    return work_lists.counts(get_store())


def is_lighter_next(document: Document) -> bool:
    """Will it be read with the lighter method when it is tried again, for want of memory?"""
    lacked_memory = document.error_code == OutOfMemoryError.code
    return document.state == "failed" and lacked_memory and not document.is_light


def work() -> Work:
    """How the work goes; never raises and never hangs."""
    try:
        store = get_store()
        now = work_lists.reading_now(store)
        queue = _ask_queue([document.job_id for document in now])
        return _work(store, now, queue)
    except TaxAIError as error:
        return Work(limits(), trouble=str(error))


def _work(store: Store, now: Sequence[Document], queue: _Queue) -> Work:
    rate = pace.last_hour(store)
    by_job = {document.job_id: document for document in now}
    counts = work_lists.counts(store)
    line = _line_pace(rate, count_of(EXTRACT, queue.workers), now)
    worker_of = {worker.job_id: worker.name for worker in queue.workers}
    return Work(
        limits(),
        trouble=queue.trouble,
        queue_up=queue.trouble is None,
        running=[
            Running(one, queue.held.get(job), worker_of.get(job)) for job, one in by_job.items()
        ],
        waiting=_waiting(store, queue, line),
        failed=work_lists.lately_failed(store, LISTED),
        counts=counts,
        workers=_seats(store, queue.workers, by_job),
        crew=queue.crew,
        pace=rate,
        all_begun_in_s=line.begins_in(counts.get("queued", 0)) if line else None,
    )


def _ask_queue(job_ids: Sequence[str]) -> _Queue:
    try:
        with asking_redis(ANSWER_WITHIN_S) as redis:
            positions = {job: place for place, job in enumerate(waiting_ids(redis), 1)}
            held = held_memory(redis, job_ids)
            called = naming(redis)
            named = [
                replace(worker, name=called.of(worker.name, worker.host))
                for worker in living_workers(redis)
            ]
            workers = sorted(named, key=lambda worker: worker.name)
            return _Queue(workers, positions, held, crew_size(redis))
    except QueueDownError as error:
        return _Queue(trouble=str(error))


def _waiting(store: Store, queue: _Queue, pace_s: _LinePace | None) -> list[Waiting]:
    first = [job.rpartition("-")[0] for job in list(queue.positions)[:LISTED]]
    listed = []
    for document in work_lists.first_in_line(store, first, LISTED):
        place = queue.positions.get(document.job_id)
        listed.append(
            Waiting(document, place, pace_s.begins_in(place) if pace_s and place else None)
        )
    # Those without a place are put in line by the keeper; till then they stand behind all others.
    listed.sort(key=lambda one: one.position or len(queue.positions) + 1)
    return listed[:LISTED]


def _line_pace(rate: Pace, readers: int, now: Sequence[Document]) -> _LinePace | None:
    if not (rate.reading and readers):
        return None
    rests = [_rest_s(document, rate.reading.mean_s) for document in now]
    return _LinePace(min(rests) if len(rests) >= readers else 0.0, rate.reading.mean_s / readers)


def _rest_s(document: Document, usual_s: float) -> float:
    """How long it is read yet, as its pages till now tell."""
    if not (document.pages_done and document.pages_total and document.seconds):
        return usual_s
    left = document.pages_total - document.pages_done
    return document.seconds / document.pages_done * left


def _seats(
    store: Store, workers: Sequence[LivingWorker], reading: dict[str, Document]
) -> list[Seat]:
    """The workers with what each has in hand."""
    others = {one.job_id for one in rereads.waiting(store)} if workers else set()
    return [
        Seat(worker, reading.get(worker.job_id or ""), _other(worker, others)) for worker in workers
    ]


def _other(worker: LivingWorker, rereads_: set[str]) -> str:
    """What a job is that reads no document."""
    if worker.job_id is None:
        return ""
    if worker.kind != EXTRACT:
        return "asks the model"
    return "reads a page again" if worker.job_id in rereads_ else ""
