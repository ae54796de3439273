"""The papers of a file: where each begins and ends, what it is and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..doctypes import DocumentType
from ..models import Page, Record
from .candidate import Candidate
from .clauses import in_clauses
from .letterhead import issuers
from .locate import Located
from .prose import in_sentences
from .recognise import LABEL, LEAST, MOST_LABELS, OTHER, PageWords, Verdict, lacking
from .record import make_record
from .sheet import Sheet, read_sheet
from .vocabulary import Vocabulary
from .whole import from_words

# So many types are looked at more closely on a page.
MOST_TYPES = 4
# What tells two papers of one type apart, read as surely as this.
SURE_VALUE = 0.6
KEYS, SURE = ("pan", "tan", "year", "month", "date", "identifier"), 0.8
# An issuer's name stands on the first pages of a paper.
ISSUER_PAGES = 2


@dataclass
class Paper:
    """Pages that belong together; `waiting` are those read before its type was known."""

    type: str
    verdict: Verdict
    first_page: int
    last_page: int
    keys: dict[str, str]
    candidates: list[Candidate] = field(default_factory=list)
    waiting: list[Sheet] = field(default_factory=list)


class Records:
    """Takes a file's pages one after the other and makes the records of its papers."""

    def __init__(self, types: Mapping[str, DocumentType]) -> None:
        self._types = types
        self._vocabularies = {name: Vocabulary(each) for name, each in types.items()}
        self._papers: list[Paper] = []

    def add(self, page: Page) -> None:
        """Read the next page; it is to have its words."""
        sheet = read_sheet(page)
        verdict, keys = self._judge(sheet)
        paper = self._papers[-1] if self._papers else None
        if paper is None or _begins(paper, verdict, keys):
            paper = Paper(verdict.type, verdict, page.number, page.number, keys)
            self._papers.append(paper)
        elif verdict.type != OTHER and paper.type == OTHER:
            paper.type, paper.verdict = verdict.type, verdict  # its first pages said nothing
        if verdict.type == paper.type:
            paper.keys = {**keys, **paper.keys}
            if verdict.score > paper.verdict.score:
                paper.verdict = verdict
        paper.last_page = page.number
        paper.waiting.append(sheet)
        if paper.type != OTHER:
            self._read_waiting(paper)

    def finish(self) -> list[Record]:
        """The records, in page order."""
        return [self._record(paper) for paper in self._papers]

    def _judge(self, sheet: Sheet) -> tuple[Verdict, dict[str, str]]:
        words = PageWords(sheet)
        cues = {name: words.of(each) for name, each in self._types.items()}
        likely = sorted(cues, key=lambda name: -cues[name].score)[:MOST_TYPES]
        located = {}
        for name in likely:
            if name != OTHER and cues[name].score > 0:
                located[name] = found = Located(sheet, self._vocabularies[name])
                said = [c for c in found.candidates if c.score >= SURE_VALUE]
                said += in_sentences(sheet, self._vocabularies[name])
                said += in_clauses(sheet, self._vocabularies[name])
                has = {one.field for one in said}
                labels = found.known_fields | has
                cues[name].labels = min(MOST_LABELS, LABEL * len(labels))
                cues[name].against += lacking(self._types[name], has, len(found.known_fields))
        ranked = sorted(cues, key=lambda name: -cues[name].score)
        best, rest = ranked[0], [cues[name].score for name in ranked[1:]]
        verdict = Verdict(best, cues[best].score, max(rest, default=0.0), cues[best].title > 1)
        if verdict.score < LEAST:
            return Verdict(OTHER, verdict.score, 0.0, False), {}
        return verdict, _keys(located[best]) if best in located else {}

    def _read_waiting(self, paper: Paper) -> None:
        document_type = self._types[paper.type]
        for sheet in paper.waiting:
            vocabulary = self._vocabularies[paper.type]
            located = Located(sheet, vocabulary)
            paper.candidates += located.candidates
            paper.candidates += in_sentences(sheet, vocabulary)
            paper.candidates += in_clauses(sheet, vocabulary)
            paper.candidates += from_words(sheet, document_type)
            if sheet.number < paper.first_page + ISSUER_PAGES:
                paper.candidates += issuers(sheet, vocabulary, located.spots)
        paper.waiting = []

    def _record(self, paper: Paper) -> Record:
        first, last, confidence = paper.first_page, paper.last_page, paper.verdict.confidence
        if paper.type == OTHER:
            return Record(first_page=first, last_page=last, type_confidence=confidence)
        return make_record(self._types[paper.type], paper.candidates, first, last, confidence)


def _begins(paper: Paper, verdict: Verdict, keys: Mapping[str, str]) -> bool:
    """Does another paper begin with this page?"""
    if verdict.score < LEAST:
        return False
    if verdict.type == paper.type:
        differs = any(paper.keys.get(name, value) != value for name, value in keys.items())
        return differs and verdict.type != OTHER
    if paper.type == OTHER and not paper.verdict.has_title:
        return False
    shares_a_key = bool(set(paper.keys.values()) & set(keys.values()))
    return verdict.has_title and not (verdict.type == OTHER and shares_a_key)


def _keys(located: Located) -> dict[str, str]:
    """By what a page says which paper of its type it belongs to."""
    keys: dict[str, str] = {}
    for one in sorted(located.candidates, key=lambda one: -one.score):
        rule = located.rules[one.field]
        if rule.kind in KEYS and one.score >= SURE and (rule.kind != "date" or rule.of_period):
            keys.setdefault(one.field, one.value)
    return keys
