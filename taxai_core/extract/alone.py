"""Papers about one kind only: their total is that kind's, as interest on term deposits."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..doctypes import DocumentType, Wording
from .candidate import Candidate
from .sheet import Sheet

# The total is read first: where it is printed, its kind may be read as well.
AS_TOTAL = 0.95
# A field with a value of its own needs no other.
OWN = 0.5
# How it is found, so that both may stand in one place.
BY = "alone"


def of_only_kind(
    sheet: Sheet, document_type: DocumentType, found: Sequence[Candidate]
) -> Iterator[Candidate]:
    """The totals of a page as those of the only kind that it speaks of."""
    for rule in document_type.fields:
        kind = rule.alone
        if kind is None or sheet.flow is None:
            continue
        if any(one.field == rule.name and one.score >= OWN for one in found):
            continue
        text = sheet.flow.text
        others = [p for p in sheet.pieces if kind.each and re.search(kind.each, p.text)]
        is_alone = all(_says(p.text, kind.said) for p in others) and not _says(text, kind.unsaid)
        if is_alone and _says(text, kind.said):
            for one in found:
                if one.field == kind.of:
                    yield replace(one, field=rule.name, by=BY).scored(AS_TOTAL)


def _says(text: str, wordings: Iterable[Wording]) -> bool:
    said = "|".join(r"\W+".join(map(re.escape, w.text.split())) for w in wordings)
    return bool(said) and re.search(rf"(?<!\w)(?:{said})(?!\w)", text, re.IGNORECASE) is not None
