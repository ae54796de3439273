"""`taxai bench queue`: what ours costs a document over bare RQ, and what more workers bring."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import count, islice
from pathlib import Path

from .. import service
from ..jobs.queue import FAILURE_TTL_S, extract_queue
from ..jobs.workplace import get_redis
from ..runtime.checks import CannotStartError
from ..settings import get_settings
from .bench_home import Home, private_home
from .bench_queue_bare import NOTHING, READ
from .bench_queue_report import (
    BARE,
    NOTHING_AT_ALL,
    OURS,
    Block,
    Drained,
    queue_goal,
    queue_report,
    queue_section,
)
from .long_paper import long_paper, trivial_paper
from .report import write_section

DOCUMENTS = 2000
# The ways take turns, so that all see the same machine.
MOST_TURNS, LEAST_A_TURN = 8, 5
# What the ways have in common needs fewer jobs to be seen.
NOTHING_SHARE = 4
WORKERS = (1, 2, 4)
LONG_PAGES, LONG_PAPERS = 40, 12
POLL_S = 0.02
# Far longer than any turn takes; only so that a broken queue ends the bench.
DRAINED_WITHIN_S = 1800.0


class NotDrainedError(Exception):
    """A queue was not worked off as it should be; its text says how."""


def bench_queue(
    documents: int, report: Path, *, pages: int = LONG_PAGES, long_papers: int = LONG_PAPERS
) -> int:
    """Drain full queues, print and write down what that took.

    Args:
        documents: trivial ones, for each of both ways.
        pages: of each long paper that more and more workers read.
        long_papers: how many of those.

    Returns:
        1 where something was not read, or ours takes longer than is wanted.
    """
    try:
        with private_home() as home:
            blocks = _take_turns(home, documents)
            drained = [_drain_long(home, workers, pages, long_papers) for workers in WORKERS]
    except (CannotStartError, NotDrainedError) as error:
        print(error, file=sys.stderr)
        return 1
    body = queue_report(blocks, drained)
    print(body)
    command = f"./taxai bench queue --documents {documents}"
    write_section("queue", queue_section(command, body, pages, long_papers), report)
    return int(not queue_goal(blocks).is_met)


def _take_turns(home: Home, documents: int) -> list[Block]:
    turns = max(1, min(MOST_TURNS, documents // LEAST_A_TURN))
    papers, blocks = map(trivial_paper, count(1)), []
    for turn in range(turns):
        size = documents // turns + (turn < documents % turns)
        ways: list[Callable[[], Block]] = [
            lambda: _ours(home, list(islice(papers, size))),  # noqa: B023  called in this turn
            lambda: _bare(home, list(islice(papers, size))),  # noqa: B023
            lambda: _nothing(home, max(1, size // NOTHING_SHARE)),  # noqa: B023
        ]
        _say(f"turn {turn + 1} of {turns}, {size} documents each …")
        blocks += [way() for way in (ways if turn % 2 else reversed(ways))]
    return blocks


def _ours(home: Home, papers: Sequence[bytes]) -> Block:
    enqueue_s = _submit(papers)
    drain_s = _drain(home, 1)
    _expect_read(papers)
    return Block(OURS, len(papers), enqueue_s, drain_s)


def _bare(home: Home, papers: Sequence[bytes]) -> Block:
    folder = home.folder / "bare"
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{number}.pdf" for number in range(len(papers))]
    start = time.monotonic()
    for path, paper in zip(paths, papers, strict=True):
        path.write_bytes(paper)
        _enqueue(READ, str(path), str(path.with_suffix(".json")))
    enqueue_s = time.monotonic() - start
    drain_s = _drain(home, 1)
    results = [path.with_suffix(".json") for path in paths]
    missing = sum(not result.exists() for result in results)
    if missing:
        raise NotDrainedError(f"Bare RQ left {missing} of {len(papers)} papers unread.")
    for result in results:
        result.unlink()
    return Block(BARE, len(papers), enqueue_s, drain_s)


def _nothing(home: Home, jobs: int) -> Block:
    start = time.monotonic()
    for _ in range(jobs):
        _enqueue(NOTHING)
    return Block(NOTHING_AT_ALL, jobs, time.monotonic() - start, _drain(home, 1))


def _enqueue(task: str, *args: str) -> None:
    """As `jobs.queue` does, without what it knows of rows."""
    with get_redis() as redis:
        extract_queue(redis).enqueue(
            task,
            args=args,
            job_timeout=get_settings().job_timeout_s,
            result_ttl=0,
            failure_ttl=FAILURE_TTL_S,
        )


def _drain_long(home: Home, workers: int, pages: int, papers: int) -> Drained:
    _say(f"{papers} papers of {pages} pages, workers: {workers} …")
    # The same pages each time; what stands behind the end of a PDF makes another file of it.
    mark = f"% {workers}\n".encode()
    made = [long_paper(pages, seed) + mark for seed in range(papers)]
    _submit(made)
    seconds = _drain(home, workers)
    _expect_read(made)
    return Drained(workers, papers, seconds)


def _submit(papers: Sequence[bytes]) -> float:
    """Take papers in; returns the seconds that took."""
    start = time.monotonic()
    for paper in papers:
        service.submit("paper.pdf", paper)
    return time.monotonic() - start


def _drain(home: Home, workers: int) -> float:
    """Have the full queue worked off; seconds from the first job's start to the last one's end.

    Raises:
        NotDrainedError: it takes too long, or a worker ended.
    """
    left, ends = _left(), time.monotonic() + DRAINED_WITHIN_S
    full, begun, ended = next(left)[0], None, None
    children = home.start_workers(workers)
    try:
        for waiting, running in left:
            now = time.monotonic()
            begun = begun or (now if waiting < full else None)
            if waiting or running:
                ended = None
            elif ended is None:
                ended = now  # between its queue and a worker a job is nowhere: look again
            else:
                assert begun is not None
                return ended - begun
            if now > ends or not all(child.is_alive() for child in children):
                break
            time.sleep(POLL_S)
    finally:
        home.stop(children)
    raise NotDrainedError("A worker ended, or the queue was not worked off in half an hour.")


def _left() -> Iterator[tuple[int, int]]:
    """How many jobs wait and how many are running, at each look."""
    with get_redis() as redis:
        queue = extract_queue(redis)
        while True:
            yield queue.count, queue.started_job_registry.get_job_count(cleanup=False)


def _expect_read(papers: Sequence[bytes]) -> None:
    """All documents are in review.

    Raises:
        NotDrainedError: one is not.
    """
    states = [document.state for document in service.list_documents()[: len(papers)]]
    missing = sum(state != "review" for state in states)
    if missing:
        raise NotDrainedError(f"TaxAI left {missing} of {len(papers)} papers unread.")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
