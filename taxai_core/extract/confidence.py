"""How sure a value is, as measured: of those given with 0.9 or more, 99 of 100 are right."""

from collections.abc import Sequence

from ..models import Check
from .choose import Choice

# Where the type of a paper is less sure, none of its values is surer than this: a bank's statement
# taken for a certificate has a right PAN, and yet its fields are not asked for.
SURE_TYPE, UNSURE = 0.85, 0.85


def confidence_of(
    choice: Choice, name: str, checks: Sequence[Check], type_confidence: float
) -> float:
    """The share of values found like this one that are right."""
    score = choice.option.score
    statuses = [check.status for check in checks if name in check.fields]
    if "fail" in statuses:
        score *= 0.7
    elif "pass" in statuses:
        score = 1 - (1 - score) * 0.3
    if choice.rival:
        score *= 0.8
    score *= 0.9 + 0.1 * choice.option.best.confidence
    return min(0.99 if type_confidence >= SURE_TYPE else UNSURE, score)
