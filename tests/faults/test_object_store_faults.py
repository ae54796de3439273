"""An object store that goes away while papers are read."""

from collections.abc import Callable

from fates import (
    KEPT,
    SHORT,
    Faulty,
    assert_at_ease,
    assert_goes_on_behind_kept,
    assert_read_whole,
    end_of,
    submit,
    wait_for_kept,
)
from object_store import ObjectStore
from redis import Redis
from waiting import wait_until

from taxai_core.errors import StoreDownError
from taxai_core.jobs.workplace import get_store

Plant = Callable[..., Faulty]


def test_a_store_that_dies_in_the_middle_is_told_and_retry_goes_on_behind_what_is_kept(
    object_store: ObjectStore, faulty: Plant, redis: Redis
) -> None:
    worker = faulty("gate")
    document_id = submit()
    wait_for_kept(document_id)

    held = object_store.objects()
    object_store.kill()
    worker.open_gate()
    document = end_of(document_id)
    object_store.bring_back(held)
    after = submit("after.pdf", SHORT)

    told = (document.state, document.error_code, document.error_message)
    assert told == ("failed", "internal", str(StoreDownError()))
    assert document.pages_done == len(KEPT)
    assert end_of(after).state == "review"
    assert_at_ease(worker, redis, document.job_id)
    assert_goes_on_behind_kept(document_id, worker)


def test_a_store_that_is_away_for_a_moment_costs_nobody_anything(
    object_store: ObjectStore, faulty: Plant, redis: Redis
) -> None:
    worker = faulty("gate")
    document_id = submit()
    wait_for_kept(document_id)

    object_store.stop()
    worker.open_gate()
    wait_until(lambda: worker.pages_read()[-1] == 4, "page 4 is begun")
    object_store.go_on()
    document = end_of(document_id)

    assert (document.state, document.run) == ("review", 1)
    assert_read_whole(document_id)
    assert list(get_store().blobs.document_ids()) == [document_id]
    assert_at_ease(worker, redis, document.job_id)
