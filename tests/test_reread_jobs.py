"""Pages and areas read again by real worker processes, which are killed and stopped here."""

import subprocess
from collections.abc import Callable

import psutil
import pytest
from papers import INTEREST, PREMIUMS, paper, two_tables
from redis import Redis
from waiting import is_gone, wait_until

from taxai_core import service
from taxai_core.errors import (
    CorruptPdfError,
    EncryptedPdfError,
    LockedError,
    OutOfMemoryError,
    StorageError,
    TaxAIError,
    WrongPasswordError,
)
from taxai_core.jobs import reread as job
from taxai_core.jobs.deadline import OverTime
from taxai_core.jobs.kinds import REREAD_TIMEOUT_S
from taxai_core.jobs.queue import extract_queue, waiting_ids
from taxai_core.models import METHODS, Box
from taxai_core.service import Reread, Wish
from taxai_core.store.readings import StoredTable

PASSWORD = "abcpe1234f"
BOTH = two_tables(PREMIUMS, INTEREST)
Start = Callable[..., "subprocess.Popen[bytes]"]
ReadPaper = Callable[..., str]


@pytest.fixture
def reviewed(read_paper: ReadPaper, redis: Redis) -> str:
    """A document in review with premiums above interest, and an empty queue."""
    document_id = read_paper(BOTH)
    extract_queue(redis).empty()
    return document_id


def tables(document_id: str) -> list[StoredTable]:
    return service.open_document(document_id).reading.tables


def now(asked: Reread) -> Reread:
    (one,) = (one for one in service.list_rereads(asked.document_id) if one.id == asked.id)
    return one


def wait_for(asked: Reread) -> Reread:
    wait_until(
        lambda: not now(asked).is_unfinished,
        "it is read again",
        patience_s=120,  # a lease may have to run out first
    )
    return now(asked)


def around(table: StoredTable) -> Box:
    box = table.content.parts[0].box
    return Box(x0=box.x0 - 4, top=box.top - 4, x1=box.x1 + 4, bottom=box.bottom + 4)


def held_in_the_middle(worker: "subprocess.Popen[bytes]", asked: Reread) -> psutil.Process:
    """The worker's child, stopped while it reads again."""
    wait_until(lambda: now(asked).state == "reading", "a worker begins", every_s=0.001)
    (child,) = psutil.Process(worker.pid).children()
    while True:
        child.suspend()
        try:
            assert now(asked).state == "reading", "it was done before it could be stopped"
            return child
        except StorageError:  # it was stopped while it held the database
            child.resume()


def test_the_area_around_a_table_gives_that_table_and_leaves_the_others(
    start: Start, reviewed: str
) -> None:
    first, second = tables(reviewed)
    asked = service.read_again(reviewed, Wish(1, None, around(second), second.id))

    start("extract", "1")
    done = wait_for(asked)

    assert (done.state, done.error_message) == ("done", None)
    again = tables(reviewed)
    assert again[0] == first
    cells = {cell for row in again[1].content.rows for cell in row}
    assert {cell for row in INTEREST for cell in row} <= cells
    assert "Policy" not in cells
    service.undo(reviewed)
    assert tables(reviewed)[1].content.as_stored() == second.content.as_stored()


def test_a_page_is_read_with_the_method_chosen(start: Start, reviewed: str) -> None:
    asked = {
        method: service.read_again(reviewed, Wish(1, method, beside=True)) for method in METHODS
    }

    start("extract", "1")

    for method, one in asked.items():
        found = [table for table in tables(reviewed) if table.id in wait_for(one).table_ids]
        assert {table.content.method for table in found} <= {method}
    assert now(asked["lattice"]).table_ids


def test_a_protected_paper_is_read_again_without_its_password_being_typed_again(
    start: Start, read_paper: ReadPaper
) -> None:
    document_id = read_paper(paper("Interest", INTEREST, password=PASSWORD), password=PASSWORD)

    asked = service.read_again(document_id, Wish(1, "lattice"))
    start("extract", "1")

    assert wait_for(asked).state == "done"
    assert tables(document_id)[0].content.rows == INTEREST


