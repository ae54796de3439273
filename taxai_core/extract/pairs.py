"""Two labels in one and two values beside or below them: `Name / PRAN`, `A. Rao / 110012345678`."""

import re
from collections.abc import Iterator, Sequence

from .candidate import Candidate, candidate
from .found import Value, value_in
from .names import name_in
from .piece import Piece
from .sheet import Sheet
from .tokens import tokens_of
from .vocabulary import Vocabulary

# How surely each value is its label's, and how surely each part must be a label.
PAIRED, LABEL = 0.9, 0.9
_STROKE = re.compile(r"\s*/\s*|\s+&\s+|\s+and\s+", re.IGNORECASE)
_VALUES = re.compile(r"\s+/\s*|\s*/\s+|\s*[|;]\s*")


def in_pairs(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """The values of labels that are printed together, in their order."""
    for piece in sheet.pieces:
        fields = _fields(piece, vocabulary)
        if len(fields) < 2:
            continue
        for beside in (*sheet.right_of(piece)[:1], *sheet.below(piece)[:1]):
            parts = list(_parts(beside.text))
            if len(parts) == len(fields):
                yield from _values(sheet, vocabulary, beside, fields, parts)
                break


def _fields(piece: Piece, vocabulary: Vocabulary) -> Sequence[str | None]:
    """The field of each label; none where a part is no label, or all are of one field."""
    texts = [text.strip(" :-") for text in _STROKE.split(piece.text.rstrip(" :-"))]
    if not 2 <= len(texts) <= 3 or any(not text for text in texts):
        return []
    found = [vocabulary.best(tokens_of(text)) for text in texts]
    sure = [match for match in found if match and match.score >= LABEL]
    fields = [match.label.field for match in sure]
    return fields if len(sure) == len(texts) and len(set(fields)) == len(fields) else []


def _parts(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for stroke in _VALUES.finditer(text):
        yield at, text[at : stroke.start()]
        at = stroke.end()
    yield at, text[at:]


def _values(
    sheet: Sheet,
    vocabulary: Vocabulary,
    piece: Piece,
    fields: Sequence[str | None],
    parts: Sequence[tuple[int, str]],
) -> Iterator[Candidate]:
    for field, (start, text) in zip(fields, parts, strict=True):
        rule = vocabulary.document_type.field(field or "")
        if rule is None:
            continue
        value: Value | None
        if rule.kind == "name":
            value = name_in(rule, text, vocabulary)
        else:
            value = value_in(rule, text, is_scan=sheet.is_scan, whole=rule.kind == "amount")
        words = value and piece.words_at(value.start + start, value.end + start)
        if value and words:
            yield candidate(
                sheet, rule.name, value.text, piece, words, PAIRED, "paired", value.note
            )
