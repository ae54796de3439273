"""From the values chosen to a paper's record: confidence, checks, warnings, whose and of when."""

from collections.abc import Iterable, Mapping

from .. import values
from ..doctypes import DocumentType
from ..models import Field, Record
from .belonging import taxpayer_name, taxpayer_pan
from .candidate import Candidate
from .checks import run_checks
from .choose import Choice, choose
from .confidence import confidence_of


def make_record(
    document_type: DocumentType,
    candidates: Iterable[Candidate],
    first_page: int,
    last_page: int,
    type_confidence: float,
) -> Record:
    """Choose the values of a paper and say how sure they are."""
    chosen = choose(document_type, candidates)
    plain = {name: _field(choice, 1.0) for name, choice in chosen.items()}
    checks = run_checks(document_type, plain)
    fields = {
        name: _field(choice, confidence_of(choice, name, checks, type_confidence))
        for name, choice in chosen.items()
    }
    return Record(
        first_page=first_page,
        last_page=last_page,
        document_type=document_type.id,
        type_confidence=type_confidence,
        fields=fields,
        checks=checks,
        warnings=[*_rivals(document_type, chosen), *_years(fields)],
        taxpayer_pan=taxpayer_pan(document_type, fields),
        taxpayer_name=taxpayer_name(document_type, fields),
        financial_year=financial_year_of(fields),
    )


def financial_year_of(fields: Mapping[str, Field]) -> str:
    """The year a paper belongs to: printed, or by its assessment year, its period or its date."""
    if "financial_year" in fields:
        return fields["financial_year"].value
    if "assessment_year" in fields:
        return values.previous_year(fields["assessment_year"].value)
    for name in ("period_to", "date", "month"):
        if name in fields:
            year, month = map(int, fields[name].value.split("-")[:2])
            start = year if month >= 4 else year - 1
            return f"{start}-{(start + 1) % 100:02d}"
    return ""


def _field(choice: Choice, confidence: float) -> Field:
    best = choice.option.best
    return Field(
        value=choice.option.value,
        page=best.page,
        bbox=best.box,
        source=best.source,
        confidence=round(confidence, 3),
        text=best.text,
        note=best.note,
        parts=list(next((c.parts for c in choice.option.places if c.parts), ())),
    )


def _rivals(document_type: DocumentType, chosen: Mapping[str, Choice]) -> Iterable[str]:
    for rule in document_type.fields:
        choice = chosen.get(rule.name)
        if choice and choice.rival:
            here, there = choice.option, choice.rival
            yield (
                f"{rule.title}: page {here.best.page} says {values.shown(rule.kind, here.value)},"
                f" page {there.best.page} says {values.shown(rule.kind, there.value)}."
                " The first was taken; look at both."
            )


def _years(fields: Mapping[str, Field]) -> Iterable[str]:
    both = [fields.get(name) for name in ("financial_year", "assessment_year")]
    if all(both):
        financial, assessment = (one.value for one in both if one)
        if values.following_year(financial) != assessment:
            yield (
                f"Financial year {financial} and assessment year {assessment} do not belong"
                " together. Correct the one that is misprinted or misread."
            )
