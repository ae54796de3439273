"""How much a line of a paper has to do with a field that is missing."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ...doctypes import FieldRule
from ...models import Record
from ...values import find_values
from ..likeness import likeness_of
from ..numbers import is_holder
from ..tokens import tokens_of
from ..vocabulary import Vocabulary, words_of
from .rows import PageRows, Row

# A line with all words of a label and many others is like it by so much; one word is anywhere.
SHARED = 0.6
# What a line with a value of the kind has to do with a field of it, whatever it is called: most
# lines have an amount, few a PAN.
OF_KIND = {"amount": 0.3, "identifier": 0.3} | dict.fromkeys(("pan", "tan"), 0.7)
OF_RARE_KIND = 0.6
# Names stand in the first lines of a first page, often without a label.
HEAD_ROWS, OF_HEAD = 10, 0.55
# A line next to a label is worth so much of it: labels and values are wrapped.
BESIDE = 0.7


def wanted_fields(
    vocabulary: Vocabulary, record: Record, names: Iterable[str], pages: Sequence[PageRows]
) -> list[FieldRule]:
    """The fields of these names that the pages have a value for: one of their kind that is free.

    A form that is not filled in has none; nor has a paper whose only PAN is another's.
    """
    rules = [rule for name in names if (rule := vocabulary.document_type.field(name))]
    return [rule for rule in rules if rule.name in record.fields or _may_have(rule, record, pages)]


class Relevance:
    """Scores lines by all the fields that are asked for in one go."""

    def __init__(self, vocabulary: Vocabulary, rules: Sequence[FieldRule]) -> None:
        self._vocabulary, self._rules = vocabulary, rules
        self._labels = {rule.name: label_words(vocabulary, rule) for rule in rules}

    def scores(self, page: PageRows, *, is_first: bool) -> list[float]:
        """For each line of a page up to 1: how much it has to do with one of the fields."""
        own = [
            max((self._score(rule, row) for rule in self._rules), default=0.0) for row in page.rows
        ]
        if is_first and any(rule.kind == "name" for rule in self._rules):
            own = [max(one, OF_HEAD) if n < HEAD_ROWS else one for n, one in enumerate(own)]
        return [max(one, BESIDE * max(own[max(0, n - 1) : n + 2])) for n, one in enumerate(own)]

    def _score(self, rule: FieldRule, row: Row) -> float:
        said = [said_words(self._vocabulary, piece.text) for piece in row.pieces]
        like = max(likeness(self._labels[rule.name], words) for words in said)
        return max(like, of_kind(rule, row))


def label_words(vocabulary: Vocabulary, rule: FieldRule) -> frozenset[frozenset[str]]:
    """The words of each label of a field, and of its title."""
    labels = {label.words for label in vocabulary.labels if label.field == rule.name}
    return frozenset({*labels, words_of(rule.title)} - {frozenset()})


@lru_cache(maxsize=1_000)
def said_words(vocabulary: Vocabulary, text: str) -> frozenset[str]:
    """The words of a text as labels are compared, misprints put right."""
    return frozenset(token.text for token in vocabulary.repaired(tokens_of(text)))


def likeness(labels: Iterable[frozenset[str]], words: frozenset[str]) -> float:
    """How alike words are to the likeliest of a field's labels, up to 1."""
    return max((_alike(words, label) for label in labels if words), default=0.0)


def _alike(words: frozenset[str], label: frozenset[str]) -> float:
    contained = SHARED if len(label) > 1 and label <= words else 0.0
    return max(likeness_of(words, label), contained)


def of_kind(rule: FieldRule, row: Row) -> float:
    """Does a line have a value that a field may have?"""
    match rule.kind:
        case "name" | "choice":
            return 0.0
        case "amount":
            has_one = row.has_amount
        case "identifier" if rule.pattern:
            return OF_RARE_KIND if re.search(rf"\b(?:{rule.pattern})", row.text) else 0.0
        case "identifier":
            has_one = any(map(str.isdigit, row.text))
        case _:
            has_one = any(is_holder(rule, value) for value in _values(rule.kind, row.text))
    return OF_KIND.get(rule.kind, OF_RARE_KIND) if has_one else 0.0


def _may_have(rule: FieldRule, record: Record, pages: Sequence[PageRows]) -> bool:
    if rule.kind in ("name", "identifier"):
        return True
    rows = [row for page in pages for row in page.rows]
    if rule.kind not in ("pan", "tan"):
        return any(of_kind(rule, row) for row in rows)
    taken = {field.value for field in record.fields.values()}
    found = {value for row in rows for value in _values(rule.kind, row.text)}
    return any(is_holder(rule, value) for value in found - taken)


@lru_cache(maxsize=2_000)
def _values(kind: str, text: str) -> tuple[str, ...]:
    found = [value for _, _, value in find_values(kind, text)]
    if kind == "date":  # a period has two, and a month may be one
        found += [v for each in ("period", "month") for _, _, v in find_values(each, text)]
    return tuple(found)
