"""PANs and TANs that no label announces: their form tells what they are, and half tells whose."""

from collections.abc import Iterator

from .. import values
from ..doctypes import DocumentType, FieldRule
from .candidate import Candidate, candidate
from .found import REPAIRED
from .piece import Piece
from .sheet import Sheet

# The only one of its kind on a page is the paper's; not as surely as one with a label.
ONLY_ONE = 0.56


def numbers_without_label(
    sheet: Sheet, document_type: DocumentType, strange: set[str]
) -> Iterator[Candidate]:
    """The only PAN of a person or a body, and the only TAN, that a page prints.

    Args:
        strange: numbers that a label says are somebody else's.
    """
    rules = [rule for rule in document_type.fields if rule.kind in ("pan", "tan")]
    for kind in sorted({rule.kind for rule in rules}):
        found = [one for one in _numbers(sheet, kind) if one[1] not in strange]
        for rule in rules:
            fitting = [one for one in found if rule.kind == kind and is_holder(rule, one[1])]
            if len({value for _, value, _, _ in fitting}) == 1:
                for piece, value, (start, end), note in fitting:
                    words = piece.words_at(start, end)
                    yield candidate(sheet, rule.name, value, piece, words, ONLY_ONE, "only", note)


def numbers_on(sheet: Sheet) -> set[str]:
    """All PANs and TANs of a page."""
    return {value for kind in ("pan", "tan") for _, value, _, _ in _numbers(sheet, kind)}


def is_holder(rule: FieldRule, value: str) -> bool:
    """Is it a PAN of the kind of holder that the field is of? P is a person's."""
    return (
        rule.kind != "pan" or rule.holder is None or (value[3] == "P") == (rule.holder == "person")
    )


def _numbers(sheet: Sheet, kind: str) -> list[tuple[Piece, str, tuple[int, int], str]]:
    repair = values.repair_pan if kind == "pan" else values.repair_tan
    found = []
    for piece in sheet.pieces:
        for start, end, value in values.find_values(kind, piece.text):
            found.append((piece, value, (start, end), ""))
        if sheet.is_scan:
            for start, word in zip(piece.starts, piece.words, strict=True):
                repaired = repair(word.text)
                if repaired and repaired[1]:
                    place = (start, start + len(word.text))
                    found.append((piece, repaired[0], place, REPAIRED))
    return found
