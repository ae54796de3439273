"""What is told as wrong: it appears when its reason has lasted, and goes when that is over."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from groups import MB
from papers import INTEREST, paper
from redis import Redis

from taxai_core import service
from taxai_core.jobs import alerts as kept
from taxai_core.jobs.counters import Counter, keep
from taxai_core.jobs.kills import note_kill
from taxai_core.jobs.lookout import WORKERS_SEEN, look_out
from taxai_core.jobs.points import Point, Reading, ServiceUsage
from taxai_core.jobs.presence import announce
from taxai_core.jobs.samples import record
from taxai_core.jobs.workplace import get_store
from taxai_core.service.alerts import ToldAlerts
from taxai_core.settings import get_settings
from taxai_core.store.rows import DocumentRow

GB = 1 << 30
MINUTE = range(70, -1, -2)


@pytest.fixture
def look(data, redis: Redis) -> Callable[[], ToldAlerts]:
    """Have the keeper look once, and tell what a page then shows."""

    def once() -> ToldAlerts:
        look_out(redis, get_store(), get_settings())
        return service.alerts()

    return once


def put(redis: Redis, ago_s: float, used: int = 2 * GB, machine: str = "box", **more) -> None:
    services = {name.replace("_", "-"): usage for name, usage in more.pop("services", {}).items()}
    point = Point(time.time() - ago_s, 10, 4, used, 16 * GB, GB, services=services, **more)
    record(redis, machine, point, redis.time()[0])


def ollama(percent: int, **more) -> dict[str, ServiceUsage]:
    cap = 8 * GB
    return {"ollama": ServiceUsage(1, cap * percent // 100, 0, cap, 2.0, **more)}


def sentences(found: ToldAlerts) -> list[str]:
    return [one.sentence for one in found.present]


def test_nothing_wrong_is_nothing_told(look, redis: Redis) -> None:
    for ago_s in MINUTE:
        put(redis, ago_s, services=ollama(50))

    assert look() == ToldAlerts([], [])


def test_who_is_near_its_cap_for_a_minute_is_told_and_then_is_past(look, redis: Redis) -> None:
    for ago_s in MINUTE:
        put(redis, ago_s, services=ollama(96))

    assert sentences(look()) == ["ollama has used 96 % of its cap of 8.0 GB for 1 min."]
    put(redis, 0, services=ollama(40))

    after = look()
    assert after.present == []
    assert after.past[0].sentence.startswith("ollama has used 96 % of its cap of 8.0 GB for 1 min")


def test_a_short_peak_is_no_alert(look, redis: Redis) -> None:
    for ago_s in MINUTE:
        put(redis, ago_s, services=ollama(96 if ago_s < 40 else 50))

    assert sentences(look()) == []


def test_page_cache_fills_no_cap(look, redis: Redis) -> None:
    full = {"ollama": ServiceUsage(1, GB, 7 * GB, 8 * GB)}
    for ago_s in MINUTE:
        put(redis, ago_s, services=full)

    assert sentences(look()) == []


def test_a_gap_in_the_samples_ends_what_lasted(look, redis: Redis) -> None:
    for ago_s in (300, 298, 10, 8, 0):
        put(redis, ago_s, services=ollama(96))

    assert sentences(look()) == []


@pytest.mark.parametrize("percent", [50, 96])
def test_what_lasts_since_the_clock_was_set_back_is_told(look, redis: Redis, percent: int) -> None:
    for ago_s in MINUTE:
        put(redis, ago_s - 3600 + 70, services=ollama(percent))
    for ago_s in MINUTE:
        put(redis, ago_s, services=ollama(96, throttled=0.4))

    memory, throttled = sentences(look())

    assert memory == "ollama has used 96 % of its cap of 8.0 GB for 1 min."
    assert throttled.startswith("ollama was held back by its quota of 2 cores 40 % of the time for")


def test_a_peak_that_began_before_the_clock_was_set_back_has_not_lasted(look, redis: Redis) -> None:
    for ago_s in MINUTE:
        put(redis, ago_s - 3600, services=ollama(96, throttled=0.4))
    for ago_s in (30, 20, 10, 0):
        put(redis, ago_s, services=ollama(96, throttled=0.4))

    assert sentences(look()) == []


def test_a_service_that_has_only_begun_is_not_told_as_held_back(look, redis: Redis) -> None:
    for ago_s in MINUTE:
        put(redis, ago_s, services=ollama(10))
    new = {"extract_3": ServiceUsage(1, GB, 0, GB, 2.0, throttled=0.9)}
    put(redis, 0, services=ollama(10) | new)

    assert sentences(look()) == []


def test_the_thresholds_are_settings(look, redis: Redis, configure) -> None:
    configure(alert_memory_percent=40, alert_for_s=10)
    for ago_s in (12, 6, 0):
        put(redis, ago_s, services=ollama(50))

    assert sentences(look()) == ["ollama has used 50 % of its cap of 8.0 GB for 12 s."]


def test_a_full_machine_is_told(look, redis: Redis) -> None:
    for ago_s in MINUTE:
        put(redis, ago_s, used=15 * GB)

    assert sentences(look()) == ["The machine has used 94 % of its 16.0 GB for 1 min."]


def test_who_is_held_back_by_its_quota_is_told(look, redis: Redis) -> None:
    for ago_s in MINUTE:
        put(redis, ago_s, services=ollama(10, throttled=0.4))

    (told,) = look().present
    assert told.level == "amber"
    assert told.sentence.startswith(
        "ollama was held back by its quota of 2 cores 40 % of the time for "
    )


def test_what_the_kernel_killed_is_told_with_the_document(look, redis: Redis) -> None:
    document = service.submit("form16.pdf", paper("f", INTEREST)).document
    usage = {"extract_1": ServiceUsage(1, GB, 0, GB, oom_kills=1)}
    put(redis, 180, services=usage, reading=(Reading("extract-1", document.id),))
    put(redis, 0)

    (told,) = look().present
    assert told.sentence == (
        "The kernel killed a process of extract-1 at its cap of 1.0 GB while it had form16.pdf, "
        "3 min ago."
    )
    assert told.level == "red"


def test_a_kill_of_the_machine_is_told_where_no_service_counts_its_own(look, redis: Redis) -> None:
    put(redis, 60, oom_kills=2)

    (told,) = look().present
    assert told.sentence == "The kernel killed 2 processes for want of memory, 1 min ago."
    assert told.level == "amber"


def test_a_worker_that_was_killed_at_its_cap_is_told_with_the_page(
    look, redis: Redis, configure
) -> None:
    announce(redis, "extract-2")
    document = service.submit("form16.pdf", paper("f", INTEREST)).document
    note_kill(redis, document.id, 14, 1024)

    assert sentences(look()) == [
        "extract-2 was killed at its cap of 1.0 GB on page 14 of form16.pdf, 1 s ago."
    ]


def test_the_kernel_s_word_and_the_worker_s_on_one_kill_are_one_alert(look, redis: Redis) -> None:
    announce(redis, "extract-1")
    document = service.submit("form16.pdf", paper("f", INTEREST)).document
    put(redis, 1, services={"extract_1": ServiceUsage(1, GB, 0, GB, oom_kills=1)})
    note_kill(redis, document.id, 14, 1024)

    assert len(look().present) == 1


def test_a_kill_is_told_for_a_while_and_then_is_past(look, redis: Redis, configure) -> None:
    configure(alert_kill_min=1)
    put(redis, 59, services=ollama(10, oom_kills=1))
    assert len(look().present) == 1
    configure(alert_kill_min=1)

    kept.tell(redis, [], redis.time()[0])

    found = service.alerts()
    assert found.present == []
    assert found.past[0].sentence.startswith("The kernel killed a process of ollama")


def test_a_deleted_document_is_told_without_its_name(look, redis: Redis) -> None:
    announce(redis, "extract-1")
    note_kill(redis, "0" * 32, 1, 1024)

    assert "page 1 of a document that is gone" in sentences(look())[0]


def test_a_paper_that_waits_for_long_is_told(look, redis: Redis) -> None:
    document = service.submit("old.pdf", paper("f", INTEREST)).document
    with get_store().writing() as session:
        row = session.get(DocumentRow, document.id)
        assert row
        row.queued_at = datetime.now(UTC) - timedelta(minutes=20)

    assert sentences(look()) == ["The paper that came first has waited for 20 min."]


def test_a_full_disk_is_told(look, redis: Redis, configure) -> None:
    for level, settings in (
        ("amber", {"disk_low_mb": 10**9}),
        ("red", {"disk_least_mb": 10**9}),
    ):
        configure(**settings)

        (told,) = look().present

        assert told.sentence.startswith("The disk of the data folder has had only ")
        assert told.level == level


def test_caps_that_together_are_more_than_the_machine_are_told(look, redis: Redis) -> None:
    usage = ServiceUsage(0, MB, cap_bytes=10 * GB)
    put(redis, 0, services={"extract_1": usage, "extract_2": usage, "app": ServiceUsage(0, MB)})

    (told,) = look().present
    assert told.sentence.startswith(
        "2 capped services may use 20.0 GB together, more than the 16.0 GB of the machine"
    )
    assert told.level == "amber"


def test_of_several_machines_each_is_named(look, redis: Redis) -> None:
    for ago_s in MINUTE:
        put(redis, ago_s, services=ollama(96), machine="a")
        put(redis, ago_s, machine="b")

    assert sentences(look()) == ["ollama on a has used 96 % of its cap of 8.0 GB for 1 min."]


def test_that_nobody_works_is_told_after_a_while(look, redis: Redis) -> None:
    assert sentences(look()) == []
    redis.set(WORKERS_SEEN, redis.time()[0] - 120)

    assert sentences(look()) == ["No worker has listened for 2 min."]


def test_a_keeper_that_never_looked_or_looked_long_ago_is_told(data, redis: Redis) -> None:
    assert sentences(service.alerts()) == [
        "The keeper has been silent, so lost work stays lost until it is back."
    ]
    kept.tell(redis, [], redis.time()[0] - 120)

    assert "silent for 2 min" in sentences(service.alerts())[0]


def test_without_redis_the_pages_say_so(data, configure, tmp_path) -> None:
    configure(redis_url=f"unix://{tmp_path}/nobody")

    assert "The queue does not answer" in sentences(service.alerts())[0]


def test_the_past_is_bounded(redis: Redis) -> None:
    for number in range(300):
        alert = kept.Alert(f"key{number}", "red", "x", "y", since=redis.time()[0])
        kept.tell(redis, [alert], redis.time()[0])

    assert redis.llen(kept.PAST) == kept.MOST_PAST


def test_red_comes_before_amber(redis: Redis) -> None:
    now = redis.time()[0]
    kept.tell(
        redis,
        [kept.Alert("a", "amber", "x", "", now), kept.Alert("b", "red", "y", "", now - 9)],
        now,
    )

    assert [one.level for one in kept.alerts(redis).present] == ["red", "amber"]


def test_no_alert_in_redis_holds_a_name(look, redis: Redis) -> None:
    announce(redis, "extract-1")
    document = service.submit("S D Mukherjee.pdf", paper("f", INTEREST)).document
    keep(redis, "box", {"extract-1": Counter("host")})
    note_kill(redis, document.id, 1, 1024)
    assert "Mukherjee" in sentences(look())[0]

    stored = [redis.get(kept.PRESENT), *redis.lrange(kept.PAST, 0, -1)]
    assert not any(b"Mukherjee" in (entry or b"") for entry in stored)
