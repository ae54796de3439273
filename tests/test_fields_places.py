"""Values in the right place: beside, below, above or left of their label, in the right column."""

import pytest
from read_fields import Printed, differences, form, lines, read, said, typed

BANK = lines(
    "Kaveri Example Bank Limited",
    "INTEREST CERTIFICATE",
    "This is the interest paid to our customer in financial year 2024-25.",
    "Account holder: Meera Iyer",
    "PAN: ABCPE1234F",
)
SLIP_HEAD = ["Kaveri Example Mills Private Limited", "Payslip for the month of August 2024",
             "Employee name: Meera Iyer", "Employee No.: KM-1044"]  # fmt: skip
SLIP = lines(*SLIP_HEAD)
FORM16_HEAD = ["FORM NO. 16", "PART B (Annexure)", "Details of salary paid and tax deducted",
               "Assessment year 2025-26"]  # fmt: skip


@pytest.mark.parametrize(
    "texts",
    [
        [(60, 190, "Interest on savings account"), (-500, 190, "12,345.00")],
        [(60, 190, "Interest on savings account : Rs. 12,345.00")],
        [(60, 190, "Interest on savings account"), (60, 204, "12,345.00")],
        [(60, 190, "Interest on savings account ......................... 12,345.00")],
        [(60, 190, "Interest on savings"), (60, 202, "account"), (-500, 190, "12,345.00")],
        [(60, 190, "Interest on savings"), (60, 202, "account"), (-500, 202, "12,345.00")],
    ],
    ids=["right", "behind", "below", "leaders", "wrapped-first", "wrapped-last"],
)
def test_a_value_is_found_around_its_label(texts: list[Printed]) -> None:
    found = said(read(typed([*BANK, *texts])))

    assert found["savings_interest"] == "12345.00"


def test_an_amount_that_stands_left_of_its_label_is_the_labels_own() -> None:
    rows = [
        ["12,345.00", "Interest on savings account"],
        ["44,310.00", "Interest on fixed deposits"],
        ["56,655.00", "Total interest"],
    ]
    texts = [(60.0, 190.0 + 16 * index, amount) for index, (amount, _) in enumerate(rows)]
    texts += [(200, 190 + 16 * index, label) for index, (_, label) in enumerate(rows)]

    found = said(read(typed([*BANK, *texts])))

    wanted = {"savings_interest": "12345.00", "deposit_interest": "44310.00",
              "total_interest": "56655.00"}  # fmt: skip
    assert differences(found, wanted) == {}


CARDS = [("Savings interest", "1,203.00"), ("Deposit interest", "44,310.00"),
         ("Total interest", "45,513.00"), ("TDS deducted", "4,431.00")]  # fmt: skip
CARD_VALUES = {"savings_interest": "1203.00", "deposit_interest": "44310.00",
               "total_interest": "45513.00", "tds_deducted": "4431.00"}  # fmt: skip


@pytest.mark.parametrize(
    ("label_top", "value_top"), [(190, 208), (208, 190)], ids=["below", "above"]
)
def test_in_a_row_of_cards_each_value_goes_to_the_label_of_its_card(
    label_top: float, value_top: float
) -> None:
    texts: list[Printed] = []
    for index, (label, value) in enumerate(CARDS):
        texts += [(60 + 125 * index, label_top, label), (60 + 125 * index, value_top, value)]

    found = said(read(typed([*BANK, *texts])))

    assert differences(found, CARD_VALUES) == {}


def test_a_label_that_wraps_in_its_cell_keeps_its_value() -> None:
    rows = [["Particulars", "Amount (Rs.)"], ["1. Gross salary", ""],
            ["(a) Salary as per provisions contained in section 17(1)", "9,00,000.00"],
            ["(b) Value of perquisites under section 17(2) (as per Form No. 12BA, wherever "
             "applicable)", "25,000.00"],
            ["(c) Profits in lieu of salary under section 17(3) (as per Form No. 12BA, wherever "
             "applicable)", "0.00"],
            ["(d) Total", "9,25,000.00"]]  # fmt: skip

    found = said(read(form(FORM16_HEAD, rows, 150, 90)))

    wanted = {"salary_17_1": "900000.00", "perquisites_17_2": "25000.00",
              "profits_in_lieu_17_3": "0.00", "gross_salary": "925000.00"}  # fmt: skip
    assert differences(found, wanted) == {}


def test_of_gross_qualifying_and_deductible_amount_the_deductible_one_is_given() -> None:
    rows = [["Deductions under Chapter VI-A", "Gross amount", "Qualifying amount",
             "Deductible amount"],
            ["Section 80C", "1,92,000.00", "1,70,000.00", "1,50,000.00"],
            ["Section 80D", "31,000.00", "28,000.00", "25,000.00"],
            ["Section 80G", "20,000.00", "10,000.00", "5,000.00"],
            ["Aggregate of deductible amounts under Chapter VI-A", "", "",
             "1,80,000.00"]]  # fmt: skip

    found = said(read(form(FORM16_HEAD, rows, 180, 100, 100, 100)))

    wanted = {"deduction_80c": "150000.00", "deduction_80d": "25000.00",
              "deduction_80g": "5000.00", "total_deductions_vi_a": "180000.00"}  # fmt: skip
    assert differences(found, wanted) == {}


