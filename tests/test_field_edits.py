"""Fields in the review: every change is in force at once, a revision, and undoable."""

from pathlib import Path

import pytest

from taxai_core import service
from taxai_core.jobs.workplace import get_store
from taxai_core.models import Box, Field, Page, Reading, Record, Table, Word, Words
from taxai_core.service import StoredField, StoredRecord
from taxai_core.store import documents, readings
from taxai_core.store.page_words import put_words

BOX = Box(x0=100, top=200, x1=160, bottom=210)
CLICKED = Box(x0=300, top=400, x1=360, bottom=410)


def field(value: str, confidence: float = 0.95, page: int = 1) -> Field:
    return Field(
        value=value, page=page, bbox=BOX, source="text", confidence=confidence, text=f"{value}/-"
    )


def payslip(first_page: int, **fields: Field) -> Record:
    return Record(
        first_page=first_page,
        last_page=first_page,
        document_type="payslip",
        type_confidence=0.9,
        fields=fields,
    )


FORM = Record(
    first_page=1,
    last_page=2,
    document_type="form16",
    type_confidence=0.99,
    fields={
        "gross_salary": field("900000.00", 0.97),
        "salary_17_1": field("900000.00", 0.6),
        "employee_pan": field("ABCPE1234F"),
        "employee_name": field("Meera Iyer"),
    },
    taxpayer_pan="ABCPE1234F",
    taxpayer_name="Meera Iyer",
    financial_year="2024-25",
)


class Review:
    """A document in review with the papers given, and one table of one cell."""

    def __init__(self, *records: Record) -> None:
        self.store = get_store()
        table = Table(page=1, bbox=BOX, method="ruled", accuracy=99, rows=[["read"]])
        pages = [
            Page(number=number, width_pt=600, height_pt=800, tables=[table], warnings=[])
            for number in range(1, 4)
        ]
        self.id, _ = documents.add(self.store, "a.pdf", b"%PDF- a paper", None, "tester")
        documents.claim(self.store, self.id, 1)
        words = Words.pack([Word("9,45,000.00", 301, 401, 359, 409), Word("else", 10, 10, 20, 20)])
        put_words(self.store, self.id, 1, 2, words)
        reading = Reading(sha256="", pages=pages, records=list(records or [FORM]))
        readings.finish(self.store, self.id, 1, reading)

    @property
    def opened(self) -> service.OpenDocument:
        return service.open_document(self.id)

    @property
    def record(self) -> StoredRecord:
        return self.opened.reading.records[0]

    def value(self, name: str) -> str | None:
        stored = self.record.fields.get(name)
        return stored.field.value if stored and stored.field else None

    def set(self, name: str, text: str, seq: int | None = None, **place: object) -> StoredRecord:
        return service.set_field(self.id, 1, name, text, self._seq(name, seq), **place)

    def clear(self, name: str, seq: int | None = None) -> StoredRecord:
        return service.clear_field(self.id, 1, name, self._seq(name, seq))

    def reset(self, name: str, seq: int | None = None) -> StoredRecord:
        return service.reset_field(self.id, 1, name, self._seq(name, seq))

    def _seq(self, name: str, seq: int | None) -> int:
        return self.record.fields.get(name, StoredField(name)).seq if seq is None else seq


@pytest.fixture
def review(data: Path) -> Review:
    return Review()


def test_a_typed_value_is_in_force_at_once_and_keeps_what_is_printed_beside_it(
    review: Review,
) -> None:
    record = review.set("gross_salary", "945000.00")

    stored = record.fields["gross_salary"]
    assert stored.field
    assert (stored.field.value, stored.field.source, stored.field.confidence) == (
        *("945000.00", "user", 1.0),
    )
    assert (stored.field.page, stored.field.bbox, stored.field.text) == (1, BOX, "900000.00/-")
    assert stored.read == FORM.fields["gross_salary"]
    assert (stored.is_edited, stored.has_place) == (True, True)
    assert record == review.record


def test_undo_and_redo_walk_through_the_values(review: Review) -> None:
    review.set("gross_salary", "1.00")
    review.set("gross_salary", "2.00")
    seen = [review.value("gross_salary")]

    for step in (service.undo, service.undo, service.redo, service.redo):
        step(review.id)
        seen.append(review.value("gross_salary"))

    assert seen == ["2.00", "1.00", "900000.00", "1.00", "2.00"]


def test_a_field_that_was_undone_is_as_it_was_read(review: Review) -> None:
    before = review.record

    review.set("gross_salary", "1.00")
    undone = service.undo(review.id)

    assert undone
    assert (undone.field, undone.table_id, undone.is_edit) == ("1/gross_salary", None, True)
    assert review.record == before
    assert not review.opened.can_undo
    assert review.opened.can_redo


def test_tables_and_fields_are_undone_in_the_one_order_they_were_changed_in(
    review: Review,
) -> None:
    table = review.opened.reading.tables[0]
    cell = lambda: review.opened.reading.tables[0].content.rows[0][0]  # noqa: E731
    review.set("gross_salary", "1.00")
    content = service.save_rows(review.id, table.id, 0, [["edited"]])
    review.set("gross_salary", "2.00")
    service.save_rows(review.id, table.id, content.seq, [["edited twice"]])
    seen = []

    for _ in range(4):
        service.undo(review.id)
        seen.append((cell(), review.value("gross_salary")))

    assert seen == [
        *[("edited", "2.00"), ("edited", "1.00"), ("read", "1.00"), ("read", "900000.00")],
    ]
    assert service.undo(review.id) is None


def test_a_new_value_ends_what_could_be_redone(review: Review) -> None:
    review.set("gross_salary", "1.00")
    service.undo(review.id)

    review.set("salary_17_1", "2.00")

    assert service.redo(review.id) is None
    assert review.value("gross_salary") == "900000.00"
