"""What a page is: by its titles, its phrases and the labels it prints."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp

from ..doctypes import DocumentType
from ..values import parse_amount
from .candidate import Candidate
from .doubts import doubts_on
from .label import Ordered
from .sheet import Piece, Sheet
from .tokens import tokens_of
from .vocabulary import Vocabulary

OTHER = "other"
# A line is a title if it has all of the title's words and at most so many others.
MOST_OTHERS = 4
# Of titles of what is no paper of ours it has no more than this.
FEW_OTHERS = 1
# ... or than this where the line begins with the title.
FEW_BEHIND = 3
# Weights of what is found: a title at the head of a page or further down, a phrase.
TITLE, LOW_TITLE, PHRASE, MOST_PHRASES = 3.0, 1.6, 0.6, 2.4
# A page without any words that such papers have is another paper, whatever its amounts are called.
UNNAMED = 0.8
# A form's number is no phrase that other papers have in their titles.
NUMBERED = 1.6
# A form prints its name; a page without it is another paper, or not its first page.
UNTITLED = 2.0
# A page of text: so many words in sentences, and this share of all.
PROSE_WORDS, MOSTLY_PROSE = 40, 0.55
# One word, or a section, is a weak phrase.
WORD = 0.25
# A title of another type may stand in a paper for many reasons.
NONE_OF = 0.8
# A form's number may begin a line with more words behind it than it may stand among.
BEGINS, STANDS = 4, 2
# A paper may begin on a page with a title that weighs more.
TITLED = 1.0
# With so good a title of none of our papers, values need a title of ours.
OTHERS_TITLE, FEW_PHRASES = 2.4, 1.0
# Weights of the values found: an amount, another value, and a label without its value.
AMOUNT, MOST_AMOUNTS, VALUE, MOST_VALUES, LABEL, MOST_LABELS = 0.6, 6.0, 0.25, 1.25, 0.2, 2.0
# All values that every paper of a type has.
COMPLETE = 1.0
# A value found less surely does not count.
SURE = 0.6
HEAD = 0.35
# A group of values that every paper of a type has, and this one has not.
LACKING = 1.6
# What says that the amounts of a page are an example's, an offer's or another paper's: each time it
# speaks against a type, and this share of what the values say is left.
DOUBT, DOUBTED, MOST_DOUBTS = 0.6, 0.4, 4
# The words that name what a paper says in its sentences.
IN_SENTENCES = ("said", "clause")
# So many labels without a value are a form that is not filled in.
BLANK_FORM = 6
# A letter's title.
_SUBJECT = re.compile(r"^\W*(?:Subject|Sub|Re)\s*[:.-]+\s*", re.IGNORECASE)
# What speaks of papers, and names none: `How to read your Form 16`, `Form 16 shall be issued`.
_NO_TITLE = frozenset(
    ["not", "how", "what", "why", "know", "understanding", "guide", "shall", "will", "should"]
)
# `80G(5)(VI)` is in section 80G.
_SUBSECTION = re.compile(r"(?<=\w)(?:\(\w+\))+(?= )")


@dataclass
class Cues:
    """What speaks for a type on a page, and how often something says that it is another."""

    title: float = 0.0
    phrases: float = 0.0
    values: float = 0.0
    against: float = 0.0
    doubts: int = 0

    @property
    def score(self) -> float:
        """All of it."""
        return self.title + self.phrases + self.values - self.against

    def weigh_values(
        self,
        document_type: DocumentType,
        said: Iterable[Candidate],
        labels: set[str],
        unlabelled: Iterable[Candidate] = (),
    ) -> None:
        """Weigh what the values found speak for and against a type.

        Every paper of a type has a value of each core group, `unlabelled` ones among them; a form
        in which nothing is filled in has the labels only.
        """
        no_way = ("before a PAN", *(IN_SENTENCES if document_type.recognise.tabled else ()))
        has = {one.field for one in said if one.score >= SURE and one.by not in no_way}
        amounts = {rule.name for rule in document_type.fields if rule.kind == "amount"}
        self.values = min(MOST_AMOUNTS, AMOUNT * len(has & amounts))
        self.values += min(MOST_VALUES, VALUE * len(has - amounts))
        self.values += min(MOST_LABELS, LABEL * len(labels - has))
        core = document_type.recognise.core
        known = has | {one.field for one in unlabelled if one.score >= SURE}
        missing = sum(not known & set(group) for group in core)
        if not missing:
            self.values += COMPLETE
        elif len(labels) < min(BLANK_FORM, len(document_type.fields)) or len(has) > 1:
            self.against += LACKING * missing
        self.values *= DOUBTED**self.doubts
        self.against += DOUBT * self.doubts


@dataclass(frozen=True)
class _Line:
    words: Ordered
    all: frozenset[str]
    others: int  # how many of them are no remark in brackets
    is_high: bool
    is_row: bool  # of a table, with an amount


class PageWords:
    """The words of a page as recognition compares them."""

    def __init__(self, sheet: Sheet) -> None:
        self.lines: list[_Line] = []
        self._subjects: list[_Line] = []  # what letters are about
        for piece in sheet.pieces:
            if sheet.ends_sentence(piece):
                continue
            for text in dict.fromkeys([piece.text, *piece.line_texts()]):
                self.lines += _line(sheet, piece, text)
                if m := _SUBJECT.match(text):
                    self._subjects += _line(sheet, piece, text[m.end() :])
        self._free: dict[str, list[_Line]] = {}  # no rows, by each of their words
        for line in self.lines:
            for word in () if line.is_row else line.all:
                self._free.setdefault(word, []).append(line)
        flow = sheet.flow
        sentences = sheet.sentences
        said, all_words = len(sentences.words) if sentences else 0, len(sheet.words)
        self.is_prose = said >= PROSE_WORDS and said >= MOSTLY_PROSE * all_words
        self._doubts = doubts_on(sheet)
        self.is_short = all_words < PROSE_WORDS
        self.text = f" {' '.join(t.text for t in tokens_of(flow.text))} " if flow else ""
        self._sections = _SUBSECTION.sub("", self.text)

    def labels(self, vocabulary: Vocabulary) -> int:
        """How many fields have a label that is a piece of the page by itself."""
        return len({vocabulary.exact.get(line.all) for line in self.lines} - {None})

    def is_annexure_of(self, vocabulary: Vocabulary) -> bool:
        """Does the page bear the title of something that comes behind such a paper?"""
        return any(self._title(words) for words in vocabulary.announced.annexures)

    def encloses(self, vocabulary: Vocabulary) -> bool:
        """Is it the letter with which such a paper is sent?"""
        words = vocabulary.announced
        return any(map(self._says, words.enclosed)) and any(map(self._says, words.titles))

    def of(self, vocabulary: Vocabulary) -> Cues:
        """What speaks for a type, its labels left out."""
        cues = Cues()
        document_type, words = vocabulary.document_type, vocabulary.announced
        others = FEW_OTHERS if document_type.id == OTHER else MOST_OTHERS
        cues.title = max((self._title(w, most_others=others) for w in words.titles), default=0.0)
        weight = sum(PHRASE if len(w) > 1 else WORD for w in words.phrases if self._says(w))
        cues.phrases = min(MOST_PHRASES, weight)
        unpaid = min(MOST_DOUBTS, self._doubts + sum(map(self._says, words.unpaid)))
        if document_type.id == OTHER:
            cues.phrases += PHRASE * unpaid
        else:
            cues.doubts = min(MOST_DOUBTS, unpaid + sum(map(self._says, words.unlike)))
        against = max((self._title(w, words.titles) for w in words.none_of), default=0.0)
        cues.against = NONE_OF * against
        missing = sum(not any(map(self._says, group)) for group in words.always)
        cues.against += LACKING * missing
        if document_type.recognise.titled and not cues.title:
            cues.against += UNTITLED
        elif not cues.title + cues.phrases:
            cues.against += UNNAMED
        return cues

    def _title(
        self,
        words: Ordered,
        own: Sequence[Ordered] = (),
        most_others: int = MOST_OTHERS,
    ) -> float:
        """How much a title says, leaving out lines that hold one of the type's `own`."""
        best = 0.0
        if not words or words[0] not in self.text:
            return best
        # What a letter is about may be a paper of ours that comes with it.
        subjects = self._subjects if most_others == FEW_OTHERS else ()
        for line in [*self._free.get(words[0], ()), *subjects]:
            if not _in_order(words, line.words):
                continue
            begins = line.words[0] == words[0]
            most = most_others
            if len(words) == 1 and words[0].startswith("form"):
                most = BEGINS if begins else STANDS
            elif begins and most_others == FEW_OTHERS:
                most = FEW_BEHIND
            if line.others - len(words) > most:
                continue
            if any(line.all.issuperset(title) and len(title) < len(words) + 3 for title in own):
                continue
            exact = min(1.0, len(words) / max(1, line.others))
            weight = (TITLE if line.is_high else LOW_TITLE) * (0.7 + 0.3 * exact)
            if any(word.startswith("form") and word != "form" for word in words):
                weight *= NUMBERED
            elif len(words) == 1:
                weight *= 0.55 if exact < 1 else 0.8
            best = max(best, weight)
        return best

    def _says(self, words: Ordered) -> bool:
        said = f" {' '.join(words)} "
        return bool(words) and (said in self.text or said in self._sections)


