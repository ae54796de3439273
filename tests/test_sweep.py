"""What the sweeper takes for lost, and what it leaves alone."""

import os
import time
from pathlib import Path

import pytest
from papers import INTEREST, PREMIUMS, paper
from redis import Redis

from taxai_core import service
from taxai_core.jobs.kinds import MOST_LOST_RUNS
from taxai_core.jobs.queue import drop_lease, extract_queue, hold_lease, waiting_ids
from taxai_core.jobs.sweep import Sweeper, remove_orphan_blobs
from taxai_core.jobs.workplace import get_store
from taxai_core.store import documents, rereads
from taxai_core.store.blobs import SETTLED_S
from taxai_core.store.document import Document

GOOD = paper("Interest certificate", INTEREST)


@pytest.fixture
def sweeper(data: Path, redis: Redis) -> Sweeper:
    return Sweeper(get_store(), redis, lost_after_s=0)


@pytest.fixture
def document(sweeper: Sweeper) -> Document:
    return service.submit("a.pdf", GOOD).document


def state(document: Document) -> Document:
    return documents.get(get_store(), document.id)


def test_a_document_in_the_queue_is_left_alone(sweeper: Sweeper, document, redis: Redis) -> None:
    swept = [sweeper.sweep() for _ in range(3)]

    assert swept == [[], [], []]
    assert waiting_ids(redis) == [document.job_id]


def test_a_document_that_the_queue_lost_is_queued_again_as_the_same_run(
    sweeper: Sweeper, document, redis: Redis
) -> None:
    redis.flushall()

    swept = [sweeper.sweep() for _ in range(3)]

    assert swept == [[], [document.id], []]
    assert waiting_ids(redis) == [document.job_id]
    assert state(document).run == 1


def test_a_document_just_popped_is_not_lost(sweeper: Sweeper, document, redis: Redis) -> None:
    sweeper.sweep()
    extract_queue(redis).remove(document.job_id)

    first = sweeper.sweep()
    hold_lease(redis, document.job_id)
    second = sweeper.sweep()

    assert (first, second) == ([], [])


def test_a_document_whose_worker_holds_its_lease_is_left_alone(
    sweeper: Sweeper, document, redis: Redis
) -> None:
    extract_queue(redis).remove(document.job_id)
    hold_lease(redis, document.job_id)
    documents.claim(get_store(), document.id, 1)

    assert [sweeper.sweep() for _ in range(3)] == [[], [], []]


def test_a_document_that_lost_its_worker_gets_a_new_run(
    sweeper: Sweeper, document, redis: Redis
) -> None:
    extract_queue(redis).remove(document.job_id)
    hold_lease(redis, document.job_id)
    documents.claim(get_store(), document.id, 1)
    drop_lease(redis, document.job_id)

    swept = [sweeper.sweep() for _ in range(3)]

    again = state(document)
    assert swept == [[], [document.id], []]
    assert (again.state, again.run, again.lost_runs) == ("queued", 2, 1)
    assert waiting_ids(redis) == [again.job_id]
    assert service.open_document(document.id).history[0].summary == (
        "queued again: its worker was lost"
    )


def test_a_paper_that_takes_every_worker_with_it_fails_in_the_end(
    sweeper: Sweeper, document, redis: Redis
) -> None:
    for run in range(1, MOST_LOST_RUNS + 2):
        extract_queue(redis).empty()
        assert documents.claim(get_store(), document.id, run)
        sweeper.sweep()
        sweeper.sweep()

    end = state(document)
    assert (end.state, end.error_code, end.run) == ("failed", "internal", MOST_LOST_RUNS + 1)
    assert waiting_ids(redis) == []


def test_a_person_who_retries_gives_a_lost_paper_all_its_runs_back(
    sweeper: Sweeper, document, redis: Redis
) -> None:
    extract_queue(redis).empty()
    documents.claim(get_store(), document.id, 1)
    sweeper.sweep()
    sweeper.sweep()
    service.cancel(document.id)

    again = service.retry(document.id)

    assert (again.lost_runs, again.run) == (0, 3)


@pytest.mark.parametrize("end", ["cancel", "delete"])
def test_what_nobody_wants_any_more_is_not_revived(
    sweeper: Sweeper, document, redis: Redis, end: str
) -> None:
    redis.flushall()
    sweeper.sweep()

    getattr(service, end)(document.id)

    assert sweeper.sweep() == []
    assert waiting_ids(redis) == []


def test_blobs_of_no_document_are_removed_once_they_are_old(data: Path, document) -> None:
    store = get_store()
    for name in ("old", "new"):
        store.blobs.put(name, "run1/p1.webp", b"a picture of a deleted paper")
    then = time.time() - SETTLED_S - 60
    for folder in (data / "blobs" / "old", data / "blobs" / document.id):
        os.utime(folder, (then, then))

    removed = remove_orphan_blobs(store)

    assert removed == 1
    assert set(store.blobs.document_ids()) == {"new", document.id}


def test_the_line_is_kept_in_the_order_the_papers_came(sweeper: Sweeper, redis: Redis) -> None:
    titles = ["first", "second", "third"]
    ids = [service.submit(f"{t}.pdf", paper(t, PREMIUMS)).document.job_id for t in titles]
    redis.flushall()

    sweeper.sweep()
    sweeper.sweep()

    assert waiting_ids(redis) == ids


@pytest.fixture
def reread(sweeper: Sweeper, read_paper, redis: Redis) -> service.Reread:
    """A wish to read a page again, alone in the queue."""
    document_id = read_paper(GOOD)
    extract_queue(redis).empty()
    return service.read_again(document_id, service.Wish(1))


def test_a_wish_in_the_queue_is_left_alone(sweeper: Sweeper, reread, redis: Redis) -> None:
    swept = [sweeper.sweep() for _ in range(3)]

    assert swept == [[], [], []]
    assert waiting_ids(redis) == [reread.job_id]


def test_a_wish_that_the_queue_lost_is_queued_again_in_front_of_the_papers(
    sweeper: Sweeper, reread, redis: Redis
) -> None:
    redis.flushall()
    waits = service.submit("b.pdf", paper("Premiums", PREMIUMS)).document

    swept = [sweeper.sweep() for _ in range(3)]

    assert swept == [[], [reread.id], []]
    assert waiting_ids(redis) == [reread.job_id, waits.job_id]


def test_a_wish_that_takes_every_worker_with_it_fails_and_its_document_stays(
    sweeper: Sweeper, reread, redis: Redis
) -> None:
    for run in range(1, MOST_LOST_RUNS + 2):
        extract_queue(redis).empty()
        assert rereads.claim(get_store(), reread.id, run)
        sweeper.sweep()
        sweeper.sweep()

    (end,) = service.list_rereads(reread.document_id)
    assert (end.state, end.run) == ("failed", MOST_LOST_RUNS + 1)
    assert "Something went wrong on our side. Try again" in (end.error_message or "")
    assert documents.get(get_store(), reread.document_id).state == "review"
    assert waiting_ids(redis) == []


@pytest.mark.parametrize("end", ["withdraw", "delete"])
def test_a_wish_that_nobody_has_any_more_is_not_revived(
    sweeper: Sweeper, reread, redis: Redis, end: str
) -> None:
    redis.flushall()
    sweeper.sweep()

    if end == "withdraw":
        service.withdraw_reread(reread.id)
    else:
        service.delete(reread.document_id)

    assert sweeper.sweep() == []
    assert waiting_ids(redis) == []
