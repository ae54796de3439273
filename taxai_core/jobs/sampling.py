"""The keeper's samples: of the machine that it is on, and of each service there."""

import os
import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import psutil
from redis import Redis

from ..observe.machine import Sample, Sampler
from ..observe.reports import STALE_AFTER_S, ReportReader
from ..observe.services import WORKER_OWN_MB
from ..settings import Settings
from . import presence
from .counters import WHOLE, Counter, Counts, add, counters, keep, name_of
from .crew_size import EXTRACT
from .points import Point, Reading, ServiceUsage
from .queue import count_waiting, is_asked_now
from .samples import record
from .tally import take_done
from .workers import LivingWorker, living_workers

# `<document>-<run>`, or `<document>-ask-<run>`.
DOCUMENT = re.compile(r"(?P<id>[0-9a-f]{32})-(ask-)?\d+")
# Containers that do one thing at the start and end: a line of ten seconds tells nothing.
ONE_SHOTS = ("migrate", "pull")


class MachineSampling:
    """Samples one machine: what its containers report where they do, else its processes."""

    def __init__(self, redis: Redis, settings: Settings) -> None:
        self._redis = redis
        self._machine = settings.machine
        self._worker_cap_bytes = (settings.job_memory_mb + WORKER_OWN_MB) << 20
        self._reports = ReportReader(settings.reports_dir) if settings.reports_dir else None
        # Where containers report, the keeper's own limits are those of one service among others.
        self._sampler = Sampler(None) if self._reports else Sampler()

    def take(self) -> Sample:
        """Measure the machine and the processes of TaxAI on it, without a word to anybody."""
        return self._sampler.sample({} if self._reports else self._processes_here())

    def record(self, sample: Sample) -> None:
        """Write a sample down, with the services, the queue, and what is read on this machine.

        Raises:
            redis.RedisError
        """
        now_s, known = self._redis.time()[0], counters(self._redis, self._machine)
        services, names = self._services(sample, known)
        # The first time nobody knows when the kills were of which the machine tells.
        before = known.get(WHOLE) or Counter("", Counts(sample.oom_kills))
        # Containers count those among their processes; others on the machine are none of ours.
        known[WHOLE] = before if self._reports else add(before, "", Counts(sample.oom_kills))
        point = Point(
            time=sample.time,
            cpu_percent=sample.cpu_percent,
            cores=sample.cores,
            memory_used_bytes=sample.memory_used_bytes,
            memory_total_bytes=sample.memory_total_bytes,
            memory_cache_bytes=sample.memory_cache_bytes,
            waiting=count_waiting(self._redis),
            done=take_done(self._redis),
            oom_kills=known[WHOLE].total.oom_kills - before.total.oom_kills,
            asked=float(is_asked_now(self._redis)),
            reading=_reading(living_workers(self._redis), names),
            services=services,
        )
        record(self._redis, self._machine, point, now_s)
        keep(self._redis, self._machine, known)

    def _processes_here(self) -> dict[int, str]:
        here = [one for one in presence.processes(self._redis) if one.host == platform.node()]
        for process in here:
            if not psutil.pid_exists(process.pid):
                presence.withdraw(self._redis, process.pid)
        return {one.pid: one.name for one in here if psutil.pid_exists(one.pid)}

    def _services(
        self, sample: Sample, known: dict[str, Counter]
    ) -> tuple[dict[str, ServiceUsage], Mapping[str, str]]:
        """What each service used, and how the workers of each host are called; `known` is told."""
        if self._reports is None:
            return self._processes(sample), {}
        reported = [one for one in self._reports.read() if one.service not in ONE_SHOTS]
        present = {one.host for one in reported}
        usages, names = {}, {}
        for one in reported:
            is_new = one.seen_s < STALE_AFTER_S
            name = name_of(one.service, one.host, known, present, is_new=is_new)
            if name is None:
                continue
            before, told = known.get(name), one.figures
            known[name] = add(
                before, one.host, Counts(told.oom_kills, told.throttled_s, told.cpu_s)
            )
            names[one.host] = name
            usages[name] = ServiceUsage(
                cores=one.cores,
                memory_bytes=told.used_bytes,
                cache_bytes=told.cache_bytes,
                cap_bytes=told.cap_bytes,
                quota_cores=told.quota_cores,
                throttled=one.throttled,
                oom_kills=known[name].total.oom_kills - (before.total.oom_kills if before else 0),
            )
        return usages, names

    def _processes(self, sample: Sample) -> dict[str, ServiceUsage]:
        usages: dict[str, ServiceUsage] = {}
        for process in sample.processes:
            cap = self._worker_cap_bytes if process.name.startswith(EXTRACT) else None
            one = ServiceUsage(process.cpu_percent / 100, process.rss_bytes, cap_bytes=cap)
            if other := usages.get(process.name):
                one = replace(
                    one,
                    cores=one.cores + other.cores,
                    memory_bytes=one.memory_bytes + other.memory_bytes,
                )
            usages[process.name] = one
        return usages


def announce_again(redis: Redis) -> None:
    """Say that this keeper is there, where Redis was emptied."""
    if not presence.is_present(redis, os.getpid()):
        presence.announce(redis, "keeper")


def _reading(workers: Sequence[LivingWorker], names: Mapping[str, str]) -> tuple[Reading, ...]:
    """What the workers of this machine have; of containers the host name tells which one it is."""
    found = []
    for worker in workers:
        own = worker.name if worker.host == platform.node() else None
        name = names.get(worker.host, own)
        if name and (match := DOCUMENT.fullmatch(worker.job_id or "")):
            found.append(Reading(name, match["id"]))
    return tuple(found)
