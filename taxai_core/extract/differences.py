"""Labels that say how an amount is made: `Gross earnings - Total deductions` is the net pay."""

import re
from collections.abc import Sequence

from ..doctypes import DocumentType
from .label import Label
from .vocabulary import Match

_MINUS = re.compile(r"\s*[)\]]?\s*[-–—−]\s*[(\[]?\s*")


def difference(
    document_type: DocumentType, between: str, first: Sequence[Match], second: Sequence[Match]
) -> Match | None:
    """What one label less the next one is, by the sums that papers of the type must hold.

    Args:
        between: the text from the end of the one to the beginning of the other.
    """
    if not _MINUS.fullmatch(between):
        return None
    fields = [match.label.field for match in (first[0], second[0])]
    for check in document_type.checks:
        if check.equals and [*check.plus, *check.minus] == fields and len(check.minus) == 1:
            words = first[0].label.words | second[0].label.words
            score = min(first[0].score, second[0].score)
            return Match(Label(check.equals, words), score)
    return None
