"""`taxai bench tables`: ours and what else reads tables, on the same files, one after the other."""

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..pdf.peers import PEERS
from .measure import CHECKOUT, HOW_MEMORY_IS_TAKEN, Measured, run_measured
from .relations import Score, find_truths, score
from .report import as_table, circumstances, write_section

FOLDER = CHECKOUT.parent / "shared" / "corpus" / "tables"
OURS, YARDSTICK = "TaxAI", "camelot auto"
METHODS = (OURS, *PEERS)


class Run(NamedTuple):
    """One method on the whole set."""

    method: str
    measured: Measured
    score: Score


def bench_tables(folder: Path | None, methods: Sequence[str] | None, report: Path) -> int:
    """Measure and score each method, print and write it down; return 1 or 2 where nothing was."""
    if unknown := set(methods or ()) - set(METHODS):
        print(
            f"No such method: {', '.join(unknown)}. There are: {', '.join(METHODS)}.",
            file=sys.stderr,
        )
        return 2
    folder = folder or FOLDER
    truths = find_truths(folder)
    if not truths:
        print(f"No NAME.pdf with its NAME-str.xml is in {folder}.", file=sys.stderr)
        return 1
    papers = [folder / f"{name}.pdf" for name in truths]
    runs = []
    for method in methods or METHODS:
        print(f"{method}: reading {len(papers)} files …", file=sys.stderr, flush=True)
        runs.append(_run(method, papers, truths))
    table = _as_table(runs)
    print(table)
    write_section("tables", _section(folder, len(papers), table), report)
    return 0


def _run(method: str, papers: Sequence[Path], truths: dict[str, Path]) -> Run:
    ours: list[str | Path] = ["taxai_core", "process", *papers, "--json"]
    theirs: list[str | Path] = ["taxai_core.pdf.peers", method, *papers]
    with tempfile.TemporaryDirectory(prefix="taxai-bench-") as scratch:
        output = Path(scratch) / "read.jsonl"
        measured = run_measured(ours if method == OURS else theirs, output)
        if measured.returncode not in (0, 1):
            print(f"{method}: ended early; what it had read is scored.", file=sys.stderr)
        read = _read(output)
    return Run(method, measured, score(truths, read))


def _read(output: Path) -> dict[str, list[dict[str, Any]]]:
    with open(output, encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines if line.endswith("\n")]
    return {Path(one["file"]).stem: one.get("tables", []) for one in documents}


def _as_table(runs: Sequence[Run]) -> str:
    yardstick_s = next((run.measured.seconds for run in runs if run.method == YARDSTICK), None)
    head = ["method", "seconds", f"× {YARDSTICK}", "CPU s", "P", "R", "F1", "macro F1", "peak MB"]
    return as_table(
        head,
        (
            [
                run.method,
                f"{run.measured.seconds:.1f}",
                f"{run.measured.seconds / yardstick_s:.2f}" if yardstick_s else "–",
                f"{run.measured.cpu_s:.1f}",
                *(f"{figure:.3f}" for figure in run.score),
                f"{run.measured.tree_mb:.0f}",
            ]
            for run in runs
        ),
    )


def _section(folder: Path, count: int, table: str) -> str:
    place = "" if folder == FOLDER else " --folder DIR"
    return f"""## Tables

{circumstances(f"./taxai bench tables{place}")} {count} files of {folder.name}, one run.

{table}

P, R and F1 are of the adjacency relations of the ICDAR 2013 table competition over all files;
macro F1 is the mean of the files' own. Each method has a process of its own for the whole set;
seconds are from its start to its end, imports included; CPU seconds are those of all its
processes, which other work on the machine hardly changes. TaxAI is `taxai process FILES --json`,
which forks processes of its own and reads words beside tables; the others read tables only, as
`taxai_core/pdf/peers.py` calls them. {HOW_MEMORY_IS_TAKEN}
"""
