"""What `taxai bench queue` prints and writes down."""

from collections.abc import Sequence
from statistics import mean, median
from typing import NamedTuple

from ..observe.machine import cpu_count
from .field_tables import Goal, goal_table
from .report import as_table, circumstances

OURS, BARE = "TaxAI", "bare RQ, the same reading"
NOTHING_AT_ALL = "bare RQ, a job that does nothing"
# What is wanted of ours against bare RQ.
MOST_RATIO = 1.3


class Block(NamedTuple):
    """One turn of one way: a queue filled, then worked off by one worker."""

    way: str
    jobs: int
    enqueue_s: float
    drain_s: float

    @property
    def ms_each(self) -> float:
        """What one job took."""
        return 1000 * self.drain_s / self.jobs


class Drained(NamedTuple):
    """Long papers read by so many workers."""

    workers: int
    papers: int
    seconds: float


def queue_goal(blocks: Sequence[Block]) -> Goal:
    """What is wanted, and whether it holds."""
    ratio = _ms(blocks, OURS) / _ms(blocks, BARE)
    wanted = f"≤ {MOST_RATIO}"
    return Goal("× of bare RQ a job", wanted, f"{ratio:.2f}", ratio <= MOST_RATIO)


def queue_report(blocks: Sequence[Block], drained: Sequence[Drained]) -> str:
    """All tables, and what is to be said beside them."""
    ratios = [
        ours.ms_each / bare.ms_each
        for ours, bare in zip(_of(blocks, OURS), _of(blocks, BARE), strict=True)
    ]
    return "\n\n".join(
        [
            goal_table([queue_goal(blocks)]),
            as_table(
                ["", "jobs", "ms a job", "× bare RQ", "median of turns", "ms to put one in"],
                (_row(blocks, way) for way in (OURS, BARE, NOTHING_AT_ALL)),
            ),
            f"TaxAI against bare RQ turn by turn: {min(ratios):.2f} to {max(ratios):.2f} ×,"
            f" median {median(ratios):.2f}.",
            f"Long papers, on {cpu_count()} cores:",
            as_table(
                ["workers", "papers", "seconds", "papers a minute", "× one worker"],
                (
                    [
                        str(one.workers),
                        str(one.papers),
                        f"{one.seconds:.1f}",
                        f"{60 * one.papers / one.seconds:.1f}",
                        f"{drained[0].seconds / one.seconds:.2f}",
                    ]
                    for one in drained
                ),
            ),
        ]
    )


def _row(blocks: Sequence[Block], way: str) -> list[str]:
    mine, ms = _of(blocks, way), _ms(blocks, way)
    jobs = sum(one.jobs for one in mine)
    return [
        way,
        str(jobs),
        f"{ms:.1f}",
        f"{ms / _ms(blocks, BARE):.2f}",
        f"{median(one.ms_each for one in mine):.1f}",
        f"{1000 * sum(one.enqueue_s for one in mine) / jobs:.1f}",
    ]


def _of(blocks: Sequence[Block], way: str) -> list[Block]:
    return [one for one in blocks if one.way == way]


def _ms(blocks: Sequence[Block], way: str) -> float:
    """What a job of this way takes, over all of its turns."""
    return mean(one.ms_each for one in _of(blocks, way))


def queue_section(command: str, body: str, pages: int, papers: int) -> str:
    """The section of the report."""
    return f"""## The queue

{circumstances(command)}

{body}

A queue is filled while no worker runs; then a worker is started, and the time is from its first
job's start to its last one's end. The ways take turns on one Valkey (append-only file on) and the
same `worker.py extract`, each job in a forked child under the same caps, no two papers alike.
TaxAI is what an upload does: check, encrypt, store, row, job; then claim, read, keep the page,
write fields and tables, hand to review. Bare RQ is a file and a job that reads it by the same
pipeline and writes the result as JSON: no database, no encryption, nothing kept when it dies. The
page is read in a fork of its own both ways. The long papers are {papers} of {pages} dense, ruled
pages; while others wait, a worker reads one page at a time, and the last paper on all cores.
"""
