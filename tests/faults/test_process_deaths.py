"""Each way in which the process of a job, of a page or of a worker dies."""

import subprocess
from collections.abc import Callable

import psutil
import pytest
from fates import (
    KEPT,
    PAGES,
    SHORT,
    Faulty,
    assert_at_ease,
    assert_goes_on_behind_kept,
    assert_read_whole,
    end_of,
    now,
    submit,
    times_read,
    wait_for_kept,
)
from redis import Redis
from waiting import is_gone, wait_until

from taxai_core import service
from taxai_core.errors import EndedBySystemError, TaxAIError, WorkerLostError

Plant = Callable[..., Faulty]
Start = Callable[..., "subprocess.Popen[bytes]"]
DAMAGED = "Page 3 is damaged and could not be read."
KEPT_TOO = "; pages 1 to 2 are kept"
TOO_FAT = "Page 3 needs more memory than one worker may use and was given up."


@pytest.mark.parametrize("fault", ["exception", "system_exit", "hard_exit", "segfault"])
def test_a_reading_that_dies_is_told_and_costs_nobody_else(
    faulty: Plant, redis: Redis, fault: str
) -> None:
    worker = faulty(fault, once=True)
    document_id, after = submit(), submit("after.pdf", SHORT)

    document = end_of(document_id)

    told = (document.state, document.error_code, document.error_message)
    assert told == ("failed", "internal", str(TaxAIError()))
    assert document.pages_done == len(KEPT)
    assert end_of(after).state == "review"
    assert_at_ease(worker, redis, document.job_id)
    assert_goes_on_behind_kept(document_id, worker)


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("exception", DAMAGED),
        ("system_exit", DAMAGED),
        ("hard_exit", DAMAGED),
        ("segfault", DAMAGED),
        ("killed", TOO_FAT),
    ],
)
def test_a_page_that_dies_is_named_and_the_others_are_read(
    faulty: Plant, redis: Redis, fault: str, why: str
) -> None:
    worker = faulty(fault, place="page")
    document_id, after = submit(), submit("after.pdf", SHORT)

    document = end_of(document_id)

    reading = service.open_document(document_id).reading
    assert (document.state, document.error_code) == ("review", None)
    assert reading.warnings == [why]
    assert [table.page for table in reading.tables] == [1, 2, 4, 5]
    assert end_of(after).state == "review"
    assert_at_ease(worker, redis, document.job_id)


def test_a_reading_that_is_killed_once_goes_on_by_itself(faulty: Plant, redis: Redis) -> None:
    worker = faulty("gate")
    document_id, after = submit(), submit("after.pdf", SHORT)
    wait_for_kept(document_id)
    job_id = now(document_id).job_id

    worker.child.kill()
    worker.open_gate()
    document = end_of(document_id)

    assert (document.state, document.run) == ("review", 2)
    assert_read_whole(document_id)
    assert [worker.pages_read().count(page) for page in KEPT] == [1, 1]
    assert end_of(after).state == "review"
    assert_at_ease(worker, redis, job_id, document.job_id)


def test_a_reading_that_is_killed_twice_is_set_aside(faulty: Plant, redis: Redis) -> None:
    worker = faulty("killed")
    document_id, after = submit(), submit("after.pdf", SHORT)

    document = end_of(document_id)

    told = (document.state, document.error_code, document.error_message)
    assert told == ("failed", "out_of_memory", str(EndedBySystemError(3, KEPT_TOO)))
    assert document.run == 2
    assert end_of(after).state == "review"
    assert now(document_id).state == "failed"
    assert_at_ease(worker, redis, document.job_id)


def test_a_document_that_takes_two_workers_with_it_is_set_aside(
    faulty: Plant, start: Start, redis: Redis
) -> None:
    start("keep")
    first = faulty("gate")
    document_id = submit()
    wait_for_kept(document_id)
    child = first.child

    first.process.kill()
    wait_until(lambda: is_gone(child), "the child dies with its worker")
    second = faulty("gate")
    wait_until(lambda: now(document_id).run == 2, "it is queued again")
    wait_for_kept(document_id)
    after = submit("after.pdf", SHORT)
    for process in (second.child, psutil.Process(second.process.pid)):
        process.kill()
    second.process.wait()
    document = end_of(document_id)

    told = (document.state, document.error_code, document.error_message)
    assert told == ("failed", "internal", str(WorkerLostError(3, KEPT_TOO)))
    assert times_read(document_id) == 0
    assert not set(KEPT) & set(second.pages_read())
    third = faulty("gate")
    third.open_gate()
    assert end_of(after).state == "review"
    assert now(document_id).state == "failed"
    assert_goes_on_behind_kept(document_id, third)
    assert_at_ease(third, redis, document.job_id)
    assert sorted(set(first.pages_read() + third.pages_read())) == list(range(1, PAGES + 1))
