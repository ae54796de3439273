"""The keeper: samples the machine every 2 s, sweeps lost work, looks for the model server."""

import json
import signal
import threading
import time
from contextlib import suppress

import structlog
from redis import Redis
from redis.exceptions import RedisError

from ..ai.server import probe
from ..observe.machine import Sample
from ..observe.model_process import find_model_process
from ..settings import get_settings
from ..store.preferences import prefer, preference
from . import presence
from .crew_size import EXTRACT, CrewSize, crew_size, say_crew_size
from .keeper_signs import (
    FIRST,
    FIRST_TTL_S,
    KEEPER,
    KEEPER_TTL_S,
    LEASE,
    MODEL,
    MODEL_PROCESS,
    MODEL_TTL_S,
    SAMPLING_LEASE,
)
from .lease import Lease
from .lookout import look_out
from .offer import offer_put_off
from .pulling import Puller
from .queue import count_reading, count_waiting
from .samples import OLD_KEYS
from .sampling import MachineSampling, announce_again
from .scaling import Load, Scaler
from .sweep import Sweeper, remove_orphan_blobs
from .workers import count_of, living_workers
from .workplace import get_redis, get_store

log = structlog.get_logger()

SAMPLE_EVERY_S = 2.0
SWEEP_EVERY_S = 3.0
SCALE_EVERY_S = 2.0
PROBE_EVERY_S = 15.0
OFFER_EVERY_S = 5.0
LOOK_OUT_EVERY_S = 5.0
PULL_EVERY_S = 1.0
CLEAN_EVERY_S = 600.0
# The preference that says that documents of earlier versions have been looked at.
OLD_GAPS_NOTED = "old_gaps_noted"


