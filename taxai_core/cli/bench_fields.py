"""`taxai bench fields`: types and fields of sample papers against their truth."""

import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..doctypes import DocumentType
from ..pdf.peers import plain_text
from ..settings import get_document_types
from .field_scores import Kinds, Score, score
from .field_tables import (
    comparison,
    goal_table,
    goals,
    reliability_table,
    score_table,
    sentences,
    time_sentence,
)
from .field_times import field_times_ms
from .field_truths import Truth, find_truths
from .measure import CHECKOUT
from .plain_reader import read_plainly
from .processed import bad_files_told, processed
from .report import circumstances, write_section
from .sample_papers import make_samples, seeds_told

FOLDER = CHECKOUT.parent / "shared" / "corpus" / "documents"
# Of the papers made here, the share that is read as a scan too.
SCANS = 0.2


class Run(NamedTuple):
    """One set of papers, and how it was read."""

    title: str
    ours: list[Score]
    plain: list[Score]


def bench_fields(folder: Path | None, seeds: int, report: Path) -> int:
    """Read and score both sets, print and write it down; return 1 where a promise is broken.

    Args:
        folder: of the first set: each NAME.pdf with its NAME.json beside it.
        seeds: how many papers of each layout the second set has; 0 leaves it out.
    """
    types = get_document_types()
    with tempfile.TemporaryDirectory(prefix="taxai-bench-") as scratch:
        sets = _sets(folder, seeds, Path(scratch))
        if not sets:
            return 1
        runs = [_run(title, truths, types) for title, truths in sets.items()]
        bad = bad_files_told(next(iter(sets.values()))[0].path.parent)
        print("timing …", file=sys.stderr, flush=True)
        times_ms = list(field_times_ms(next(iter(sets.values()))))
    body, is_well = fields_report(runs, times_ms, bad)
    print(body)
    place = " --folder DIR" if folder else ""
    write_section("fields", _section(f"./taxai bench fields{place} --seeds {seeds}", body), report)
    return int(not is_well)


def _sets(folder: Path | None, seeds: int, scratch: Path) -> dict[str, list[Truth]]:
    """The papers to read, by what is to be said of them; none where there are none."""
    sets = {}
    if folder or FOLDER.exists():
        folder = folder or FOLDER
        if not (truths := find_truths(folder)):
            print(f"No NAME.pdf with its NAME.json is in {folder}.", file=sys.stderr)
            return {}
        sets[f"The {len(truths)} files of {folder.name}"] = truths
    else:
        print("The shared sample papers are not here; those made here are read.", file=sys.stderr)
        seeds = max(1, seeds)
    if seeds and (truths := make_samples(scratch, seeds, scans=SCANS)):
        layouts = len({one.layout.removesuffix("-scan") for one in truths})
        scans = sum(one.group == "scanned" for one in truths)
        title = (
            f"{len(truths)} files made by tests/corpus: {layouts} layouts, {seeds_told(seeds)},"
            f" {scans} of them scans"
        )
        sets[title] = truths
    return sets


def _run(title: str, truths: Sequence[Truth], types: Mapping[str, DocumentType]) -> Run:
    kinds = kinds_of(types)
    print(f"reading {len(truths)} files …", file=sys.stderr, flush=True)
    given = _read(truths)
    ours = [score(truth, given.get(truth.path.name), kinds) for truth in truths]
    print("reading them the plain way …", file=sys.stderr, flush=True)
    plain = [score(truth, _read_plainly(truth, types), kinds) for truth in truths]
    return Run(title, ours, plain)


def _read(truths: Sequence[Truth]) -> dict[str, dict[str, Any]]:
    by_password: dict[str | None, list[Path]] = defaultdict(list)
    for truth in truths:
        by_password[truth.password].append(truth.path)
    found: dict[str, dict[str, Any]] = {}
    for password, paths in by_password.items():
        found |= processed(paths, password)
    return found


def _read_plainly(truth: Truth, types: Mapping[str, DocumentType]) -> dict[str, Any] | None:
    try:
        pages = plain_text(truth.path, truth.password)
    except Exception as error:  # whatever pdfplumber and what it stands on make of a file
        print(f"{truth.path.name}: {type(error).__name__}", file=sys.stderr)
        return None
    return read_plainly(pages, types)


def kinds_of(types: Mapping[str, DocumentType]) -> Kinds:
    """The kind of each field, by its name."""
    return {rule.name: rule.kind for each in types.values() for rule in each.fields}


def fields_report(
    runs: Sequence[Run], times_ms: Sequence[float], bad: str | None
) -> tuple[str, bool]:
    """All tables, and whether the first set is read as is promised."""
    found = goals(runs[0].ours, times_ms)
    blocks = [f"Wanted of {_lower(runs[0].title)}:", goal_table(found)]
    blocks += [time_sentence(times_ms)] if times_ms else []
    blocks += [bad] if bad else []
    for run in runs:
        blocks += [
            f"### {run.title}",
            score_table(run.ours),
            "\n".join(f"- {said}" for said in sentences(run.ours)),
            reliability_table(run.ours),
            "Beside the plain reader:",
            comparison(run.ours, run.plain),
        ]
    return "\n\n".join(blocks), all(goal.is_met for goal in found)


def _lower(title: str) -> str:
    return title[0].lower() + title[1:]


def _section(command: str, body: str) -> str:
    return f"""## Fields

{circumstances(command)}

{body}

A value is right, wrong (the paper prints another), missed (none was given) or invented (the paper
prints none); P is right of those given, R right of those printed. One that follows from the paper
without being printed counts only where it is not right. Files of several papers are scored paper
by paper. TaxAI is `taxai process FILES --json`. The plain reader has the text that pdfplumber
extracts, takes the first of our titles in it for the type, and finds each field by one regular
expression a label of ours, its value behind it or on the next line
(`taxai_core/cli/plain_reader.py`). The time is measured in a fork for each file after its pages
were read.
"""
