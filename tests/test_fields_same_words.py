"""Labels that differ in small words only: each is what it says."""

import pytest
from read_fields import differences, lines, read, said, typed

RENT = ["Rent receipt", "Tenant: Meera Iyer", "Landlord: Ravi Example", "Period: June 2024"]
BANK = ["Kaveri Example Bank Limited", "Interest certificate", "Account holder: Meera Iyer",
        "Financial year: 2024-25"]  # fmt: skip
FUND = ["Kaveri Example Mutual Fund", "Account statement", "Investor: Meera Iyer",
        "Folio no.: 11223344", "Period: 01-Apr-2024 to 31-Mar-2025"]  # fmt: skip
PENSION = ["NPS Transaction Statement", "Subscriber: Meera Iyer", "PRAN: 110022334455",
           "Employee contribution: Rs. 50,000.00"]  # fmt: skip
LOAN = ["Kaveri Example Housing Finance Limited", "Home loan interest certificate",
        "Borrower: Meera Iyer", "Financial year: 2024-25", "Interest: Rs. 3,15,117.00"]  # fmt: skip
GIFT = ["Sahyog Example Charitable Trust", "Donation receipt", "Receipt no. 17",
        "Date: 05/08/2024"]  # fmt: skip


@pytest.mark.parametrize(
    ("paper", "wanted"),
    [
        ([*BANK, "Deposit amount: Rs. 5,00,000.00", "Interest paid: Rs. 35,000.00"],
         {"deposit_interest": "35000.00"}),
        ([*BANK, "Fixed deposits: Rs. 35,000.00"], {"deposit_interest": "35000.00"}),
        ([*FUND, "Total value: Rs. 81,000.00"], {"total_invested": None}),
        ([*FUND, "Total (Rs.): 75,000.00"], {"total_invested": "75000.00"}),
        ([*PENSION, "Total value: Rs. 2,81,000.00"], {"total_contribution": None}),
        ([*PENSION, "Total amount: Rs. 50,000.00"], {"total_contribution": "50000.00"}),
        ([*LOAN, "Prepayment of principal: Rs. 15,190.00"], {"principal_repaid": None}),
        ([*LOAN, "Principal and prepayment: Rs. 70,129.00"], {"principal_repaid": "70129.00"}),
        ([*GIFT, "Gift of: Meera Iyer", "Gift amount: Rs. 5,000.00"],
         {"donor_name": "Meera Iyer", "amount": "5000.00"}),
        ([*RENT, "Amount received: Rs. 15,000.00", "Received by: Ravi Example"],
         {"rent_paid": "15000.00", "landlord_name": "Ravi Example"}),
    ],
)  # fmt: skip
def test_small_words_tell_labels_apart(paper: list[str], wanted: dict[str, str | None]) -> None:
    found = said(read(typed(lines(*paper))))

    assert differences(found, wanted) == {}
