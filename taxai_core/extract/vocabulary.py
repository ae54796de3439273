"""The words of one document type: which label a phrase on a page is, and how surely."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from rapidfuzz import fuzz, process

from ..doctypes import DocumentType, FieldRule, Wording
from .found import PeriodEnd
from .tokens import Token, tokens_of

# What `Heading > Label` and `Row | Column` are divided by.
UNDER, CROSS = " > ", " | "
# How surely a label of one word is meant, against one of several.
ONE_WORD = 0.97
# Words in brackets are remarks: they count for less where the label has not got them.
REMARK = 0.3
# A section of the Act says more than any word.
SECTION = 1.6
# Words that tell the two ends of a period apart, and little else.
WAYS, WAY = frozenset({"from", "to"}), 0.4
# Single letters count lines: `Total deductions (B)`.
LETTER = 0.2
# A line that names just a field's section is that field's, less surely with each word more.
ANCHORED, ANCHOR_LOSS, LEAST_ANCHORED = 0.92, 0.07, 0.7
# So many labels that a phrase may be are looked at.
MOST_MATCHES = 40
# A word of a scan is taken for one of ours from this likeness on (per cent), if it is so long.
ALIKE, LEAST_LETTERS = 79, 4


@dataclass(frozen=True, eq=False)
class Label:
    """Words that stand for a field, or with None for something that is no field of ours."""

    field: str | None
    words: frozenset[str]
    heading: frozenset[str] | None = None
    column: frozenset[str] | None = None


@dataclass(frozen=True, eq=False)
class Match:
    """A label that a phrase may be, with a score up to 1."""

    label: Label
    score: float


class Vocabulary:
    """All labels of a type, found by their words."""

    def __init__(self, document_type: DocumentType) -> None:
        self.document_type = document_type
        self.labels = list(_labels(document_type))
        counts = Counter(word for label in self.labels for word in label.words)
        self._most = log(1 + len(self.labels))
        self._weights = {word: self._weight(word, count) for word, count in counts.items()}
        self._by_word: dict[str, list[Label]] = defaultdict(list)
        for label in self.labels:
            for word in label.words:
                self._by_word[word].append(label)
        self._whole = {label: sum(map(self._of, label.words)) for label in self.labels}
        # A label of one word says less than one that names the same thing with more.
        self._said = {label: ONE_WORD if _is_one_word(label) else 1.0 for label in self.labels}
        self._sections = {
            token.text: rule
            for rule in document_type.fields
            for section in rule.sections
            for token in tokens_of(f"section {section}")[-1:]
        }
        self._kinds = {rule.name: rule.kind for rule in document_type.fields}
        self._found: dict[tuple[Token, ...], list[Match]] = {}

    def matches(self, tokens: Sequence[Token]) -> list[Match]:
        """The labels that a phrase may be, the likeliest first."""
        key = tuple(token._replace(start=0, end=0) for token in tokens)
        if key not in self._found:
            self._found[key] = self._match(key)
        return self._found[key]

    def best(self, tokens: Sequence[Token]) -> Match | None:
        """The likeliest label of a phrase."""
        return next(iter(self.matches(tokens)), None)

    def contained(self, words: Sequence[str]) -> tuple[float, Label] | None:
        """The weightiest label all of whose words are among these, with its weight.

        One common word is in every sentence, so a label of one word must be a section.
        """
        said = dict.fromkeys(words)
        best: tuple[float, Label] | None = None
        for label in {label: None for word in said for label in self._by_word.get(word, ())}:
            if _is_one_word(label) or label.heading or label.column:
                continue
            if label.words <= said.keys():
                if best is None or self._whole[label] > best[0]:
                    best = self._whole[label], label
        return best

    def kind(self, field: str | None) -> str | None:
        """Of which kind a field's values are."""
        return self._kinds.get(field or "")

    def is_known(self, word: str) -> bool:
        """Does a label have this word?"""
        return word in self._weights

    def repaired(self, tokens: Iterable[Token]) -> list[Token]:
        """The words of a scan, each misread one as the word of ours that it is like."""
        return [token._replace(text=self._repaired(token.text)) for token in tokens]

    @cached_property
    def exact(self) -> dict[frozenset[str], str]:
        """The field of each label that stands for one wherever it is."""
        return {
            label.words: label.field
            for label in self.labels
            if label.field and not label.heading and not label.column
        }

    def partner(self, rule: FieldRule) -> FieldRule | None:
        """The other end of the period that a field is an end of."""
        for other in self.document_type.fields:
            if rule.of_period and other.of_period and other.name != rule.name:
                return PeriodEnd(**other.model_dump())
        return None

    @cached_property
    def headings(self) -> set[frozenset[str]]:
        """The headings that tell labels below them apart."""
        return {label.heading for label in self.labels if label.heading}

    def _repaired(self, word: str) -> str:
        if word in self._weights or len(word) < LEAST_LETTERS or word.startswith("§"):
            return word
        found = process.extractOne(word, self._long_words, scorer=fuzz.ratio, score_cutoff=ALIKE)
        return found[0] if found else word

    @cached_property
    def _long_words(self) -> list[str]:
        return [word for word in self._weights if len(word) >= LEAST_LETTERS]

    def _match(self, tokens: Sequence[Token]) -> list[Match]:
        said = {token.text: token for token in reversed(tokens)}
        phrase = sum(
            self._of(word) * (REMARK if token.bracketed else 1) for word, token in said.items()
        )
        common: dict[Label, float] = defaultdict(float)
        remarked: dict[Label, float] = defaultdict(float)  # in brackets, but the label has it
        for word, token in said.items():
            weight = self._of(word)
            for label in self._by_word.get(word, ()):
                common[label] += weight
                remarked[label] += (1 - REMARK) * weight * token.bracketed
        # Twice what both have, divided by what each has (Dice), by weight.
        found = [
            Match(
                label,
                2 * both / (phrase + remarked[label] + self._whole[label]) * self._said[label],
            )
            for label, both in common.items()
        ]
        found += self._anchored(said)
        best: dict[tuple[str | None, object, object], Match] = {}
        for match in found:
            key = (match.label.field, match.label.heading, match.label.column)
            if key not in best or best[key].score < match.score:
                best[key] = match
        return sorted(best.values(), key=lambda match: -match.score)[:MOST_MATCHES]

    def _anchored(self, said: dict[str, Token]) -> list[Match]:
        sections = [w for w, token in said.items() if w.startswith("§") and not token.bracketed]
        sections = sections or [w for w in said if w.startswith("§")]
        if len(sections) != 1 or sections[0] not in self._sections:
            return []
        rule = self._sections[sections[0]]
        own = {
            word
            for label in self._by_word[sections[0]]
            if label.field == rule.name
            for word in label.words
        }
        strange = sum(w not in own and not token.bracketed for w, token in said.items())
        score = max(LEAST_ANCHORED, ANCHORED - ANCHOR_LOSS * strange)
        return [Match(Label(rule.name, frozenset(sections)), score)]

    def _of(self, word: str) -> float:
        return self._weights.get(word, SECTION if word.startswith("§") else _unknown(word))

    def _weight(self, word: str, count: int) -> float:
        if word.startswith("§"):
            return SECTION
        if word in WAYS:
            return WAY
        if len(word) == 1:
            return LETTER
        return max(0.3, log(1 + len(self.labels) / count) / self._most)


def _is_one_word(label: Label) -> bool:
    return len(label.words) == 1 and not next(iter(label.words)).startswith("§")


def _unknown(word: str) -> float:
    return LETTER if len(word) == 1 else 1.0


def words_of(text: str) -> frozenset[str]:
    """The words of a label in the form in which they are compared."""
    return frozenset(token.text for token in tokens_of(text))


def _labels(document_type: DocumentType) -> Iterable[Label]:
    for rule in document_type.fields:
        for wording in rule.labels:
            yield from _label(rule, wording)
        for section in rule.sections:
            yield Label(rule.name, words_of(f"section {section}"))
    for wording in document_type.other_labels:
        heading, _, label = wording.text.rpartition(UNDER)
        if words := words_of(label):
            yield Label(None, words, words_of(heading) or None)


def _label(rule: FieldRule, wording: Wording) -> Iterable[Label]:
    text, _, column = wording.text.partition(CROSS)
    heading, _, label = text.rpartition(UNDER)
    if words := words_of(label):
        yield Label(rule.name, words, words_of(heading) or None, words_of(column) or None)
