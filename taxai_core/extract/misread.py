"""What a reader of pictures makes of labels: torn sections, another script as Latin letters."""

import re
from collections.abc import Iterator

from .piece import Piece
from .tokens import Token, tokens_of
from .vocabulary import Vocabulary

# `u/s 16(ii`, `Sec. 16()`
TORN_SECTION = re.compile(
    r"(?:\b(?:u/s|under section|section|sec)\b\.?\s*)?\b\d{1,3}\s?\((?:[ivx]*$|\s*\))", re.I
)
_STROKE = re.compile(r"\s*/\s+|\s+/")


def tokens_of_scan(text: str, vocabulary: Vocabulary) -> list[Token]:
    """The words of a scan; a section of which only a part was read would be another one's."""
    return vocabulary.repaired(tokens_of(TORN_SECTION.sub(lambda m: " " * len(m[0]), text)))


def behind_other_script(piece: Piece, vocabulary: Vocabulary) -> Iterator[list[Token]]:
    """The words that may be a label behind the same in another script, read as Latin letters.

    `fartty adf` over `Financial Year`, `34uf / Gross Pay`.
    """
    tokens = tokens_of_scan(piece.text, vocabulary)
    begins = {piece.lines[-1], *(m.end() for m in _STROKE.finditer(piece.text))}
    for begin in sorted(begins - {0}):
        before = [token.text for token in tokens if token.start < begin]
        behind = [token for token in tokens if token.start >= begin]
        if behind and not any(vocabulary.is_known(t) for t in before if t.isalpha()):
            yield behind