def _line(sheet: Sheet, piece: Piece, text: str) -> list[_Line]:
    """A line that may be a title: no sentence, and not the end of one."""
    tokens = tokens_of(text)
    words = tuple(token.text for token in tokens)
    if (
        not tokens
        or text[:1].islower()
        or text.endswith("?")
        or any(token.text in _NO_TITLE and not token.bracketed for token in tokens)
    ):
        return []
    plain = sum(not token.bracketed for token in tokens)
    is_high = piece.top < HEAD * sheet.height
    return [_Line(words, frozenset(words), plain, is_high, _is_row(sheet, piece))]


def _is_row(sheet: Sheet, piece: Piece) -> bool:
    """Is it a cell of a row below others: one with an amount, or one that is not the first?"""
    if piece.cell is None:
        return False
    if piece.cell[1] > 1 and sheet.left_of(piece):
        return True
    return any(parse_amount(p.text) is not None for p in sheet.right_of(piece))


def _in_order(words: Sequence[str], line: Sequence[str]) -> bool:
    if len(words) == len(line):
        return set(words) == set(line)  # `receipt for rent` is a rent receipt
    rest = iter(line)
    return all(word in rest for word in words)


@dataclass(frozen=True)
class Verdict:
    """What a page is taken for; `has_title` says that a paper may begin on it.

    `annexure_of` are the types behind whose papers such a page comes, `encloses` those of the
    papers that a letter is sent with.
    """

    type: str
    score: float
    second: float
    has_title: bool
    is_prose: bool = False
    is_short: bool = False
    annexure_of: frozenset[str] = frozenset()
    encloses: frozenset[str] = frozenset()

    @property
    def confidence(self) -> float:
        """How surely it is of this type, up to 1."""
        return 1 / (1 + exp(-1.3 * (self.score - max(self.second, LEAST) + 0.6)))


# Without a title a page must say so much more by its words and values.
UNTITLED_LEAST = 2.6
# From this score on a page is of a type; below it belongs to the pages before or is `other`.
LEAST = 2.0