def test_who_waits_for_a_page_comes_before_the_papers(reviewed: str, redis: Redis) -> None:
    waits = service.submit("b.pdf", paper("Premiums", PREMIUMS)).document

    asked = service.read_again(reviewed, Wish(1))

    assert waiting_ids(redis) == [asked.job_id, waits.job_id]


def test_a_child_that_somebody_killed_is_told_and_the_document_stays(
    start: Start, reviewed: str, redis: Redis
) -> None:
    before = tables(reviewed)
    worker = start("extract", "1")
    asked = service.read_again(reviewed, Wish(1))

    held_in_the_middle(worker, asked).kill()
    end = wait_for(asked)

    assert end.state == "failed"
    assert "Try again or choose another method." in (end.error_message or "")
    assert service.open_document(reviewed).document.state == "review"
    assert tables(reviewed) == before
    assert wait_for(service.read_again(reviewed, Wish(1))).state == "done"
    assert worker.poll() is None


def test_what_a_killed_worker_had_in_hand_is_done_by_another(start: Start, reviewed: str) -> None:
    start("keep")
    worker = start("extract", "1")
    asked = service.read_again(reviewed, Wish(1, beside=True))
    child = held_in_the_middle(worker, asked)

    worker.kill()
    wait_until(lambda: is_gone(child), "the child dies with its worker")
    start("extract", "2")
    end = wait_for(asked)

    assert (end.state, end.run, end.lost_runs) == ("done", 2, 1)
    assert len(tables(reviewed)) == 2 + len(end.table_ids)


@pytest.mark.parametrize("end", ["withdraw", "delete"])
def test_what_is_not_wanted_any_more_is_stopped(start: Start, reviewed: str, end: str) -> None:
    worker = start("extract", "1")
    asked = service.read_again(reviewed, Wish(1, beside=True))
    child = held_in_the_middle(worker, asked)

    if end == "withdraw":
        service.withdraw_reread(asked.id)
        assert len(tables(reviewed)) == 2
    else:
        service.delete(reviewed)

    wait_until(lambda: is_gone(child), "the child is stopped")
    other = service.submit("b.pdf", paper("Premiums", PREMIUMS)).document
    state = lambda: service.open_document(other.id).document.state  # noqa: E731
    wait_until(lambda: state() == "review", "the worker reads on")


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (OverTime(), f"It took longer than {REREAD_TIMEOUT_S} seconds. Draw a smaller area"),
        (MemoryError(), "It needed more memory than the 1000 MB of one worker."),
        (OutOfMemoryError(1000), "It needed more memory than the 1000 MB of one worker."),
        (EncryptedPdfError(), "Delete the document and add it again with its password."),
        (WrongPasswordError(), "Delete the document and add it again with its password."),
        (CorruptPdfError(), str(CorruptPdfError())),
        (TaxAIError(), "Something went wrong on our side. Try again or choose another method."),
    ],
)
def test_a_failure_says_what_to_do(
    reviewed: str,
    configure,
    monkeypatch: pytest.MonkeyPatch,
    fault: BaseException,
    sentence: str,
) -> None:
    configure(job_memory_mb=1000)

    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(job, "read_again", fail)
    asked = service.read_again(reviewed, Wish(1))

    job.read_page_again(asked.id, asked.run)

    assert now(asked).state == "failed"
    assert sentence in (now(asked).error_message or "")
    assert len(tables(reviewed)) == 2


def test_an_exception_of_a_parser_leaves_no_text_behind(
    reviewed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("12,345.00")

    monkeypatch.setattr(job, "read_again", fail)
    asked = service.read_again(reviewed, Wish(1))

    with pytest.raises(RuntimeError, match=r"^ValueError$"):
        job.read_page_again(asked.id, asked.run)

    assert "Something went wrong on our side." in (now(asked).error_message or "")


def test_a_document_approved_meanwhile_is_told_as_locked(
    reviewed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = service.read_again(reviewed, Wish(1))
    service.approve(reviewed)

    job.read_page_again(asked.id, asked.run)

    assert now(asked).error_message == str(LockedError())
