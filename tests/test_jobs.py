"""Papers read by real worker processes, which are killed, stopped and starved here."""

import contextlib
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from papers import INTEREST, PREMIUMS, paper
from redis import Redis
from waiting import is_gone, wait_until

from taxai_core import service
from taxai_core.errors import ReadTimeoutError
from taxai_core.jobs.kills import kills
from taxai_core.jobs.queue import extract_queue, waiting_ids
from taxai_core.store.document import Document

GOOD = paper("Interest certificate", INTEREST)
SHORT = paper("Premiums", PREMIUMS)
# Long enough that a worker is still at it when something is done to it.
LONG = paper("A long statement", INTEREST, pages=80)
Start = Callable[..., "subprocess.Popen[bytes]"]


def submit(name: str, data: bytes, password: str | None = None) -> str:
    return service.submit(name, data, password=password).document.id


def now(document_id: str) -> Document:
    return service.open_document(document_id).document


def wait_for(document_id: str, *states: str) -> Document:
    wait_until(
        lambda: now(document_id).state in states,
        f"{document_id} becomes {' or '.join(states)}",
        patience_s=180,  # a lease must run out first, and a long paper be read a second time
    )
    return now(document_id)


def wait_for_pages(document_id: str) -> None:
    """Until a worker is in the middle of it."""
    wait_until(lambda: now(document_id).pages_done >= 3, "some pages are read")
    assert now(document_id).state == "extracting"


def child_of(worker: "subprocess.Popen[bytes]") -> psutil.Process:
    (child,) = psutil.Process(worker.pid).children()
    return child


