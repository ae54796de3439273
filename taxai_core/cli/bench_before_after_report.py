"""What `taxai bench before-after` prints and writes down."""

from collections.abc import Sequence
from statistics import mean

from .bench_before import WORKERS
from .bench_scene import STUCK_S, Result, ScenePaper
from .bench_watch import Watch
from .report import as_table, circumstances


def before_after_table(
    papers: Sequence[ScenePaper], before: tuple[Result, Watch], after: tuple[Result, Watch]
) -> str:
    """Both ways side by side."""
    columns = [_column(papers, *way) for way in (before, after)]
    rows = ([name, *(column[name] for column in columns)] for name in columns[0])
    return as_table(["", "before", "after"], rows)


def _column(papers: Sequence[ScenePaper], result: Result, watch: Watch) -> dict[str, str]:
    printed = sum(len(paper.wanted) for paper in papers)
    finished, standing = result.finished, result.standing
    return {
        "documents": str(len(papers)),
        "finished": str(finished),
        "failed or unusable": str(len(result.right) - finished),
        "waiting at the end": str(standing.waiting),
        "being worked on at the end": str(standing.at_work),
        f"of these stuck (over {STUCK_S:.0f} s)": str(standing.stuck),
        f"fields right, of {printed} printed": str(sum(result.right.values())),
        "minutes in all": f"{result.seconds / 60:.1f}",
        "seconds a finished document": f"{result.seconds / finished:.1f}" if finished else "–",
        "longest call of the model, s": f"{result.longest_call_s:.0f}",
        "peak memory of all processes, MB": f"{watch.peak_mb:.0f}",
        "of these the model server": f"{watch.peak_model_mb:.0f}" if watch.peak_model_mb else "–",
        "peak memory of the machine": f"{watch.peak_machine_percent:.0f} %",
        "processors of the machine, mean": _percent(watch.cpu_percents),
        "of these the model server, mean (peak)": _percent(watch.model_percents, with_peak=True),
    }


def _percent(shares: Sequence[float], *, with_peak: bool = False) -> str:
    if not shares:
        return "–"
    peak = f" ({max(shares):.0f} %)" if with_peak else ""
    return f"{mean(shares):.0f} %{peak}"


def before_after_section(
    command: str,
    model: str,
    table: str,
    papers: Sequence[ScenePaper],
    minutes: float,
    workers: int,
) -> str:
    """The section of the report."""
    return f"""## Before and after

{circumstances(command)} {model}

{table}

The same {len(papers)} papers one way after the other, {minutes:g} minutes each at most, all
handed in at the beginning; some have a long annexure behind them. Before: {WORKERS} workers of bare
RQ, one process each; a job reads all pages with Camelot's `lattice`, then with `stream`, and sends
the whole text with the plea for JSON (`format: json`, `use_mmap` off, the server's own window) in
one request. It is told which fields the paper prints. No limit of time, memory or answers, nobody
waits for a turn, and what fails says nothing. After: `./taxai up` with extract workers: {workers},
all its processes counted. A paper is finished where at least one field is right; after, also only
where the model was asked all that was open. One is stuck that has been worked on for over
{STUCK_S:.0f} s. After, the longest call is all questions about one paper together, which is more
than any of them took. Before each way the model is unloaded. Memory is sampled once a second over
all processes, workers, queue and model server; what they share counts once. Processor shares are
of all cores.
"""
