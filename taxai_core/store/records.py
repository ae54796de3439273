"""The papers of a document: what was read of each, what people made of it, and their rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ..errors import NotFoundError
from ..models import Check, Field, Reading, Record
from .revisions import current_fields
from .rows import DocumentRow, RecordRow
from .vault import Vault


@dataclass(frozen=True)
class StoredField:
    """One field: as it was read, and its present value; None where a person cleared it.

    `seq` is that of the edit in force, 0 where there is none.
    """

    name: str
    read: Field | None = None
    field: Field | None = None
    seq: int = 0

    @property
    def is_edited(self) -> bool:
        """Does it differ from what was read?"""
        return self.field != self.read

    @property
    def has_place(self) -> bool:
        """Does its present value stand on a page? One typed by hand may stand nowhere."""
        return self.field is not None and self.field.bbox.x1 > self.field.bbox.x0


@dataclass(frozen=True)
class StoredRecord:
    """One paper of a document; `number` is its place in the file, from 1.

    As the store gives it, checks and belonging (`taxpayer_…`, `financial_year`) are those of what
    was read; `papers.present` brings them up to what stands in the fields.
    """

    number: int
    first_page: int
    last_page: int
    document_type: str
    type_confidence: float
    fields: dict[str, StoredField]
    checks: list[Check]
    warnings: list[str]
    taxpayer_pan: str
    taxpayer_name: str
    financial_year: str

    @classmethod
    def of(cls, number: int, read: Record, edits: Mapping[str, dict[str, Any]]) -> Self:
        """What was read with the edits in force, by the fields' places."""
        edited = {name: edits.get(place_of(number, name)) for name in read.fields}
        prefix = place_of(number, "")
        edited |= {
            place.removeprefix(prefix): edit
            for place, edit in edits.items()
            if place.startswith(prefix)
        }
        fields = (_field(name, read.fields.get(name), edit) for name, edit in edited.items())
        return cls(
            number=number,
            first_page=read.first_page,
            last_page=read.last_page,
            document_type=read.document_type,
            type_confidence=read.type_confidence,
            # One typed by hand and taken away again is as if it had never been there.
            fields={one.name: one for one in fields if one.read or one.field},
            checks=read.checks,
            warnings=read.warnings,
            taxpayer_pan=read.taxpayer_pan,
            taxpayer_name=read.taxpayer_name,
            financial_year=read.financial_year,
        )

    @property
    def values(self) -> dict[str, Field]:
        """The fields that have a value."""
        return {name: one.field for name, one in self.fields.items() if one.field}

    @property
    def cleared(self) -> set[str]:
        """The fields that a person says the paper does not have."""
        return {name for name, one in self.fields.items() if one.seq and one.field is None}

    def as_record(self) -> Record:
        """The paper with its present values."""
        plain = {name: getattr(self, name) for name in Record.model_fields if name != "fields"}
        return Record(fields=self.values, **plain)

    @property
    def place(self) -> str:
        """What it is called: `page 3`, `pages 3–5`."""
        first, last = self.first_page, self.last_page
        return f"page {first}" if first == last else f"pages {first}–{last}"


@dataclass(frozen=True)
class RecordSummary:
    """What the lists show of one paper; `lowest_confidence` is None where it has no value."""

    number: int
    first_page: int
    last_page: int
    document_type: str
    type_confidence: float
    taxpayer_pan: str
    taxpayer_name: str
    financial_year: str
    passed_checks: int
    failed_checks: int
    lowest_confidence: float | None


def place_of(number: int, name: str) -> str:
    """The place of a field, as revisions name it."""
    return f"{number}/{name}"


def records_of(reading: Reading, edits: Mapping[str, dict[str, Any]]) -> list[StoredRecord]:
    """The papers of a reading with the edits in force."""
    return [StoredRecord.of(number, read, edits) for number, read in enumerate(reading.records, 1)]


