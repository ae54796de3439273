"""What a model is asked about a paper: only what the rules left open, only the lines around it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...ai.question import LETTERS_A_TOKEN, Question, estimated_tokens
from ...doctypes import FieldRule
from ...models import Page, Record
from ..recognise import OTHER
from ..vocabulary import Vocabulary
from .gaps import Gap
from .prompt import BEGIN, END, PROMPT_VERSION, SYSTEM, head, most_tokens, schema, tail
from .relevance import Relevance, wanted_fields
from .rows import PageRows
from .titled import types_said

__all__ = ["PROMPT_VERSION", "Asked", "questions_for"]

# So many tokens of a paper's lines are in one question: without a graphics card a model reads 20
# to 60 of them a second.
LINES_TOKENS = 900
# A paper is asked about so many times at most; of a statement of 500 pages the first and the last
# are looked at.
MOST_QUESTIONS, FIRST_PAGES, LAST_PAGES = 3, 30, 10
# A line that has to do with a field so much is shown in any case, others where there is room.
RELEVANT, LEAST = 0.5, 0.25
# A title stands in the first lines of a page.
TITLE_ROWS, OF_TITLE = 12, 0.6
# Of so many types a paper may be.
MOST_TYPES = 4


@dataclass(frozen=True)
class Asked:
    """A question, and what its answer is about: fields of a paper, as some of its pages have them.

    `asks_type` says that it also asks of which type the paper is.
    """

    question: Question
    record: int
    fields: tuple[str, ...]
    pages: tuple[int, ...]
    asks_type: bool = False


@dataclass
class _Shown:
    """What is shown of a page; `scores` are its lines'."""

    page: PageRows
    scores: list[float]
    rows: set[int] = field(default_factory=set)

    @property
    def best(self) -> float:
        """The score of its best line."""
        return max(self.scores, default=0.0)

    @property
    def text(self) -> str:
        """The lines chosen, in their order."""
        lines = [row.text for n, row in enumerate(self.page.rows) if n in self.rows]
        return "\n".join([f"[page {self.page.number}]", *lines])

    def choose(self, least: float, letters: int) -> None:
        """Add lines of that score, the best first, each with its table's header, if they fit."""
        ranked = sorted(range(len(self.scores)), key=lambda n: -self.scores[n])
        for number in ranked:
            if self.scores[number] < least:
                return
            row = self.page.rows[number]
            with_header = {number, *map(self.page.rows.index, self.page.headers_of(row))}
            new = with_header - self.rows
            cost = sum(len(self.page.rows[n].text) + 1 for n in new)
            if len(self.text) + cost <= letters:
                self.rows |= new


def questions_for(
    vocabularies: Mapping[str, Vocabulary],
    record: Record,
    gap: Gap,
    pages: Sequence[Page],
    *,
    window: int,
) -> list[Asked]:
    """The questions that a gap of a paper makes, each of whole pages.

    Args:
        pages: the file's, with their words; those of other papers are passed over.
        window: how many tokens of question and answer the model can hold.

    Returns:
        None where the paper shows nothing that may be a value, or nothing fits into the window.
    """
    shown = [PageRows(page) for page in _of_paper(record, pages)]
    vocabulary = vocabularies[record.document_type]
    rules = wanted_fields(vocabulary, record, gap.fields, shown)
    likely = _likely(vocabularies, record, shown) if gap.is_type_unsure else {}
    if not rules and not likely:
        return []
    form = schema(rules, likely)
    before = f"{head(vocabulary.document_type, rules, likely)}\n{BEGIN}\n"
    behind = f"\n{END}\n{tail(form['required'])}"
    most = most_tokens(rules, likely)
    room = window - most - estimated_tokens(SYSTEM + before + behind)
    letters = int(min(LINES_TOKENS, room - 1) * LETTERS_A_TOKEN)
    return [
        Asked(
            Question(SYSTEM, before + "\n".join(each.text for each in group) + behind, form, most),
            gap.record,
            tuple(rule.name for rule in rules),
            tuple(each.page.number for each in group),
            bool(likely),
        )
        for group in _groups(vocabulary, rules, shown, letters, asks_type=bool(likely))
    ]


def _of_paper(record: Record, pages: Sequence[Page]) -> list[Page]:
    own = [page for page in pages if record.first_page <= page.number <= record.last_page]
    return [*own[:FIRST_PAGES], *own[FIRST_PAGES:][-LAST_PAGES:]]


def _likely(
    vocabularies: Mapping[str, Vocabulary], record: Record, pages: Sequence[PageRows]
) -> dict[str, str]:
    """The types that a paper may be, with their titles; none where it has no word of another."""
    own = record.document_type
    others = [name for name in types_said(vocabularies, pages) if name != own][:MOST_TYPES]
    if not others:
        return {}
    names = others if own == OTHER else [own, *others]
    titles = {name: vocabularies[name].document_type.title for name in names}
    return titles | {OTHER: "none of these"}


def _groups(
    vocabulary: Vocabulary,
    rules: Sequence[FieldRule],
    pages: Sequence[PageRows],
    letters: int,
    *,
    asks_type: bool,
) -> Iterator[list[_Shown]]:
    """Pages that one question holds, with the lines chosen of each."""
    shown = _scored(Relevance(vocabulary, rules), pages, asks_type=asks_type)
    for each in shown:
        each.choose(RELEVANT, letters)
    # Where no line is surely one of those wanted, the likeliest page is shown.
    chosen = [each for each in shown if each.rows] or sorted(shown, key=lambda each: -each.best)[:1]
    groups: list[list[_Shown]] = []
    for each in chosen:
        if groups and len(_joined([*groups[-1], each])) <= letters:
            groups[-1].append(each)
        else:
            groups.append([each])
    likeliest = sorted(groups, key=lambda group: -max(each.best for each in group))
    for group in sorted(likeliest[:MOST_QUESTIONS], key=lambda group: group[0].page.number):
        for each in group:
            each.choose(LEAST, letters - len(_joined(group)) + len(each.text))
        if any(each.rows for each in group):
            yield group


def _scored(relevance: Relevance, pages: Sequence[PageRows], *, asks_type: bool) -> list[_Shown]:
    """Each page with what its lines have to do with what is asked; running lines count once."""
    shown, seen = [], set[str]()
    for page in pages:
        is_first = page is pages[0]
        scores = relevance.scores(page, is_first=is_first)
        if asks_type and is_first:
            scores = [max(s, OF_TITLE) if n < TITLE_ROWS else s for n, s in enumerate(scores)]
        texts = [row.text for row in page.rows]
        scores = [0.0 if text in seen else s for text, s in zip(texts, scores, strict=True)]
        seen.update(texts)
        shown.append(_Shown(page, scores))
    return shown


def _joined(group: Sequence[_Shown]) -> str:
    return "\n".join(each.text for each in group)
