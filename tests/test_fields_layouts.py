"""Tables as issuers set them: totals carried out, headings beside their columns, and the like."""

from collections.abc import Sequence

import pytest
from read_fields import Printed, differences, form, lines, read, said, typed
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table
from sheets import HEIGHT, columns, grid, placed, sheets
from test_fields_places import BANK, FORM16_HEAD, PART_A_HEAD, SLIP

GROSS = [("Gross salary", "", ""), ("Salary u/s 17(1)", "9,00,000", ""),
         ("Perquisites u/s 17(2)", "25,000", ""),
         ("Profits in lieu of salary u/s 17(3)", "5,000", "9,30,000"),
         ("Less: Allowances exempt u/s 10", "", ""),
         ("House rent allowance [10(13A)]", "60,000", ""),
         ("Others", "10,000", "70,000"), ("Balance", "", "8,60,000"),
         ("Standard deduction u/s 16(ia)", "50,000", ""),
         ("Tax on employment u/s 16(iii)", "2,400", "52,400"),
         ("Income chargeable under the head Salaries", "", "8,07,600")]  # fmt: skip
GROSS_VALUES = {"salary_17_1": "900000.00", "perquisites_17_2": "25000.00",
                "profits_in_lieu_17_3": "5000.00", "gross_salary": "930000.00",
                "hra_exemption_10_13a": "60000.00", "exempt_allowances_10": "70000.00",
                "standard_deduction_16_ia": "50000.00", "professional_tax_16_iii": "2400.00",
                "income_under_salaries": "807600.00"}  # fmt: skip


@pytest.mark.parametrize("is_ruled", [True, False])
def test_a_total_beside_the_last_item_of_a_part_is_the_parts(*, is_ruled: bool) -> None:
    if is_ruled:
        pdf = form(FORM16_HEAD, [list(row) for row in GROSS], 240, 90, 90)
    else:
        texts: list[Printed] = lines(*FORM16_HEAD)
        for index, (label, item, total) in enumerate(GROSS):
            top = 160 + 16 * index
            texts += [(60, top, label), (-400, top, item), (-500, top, total)]
        pdf = typed(texts)

    assert differences(said(read(pdf)), GROSS_VALUES) == {}


def test_a_total_on_a_line_of_its_own_is_that_of_the_part_above() -> None:
    texts = [*lines(*FORM16_HEAD), (60, 160, "Less: Allowances to the extent exempt u/s 10"),
             (80, 176, "House rent allowance u/s 10(13A)"), (-400, 176, "60,000"),
             (80, 192, "Other allowances u/s 10(14)"), (-400, 192, "10,000"),
             (-500, 208, "70,000"), (60, 224, "Balance"), (-500, 224, "8,60,000")]  # fmt: skip

    found = said(read(typed(texts)))

    wanted = {"exempt_allowances_10": "70000.00", "hra_exemption_10_13a": "60000.00"}
    assert differences(found, wanted) == {}


def test_headings_set_to_the_left_name_the_columns_set_to_the_right() -> None:
    head = ["Quarter", "Receipt number", "Amount paid", "Tax deducted", "Tax deposited"]
    rows = [["Q1", "QVABCDEF", "3,00,000.00", "9,000.00", "8,000.00"],
            ["Q2", "QVABCDEG", "3,00,000.00", "9,000.00", "9,000.00"],
            ["Total", "", "6,00,000.00", "18,000.00", "17,000.00"]]  # fmt: skip
    lefts, rights = [60, 130, 230, 350, 450], [0, 0, 340, 440, 540]
    texts = lines(*PART_A_HEAD)
    texts += [(left, 170, text) for left, text in zip(lefts, head, strict=True)]
    for index, row in enumerate(rows):
        texts += [(-right or left, 190 + 16 * index, text)
                  for left, right, text in zip(lefts, rights, row, strict=True)]  # fmt: skip

    found = said(read(typed(texts)))

    assert differences(found, {"tds_deducted": "18000.00", "tds_deposited": "17000.00"}) == {}


def test_an_amount_between_the_two_lines_of_its_label_is_its_own() -> None:
    texts = [*lines(*FORM16_HEAD), (60, 160, "Gross salary"), (-500, 160, "9,30,000.00"),
             (60, 180, "Salary as per provisions contained in"), (-500, 186, "9,00,000.00"),
             (60, 192, "section 17(1)"), (60, 212, "Value of perquisites under section 17(2) (as"),
             (-500, 218, "30,000.00"), (60, 224, "per Form No. 12BA)"),
             (60, 244, "Profits in lieu of salary u/s 17(3)"), (-500, 244, "0.00")]  # fmt: skip

    found = said(read(typed(texts)))

    wanted = {"salary_17_1": "900000.00", "perquisites_17_2": "30000.00"}
    assert differences(found, wanted) == {}


@pytest.mark.parametrize(
    "note",
    [
        "Deductions are capped as per law (Rs. 1,50,000 for section 80C).",
        "The maximum deduction under section 80C is Rs. 1,50,000.",
        "Deduction under section 80C shall not exceed Rs. 1,50,000.",
    ],
)
def test_what_the_law_allows_is_nobodys_deduction(note: str) -> None:
    rows = [["Gross salary", "9,30,000"], ["Tax on total income", "40,000"]]

    assert "deduction_80c" not in said(read(form([*FORM16_HEAD, note], rows, 240, 90)))


