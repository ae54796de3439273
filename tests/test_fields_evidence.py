"""Where a value stands: its box, page and source; what is told where two places disagree."""

import re

import pytest
from read_fields import Printed, lines, read, said, samples, typed

from taxai_core.models import Field, Page, Reading

BANK = ("Kaveri Example Bank Limited", "INTEREST CERTIFICATE", "Account holder: Meera Iyer",
        "PAN: ABCPE1234F")  # fmt: skip
FORM16 = ("FORM NO. 16", "PART A", "Certificate under section 203 of the Income-tax Act, 1961 for",
          "tax deducted at source on salary", "PAN of the employee: ABCPE1234F")  # fmt: skip
# Boxes of letters end where the font says, not where the ink does.
SLACK_PT = 3.0


def printed_in(page: Page, field: Field) -> str:
    """All letters that lie in a field's box; those of a word are taken for equally wide."""
    box = field.bbox
    found = []
    for word in page.words.unpack():
        if not box.top - SLACK_PT <= (word.top + word.bottom) / 2 <= box.bottom + SLACK_PT:
            continue
        wide = (word.x1 - word.x0) / len(word.text)
        middles = [word.x0 + wide * (index + 0.5) for index in range(len(word.text))]
        inside = zip(word.text, middles, strict=True)
        found.append("".join(c for c, x in inside if box.x0 - SLACK_PT <= x <= box.x1 + SLACK_PT))
    return " ".join(found)


def bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


def given() -> list[tuple[str, Reading, str, Field]]:
    """Each field that is given for the generator's papers."""
    return [
        (paper.layout, reading, name, field)
        for paper, reading in samples()
        for record in reading.records
        for name, field in record.fields.items()
    ]


def test_each_box_lies_on_its_page() -> None:
    amiss = []
    for layout, reading, name, field in given():
        page, box = reading.pages[field.page - 1], field.bbox
        across = -1 <= box.x0 < box.x1 <= page.width_pt + 1
        down = -1 <= box.top < box.bottom <= page.height_pt + 1
        if page.number != field.page or not (across and down):
            amiss.append((layout, name))

    assert amiss == []


def test_the_printed_text_of_a_field_stands_in_its_box() -> None:
    amiss = [
        (layout, name, field.text)
        for layout, reading, name, field in given()
        if bare(field.text) not in bare(printed_in(reading.pages[field.page - 1], field))
    ]

    assert amiss == []


def test_the_digits_of_an_amount_and_of_a_pan_stand_in_its_box() -> None:
    amiss = []
    for layout, reading, name, field in given():
        inside = bare(printed_in(reading.pages[field.page - 1], field))
        is_amount = re.fullmatch(r"-?\d+\.\d\d", field.value)
        if is_amount and float(field.value) and re.search(r"\d", field.text):
            wanted = field.value.lstrip("-").split(".")[0]
        elif re.fullmatch(r"[A-Z]{5}\d{4}[A-Z]", field.value):
            wanted = field.value.casefold()
        else:
            continue
        if wanted not in inside and "lakh" not in inside and "crore" not in inside:
            amiss.append((layout, name))

    assert amiss == []


def test_a_field_lies_on_the_page_of_its_record() -> None:
    for paper, reading in samples():
        for record in reading.records:
            pages = {field.page for field in record.fields.values()}
            assert pages <= set(range(record.first_page, record.last_page + 1)), paper.layout


def test_a_value_of_a_later_page_has_that_pages_number() -> None:
    first = lines(*BANK, "Financial year: 2024-25", "Interest on savings account: 1,203.00")
    second = lines("Interest on fixed deposits: 44,310.00", "Total interest: 45,513.00")

    fields = read(typed(first, second)).first_record.fields

    pages = {name: fields[name].page for name in ("savings_interest", "total_interest")}
    assert pages == {"savings_interest": 1, "total_interest": 2}


def test_a_born_digital_value_comes_from_a_table_or_from_text_and_never_from_ocr() -> None:
    assert {field.source for *_, field in given()} == {"table", "text"}


def test_how_sure_a_value_is_lies_between_nought_and_one() -> None:
    assert [1 for *_, field in given() if not 0 < field.confidence <= 1] == []


def twice(first: str, second: str) -> tuple[list[Printed], list[Printed]]:
    """A certificate whose two pages give the total interest."""
    head = (*BANK, "Financial year: 2024-25")
    return lines(*head, f"Total interest: {first}"), lines(*head, f"Total interest: {second}")


def test_two_places_that_disagree_are_a_warning_that_names_both() -> None:
    record = read(typed(*twice("45,513.00", "45,315.00"))).first_record

    assert record.fields["total_interest"].value in {"45513.00", "45315.00"}
    (warning,) = record.warnings
    assert all(part in warning for part in ("45,513.00", "45,315.00", "page 1", "page 2"))
    assert "Total interest" in warning


def test_the_same_fact_printed_twice_is_no_warning_and_is_surer() -> None:
    once = read(typed(twice("45,513.00", "")[0])).first_record
    both = read(typed(*twice("45,513.00", "45,513.00"))).first_record

    assert both.warnings == []
    names = [one.fields["total_interest"].confidence for one in (once, both)]
    assert names[0] <= names[1]


def test_years_that_do_not_belong_together_are_a_warning() -> None:
    text = (*FORM16, "Financial year: 2024-25", "Assessment year: 2024-25")

    record = read(typed(lines(*text))).first_record

    assert said(record)["financial_year"] == "2024-25"
    assert any("assessment year 2024-25" in warning for warning in record.warnings)


def test_years_that_belong_together_are_no_warning() -> None:
    text = (*FORM16, "Financial year: 2024-25", "Assessment year: 2025-26")

    assert read(typed(lines(*text))).first_record.warnings == []


@pytest.mark.parametrize(
    ("texts", "year"),
    [
        ((*FORM16, "Assessment year: 2025-26"), "2024-25"),
        ((*FORM16, "Period: 01/09/2023 to 31/03/2024"), "2023-24"),
        (("Kaveri Example Mills Private Limited", "Payslip for the month of February 2024",
          "Employee name: Meera Iyer", "Gross earnings: 56,000.00", "Net pay: 48,100.00"),
         "2023-24"),
        (("Sahyog Example Charitable Trust", "DONATION RECEIPT", "Date: 05/04/2024",
          "Received with thanks from Meera Iyer a sum of Rs. 5,000.00"), "2024-25"),
        (("RENT RECEIPT", "Received from Meera Iyer a sum of Rs. 90,000.00 towards rent for the",
          "period 01/10/2024 to 31/03/2025.", "Landlord: Ravi Rao"), "2024-25"),
    ],
    ids=["assessment-year", "period", "month", "date", "rent-period"],
)  # fmt: skip
def test_the_year_of_a_record_follows_without_becoming_a_field(
    texts: tuple[str, ...], year: str
) -> None:
    record = read(typed(lines(*texts))).first_record

    assert record.financial_year == year
    assert "financial_year" not in record.fields
