"""`taxai bench memory`: whether reading a long paper takes more memory than a short one."""

import sys
import tempfile
from pathlib import Path

from ..pdf.excerpt import first_pages
from .long_paper import long_paper
from .measure import HOW_MEMORY_IS_TAKEN, Measured, run_measured
from .report import as_table, circumstances, write_section

LONG, SHORT = 500, 100
# What issue 3 asks for, at most.
MOST_RATIO, MOST_MB = 1.2, 400


def bench_memory(paper: Path | None, report: Path) -> int:
    """Read 100 and 500 pages, print and write down what that took; return 1 where it is not flat.

    Args:
        paper: taken in place of the one made here; as long as it is, and its first 100 pages.
    """
    long = paper.read_bytes() if paper else long_paper(LONG)
    short = first_pages(long, SHORT) if paper else long_paper(SHORT)
    with tempfile.TemporaryDirectory(prefix="taxai-bench-") as scratch:
        files = {f"the first {SHORT} pages": short, "the whole paper": long}
        runs = {}
        for name, content in files.items():
            path = Path(scratch) / "paper.pdf"
            path.write_bytes(content)
            print(f"reading {name} …", file=sys.stderr, flush=True)
            output = Path(scratch) / "read.jsonl"
            runs[name] = run_measured(["taxai_core", "process", path, "--json"], output)
    table = _as_table(runs)
    print(table)
    write_section("memory", _section(paper, table), report)
    short_run, long_run = runs.values()
    is_flat = long_run.tree_mb <= MOST_RATIO * short_run.tree_mb and long_run.tree_mb < MOST_MB
    return int(any(run.returncode for run in runs.values()) or not is_flat)


def _as_table(runs: dict[str, Measured]) -> str:
    short, long = runs.values()
    rows = [
        [name, f"{run.seconds:.1f}", f"{run.largest_mb:.0f}", f"{run.tree_mb:.0f}"]
        for name, run in runs.items()
    ]
    ratios = (long.largest_mb / short.largest_mb, long.tree_mb / short.tree_mb)
    rows.append(["ratio", f"{long.seconds / short.seconds:.1f}", *(f"{r:.2f}" for r in ratios)])
    return as_table(["", "seconds", "largest process, MB", "all processes, MB"], rows)


def _section(paper: Path | None, table: str) -> str:
    what = "A paper given by `--file`" if paper else f"A paper of {LONG} pages made from a seed"
    return f"""## Memory

{circumstances("./taxai bench memory" + (" --file PAPER.pdf" if paper else ""))}
{what} (dense text and a ruled table on each page), by `taxai process --json`.
Wanted of all processes: at most {MOST_RATIO} × what {SHORT} pages take, and under {MOST_MB} MB.

{table}

{HOW_MEMORY_IS_TAKEN} The largest process is given by its resident set, shared memory included.
"""
