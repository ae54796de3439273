"""Payslips as payroll programs print them: strokes, sums without a label, months, headings."""

import pytest
from read_fields import Printed, lines, read, said, typed
from reportlab.pdfgen.canvas import Canvas
from sheets import HEIGHT, sheets

HEAD = ["Kaveri Example Mills Private Limited", "Payslip for the month of August 2024"]
PERSON = ["Employee name: Meera Iyer", "Employee No.: KM-1044"]
LEFT = [("Basic", "30,000.00"), ("House rent allowance", "12,000.00"),
        ("Gross earnings", "42,000.00")]  # fmt: skip
RIGHT = [("Provident fund", "3,600.00"), ("Income tax", "1,400.00"),
         ("Total deductions", "5,000.00")]  # fmt: skip
BASE = {
    "basic": "30000.00",
    "hra": "12000.00",
    "gross_earnings": "42000.00",
    "epf_employee": "3600.00",
    "income_tax": "1400.00",
    "total_deductions": "5000.00",
}


def register(*rows: str) -> bytes:
    """Lines of a fixed pitch, as an ERP prints them."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Courier", 9)
        for index, row in enumerate(rows):
            canvas.drawString(36, HEIGHT - 60 - 13 * index, row)

    return sheets(draw)


def rows_of(pairs: list[tuple[str, str]], x: float, end: float, top: float) -> list[Printed]:
    """Labels with their amounts to the right, one below the other."""
    texts: list[Printed] = []
    for index, (label, amount) in enumerate(pairs):
        texts += [(x, top + 16 * index, label), (-end, top + 16 * index, amount)]
    return texts


@pytest.mark.parametrize("has_frame", [False, True])
def test_a_stroke_of_print_parts_two_columns(has_frame: bool) -> None:
    side = "|" if has_frame else ""
    rule = "-" * 74
    body = [
        f"{side}{a:<20}{'':>10}{b:>12} | {c:<18}{d:>10}{side}"
        for (a, b), (c, d) in zip(LEFT, RIGHT, strict=True)
    ]
    titles = f"{'EARNINGS':<20}{'ARREARS':>10}{'AMOUNT':>12} | {'DEDUCTIONS':<18}{'AMOUNT':>10}"
    titles = f"{side}{titles}{side}"

    found = said(
        read(register(*HEAD, *PERSON, rule, titles, rule, *body, rule, "NET PAY : 37,000.00"))
    )

    assert found.items() >= {**BASE, "net_pay": "37000.00"}.items()


def test_the_net_pay_may_be_called_what_it_is_the_difference_of() -> None:
    texts = [
        *lines(*HEAD, *PERSON),
        *rows_of(LEFT, 60, 280, 150),
        *rows_of(RIGHT, 310, 540, 150),
        (60, 240, "TOTAL NET PAYABLE"), (60, 252, "Gross earnings - Total deductions"),
        (-540, 248, "37,000.00"),
    ]  # fmt: skip

    found = said(read(typed(texts)))

    assert found.items() >= {**BASE, "net_pay": "37000.00"}.items()


def test_an_amount_without_a_label_is_the_one_that_the_sum_lacks() -> None:
    less = [("Provident fund", "3,600.00"), ("Income tax", "1,400.00")]
    texts = [
        *lines(*HEAD, *PERSON),
        *rows_of(LEFT, 60, 400, 150),
        *rows_of(less, 60, 400, 200),
        (-400, 232, "5,000.00"),
        *rows_of([("Net salary", "37,000.00")], 60, 400, 248),
    ]

    found = said(read(typed(texts)))

    assert found["total_deductions"] == "5000.00"


def test_what_is_sent_to_the_bank_is_the_net_pay_if_the_sum_says_so() -> None:
    sent = [*LEFT, *RIGHT, ("Direct deposit XXXX5984", "37,000.00")]

    found = said(read(typed([*lines(*HEAD, *PERSON), *rows_of(sent, 60, 400, 150)])))

    assert found["net_pay"] == "37000.00"


@pytest.mark.parametrize(
    "period",
    [
        "Pay period 08/01/2024 - 08/31/2024",
        "for 01-Aug-2024 to 31-Aug-2024",
        "For the month ending 31/08/2024",
    ],
)
def test_a_month_may_be_printed_by_its_days(period: str) -> None:
    texts = [*lines(HEAD[0], "Pay slip", period, *PERSON), *rows_of(LEFT, 60, 400, 170)]

    assert said(read(typed(texts)))["month"] == "2024-08"


def test_the_employers_provident_fund_is_not_the_employees() -> None:
    texts = [
        *lines(*HEAD, *PERSON),
        *rows_of([*LEFT, *RIGHT], 60, 400, 150),
        (60, 262, "Employer contributions"),
        *rows_of([("Provident fund", "3,500.00"), ("Gratuity", "1,442.00")], 60, 400, 280),
    ]

    assert said(read(typed(texts)))["epf_employee"] == "3600.00"


def test_a_colon_between_label_and_amount_does_not_turn_the_page_round() -> None:
    texts = lines(*HEAD, *PERSON)
    for x, pairs in ((60, LEFT), (320, RIGHT)):
        for index, (label, amount) in enumerate(pairs):
            top = 150 + 16 * index
            texts += [(x, top, label), (x + 120, top, ":"), (-(x + 210), top, amount)]

    assert said(read(typed(texts))).items() >= BASE.items()


def test_a_heading_over_the_employees_number_is_the_name() -> None:
    def draw(canvas: Canvas) -> None:
        for top, size, text in (
            (60, 12, HEAD[0]), (80, 11, "Pay slip for Aug 2024"), (112, 13, "Meera Iyer"),
            (130, 9, "Employee number : KM-1044"), (145, 9, "Department : Stores"),
        ):  # fmt: skip
            canvas.setFont("Helvetica", size)
            canvas.drawString(60, HEIGHT - top, text)
        canvas.setFont("Helvetica", 9)
        for x, top, text in rows_of(LEFT, 60, 400, 180):
            (canvas.drawRightString if x < 0 else canvas.drawString)(abs(x), HEIGHT - top, text)

    assert said(read(sheets(draw)))["employee_name"] == "Meera Iyer"


def test_the_drawing_officers_code_is_not_the_employees() -> None:
    head = [
        "Directorate of Horticulture, Government of Uttarakhand",
        "Pay slip for the month of April 2024",
        "Bill No. 7385/2024    DDO Code: 6805867",
        "Employee name: Usha Qureshi",
        "Employee code: 710608425",
    ]

    found = said(read(typed([*lines(*head), *rows_of(LEFT, 60, 400, 170)])))

    assert found["employee_id"] == "710608425"
    assert found["employer_name"] == "Directorate of Horticulture, Government of Uttarakhand"
