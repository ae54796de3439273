"""What a model is asked about a paper: only what the rules left open, only the lines around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ...ai.question import Question, estimated_tokens
from ...models import Page, Record
from ..recognise import OTHER
from ..vocabulary import Vocabulary
from .gaps import Gap
from .prompt import BEGIN, END, SYSTEM, head, most_tokens, schema, tail
from .relevance import Relevance, wanted_fields
from .rows import PageRows
from .shown import Shown, scored
from .titled import types_said

# So many tokens of a paper's lines a question has at most if they are of several pages: without a
# graphics card a model reads 20 to 60 of them a second. Lines that may be of use fill it up to the
# first figure only; one page with more lines that are surely wanted may have as many as the last,
# which are read within the minute that a server may be silent.
FILLED_TOKENS, LINES_TOKENS, PAGE_TOKENS = 400, 900, 2500
# A paper is asked about so many times at most; of a statement of 500 pages the first and the last
# are looked at.
MOST_QUESTIONS, FIRST_PAGES, LAST_PAGES = 6, 30, 10
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


class Questions(NamedTuple):
    """What is asked about a paper, and its pages that may have a value and are not asked about."""

    asked: list[Asked]
    left_out: tuple[int, ...] = ()


def questions_for(
    vocabularies: Mapping[str, Vocabulary],
    record: Record,
    gap: Gap,
    pages: Sequence[Page],
    *,
    window: int,
) -> Questions:
    """The questions that a gap of a paper makes, each of whole pages.

    None where the paper shows nothing that may be a value. A page whose lines do not fit into the
    window is left out, and so are the least likely ones where there would be too many questions.

    Args:
        pages: those of `pages_to_ask`, with their words.
        window: how many tokens of question and answer the model can hold.
    """
    rows = [PageRows(page) for page in pages]
    vocabulary = vocabularies[record.document_type]
    rules = wanted_fields(vocabulary, record, gap.fields, rows)
    likely = _likely(vocabularies, record, rows) if gap.is_type_unsure else {}
    if not rules and not likely:
        return Questions([])
    form = schema(rules, likely)
    before = f"{head(vocabulary.document_type, rules, likely)}\n{BEGIN}\n"
    behind = f"\n{END}\n{tail(form['required'])}"
    most = most_tokens(rules, likely)
    room = min(PAGE_TOKENS, window - most - estimated_tokens(SYSTEM + before + behind))
    shown = scored(Relevance(vocabulary, rules), rows, asks_type=bool(likely))
    groups = _groups(shown, room)
    asked = [
        Asked(
            Question(SYSTEM, before + "\n".join(each.text for each in group) + behind, form, most),
            gap.record,
            tuple(rule.name for rule in rules),
            tuple(each.page.number for each in group),
            bool(likely),
        )
        for group in groups
    ]
    return Questions(asked, _left_out(record, shown, groups))


def pages_to_ask(record: Record) -> list[int]:
    """The pages of a paper of which questions are made."""
    own = range(record.first_page, record.last_page + 1)
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


def _groups(pages: Sequence[Shown], room: int) -> list[list[Shown]]:
    """Pages that one question holds, with the lines chosen of each; the likeliest questions."""
    aim = min(LINES_TOKENS, room)
    for each in pages:
        each.choose_relevant()
    chosen = [each for each in pages if each.rows]
    if not chosen:  # no line is surely one of those wanted, so the likeliest page is shown
        chosen = sorted(pages, key=lambda each: -each.best)[:1]
    groups: list[list[Shown]] = []
    for each in chosen:
        if groups and _tokens([*groups[-1], each]) <= aim:
            groups[-1].append(each)
        elif each.tokens <= room:
            groups.append([each])
    groups.sort(key=lambda group: -max(each.best for each in group))
    groups = sorted(groups[:MOST_QUESTIONS], key=lambda group: group[0].page.number)
    for group in groups:
        for each in group:
            each.fill(min(FILLED_TOKENS, room) - _tokens([one for one in group if one is not each]))
    return [group for group in groups if any(each.rows for each in group)]


def _tokens(group: Sequence[Shown]) -> int:
    return sum(each.tokens for each in group)


def _left_out(
    record: Record, shown: Sequence[Shown], groups: Sequence[Sequence[Shown]]
) -> tuple[int, ...]:
    """The pages with lines that no question has, and a long paper's that are not looked at."""
    asked = {each.page.number for group in groups for each in group}
    wanted = {each.page.number for each in shown if each.rows}
    own = range(record.first_page, record.last_page + 1)
    return tuple(sorted((wanted | {*own} - {*pages_to_ask(record)}) - asked))
