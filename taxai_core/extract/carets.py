"""Lines whose fields are parted by carets, as text exports are printed: `1^192^28-Mar-2023^…`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..pdf.words import Ink

CARET = "^"
# A line with fewer is a sentence with a caret in it.
LEAST = 3


def is_parted(words: Sequence[Ink]) -> bool:
    """Is a line one of fields between carets?"""
    return sum(word.text.count(CARET) for word in words) >= LEAST


def fields_of(words: Iterable[Ink]) -> Iterator[list[Ink]]:
    """Yield the words of each field of a line; an empty field has none."""
    field: list[Ink] = []
    for word in words:
        at, width = 0, (word.x1 - word.x0) / max(1, len(word.text))
        for index, text in enumerate(word.text.split(CARET)):
            if index:
                yield field
                field = []
            if text:
                x0 = word.x0 + at * width
                field.append(replace(word, text=text, x0=x0, x1=x0 + len(text) * width))
            at += len(text) + 1
    yield field
