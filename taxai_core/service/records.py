"""The papers of a document, and the order in which people review them."""

from collections.abc import Sequence

from ..doctypes import DocumentType
from ..settings import get_document_types
from ..store.document import Document
from ..store.records import RecordSummary as RecordSummary  # for annotations elsewhere
from ..store.records import StoredField as StoredField
from ..store.records import StoredRecord as StoredRecord

# Values below are to be looked at: of those at or above it at least 99 in 100 are right.
SURE = 0.9


def document_types() -> dict[str, DocumentType]:
    """All document types by id."""
    return get_document_types()


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
