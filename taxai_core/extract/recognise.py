"""What a page is: by its titles, its phrases and the labels it prints."""

import re
from collections.abc import Sequence

from .cues import LACKING, MOST_DOUBTS, Cues
from .doubts import doubts_on
from .label import Ordered
from .sheet import Sheet
from .title_lines import Line, in_order, last_step, title_line
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
# So many words of a tax computation may be a remark on any paper.
REMARKS = 1
# A letter's title.
_SUBJECT = re.compile(r"^\W*(?:Subject|Sub|Re)\s*[:.-]+\s*", re.IGNORECASE)
# `80G(5)(VI)` is in section 80G.
_SUBSECTION = re.compile(r"(?<=\w)(?:\(\w+\))+(?= )")


class PageWords:
    """The words of a page as recognition compares them."""

    def __init__(self, sheet: Sheet) -> None:
        self.lines: list[Line] = []
        self._subjects: list[Line] = []  # what letters are about
        for piece in sheet.pieces:
            if sheet.ends_sentence(piece):
                continue
            for text in dict.fromkeys([piece.text, *piece.line_texts(), *last_step(piece.text)]):
                self.lines += title_line(sheet, piece, text)
                if m := _SUBJECT.match(text):
                    self._subjects += title_line(sheet, piece, text[m.end() :])
        self._free: dict[str, list[Line]] = {}  # no rows, by each of their words
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
            # `Exempt in the old regime` is a remark; a computation says more of a tax.
            computed = sum(map(self._says, words.computed))
            doubts = unpaid + sum(map(self._says, words.unlike))
            cues.doubts = min(MOST_DOUBTS, doubts + (computed if computed > REMARKS else 0))
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
            if not in_order(words, line.words):
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
