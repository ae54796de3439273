"""What is known of the whole system, as Prometheus reads it; docs/metrics.md lists it.

It is found out at each scrape: from the rows, from Redis and from the keeper's last sample. Nothing
personal is in it, and no label has more values than there are kinds, states, codes or services.
"""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Generic, TypeVar

from prometheus_client.core import Metric
from prometheus_client.registry import Collector
from redis.exceptions import RedisError

from ..errors import TaxAIError
from ..settings import get_settings
from ..store.document import now
from ..store.work_lists import counts, oldest_wait
from .breaker import model_breaker
from .crew_size import EXTRACT
from .families import QueueSeen, RowsSeen, gauge, of_queue, of_rows
from .kinds import ASK_QUEUE
from .offer import model_server
from .queue import asking_ids, count_waiting
from .samples import latest, machines
from .service_use import service_uses
from .sums import sums
from .workers import living_workers
from .workplace import get_redis, get_store

# Both sources are asked one after the other, and who scrapes has an answer within 2 s.
WITHIN_S = 0.9

T = TypeVar("T")


class Source(Generic[T]):
    """What may hang: it is waited for within bounds, and asked one question at a time."""

    def __init__(self, ask: Callable[[], T]) -> None:
        self._ask = ask
        self._thread: threading.Thread | None = None

    def answer(self) -> T | None:
        """None where it fails, takes too long, or has not answered the last question yet."""
        if self._thread and self._thread.is_alive():
            return None
        found: list[T] = []

        def ask() -> None:
            with suppress(TaxAIError, RedisError):
                found.append(self._ask())

        self._thread = threading.Thread(target=ask, daemon=True)
        self._thread.start()
        self._thread.join(WITHIN_S)
        return found[0] if found else None


class SystemCollector(Collector):
    """Tells it all where its keeper is on duty, so that of several keepers one does.

    Without Redis none is on duty, and each tells that and what the rows tell.
    """

    def __init__(self, is_on_duty: Callable[[], bool]) -> None:
        self._is_on_duty = is_on_duty
        self._rows, self._queue = Source(_see_rows), Source(_see_queue)
        self._lock = threading.Lock()

    def collect(self) -> Iterator[Metric]:
        """Called by each scrape; never raises."""
        with self._lock:  # two may scrape at once
            rows, queue = self._rows.answer(), self._queue.answer()
        is_on_duty = self._is_on_duty()
        yield gauge(
            "taxai_keeper_on_duty",
            "Does this keeper do the work, and tell of the system?",
            is_on_duty,
        )
        yield gauge("taxai_database_up", "Does the database answer?", rows is not None)
        yield gauge("taxai_queue_up", "Does Redis answer?", queue is not None)
        if rows and (is_on_duty or queue is None):
            yield from of_rows(rows)
        if queue and is_on_duty:
            yield from of_queue(queue)


def _see_rows() -> RowsSeen:
    store = get_store()
    oldest = oldest_wait(store)
    waits_s = max(0.0, (now() - oldest).total_seconds()) if oldest else 0.0
    free_bytes = shutil.disk_usage(get_settings().data_path).free
    return RowsSeen(counts(store), waits_s, free_bytes)


def _see_queue() -> QueueSeen:
    with get_redis(answer_within_s=WITHIN_S, retries=0) as redis:
        server = model_server(redis)
        seen = {machine: latest(redis, machine) for machine in machines(redis)}
        points = {machine: point for machine, point in seen.items() if point}
        return QueueSeen(
            sums=sums(redis),
            waiting={EXTRACT: count_waiting(redis), ASK_QUEUE: len(asking_ids(redis))},
            workers=living_workers(redis),
            breaker=model_breaker(redis).state,
            does_model_answer=bool(server and server.answers),
            points=points,
            uses=[one for at, point in points.items() for one in service_uses(redis, at, point)],
        )
