"""How much memory a model needs: what the recommendation and the plan of a machine go by."""

import re
from dataclasses import dataclass

MB = 1_000_000
# llama.cpp's buffers for a batch of 512 tokens, and the server itself.
COMPUTE_BYTES = 300 * MB
# What a server holds in the machine's memory while a graphics card has the weights.
BESIDE_GPU_BYTES = 700 * MB


@dataclass(frozen=True)
class ModelSize:
    """A model in q4_K_M as Ollama's library has it, with a window of 8192 tokens."""

    name: str
    weights: int  # bytes on the disk
    cache: int  # bytes: 2 (key, value) x 2 (f16) x layers x KV heads x head size x 8192

    @property
    def works_in(self) -> int:
        """Bytes in use while it answers."""
        return self.weights + self.cache + COMPUTE_BYTES

    @property
    def needs(self) -> int:
        """Bytes to run it and to load it again.

        The weights count twice: mapped they are page cache, and since 0.13 Ollama takes what the
        cache holds of an earlier load for used when it asks whether they fit (ollama#15474).
        """
        return self.weights + self.works_in

    @property
    def needs_beside_gpu(self) -> int:
        """Bytes of the machine's memory where a graphics card holds it: the file is read through
        the page cache, which counts as used."""
        return self.weights + BESIDE_GPU_BYTES


# The family knows JSON and copies numbers as printed; the largest that fits reads best.
# Layers x KV heads x head size: 36 x 2 x 128, 28 x 2 x 128, 24 x 2 x 64 (the models' config.json).
SIZES = (
    ModelSize("qwen2.5:3b", 1930 * MB, 302 * MB),
    ModelSize("qwen2.5:1.5b", 986 * MB, 235 * MB),
    ModelSize("qwen2.5:0.5b", 398 * MB, 101 * MB),
)
# Too slow on processors for the 120 s of an answer, so only where a graphics card holds them:
# 48 x 8 x 128, 28 x 4 x 128.
FOR_GPU = (
    ModelSize("qwen2.5:14b", 8988 * MB, 1611 * MB),
    ModelSize("qwen2.5:7b", 4683 * MB, 470 * MB),
)
# For any other: a thousand million parameters are 610 to 650 MB (those above, llama3.1:8b), small
# models and those that see pictures have up to 400 MB more (gemma3:4b 3.3 GB); caches 61 to 205 MB.
BILLION_WEIGHTS, BILLION_CACHE, MORE_WEIGHTS = 700 * MB, 205 * MB, 400 * MB


def size_of(name: str) -> ModelSize | None:
    """How large a model is: as listed, else by the parameters in its name, else not known."""
    for size in FOR_GPU + SIZES:
        if size.name == name:
            return size
    found = re.search(r"[:\-](\d+(?:\.\d+)?)([bm])\b", name.casefold())
    if found is None:
        return None
    billions = float(found[1]) / (1 if found[2] == "b" else 1000)
    weights = MORE_WEIGHTS + int(billions * BILLION_WEIGHTS)
    return ModelSize(name, weights, int(billions * BILLION_CACHE))
