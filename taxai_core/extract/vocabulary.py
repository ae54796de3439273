"""The words of one document type: which label a phrase on a page is, and how surely."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from rapidfuzz import fuzz, process

from ..doctypes import DocumentType, FieldRule
from ..doctypes.wording import common_words
from .found import PeriodEnd
from .label import Announced, Label, Meaning, by_word, labels_of, sentences_of
from .same_words import SameWords
from .tokens import Token, tokens_of
from .tokens import words_of as words_of  # for whom a label is words on a page

# How surely a label of one word is meant, against one of several.
ONE_WORD = 0.97
# Words in brackets are remarks: they count for less where the label has not got them.
REMARK = 0.3
# A section of the Act says more than any word.
SECTION = 1.6
# Words that tell the two ends of a period apart, or say what most amounts are of, and little else.
WAYS, WAY = frozenset({"from", "to", "year", "period"}), 0.4
# `Prepared by` names another one than `Prepared for`.
DOER = "by"
# Single letters count lines: `Total deductions (B)`.
LETTER = 0.2
# A line that names just a field's section is that field's, less surely with each word more.
ANCHORED, ANCHOR_LOSS, LEAST_ANCHORED = 0.92, 0.07, 0.7
# Nothing that is less like a label is taken for it.
LEAST = 0.5
# Of so many phrases it is kept what they are: a page has a few hundred, a long paper new ones on
# each page.
MOST_KEPT = 2000
# So many labels that a phrase may be are looked at.
MOST_MATCHES = 40
# A word of a scan is taken for one of ours from this likeness on (per cent), if it is so long.
ALIKE, LEAST_LETTERS = 79, 4


_COMPOUND = frozenset(common_words().phrases)
# The words of a phrase, each with whether it is in brackets.
_Phrase = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, eq=False)
class Match:
    """A label that a phrase may be, with a score up to 1."""

    label: Label
    score: float


class Vocabulary:
    """All labels of a type, found by their words."""

    def __init__(self, document_type: DocumentType) -> None:
        self.document_type = document_type
        # The fields whose parts a check adds up.
        self.totals = {check.parts_of for check in document_type.checks if check.parts_of}
        self.announced = Announced(document_type)
        self.sentences = sentences_of(document_type)
        self.labels = list(labels_of(document_type))
        # Sorted, as sets of words are in another order in each process.
        counts = Counter(word for label in self.labels for word in sorted(label.words))
        self._most = log(1 + len(self.labels))
        self._weights = {word: self._weight(word, count) for word, count in counts.items()}
        self._by_word = by_word(self.labels)
        self._same_words = SameWords(self.labels)
        self._whole = {label: sum(map(self._of, sorted(label.words))) for label in self.labels}
        # A label of one word says less than one that names the same thing with more.
        self._said = {label: ONE_WORD if label.is_one_word else 1.0 for label in self.labels}
        self._sections = {
            token.text: rule
            for rule in document_type.fields
            for section in rule.sections
            for token in tokens_of(f"section {section}")[-1:]
        }
        self._kinds = {rule.name: rule.kind for rule in document_type.fields}
        self._of_others = {
            label
            for label in self.labels
            if self.kind(label.field) == "name" and DOER not in label.words
        }
        self._in_clauses = by_word(label for label in self.labels if self._is_in_clauses(label))
        # The field of each label that stands for one wherever it is.
        self.exact = {
            label.words: label.field for label in self.labels if label.field and label.is_plain
        }
        # The headings that tell labels below them apart.
        self.headings = list(dict.fromkeys(h for label in self.labels if (h := label.heading)))
        self._long_words = [word for word in self._weights if len(word) >= LEAST_LETTERS]
        self._partners = dict(_partners(document_type))
        self._found: dict[_Phrase, list[Match]] = {}

    def matches(self, tokens: Sequence[Token]) -> list[Match]:
        """The labels that a phrase may be, the likeliest first."""
        key = tuple([(token.text, token.bracketed) for token in tokens])
        if key not in self._found:
            if len(self._found) >= MOST_KEPT:
                self._found.clear()
            self._found[key] = self._match(key)
        return self._found[key]

    def best(self, tokens: Sequence[Token]) -> Match | None:
        """The likeliest label of a phrase."""
        return next(iter(self.matches(tokens)), None)

    def told_apart(self, matches: Iterable[Match], printed: str) -> tuple[Match, ...]:
        """The labels that a phrase may be, of those with the same words the one that is printed."""
        same = self._same_words
        return tuple(
            Match(same.meant(match.label, printed), match.score) if match.label in same else match
            for match in matches
        )

    def contained(self, words: Sequence[str]) -> tuple[float, Label] | None:
        """The weightiest label all of whose words are among these, with its weight.

        One common word is in every sentence, so a label of one word must be a section, or what
        stands for several, as `tds` does.
        """
        said = set(words)
        best: tuple[float, Label] | None = None
        for word in words:
            for label in self._in_clauses.get(word, ()):
                weight = self._whole[label]
                if (best is None or weight > best[0]) and label.words <= said:
                    best = weight, label
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

    def partner(self, rule: FieldRule) -> FieldRule | None:
        """The other end of the period that a field is an end of."""
        return self._partners.get(rule.name)

    def _is_in_clauses(self, label: Label) -> bool:
        is_common = label.is_one_word and not label.words <= _COMPOUND
        return not is_common and label.is_plain and self.kind(label.field) in (None, "amount")

    def _repaired(self, word: str) -> str:
        if word in self._weights or word.startswith("§"):
            return word
        if f"{word}ss" in self._weights:
            return f"{word}ss"  # two letters read as one, `Gros`, and that taken for a plural's
        if len(word) < LEAST_LETTERS:
            return word
        found = process.extractOne(word, self._long_words, scorer=fuzz.ratio, score_cutoff=ALIKE)
        return found[0] if found else word

    def _match(self, phrase: _Phrase) -> list[Match]:
        said = dict(reversed(phrase))  # each word, and whether it is in brackets
        weight = sum(self._of(word) * (REMARK if inside else 1) for word, inside in said.items())
        common: dict[Label, float] = {}
        remarked: dict[Label, float] = {}  # in brackets, but the label has it
        for word, inside in said.items():
            labels, of_word = self._by_word.get(word, ()), self._of(word)
            for label in labels:
                common[label] = common.get(label, 0.0) + of_word
            for label in labels if inside else ():
                remarked[label] = remarked.get(label, 0.0) + (1 - REMARK) * of_word
        # Twice what both have, divided by what each has (Dice), by weight.
        whole, sure, more = self._whole, self._said, remarked.get
        found = [
            (label, score)
            for label, both in common.items()
            if (score := 2 * both / (weight + more(label, 0.0) + whole[label]) * sure[label])
            >= LEAST
        ]
        if DOER in said:
            found = [one for one in found if one[0] not in self._of_others]
        found += self._anchored(said)
        best: dict[Meaning, tuple[Label, float]] = {}
        for one in found:
            meaning = one[0].meaning
            if meaning not in best or best[meaning][1] < one[1]:
                best[meaning] = one
        ranked = sorted(best.values(), key=lambda one: -one[1])
        return [Match(*one) for one in ranked[:MOST_MATCHES]]

    def _anchored(self, said: Mapping[str, bool]) -> list[tuple[Label, float]]:
        named = [w for w in said if w in self._sections]
        if not named:
            return []
        plain = [w for w, inside in said.items() if w.startswith("§") and not inside]
        # `section 16 [earlier 17(1)]`: the new Act's number, and the one that is known.
        sections = plain if set(plain) & set(named) else named
        if len(sections) != 1 or sections[0] not in self._sections:
            return []
        rule = self._sections[sections[0]]
        own = {
            word
            for label in self._by_word[sections[0]]
            if label.field == rule.name
            for word in label.words
        }
        strange = sum(w not in own and not inside for w, inside in said.items())
        score = max(LEAST_ANCHORED, ANCHORED - ANCHOR_LOSS * strange)
        return [(Label(rule.name, frozenset(sections)), score)]

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


def _partners(document_type: DocumentType) -> Iterable[tuple[str, PeriodEnd]]:
    ends = [rule for rule in document_type.fields if rule.of_period]
    for rule in ends:
        for other in [end for end in ends if end.name != rule.name][:1]:
            yield rule.name, PeriodEnd(**other.model_dump())


def _unknown(word: str) -> float:
    return LETTER if len(word) == 1 else 1.0
