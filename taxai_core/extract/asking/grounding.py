"""What of a model's answer counts: only what is printed, fits and does not spoil a sum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...doctypes import DocumentType, FieldRule
from ...models import Field, Page, Record
from ...values import following_year
from ..belonging import taxpayer_name, taxpayer_pan
from ..checks import run_checks
from ..recognise import OTHER
from ..record import financial_year_of
from ..vocabulary import Vocabulary
from .fitting import Fitter, Fitting
from .printed import places_of
from .prompt import TYPE
from .questions import Asked
from .rows import PageRows
from .titled import types_said

# A value that a model found and nothing else speaks for, and one with which a sum comes out that
# did not before. Values of the rules as sure as 0.9 are right 99 times of 100; these never are.
UNPROVEN, PROVEN = 0.6, 0.75
# A type that a model named and of which a title or a phrase is printed.
TYPE_CONFIDENCE = 0.6
# What models write for a value that they do not find.
NO_ANSWER = frozenset(
    {"", "null", "none", "n/a", "na", "unknown", "not found", "not printed", "not available"}
)


@dataclass(frozen=True)
class Grounded:
    """What counts of an answer: values by field, what a person is told, and another type if any."""

    fields: dict[str, Field] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    document_type: str | None = None


def ground(
    vocabularies: Mapping[str, Vocabulary],
    record: Record,
    asked: Asked,
    values: Mapping[str, Any],
    pages: Sequence[Page],
) -> Grounded:
    """Look up a model's answers in the paper.

    Args:
        values: the answer to `asked`, by its schema.
        pages: the file's; only those that were asked about are looked at.
    """
    vocabulary = vocabularies[record.document_type]
    shown = [PageRows(page) for page in pages if page.number in asked.pages]
    found: dict[str, Field] = {}
    warnings: list[str] = []
    for name in asked.fields:
        rule, answer = vocabulary.document_type.field(name), values.get(name)
        if rule is None or not isinstance(answer, str) or answer.strip().casefold() in NO_ANSWER:
            continue
        match _taken(vocabulary, rule, answer, record.fields | found, shown):
            case str(warning):
                warnings.append(warning)
            case Field() as value:
                found[name] = value
    named, told = _type(vocabularies, record, values.get(TYPE) if asked.asks_type else None, shown)
    return Grounded(found, [*warnings, *told], named)


def apply(document_type: DocumentType, record: Record, grounded: Grounded) -> Record:
    """The paper with what counts of an answer: its sums, year and owner are made anew.

    Args:
        document_type: of the paper as it is to be, `grounded.document_type` where that is given.
    """
    fields = record.fields | grounded.fields
    in_order = {
        rule.name: fields[rule.name] for rule in document_type.fields if rule.name in fields
    }
    is_other_type = document_type.id != record.document_type
    return record.model_copy(
        update={
            "document_type": document_type.id,
            "type_confidence": TYPE_CONFIDENCE if is_other_type else record.type_confidence,
            "fields": in_order,
            "checks": run_checks(document_type, in_order),
            "warnings": list(dict.fromkeys([*record.warnings, *grounded.warnings])),
            "taxpayer_pan": taxpayer_pan(document_type, in_order),
            "taxpayer_name": taxpayer_name(document_type, in_order),
            "financial_year": financial_year_of(in_order),
        }
    )


def _taken(
    vocabulary: Vocabulary,
    rule: FieldRule,
    answer: str,
    known: Mapping[str, Field],
    pages: Sequence[PageRows],
) -> Field | str | None:
    """The value that an answer is, or what a person is told of it, if anything."""
    document_type, old = vocabulary.document_type, known.get(rule.name)
    if old and (old.source == "user" or not _failing(document_type, known, rule.name)):
        return None  # a person typed it, or another page's answer was taken already
    places = places_of(rule, answer, pages)
    if not places:
        return f"{rule.title}: the model answered something that does not stand in the paper."
    fitting = Fitter(vocabulary, rule, known).best(places)
    if fitting is None:
        page = places[0].page.number
        return (
            f"{rule.title}: what the model took for it on page {page} is something else."
            " Type it by hand if the paper has it."
        )
    value = _field(fitting, old)
    if old and old.value == value.value:
        return None
    return _judged(document_type, rule, value, known)


def _judged(
    document_type: DocumentType, rule: FieldRule, value: Field, known: Mapping[str, Field]
) -> Field | str:
    """The value with its confidence, or why it is not taken: by the paper's own sums."""
    reads = f"{rule.title}: the model reads {value.text} on page {value.page}"
    changed = {**known, rule.name: value}
    if not _years_agree(changed):
        return f"{reads}, which is not the year that the paper's other year belongs to."
    before = {check.name: check.status for check in run_checks(document_type, known)}
    after = {check.name: check.status for check in run_checks(document_type, changed)}
    spoilt = {name for name in after if after[name] == "fail" and before[name] != "fail"}
    open_checks = _failing(document_type, known, rule.name)
    if any(after[name] != "pass" for name in open_checks) or (open_checks and spoilt):
        return f"{reads}, with which its sums do not come out either. Look at both."
    if spoilt:
        title = next(check.title for check in document_type.checks if check.name in spoilt)
        return f"{reads}, but then this does not come out: {title}."
    # Many a wrong value is within a limit as well.
    proofs = [check.name for check in document_type.checks if check.at_most is None]
    is_proven = any(after[name] == "pass" and before[name] != "pass" for name in proofs)
    sure = value.confidence * (PROVEN if is_proven else UNPROVEN)
    return value.model_copy(update={"confidence": round(sure, 3)})


def _failing(document_type: DocumentType, fields: Mapping[str, Field], name: str) -> list[str]:
    checks = run_checks(document_type, fields)
    return [check.name for check in checks if check.status == "fail" and name in check.fields]


def _field(fitting: Fitting, old: Field | None) -> Field:
    """What is printed as a field; its confidence is that of its letters."""
    place, value = fitting.place, fitting.value
    words = place.piece.words_at(place.start + value.start, place.start + value.end)
    return Field(
        value=value.text,
        page=place.page.number,
        bbox=place.page.sheet.box(words),
        source="ai",
        confidence=0.9 + 0.1 * min(word.confidence for word in words),
        text=" ".join(word.text for word in words),
        note=value.note,
        parts=old.parts if old else [],
    )


def _years_agree(fields: Mapping[str, Field]) -> bool:
    financial, assessment = (fields.get(name) for name in ("financial_year", "assessment_year"))
    if financial is None or assessment is None:
        return True
    return following_year(financial.value) == assessment.value


def _type(
    vocabularies: Mapping[str, Vocabulary], record: Record, answer: Any, pages: Sequence[PageRows]
) -> tuple[str | None, list[str]]:
    """Another type that a model named, if the paper says so too; else what a person is told."""
    if answer == record.document_type or answer not in vocabularies:
        return None, []
    if record.document_type == OTHER and answer in types_said(vocabularies, pages):
        return answer, []
    if answer == OTHER:
        return None, ["The model takes this for none of the papers that are read here."]
    title = vocabularies[answer].document_type.title
    return None, [f"The model takes this for another paper: {title}."]
