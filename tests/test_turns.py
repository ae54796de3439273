"""Nobody's papers starve those of another: who is read before whom, by real workers."""

import subprocess
from collections.abc import Callable, Sequence

import pytest
from papers import INTEREST, PREMIUMS, paper
from redis import Redis
from waiting import wait_until

from taxai_core import service
from taxai_core.errors import TooMuchWaitingError
from taxai_core.jobs.kinds import INTERACTIVE
from taxai_core.jobs.queue import waiting_ids
from taxai_core.jobs.sweep import Sweeper
from taxai_core.jobs.workplace import get_store
from taxai_core.store import documents
from taxai_core.store.document import Document

Start = Callable[..., "subprocess.Popen[bytes]"]


def submit(name: str, place: int = 0, data: bytes | None = None) -> str:
    data = data or paper(name, PREMIUMS)
    return service.submit(f"{name}.pdf", data, place=place).document.id


def submit_batch(name: str, number: int) -> list[str]:
    return [submit(f"{name}-{place}", place) for place in range(number)]


def now(document_id: str) -> Document:
    return documents.get(get_store(), document_id)


def order_of_completion(ids: Sequence[str]) -> list[str]:
    """The names of documents in the order in which their reading ended."""
    wait_until(
        lambda: all(now(one).state in ("review", "failed") for one in ids),
        "all are read",
        patience_s=180,
    )
    done = [now(one) for one in ids]
    assert {one.state for one in done} == {"review"}
    done.sort(key=lambda one: one.finished_at)
    return [one.name.removesuffix(".pdf") for one in done]


def line(redis: Redis) -> list[str]:
    """The names of those that wait, first in line first."""
    ids = [job_id.partition("-")[0] for job_id in waiting_ids(redis)]
    return [now(one).name.removesuffix(".pdf") for one in ids]


def test_the_next_persons_paper_is_read_before_the_rest_of_a_batch(
    data, configure, start: Start
) -> None:
    configure(workers=1)
    batch = submit_batch("batch", 14)
    single = submit("single")

    start("extract", "1")
    order = order_of_completion([*batch, single])

    # Behind the first few, which somebody waits for too, and the one that was next anyway.
    assert order.index("single") == INTERACTIVE + 1
    assert [name for name in order if name != "single"] == [f"batch-{n}" for n in range(14)]


def test_two_batches_take_turns_from_where_the_later_one_came(
    data, configure, redis: Redis
) -> None:
    configure(workers=1)
    submit_batch("first", 12)
    submit_batch("second", 12)

    waits = line(redis)

    assert waits.index("second-6") < waits.index("first-10")
    assert waits[-1] == "second-11"


def test_the_order_of_a_line_that_redis_lost_is_kept(data, configure, redis: Redis) -> None:
    configure(workers=1)
    submit_batch("first", 9)
    submit("single")
    submit_batch("second", 9)
    before = line(redis)

    redis.flushall()
    sweeper = Sweeper(get_store(), redis, lost_after_s=0)
    sweeper.sweep()
    sweeper.sweep()

    after = line(redis)
    assert sorted(after) == sorted(before)
    assert after.index("single") < after.index("first-6")
    assert [name for name in after if name.startswith("first")] == [f"first-{n}" for n in range(9)]


def test_a_long_paper_gives_way_to_a_single_page_and_loses_nothing(
    data, configure, start: Start
) -> None:
    configure(workers=1, turn_s=0.5)
    long_one = submit("long", data=paper("A long statement", INTEREST, pages=80))
    start("extract", "1")
    wait_until(lambda: now(long_one).pages_done >= 3, "it is under way")

    single = submit("single")
    order = order_of_completion([long_one, single])

    assert order == ["single", "long"]
    assert now(long_one).run > 1
    assert now(long_one).lost_runs == 0
    tables = service.open_document(long_one).reading.tables
    assert [table.page for table in tables] == list(range(1, 81))


def test_a_long_paper_for_which_nobody_waits_is_read_in_one_go(
    data, configure, start: Start
) -> None:
    configure(workers=1, turn_s=0.1)
    only = submit("long", data=paper("A long statement", INTEREST, pages=40))

    start("extract", "1")
    order_of_completion([only])

    assert now(only).run == 1


def test_a_batch_is_refused_with_a_sentence_where_too_much_waits_and_a_single_one_is_not(
    data, configure, redis: Redis
) -> None:
    configure(workers=1, max_waiting=8)
    submit_batch("batch", 8)

    with pytest.raises(TooMuchWaitingError) as refused:
        submit("one more", place=INTERACTIVE)
    single = submit("single")

    assert str(refused.value) == (
        "8 papers wait to be read already, and no batch is taken in while 8 or more do. Add this "
        "one again when fewer wait; up to 5 at a time are taken now too."
    )
    assert now(single).state == "queued"
    assert len(service.list_documents()) == 9
    assert len(list((data / "blobs").iterdir())) == 9


def test_a_whole_batch_is_read_by_all_workers(data, configure, start: Start) -> None:
    configure(workers=2)
    batch = submit_batch("batch", 16)

    start("extract", "1")
    start("extract", "2")
    order_of_completion(batch)

    assert [now(one).run for one in batch] == [1] * 16


def test_a_worker_that_is_killed_gives_its_place_to_the_rest_of_the_batch(
    data, configure, start: Start
) -> None:
    configure(workers=1)
    batch = submit_batch("batch", INTERACTIVE)
    long_one = submit("long", INTERACTIVE, paper("A long statement", INTEREST, pages=60))
    rest = [submit(f"rest-{place}", place) for place in range(INTERACTIVE + 1, INTERACTIVE + 4)]
    worker = start("extract", "1")
    wait_until(lambda: now(long_one).pages_done >= 3, "one of the batch is under way")

    worker.kill()
    worker.wait()
    start("keep")
    start("extract", "2")
    order_of_completion([*batch, long_one, *rest])

    assert now(long_one).run == 2


def test_two_long_papers_take_turns_and_both_end(data, configure, start: Start) -> None:
    configure(workers=1, turn_s=0.2)
    both = [
        submit(name, data=paper(name, INTEREST, pages=30)) for name in ("first long", "second long")
    ]

    start("extract", "1")
    order_of_completion(both)

    assert max(now(one).run for one in both) > 1
    for one in both:
        tables = service.open_document(one).reading.tables
        assert [table.page for table in tables] == list(range(1, 31))


def test_many_that_are_tried_again_at_once_let_a_single_paper_pass(
    data, configure, redis: Redis
) -> None:
    configure(workers=1)
    batch = submit_batch("batch", 9)
    for one in batch:
        service.cancel(one)

    for place, one in enumerate(batch):
        service.retry(one, place=place)
    submit("single")

    waits = line(redis)
    assert waits.index("single") < waits.index("batch-6")
    assert [name for name in waits if name != "single"] == [f"batch-{n}" for n in range(9)]
