"""A document in review whose fields are known, for the tests of their editing and showing."""

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
        "perquisites_17_2": field("0.00", 0.97),
        "profits_in_lieu_17_3": field("0.00", 0.97),
        "employee_pan": field("ABCPE1234F"),
        "employee_name": field("Meera Iyer"),
    },
    taxpayer_pan="ABCPE1234F",
    taxpayer_name="Meera Iyer",
    financial_year="2024-25",
)


class Review:
    """A document in review with the papers given, and one table of one cell."""

    def __init__(self, *records: Record, data: bytes = b"%PDF- a paper") -> None:
        self.store = get_store()
        table = Table(page=1, bbox=BOX, method="ruled", accuracy=99, rows=[["read"]])
        pages = [
            Page(number=number, width_pt=600, height_pt=800, tables=[table], warnings=[])
            for number in range(1, 4)
        ]
        self.id, _ = documents.add(self.store, "a.pdf", data, None, "tester")
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
