"""What the Resources page shows."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import get_args

from ..errors import QueueDownError, TaxAIError
from ..jobs import presence, samples
from ..jobs.counters import Counter, counters
from ..jobs.points import Point, Reading, ServiceUsage, kills
from ..jobs.samples import Span
from ..jobs.workplace import asking_redis, get_store
from ..settings import get_settings
from ..store import work_lists

# Asked every two seconds by each window that shows it.
ANSWER_WITHIN_S = 1.0
SPANS: tuple[Span, ...] = get_args(Span)
# The keeper takes a sample every 2 s; it may be away for some while it ends a stuck worker.
LATE_AFTER_S = 10
# Documents take up to minutes each: over one minute the rate would mostly be 0.
RATE_OVER_S = 300
# More marks than these would be a carpet.
MOST_STARTS = 60
GONE = "a document that is gone"


@dataclass(frozen=True)
class ServiceState:
    """One process or container as last sampled, with what was counted of it in all.

    `id` is that of the process, or the host name of the container.
    """

    name: str
    usage: ServiceUsage
    id: str
    since: datetime | None
    oom_kills: int = 0
    throttled_s: float = 0.0


@dataclass(frozen=True)
class Start:
    """A document that a worker began, by its name."""

    time: float
    worker: str
    document: str


@dataclass(frozen=True)
class Spike:
    """The highest memory of the span, with the service that held most of what has a worker's
    document, and that document; None where nothing was read then."""

    point: Point
    worker: str | None = None
    worker_bytes: int = 0
    document: str | None = None


@dataclass(frozen=True)
class Resources:
    """One machine in one span, oldest point first; `machines` are all that are sampled now.

    `finished` are the documents of all machines, by time.
    """

    points: Sequence[Point]
    queue_up: bool = True
    machine: str = ""
    machines: Sequence[str] = ()
    services: Sequence[ServiceState] = ()
    finished: Sequence[tuple[float, int]] = ()
    starts: Sequence[Start] = ()
    spike: Spike | None = None
    oom_kills: Mapping[str, int] = field(default_factory=dict)

    @property
    def trouble(self) -> str | None:
        """Why there are no new figures, in a sentence; None where there are."""
        if not self.queue_up:
            return (
                "The queue does not answer, so there are no figures. It is asked again by itself."
            )
        if not self.points:
            return "The keeper has not taken a sample yet."
        age_s = time.time() - self.points[-1].time
        if age_s > LATE_AFTER_S:
            return f"The keeper is silent: the last sample is {age_s:.0f} seconds old."
        return None

    @property
    def documents_a_minute(self) -> float:
        """How fast documents were finished during the last five minutes."""
        since = self.points[-1].time - RATE_OVER_S if self.points else 0
        return sum(done for at, done in self.finished if at > since) / RATE_OVER_S * 60

    @property
    def asked_for_s(self) -> float | None:
        """How long the model has been asked without a pause, None where it is not asked now."""
        since = None
        for point in reversed(self.points):
            if not point.asked:
                break
            since = point.time
        return None if since is None else self.points[-1].time - since


def resources(span: Span, machine: str | None = None) -> Resources:
    """Return what was sampled during `span`; never raises and never hangs.

    Args:
        machine: None, or one that is not sampled any more, for the one that this process is on.
    """
    try:
        with asking_redis(ANSWER_WITHIN_S) as redis:
            there = samples.machines(redis)
            shown = machine if machine in there else _own(there)
            past = {one: samples.history(redis, span, one) for one in there or [shown]}
            latest = samples.lately(redis, shown, 1)
            counted, announced = counters(redis, shown), presence.processes(redis)
    except QueueDownError:
        return Resources([], queue_up=False)
    points = past[shown]
    highest = max(points, key=lambda point: point.memory_used_bytes, default=None)
    read = _largest(highest) if highest else None
    begun = list(_starts(points))[-MOST_STARTS:]
    names = _names({one.document for _, one in begun} | ({read.document} if read else set()))
    return Resources(
        points=points,
        machine=shown,
        machines=there,
        services=[
            _state(name, usage, counted.get(name), announced)
            for point in latest
            for name, usage in sorted(point.services.items())
        ],
        finished=sorted((one.time, one.done) for each in past.values() for one in each),
        starts=[
            Start(at, one.worker, names[one.document]) for at, one in begun if one.document in names
        ],
        spike=_spike(highest, read, names) if highest else None,
        oom_kills=kills(points),
    )


def _own(there: Sequence[str]) -> str:
    own = get_settings().machine
    return own if own in there or not there else there[0]


def _starts(points: Sequence[Point]) -> Iterator[tuple[float, Reading]]:
    for before, point in pairwise(points):
        yield from ((point.time, one) for one in point.reading if one not in before.reading)


def _largest(point: Point) -> Reading | None:
    """The worker that held most of the memory, of those that had a document."""
    having = [one for one in point.reading if one.worker in point.services]
    return max(having, key=lambda one: point.services[one.worker].memory_bytes, default=None)


def _spike(point: Point, read: Reading | None, names: Mapping[str, str]) -> Spike:
    if read is None:
        return Spike(point)
    held = point.services[read.worker].memory_bytes
    return Spike(point, read.worker, held, names.get(read.document, GONE))


def _names(ids: set[str]) -> dict[str, str]:
    try:
        return work_lists.names(get_store(), ids) if ids else {}
    except TaxAIError:  # a database that is locked, or gone: figures are shown without names
        return {}


def _state(
    name: str,
    usage: ServiceUsage,
    counter: Counter | None,
    announced: Sequence[presence.Process],
) -> ServiceState:
    # A killed process stays announced for a while: of two the younger one counts.
    own = [one for one in announced if (one.host == counter.host if counter else one.name == name)]
    process = max(own, key=lambda one: one.since, default=None)
    since = datetime.fromtimestamp(process.since).astimezone() if process else None
    if counter is None:
        return ServiceState(name, usage, str(process.pid) if process else "", since)
    return ServiceState(
        name, usage, counter.host, since, counter.total.oom_kills, counter.total.throttled_s
    )
