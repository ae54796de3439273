"""Which model is recommended for how much memory."""

import pytest

from taxai_core.ai.recommend import recommend
from taxai_core.model_sizes import SIZES

GB = 1 << 30


@pytest.mark.parametrize(
    ("memory_gb", "model"),
    [
        (0.5, None),
        (1.0, None),
        (1.5, "qwen2.5:0.5b"),
        (2.2, "qwen2.5:0.5b"),
        (3.0, "qwen2.5:1.5b"),
        (4.0, "qwen2.5:1.5b"),
        (5.0, "qwen2.5:3b"),
        (64.0, "qwen2.5:3b"),
    ],
)
def test_the_largest_that_fits_is_recommended(memory_gb: float, model: str | None) -> None:
    assert recommend(int(memory_gb * GB)).model == model


def test_the_reason_tells_the_memory_it_needs_and_what_there_is() -> None:
    why = recommend(5 * GB).why

    assert why.startswith("qwen2.5:3b needs 4.2 GB of the 5.0 GB")


def test_too_little_memory_is_said() -> None:
    why = recommend(900 << 20).why

    assert "900 MB" in why
    assert "Give it more memory" in why


def test_a_smaller_model_needs_less() -> None:
    assert sorted(SIZES, key=lambda size: -size.needs) == list(SIZES)
