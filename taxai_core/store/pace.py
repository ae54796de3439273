"""How fast documents go through: what was finished lately, and how long it took."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from statistics import fmean, median

from sqlalchemy import select

from .database import Store
from .document import READ, now
from .rows import DocumentRow

HOUR_S = 3600


@dataclass(frozen=True)
class Spread:
    """Of a number of durations in seconds: the one in the middle, and the one that 95 % keep to."""

    median_s: float
    most_s: float
    mean_s: float


@dataclass(frozen=True)
class Pace:
    """What was finished within the last hour, as the documents still here tell it.

    `over_s` is the time in which that was done: from the first one's beginning on, at most the
    hour. `waiting`, `reading` and `both` are of those that were read, None where none was.
    """

    read: int
    failed: int
    pages: int
    over_s: float
    waiting: Spread | None
    reading: Spread | None
    both: Spread | None

    @property
    def documents_a_minute(self) -> float:
        """How many were finished in a minute, well or not."""
        return (self.read + self.failed) / self.over_s * 60

    @property
    def documents_an_hour(self) -> float:
        """How many are finished in an hour at that pace."""
        return self.documents_a_minute * 60

    @property
    def pages_an_hour(self) -> float:
        """How many pages are read in an hour at that pace."""
        return self.pages / self.over_s * 3600


def last_hour(store: Store) -> Pace:
    """The pace of the last hour. Raises StorageError."""
    since = now() - timedelta(seconds=HOUR_S)
    row = DocumentRow
    columns = row.state, row.pages_done, row.queued_at, row.started_at, row.finished_at
    with store.reading() as session:
        # Of the state nothing is asked here: SQLite would go by its index, and through all rows.
        finished = session.execute(select(*columns).where(row.finished_at >= since)).all()
    done = [one for one in finished if one.state in (*READ, "failed") and one.started_at]
    read = [one for one in done if one.state in READ]
    begun = min((one.started_at for one in done), default=since)
    return Pace(
        read=len(read),
        failed=len(done) - len(read),
        pages=sum(one.pages_done for one in done),
        # Below a second the pace would be a guess about nothing.
        over_s=max(1.0, (now() - max(begun, since)).total_seconds()),
        waiting=_spread([one.started_at - one.queued_at for one in read]),
        reading=_spread([one.finished_at - one.started_at for one in read]),
        both=_spread([one.finished_at - one.queued_at for one in read]),
    )


def _spread(durations: Sequence[timedelta]) -> Spread | None:
    if not durations:
        return None
    # A clock that was set back between two moments must not make a negative of it.
    seconds = sorted(max(0.0, one.total_seconds()) for one in durations)
    return Spread(median(seconds), seconds[ceil(0.95 * len(seconds)) - 1], fmean(seconds))
