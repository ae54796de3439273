"""The papers of a document as they are shown: in the form's order, checked, with their owner."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from .extract.belonging import taxpayer_name, taxpayer_pan
from .extract.checks import run_checks
from .extract.record import financial_year_of
from .models import Field
from .settings import get_document_types
from .store.readings import StoredReading
from .store.records import StoredRecord

Fields = Mapping[str, Field]


def present_reading(reading: StoredReading) -> StoredReading:
    """A reading with its papers as they are shown."""
    return replace(reading, records=[present(record) for record in reading.records])


def present(record: StoredRecord) -> StoredRecord:
    """A paper with its fields in the form's order, and what follows from their present values."""
    document_type = get_document_types().get(record.document_type)
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
