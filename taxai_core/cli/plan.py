"""`taxai plan`: how this or another machine is shared between the services."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict

from ..errors import TaxAIError
from ..observe.machine import cpu_count, memory_total_bytes
from ..observe.plan import Plan, Share, plan
from ..observe.services import EXTRAS, SMALL, gb

# Characters for a whole machine.
BAR = 40


def show_plan(args: argparse.Namespace) -> int:
    """Print the plan; return 1 where the machine is too small for what is wanted."""
    caps = {name: size >> 20 for name, size in args.cap}
    if unknown := caps.keys() - {*SMALL, *EXTRAS, "extract", "ollama"}:
        print(f"No service is called {', '.join(sorted(unknown))}.", file=sys.stderr)
        return 2
    try:
        made = plan(
            args.memory or memory_total_bytes(),
            args.cpus or cpu_count(),
            args.gpu,
            args.model,
            ["postgres"] * args.postgres + ["prometheus", "grafana"] * args.observe,
            caps,
        )
    except TaxAIError as error:
        print(error, file=sys.stderr)
        return 1
    if args.json:
        figures = asdict(made) | {"workers": made.workers, "expected_mb": made.expected_mb}
        print(json.dumps(figures, ensure_ascii=False))
    else:
        print("\n".join(_environment(made) if args.env else _table(made)))
    return 0


def _environment(made: Plan) -> Iterator[str]:
    """The lines of docker/.env."""
    yield f"OLLAMA_MODEL={made.model or ''}"
    yield f"OLLAMA_THREADS={made.model_threads}"
    yield f"OLLAMA_MEMORY_MB={made.share('ollama').memory_mb}"
    yield f"EXTRACT_WORKERS={made.workers}"
    yield f"JOB_MEMORY_MB={made.job_memory_mb}"
    yield f"REDIS_MAXMEMORY={made.redis_maxmemory_mb}mb"
    for share in made.shares:
        name = share.name.upper()
        yield f"{name}_MEMORY={share.memory_mb}m"
        yield f"{name}_MEMORY_RESERVED={share.memory_reserved_mb}m"
        yield f"{name}_CPUS={share.cpus:.2f}"
        yield f"{name}_CPUS_RESERVED={share.cpus_reserved:.2f}"
        yield f"{name}_CPU_SHARES={share.cpu_shares}"


def _table(made: Plan) -> Iterator[str]:
    card = f", a graphics card with {gb(made.gpu_mb)}" if made.gpu_mb else ""
    yield f"{gb(made.memory_mb)} of memory, {made.cpus:g} processors{card}"
    yield ""
    yield f"{'service':<12}{'at most':>13}{'reserved':>10}{'expected':>10}{'processors':>12}"
    for share in made.shares:
        yield _line(made, share)
    yield f"{'the system':<12}{_short(made.left_mb):>13}{'':>34}{_bar(made, made.left_mb)}"
    yield ""
    yield f"Model            {made.model or 'none'}"
    yield f"Read at once     {made.workers}, each of at most {gb(made.job_memory_mb)}"
    yield f"Expected peak    {gb(made.expected_mb)}"
    if made.given_up:
        yield ""
        yield "Given up on this machine:"
        yield from (f"- {sentence}" for sentence in made.given_up)


def _line(made: Plan, share: Share) -> str:
    times = f"{share.replicas} × " if share.replicas > 1 else ""
    most, reserved, expected = map(
        _short, (share.memory_mb, share.memory_reserved_mb, share.expected_mb)
    )
    figures = f"{times + most:>13}{reserved:>10}{expected:>10}{share.cpus:>12g}"
    return f"{share.name:<12}{figures}  {_bar(made, share.replicas * share.memory_mb)}"


def _bar(made: Plan, memory_mb: int) -> str:
    part = memory_mb / made.memory_mb
    return f"{'█' * max(round(part * BAR), 1)} {part:.0%}"


def _short(memory_mb: int) -> str:
    return gb(memory_mb) if memory_mb >= 1024 else f"{memory_mb} MB"
