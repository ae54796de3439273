"""Whose PAN it is, what is no PAN, and what a scan's misread letters may become."""

import re
from random import Random

import pytest
from read_fields import Paper, form, lines, read, said, typed

from taxai_core.values import find_values
from tests.corpus.paper import as_scan

EMPLOYEE, EMPLOYER, OTHER = "ABCPE1234F", "AAACK5678L", "AAATS4321C"
GIFT = ("Sahyog Example Charitable Trust", "DONATION RECEIPT", "Receipt No. 17   Date: 05/08/2024",
        "Received with thanks from Meera Iyer a sum of Rs. 5,000.00")  # fmt: skip
RENT = ("RENT RECEIPT", "Received from Meera Iyer a sum of Rs. 90,000.00 towards rent for the",
        "period 01/04/2024 to 30/09/2024.", "Name of landlord: Ravi Rao")  # fmt: skip
FORM16 = ("FORM NO. 16", "PART A", "Certificate under section 203 of the Income-tax Act, 1961 for",
          "tax deducted at source on salary", "Assessment year: 2025-26")  # fmt: skip
SLIP = ("Kaveri Example Mills Private Limited", "Payslip for the month of August 2024",
        "Employee name: Meera Iyer", "Gross earnings: 56,000.00",
        "Total deductions: 7,900.00", "Net pay: 48,100.00")  # fmt: skip


def only(wanted: str, unwanted: str, *fields: str) -> None:
    """Keep the reader of a failed test from guessing: it is a helper of what follows."""


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ((*FORM16, f"PAN of the deductor: {EMPLOYER}", f"PAN of the employee: {EMPLOYEE}"),
         "employee_pan"),
        ((*FORM16, f"PAN of the employee: {EMPLOYEE}", f"PAN of the employer: {EMPLOYER}"),
         "employee_pan"),
        ((*SLIP, f"Company PAN: {EMPLOYER}", f"PAN: {EMPLOYEE}"), "employee_pan"),
        ((*RENT, f"PAN of tenant: {OTHER[:3]}P{OTHER[4:]}", f"PAN of landlord: {EMPLOYEE}"),
         "landlord_pan"),
        ((*RENT, f"Landlord's PAN: {EMPLOYEE}", f"Tenant's PAN: {OTHER[:3]}P{OTHER[4:]}"),
         "landlord_pan"),
        ((*GIFT, f"Donor PAN: {EMPLOYEE}", f"PAN of the trust: {OTHER}"), "donee_pan"),
        ((*GIFT, f"Our PAN: {OTHER}", f"PAN of donor: {EMPLOYEE}"), "donee_pan"),
    ],
)  # fmt: skip
def test_the_pan_is_the_holders_and_not_the_other_partys(
    texts: tuple[str, ...], field: str
) -> None:
    found = said(read(typed(lines(*texts))))

    assert found[field] == (OTHER if field == "donee_pan" else EMPLOYEE)


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ((*FORM16, f"PAN of the deductor: {EMPLOYER}"), "employee_pan"),
        ((*FORM16, f"PAN of the employee: {EMPLOYEE}"), "employer_pan"),
        ((*SLIP, f"Company PAN: {EMPLOYER}"), "employee_pan"),
        ((*RENT, f"PAN of tenant: {EMPLOYEE}"), "landlord_pan"),
        ((*GIFT, f"PAN of donor: {EMPLOYEE}"), "donee_pan"),
    ],
)
def test_the_other_partys_pan_is_given_for_nobody_elses(
    texts: tuple[str, ...], field: str
) -> None:
    assert field not in said(read(typed(lines(*texts))))


def test_both_pans_of_one_row_go_to_the_heads_of_their_columns() -> None:
    rows = [["PAN of the Deductor", "TAN of the Deductor", "PAN of the Employee"],
            [EMPLOYER, "BLRK12345B", EMPLOYEE]]  # fmt: skip

    found = said(read(form(FORM16, rows, 150, 150, 150)))

    pans = found["employee_pan"], found["employer_pan"], found["employer_tan"]
    assert pans == (EMPLOYEE, EMPLOYER, "BLRK12345B")


@pytest.mark.parametrize(
    "printed",
    ["PANNOTREQD", "PANNOTAVBL", "PANAPPLIED", "PANINVALID", "XXXXX1234X", "ABCPXXXX4F",
     "ABxxxxxx4F", "*****1234F", "Not available", "-", "NA"],
)  # fmt: skip
def test_a_masked_pan_or_a_placeholder_is_no_value(printed: str) -> None:
    reading = read(typed(lines(*SLIP, f"PAN: {printed}")))

    assert "employee_pan" not in said(reading)
    assert reading.first_record.taxpayer_pan == ""


def test_a_record_belongs_to_the_holder_of_its_pan() -> None:
    record = read(typed(lines(*SLIP, f"PAN: {EMPLOYEE}"))).first_record

    assert (record.taxpayer_pan, record.financial_year) == (EMPLOYEE, "2024-25")


@pytest.mark.parametrize(
    ("kind", "printed", "value"),
    [
        ("pan", "PAN ABCPE12S4F", "ABCPE1254F"),
        ("pan", "PAN A8CPE1234F", "ABCPE1234F"),
        ("pan", "PAN ABCPEI234F", "ABCPE1234F"),
        ("tan", "TAN BLRK1234SB", "BLRK12345B"),
    ],
)
def test_a_misread_letter_is_repaired_where_one_reading_is_left_and_it_is_said(
    kind: str, printed: str, value: str
) -> None:
    (found,) = find_values(kind, printed, ocr=True)

    assert found.value == value
    assert found.note


def test_a_scans_misread_pan_is_repaired_with_a_note_and_a_printed_one_never_is() -> None:
    # The paper prints O for 0: what a reader of pictures makes of a zero.
    texts = (*SLIP, "PAN: ABCPE12O4F", "Employee No.: KM-1044")
    printed = typed(lines(*texts))

    scan = read(as_scan(Paper(printed, "payslip", {}, "payslip/x"), Random(3)).pdf)

    field = scan.first_record.fields["employee_pan"]
    assert (field.value, field.source) == ("ABCPE1204F", "ocr")
    assert re.search(r"[O0]", field.text)
    assert field.note or field.text.replace(" ", "") == "ABCPE1204F"
    assert "employee_pan" not in said(read(printed))
