"""Pages and records for the tests of what a model is asked: set word by word, without a PDF."""

from typing import Any

from taxai_core.doctypes import load_document_types
from taxai_core.extract.asking.gaps import Gap
from taxai_core.extract.asking.grounding import Grounded, apply, ground
from taxai_core.extract.asking.questions import Asked, Questions, questions_for
from taxai_core.extract.checks import run_checks
from taxai_core.models import Box, Field, Page, Record, Word, Words
from taxai_core.pipeline import known_types

TYPES = load_document_types()
VOCABULARIES = known_types()
WINDOW = 8192
# Where the parts of a line begin, how wide a letter is, and how far lines stand apart.
COLUMNS_PT, LETTER_PT, STEP_PT = (50, 260, 400, 500), 5.0, 16


def page_of(*lines: str, number: int = 1, table: tuple[int, int] | None = None) -> Page:
    """A page of lines, the parts of each set apart by ` | `.

    Args:
        table: the first and the last line of a table, whose cells are not known.
    """
    words = [word for row, line in enumerate(lines) for word in _words(line, 40 + STEP_PT * row)]
    tables = []
    if table:
        first, last = (40 + STEP_PT * row for row in table)
        place = {"x0": 40, "top": first - 2, "x1": 580, "bottom": last + 12}
        rows = [[line] for line in lines[table[0] : table[1] + 1]]
        tables = [{"page": number, "bbox": place, "method": "ruled", "accuracy": 99, "rows": rows}]
    return Page.model_validate(
        {
            "number": number,
            "width_pt": 595,
            "height_pt": 842,
            "tables": tables,
            "warnings": [],
            "words": Words.pack(words),
        }
    )


def _words(line: str, top: float) -> list[Word]:
    words = []
    for x, part in zip(COLUMNS_PT, line.split(" | "), strict=False):
        at = float(x)
        for text in part.split():
            width = LETTER_PT * len(text)
            words.append(Word(text, at, top, at + width, top + 10))
            at += width + 3
    return words


def record_of(
    document_type: str, values: dict[str, str], *, type_confidence: float = 0.99, year: str = ""
) -> Record:
    """A paper that says this, at a place where nothing else stands."""
    place = Box(x0=0, top=0, x1=1, bottom=1)
    fields = {
        name: Field(value=value, page=1, bbox=place, source="text", confidence=0.9, text=value)
        for name, value in values.items()
    }
    return Record(
        first_page=1,
        last_page=9,
        document_type=document_type,
        type_confidence=type_confidence,
        fields=fields,
        checks=run_checks(TYPES[document_type], fields),
        financial_year=year,
    )


def typed(record: Record, **values: str) -> Record:
    """The record with what a person typed, where the rules had read something else."""
    known = {name: record.fields[name] for name in values}
    update = {"source": "user", "confidence": 1.0}
    fields = record.fields | {
        name: known[name].model_copy(update=update | {"value": value})
        for name, value in values.items()
    }
    checks = run_checks(TYPES[record.document_type], fields)
    return record.model_copy(update={"fields": fields, "checks": checks})


def questions(
    record: Record, pages: list[Page], *fields: str, window: int = WINDOW, is_unsure: bool = False
) -> Questions:
    """What is asked about these fields of a paper."""
    gap = Gap(1, fields, is_unsure)
    return questions_for(VOCABULARIES, record, gap, pages, window=window)


def ask(
    record: Record, pages: list[Page], *fields: str, window: int = WINDOW, is_unsure: bool = False
) -> list[Asked]:
    """The questions about these fields of a paper; no page is left out."""
    asked, left_out = questions(record, pages, *fields, window=window, is_unsure=is_unsure)
    assert not left_out
    return asked


def lines_of(text: str) -> list[str]:
    """The paper's lines in a question."""
    return text.split("===\n", 1)[1].split("\n===", 1)[0].split("\n")


SLIP = page_of(
    "Nilgiri Software Private Limited",
    "Pay details of September 2024",
    "Person | Meera Iyer | PAN | ABCPE1234F",
    "Earnings | Amount | Deductions | Amount",
    "Basic | 50,000.00 | Provident Fund | 4,000.00",
    "House rent | 30,000.00 | Levy on income | 6,000.00",
    "All earnings | 80,000.00 | Total | 10,000.00",
    "In hand | Rs. 70,000.00",
    "Bonus carried over | 1,500.00",
    table=(3, 6),
)


def answer(record: Record, page: Page, **values: Any) -> Grounded:
    """What counts of an answer about these fields."""
    (asked,) = ask(record, [page], *values)
    return ground(VOCABULARIES, record, asked, values, [page])


def filled(record: Record, page: Page, **values: Any) -> Record:
    """The record with an answer about these fields."""
    return apply(TYPES[record.document_type], record, answer(record, page, **values))
