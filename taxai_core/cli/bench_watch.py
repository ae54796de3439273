"""What a way of reading takes of the machine, sampled once a second."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ..jobs.limits import held_memory
from ..observe.machine import Sampler
from .bench_scene import Standing

EVERY_S = 1.0
MODEL = "model server"


@dataclass
class Watch:
    """Peaks and means; those of the model server are nought where it cannot be seen.

    Processor shares are of all cores, memory counts what processes share once.
    """

    model_pid: int | None
    peak_mb: float = 0.0
    peak_model_mb: float = 0.0
    peak_machine_percent: float = 0.0
    cpu_percents: list[float] = field(default_factory=list)
    model_percents: list[float] = field(default_factory=list)
    _roots: Sequence[int] = ()
    _sampler: Sampler = field(default_factory=Sampler)

    def look_at(self, roots: Sequence[int]) -> None:
        """Watch these processes and all that they start, beside the model server."""
        self._roots = roots
        self._sampler = Sampler()

    def sample(self) -> None:
        """Take one sample."""
        model = {} if self.model_pid is None else {self.model_pid: MODEL}
        now = self._sampler.sample(model)
        self.cpu_percents.append(now.cpu_percent)
        for process in now.processes:
            self.model_percents.append(process.cpu_percent / now.cores)
        used = now.memory_used_bytes / now.memory_total_bytes
        self.peak_machine_percent = max(self.peak_machine_percent, 100 * used)
        model_mb = sum(_held_mb(pid) for pid in model)
        self.peak_model_mb = max(self.peak_model_mb, model_mb)
        self.peak_mb = max(self.peak_mb, model_mb + sum(map(_held_mb, self._roots)))


def until_over(look: Callable[[], Standing], limit_s: float, watch: Watch) -> float:
    """Sample until nothing is left to do or the time is over; returns how long that was."""
    start = time.monotonic()
    while (passed := time.monotonic() - start) < limit_s:
        time.sleep(EVERY_S)
        watch.sample()
        if look().is_over:
            return time.monotonic() - start
    return passed


def _held_mb(pid: int) -> float:
    return sum(held_memory(pid).values()) / (1 << 20)
