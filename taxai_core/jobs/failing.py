"""Saving why work failed, and counting that it did."""

from ..errors import TaxAIError
from .kinds import TRIAL, Kind, W
from .sums import Tally
from .workplace import get_store


def fail(kind: Kind[W], row_id: str, run: int, error: TaxAIError) -> bool:
    """Save in a row why its work failed; False where its run is superseded or has ended already.

    A trial has no row: what is told of it is told again, and not counted.
    """
    if not kind.fail(get_store(), row_id, run, error):
        return False
    if kind is not TRIAL:
        Tally().ended(kind.name, "failed", error.code).write()
    return True
