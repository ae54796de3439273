"""`taxai bench ask`: what a model is asked and what it takes, beside asking it plainly."""

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ..ai.client import Limits, ModelClient
from ..ai.errors import ModelAwayError, ModelError
from ..ai.failures import told_as_ours
from ..ai.options import ModelOptions
from ..ai.server import ModelServer, probe
from ..errors import TaxAIError
from ..extract.vocabulary import Vocabulary
from ..jobs.model import model_options
from ..pipeline import known_types
from ..settings import get_settings
from .bench_ask_ours import ask_our_way, memory_of_one_token
from .bench_ask_papers import HiddenPaper, evenly, hidden_papers
from .bench_ask_plain import ask_plainly, plain_window
from .bench_ask_report import Run, ask_goals, ask_report, how_it_is_measured
from .bench_ask_result import Verdict, verdicts_of
from .bench_fields import FOLDER
from .field_truths import Truth, find_truths
from .report import circumstances, write_section
from .sample_papers import make_samples

# A runner ends within this after its model was unloaded.
UNLOAD_S = 10.0


def bench_ask(folder: Path | None, documents: int | None, limit_s: float, report: Path) -> int:
    """Ask about papers both ways, print and write it down.

    Args:
        documents: about so many at most; None for all.
        limit_s: after which a document is given up.

    Returns:
        1 where nothing could be measured or an aim is missed.
    """
    try:
        options, server = asked_server()
    except TaxAIError as error:
        print(error, file=sys.stderr)
        return 1
    types = known_types(get_settings().doctypes_path)
    with tempfile.TemporaryDirectory(prefix="taxai-bench-") as scratch:
        truths = sample_truths(folder, Path(scratch))
        print(f"reading {len(truths)} files …", file=sys.stderr, flush=True)
        found = hidden_papers(truths, types)
    papers = evenly(found, documents)
    if not papers:
        print("No paper has a field that could be hidden.", file=sys.stderr)
        return 1
    run = _run(papers, types, options, limit_s)
    body = ask_report(run)
    print(body)
    place = f"{' --folder DIR' if folder else ''}{f' --documents {documents}' if documents else ''}"
    command = f"./taxai bench ask{place} --limit-s {limit_s:g} --model {options.model}"
    known = f"{model_told(server, options)} {_told_papers(papers, len(found), len(truths))}"
    write_section("ask", _section(command, known, body, how_it_is_measured(limit_s)), report)
    return int(not all(goal.is_met for goal in ask_goals(run)))


def asked_server() -> tuple[ModelOptions, ModelServer]:
    """How the model is asked, and the server that has it.

    Raises:
        TaxAIError: what to do where there is none.
    """
    options = model_options(None)
    server = probe(options.url)
    if not server.answers:
        raise ModelAwayError()
    server.digest_of(options.model)
    return options, server


def sample_truths(folder: Path | None, scratch: Path) -> list[Truth]:
    """The sample papers: those of a folder, the shared ones, or some made here."""
    if folder or FOLDER.exists():
        return find_truths(folder or FOLDER)
    print("The shared sample papers are not here; those made here are read.", file=sys.stderr)
    return make_samples(scratch, 1)


def _run(
    papers: Sequence[HiddenPaper],
    types: Mapping[str, Vocabulary],
    options: ModelOptions,
    limit_s: float,
) -> Run:
    _say(f"asking about {len(papers)} documents …")
    unload(options)
    ours, answered = ask_our_way(papers, types, options, limit_s)
    raw: Counter[Verdict] = Counter()
    for paper, values in zip(papers, answered, strict=True):
        raw += verdicts_of(paper, values)
    _say("asking about them the plain way …")
    unload(options)
    window = plain_window(options)
    plain = ask_plainly(papers, options, limit_s, window)
    _say("loading the model with and without mmap …")
    memory = {}
    for is_mapped in (True, False):
        unload(options)
        memory[is_mapped] = memory_of_one_token(replace(options, use_mmap=is_mapped))
    unload(options)
    return Run(ours, plain, raw, memory, window)


def unload(options: ModelOptions) -> None:
    """Have the server give the model's memory back, and wait until it has."""
    ends, limits = time.monotonic() + UNLOAD_S, Limits(UNLOAD_S, UNLOAD_S)
    with (
        suppress(ModelError),
        told_as_ours(options),
        ModelClient(options.url, connect_s=options.connect_s, limits=lambda: limits) as client,
    ):
        client.generate(options.model, keep_alive=0)
        while time.monotonic() < ends and client.ps().models:
            time.sleep(0.1)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def model_told(server: ModelServer, options: ModelOptions) -> str:
    """Which server and model it is, and how TaxAI asks it."""
    names = (options.model, f"{options.model}:latest")
    model = next(one for one in server.models if one.name in names)
    kind = ", ".join(part for part in (model.parameter_size, model.quantization) if part)
    mapped = "on" if options.use_mmap else "off"
    return (
        f"Ollama {server.version}, {options.model} ({kind}); TaxAI asks with a window of"
        f" {options.num_ctx} tokens and `use_mmap` {mapped}."
    )


def _told_papers(papers: Sequence[HiddenPaper], found: int, files: int) -> str:
    hidden = sum(len(paper.rules) for paper in papers)
    return (
        f"{len(papers)} of the {found} documents (of {files} files) that lose a field, {hidden}"
        " fields hidden in them; one run."
    )


def _section(command: str, known: str, body: str, how: str) -> str:
    return f"## Asking a model\n\n{circumstances(command)} {known}\n\n{body}\n\n{how}\n"
