"""Whose PAN it is, what is no PAN, and what a scan's misread letters may become."""

from random import Random

import pytest
from read_fields import Paper, form, lines, read, said, typed

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
def test_the_other_partys_pan_is_given_for_nobody_elses(texts: tuple[str, ...], field: str) -> None:
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


def test_misread_letters_of_a_scans_pan_and_tan_are_repaired_and_it_is_said() -> None:
    # The paper prints O for 0 and S for 5: what a reader of pictures makes of them.
    texts = (*FORM16, "PAN of the employee: ABCPE12O4F", "TAN of the deductor: BLRK1234SB")
    printed = typed(lines(*texts))

    scan = read(as_scan(Paper(printed, "form16", {}, "form16/x"), Random(3)).pdf).first_record

    pan, tan = scan.fields["employee_pan"], scan.fields["employer_tan"]
    assert (pan.value, tan.value) == ("ABCPE1204F", "BLRK12345B")
    assert (pan.source, tan.source) == ("ocr", "ocr")
    assert "O" in pan.text
    assert pan.note
    assert "S" in tan.text
    assert tan.note


def test_letters_of_a_printed_pan_are_never_exchanged() -> None:
    texts = (*FORM16, "PAN of the employee: ABCPE12O4F", "TAN of the deductor: BLRK1234SB")

    found = said(read(typed(lines(*texts))))

    assert not {"employee_pan", "employer_tan"} & found.keys()


def test_one_who_has_two_names_heads_a_part_of_the_paper() -> None:
    text = lines("RENT RECEIPT", "Rent paid: Rs. 90,000.00", "Period: June 2024",
                 "Guest (tenant)", "Name: Meera Iyer", f"PAN: {OTHER[:3]}P{OTHER[4:]}",
                 "Owner (landlord)", "Name: Ravi Rao", f"PAN: {EMPLOYEE}")  # fmt: skip

    found = said(read(typed(text)))

    assert (found["tenant_name"], found["landlord_name"]) == ("Meera Iyer", "Ravi Rao")
    assert found["landlord_pan"] == EMPLOYEE


def test_of_several_folios_none_is_the_papers() -> None:
    head = ["Kaveri Example Mutual Fund", "Account statement", "Investor: Meera Iyer",
            "Period: 01-Apr-2024 to 31-Mar-2025"]  # fmt: skip
    funds = [["Scheme", "Folio no.", "Amount invested"], ["Alpha Fund", "11223344", "50,000.00"],
             ["Beta Fund", "55667788", "25,000.00"], ["Total", "", "75,000.00"]]  # fmt: skip

    several, one = (said(read(form(head, rows, 200, 120, 120))) for rows in (funds, funds[:2]))

    assert "folio" not in several
    assert one["folio"] == "11223344"
