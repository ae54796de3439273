"""What the rules left open in a paper: the fields that a model is asked for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...doctypes import DocumentType, FieldRule
from ...models import Record
from ..confidence import SURE_TYPE
from ..recognise import OTHER


@dataclass(frozen=True)
class Gap:
    """What a model may add to a paper.

    Args:
        record: the paper's number in its file, from 1.
        fields: in the form's order.
        is_type_unsure: it may be of another type than the rules took it for.
    """

    record: int
    fields: tuple[str, ...]
    is_type_unsure: bool


def gaps_of(types: Mapping[str, DocumentType], records: Sequence[Record]) -> list[Gap]:
    """The gaps of a file's papers; those without one are left out.

    A paper of a type that is not known any more has none.
    """
    found = []
    for number, record in enumerate(records, start=1):
        if document_type := types.get(record.document_type):
            open_fields = _open_fields(document_type, record)
            wanted = tuple(rule.name for rule in document_type.fields if rule.name in open_fields)
            gap = Gap(number, wanted, record.type_confidence < SURE_TYPE)
            if gap.fields or gap.is_type_unsure:
                found.append(gap)
    return found


def _open_fields(document_type: DocumentType, record: Record) -> set[str]:
    if document_type.id == OTHER:
        return set()
    missing = {*_missing_important(document_type, record), *_missing_core(document_type, record)}
    important = {rule.name for rule in document_type.fields if rule.important}
    # Which field of a sum is misread, nobody knows.
    failing = (set(check.fields) for check in record.checks if check.status == "fail")
    doubtful = {name for fields in failing if fields & important for name in fields}
    asked = {rule.name for rule in document_type.fields if _is_asked(rule, record)}
    typed = {name for name, field in record.fields.items() if field.source == "user"}
    return (missing & asked) | (doubtful - typed)


def _missing_important(document_type: DocumentType, record: Record) -> Iterator[str]:
    for group in document_type.groups:
        important = [rule.name for rule in group.fields if rule.important]
        missing = [name for name in important if name not in record.fields]
        if len(missing) < len(important) or len(important) == 1:
            yield from missing


def _missing_core(document_type: DocumentType, record: Record) -> Iterator[str]:
    """Every paper of a type has one of each core group."""
    for group in document_type.recognise.core:
        if not set(group) & set(record.fields):
            yield from group


def _is_asked(rule: FieldRule, record: Record) -> bool:
    """A choice follows from the form's own words; a year that is known need not be said twice."""
    return rule.kind != "choice" and not (rule.kind == "year" and record.financial_year)