def test_two_amounts_in_one_cell_stand_in_the_columns_above_them() -> None:
    texts = [*BANK, (60, 170, "Account"), (-380, 170, "Interest paid"), (-500, 170, "TDS deducted"),
             (60, 190, "Fixed deposits"), (-380, 190, "44,310.00"), (-500, 190, "4,431.00"),
             (60, 206, "Savings account"), (-380, 206, "1,203.00"), (-500, 206, "0.00"),
             (60, 222, "Total"), (-380, 222, "45,513.00"), (-500, 222, "4,431.00")]  # fmt: skip

    found = said(read(typed(texts)))

    wanted = {"deposit_interest": "44310.00", "savings_interest": "1203.00",
              "total_interest": "45513.00", "tds_deducted": "4431.00"}  # fmt: skip
    assert differences(found, wanted) == {}


@pytest.mark.parametrize(
    "name",
    [
        "The Headmaster, Govt. Higher Secondary School, Nilgiri",
        "Directorate of Horticulture, Government of Malwa",
        "Executive Engineer, Canal Division No. 3",
    ],
)
def test_an_office_is_named_with_what_it_is_a_part_of(name: str) -> None:
    head = [*FORM16_HEAD, f"Name and designation of the employer: {name}"]

    found = said(read(form(head, [["Gross salary", "9,30,000"]], 240, 90)))

    assert found["employer_name"] == name


def test_headings_set_to_the_left_are_of_the_columns_set_to_the_right() -> None:
    rows = [["Savings account 1", "1,203.00", "0.00"], ["Fixed deposit 2", "44,310.00", "4,431.00"],
            ["Total", "45,513.00", "4,431.00"]]  # fmt: skip
    right = grid(("ALIGN", (1, 0), (-1, -1), "RIGHT"))
    heads = [(62, 190, "Particulars"), (262, 190, "Interest"), (382, 190, "TDS")]
    table = Table(rows, colWidths=(200, 120, 120), style=right)

    found = said(read(drawn([*BANK, *heads], table)))

    assert differences(found, {"total_interest": "45513.00", "tds_deducted": "4431.00"}) == {}


def test_labels_close_behind_a_column_of_amounts_are_another_column() -> None:
    rows = [("Basic", "30,000.00", "Provident fund", "3,600.00"),
            ("House rent allowance", "12,000.00", "Income tax", "1,400.00"),
            ("Gross earnings", "42,000.00", "Total deductions", "5,000.00")]  # fmt: skip

    def draw(canvas: Canvas) -> None:
        for x, top, text in SLIP:
            canvas.drawString(x, HEIGHT - top, text)
        columns(canvas, rows, [60, -260, 268, -420], top=190, step=16)

    found = said(read(sheets(draw)))

    wanted = {"basic": "30000.00", "gross_earnings": "42000.00", "epf_employee": "3600.00",
              "total_deductions": "5000.00"}  # fmt: skip
    assert differences(found, wanted) == {}


def test_a_month_that_is_glued_to_the_title_is_read() -> None:
    text = lines("Kaveri Example Mills Private Limited", "PAYSLIPMAY 2025",
                 "Employee name: Meera Iyer", "Net pay: 48,100.00")  # fmt: skip

    assert said(read(typed(text)))["month"] == "2025-05"


@pytest.mark.parametrize("lower_pt", [-6, 0, 6])
def test_a_value_may_stand_a_little_higher_or_lower_than_its_label(lower_pt: float) -> None:
    name = [(60, 110, "Employee name"), (200, 110 + lower_pt, "Meera Iyer")]
    slip = lines("Kaveri Example Mills Private Limited", "Payslip for August 2024")

    found = said(read(typed([*slip, *name, *lines("Net pay: 48,100.00", top=160)])))

    assert found["employee_name"] == "Meera Iyer"


def test_an_amount_set_to_the_middle_of_its_labels_two_lines_is_in_their_row() -> None:
    rows = [["1.", "Gross Salary", "", ""],
            ["", "(a) Salary as per provisions contained in sec. 17(1)", "9,00,000.00", ""],
            ["", "(b) Value of perquisites u/s 17(2)", "0.00", ""],
            ["", "(c) Profits in lieu of salary u/s 17(3) (as per Form No. 12BA, wherever"
             "\napplicable)", "51,414.00", ""],
            ["", "(d) Total", "", "9,51,414.00"],
            ["2.", "Tax on total income", "", "40,000.00"]]  # fmt: skip
    style = [("BOX", (0, 0), (-1, -1), 0.5, "black"), ("LINEAFTER", (0, 0), (-1, -1), 0.5, "black"),
             ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("FONTSIZE", (0, 0), (-1, -1), 8),
             ("LEADING", (0, 0), (-1, -1), 11.5), ("TOPPADDING", (0, 0), (-1, -1), 1.5),
             ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5)]  # fmt: skip
    table = Table(rows, colWidths=(22, 310, 66, 73), style=style)

    found = said(read(drawn(lines(*FORM16_HEAD, top=40), table, left=30)))

    assert found["profits_in_lieu_17_3"] == "51414.00"


def test_a_cell_that_begins_above_its_label_has_the_value_in_the_line_beside_it() -> None:
    rows = [["Name of the establishment",
             "WAGE SLIP\nfor the month of August 2024\nKaveri Example Mills Limited"],
            ["Name of the workman", "Meera Iyer"], ["Net wages", "48,100.00"]]  # fmt: skip
    low = grid(("VALIGN", (0, 0), (-1, -1), "BOTTOM"))

    found = said(read(drawn([], Table(rows, colWidths=(200, 220), style=low))))

    assert found["employer_name"] == "Kaveri Example Mills Limited"


def drawn(texts: Sequence[Printed], table: Table, left: float = 60) -> bytes:
    """Some texts, and a table below them."""

    def draw(canvas: Canvas) -> None:
        for x, top, text in texts:
            canvas.drawString(x, HEIGHT - top, text)
        placed(canvas, table, top=max((top for _, top, _ in texts), default=40) + 5, left=left)

    return sheets(draw)
