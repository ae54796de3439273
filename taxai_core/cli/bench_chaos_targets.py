"""What of a running TaxAI can be killed, and is meant to come back."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import psutil

from ..observe.model_process import find_runner
from ..settings import get_settings


@dataclass(frozen=True)
class Target:
    """A process and what it is: `worker`, `reading` (a worker's child), `keeper`, `queue`."""

    name: str
    process: psutil.Process


def targets(system: psutil.Process) -> list[Target]:
    """All there are now; each kind once, so that the one queue is as likely as any worker."""
    found = list(_found(system))
    if get_settings().ollama_model and (runner := find_runner(get_settings().model_port)):
        found.append(Target("model", runner))
    return list({target.name: target for target in found}.values())


def _found(system: psutil.Process) -> Iterator[Target]:
    for process in system.children():
        with suppress(psutil.Error):
            words = " ".join(process.cmdline())
            if "worker.py keep" in words:
                yield Target("keeper", process)
            elif "worker.py ask" in words:
                yield Target("ask worker", process)
            elif "worker.py extract" in words:
                yield Target("worker", process)
                for child in process.children():
                    yield Target("reading", child)
            elif "unixsocket" in words:
                yield Target("queue", process)
