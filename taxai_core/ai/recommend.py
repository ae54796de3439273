"""Which model fits into the memory that the model server may use."""

from dataclasses import dataclass

MB = 1_000_000
# llama.cpp's buffers for a batch of 512 tokens, and the server itself.
COMPUTE_BYTES = 300 * MB


@dataclass(frozen=True)
class _Size:
    """A model in q4_K_M as Ollama's library has it, with a window of 8192 tokens."""

    name: str
    weights: int  # bytes on the disk
    cache: int  # bytes: 2 (key, value) x 2 (f16) x layers x KV heads x head size x 8192

    @property
    def needs(self) -> int:
        """Bytes to run it and to load it again.

        The weights count twice: mapped they are page cache, and since 0.13 Ollama takes what the
        cache holds of an earlier load for used when it asks whether they fit (ollama#15474).
        """
        return 2 * self.weights + self.cache + COMPUTE_BYTES


# The family knows JSON and copies numbers as printed; the largest that fits reads best.
# Layers x KV heads x head size: 36 x 2 x 128, 28 x 2 x 128, 24 x 2 x 64 (the models' config.json).
SIZES = (
    _Size("qwen2.5:3b", 1930 * MB, 302 * MB),
    _Size("qwen2.5:1.5b", 986 * MB, 235 * MB),
    _Size("qwen2.5:0.5b", 398 * MB, 101 * MB),
)


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
