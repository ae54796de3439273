"""Sample papers with fields knocked out, for a model to find again."""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from ..doctypes import FieldRule
from ..errors import TaxAIError
from ..extract.asking.gaps import Gap
from ..extract.sheet import read_sheet
from ..extract.vocabulary import Vocabulary
from ..models import Page, Reading, Record
from ..observe.machine import cpu_count
from ..pdf.lines import lines_of
from ..pipeline import process_pdf
from ..settings import get_settings
from ..values import as_amount, parse_amount
from .field_scores import is_same
from .field_truths import TruePaper, Truth

# Of the important fields that were read right, each so-manieth is hidden.
HIDDEN_EVERY = 3


@dataclass(frozen=True)
class HiddenPaper:
    """A paper without some of its fields: their rules, and what is printed of them."""

    name: str
    title: str
    record: Record
    pages: list[Page]
    rules: list[FieldRule]
    truth: Mapping[str, str]

    @property
    def gap(self) -> Gap:
        """What is to be asked of it: the hidden fields."""
        return Gap(1, tuple(rule.name for rule in self.rules), False)

    @cached_property
    def text(self) -> str:
        """All that its file prints, line by line."""
        lines = (line for page in self.pages for line in lines_of(read_sheet(page).words))
        return "\n".join(" ".join(word.text for word in line.words) for line in lines)

    def prints(self, rule: FieldRule, value: str) -> bool:
        """Does a value of the contract's form stand anywhere in the paper?"""
        if rule.kind == "amount":
            return value in self._amounts
        return value in (self.truth[rule.name],) or _bare(value) in self._bare_text

    @cached_property
    def _amounts(self) -> set[str]:
        found = (parse_amount(word) for word in self.text.split())
        return {as_amount(amount) for amount in found if amount is not None}

    @cached_property
    def _bare_text(self) -> str:
        return _bare(self.text)


def hidden_papers(truths: Sequence[Truth], types: Mapping[str, Vocabulary]) -> list[HiddenPaper]:
    """Read papers and hide fields of them; those that lose none are left out.

    Files of several papers are passed over: one request with the whole text could not tell whose
    field is meant.
    """
    single = [truth for truth in truths if not truth.is_bundle]
    found, number = [], count(1)
    for truth in single:
        if (reading := _read(truth, types)) is None:
            continue
        (paper,), record = truth.papers, reading.first_record
        if record.document_type != paper.document_type:
            continue
        document_type = types[record.document_type].document_type
        right = _read_right(document_type.fields, paper, record)
        rules = [rule for rule in right if next(number) % HIDDEN_EVERY == 0]
        if rules:
            hidden = {rule.name: paper.fields[rule.name] for rule in rules}
            left = {name: one for name, one in record.fields.items() if name not in hidden}
            without = record.model_copy(update={"fields": left})
            found.append(
                HiddenPaper(
                    truth.path.name, document_type.title, without, reading.pages, rules, hidden
                )
            )
    return found


def evenly(papers: Sequence[HiddenPaper], most: int | None) -> list[HiddenPaper]:
    """So many of the papers, from the whole row of them."""
    if most is None or most >= len(papers):
        return list(papers)
    return [papers[number * len(papers) // most] for number in range(most)]


def _read(truth: Truth, types: Mapping[str, Vocabulary]) -> Reading | None:
    settings = get_settings()
    try:
        return process_pdf(
            truth.path.read_bytes(),
            password=truth.password,
            max_file_mb=settings.max_file_mb,
            max_pages=settings.max_pages,
            page_timeout_s=settings.page_timeout_s,
            cores=cpu_count,
            keep_words=True,
            types=types,
        )
    except TaxAIError as error:
        print(f"{truth.path.name}: {error}", file=sys.stderr)
        return None


def _read_right(
    rules: Sequence[FieldRule], paper: TruePaper, record: Record
) -> Iterator[FieldRule]:
    """The important fields that were read as they are printed; a choice is never asked for."""
    for rule in rules:
        if not rule.important or rule.kind == "choice":
            continue
        field, true = record.fields.get(rule.name), paper.fields.get(rule.name)
        if field and true is not None and is_same(rule.kind, true, field.value):
            yield rule


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
