"""Readings that take all memory or all time, in every way that defeats a simple limit."""

from collections.abc import Callable

import pytest
from fates import (
    KEPT,
    SHORT,
    Faulty,
    assert_at_ease,
    assert_goes_on_behind_kept,
    end_of,
    submit,
)
from redis import Redis

from taxai_core import service
from taxai_core.errors import ReadTimeoutError

Plant = Callable[..., Faulty]
# Three times what reading the paper takes, and less than the three helpers of the fault hold.
CAP_MB = 400
LIMIT_S = 3
PAGE_LIMIT_S = 2


@pytest.mark.parametrize("fault", ["many_objects", "helpers"])
def test_a_reading_that_eats_memory_is_ended_and_told(
    faulty: Plant, configure, redis: Redis, fault: str
) -> None:
    configure(job_memory_mb=CAP_MB)
    worker = faulty(fault, once=True)
    document_id, after = submit(), submit("after.pdf", SHORT)

    document = end_of(document_id)

    assert (document.state, document.error_code) == ("failed", "out_of_memory")
    for part in (f"it may use {CAP_MB} MB", "on page 3", "pages 1 to 2 are kept"):
        assert part in (document.error_message or "")
    assert document.pages_done == len(KEPT)
    assert end_of(after).state == "review"
    assert_at_ease(worker, redis, document.job_id)
    assert_goes_on_behind_kept(document_id, worker)


def test_a_page_that_eats_memory_is_named_and_the_others_are_read(
    faulty: Plant, configure, redis: Redis
) -> None:
    configure(job_memory_mb=CAP_MB)
    worker = faulty("mapped_bytes", place="page")

    document_id, after = submit(), submit("after.pdf", SHORT)
    document = end_of(document_id)

    reading = service.open_document(document_id).reading
    assert (document.state, document.error_code) == ("review", None)
    why = "Page 3 needs more memory than one worker may use and was given up."
    assert reading.warnings == [why]
    assert [table.page for table in reading.tables] == [1, 2, 4, 5]
    assert end_of(after).state == "review"
    assert_at_ease(worker, redis, document.job_id)


@pytest.mark.parametrize("fault", ["hang", "c_loop", "swallowed_exception", "swallowed_everything"])
def test_a_reading_that_never_ends_is_ended_and_told(
    faulty: Plant, configure, redis: Redis, fault: str
) -> None:
    configure(job_timeout_s=LIMIT_S)
    worker = faulty(fault, once=True)
    document_id, after = submit(), submit("after.pdf", SHORT)

    document = end_of(document_id)

    told = (document.state, document.error_code, document.error_message)
    assert told == ("failed", "timeout", str(ReadTimeoutError(LIMIT_S)))
    assert document.pages_done == len(KEPT)
    assert end_of(after).state == "review"
    assert_at_ease(worker, redis, document.job_id)
    assert_goes_on_behind_kept(document_id, worker)


@pytest.mark.parametrize("fault", ["hang", "c_loop", "swallowed_everything"])
def test_a_page_that_never_ends_is_named_and_the_others_are_read(
    faulty: Plant, configure, redis: Redis, fault: str
) -> None:
    configure(page_timeout_s=PAGE_LIMIT_S)
    worker = faulty(fault, place="page")

    document_id, after = submit(), submit("after.pdf", SHORT)
    document = end_of(document_id)

    reading = service.open_document(document_id).reading
    assert (document.state, document.error_code) == ("review", None)
    why = f"Page 3 took longer than {PAGE_LIMIT_S} seconds and was given up."
    assert reading.warnings == [why]
    assert [table.page for table in reading.tables] == [1, 2, 4, 5]
    assert end_of(after).state == "review"
    assert_at_ease(worker, redis, document.job_id)
