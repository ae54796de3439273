"""A database that another program holds, and a disk that is full."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from disks import full_disk, held_database
from fates import (
    KEPT,
    SHORT,
    Faulty,
    assert_at_ease,
    assert_read_whole,
    end_of,
    now,
    submit,
    wait_for_kept,
)
from redis import Redis
from waiting import wait_until

from taxai_core import service
from taxai_core.errors import StorageError
from taxai_core.jobs import workplace
from taxai_core.jobs.queue import has_lease
from taxai_core.store import database

Plant = Callable[..., Faulty]
Start = Callable[..., "subprocess.Popen[bytes]"]
# The worker waits this long for the one who holds the database, instead of 10 s.
BUSY_S = 1.0


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process, which stands for the app, does not wait long for a database."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", BUSY_S)
    workplace.get_store.cache_clear()


def blobs(data: Path) -> set[str]:
    """The documents that have files, and every file of theirs that is half-written."""
    folder = data / "blobs"
    return {path.name for path in folder.glob("*")} | {path.name for path in folder.rglob("*.part")}


def test_a_paper_is_refused_while_the_database_is_held_and_leaves_nothing(
    impatient: None, data: Path
) -> None:
    kept = submit("before.pdf", SHORT)

    with held_database(data), pytest.raises(StorageError):
        submit()

    assert blobs(data) == {kept}
    assert [document.id for document in service.list_documents()] == [kept]
    assert now(submit()).state == "queued"


def test_a_reading_waits_for_a_database_that_is_held_for_a_moment(
    faulty: Plant, redis: Redis, data: Path
) -> None:
    worker = faulty("gate")
    document_id = submit()
    wait_for_kept(document_id)

    with held_database(data):
        worker.open_gate()
        wait_until((data / "blobs" / document_id / "run1" / "p3.page").exists, "page 3 is kept")
    document = end_of(document_id)

    assert (document.state, document.run) == ("review", 1)
    assert_read_whole(document_id)
    assert_at_ease(worker, redis, document.job_id)


def test_a_reading_that_loses_its_database_is_read_when_it_is_back(
    faulty: Plant, start: Start, redis: Redis, data: Path
) -> None:
    keeper = start("keep")
    worker = faulty("gate", FAULT_BUSY_TIMEOUT_S=str(BUSY_S))
    document_id, after = submit(), submit("after.pdf", SHORT)
    wait_for_kept(document_id)
    job_id = now(document_id).job_id

    with held_database(data):
        worker.open_gate()
        wait_until(lambda: not has_lease(redis, job_id), "the reading has ended somehow")
    document = end_of(document_id)

    if document.state == "failed":
        assert document.error_message == str(StorageError())
        service.retry(document_id)
        end_of(document_id)
    assert_read_whole(document_id)
    assert [worker.pages_read().count(page) for page in KEPT] == [1, 1]
    assert end_of(after).state == "review"
    assert (worker.process.poll(), keeper.poll()) == (None, None)
    assert_at_ease(worker, redis, job_id, document.job_id)


def test_a_reading_that_is_killed_while_the_database_is_held_is_not_lost(
    faulty: Plant, start: Start, redis: Redis, data: Path
) -> None:
    start("keep")
    worker = faulty("gate", FAULT_BUSY_TIMEOUT_S=str(BUSY_S))
    document_id, after = submit(), submit("after.pdf", SHORT)
    wait_for_kept(document_id)
    job_id = now(document_id).job_id

    with held_database(data):
        worker.child.kill()
        worker.open_gate()
        wait_until(lambda: not has_lease(redis, job_id), "the worker knows of the death")
    document = end_of(document_id)

    assert document.state == "review"
    assert_read_whole(document_id)
    assert end_of(after).state == "review"
    assert_at_ease(worker, redis, job_id, document.job_id)


def test_a_paper_is_refused_while_the_disk_is_full_and_leaves_nothing(small_disk: Path) -> None:
    kept = submit("before.pdf", SHORT)

    with full_disk(small_disk), pytest.raises(StorageError):
        submit()

    assert blobs(small_disk) == {kept}
    assert [document.id for document in service.list_documents()] == [kept]
    assert now(submit()).state == "queued"


def test_a_reading_that_fills_the_disk_is_read_when_there_is_space_again(
    small_disk: Path, faulty: Plant, start: Start, redis: Redis
) -> None:
    keeper, worker = start("keep"), faulty("gate")
    document_id, after = submit(), submit("after.pdf", SHORT)
    wait_for_kept(document_id)
    job_id = now(document_id).job_id

    with full_disk(small_disk):
        worker.open_gate()
        wait_until(lambda: not has_lease(redis, job_id), "the reading has ended somehow")
    for each in (document_id, after):
        if end_of(each).state == "failed":
            assert now(each).error_message == str(StorageError())
            service.retry(each)
        assert end_of(each).state == "review"

    assert_read_whole(document_id)
    assert_read_whole(after, pages=1)
    assert blobs(small_disk) == {document_id, after}
    assert [worker.pages_read().count(page) for page in KEPT] == [1, 1]
    assert (worker.process.poll(), keeper.poll()) == (None, None)
    assert_at_ease(worker, redis, job_id, now(document_id).job_id)
