"""Whose name it is, and how much of what is printed belongs to it."""

import pytest
from read_fields import form, lines, read, said, typed
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table
from sheets import HEIGHT, grid, placed, sheets, wrapped

FORM16 = ("FORM NO.16 (PART-B) FOR THE FINANCIAL YEAR 2024-25", "(ASSESSMENT YEAR 2025-26)")
SLIP = ("Kaveri Example Mills Private Limited", "Payslip for August 2024")
PAID = ("Gross earnings: 56,000.00", "Total deductions: 7,900.00", "Net pay: 48,100.00")
RENT = ("RENT RECEIPT", "Received with thanks from Meera Iyer",
        "a sum of Rs. 9,000.00 being the rent",
        "for the month of April 2025.")  # fmt: skip


def test_the_employer_is_named_below_its_ministry() -> None:
    found = said(read(typed(lines(
        "GOVERNMENT OF INDIA - MINISTRY OF RAILWAYS", "EXAMPLE COAST RAILWAY", *FORM16,
        "NAME: MEERA IYER", "PAN: ABCPI1234F", "GROSS SALARY: 9,00,000.00",
        "CERTIFIED THAT A SUM OF RS. 72,977 HAS BEEN DEDUCTED AT SOURCE.",
    ))))  # fmt: skip

    assert found["employer_name"] == "EXAMPLE COAST RAILWAY"
    assert found["employee_name"] == "MEERA IYER"


def test_a_stamp_under_the_signature_is_nobodys_name() -> None:
    found = said(read(typed(lines(
        *RENT, "Landlord: Ravi Rao", "Signature of landlord ________ Affix revenue stamp",
    ))))  # fmt: skip

    assert found["landlord_name"] == "Ravi Rao"


@pytest.mark.parametrize("below", ["Landlord", "Landlord PAN: ABCPR1234F"])
def test_the_name_in_brackets_over_what_the_signer_is(below: str) -> None:
    assert said(read(typed(lines(*RENT, "(Ravi Rao)", below))))["landlord_name"] == "Ravi Rao"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Name: Sr. Rosamma Kurien", "Rosamma Kurien"),
        ("Meera Iyer (Physical Education Teacher)", "Meera Iyer"),
    ],
)
def test_neither_title_nor_post_is_part_of_a_name(line: str, name: str) -> None:
    pan = "PAN: ABCPI1234F" if "Iyer" in name else "PAN: ABCPK1234F"

    assert said(read(typed(lines(*SLIP, line, pan, *PAID))))["employee_name"] == name


def test_the_period_and_the_pan_of_a_row_of_labels_with_their_values() -> None:
    rows = [["Employee: Meera Iyer", "Employee code: KX9016", "PAN ABCPI1234F"],
            ["TAN: BLRK12345B", "From / to 01-Apr-24 / 31-Mar-25",
             "Employer PAN AAACK5678L"]]  # fmt: skip

    found = said(read(form(("Form 16 - Part B", "Assessment year: 2025-26"), rows, 150, 180, 150)))

    assert found["employee_pan"] == "ABCPI1234F"
    assert (found["period_from"], found["period_to"]) == ("2024-04-01", "2025-03-31")


def test_a_firm_before_a_stroke_in_the_head_is_the_issuer() -> None:
    found = said(read(typed(lines(
        "CONSOLIDATED REALISED CAPITAL GAINS STATEMENT",
        "Example Registry Services Limited | Statement for the financial year 2023-24",
        "Investor name: Meera Iyer", "Short term capital gain: 15,973.27",
        "Long term capital gain: 2,108.00",
    ))))  # fmt: skip

    assert found["issuer_name"] == "Example Registry Services Limited"


def test_a_product_is_not_the_insurer() -> None:
    found = said(read(typed(lines(
        "Nirmal General Insurance Co. Ltd.", "Premium receipt",
        "Thank you for renewing your Nirmal Arogya Optima policy.",
        "Policy number: 1049-2306-5997", "Premium paid: Rs. 21,415.82",
    ))))  # fmt: skip

    assert found["insurer_name"].startswith("Nirmal General Insurance")


