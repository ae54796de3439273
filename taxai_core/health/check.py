"""What is told of one part of TaxAI."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warn", "fail"]


@dataclass(frozen=True)
class Check:
    """One part of TaxAI: `ok`, `warn` where work goes on all the same, or `fail`.

    Nothing in it is personal: no name of a person or paper, no path, no address.
    """

    name: str
    state: State
    figure: str
    sentence: str
    todo: str = ""


def is_failing(checks: Iterable[Check]) -> bool:
    """Does any of them fail?"""
    return any(check.state == "fail" for check in checks)


def size(size_bytes: float) -> str:
    """`13 MB`, `1.9 GB`."""
    if size_bytes < 1e9:
        return f"{size_bytes / 1e6:.0f} MB"
    return f"{size_bytes / 1e9:.1f} GB"
