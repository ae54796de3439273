"""Amounts that are printed and are nobody's: better absent than in the wrong field."""

import pytest
from papers import joined
from read_fields import form, lines, read, said, typed
from test_fields_places import BANK, FORM16_HEAD, SLIP_HEAD
from test_papers_in_one_file import slip

BANK_HEAD = [text for _, _, text in BANK]
POLICY = ("Kaveri Example Life Insurance Company Limited", "PREMIUM RECEIPT",
          "Policy number: 445566778", "Policyholder: Meera Iyer")  # fmt: skip


@pytest.mark.parametrize(
    ("head", "rows", "absent"),
    [
        pytest.param(SLIP_HEAD, [["Particulars", "YTD"], ["Basic", "2,40,000.00"],
                     ["Gross earnings", "3,56,000.00"]], {"basic", "gross_earnings"}, 
                     id="year-to-date"),
        pytest.param(BANK_HEAD, [["Particulars", "Interest accrued"],
                     ["Interest on fixed deposits", "44,310.00"]], {"deposit_interest"}, 
                     id="accrued"),
        pytest.param(FORM16_HEAD, [["Deductions under Chapter VI-A", "Gross amount",
                     "Deductible amount"], ["Section 80C", "1,92,000.00", ""],
                     ["Section 80D", "20,000.00", "20,000.00"]], {"deduction_80c"}, 
                     id="empty-deductible"),
        pytest.param(SLIP_HEAD, [["Particulars", "Amount"], ["Basic", "40,000.00"],
                     ["Employer PF", "4,800.00"], ["Gross earnings", "56,000.00"]],
                     {"epf_employee"}, id="employers-share"),
        pytest.param(SLIP_HEAD, [["Particulars", "Rate", "Amount"], ["Basic", "40,000.00", ""],
                     ["Gross earnings", "56,000.00", "56,000.00"]], {"basic"},  id="rate"),
        pytest.param(BANK_HEAD, [["Particulars", "Amount"], ["Rate of interest", "7.25"],
                     ["Closing balance", "9,12,000.00"], ["Principal", "5,00,000.00"]],
                     {"savings_interest", "deposit_interest", "total_interest"}, id="balance"),
    ],
)  # fmt: skip
def test_an_amount_of_another_column_or_party_is_no_value(
    head: list[str], rows: list[list[str]], absent: set[str]
) -> None:
    assert absent & said(read(form(head, rows, 200, *[110] * (len(rows[0]) - 1)))).keys() == set()


@pytest.mark.parametrize(
    ("texts", "absent"),
    [
        ((*POLICY, "Sum assured: 10,00,000.00"), "premium_paid"),
        ((*POLICY, "Maturity amount: 14,00,000.00"), "premium_paid"),
        (("RENT RECEIPT",
          "Received from Meera Iyer rent for the period 01/04/2024 to 30/09/2024",
          "Monthly rent: Rs. 15,000.00", "Landlord: Ravi Rao"), "rent_paid"),
        ((*POLICY, "Premium paid (Rs. in lakh): 1.20"), "premium_paid"),
        ((*POLICY, "(All amounts in Rs. lakh)", "Premium paid: 1.20"), "premium_paid"),
        (("RENT RECEIPT", "Received from Meera Iyer", "Security deposit: Rs. 60,000.00",
          "Landlord: Ravi Rao"), "rent_paid"),
    ],
)  # fmt: skip
def test_an_amount_under_another_label_is_no_value(texts: tuple[str, ...], absent: str) -> None:
    assert absent not in said(read(typed(lines(*texts))))


def test_a_column_in_lakh_is_not_given_as_rupees() -> None:
    rows = [["Particulars", "Amount (Rs. in lakh)"], ["Interest on savings account", "1.20"]]

    found = said(read(form(BANK_HEAD, rows, 200, 120)))

    assert found.get("savings_interest") in (None, "120000.00")


STRANGER = ("Resignation letter", "I, Ravi Rao, PAN: BCDPR5678K, resign.",
            "Professional tax 200.00 paid")  # fmt: skip


def test_what_a_strangers_page_says_is_not_given_for_the_paper_before() -> None:
    alone = said(read(typed(slip("August 2024"))))

    reading = read(joined(typed(slip("August 2024")), typed(lines(*STRANGER))))

    assert said(reading) == alone


def test_payslips_of_two_people_for_one_month_are_two_papers() -> None:
    reading = read(typed(slip("August 2024"), slip("August 2024", name="Ravi Rao")))

    assert [said(one)["employee_name"] for one in reading.records] == ["Meera Iyer", "Ravi Rao"]
