"""How a machine is shared between the services: caps, reservations, workers, and which model."""

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from ..errors import MachineTooSmallError, ModelTooLargeError
from ..model_sizes import BESIDE_GPU_BYTES, FOR_GPU, SIZES, ModelSize, size_of
from .given_up import given_up
from .ladder import Machine, Rung, ladder
from .services import (
    EXTRACT,
    EXTRAS,
    MOST_EXTRACT_MB,
    OLLAMA,
    SMALL,
    SMALL_LEAST_MB,
    SMALL_MOST_MB,
    Service,
    gb,
    job_memory_mb,
)

# Said in place of a model's name where none is wanted.
NO_MODEL = "none"


@dataclass(frozen=True)
class Share:
    """What one service may use; of `extract`, each of its `replicas`.

    Memory in MB of 1024 x 1024 bytes; the reservation is what it keeps when memory is short.
    """

    name: str
    replicas: int
    memory_mb: int
    memory_reserved_mb: int
    expected_mb: int
    cpus: float
    cpus_reserved: float

    @property
    def cpu_shares(self) -> int:
        """What it keeps when processors are short, as the kernel weighs it: 1024 for each."""
        return max(2, round(1024 * self.cpus_reserved))


@dataclass(frozen=True)
class Plan:
    """How one machine is shared; `given_up` says in sentences what a larger one would have."""

    memory_mb: int
    cpus: float
    gpu_mb: int
    shares: tuple[Share, ...]
    model: str | None
    job_memory_mb: int
    redis_maxmemory_mb: int
    left_mb: int
    given_up: tuple[str, ...]

    def share(self, name: str) -> Share:
        """The share of one service."""
        return next(share for share in self.shares if share.name == name)

    @property
    def workers(self) -> int:
        """How many documents are read at once."""
        return self.share("extract").replicas

    @property
    def model_threads(self) -> int:
        """As many as the server has processors: more would be throttled."""
        return max(1, int(self.share("ollama").cpus))

    @property
    def expected_mb(self) -> int:
        """The peak of all services together in ordinary work."""
        return sum(share.replicas * share.expected_mb for share in self.shares)


def plan(
    memory_bytes: int,
    cpus: float,
    gpu_bytes: int = 0,
    model: str | None = None,
    extras: Collection[str] = (),
    caps: Mapping[str, int] = MappingProxyType({}),
) -> Plan:
    """Share a machine.

    Args:
        memory_bytes: of the machine; with Docker Desktop, of its virtual machine.
        gpu_bytes: of the graphics card that the model server may use.
        model: the one that is wanted, or `NO_MODEL`; else the largest that fits.
        extras: which of `EXTRAS` run as well.
        caps: what somebody has set for a service, in MB, in place of what the plan would give it.

    Raises:
        MachineTooSmallError: not even one worker without a model fits.
        ModelTooLargeError: the wanted model does not fit beside one worker.
    """
    extras_mb = sum(EXTRAS[name].most_mb for name in extras)
    machine = Machine(memory_bytes >> 20, cpus, gpu_bytes, extras_mb)
    size = size_of(model) if model else None
    if model == NO_MODEL:
        rungs = ladder(cpus, [None])
    else:
        rungs = ladder(cpus, [size] if size else _models(machine))
    rung = _highest(machine, rungs)
    if rung is None:
        raise _too_small(machine, size)
    shares = [_capped(share, caps) for share in _shared(machine, rung, extras)]
    left_mb = machine.memory_mb - sum(share.replicas * share.memory_mb for share in shares)
    extract_mb = next(share.memory_mb for share in shares if share.name == "extract")
    sentences = [*given_up(machine, rungs, rung, extract_mb, left_mb)]
    name = rung.model.name if rung.model else None
    if model and name and not size:
        sentences.append(f"{model} does not say how large it is: it has the memory of {name}.")
        name = model
    return Plan(
        memory_mb=machine.memory_mb,
        cpus=cpus,
        gpu_mb=gpu_bytes >> 20,
        shares=tuple(shares),
        model=name,
        job_memory_mb=job_memory_mb(extract_mb),
        # Half of the cap: while the append-only file is written anew, a fork copies what changes.
        redis_maxmemory_mb=shares[0].memory_mb // 2,
        left_mb=left_mb,
        given_up=tuple(sentences),
    )


