"""Which model fits into the memory that the model server may use."""

from dataclasses import dataclass

from ..model_sizes import COMPUTE_BYTES, SIZES
from ..sizes import memory_size


@dataclass(frozen=True)
class Recommendation:
    """A model, or None where none fits, and why, in a sentence for people."""

    model: str | None
    why: str


def recommend(memory_bytes: int) -> Recommendation:
    """Recommend the largest model that fits into `memory_bytes`."""
    given = memory_size(memory_bytes)
    for size in SIZES:
        if size.needs <= memory_bytes:
            works_in = memory_size(size.cache + COMPUTE_BYTES)
            return Recommendation(
                size.name,
                f"{size.name} needs {memory_size(size.needs)} of the {given} that the model server "
                f"may use: {memory_size(size.weights)} for its weights, as much again for the disk "
                f"cache they are read through, and {works_in} to work in.",
            )
    least = SIZES[-1]
    return Recommendation(
        None,
        f"The model server may use {given}, and {least.name}, the smallest model, needs "
        f"{memory_size(least.needs)}. Give it more memory, or go on without a model.",
    )
