"""What becomes of documents, and of the processes that read them."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import psutil
from papers import INTEREST, PREMIUMS, paper
from redis import Redis
from waiting import wait_until

from taxai_core import service
from taxai_core.jobs.queue import extract_queue, has_lease
from taxai_core.store.document import Document

MARK = "FAULTS_MARK"
PAGES = 5
# The fault comes at its third page: the first two are kept.
PAPER = paper("A statement", INTEREST, pages=PAGES)
KEPT = [1, 2]
SHORT = paper("Premiums", PREMIUMS)
# A lease of 15 s may have to run out first, and the paper be read a second time.
PATIENCE_S = 180


@dataclass(frozen=True)
class Faulty:
    """A worker with a fault, and what it has done."""

    process: "subprocess.Popen[bytes]"
    reads: Path
    gate: Path

    @property
    def children(self) -> list[psutil.Process]:
        """All processes below it, those included that have ended and that nobody has buried."""
        return psutil.Process(self.process.pid).children(recursive=True)

    @property
    def child(self) -> psutil.Process:
        """The process of its job."""
        (child,) = psutil.Process(self.process.pid).children()
        return child

    def pages_read(self) -> list[int]:
        """The pages of the long paper in the order in which their reading began."""
        lines = self.reads.read_text().split() if self.reads.exists() else []
        of = zip(lines[::2], lines[1::2], strict=True)
        return [int(page) for pages, page in of if int(pages) == PAGES]

    def open_gate(self) -> None:
        """Let the reading go on that waits at its page."""
        self.gate.touch()


def submit(name: str = "long.pdf", data: bytes = PAPER) -> str:
    return service.submit(name, data).document.id


def now(document_id: str) -> Document:
    return service.open_document(document_id).document


def wait_for(document_id: str, *states: str) -> Document:
    wait_until(
        lambda: now(document_id).state in states,
        f"a document becomes {' or '.join(states)}",
        patience_s=PATIENCE_S,
    )
    return now(document_id)


def end_of(document_id: str) -> Document:
    """The document when it has been read, or could not be."""
    return wait_for(document_id, "review", "failed")


def wait_for_kept(document_id: str) -> None:
    """Until a worker has come to the page of the fault."""

    def is_there() -> bool:
        document = now(document_id)
        return document.state == "extracting" and document.pages_done == len(KEPT)

    wait_until(is_there, "the first pages are read")


def times_read(document_id: str) -> int:
    """How often a reading was handed to review."""
    history = service.open_document(document_id).history
    return sum(line.summary.startswith("read: ") for line in history)


def assert_read_whole(document_id: str, pages: int = PAGES) -> None:
    """It is in review once, with each page's table and picture."""
    opened = service.open_document(document_id)
    assert opened.document.state == "review"
    assert [table.page for table in opened.reading.tables] == list(range(1, pages + 1))
    assert opened.reading.warnings == []
    for page in range(1, pages + 1):
        assert service.page_picture(opened.document, page)
    assert times_read(document_id) == 1


def assert_goes_on_behind_kept(document_id: str, worker: Faulty) -> None:
    """A person presses Retry, and no page that was kept is read a second time."""
    before = len(worker.pages_read())
    service.retry(document_id)
    end_of(document_id)
    assert_read_whole(document_id)
    assert not set(KEPT) & set(worker.pages_read()[before:])


def assert_at_ease(worker: Faulty, redis: Redis, *job_ids: str) -> None:
    """The worker is the same as before, without a child, and holds nothing any more."""
    wait_until(lambda: not worker.children, "no child of the worker is left, living or dead")
    assert worker.process.poll() is None
    running = extract_queue(redis).started_job_registry
    wait_until(lambda: running.get_job_count(cleanup=False) == 0, "no job is held as running")
    for job_id in job_ids:
        wait_until(lambda job_id=job_id: not has_lease(redis, job_id), "the lease is given back")


def alive_with(mark: str) -> list[psutil.Process]:
    """The processes that a test started, and all that these started, whoever is their parent."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == mark and process.pid != psutil.Process().pid:
                found.append(process)
        except psutil.Error:
            continue
    return found
