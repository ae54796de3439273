"""The keeper: samples the machine once a second, sweeps lost work, looks for the model server."""

import json
import logging
import platform
import signal
import threading
import time

import psutil
from redis import Redis
from redis.exceptions import RedisError

from ..ai.server import probe
from ..observe.machine import Sampler
from ..observe.model_process import find_model_process
from ..settings import get_settings
from ..store.preferences import prefer, preference
from . import presence
from .keeper_signs import KEEPER, KEEPER_TTL_S, MODEL, MODEL_PROCESS, MODEL_TTL_S
from .offer import offer_put_off
from .pulling import Puller
from .queue import waiting_ids
from .samples import record
from .sweep import Sweeper, remove_orphan_blobs
from .tally import take_done
from .workplace import get_redis, get_store

log = logging.getLogger(__name__)

SAMPLE_EVERY_S = 1.0
SWEEP_EVERY_S = 3.0
PROBE_EVERY_S = 15.0
OFFER_EVERY_S = 5.0
PULL_EVERY_S = 1.0
CLEAN_EVERY_S = 600.0
# The preference that says that documents of earlier versions have been looked at.
OLD_GAPS_NOTED = "old_gaps_noted"


class Keeper:
    """What is done in turn; each duty has its own pace and none can end the loop."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._store = get_store()
        self._sampler = Sampler()
        self._sweeper = Sweeper(self._store, redis)
        self._puller = Puller(redis)

    def run(self, stop: threading.Event) -> None:
        """Do every duty at its pace until `stop` is set."""
        duties = [
            (self.sample, SAMPLE_EVERY_S),
            (self.sweep, SWEEP_EVERY_S),
            (self.look_for_model, PROBE_EVERY_S),
            (self.offer, OFFER_EVERY_S),
            (self._puller.look, PULL_EVERY_S),
            (self.clean, CLEAN_EVERY_S),
        ]
        due = dict.fromkeys(range(len(duties)), time.monotonic())
        while not stop.is_set():
            for index, (duty, every_s) in enumerate(duties):
                if time.monotonic() >= due[index]:
                    due[index] = time.monotonic() + every_s
                    try:
                        duty()
                    except Exception as error:
                        log.warning("%s: %s", duty.__name__, type(error).__name__)
            stop.wait(max(0.0, min(due.values()) - time.monotonic()))

    def sample(self) -> None:
        """Write one sample of the machine and of every TaxAI process on it."""
        here = [p for p in presence.processes(self._redis) if p.host == platform.node()]
        gone = [process for process in here if not psutil.pid_exists(process.pid)]
        for process in gone:
            presence.withdraw(self._redis, process.pid)
        names = {process.pid: process.name for process in here if process not in gone}
        waiting = len(waiting_ids(self._redis))
        record(
            self._redis, self._sampler.sample(names), waiting=waiting, done=take_done(self._redis)
        )
        self._redis.set(KEEPER, time.time(), ex=KEEPER_TTL_S)

    def sweep(self) -> None:
        """Queue lost work again."""
        self._sweeper.sweep()

    def look_for_model(self) -> None:
        """Note whether a model server answers."""
        held = find_model_process(get_settings().model_port).as_dict()
        self._redis.set(MODEL_PROCESS, json.dumps(held), ex=MODEL_TTL_S)
        state = probe(get_settings().model_url).as_dict()
        self._redis.set(MODEL, json.dumps(state), ex=MODEL_TTL_S)

    def offer(self) -> None:
        """Ask about what could not be asked before."""
        offer_put_off(self._store, self._redis)

    def clean(self) -> None:
        """Remove what belongs to no document; the first time, look at those of earlier versions."""
        remove_orphan_blobs(self._store)
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
    keeper.run(stop)
    try:
        presence.withdraw(redis)
    except RedisError:
        log.warning("redis was gone first")
