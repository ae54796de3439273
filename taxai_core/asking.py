"""What a model is asked about a reading, and what counts of its answers: the order of the steps."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .ai.errors import NoUsableAnswerError, TooLongQuestionError
from .ai.question import Answer, Question
from .extract.asking.gaps import Gap, gaps_of
from .extract.asking.grounding import Grounded, apply, ground
from .extract.asking.notice import no_answer_about, not_asked_about
from .extract.asking.questions import pages_to_ask, questions_for
from .extract.vocabulary import Vocabulary
from .models import Page, Record

# Puts a question to a model; may raise `ModelError`.
Put = Callable[[Question], Answer]
# A page with its words, by its number.
Pages = Callable[[int], Page]


@dataclass
class Outcome:
    """What came of asking: the papers that changed, by number, and what it took."""

    records: dict[int, Record] = field(default_factory=dict)
    wanted: int = 0
    filled: int = 0
    questions: int = 0
    is_cut_short: bool = False
    calls: int = 0
    prompt_tokens: int = 0
    answer_tokens: int = 0
    seconds: float = 0.0

    def count(self, answer: Answer) -> None:
        """Add what an answer took; one that was known before took nothing."""
        self.calls += answer.prompt_tokens > 0
        self.prompt_tokens += answer.prompt_tokens
        self.answer_tokens += answer.tokens
        self.seconds += answer.seconds


def find_gaps(types: Mapping[str, Vocabulary], records: Sequence[Record]) -> list[Gap]:
    """What the rules left open in the papers of a file."""
    return gaps_of({name: each.document_type for name, each in types.items()}, records)


def count_gaps(gaps: Sequence[Gap]) -> int:
    """How many values are wanted; the type of a paper is one."""
    return sum(len(gap.fields) + gap.is_type_unsure for gap in gaps)


def ask_about(
    records: Sequence[Record],
    pages: Pages,
    types: Mapping[str, Vocabulary],
    put: Put,
    *,
    window: int,
    gaps: Sequence[Gap] | None = None,
    is_over: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Ask a model for what the rules left open, and keep what is printed.

    A question to which it has no usable answer costs that question only, unless it is every one.

    Args:
        gaps: what to ask for in place of what the rules left open.
        is_over: no further question is asked then.

    Raises:
        ModelError: as `put` does; nothing of the file is kept then.
    """
    asking = _Asking(pages, types, put, window, is_over)
    gaps = find_gaps(types, records) if gaps is None else gaps
    outcome = asking.outcome
    outcome.wanted = count_gaps(gaps)
    for gap in gaps:
        before = records[gap.record - 1]
        after = asking.about(before, gap)
        if after != before:
            outcome.records[gap.record] = after
            outcome.filled += before.document_type != after.document_type
            outcome.filled += sum(
                field != before.fields.get(name) for name, field in after.fields.items()
            )
    if asking.failure and not asking.is_answered:
        raise asking.failure
    return outcome


def as_answered(
    types: Mapping[str, Vocabulary], by_rules: Record, read: Record, before: Record, after: Record
) -> Record:
    """A paper as read, with what the model added, and without what people made of it.

    Args:
        by_rules: the paper as the rules left it.
        read: the same with what the model added when it was asked before.
        before, after: the paper as people have it, before and after asking.
    """
    added = {
        name: field
        for name, field in after.fields.items()
        if field.source == "ai" and field != before.fields.get(name)
    }
    warnings = [one for one in after.warnings if one not in before.warnings]
    named = after.document_type if after.document_type != before.document_type else None
    paper = read.model_copy(update={"warnings": by_rules.warnings})
    kind = named or read.document_type
    return apply(types[kind].document_type, paper, Grounded(added, warnings, named))


def _warned(record: Record, warning: str) -> Record:
    if warning in record.warnings:
        return record
    return record.model_copy(update={"warnings": [*record.warnings, warning]})


@dataclass
class _Asking:
    """What is asked about one file."""

    pages: Pages
    types: Mapping[str, Vocabulary]
    put: Put
    window: int
    is_over: Callable[[], bool]
    outcome: Outcome = field(default_factory=Outcome)
    is_answered: bool = False
    failure: NoUsableAnswerError | TooLongQuestionError | None = None

    def about(self, record: Record, gap: Gap) -> Record:
        """A paper as it is after the model was asked about it."""
        pages = [self.pages(number) for number in pages_to_ask(record)]
        before = record.document_type
        questions = questions_for(self.types, record, gap, pages, window=self.window)
        if questions.left_out:
            record = _warned(record, not_asked_about(questions.left_out))
        for asked in questions.asked:
            if self.is_over():
                self.outcome.is_cut_short = True
                return record
            if (values := self._answer(asked.question)) is None:
                record = _warned(record, no_answer_about(asked.pages))
                continue
            grounded = ground(self.types, record, asked, values, pages)
            kind = grounded.document_type or record.document_type
            record = apply(self.types[kind].document_type, record, grounded)
        if record.document_type == before:
            return record
        # It is of another type than the rules took it for, so other values are wanted.
        fields = [one.fields for one in find_gaps(self.types, [record])]
        return self.about(record, Gap(gap.record, fields[0], False)) if fields else record

    def _answer(self, question: Question) -> dict[str, Any] | None:
        self.outcome.questions += 1
        try:
            answer = self.put(question)
        except (NoUsableAnswerError, TooLongQuestionError) as error:
            self.failure = error
            return None
        self.is_answered = True
        self.outcome.count(answer)
        return answer.values
