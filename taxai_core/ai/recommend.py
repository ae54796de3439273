"""Which model fits into the memory that the model server may use."""

from dataclasses import dataclass

from ..model_sizes import COMPUTE_BYTES, MB, SIZES


@dataclass(frozen=True)
class Recommendation:
    """A model, or None where none fits, and why, in a sentence for people."""

    model: str | None
    why: str


def recommend(memory_bytes: int) -> Recommendation:
    """Recommend the largest model that fits into `memory_bytes`."""
    for size in SIZES:
        if size.needs <= memory_bytes:
            return Recommendation(
                size.name,
                f"{size.name} needs {_gb(size.needs)} of the {_gb(memory_bytes)} that the model "
                f"server may use: {_gb(size.weights)} for its weights, as much again for the disk "
                f"cache they are read through, and {_gb(size.cache + COMPUTE_BYTES)} to work in.",
            )
    least = SIZES[-1]
    return Recommendation(
        None,
        f"The model server may use {_gb(memory_bytes)}, and {least.name}, the smallest model, "
        f"needs {_gb(least.needs)}. Give it more memory, or go on without a model.",
    )


def _gb(size: int) -> str:
    return f"{size / 1000 / MB:.1f} GB"
