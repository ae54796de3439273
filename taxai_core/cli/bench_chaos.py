"""`taxai bench chaos`: the running system while its processes are killed one after the other."""

import random
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from .. import service
from ..errors import TaxAIError
from ..jobs.workplace import get_store
from ..settings import get_settings
from ..store import documents
from ..store.document import WAITING, Document
from .bench import free_port, run_file, running_taxai
from .bench_chaos_report import Outcome, chaos_report, chaos_section
from .bench_chaos_targets import Target, targets
from .bench_home import own_data
from .long_paper import long_paper, trivial_paper
from .report import write_section

DOCUMENTS, KILL_EVERY_S, WORKERS = 200, 2.0, 2
# Most papers are short; of ten one has 8 pages and one 20.
PAGES = (1, 1, 1, 1, 1, 3, 3, 3, 8, 20)
BROKEN_EACH = 20
# Half of them are there when it begins, the others come meanwhile.
COME_WITHIN_S = 60.0
LOOK_EVERY_S = 0.2
# A system that makes nothing of its documents for so long has lost them.
GIVEN_UP_AFTER_S = 300.0
SEED = 2024


@dataclass
class _Watch:
    """What is seen of the documents while it goes on."""

    longest_stall_s: float = 0.0
    seen: tuple[int, int, int] = (0, 0, 0)
    moved_at: float = field(default_factory=time.monotonic)

    def look(self, listed: Sequence[Document]) -> None:
        """Note whether anything has moved since the last look."""
        seen = (
            len(listed),
            sum(one.state not in WAITING for one in listed),
            sum(one.pages_done for one in listed if one.state == "extracting"),
        )
        now = time.monotonic()
        if any(one.state in WAITING for one in listed):
            self.longest_stall_s = max(self.longest_stall_s, now - self.moved_at)
        if seen != self.seen:
            self.seen, self.moved_at = seen, now


def bench_chaos(number: int, every_s: float, model: str | None, report: Path) -> int:
    """Kill until all documents have ended, print and write down what became of them.

    Args:
        number: of documents.
        every_s: the seconds from one kill to the next.
        model: the one that is asked too, and whose process is killed too, where it is here.

    Returns:
        1 where a document was lost or is there twice.
    """
    settings = {"ollama_model": model} if model else {}
    with own_data(workers_min=WORKERS, **settings) as folder:
        papers = [_paper(index) for index in range(number)]
        data = get_settings().data_path
        with running_taxai(data, free_port(), WORKERS):
            outcome = _play(psutil.Process(int(run_file(data)["pid"])), papers, every_s)
        outcome.left_over = _left_over(folder)
    body = chaos_report(outcome)
    print(body)
    command = f"./taxai bench chaos --documents {number}" + (f" --model {model}" if model else "")
    write_section("chaos", chaos_section(command, body, every_s), report)
    return int(not outcome.is_good)


def _paper(index: int) -> tuple[bytes, int | None]:
    """A paper and the pages it has; None for one that nobody can read."""
    pages = PAGES[index % len(PAGES)]
    # Those of one page leave something to ask a model for, where one is named.
    data = trivial_paper(index + 1) if pages == 1 else long_paper(pages, seed=index)
    if index % BROKEN_EACH == BROKEN_EACH - 1:
        return data[: len(data) // 2], None
    return data, pages


def _play(
    system: psutil.Process, papers: Sequence[tuple[bytes, int | None]], every_s: float
) -> Outcome:
    dice, kills = random.Random(SEED), Counter[str]()
    watch, expected = _Watch(), dict[str, int | None]()
    started = time.monotonic()
    kill_at = started + every_s
    coming = list(enumerate(papers))
    while True:
        now = time.monotonic()
        due = len(papers) * (0.5 + 0.5 * min((now - started) / COME_WITHIN_S, 1.0))
        while coming and coming[0][0] < due:
            _submit(coming, expected)
        if now >= kill_at:
            kill_at = now + every_s
            kills += _kill(dice, targets(system))
        with suppress(TaxAIError):
            listed = documents.listing(get_store())
            watch.look(listed)
            if not coming and not any(one.state in WAITING for one in listed):
                break
        if now - watch.moved_at > GIVEN_UP_AFTER_S:
            break
        time.sleep(LOOK_EVERY_S)
    seconds = time.monotonic() - started
    return _judged(expected, kills, seconds, watch.longest_stall_s)


def _submit(
    coming: list[tuple[int, tuple[bytes, int | None]]], expected: dict[str, int | None]
) -> None:
    """Take in the next one; where it is refused just now it is tried again, as a person would."""
    index, (data, pages) = coming[0]
    with suppress(TaxAIError):
        accepted = service.submit(f"{index}.pdf", data)
        expected[accepted.document.id] = pages
        coming.pop(0)


def _kill(dice: random.Random, there: Sequence[Target]) -> Counter[str]:
    """End one of them; none where all are about to start again."""
    if not there:
        return Counter()
    target = dice.choice(there)
    with suppress(psutil.Error):
        target.process.kill()
    return Counter([target.name])


def _judged(
    expected: dict[str, int | None], kills: Counter[str], seconds: float, stall_s: float
) -> Outcome:
    """Look at every document: is it there, did it end, and with all of its pages, once?"""
    outcome = Outcome(kills=kills, seconds=seconds, longest_stall_s=stall_s, accepted=len(expected))
    listed = {one.id: one for one in documents.listing(get_store())}
    outcome.duplicated = len(listed.keys() - expected.keys())
    for document_id, pages in expected.items():
        document = listed.get(document_id)
        if document is None or document.state in WAITING:
            outcome.lost += 1
        elif document.state == "failed":
            outcome.failed[f"{document.error_code}"] += 1
            outcome.failed_rightly += pages is None
        else:
            opened = service.open_document(document_id)
            read = sum(line.summary.startswith("read: ") for line in opened.history)
            outcome.duplicated += read > 1
            there = [table.page for table in opened.reading.tables]
            outcome.lost += there != list(range(1, (pages or 0) + 1))
            outcome.finished += 1
            outcome.asked_again += document.run > 1
    return outcome


def _left_over(folder: Path) -> int:
    """How many processes still run on the bench's data."""
    found = 0
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            found += process.pid != psutil.Process().pid and str(folder) in " ".join(
                [*process.cmdline(), *process.environ().values()]
            )
    return found