def _models(machine: Machine) -> list[ModelSize | None]:
    """None, and those that come into question, the smallest first."""
    held = [size for size in FOR_GPU if machine.gpu_holds(size)]
    return [None, *sorted((*SIZES, *held), key=lambda size: size.weights)]


def _highest(machine: Machine, rungs: list[Rung]) -> Rung | None:
    return next((rung for rung in reversed(rungs) if rung.fits(machine)), None)


def _too_small(
    machine: Machine, wanted: ModelSize | None
) -> MachineTooSmallError | ModelTooLargeError:
    here = gb(machine.memory_mb)
    rungs = ladder(machine.cpus, _models(machine))
    rung = _highest(machine, rungs)
    if rung is None or wanted is None:
        return MachineTooSmallError(here, rungs[0].enough(machine))
    enough = Rung(wanted, 1).enough(machine)
    fits = rung.model.name if rung.model else "no model"
    return ModelTooLargeError(wanted.name, enough, here, fits)


def _shared(machine: Machine, rung: Rung, extras: Collection[str]) -> list[Share]:
    """Give each service its least, then what is spare to those that are the better for it."""
    workers, worker_mb, ollama_mb = rung.workers, EXTRACT.least_mb, rung.ollama_mb(machine)
    small_mb = machine.small_mb
    room_mb = machine.room_mb - small_mb - workers * worker_mb - ollama_mb
    left_mb = min(machine.system_mb, room_mb)
    spare_mb = room_mb - left_mb
    more_mb = min(spare_mb // workers, EXTRACT.most_mb - worker_mb)
    worker_mb, spare_mb = worker_mb + more_mb, spare_mb - workers * more_mb
    more_mb = min(spare_mb, rung.ollama_most_mb(machine) - ollama_mb)
    ollama_mb, spare_mb = ollama_mb + more_mb, spare_mb - more_mb
    more_mb = min(spare_mb // workers, MOST_EXTRACT_MB - worker_mb)
    worker_mb, spare_mb = worker_mb + more_mb, spare_mb - workers * more_mb
    return [
        *_small(machine.cpus, small_mb),
        _share("extract", EXTRACT, worker_mb, machine.cpus, workers),
        _ollama(machine, rung, ollama_mb),
        *(_share(name, EXTRAS[name], EXTRAS[name].most_mb, machine.cpus) for name in extras),
    ]


def _capped(share: Share, caps: Mapping[str, int]) -> Share:
    if share.name not in caps:
        return share
    part = share.memory_reserved_mb / share.memory_mb
    memory_mb = caps[share.name]
    return replace(share, memory_mb=memory_mb, memory_reserved_mb=int(memory_mb * part))


def _small(cpus: float, together_mb: int) -> Iterator[Share]:
    part = (together_mb - SMALL_LEAST_MB) / (SMALL_MOST_MB - SMALL_LEAST_MB)
    for name, service in SMALL.items():
        memory_mb = service.least_mb + int(part * (service.most_mb - service.least_mb))
        yield _share(name, service, memory_mb, cpus)


def _ollama(machine: Machine, rung: Rung, memory_mb: int) -> Share:
    """Whole processors, because the model runs as many threads; of four or more one is left."""
    share = _share("ollama", OLLAMA, memory_mb, machine.cpus)
    cpus = max(math.floor(machine.cpus) - (machine.cpus >= 4), min(machine.cpus, 1))
    if rung.model is None:
        return replace(share, cpus=cpus)
    held = machine.gpu_holds(rung.model)
    works_in = BESIDE_GPU_BYTES if held else rung.model.works_in
    return replace(share, cpus=cpus, expected_mb=-(-works_in >> 20))


def _share(name: str, service: Service, memory_mb: int, cpus: float, replicas: int = 1) -> Share:
    most_cpus = min(service.most_cpus, cpus)
    reserved = min(cpus * service.share_of_cpus / replicas, most_cpus)
    return Share(
        name=name,
        replicas=replicas,
        memory_mb=memory_mb,
        memory_reserved_mb=int(memory_mb * service.reserved),
        expected_mb=service.expected_mb,
        cpus=most_cpus,
        cpus_reserved=math.floor(100 * reserved) / 100,
    )