def load_records(session: Session, vault: Vault, document_id: str) -> list[StoredRecord]:
    """The papers of a document, in the caller's transaction.

    Raises:
        NotFoundError
    """
    row = session.get(DocumentRow, document_id)
    if row is None:
        raise NotFoundError()
    reading = present_reading(vault, row)
    return records_of(reading, current_fields(session, vault, document_id)) if reading else []


def seal_reading(vault: Vault, document_id: str, reading: Reading) -> bytes:
    """A reading without its pages, whose tables, words and pictures lie elsewhere."""
    rest = reading.model_dump(mode="json", exclude={"pages", "total_s"})
    return vault.seal_json(rest, f"{document_id}/reading")


def open_reading(
    vault: Vault, document_id: str, sealed: bytes, answered: Mapping[int, Record] | None = None
) -> Reading:
    """What `seal_reading` sealed, with the papers that a model has changed, by number."""
    reading = Reading(pages=[], **vault.open_json(sealed, f"{document_id}/reading"))
    answered = answered or {}
    records = [answered.get(number, one) for number, one in enumerate(reading.records, 1)]
    return reading.model_copy(update={"records": records})


def present_reading(vault: Vault, row: DocumentRow) -> Reading | None:
    """What was read of a document, by rules and by a model; None where it was not read yet."""
    if row.reading_sealed is None:
        return None
    return open_reading(vault, row.id, row.reading_sealed, open_answers(vault, row))


def open_answers(vault: Vault, row: DocumentRow) -> dict[int, Record]:
    """The papers that a model has changed, by number."""
    if row.answers_sealed is None:
        return {}
    stored = vault.open_json(row.answers_sealed, f"{row.id}/answers")
    return {int(number): Record.model_validate(one) for number, one in stored.items()}


def seal_answers(vault: Vault, document_id: str, records: Mapping[int, Record]) -> bytes:
    """The papers that a model has changed, by number."""
    stored = {str(number): one.model_dump(mode="json") for number, one in records.items()}
    return vault.seal_json(stored, f"{document_id}/answers")


def write_rows(
    session: Session, vault: Vault, document_id: str, records: Sequence[StoredRecord]
) -> None:
    """Make the rows of a document's papers anew, in the caller's transaction."""
    session.execute(delete(RecordRow).where(RecordRow.document_id == document_id))
    for record in records:
        statuses = [check.status for check in record.checks]
        taxpayer = {"pan": record.taxpayer_pan, "name": record.taxpayer_name}
        session.add(
            RecordRow(
                document_id=document_id,
                number=record.number,
                first_page=record.first_page,
                last_page=record.last_page,
                document_type=record.document_type,
                type_confidence=record.type_confidence,
                financial_year=record.financial_year,
                taxpayer_sealed=vault.seal_json(taxpayer, _seal_place(document_id, record.number)),
                passed_checks=statuses.count("pass"),
                failed_checks=statuses.count("fail"),
                lowest_confidence=min(
                    (field.confidence for field in record.values.values()), default=None
                ),
            )
        )


def summary(vault: Vault, row: RecordRow) -> RecordSummary:
    """What the lists show of a paper."""
    place = _seal_place(row.document_id, row.number)
    taxpayer = vault.open_json(row.taxpayer_sealed, place)
    taken = RecordSummary.__dataclass_fields__.keys() - {"taxpayer_pan", "taxpayer_name"}
    return RecordSummary(
        taxpayer_pan=taxpayer["pan"],
        taxpayer_name=taxpayer["name"],
        **{name: getattr(row, name) for name in taken},
    )


def _seal_place(document_id: str, number: int) -> str:
    return f"{document_id}/record/{number}"


def _field(name: str, read: Field | None, edit: dict[str, Any] | None) -> StoredField:
    if edit is None:
        return StoredField(name, read, read)
    field = Field.model_validate(edit["field"]) if edit["field"] else None
    return StoredField(name, read, field, edit["seq"])
