"""What keepers write down: containers come and go, count, and keep their names."""

import platform
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from groups import MB, report
from papers import INTEREST, paper
from redis import Redis
from rq import Worker
from rq.serializers import JSONSerializer
from waiting import wait_until

from taxai_core import service
from taxai_core.jobs import presence
from taxai_core.jobs.counters import counters
from taxai_core.jobs.keeper import Keeper
from taxai_core.jobs.points import Point, Reading
from taxai_core.jobs.queue import queue_of
from taxai_core.jobs.samples import history, lately, machines
from taxai_core.jobs.sampling import MachineSampling
from taxai_core.observe.machine import Sampler
from taxai_core.settings import get_settings
from taxai_core.store.document import Document

MACHINE = "box"


@pytest.fixture
def sampling(data: Path, redis: Redis, configure, tmp_path: Path) -> MachineSampling:
    """What samples a machine on which nothing reports yet."""
    configure(reports_dir=tmp_path / "reports", machine=MACHINE)
    (tmp_path / "reports").mkdir()
    return MachineSampling(redis, get_settings())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "reports"


def take(sampling: MachineSampling, redis: Redis) -> Point:
    sampling.record(sampling.take())
    return lately(redis, MACHINE, 1)[-1]


def begin_reading(redis: Redis, host: str, document: Document, pid: int = 1) -> None:
    """A worker of another host that has a document."""
    worker = Worker(
        [queue_of(redis, "extract")],
        name=f"extract-1-{host}-{pid}",
        connection=redis,
        serializer=JSONSerializer,
        worker_ttl=24 * 3600,
    )
    worker.register_birth()
    redis.sadd(worker.executions_key, f"{document.job_id}:0")


def submit(name: str = "a.pdf") -> Document:
    return service.submit(name, paper(name, INTEREST)).document


def test_containers_are_written_down_with_their_caps(sampling, redis, folder: Path) -> None:
    report(folder, "ollama", "a", 1, used=300 * MB, cache=50 * MB, cap=800 * MB, quota=2)
    report(folder, "redis", "b", 2, cap=None, quota=None)
    report(folder, "migrate", "c")

    found = take(sampling, redis).services

    assert list(found) == ["ollama", "redis"]
    assert (found["ollama"].memory_bytes, found["ollama"].cache_bytes) == (300 * MB, 50 * MB)
    assert (found["ollama"].cap_bytes, found["ollama"].quota_cores) == (800 * MB, 2.0)
    assert (found["redis"].cap_bytes, found["redis"].quota_cores) == (None, None)


