"""`taxai bench before-after`: the predecessor's scenario, and TaxAI on the same papers."""

import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from ..ai.options import ModelOptions
from ..errors import TaxAIError
from ..runtime.checks import CannotStartError
from ..settings import get_document_types, get_settings
from .bench_after import run_after
from .bench_ask import asked_server, model_told, sample_truths, unload
from .bench_ask_memory import server_pid
from .bench_before import WORKERS, run_before
from .bench_before_after_report import before_after_section, before_after_table
from .bench_scene import ANNEXURE_PAGES, Result, ScenePaper, scene_papers
from .bench_watch import Watch
from .report import write_section

DOCUMENTS = 24


def bench_before_after(
    folder: Path | None,
    documents: int,
    minutes: float,
    report: Path,
    *,
    annexures: tuple[int, ...] = ANNEXURE_PAGES,
) -> int:
    """Read papers both ways, one after the other; print and write it down.

    Args:
        folder: of papers with their truth; None for the shared ones, or some made here.
        documents: so many at most.
        minutes: that each way has.
        annexures: pages of what is put behind some papers.

    Returns:
        1 where nothing could be measured.
    """
    try:
        options, server = asked_server()
    except TaxAIError as error:
        print(error, file=sys.stderr)
        return 1
    workers, types = get_settings().workers, get_document_types()
    with tempfile.TemporaryDirectory(prefix="taxai-bench-") as scratch:
        truths = sample_truths(folder, Path(scratch))
        if not truths:
            print("There are no papers to read.", file=sys.stderr)
            return 1
        papers = scene_papers(truths, types, documents, annexures, Path(scratch))
        try:
            before = _run(
                f"before: {WORKERS} workers, no caps, no slot", options, papers, minutes, run_before
            )
            after = _run(
                f"after: TaxAI, workers: {workers}",
                options,
                papers,
                minutes,
                partial(run_after, workers=workers),
            )
        except CannotStartError as error:
            print(error, file=sys.stderr)
            return 1
    table = before_after_table(papers, before, after)
    print(table)
    place = f"{' --folder DIR' if folder else ''} --documents {documents} --minutes {minutes:g}"
    command = f"./taxai bench before-after{place} --model {options.model}"
    told = model_told(server, options)
    section = before_after_section(command, told, table, papers, minutes, workers)
    write_section("before-after", section, report)
    return 0


def _run(
    title: str,
    options: ModelOptions,
    papers: list[ScenePaper],
    minutes: float,
    way: Callable[[list[ScenePaper], ModelOptions, float, Watch], Result],
) -> tuple[Result, Watch]:
    print(f"{title}, {len(papers)} papers …", file=sys.stderr, flush=True)
    unload(options)
    watch = Watch(server_pid(options.url))
    try:
        return way(papers, options, 60 * minutes, watch), watch
    finally:
        unload(options)
