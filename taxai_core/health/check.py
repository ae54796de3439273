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