@pytest.mark.parametrize(
    ("texts", "field", "value"),
    [
        (("Nirmal General Insurance Company Limited", "PREMIUM CERTIFICATE FOR SECTION 80D",
          "This is to certify that you have paid the premium for the family floater policy",
          "NG/FLT/876097030 by mode other than cash.", "Total premium paid: Rs. 26,087.44"),
         "policy_number", "NG/FLT/876097030"),
        (("Example Gramin Bank", "HOUSING LOAN CERTIFICATE",
          "Certified that Meera Iyer has been sanctioned a housing loan of Rs. 31,00,000.00",
          "under account 93028971442765.", "Interest paid: 1,40,257.39",
          "Principal repaid: 1,09,542.66"),
         "loan_account", "93028971442765"),
        (("Example Mercantile Bank", "CERTIFICATE OF INTEREST PAID - 01-APR-2023 TO 31-MAR-2024",
          "Customer: Meera Iyer", "Interest on term deposits: 23,504.92", "TDS: 2,350.00"),
         "financial_year", "2023-24"),
        (("Form 16A", "TDS certificate under section 203 | No. RZZJSLK | FY 2024-25 | Quarter 1",
          "Deductee: Meera Iyer", "TAN: BLRK12345B", "Amount paid: 50,000.00",
          "Tax deducted: 5,000.00"),
         "certificate_number", "RZZJSLK"),
    ],
)  # fmt: skip
def test_numbers_and_years_that_the_text_names(
    texts: tuple[str, ...], field: str, value: str
) -> None:
    assert said(read(typed(lines(*texts))))[field] == value


def test_a_remark_in_brackets_below_a_label_is_no_row_of_its_own() -> None:
    cells = [[wrapped("Name of deductor (employer)"), "Kaveri Example Mills Limited",
              wrapped("Name of deductee (employee)"), "Meera Iyer"],
             ["Address", "12 Example Road, Pune", "Designation", "Technician"]]  # fmt: skip
    middle = ("VALIGN", (0, 0), (-1, -1), "MIDDLE")
    table = Table(cells, colWidths=(105, 170, 105, 90), style=grid(middle))

    def draw(canvas: Canvas) -> None:
        for index, text in enumerate((*FORM16, "TAN: BLRK12345B")):
            canvas.drawString(60, HEIGHT - 50 - 16 * index, text)
        placed(canvas, table, top=120, left=60)

    found = said(read(sheets(draw)))

    assert found["employee_name"] == "Meera Iyer"
    assert found["employer_name"] == "Kaveri Example Mills Limited"


@pytest.mark.parametrize(
    ("texts", "field", "value"),
    [
        ((*SLIP, "Emp. No. 4408162 Name Meera Iyer", *PAID), "employee_name", "Meera Iyer"),
        ((*FORM16, "PART A · Certificate No. QWERTYU", "Gross salary: 9,00,000.00"),
         "certificate_number", "QWERTYU"),
    ],
)  # fmt: skip
def test_a_label_may_stand_behind_something_else_in_its_line(
    texts: tuple[str, ...], field: str, value: str
) -> None:
    assert said(read(typed(lines(*texts))))[field] == value


def test_a_surname_on_the_next_line_belongs_to_the_name() -> None:
    names = [(60, 110, "Employee name"), (200, 110, "MEERA LAKSHMI"), (200, 121, "SUBRAMANIAM")]

    found = said(read(typed([*lines(*SLIP), *names, *lines(*PAID, top=150)])))

    assert found["employee_name"] == "MEERA LAKSHMI SUBRAMANIAM"


def test_a_brand_is_named_in_full_by_the_small_print() -> None:
    text = lines("KESTREL", "Capital Gains Statement", "Financial year: 2024-25",
                 "Client name: Meera Iyer", "Short term capital gain: 5,000.00")  # fmt: skip
    foot = (60, 760, "Kestrel Trade Broking Private Limited, Regd. office: 5 MG Road, Kochi")

    found = said(read(typed([*text, foot])))

    assert found["issuer_name"] == "Kestrel Trade Broking Private Limited"
