"""Pages that were read are kept whatever ends the reading, and it goes on behind them."""

import os
import signal
import subprocess
from collections.abc import Callable

import psutil
import pytest
from papers import INTEREST, PREMIUMS, paper
from sqlalchemy import update
from waiting import wait_until

from taxai_core import service
from taxai_core.jobs.workplace import get_store
from taxai_core.models import Page
from taxai_core.pipeline import process_pdf
from taxai_core.store import documents
from taxai_core.store.document import Document
from taxai_core.store.kept_pages import keep_page, kept_pages, take_over
from taxai_core.store.rows import DocumentRow

PAGES = 60
LONG = paper("A long statement", INTEREST, pages=PAGES)
Start = Callable[..., "subprocess.Popen[bytes]"]


def pages_of(data: bytes) -> list[Page]:
    reading = process_pdf(data, password=None, max_file_mb=50, max_pages=500)
    return reading.pages


def now(document_id: str) -> Document:
    return documents.get(get_store(), document_id)


def submit(data: bytes = LONG) -> str:
    return service.submit("long.pdf", data).document.id


def wait_for_pages(document_id: str, pages: int = 5) -> None:
    wait_until(lambda: now(document_id).pages_done >= pages, "some pages are read")


def wait_for_review(document_id: str) -> Document:
    wait_until(lambda: now(document_id).state in ("review", "failed"), "it is read", patience_s=180)
    return now(document_id)


def test_a_kept_page_is_what_was_read(data) -> None:
    store, document_id = get_store(), submit()
    pages = pages_of(paper("Interest certificate", INTEREST, pages=3))
    for page in pages:
        keep_page(store, document_id, 1, page, b"a picture")

    assert kept_pages(store, document_id, 1) == pages


def test_pages_behind_one_that_is_missing_are_read_again(data) -> None:
    store, document_id = get_store(), submit()
    first, _, third = pages_of(paper("Interest certificate", INTEREST, pages=3))
    for page in (first, third):
        keep_page(store, document_id, 1, page, None)

    assert take_over(store, document_id, 2) == [first]
    assert kept_pages(store, document_id, 2) == [first]


def test_a_page_that_could_not_be_read_is_tried_again(data) -> None:
    store, document_id = get_store(), submit()
    first, second = pages_of(paper("Interest certificate", INTEREST, pages=2))
    keep_page(store, document_id, 1, first, None)
    keep_page(store, document_id, 1, second.model_copy(update={"kind": "damaged"}), None)

    assert kept_pages(store, document_id, 1) == [first]


def test_what_an_earlier_run_has_read_outlives_one_that_read_nothing(data) -> None:
    store, document_id = get_store(), submit()
    pages = pages_of(paper("Interest certificate", INTEREST, pages=3))
    for page in pages:
        keep_page(store, document_id, 1, page, None)
    keep_page(store, document_id, 2, pages[0], None)

    assert take_over(store, document_id, 3) == pages


def test_a_damaged_picture_of_a_kept_page_costs_that_page_only(data) -> None:
    store, document_id = get_store(), submit()
    first, second = pages_of(paper("Interest certificate", INTEREST, pages=2))
    for page in (first, second):
        keep_page(store, document_id, 1, page, b"a picture")
    (data / "blobs" / document_id / "run1" / "p2.webp").write_bytes(b"damaged")

    assert take_over(store, document_id, 2) == [first]


def test_a_page_kept_by_another_version_is_read_again(data) -> None:
    store, document_id = get_store(), submit()
    store.blobs.put(document_id, "run1/p1.page", b'{"number": "one"}')

    assert take_over(store, document_id, 2) == []


def test_a_reading_that_goes_on_says_what_one_at_a_time_says() -> None:
    data = paper("Interest certificate", INTEREST, pages=4)
    whole = process_pdf(data, password=None, max_file_mb=50, max_pages=500)
    told: list[int] = []

    rest = process_pdf(
        data, password=None, max_file_mb=50, max_pages=500, kept=whole.pages[:3],
        on_page=lambda page, _total, _picture: told.append(page.number),
    )  # fmt: skip

    assert told == [4]
    assert rest.as_contract("a.pdf") | {"timings": None} == whole.as_contract("a.pdf") | {
        "timings": None
    }