@pytest.mark.parametrize(
    "columns",
    [
        ("This month", "YTD"),
        ("Amount", "Year to date"),
        ("Current", "Cumulative"),
        ("YTD", "This month"),
    ],
)
def test_of_a_payslip_this_month_is_given_and_not_the_year_to_date(columns) -> None:
    rows = [["Basic", "40,000.00", "2,00,000.00"], ["House rent allowance", "16,000.00",
            "80,000.00"], ["Gross earnings", "56,000.00", "2,80,000.00"],
            ["Provident fund", "4,800.00", "24,000.00"], ["Income tax", "3,100.00", "15,500.00"],
            ["Total deductions", "7,900.00", "39,500.00"],
            ["Net pay", "48,100.00", "2,40,500.00"]]  # fmt: skip
    if columns[0] == "YTD":
        rows = [[label, ytd, month] for label, month, ytd in rows]

    found = said(read(form(SLIP_HEAD, [["Particulars", *columns], *rows], 200, 100, 100)))

    wanted = {"basic": "40000.00", "hra": "16000.00", "gross_earnings": "56000.00",
              "epf_employee": "4800.00", "income_tax": "3100.00",
              "total_deductions": "7900.00", "net_pay": "48100.00"}  # fmt: skip
    assert differences(found, wanted) == {}


QUARTERS = [["Quarter", "Receipt number", "Amount paid/credited", "Tax deducted", "Tax deposited"],
            ["Q1", "QVABCDEF", "3,00,000.00", "21,000.00", "20,000.00"],
            ["Q2", "QVABCDEG", "3,00,000.00", "22,000.00", "22,000.00"],
            ["Q3", "QVABCDEH", "3,00,000.00", "23,000.00", "23,000.00"],
            ["Q4", "QVABCDEI", "3,00,000.00", "24,000.00", "24,000.00"]]  # fmt: skip
TOTAL = ["Total (Rs.)", "", "12,00,000.00", "90,000.00", "89,000.00"]
PART_A_HEAD = ["FORM NO. 16", "PART A", "Certificate under section 203 of the Income-tax Act, 1961"
               " for tax deducted at source on salary", "Assessment year 2025-26",
               "Summary of amount paid/credited and tax deducted at source"]  # fmt: skip


def test_what_was_deducted_and_what_was_deposited_are_told_apart() -> None:
    found = said(read(form(PART_A_HEAD, [*QUARTERS, TOTAL], 70, 90, 110, 90, 90)))

    wanted = {"tds_deducted": "90000.00", "tds_deposited": "89000.00"}
    assert differences(found, wanted) == {}


def test_a_total_that_is_not_printed_is_not_summed() -> None:
    found = said(read(form(PART_A_HEAD, QUARTERS, 70, 90, 110, 90, 90)))

    assert differences(found, {"tds_deducted": None, "tds_deposited": None}) == {}


def test_a_total_is_given_as_printed_even_where_it_is_wrong() -> None:
    wrong = ["Total (Rs.)", "", "12,00,000.00", "95,000.00", "95,000.00"]

    found = said(read(form(PART_A_HEAD, [*QUARTERS, wrong], 70, 90, 110, 90, 90)))

    wanted = {"tds_deducted": "95000.00", "tds_deposited": "95000.00"}
    assert differences(found, wanted) == {}


def test_rupees_and_paise_in_two_columns_are_one_amount() -> None:
    rows = [["Earnings", "Rs.", "P."], ["Basic", "40,000", "50"], ["House rent allowance",
            "16,000", "25"], ["Gross earnings", "56,000", "75"], ["Total deductions", "7,900",
            "00"], ["Net pay", "48,100", "75"]]  # fmt: skip

    found = said(read(form(SLIP_HEAD, rows, 200, 80, 40)))

    wanted = {"basic": "40000.50", "hra": "16000.25", "gross_earnings": "56000.75",
              "total_deductions": "7900.00", "net_pay": "48100.75"}  # fmt: skip
    assert differences(found, wanted) == {}


@pytest.mark.parametrize(
    ("years", "year_line"),
    [
        (("2024-25", "2023-24"), "Financial year: 2024-25"),
        (("2023-24", "2024-25"), "Financial year: 2024-25"),
        (("2024-25", "2023-24"), BANK[2][2]),
        (("2023-24", "2024-25"), BANK[2][2]),
    ],
)
def test_of_two_years_columns_the_papers_own_year_is_given(
    years: tuple[str, str], year_line: str
) -> None:
    amounts = {"2024-25": ("10,300.00", "80,700.00"), "2023-24": ("9,100.00", "71,200.00")}
    rows = [["Particulars", *(f"F.Y. {year}" for year in years)]]
    for index, label in enumerate(("Interest on savings account", "Interest on fixed deposits")):
        rows.append([label, *(amounts[year][index] for year in years)])
    head = [BANK[0][2], BANK[1][2], year_line, BANK[3][2], BANK[4][2]]

    found = said(read(form(head, rows, 200, 100, 100)))

    wanted = {"financial_year": "2024-25", "savings_interest": "10300.00",
              "deposit_interest": "80700.00"}  # fmt: skip
    assert differences(found, wanted) == {}
