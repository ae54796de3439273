"""What a page is: by its titles, its phrases and the labels it prints."""

from dataclasses import dataclass
from functools import lru_cache
from math import exp

from ..doctypes import DocumentType, Wording
from .sheet import Sheet
from .tokens import tokens_of

OTHER = "other"
# A line is a title if it has all of the title's words and at most so many others.
MOST_OTHERS = 4
# Weights of what is found: a title at the head of a page or further down, a phrase, a label.
TITLE, LOW_TITLE, PHRASE, MOST_PHRASES, LABEL, MOST_LABELS = 3.0, 1.6, 0.6, 2.4, 0.3, 3.0
HEAD = 0.35
# A group of values that every paper of a type has, and this one has not.
LACKING = 1.2
# So many labels without a value are a form that is not filled in.
BLANK_FORM = 6


@dataclass
class Cues:
    """What speaks for a type on a page."""

    title: float = 0.0
    phrases: float = 0.0
    labels: float = 0.0
    against: float = 0.0

    @property
    def score(self) -> float:
        """All of it."""
        return self.title + self.phrases + self.labels - self.against


@dataclass(frozen=True)
class _Line:
    words: tuple[str, ...]
    is_high: bool


class PageWords:
    """The words of a page as recognition compares them."""

    def __init__(self, sheet: Sheet) -> None:
        self.lines = []
        for piece in sheet.pieces:
            words = tuple(token.text for token in tokens_of(piece.text))
            if words:
                self.lines.append(_Line(words, piece.top < HEAD * sheet.height))
        flow = sheet.flow
        self.text = f" {' '.join(t.text for t in tokens_of(flow.text))} " if flow else ""

    def of(self, document_type: DocumentType) -> Cues:
        """What speaks for a type, its labels left out."""
        cues = Cues()
        rules = document_type.recognise
        for wording in rules.titles:
            cues.title = max(cues.title, self._title(wording))
        said = sum(self._says(wording) for wording in rules.phrases)
        cues.phrases = min(MOST_PHRASES, PHRASE * said)
        cues.against = max((self._title(w) for w in rules.none_of), default=0.0)
        return cues

    def _title(self, wording: Wording) -> float:
        words = _ordered(wording.text)
        best = 0.0
        if not words or not any(w in self.text for w in words[:1]):
            return best
        for line in self.lines:
            if len(line.words) - len(words) > MOST_OTHERS or not set(words) <= set(line.words):
                continue
            exact = len(words) / len(set(line.words))
            weight = (TITLE if line.is_high else LOW_TITLE) * (0.7 + 0.3 * exact)
            if len(words) == 1:
                weight *= 0.55 if exact < 1 else 0.8
            best = max(best, weight)
        return best

    def _says(self, wording: Wording) -> bool:
        words = _ordered(wording.text)
        return bool(words) and f" {' '.join(words)} " in self.text


def lacking(document_type: DocumentType, has: set[str], labels: int) -> float:
    """What speaks against a type: a page without the values that every paper of it has.

    A form in which nothing is filled in has its labels, and no value at all.
    """
    groups = document_type.recognise.core
    missing = sum(not has & set(group) for group in groups)
    if not missing or (labels >= BLANK_FORM and len(has) <= 1):
        return 0.0
    return LACKING * missing


@lru_cache(maxsize=5000)
def _ordered(text: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokens_of(text))


@dataclass(frozen=True)
class Verdict:
    """What a page is taken for; `has_title` says that a paper may begin on it."""

    type: str
    score: float
    second: float
    has_title: bool

    @property
    def confidence(self) -> float:
        """How surely it is of this type, up to 1."""
        return 1 / (1 + exp(-1.3 * (self.score - max(self.second, LEAST) + 0.6)))


# From this score on a page is of a type; below it belongs to the pages before or is `other`.
LEAST = 2.0
