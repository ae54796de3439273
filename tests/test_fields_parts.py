"""Amounts that are only a part of what a field is: never given for the whole."""

import pytest
from read_fields import differences, form, lines, read, said, typed
from test_fields_places import BANK

BANK_HEAD = [text for _, _, text in BANK]
LOAN_HEAD = ["Kaveri Example Housing Finance Limited", "Home loan interest certificate",
             "Borrower: Meera Iyer", "PAN: ABCPE1234F", "Loan account no. HL445566",
             "Financial year: 2024-25"]  # fmt: skip
POLICY_HEAD = ["Kaveri Example General Insurance Company Limited", "Premium receipt",
               "Policy number: 445566778", "Policyholder: Meera Iyer"]  # fmt: skip


@pytest.mark.parametrize(
    ("recurring", "deposits"), [("5,680.00", None), ("0.00", "59,986.00"), ("-", "59,986.00")]
)
def test_one_kind_of_deposit_is_not_all_deposits(recurring: str, deposits: str | None) -> None:
    rows = [["Particulars", "Interest paid"], ["Interest on fixed deposits", "59,986.00"],
            ["Interest on recurring deposits", recurring]]  # fmt: skip

    found = said(read(form(BANK_HEAD, rows, 240, 120)))

    wanted = deposits and deposits.replace(",", "")
    assert differences(found, {"deposit_interest": wanted}) == {}


def test_principal_with_its_prepayment_is_what_was_repaid() -> None:
    rows = [["Particulars", "Received (Rs.)"], ["of which: Interest", "3,15,117"],
            ["of which: Principal", "54,939"], ["Part prepayment", "15,190"],
            ["Principal repaid in the year (incl. prepayment)", "70,129"]]  # fmt: skip

    found = said(read(form(LOAN_HEAD, rows, 280, 120)))

    assert differences(found, {"principal_repaid": "70129.00", "interest_paid": "315117.00"}) == {}


def test_a_sentence_says_what_is_included_and_then_the_whole() -> None:
    text = lines(
        *LOAN_HEAD,
        "The following sums were received in the year: towards interest Rs. 2,18,944.00;",
        "towards principal, including a part prepayment of Rs. 1,00,000.00 made in May,",
        "Rs. 1,86,310.00.",
    )

    found = said(read(typed(text)))

    assert differences(found, {"principal_repaid": "186310.00", "interest_paid": "218944.00"}) == {}


@pytest.mark.parametrize(
    "rows",
    [
        [["Premium", "GST", "Amount received"], ["6,350.00", "142.88", "6,492.88"]],
        [["Particulars", "Amount"], ["Gross premium", "6,000.00"], ["Add: GST", "492.88"],
         ["Premium received", "6,492.88"]],
    ],
)  # fmt: skip
def test_a_premium_is_paid_with_its_tax(rows: list[list[str]]) -> None:
    found = said(read(form(POLICY_HEAD, rows, *[150] * len(rows[0]))))

    assert differences(found, {"premium_paid": "6492.88"}) == {}


def test_due_is_not_received() -> None:
    rows = [["Item", "Due in the year", "Received in the year"],
            ["Principal", "1,27,365.00", "1,18,245.00"],
            ["Interest", "4,38,655.00", "4,02,318.00"]]  # fmt: skip

    found = said(read(form(LOAN_HEAD, rows, 180, 130, 130)))

    assert differences(found, {"principal_repaid": "118245.00", "interest_paid": "402318.00"}) == {}


def test_a_heading_of_two_lines_keeps_its_year_over_the_amounts() -> None:
    rows = [["", "Previous Year\nFY 2023-24", "Current Year\nFY 2024-25"],
            ["Interest on savings account", "5,418.00", "6,027.00"],
            ["Tax deducted at source", "719.00", "648.00"]]  # fmt: skip

    found = said(read(form(BANK_HEAD, rows, 180, 120, 120)))

    assert differences(found, {"savings_interest": "6027.00", "tds_deducted": "648.00"}) == {}


def test_one_purchase_of_a_list_is_not_all_that_was_invested() -> None:
    head = ["Kaveri Example Mutual Fund", "ELSS investment statement", "Investor: Meera Iyer",
            "PAN: ABCPE1234F", "Folio No.: 9911223/44", "Financial year: 2024-25"]  # fmt: skip
    rows = [["Date", "Transaction", "Amount (Rs.)"], ["10-Jan-2025", "SIP purchase", "5,000.00"],
            ["22-Mar-2025", "Purchase", "10,000.00"],
            ["", "Total amount invested in ELSS during the year", "15,000.00"]]  # fmt: skip

    found = said(read(form(head, rows, 80, 240, 90)))

    assert differences(found, {"elss_invested": "15000.00", "total_invested": None}) == {}


def test_a_bill_that_adds_maintenance_says_the_rent_in_a_row_of_its_own() -> None:
    head = ["Rent receipt", "Tenant: Meera Iyer", "Landlord: Ravi Example", "Period: June 2024"]
    rows = [["Description", "Amount (Rs.)"], ["Rent", "40,750.00"], ["Maintenance", "1,300.00"],
            ["Parking", "0.00"], ["Amount received", "42,050.00"]]  # fmt: skip

    found = said(read(form(head, rows, 240, 120)))

    assert differences(found, {"rent_paid": "40750.00"}) == {}


def test_who_prepared_a_paper_is_not_for_whom_it_was_prepared() -> None:
    text = lines("Kaveri Example Bank Limited", "Interest certificate", "Financial year: 2024-25",
                 "Prepared by: Suresh Clerk", "Interest on savings account: Rs. 4,500.00",
                 "Interest on fixed deposits: Rs. 12,000.00")  # fmt: skip

    found = said(read(typed(text)))

    assert differences(found, {"account_holder": None, "savings_interest": "4500.00"}) == {}


def test_what_is_added_and_taken_off_below_makes_another_premium() -> None:
    rows = [["Particulars", "Amount"], ["Gross premium", "10,000.00"],
            ["Less: discount", "1,000.00"], ["Add: GST", "1,620.00"],
            ["Premium received", "10,620.00"]]  # fmt: skip

    found = said(read(form(POLICY_HEAD, rows, 240, 120)))

    assert found["premium_paid"] == "10620.00"
