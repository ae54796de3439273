"""A day of samples in a real Valkey: two resolutions, gaps, restarts, clocks set back, machines."""

import pytest
from redis import Redis

from taxai_core.jobs.points import Point, Reading, ServiceUsage, decode, encode
from taxai_core.jobs.samples import COARSE, FINE, VIEWS, history, lately, machines, record

# 1 April 2026, 00:00 UTC: the start of a step in each resolution.
START = 1775001600.0
HERE = "here"
MB = 1 << 20


def point(at: float, *, cpu: float = 10.0, memory: int = 100, **more) -> Point:
    return Point(START + at, cpu, 2.0, memory * MB, 1000 * MB, 50 * MB, **more)


def put(redis: Redis, *points: Point, machine: str = HERE) -> None:
    for each in points:
        record(redis, machine, each, redis.time()[0])


def fill(redis: Redis, seconds: range, done: int = 0) -> None:
    put(redis, *(point(second, done=done) for second in seconds))


def latest(redis: Redis) -> Point:
    return lately(redis, HERE, 1)[-1]


def test_nothing_recorded_is_an_empty_history(redis: Redis) -> None:
    assert lately(redis, HERE, 1) == []
    assert [history(redis, span, HERE) for span in VIEWS] == [[], [], []]
    assert machines(redis) == []


def test_a_sample_comes_back_as_it_was_taken(redis: Redis) -> None:
    services = {
        "extract-1": ServiceUsage(0.555, 5 * MB, 2 * MB, 9 * MB, 1.5, 0.25, 2),
        "app": ServiceUsage(0.1, 7 * MB),
        "redis": ServiceUsage(0.0, 0, cap_bytes=MB),
    }
    reading = (Reading("extract-1", "0" * 32),)
    taken = Point(
        *(START, 12.3, 2.0, 700 * MB, 1000 * MB, 50 * MB, 4, 2, 1, 1.0), reading, services
    )

    put(redis, taken)

    assert latest(redis) == taken
    assert [history(redis, span, HERE)[0].services for span in VIEWS] == [services] * 3


def test_a_coarse_point_is_the_mean_of_cpu_and_the_most_of_memory_and_queue(redis: Redis) -> None:
    for second in range(0, 60, 2):
        usage = ServiceUsage(second / 10, second * MB, oom_kills=int(second == 8))
        put(
            redis,
            point(
                second,
                cpu=second,
                memory=second % 9,
                waiting=second % 7,
                done=1,
                services={"x": usage},
            ),
        )
    put(redis, point(60, cpu=99.0))

    (whole,) = [decode(entry) for entry in redis.lrange(COARSE.key(HERE), 0, -1)]
    assert whole.cpu_percent == 29
    assert whole.memory_used_bytes == 8 * MB
    assert (whole.waiting, whole.done) == (6, 30)
    assert whole.services["x"] == ServiceUsage(2.9, 58 * MB, oom_kills=1)
    assert history(redis, "1 day", HERE)[-1].time == START + 60


def test_what_was_read_at_the_highest_memory_stands_first(redis: Redis) -> None:
    for second, memory, document in ((0, 5, "a"), (2, 9, "b"), (4, 7, "c"), (60, 1, "d")):
        put(redis, point(second, memory=memory, reading=(Reading("extract-1", document),)))

    (whole,) = [decode(entry) for entry in redis.lrange(COARSE.key(HERE), 0, -1)]
    assert [one.document for one in whole.reading] == ["b", "a", "c"]


def test_no_document_is_lost_between_the_resolutions(redis: Redis) -> None:
    fill(redis, range(0, 1800, 2), done=1)

    for span in ("1 h", "1 day"):
        assert sum(each.done for each in history(redis, span, HERE)) == 900


def test_five_minutes_are_the_end_of_the_hour_as_it_was_sampled(redis: Redis) -> None:
    fill(redis, range(0, 1000, 2))

    shown = history(redis, "5 min", HERE)

    assert [each.time - START for each in shown] == list(range(700, 1000, 2))


def test_an_hour_is_drawn_with_fewer_points_that_lose_no_spike(redis: Redis) -> None:
    put(redis, *(point(at, memory=900 if at == 1234 else 100) for at in range(0, 3600, 2)))

    shown = history(redis, "1 h", HERE)

    assert len(shown) <= 301
    assert max(each.memory_used_bytes for each in shown) == 900 * MB


def test_the_lists_stay_as_long_as_their_span_and_lapse(redis: Redis) -> None:
    fill(redis, range(0, 4000, 2))
    for step in range(1500):
        put(redis, point(4000 + step * 60))

    for resolution in (FINE, COARSE):
        assert redis.llen(resolution.key(HERE)) == resolution.span_s // resolution.step_s
        assert 0 < redis.ttl(resolution.key(HERE)) <= resolution.span_s
    times = [each.time for each in history(redis, "1 day", HERE)]
    assert times == sorted(times)
    assert times[-1] - times[0] <= 86400


def test_a_span_shows_nothing_older_than_itself(redis: Redis) -> None:
    fill(redis, range(10))
    fill(redis, range(5000, 5010))

    assert len(history(redis, "5 min", HERE)) == 5
    assert history(redis, "1 h", HERE)[0].time >= START + 5000
    assert sum(each.time < START + 10 for each in history(redis, "1 day", HERE)) == 1


def test_a_new_keeper_goes_on_where_the_last_one_stopped(redis: Redis) -> None:
    fill(redis, range(0, 30, 2), done=1)
    other = Redis(connection_pool=redis.connection_pool)

    fill(other, range(30, 62, 2), done=1)

    assert [decode(entry).done for entry in redis.lrange(COARSE.key(HERE), 0, -1)] == [30]


def test_a_clock_set_back_does_no_harm(redis: Redis) -> None:
    fill(redis, range(1000, 1030))
    fill(redis, range(100))

    for span in VIEWS:
        times = [each.time for each in history(redis, span, HERE)]
        assert times == sorted(times)
        assert times[-1] == START + 99
    assert latest(redis).time == START + 99


def test_each_machine_has_its_own_points(redis: Redis) -> None:
    put(redis, point(0, memory=1))
    put(redis, point(0, memory=2), machine="there")

    assert machines(redis) == ["here", "there"]
    assert [history(redis, "5 min", one)[0].memory_used_bytes for one in machines(redis)] == [
        *(MB, 2 * MB)
    ]


def test_a_machine_that_is_sampled_no_more_is_not_shown(redis: Redis) -> None:
    put(redis, point(0), machine="there")
    record(redis, HERE, point(0), redis.time()[0] - 60)

    assert machines(redis) == ["there"]


@pytest.mark.parametrize("readers", [2, 5])
def test_an_hour_and_a_day_of_ten_services_fit_into_three_megabytes(
    redis: Redis, readers: int
) -> None:
    usage = ServiceUsage(0.987, 1234 * MB, 567 * MB, 2048 * MB, 1.5, 0.123)
    services = {f"extract-{number}": usage for number in range(10)}
    reading = tuple(Reading(f"extract-{number}", f"{number:032x}") for number in range(readers))
    entry = encode(point(0.37, waiting=12, services=services, reading=reading))

    for resolution in (FINE, COARSE):
        redis.rpush(resolution.key(HERE), *[entry] * (resolution.span_s // resolution.step_s))

    held = sum(redis.memory_usage(one.key(HERE), samples=0) for one in (FINE, COARSE))
    assert held < 3_000_000
