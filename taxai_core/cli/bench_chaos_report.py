"""What became of the documents of `taxai bench chaos`, in words and as a table."""

from collections import Counter
from dataclasses import dataclass, field

from .report import as_table, circumstances


@dataclass
class Outcome:
    """All that was counted; `failed` by code, of them those that nobody can read."""

    accepted: int
    kills: Counter[str]
    seconds: float
    longest_stall_s: float
    finished: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    failed_rightly: int = 0
    lost: int = 0
    duplicated: int = 0
    asked_again: int = 0
    left_over: int = 0

    @property
    def is_good(self) -> bool:
        """Is nothing lost, nothing there twice, and no process left?"""
        return not (self.lost or self.duplicated or self.left_over)


def chaos_report(outcome: Outcome) -> str:
    """The table."""
    kills = ", ".join(f"{count} × {name}" for name, count in sorted(outcome.kills.items()))
    failed = ", ".join(f"{count} × {code}" for code, count in sorted(outcome.failed.items()))
    rows = [
        ("documents in", outcome.accepted),
        ("finished, with all their pages", outcome.finished),
        ("of these begun more than once", outcome.asked_again),
        ("failed with a reason", f"{outcome.failed.total()} ({failed or 'none'})"),
        ("of these broken files", outcome.failed_rightly),
        ("lost", outcome.lost),
        ("duplicated", outcome.duplicated),
        ("longest time in which nothing moved", f"{outcome.longest_stall_s:.0f} s"),
        ("kills", f"{outcome.kills.total()} ({kills})"),
        ("the whole run", f"{outcome.seconds:.0f} s"),
        ("processes left after it", outcome.left_over),
    ]
    return as_table(["", "figure"], ((name, str(value)) for name, value in rows))


def chaos_section(command: str, body: str, every_s: float) -> str:
    """The section of docs/benchmarks.md."""
    return (
        "## A system whose processes are killed\n\n" + circumstances(command) + "\n\n`taxai up`"
        f" with two workers, of which every {every_s:g} s one process is"
        " ended by SIGKILL, chosen by chance among a worker, the process that reads a document,"
        " the keeper, the ask worker and the queue's server (and the model's process, where a"
        " model is named), from the first document to the last. Papers of 1 to 20 pages, one in"
        " twenty cut in half; half of them come in while it goes on.\n\n" + body
    )
