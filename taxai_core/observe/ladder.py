"""Which models and how many workers a machine bears: a ladder whose every step needs more."""

from dataclasses import dataclass

from ..model_sizes import ModelSize
from .services import (
    EXTRACT,
    OLLAMA,
    SMALL_LEAST_MB,
    SMALL_MOST_MB,
    SYSTEM_LEAST_MB,
    gb,
    most_workers,
    system_mb,
)

# The queue, the pages, the asker and the keeper have an eighth, too.
SMALL_SHARE = 8
# The driver and what else the card shows keep a tenth of its memory.
OF_GPU = 0.9
# Caps are multiples of this where that costs nothing.
STEP_MB = 64


@dataclass(frozen=True)
class Machine:
    """What there is to share. `extras_mb` is what services beside the usual ones take."""

    memory_mb: int
    cpus: float
    gpu_bytes: int
    extras_mb: int

    @property
    def room_mb(self) -> int:
        """For the usual services and the system."""
        return self.memory_mb - self.extras_mb

    @property
    def system_mb(self) -> int:
        """For the system, where that much can be left to it."""
        return system_mb(self.room_mb)

    @property
    def small_mb(self) -> int:
        """For the small services together."""
        return min(max(self.room_mb // SMALL_SHARE, SMALL_LEAST_MB), SMALL_MOST_MB)

    def gpu_holds(self, size: ModelSize) -> bool:
        """Is the whole model in the graphics card's memory?"""
        return size.works_in <= self.gpu_bytes * OF_GPU


@dataclass(frozen=True)
class Rung:
    """A model, or none, beside a number of workers."""

    model: ModelSize | None
    workers: int

    def ollama_mb(self, machine: Machine) -> int:
        """The least cap of a server that runs the model."""
        if self.model is None:
            return OLLAMA.least_mb
        held = machine.gpu_holds(self.model)
        needs = self.model.needs_beside_gpu if held else self.model.needs
        return -(-needs // (STEP_MB << 20)) * STEP_MB

    def ollama_most_mb(self, machine: Machine) -> int:
        """Its cap where there is enough."""
        least_mb = self.ollama_mb(machine)
        if self.model is None or machine.gpu_holds(self.model):
            return least_mb
        return max(least_mb, OLLAMA.most_mb)

    def needed_mb(self, machine: Machine) -> int:
        """What a machine must have for it; a third worker comes when all else has enough."""
        if self.workers > 2:
            services = self.workers * EXTRACT.most_mb + self.ollama_most_mb(machine)
        else:
            services = self.workers * EXTRACT.least_mb + self.ollama_mb(machine)
        is_least = self.model is None and self.workers == 1
        system = SYSTEM_LEAST_MB if is_least else machine.system_mb
        return services + system + machine.small_mb + machine.extras_mb

    def fits(self, machine: Machine) -> bool:
        """Does the machine bear it?"""
        return self.needed_mb(machine) <= machine.memory_mb

    def enough(self, machine: Machine) -> str:
        """How much memory such a machine needs for it."""
        memory_mb = 1024
        while not self.fits(Machine(memory_mb, machine.cpus, machine.gpu_bytes, machine.extras_mb)):
            memory_mb += 512
        return gb(memory_mb)


def ladder(cpus: float, models: list[ModelSize | None]) -> list[Rung]:
    """All steps, the one that needs least first.

    A second worker comes before the third model, and a third worker after the last.
    """
    most = most_workers(cpus)
    alone = [Rung(model, 1) for model in models[:3]]
    two = [Rung(model, min(2, most)) for model in models[2:] or models[-1:]]
    return alone + two + [Rung(models[-1], workers) for workers in range(3, most + 1)]
