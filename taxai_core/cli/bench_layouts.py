"""`taxai bench fields --leave-one-layout-out`: what a layout's own words are worth."""

import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from ..doctypes import DocumentType, layouts_in, without_layout
from ..errors import TaxAIError
from ..extract.records import Records, vocabularies
from ..models import Page, Reading
from ..observe.machine import cpu_count
from ..settings import get_document_types
from .bench_fields import kinds_of
from .field_scores import Score, Tally, score, tally
from .field_times import read_pages
from .field_truths import Truth
from .report import as_table, circumstances, write_section
from .sample_papers import make_samples, seeds_told


class Drop(NamedTuple):
    """One layout, read with all definitions, and without the words that it brought.

    Where it brought none, both are the same.
    """

    layout: str
    brought_words: bool
    with_all: Tally
    without: Tally

    @property
    def drop(self) -> float:
        """What it costs in F1."""
        return self.with_all.f1 - self.without.f1


def bench_layouts(seeds: int, report: Path) -> int:
    """Score every layout both ways, print and write it down; return 1 where no papers are made."""
    types, seeds = get_document_types(), max(1, seeds)
    by_layout: dict[str, list[Truth]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="taxai-bench-") as scratch:
        for truth in make_samples(Path(scratch), seeds):
            by_layout[truth.layout].append(truth)
        if not by_layout:
            return 1
        print(f"reading papers of {len(by_layout)} layouts …", file=sys.stderr, flush=True)
        with ProcessPoolExecutor(cpu_count()) as pool:
            drops = list(pool.map(partial(drop_of, types), by_layout, by_layout.values()))
    body = drop_report(drops)
    print(body)
    command = f"./taxai bench fields --leave-one-layout-out --seeds {seeds}"
    write_section("layouts", _section(circumstances(command), seeds, body), report)
    return 0


def drop_of(types: Mapping[str, DocumentType], layout: str, truths: Sequence[Truth]) -> Drop:
    """Score one layout's papers, each read once."""
    pages = [_pages(truth) for truth in truths]
    brought = layout in layouts_in(types)
    with_all = tally(_scores(truths, pages, types))
    if not brought:
        return Drop(layout, False, with_all, with_all)
    fewer = without_layout(types, layout)
    return Drop(layout, True, with_all, tally(_scores(truths, pages, fewer)))


def drop_report(drops: Sequence[Drop]) -> str:
    """A row a layout that brought words, and the means over all that print fields."""
    rows = [
        [one.layout, f"{one.with_all.f1:.3f}", f"{one.without.f1:.3f}", f"{one.drop:.3f}"]
        for one in drops
        if one.brought_words
    ]
    scored = [one for one in drops if one.with_all.printed]
    for name, some in [
        (f"**mean of all {len(scored)}**", scored),
        (f"**mean of these {len(rows)}**", [one for one in scored if one.brought_words]),
    ]:
        if some:
            figures = (
                mean(one.with_all.f1 for one in some),
                mean(one.without.f1 for one in some),
                mean(one.drop for one in some),
            )
            rows.append([name, *(f"{figure:.3f}" for figure in figures)])
    return as_table(["layout", "F1", "F1 without its words", "drop"], rows)


def _pages(truth: Truth) -> list[Page]:
    try:
        return read_pages(truth.path, truth.password)
    except TaxAIError:
        return []


def _scores(
    truths: Sequence[Truth], pages: Sequence[Sequence[Page]], types: Mapping[str, DocumentType]
) -> list[Score]:
    kinds, known = kinds_of(types), vocabularies(types)
    found = []
    for truth, each in zip(truths, pages, strict=True):
        records = Records(known)
        for page in each:
            records.add(page)
        reading = Reading(sha256="", pages=list(each), records=records.finish())
        found.append(score(truth, reading.as_contract(truth.path.name), kinds))
    return found


def _section(told: str, seeds: int, body: str) -> str:
    return f"""## Layouts left out

{told}

Papers of every layout of tests/corpus ({seeds_told(seeds)}), read with all definitions, and
without the wordings that the definitions mark with this layout: those that no other paper led to.
The rows are the layouts that have such wordings; the others lose nothing.

{body}
"""
