"""The papers of a document as they are shown: in the form's order, checked, with their owner."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from ..doctypes import DocumentType
from ..extract.belonging import taxpayer_name, taxpayer_pan
from ..extract.checks import run_checks
from ..extract.record import financial_year_of
from ..models import Field
from ..settings import get_document_types
from ..store.documents import Document
from ..store.readings import StoredReading
from ..store.records import RecordSummary as RecordSummary  # for annotations elsewhere
from ..store.records import StoredField as StoredField
from ..store.records import StoredRecord as StoredRecord

# Values below are to be looked at: of those at or above it at least 99 in 100 are right.
SURE = 0.9
Fields = Mapping[str, Field]


def document_types() -> dict[str, DocumentType]:
    """All document types by id."""
    return get_document_types()


def present_reading(reading: StoredReading) -> StoredReading:
    """A reading with its papers as they are shown."""
    return replace(reading, records=[present(record) for record in reading.records])


def present(record: StoredRecord) -> StoredRecord:
    """A paper with its fields in the form's order, and what follows from their present values."""
    document_type = document_types().get(record.document_type)
    if document_type is None:
        return record
    order = [rule.name for rule in document_type.fields if rule.name in record.fields]
    now = record.values
    read = {name: one.read for name, one in record.fields.items() if one.read}

    def followed(known: str, follow: Callable[[Fields], str]) -> str:
        # The reader may know it from elsewhere on the page, so it holds until an edit changes it.
        after = follow(now)
        return known or after if after == follow(read) else after

    return replace(
        record,
        fields={name: record.fields[name] for name in order} | record.fields,
        checks=run_checks(document_type, now),
        taxpayer_pan=followed(record.taxpayer_pan, partial(taxpayer_pan, document_type)),
        taxpayer_name=followed(record.taxpayer_name, partial(taxpayer_name, document_type)),
        financial_year=followed(record.financial_year, financial_year_of),
    )


def fields_in_review_order(record: StoredRecord) -> list[StoredField]:
    """A paper's fields: those of failed checks, then unsure ones, then the rest as the form has it.

    Within the first two the least sure come first.
    """
    failed = {name for check in record.checks if check.status == "fail" for name in check.fields}

    def rank(one: StoredField) -> tuple[int, float]:
        confidence = one.field.confidence if one.field else 1.0  # cleared by a person, who is sure
        if one.name in failed:
            return 0, confidence
        return (1, confidence) if confidence < SURE else (2, 0.0)

    return sorted(record.fields.values(), key=rank)


def review_order(documents: Sequence[Document]) -> list[Document]:
    """Documents whose checks fail first, then those with the least sure value."""

    def rank(document: Document) -> tuple[bool, float]:
        unsure = [one.lowest_confidence for one in document.records]
        is_sound = not any(one.failed_checks for one in document.records)
        return is_sound, min((one for one in unsure if one is not None), default=1.0)

    return sorted(documents, key=rank)
