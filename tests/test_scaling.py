"""How many workers there are to be, by what waits and what the memory bears."""

from redis import Redis

from taxai_core.jobs.crew_size import CrewSize, crew_size, say_crew_size, workers_wanted
from taxai_core.jobs.scaling import DOWN_AFTER_S, SHORT_AFTER_S, UP_AFTER_S, Load, Scaler

GB = 1 << 30


def load(waiting: int = 0, reading: int = 0, *, total_gb: float = 16, used_gb: float = 4) -> Load:
    return Load(
        waiting=waiting,
        reading=reading,
        total_bytes=int(total_gb * GB),
        used_bytes=int(used_gb * GB),
        held_bytes=0,
    )


def sizes(scaler: Scaler, loads: list[tuple[float, Load]], workers: int = 1) -> list[int]:
    """How many workers there are after each look."""
    found = []
    for now_s, one in loads:
        wanted = scaler.decide(workers, one, now_s)
        workers = wanted.workers if wanted else workers
        found.append(workers)
    return found


def test_workers_are_added_when_papers_have_waited_for_a_while() -> None:
    scaler = Scaler(1, 4, 1000)

    found = sizes(scaler, [(0, load(9, 1)), (1, load(9, 1)), (UP_AFTER_S, load(9, 1))])

    assert found == [1, 1, 4]


def test_no_more_workers_than_there_are_papers() -> None:
    scaler = Scaler(1, 8, 1000)

    assert sizes(scaler, [(0, load(1, 1)), (UP_AFTER_S, load(1, 1))]) == [1, 2]


def test_a_paper_that_waits_for_a_moment_changes_nothing() -> None:
    scaler = Scaler(1, 4, 1000)

    found = sizes(scaler, [(0, load(2, 1)), (2, load(0, 1)), (4, load(2, 1)), (6, load(2, 1))])

    assert found == [1, 1, 1, 1]


def test_workers_that_nobody_needs_leave_one_by_one_and_late() -> None:
    scaler = Scaler(1, 4, 1000)

    found = sizes(
        scaler,
        [
            (0, load()),
            (DOWN_AFTER_S - 1, load()),
            (DOWN_AFTER_S, load()),
            (DOWN_AFTER_S + 1, load()),
            (2 * DOWN_AFTER_S + 1, load()),
        ],
        workers=4,
    )

    assert found == [4, 4, 3, 3, 2]


def test_a_burst_after_a_pause_finds_the_workers_still_there() -> None:
    scaler = Scaler(1, 4, 1000)

    found = sizes(scaler, [(0, load()), (100, load(4)), (130, load()), (200, load(4))], workers=4)

    assert found == [4, 4, 4, 4]


def test_there_are_never_more_than_the_memory_bears() -> None:
    scaler = Scaler(1, 8, 2000)
    tight = load(50, 1, total_gb=8, used_gb=2.5)

    wanted = [scaler.decide(1, tight, now_s) for now_s in (0, UP_AFTER_S)][-1]

    assert wanted == CrewSize(2, "50 papers waiting; the memory bears 2.")
    assert wanted.workers * 2000 <= 5.5 * 1024


def test_when_the_memory_gets_short_workers_leave_soon_but_the_fewest_stay() -> None:
    scaler = Scaler(1, 8, 2000)
    short = load(50, 4, total_gb=8, used_gb=7.5)

    found = sizes(scaler, [(0, short), (SHORT_AFTER_S, short)], workers=4)

    assert found == [4, 1]


def test_what_the_workers_hold_themselves_is_no_reason_against_them() -> None:
    scaler = Scaler(1, 8, 1000)
    busy = Load(waiting=9, reading=3, total_bytes=8 * GB, used_bytes=7 * GB, held_bytes=5 * GB)

    assert scaler.bears(busy) == 4


def test_what_the_keeper_says_is_what_producers_and_up_read(redis: Redis, configure) -> None:
    configure(workers=3)
    assert (crew_size(redis), workers_wanted(redis)) == (None, 3)

    say_crew_size(redis, CrewSize(2, "2 papers waiting."))

    assert crew_size(redis) == CrewSize(2, "2 papers waiting.")
    assert workers_wanted(redis) == 2
