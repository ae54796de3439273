"""The labels, sentences and titles of a definition, taken apart into words once for all papers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ..doctypes import DocumentType, FieldRule, Wording
from ..doctypes.wording import common_words
from .tokens import tokens_of, words_of

# What `Heading > Label` and `Row | Column` are divided by.
UNDER, CROSS = " > ", " | "
# A label's field, heading and column.
Meaning = tuple[str | None, frozenset[str] | None, frozenset[str] | None]
# The place of the value in a sentence.
BLANK = "{}"
# Between two words of a sentence at most one more may stand.
SKIP = 2
WORD = re.compile(r"\w+")
# Words in the order in which they are printed.
Ordered = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Label:
    """Words that stand for a field, or with None for something that is no field of ours."""

    field: str | None
    words: frozenset[str]
    heading: frozenset[str] | None = None
    column: frozenset[str] | None = None
    is_opposite: bool = False  # a yes under it means no
    text: str = ""  # as issuers print it

    @property
    def meaning(self) -> Meaning:
        """What it stands for, and where."""
        return self.field, self.heading, self.column

    @property
    def is_plain(self) -> bool:
        """Does it stand for the same wherever it is?"""
        return not self.heading and not self.column

    @property
    def is_one_word(self) -> bool:
        """Is it one word, and no section?"""
        return len(self.words) == 1 and not next(iter(self.words)).startswith("§")


def labels_of(document_type: DocumentType) -> Iterator[Label]:
    """All labels of a type, those of its fields first."""
    for rule in document_type.fields:
        for wording in rule.labels:
            yield from _label(rule, wording)
        for wording in rule.opposite_labels:
            words = words_of(wording.text)
            yield Label(rule.name, words, is_opposite=True, text=wording.text)
        for section in rule.sections:
            yield Label(rule.name, words_of(f"section {section}"))
    for wording in document_type.other_labels:
        heading, _, label = wording.text.rpartition(UNDER)
        if words := words_of(label):
            yield Label(None, words, words_of(heading) or None, text=label)


def by_word(labels: Iterable[Label]) -> dict[str, list[Label]]:
    """The labels that have a word, in their order."""
    found: dict[str, list[Label]] = {}
    for label in labels:
        for word in label.words:
            found.setdefault(word, []).append(label)
    return found


class Sentence(NamedTuple):
    """A sentence that says a field's value; `needed` is what a text has that holds it."""

    rule: FieldRule
    text: str
    needed: frozenset[str]


def sentences_of(document_type: DocumentType) -> list[Sentence]:
    """All sentences of a type, in the order of its fields."""
    return [
        Sentence(rule, wording.text, frozenset().union(*map(_needed, wording.text.split(BLANK))))
        for rule in document_type.fields
        for wording in rule.prose
    ]


@lru_cache(maxsize=500)
def neighbours_in(text: str) -> frozenset[str]:
    """The words of a text, and each two of them that stand together or with one between."""
    words = WORD.findall(text.casefold())
    found = set(words)
    for distance in range(1, SKIP + 1):
        found.update([f"{a} {b}" for a, b in zip(words, words[distance:], strict=False)])
    return frozenset(found)


class Announced:
    """The words by which a type is recognised."""

    def __init__(self, document_type: DocumentType) -> None:
        rules = document_type.recognise
        self.titles, self.phrases = _ordered(rules.titles), _ordered(rules.phrases)
        self.none_of, self.annexures = _ordered(rules.none_of), _ordered(rules.annexures)
        self.computed = [] if rules.computes else [_in_order(t) for t in common_words().computed]
        self.unlike = _ordered(rules.unlike)
        self.always = [_ordered(group) for group in rules.always]
        self.enclosed = [_in_order(text) for text in common_words().enclosed]
        self.unpaid = [_in_order(text) for text in common_words().unpaid]


def _needed(words: str) -> frozenset[str]:
    said = WORD.findall(words.casefold())
    return frozenset([*said, *(f"{a} {b}" for a, b in pairwise(said))])


def _label(rule: FieldRule, wording: Wording) -> Iterator[Label]:
    text, _, column = wording.text.partition(CROSS)
    heading, _, label = text.rpartition(UNDER)
    if words := words_of(label):
        over, beside = (words_of(part) or None for part in (heading, column))
        yield Label(rule.name, words, over, beside, text=label)


def _ordered(wordings: Sequence[Wording]) -> list[Ordered]:
    # `interest on term deposits` and `on fixed deposits` are the same words, said once.
    return list(dict.fromkeys(_in_order(wording.text) for wording in wordings))


def _in_order(text: str) -> Ordered:
    return tuple(token.text for token in tokens_of(text))
