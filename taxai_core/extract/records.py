"""The papers of a file: where each begins and ends, what it is and what it says."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property

from ..doctypes import DocumentType
from ..models import Page, Record, Words
from .addressee import addressees
from .alone import of_only_kind
from .boxed import boxed_amounts
from .candidate import Candidate
from .clauses import in_clauses
from .cues import LABEL, Cues
from .letterhead import issuers
from .locate import Located
from .numbers import numbers_on
from .paper import Paper, begins, heads_of, keys_of
from .payers import only_payers
from .prose import in_sentences
from .recognise import FEW_PHRASES, OTHER, OTHERS_TITLE, TITLED, PageWords
from .record import make_record
from .sheet import Sheet, read_sheet
from .verdict import LEAST, UNTITLED_LEAST, Verdict
from .vocabulary import Vocabulary
from .whole import from_words

# So many types are looked at more closely on a page.
MOST_TYPES = 4
# A page of text with so much that other papers say is one of those.
STRAY = 0.8
# No paper has more words on a page; neighbours are looked for among all of them.
MOST_WORDS = 8000
# So many pages are kept until the type of their paper is known; a book of 500 is none of ours.
MOST_WAITING = 4
# A statement of 500 pages says everything on each; so much is kept of a paper and of a field.
MOST_CANDIDATES, MOST_OF_A_FIELD = 1500, 40
# A page with so many labels of a paper is one of its pages.
LABELS_OF_A_PAPER = 2
# An issuer's name stands on the first pages of a paper.
ISSUER_PAGES = 2


class _Said:
    """What a page says if it is of one type."""

    def __init__(self, sheet: Sheet, vocabulary: Vocabulary) -> None:
        self._sheet, self._type = sheet, vocabulary.document_type
        self.located = Located(sheet, vocabulary)
        in_text = (*in_sentences(sheet, vocabulary), *in_clauses(sheet, vocabulary))
        boxed = boxed_amounts(sheet, self._type)
        values = [*self.located.candidates, *in_text, *boxed]
        self.values = [*values, *of_only_kind(sheet, self._type, values)]

    @cached_property
    def without_labels(self) -> list[Candidate]:
        """What follows from its words anywhere."""
        return list(from_words(self._sheet, self._type))


def vocabularies(types: Mapping[str, DocumentType]) -> dict[str, Vocabulary]:
    """The words of each type; made once, for all files."""
    return {name: Vocabulary(each) for name, each in types.items()}


class Records:
    """Takes a file's pages one after the other and makes the records of its papers."""

    def __init__(self, vocabularies: Mapping[str, Vocabulary]) -> None:
        self._vocabularies = vocabularies
        self._types = {name: each.document_type for name, each in vocabularies.items()}
        self._papers: list[Paper] = []

    def add(self, page: Page) -> None:
        """Read the next page; it is to have its words. One of a plan or a map is left out."""
        if len(page.words) > MOST_WORDS:
            page = page.model_copy(update={"words": Words(), "tables": []})
        sheet = read_sheet(page)
        words = PageWords(sheet)
        verdict, keys, said = self._judge(sheet, words)
        paper = self._papers[-1] if self._papers else None
        is_new = paper is None or begins(paper, verdict, keys, sheet)
        if paper is None or (is_new and not self._goes_on(paper, verdict, words)):
            paper = Paper(verdict.type, verdict, page.number, page.number, keys, heads_of(sheet))
            self._papers.append(paper)
        elif verdict.type != OTHER and paper.type == OTHER:
            if verdict.type in paper.verdict.encloses:
                paper.waiting = []  # the letter before a paper only speaks of it
            paper.type, paper.verdict = verdict.type, verdict  # its first pages said nothing
        if verdict.type == paper.type:
            paper.keys = {**keys, **paper.keys}
            if verdict.score > paper.verdict.score:
                paper.verdict = verdict
        paper.numbers |= numbers_on(sheet)
        paper.last_page = page.number
        paper.waiting = [*paper.waiting[-MOST_WAITING:], sheet]
        if paper.type != OTHER:
            self._read_waiting(paper, said)

    def finish(self) -> list[Record]:
        """The records, in page order."""
        return [self._record(paper) for paper in self._papers]

    def _judge(
        self, sheet: Sheet, words: PageWords
    ) -> tuple[Verdict, dict[str, str], dict[str, _Said]]:
        """What a page is by itself, which paper of its type it belongs to, and what it says."""
        cues = {name: words.of(each) for name, each in self._vocabularies.items()}
        said = {}
        is_named = cues[OTHER].title > OTHERS_TITLE
        for name in self._likely(words, cues):
            if is_named and not cues[name].title and cues[name].phrases < FEW_PHRASES:
                cues[name].doubts += 1
            said[name] = found = _Said(sheet, self._vocabularies[name])
            labels, unlabelled = found.located.known_fields, found.without_labels
            cues[name].weigh_values(self._types[name], found.values, labels, unlabelled)
        scores = {name: each.score for name, each in cues.items()}
        best, second = sorted(scores, key=lambda name: -scores[name])[:2]
        if scores[best] < (LEAST if cues[best].title else UNTITLED_LEAST):
            strays = words.is_prose and scores[OTHER] >= STRAY
            of = self._types_where(words.encloses)
            verdict = Verdict(OTHER, scores[best], 0.0, False, strays, words.is_short, encloses=of)
            return verdict, {}, said
        verdict = Verdict(best, scores[best], scores[second], cues[best].title > TITLED)
        if best not in said:
            of = self._types_where(words.is_annexure_of)
            return replace(verdict, annexure_of=of), {}, said
        located = said[best].located
        labelled = [*located.candidates, *said[best].without_labels]
        return verdict, keys_of(labelled, located.rules), said

    def _types_where(self, is_so: Callable[[Vocabulary], bool]) -> frozenset[str]:
        return frozenset(name for name, each in self._vocabularies.items() if is_so(each))

    def _goes_on(self, paper: Paper, verdict: Verdict, words: PageWords) -> bool:
        """Has a page that is nothing by itself the labels of the paper before, whoever signs it?"""
        if verdict.score >= LEAST or paper.type == OTHER:
            return False
        return words.labels(self._vocabularies[paper.type]) >= LABELS_OF_A_PAPER

    def _likely(self, words: PageWords, cues: Mapping[str, Cues]) -> list[str]:
        """The types worth a closer look: by their titles, phrases and bare labels."""
        likely = {
            name: cues[name].score + LABEL * words.labels(vocabulary)
            for name, vocabulary in self._vocabularies.items()
            if name != OTHER
        }
        ranked = sorted(likely, key=lambda name: -likely[name])
        return [name for name in ranked[:MOST_TYPES] if likely[name] > 0]

    def _read_waiting(self, paper: Paper, last: Mapping[str, _Said]) -> None:
        """Read a paper's pages, the last of which was read already as what it may be."""
        vocabulary = self._vocabularies[paper.type]
        for sheet in paper.waiting:
            known = last.get(paper.type) if sheet is paper.waiting[-1] else None
            said = known or _Said(sheet, vocabulary)
            paper.payers.append(said.located.payers)
            paper.candidates += [*said.values, *said.without_labels]
            if sheet.number < paper.first_page + ISSUER_PAGES:
                paper.candidates += issuers(sheet, vocabulary, said.located.spots, paper.brands)
                paper.candidates += addressees(sheet, vocabulary, said.located.spots)
        paper.waiting = []
        if len(paper.candidates) > MOST_CANDIDATES:
            paper.candidates = _likeliest(paper.candidates)

    def _record(self, paper: Paper) -> Record:
        first, last, confidence = paper.first_page, paper.last_page, paper.verdict.confidence
        if paper.type == OTHER:
            return Record(first_page=first, last_page=last, type_confidence=confidence)
        said = [*paper.candidates, *only_payers(paper.payers, paper.candidates)]
        return make_record(self._types[paper.type], said, first, last, confidence)


def _likeliest(candidates: list[Candidate]) -> list[Candidate]:
    """The likeliest of each field, in the order in which they were found."""
    by_field: dict[str, list[Candidate]] = {}
    for one in candidates:
        by_field.setdefault(one.field, []).append(one)
    kept = set()
    for each in by_field.values():
        kept |= {id(c) for c in sorted(each, key=lambda c: -c.score)[:MOST_OF_A_FIELD]}
    return [one for one in candidates if id(one) in kept]
