"""What a machine is too small for, in sentences that say what would be enough."""

from collections.abc import Iterator

from ..model_sizes import SIZES
from .ladder import Machine, Rung
from .services import EXTRACT, SYSTEM_MB, gb, job_memory_mb


def given_up(
    machine: Machine, rungs: list[Rung], rung: Rung, extract_mb: int, left_mb: int
) -> Iterator[str]:
    """Say what is given up on this step of the ladder.

    Args:
        extract_mb: the cap of a worker.
        left_mb: what the system keeps.
    """
    yield from _of_model(machine, rungs, rung)
    if rung.workers == 1:
        enough = next((one.enough(machine) for one in rungs if one.workers == 2), None)
        yield "One worker: papers are read one after the other." + (
            f" A machine with {enough} has two."
            if enough
            else " A second processor brings another."
        )
    if extract_mb < EXTRACT.most_mb:
        yield (
            f"A document may take {gb(job_memory_mb(extract_mb))}, where a larger machine gives it "
            f"{gb(job_memory_mb(EXTRACT.most_mb))}: one that needs more fails and says so."
        )
    if left_mb < 0:
        yield f"The caps that were set are {gb(-left_mb)} more than there are: lower some."
    elif left_mb < SYSTEM_MB:
        yield f"Only {gb(left_mb)} are left for the system: run nothing else beside it."


def _of_model(machine: Machine, rungs: list[Rung], rung: Rung) -> Iterator[str]:
    model, largest = rung.model, rungs[-1].model
    if largest is None:
        return  # none is wanted
    if model is None:
        first = rungs[1]
        yield (
            "No model: what the rules leave open stays open for a person. The smallest needs a "
            f"machine with {first.enough(machine)}."
        )
    elif model != largest:
        better = next(one for one in rungs if one.model == largest)
        yield (
            f"A small model, {model.name}, which finds less: {largest.name} needs a machine with "
            f"{better.enough(machine)}."
        )
    if model is None or machine.gpu_holds(model):
        return
    if machine.gpu_bytes:
        yield (
            f"The graphics card's {gb(machine.gpu_bytes >> 20)} do not hold {model.name}: it runs "
            "on the processors in part and answers more slowly."
        )
    elif model.weights > SIZES[0].weights:
        yield (
            f"{model.name} is large for processors: an answer may take longer than it is waited "
            f"for. {SIZES[0].name} is faster."
        )
