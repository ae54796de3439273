"""The whole and not its parts: totals of parts of a year, of the only kind, of a list of payers."""

import pytest
from read_fields import differences, form, lines, read, said, typed
from test_fields_amounts import GAINS_HEAD
from test_fields_places import BANK

BANK_HEAD = [text for _, _, text in BANK]
STATEMENT = ["Form 26AS", "Name of assessee: Meera Iyer", "PAN: ABCPE1234F",
             "Financial year: 2024-25", "Part I - Details of Tax Deducted at Source"]  # fmt: skip
FUND_HEAD = ["Kaveri Example Mutual Fund", "Investor: Meera Iyer", "PAN: ABCPE1234F",
             "Folio number: 4455667", "Financial year: 2024-25"]  # fmt: skip


def test_parts_of_a_year_below_one_heading_give_way_to_their_total() -> None:
    table = [(60, 200, "Asset class"), (185, 200, "Short term"), (385, 200, "Long term")]
    columns = ((150, "Q1"), (200, "Q2"), (240, "Total"), (350, "Q1"), (400, "Q2"), (440, "Total"))
    table += [(x, 220, text) for x, text in columns]
    rows = ["Equity 200.00 -700.00 -500.00 900.00 50.00 950.00",
            "Debt 10.00 20.00 30.00 0.00 0.00 0.00",
            "Total 210.00 -680.00 -470.00 900.00 50.00 950.00"]  # fmt: skip
    for top, row in zip((240, 260, 280), rows, strict=True):
        places = (60, -175, -220, -265, -375, -420, -465)
        table += [(x, top, text) for x, text in zip(places, row.split(), strict=True)]

    found = said(read(typed([*lines(*GAINS_HEAD), *table])))

    assert differences(found, {"short_term_gain": "-470.00", "long_term_gain": "950.00"}) == {}


@pytest.mark.parametrize(
    ("of", "deposits"), [("on term deposits", "64056.00"), ("on savings and term deposits", None)]
)
def test_the_total_of_a_paper_about_deposits_only_is_theirs(of: str, deposits: str | None) -> None:
    rows = [["Account no.", "Interest (Rs.)"], ["44556601", "34,875.00"],
            ["44556602", "29,181.00"], ["Total", "64,056.00"]]  # fmt: skip

    found = said(read(form([*BANK_HEAD, f"Interest was credited {of}."], rows, 240, 120)))

    wanted = {"deposit_interest": deposits, "total_interest": "64056.00"}
    assert differences(found, wanted) == {}


@pytest.mark.parametrize(
    ("other", "elss"), [("Tax Saver Fund II", "25000.00"), ("Growth Fund", None)]
)
def test_the_total_of_tax_saving_schemes_alone_is_that_of_all_such(
    other: str, elss: str | None
) -> None:
    rows = [["Allotment date", "Amount invested"], ["10/04/2024", "12,500.00"],
            ["10/05/2024", "12,500.00"], ["Total", "25,000.00"]]  # fmt: skip
    schemes = ["Scheme: Example ELSS Tax Saver Fund", f"Scheme: Example {other}"]

    found = said(read(form([*FUND_HEAD, "Investment certificate", *schemes], rows, 240, 120)))

    assert differences(found, {"elss_invested": elss, "total_invested": "25000.00"}) == {}


@pytest.mark.parametrize(("section", "other"), [("194J", "700.00"), ("192", "500.00")])
def test_the_total_of_payers_of_other_income_alone_is_that_of_other_income(
    section: str, other: str
) -> None:
    rows = [["Deductor", "TAN", "Section", "Amount credited", "Tax deposited"],
            ["Kaveri Bank", "BLRK12345B", "194A", "5,000.00", "500.00"],
            ["Ganga Clinic", "CHEG54321C", section, "2,000.00", "200.00"],
            ["Total of Part I", "", "", "7,000.00", "700.00"]]  # fmt: skip

    found = said(read(form(STATEMENT, rows, 110, 90, 60, 100, 90)))

    wanted = {"tds_other": other, "tds_total": "700.00"}
    assert differences(found, wanted) == {}


def test_a_payer_whose_amounts_have_their_names_before_them() -> None:
    path = "e-Filing Anywhere Anytime › View Tax Credit Statement (Form 26AS)"
    rows = [
        ["1. KAVERI LTD (BLRK12345B)", "Credited 900.00", "Deducted 91.00", "Deposited 90.00"],
        ["Section", "Date", "Deducted", "Deposited"],
        ["192", "28-May-2024", "40.00", "39.00"],
        ["192", "28-Jun-2024", "51.00", "51.00"],
    ]

    found = said(read(form([path, *STATEMENT[1:]], rows, 180, 90, 90, 100)))

    assert differences(found, {"tds_salary": "90.00", "tds_other": None}) == {}


def test_a_row_of_amounts_ends_before_the_words_of_the_next() -> None:
    head = ["Kaveri Example Bank", "Housing loan certificate", "Borrower: Meera Iyer",
            "PAN: ABCPE1234F", "Financial year: 2024-25"]  # fmt: skip
    rows = [["Towards interest [section 24(b)]", "INR 1,71,997.00"],
            ["Towards principal [section 80C]", "INR 1,42,867.00"]]  # fmt: skip

    found = said(read(form(head, rows, 240, 120)))

    assert differences(found, {"principal_repaid": "142867.00", "interest_paid": "171997.00"}) == {}


def test_the_payer_s_name_and_total_may_stand_below_its_transactions() -> None:
    rows = [["Deductor", "TAN", "Section", "Amount credited", "Tax deposited"],
            ["", "", "192", "4,000.00", "400.00"], ["", "", "192", "1,000.00", "100.00"],
            ["Kaveri Ltd", "BLRK12345B", "Total of deductor", "5,000.00", "500.00"],
            ["", "", "194A", "2,000.00", "200.00"], ["", "", "194A", "500.00", "50.00"],
            ["Ganga Bank", "CHEG54321C", "Total of deductor", "2,500.00", "250.00"],
            ["Grand total of Part I", "", "", "7,500.00", "750.00"]]  # fmt: skip

    found = said(read(form(STATEMENT, rows, 120, 90, 90, 90, 80)))

    wanted = {"tds_salary": "500.00", "tds_other": "250.00", "tds_total": "750.00"}
    assert differences(found, wanted) == {}


def test_a_component_s_exempt_part_is_the_exemption_even_where_it_is_nothing() -> None:
    head = ["FORM NO. 16", "PART B", "Employee: Meera Iyer", "PAN of the employee: ABCPE1234F"]
    rows = [["Component", "Gross", "Exempt", "Taxable"], ["Basic", "9,000.00", "0.00", "9,000.00"],
            ["House Rent Allowance", "3,000.00", "0.00", "3,000.00"]]  # fmt: skip

    found = said(read(form(head, rows, 160, 90, 90, 90)))

    assert differences(found, {"hra_exemption_10_13a": "0.00"}) == {}
