"""What the Resources page shows."""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from ..errors import QueueDownError
from ..jobs import presence, samples
from ..jobs.samples import Point, Span
from ..jobs.workplace import asking_redis

# Asked every two seconds by each window that shows it.
ANSWER_WITHIN_S = 1.0
SPANS: tuple[Span, ...] = get_args(Span)
# The keeper takes a sample a second; it may be away for some while it ends a stuck worker.
LATE_AFTER_S = 10
# Documents take up to minutes each: over one minute the rate would mostly be 0.
RATE_OVER_S = 300


@dataclass(frozen=True)
class ProcessState:
    """One TaxAI process; `cpu_percent` is 100 for one core fully used."""

    name: str
    pid: int
    cpu_percent: float
    rss_bytes: int
    since: datetime


@dataclass(frozen=True)
class Resources:
    """The points of one span, oldest first, and the processes as last sampled, by name."""

    points: list[Point]
    processes: list[ProcessState]
    queue_up: bool

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
        return sum(point.done for point in self.points if point.time > since) / RATE_OVER_S * 60


def resources(span: Span) -> Resources:
    """Return what was sampled during `span`; never raises and never hangs."""
    try:
        with asking_redis(ANSWER_WITHIN_S) as redis:
            points, latest = samples.history(redis, span), samples.latest(redis)
            return Resources(points, _states(presence.processes(redis), latest), queue_up=True)
    except QueueDownError:
        return Resources([], [], queue_up=False)


def _states(announced: list[presence.Process], latest: Point | None) -> list[ProcessState]:
    # A killed process stays announced: what counts is the last sample, and of two with one name
    # the younger.
    newest = {process.name: process for process in sorted(announced, key=lambda one: one.since)}
    usages = latest.processes if latest else {}
    return [
        ProcessState(
            name=name,
            pid=newest[name].pid,
            cpu_percent=usage.cpu_percent,
            rss_bytes=usage.rss_bytes,
            since=datetime.fromtimestamp(newest[name].since).astimezone(),
        )
        for name, usage in sorted(usages.items())
        if name in newest
    ]