@contextlib.contextmanager
def held(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    """Stop a process for a while, so that what it would do next does not happen meanwhile."""
    process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        process.send_signal(signal.SIGCONT)


def test_a_paper_reaches_review_with_a_picture_of_each_page(start: Start) -> None:
    document_id = submit("a.pdf", paper("Interest certificate", INTEREST, pages=2))

    start("extract", "1")
    document = wait_for(document_id, "review", "failed")

    assert (document.state, document.pages_done, document.pages_total) == ("review", 2, 2)
    reading = service.open_document(document_id).reading
    assert [table.content.rows for table in reading.tables] == [INTEREST, INTEREST]
    for page in (1, 2):
        picture = service.page_picture(document, page)
        assert picture
        assert (picture[:4], picture[8:12]) == (b"RIFF", b"WEBP")
    assert service.page_picture(document, 3) is None


def test_papers_that_cannot_be_read_fail_with_their_codes_and_stop_nobody(start: Start) -> None:
    locked = paper("Interest certificate", INTEREST, password="abcpe1234f")
    cut_off = submit("cut.pdf", GOOD[: len(GOOD) // 2])
    encrypted = submit("locked.pdf", locked)
    wrong = submit("wrong.pdf", locked + b"\n", password="ABCPE")
    opened = submit("opened.pdf", locked + b"\n\n", password="abcpe1234f")
    good = submit("good.pdf", GOOD)

    start("extract", "1")
    wait_for(good, "review", "failed")

    ends = {
        name: (now(document_id).state, now(document_id).error_code)
        for name, document_id in [
            *(("cut off", cut_off), ("encrypted", encrypted), ("wrong", wrong)),
            *(("opened", opened), ("good", good)),
        ]
    }
    assert ends == {
        "cut off": ("failed", "corrupt"),
        "encrypted": ("failed", "encrypted"),
        "wrong": ("failed", "wrong_password"),
        "opened": ("review", None),
        "good": ("review", None),
    }


def test_the_limit_of_pages_holds_in_a_worker(start: Start, configure) -> None:
    configure(max_pages=2)
    document_id = submit("a.pdf", paper("Interest certificate", INTEREST, pages=3))

    start("extract", "1")
    document = wait_for(document_id, "failed", "review")

    assert document.error_code == "too_many_pages"
    assert "has 3 pages and the limit is 2" in (document.error_message or "")


def test_a_child_that_somebody_killed_is_begun_again_and_the_worker_reads_on(start: Start) -> None:
    worker = start("extract", "1")
    killed = submit("long.pdf", LONG)
    after = submit("after.pdf", GOOD)
    wait_for_pages(killed)

    child_of(worker).kill()
    document = wait_for(killed, "failed", "review")

    assert (document.state, document.run) == ("review", 2)
    assert wait_for(after, "review", "failed").state == "review"
    assert worker.poll() is None


def test_the_document_of_a_killed_worker_is_read_by_another_once(
    start: Start, redis: Redis
) -> None:
    start("keep")
    worker = start("extract", "1")
    document_id = submit("long.pdf", LONG)
    wait_for_pages(document_id)
    child = child_of(worker)

    worker.kill()

    wait_until(lambda: is_gone(child), "the child dies with its worker")
    start("extract", "2")
    document = wait_for(document_id, "review", "failed")
    assert (document.state, document.run) == ("review", 2)
    opened = service.open_document(document_id)
    assert [table.page for table in opened.reading.tables] == list(range(1, 81))
    told = [line.summary for line in opened.history]
    assert sum(line.startswith("read: ") for line in told) == 1
    assert "queued again: its worker was lost" in told
    assert waiting_ids(redis) == []


def test_what_redis_lost_is_queued_again(start: Start, redis: Redis) -> None:
    ids = [submit("a.pdf", GOOD), submit("b.pdf", SHORT)]

    redis.flushall()
    start("keep")
    start("extract", "1")

    assert [wait_for(one, "review", "failed").state for one in ids] == ["review", "review"]


def test_a_paper_taken_in_while_redis_is_away_is_read_when_it_is_back(
    start: Start, configure, valkey_at, tmp_path_factory: pytest.TempPathFactory
) -> None:
    socket = f"{tmp_path_factory.mktemp('v')}/s"
    configure(redis_url=f"unix://{socket}")
    document_id = submit("a.pdf", GOOD)
    assert now(document_id).state == "queued"

    with valkey_at(socket):
        start("keep")
        start("extract", "1")
        document = wait_for(document_id, "review", "failed")

    assert document.state == "review"


def test_a_worker_outlives_a_redis_that_goes_and_comes_back(
    start: Start, configure, valkey_at, tmp_path_factory: pytest.TempPathFactory
) -> None:
    socket = f"{tmp_path_factory.mktemp('v')}/s"
    configure(redis_url=f"unix://{socket}")
    with valkey_at(socket):
        worker, keeper = start("extract", "1"), start("keep")
        assert wait_for(submit("a.pdf", GOOD), "review", "failed").state == "review"

    meanwhile = submit("b.pdf", SHORT)
    with valkey_at(socket):
        document = wait_for(meanwhile, "review", "failed")

    assert document.state == "review"
    assert (worker.poll(), keeper.poll()) == (None, None)


def test_a_cancelled_reading_ends_at_once_and_can_be_retried(start: Start) -> None:
    worker = start("extract", "1")
    document_id = submit("long.pdf", LONG)
    wait_for_pages(document_id)
    child = child_of(worker)

    service.cancel(document_id)

    wait_until(lambda: is_gone(child), "the child is stopped")
    assert now(document_id).state == "cancelled"
    after = submit("after.pdf", GOOD)
    assert wait_for(after, "review", "failed").state == "review"
    assert now(document_id).state == "cancelled"
    service.retry(document_id)
    assert wait_for(document_id, "review", "failed").state == "review"


def test_a_document_deleted_while_it_is_read_leaves_nothing(
    start: Start, data: Path, redis: Redis
) -> None:
    worker = start("extract", "1")
    document_id = submit("long.pdf", LONG)
    job_id = now(document_id).job_id
    wait_for_pages(document_id)
    child = child_of(worker)

    service.delete(document_id)

    wait_until(lambda: is_gone(child), "the child is stopped")
    assert wait_for(submit("after.pdf", GOOD), "review", "failed").state == "review"
    assert [document.name for document in service.list_documents()] == ["after.pdf"]
    assert not (data / "blobs" / document_id).exists()
    assert extract_queue(redis).fetch_job(job_id) is None


def test_a_paper_that_takes_too_long_is_told_so(start: Start, configure) -> None:
    configure(job_timeout_s=1)
    document_id = submit("long.pdf", LONG)

    start("extract", "1")
    document = wait_for(document_id, "failed", "review")

    assert (document.state, document.error_code) == ("failed", "timeout")
    assert document.error_message == str(ReadTimeoutError(1))


def test_a_child_that_no_alarm_reaches_is_killed_as_timeout(start: Start, configure) -> None:
    configure(job_timeout_s=4)
    worker = start("extract", "1")
    document_id = submit("long.pdf", LONG)
    wait_for_pages(document_id)

    # As in C code that never returns: a stopped process handles no signal but KILL.
    child_of(worker).suspend()
    document = wait_for(document_id, "failed", "review")

    assert (document.state, document.error_code) == ("failed", "timeout")
    assert wait_for(submit("after.pdf", GOOD), "review", "failed").state == "review"


def test_a_paper_that_needs_more_memory_than_allowed_is_told_so(
    start: Start, configure, redis: Redis
) -> None:
    configure(job_memory_mb=20)
    document_id = submit("long.pdf", LONG)

    worker = start("extract", "1")
    document = wait_for(document_id, "failed", "review")

    assert (document.state, document.error_code) == ("failed", "out_of_memory")
    assert "it may use 20 MB and took" in (document.error_message or "")
    wait_until(lambda: kills(redis), "the worker tells it to whoever looks out")
    (kill,) = kills(redis)
    assert (kill.worker, kill.document, kill.cap_mb) == ("extract-1", document_id, 20)
    assert kill.page == document.pages_done + 1
    assert worker.poll() is None


def test_a_disk_that_cannot_be_written_fails_one_paper_only(start: Start, data: Path) -> None:
    document_id = submit("a.pdf", GOOD)
    (data / "blobs" / document_id / "run1").write_text("a file where the pictures should go")

    start("extract", "1")
    document = wait_for(document_id, "failed", "review")

    assert (document.state, document.error_code) == ("failed", "internal")
    assert wait_for(submit("after.pdf", SHORT), "review", "failed").state == "review"
    (data / "blobs" / document_id / "run1").unlink()
    service.retry(document_id)
    assert wait_for(document_id, "review", "failed").state == "review"


def test_two_workers_share_the_papers_and_read_each_once(start: Start) -> None:
    papers = [paper(f"Certificate {number}", INTEREST, pages=3) for number in range(6)]
    ids = [submit(f"{number}.pdf", data) for number, data in enumerate(papers)]

    start("extract", "1")
    start("extract", "2")
    states = [wait_for(document_id, "review", "failed").state for document_id in ids]

    assert states == ["review"] * 6
    for document_id in ids:
        assert len(service.open_document(document_id).history) == 2


def test_the_state_of_the_house_counts_workers_keeper_and_line(start: Start) -> None:
    worker, _ = start("extract", "1"), start("keep")
    wait_until(lambda: service.system_state().trouble is None, "all are there")
    assert service.system_state().workers == 1

    with held(worker):
        first, second = submit("a.pdf", GOOD), submit("b.pdf", SHORT)
        wait_until(lambda: service.system_state().waiting >= 1, "a line forms")
        positions = service.system_state().positions or {}

    assert now(second).job_id in positions
    assert wait_for(first, "review", "failed").state == "review"
    worker.kill()
    worker.wait()
    wait_until(
        lambda: service.system_state().trouble and "No worker" in service.system_state().trouble,
        "the loss of the worker is told",
    )