class Keeper:
    """What is done in turn; each duty has its own pace and none can end the loop.

    Of several keepers one does all of it and the others stand by; but on each machine one samples.
    One that is there to stand in for others leaves the work to them while any of them lives.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._store = get_store()
        self._sampling = MachineSampling(redis, get_settings())
        self._sweeper = Sweeper(self._store, redis)
        self._puller = Puller(redis)
        self._scaler = Scaler.of(get_settings())
        self._lease = Lease(redis, LEASE)
        self._sampling_lease = Lease(redis, f"{SAMPLING_LEASE}:{get_settings().machine}")
        self._is_on_duty = False
        self._stands_in = get_settings().keeper == "stands_in"
        self._sampled: Sample | None = None

    @property
    def is_on_duty(self) -> bool:
        """Is it the one that does all of it?"""
        return self._is_on_duty

    def run(self, stop: threading.Event) -> None:
        """Do every duty at its pace until `stop` is set."""
        duties = [
            (self.sample, SAMPLE_EVERY_S),
            (self.sweep, SWEEP_EVERY_S),
            (self.scale, SCALE_EVERY_S),
            (self.look_for_model, PROBE_EVERY_S),
            (self.offer, OFFER_EVERY_S),
            (self.look_out, LOOK_OUT_EVERY_S),
            (self._puller.look, PULL_EVERY_S),
            (self.clean, CLEAN_EVERY_S),
        ]
        due = dict.fromkeys(range(len(duties)), time.monotonic())
        while not stop.is_set():
            for index, (duty, every_s) in enumerate(duties):
                if time.monotonic() >= due[index]:
                    due[index] = time.monotonic() + every_s
                    try:
                        if duty == self.sample or self._has_lease():
                            duty()
                    except Exception as error:
                        log.warning("duty failed", duty=duty.__name__, kind=type(error).__name__)
            stop.wait(max(0.0, min(due.values()) - time.monotonic()))
        if self._is_on_duty:
            with suppress(RedisError):
                self._lease.give_back()
        with suppress(RedisError):
            self._sampling_lease.give_back()

    def _has_lease(self) -> bool:
        """Is it this keeper's turn? Asked before each duty, so a late one does nothing twice."""
        was_on_duty, is_mine = self._is_on_duty, False
        try:
            if not (self._stands_in and self._redis.exists(FIRST)):
                is_mine = self._lease.is_mine()
            elif was_on_duty:
                self._lease.give_back()
        finally:
            self._is_on_duty = is_mine
        if self._is_on_duty != was_on_duty:
            log.info("on duty" if self._is_on_duty else "standing by")
        return self._is_on_duty

    def sample(self) -> None:
        """Sample this machine, where no other keeper on it does."""
        announce_again(self._redis)
        if not self._stands_in:
            self._redis.set(FIRST, 1, ex=FIRST_TTL_S)
        is_mine, is_on_duty = self._sampling_lease.is_mine(), self._has_lease()
        if is_mine or is_on_duty:  # who scales has to know
            self._sampled = self._sampling.take()
        if is_mine and self._sampled:
            self._sampling.record(self._sampled)
        if is_on_duty:
            self._redis.set(KEEPER, time.time(), ex=KEEPER_TTL_S)

    def sweep(self) -> None:
        """Queue lost work again."""
        self._sweeper.sweep()

    def scale(self) -> None:
        """Say how many workers there are to be."""
        settings, said = get_settings(), crew_size(self._redis)
        if settings.scaling == "outside":
            # Of a batch as many are read at once as there are workers, whoever starts them.
            living = max(1, count_of(EXTRACT, living_workers(self._redis)))
            say_crew_size(
                self._redis, CrewSize(living, "The container engine decides how many there are.")
            )
            return
        if said is None:
            first = min(settings.workers_min, settings.workers)
            more = "More follow when papers wait." if first < settings.workers else ""
            said = CrewSize(first, more)
            say_crew_size(self._redis, said)
        if self._sampled is None:
            return
        readers = [one for one in self._sampled.processes if one.name.startswith(EXTRACT)]
        load = Load(
            waiting=count_waiting(self._redis),
            reading=count_reading(self._redis),
            total_bytes=self._sampled.memory_total_bytes,
            used_bytes=self._sampled.memory_used_bytes,
            held_bytes=sum(one.rss_bytes for one in readers),
        )
        wanted = self._scaler.decide(said.workers, load, time.monotonic())
        if wanted:
            log.info("scaled", count=wanted.workers, before=said.workers, reason=wanted.reason)
        # Said each time: whoever puts something in just now may write the number of before.
        say_crew_size(self._redis, wanted or said)

    def look_for_model(self) -> None:
        """Note whether a model server answers."""
        held = find_model_process(get_settings().model_port).as_dict()
        self._redis.set(MODEL_PROCESS, json.dumps(held), ex=MODEL_TTL_S)
        state = probe(get_settings().model_url).as_dict()
        self._redis.set(MODEL, json.dumps(state), ex=MODEL_TTL_S)

    def offer(self) -> None:
        """Ask about what could not be asked before."""
        offer_put_off(self._store, self._redis)

    def look_out(self) -> None:
        """Find out what is wrong."""
        look_out(self._redis, self._store, get_settings())

    def clean(self) -> None:
        """Remove what belongs to nobody; the first time, look at documents of earlier versions."""
        remove_orphan_blobs(self._store)
        self._redis.delete(*OLD_KEYS)
        presence.forget_gone(self._redis, {one.host for one in living_workers(self._redis)})
        if not preference(self._store, OLD_GAPS_NOTED):
            from .old_gaps import note_old_gaps  # 40 MB, needed once

            note_old_gaps(self._store)
            prefer(self._store, OLD_GAPS_NOTED, "yes")


def run_keeper() -> None:
    """Keep until told to stop."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    redis = get_redis(answer_within_s=5.0)
    keeper = Keeper(redis)
    presence.announce(redis, "keeper")
    if get_settings().metrics_port:
        from .exposition import SystemCollector  # what makes them is 4 MB
        from .scraping import serve

        serve(SystemCollector(lambda: keeper.is_on_duty))
    # As long as one connection is open SQLite does not put its log away after each transaction of
    # the others, which would wait for the disk five times and not once.
    with get_store().on_one_connection():
        keeper.run(stop)
    with suppress(RedisError):
        presence.withdraw(redis)