def test_workers_are_numbered_and_one_that_follows_another_has_its_name(
    sampling, redis, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taxai_core.jobs.sampling.STALE_AFTER_S", -1.0)  # nobody is new
    for host in "abc":
        report(folder, "extract", host)
    assert list(take(sampling, redis).services) == ["extract-1", "extract-2", "extract-3"]

    report(folder, "extract", "b", at=time.time() - 60)
    other = MachineSampling(redis, get_settings())  # a new keeper knows as much
    report(folder, "extract", "d")
    take(other, redis)

    names = {counter.host: name for name, counter in counters(redis, MACHINE).items()}
    assert [names[host] for host in "adc"] == ["extract-1", "extract-2", "extract-3"]


def test_a_container_in_place_of_one_that_still_seems_to_live_waits_for_its_name(
    sampling, redis, folder: Path
) -> None:
    report(folder, "app", "old")
    assert list(take(sampling, redis).services) == ["app"]

    report(folder, "app", "new")
    assert list(take(sampling, redis).services) == ["app"]
    report(folder, "app", "old", at=time.time() - 60)
    sampling._reports._last.pop(("app", "old"))  # ten seconds later

    assert list(take(sampling, redis).services) == ["app"]
    assert counters(redis, MACHINE)["app"].host == "new"


def test_kills_are_counted_across_restarts_of_container_and_keeper(
    sampling, redis, folder: Path
) -> None:
    now = time.time()

    def counted(kills: int, seconds: int, host: str = "a", by: MachineSampling = sampling) -> int:
        nonlocal now
        now += 0.01
        report(folder, "ollama", host, kills=kills, throttled=seconds * 10, at=now)
        return take(by, redis).services["ollama"].oom_kills

    assert [counted(1, 2), counted(1, 3), counted(3, 3)] == [1, 0, 2]
    assert counted(1, 1) == 1  # the container was started again
    assert counted(2, 1, by=MachineSampling(redis, get_settings())) == 1
    assert counters(redis, MACHINE)["ollama"].total.oom_kills == 5
    assert counters(redis, MACHINE)["ollama"].total.throttled_s == pytest.approx(4.0)


def test_earlier_kills_of_the_machine_are_not_told_and_new_ones_are(
    data, redis, configure, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    configure(machine=MACHINE)
    counting = tmp_path / "vmstat"
    monkeypatch.setattr("taxai_core.observe.machine.VMSTAT", counting)
    sampling = MachineSampling(redis, get_settings())
    sampling._sampler = Sampler(tmp_path / "no cgroup")
    told = []

    for kills in (5, 5, 7):
        counting.write_text(f"nr_free_pages 1\noom_kill {kills}\n")
        told.append(take(sampling, redis).oom_kills)

    assert told == [0, 0, 2]


def test_which_document_a_container_reads_is_told_by_its_host_name(
    sampling, redis, folder: Path
) -> None:
    document = submit()
    report(folder, "extract", "a1b2c3")
    begin_reading(redis, "a1b2c3", document)
    begin_reading(redis, "another-machine", submit("b.pdf"))

    assert take(sampling, redis).reading == (Reading("extract-1", document.id),)


def test_the_queue_and_what_was_finished_are_in_the_point(sampling, redis) -> None:
    submit(), submit("b.pdf")
    redis.set("taxai:done", 3)

    first, second = take(sampling, redis), take(sampling, redis)

    assert (first.waiting, first.done, second.done) == (2, 3, 0)
    assert (first.asked, first.reading) == (0.0, ())


def test_without_reports_a_worker_s_cap_is_that_of_a_document_and_its_own(
    data, redis, configure
) -> None:
    configure(job_memory_mb=1000, machine=MACHINE)
    presence.announce(redis, "extract-1")

    (found,) = take(MachineSampling(redis, get_settings()), redis).services.items()

    assert found[0] == "extract-1"
    assert found[1].cap_bytes == 1120 * MB
    assert found[1].memory_bytes > 0


def test_each_keeper_samples_its_own_machine_and_one_has_the_duty(
    data, redis, configure, start: Callable
) -> None:
    for name in ("one", "two"):
        configure(machine=name)
        start("keep")
    wait_until(lambda: machines(redis) == ["one", "two"], "both are sampled")

    wait_until(lambda: len(history(redis, "5 min", "one")) > 2, "the first goes on")
    wait_until(lambda: len(history(redis, "5 min", "two")) > 2, "the second goes on")

    assert redis.exists("taxai:keeper:lease")


def test_of_two_keepers_on_one_machine_one_samples(data, redis, configure) -> None:
    configure(machine=MACHINE)
    first, second = Keeper(redis), Keeper(redis)

    for _ in range(3):
        first.sample(), second.sample()

    assert len(lately(redis, MACHINE, 10)) == 3


def test_what_containers_that_are_gone_left_behind_lapses(redis, monkeypatch) -> None:
    presence.announce(redis, "keeper")
    with monkeypatch.context() as patch:
        for host, age_s in (("gone", 7200), ("heard", 7200), ("new", 60)):
            patch.setattr(platform, "node", lambda host=host: host)
            at = time.time() - age_s
            patch.setattr(time, "time", lambda at=at: at)
            presence.announce(redis, "extract-1", pid=7)
            patch.undo()

    presence.forget_gone(redis, {"heard"})

    hosts = {process.host for process in presence.processes(redis)}
    assert hosts == {platform.node(), "heard", "new"}