def test_when_the_time_is_over_the_pages_read_are_kept_and_the_others_named() -> None:
    reading = process_pdf(LONG, password=None, max_file_mb=50, max_pages=500, read_for_s=0)

    assert len(reading.pages) == PAGES
    assert [table.page for table in reading.tables] == [1]
    (warning,) = reading.warnings
    assert warning.startswith(f"Pages 2 to {PAGES} were not read")


def test_a_document_whose_time_is_over_is_in_review_with_what_was_read(
    start: Start, configure
) -> None:
    configure(read_for_s=1)
    document_id = submit(paper("A very long statement", INTEREST, pages=400))

    start("extract", "1")
    document = wait_for_review(document_id)

    assert document.state == "review"
    reading = service.open_document(document_id).reading
    assert any("were not read" in warning for warning in reading.warnings)
    assert reading.tables


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_the_next_worker_goes_on_behind_the_pages_that_were_read(
    start: Start, number: signal.Signals
) -> None:
    document_id = submit()
    first = start("extract", "1")
    wait_for_pages(document_id)
    start("keep")

    (child,) = psutil.Process(first.pid).children()
    os.kill(first.pid, number)
    psutil.wait_procs([child])
    first.wait()
    done = now(document_id).pages_done
    start("extract", "2")
    document = wait_for_review(document_id)

    assert (document.state, document.pages_done, document.run) == ("review", PAGES, 2)
    assert done >= 5
    reading = service.open_document(document_id).reading
    assert [table.page for table in reading.tables][: done + 1] == list(range(1, done + 2))
    assert all(service.page_picture(document, page) for page in (1, done, PAGES))


@pytest.mark.parametrize(("given_up", "taken"), [(True, 3), (False, 1)])
def test_a_page_given_up_is_tried_again_only_where_the_last_reading_was_lost(
    data, given_up: bool, taken: int
) -> None:
    store, document_id = get_store(), submit()
    pages = pages_of(paper("Interest certificate", INTEREST, pages=3))
    pages[1] = pages[1].model_copy(update={"kind": "damaged"})
    for page in pages:
        keep_page(store, document_id, 1, page, None)

    assert len(take_over(store, document_id, 2, given_up=given_up)) == taken


def test_a_worker_told_to_stop_hands_its_document_back_at_once(start: Start) -> None:
    document_id = submit()
    worker = start("extract", "1")
    wait_for_pages(document_id)

    os.kill(worker.pid, signal.SIGTERM)
    worker.wait()

    document = now(document_id)
    assert worker.returncode == 0
    assert (document.state, document.lost_runs, document.run) == ("queued", 0, 2)


def kill_child(worker: "subprocess.Popen[bytes]") -> None:
    (child,) = psutil.Process(worker.pid).children()
    child.kill()


def test_a_child_killed_twice_at_a_page_is_told_with_that_and_what_is_kept(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    document_id = submit()
    worker = start("extract", "1")
    wait_for_pages(document_id)
    kill_child(worker)
    wait_until(lambda: now(document_id).run == 2, "it is begun again")
    # As if it had been killed there before.
    with get_store().writing() as session:
        session.execute(update(DocumentRow).values(lost_at=PAGES))
    wait_until(lambda: now(document_id).state == "extracting", "it is under way")

    kill_child(worker)
    document = wait_for_review(document_id)

    assert (document.state, document.error_code) == ("failed", "out_of_memory")
    done = document.pages_done
    assert document.error_message
    assert f"ended the reading twice on page {done + 1}," in document.error_message
    assert f"pages 1 to {done} are kept" in document.error_message
    service.retry(document_id)
    assert wait_for_review(document_id).state == "review"


def test_a_reading_killed_again_and_again_that_gets_on_is_finished(start: Start) -> None:
    document_id = submit()
    worker = start("extract", "1")
    for run, pages in enumerate((5, 15, 25), start=1):
        wait_until(
            lambda run=run, pages=pages: (
                (now(document_id).run, now(document_id).pages_done) >= (run, pages)
            ),
            "it gets on",
        )
        kill_child(worker)
    document = wait_for_review(document_id)

    assert (document.state, document.run) == ("review", 4)
    tables = service.open_document(document_id).reading.tables
    assert [table.page for table in tables] == list(range(1, PAGES + 1))


def test_nothing_of_the_kept_pages_stays_behind_a_finished_reading(start: Start, data) -> None:
    document_id = submit(paper("Premiums", PREMIUMS, pages=2))

    start("extract", "1")
    wait_for_review(document_id)

    wait_until(lambda: not list((data / "blobs" / document_id).rglob("*.page")), "they are removed")
