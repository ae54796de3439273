"""Amounts and words as printed: nothing, zero, signs, sentences, words, spellings of sections."""

import pytest
from read_fields import differences, form, lines, read, said, typed
from test_fields_places import BANK, FORM16_HEAD, SLIP_HEAD

BANK_HEAD = [text for _, _, text in BANK]
GAINS_HEAD = ["Kaveri Example Broking Limited", "Capital Gains Statement",
              "Financial year: 2024-25", "Client name: Meera Iyer", "PAN: ABCPE1234F"]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        *(("-", "0.00"), ("Nil", "0.00"), ("NIL", "0.00"), ("0.00", "0.00"), ("0", "0.00")),
        *(("", None), ("NA", None), ("1,200", "1200.00"), ("Rs. 1,200/-", "1200.00")),
        *(("INR 1,200.50", "1200.50"), ("123,456.00", "123456.00")),
    ],
)
def test_a_dash_or_nil_is_zero_and_an_empty_cell_is_absent(printed: str, value: str) -> None:
    rows = [["Earnings", "Amount"], ["Basic", "40,000.00"], ["House rent allowance", "16,000.00"],
            ["Special allowance", printed], ["Gross earnings", "56,000.00"],
            ["Net pay", "56,000.00"]]  # fmt: skip

    found = said(read(form(SLIP_HEAD, rows, 200, 100)))

    assert differences(found, {"hra": "16000.00", "special_allowance": value}) == {}


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        *(("(12,340.50)", "-12340.50"), ("-12,340.50", "-12340.50"), ("12,340.50 Dr", "-12340.50")),
        *(("12,340.50 Cr", "12340.50"), ("12,340.50-", "-12340.50"), ("12,340.50", "12340.50")),
    ],
)
def test_brackets_minus_and_dr_make_a_gain_a_loss(printed: str, value: str) -> None:
    rows = [["Particulars", "Amount (Rs.)"], ["Short term capital gain", printed],
            ["Long term capital gain", "88,100.00"]]  # fmt: skip

    found = said(read(form(GAINS_HEAD, rows, 240, 120)))

    assert differences(found, {"short_term_gain": value, "long_term_gain": "88100.00"}) == {}


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        (
            "interest of Rs. 12,345.00 was paid on fixed deposits and tax of Rs. 1,234.00 was",
            {"deposit_interest": "12345.00", "tds_deducted": "1234.00"},
        ),
        (
            "total interest of Rs. 45,513.00 was paid to the customer. No other sum was",
            {"total_interest": "45513.00", "savings_interest": None},
        ),
    ],
)
def test_a_sentence_gives_its_amounts(sentence: str, wanted: dict[str, str]) -> None:
    text = lines(
        "Kaveri Example Bank Limited", "INTEREST CERTIFICATE",
        "This is to certify that Meera Iyer, PAN ABCPE1234F, has accounts with us. During the",
        f"financial year 2024-25 {sentence}", "deducted by the bank.",
    )  # fmt: skip

    found = said(read(typed(text)))

    assert differences(found, {"financial_year": "2024-25", "pan": "ABCPE1234F", **wanted}) == {}


def test_an_amount_that_is_repeated_in_words_goes_to_the_account_named_behind_them() -> None:
    text = lines(
        "Kaveri Example Bank Limited",
        "TO WHOM IT MAY CONCERN",
        "This is to certify that interest of Rs. 4,922.03 (Rupees Four Thousand Nine Hundred",
        "Twenty Two and Paise Three only) was paid by us to Smt. Meera Iyer on savings account",
        "no. 606 for the period from 1 April 2024 to 31 March 2025. A further sum of",
        "Rs. 19,430.00 was paid as interest on Fixed Deposit no. 246.",
    )

    found = said(read(typed(text)))

    assert differences(found, {"savings_interest": "4922.03", "total_interest": None}) == {}


def test_a_sum_that_is_printed_in_words_only_is_read() -> None:
    text = lines(
        "RENT RECEIPT", "Received from Meera Iyer a sum of Rupees Ninety Thousand only towards",
        "rent for the period 01/04/2024 to 30/09/2024.", "Landlord: Ravi Rao",
        "PAN of landlord: BCDPR5678K",
    )  # fmt: skip

    found = said(read(typed(text)))

    wanted = {"rent_paid": "90000.00", "period_from": "2024-04-01", "period_to": "2024-09-30",
              "landlord_pan": "BCDPR5678K", "landlord_name": "Ravi Rao",
              "tenant_name": "Meera Iyer"}  # fmt: skip
    assert differences(found, wanted) == {}


@pytest.mark.parametrize(
    "section",
    [
        *("section 17({})", "sec. 17 ({})", "u/s 17({})", "Sec 17({})", "under section 17 ( {} )"),
        *("u/s. 17({})", "S. 17({})", "Section 17 ({})", "U/S 17({})"),
        *("S.17({})", "sec.17({})"),
    ],
)
def test_a_section_is_known_in_every_spelling(section: str) -> None:
    rows = [["Particulars", "Amount"],
            [f"Salary {section.format(1)}", "9,00,000.00"],
            [f"Perquisites {section.format(2)}", "25,000.00"],
            [f"Profits in lieu of salary {section.format(3)}", "1,000.00"],
            ["Gross salary", "9,26,000.00"]]  # fmt: skip

    found = said(read(form(FORM16_HEAD, rows, 260, 100)))

    wanted = {"salary_17_1": "900000.00", "perquisites_17_2": "25000.00",
              "profits_in_lieu_17_3": "1000.00", "gross_salary": "926000.00"}  # fmt: skip
    assert differences(found, wanted) == {}


@pytest.mark.parametrize(
    "label",
    ["80CCD(1B)", "Section 80CCD (1B)", "u/s 80CCD(1B)", "80 CCD (1B)", "Sec. 80CCD(1B) - NPS"],
)
def test_80ccd_1b_is_not_taken_for_its_neighbours(label: str) -> None:
    rows = [["Deductions under Chapter VI-A", "Deductible amount"], ["80C", "1,20,000.00"],
            ["80CCD(1)", "30,000.00"], [label, "45,000.00"], ["80CCD(2)", "61,000.00"],
            ["Total deductions under Chapter VI-A", "2,56,000.00"]]  # fmt: skip

    found = said(read(form(FORM16_HEAD, rows, 260, 120)))

    wanted = {"deduction_80c": "120000.00", "deduction_80ccd_1": "30000.00",
              "deduction_80ccd_1b": "45000.00", "deduction_80ccd_2": "61000.00",
              "total_deductions_vi_a": "256000.00"}  # fmt: skip
    assert differences(found, wanted) == {}


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        *(("2024-25", "2024-25"), ("2024-2025", "2024-25"), ("FY 2024-25", "2024-25")),
        *(("01/04/2024 to 31/03/2025", "2024-25"), ("01-Apr-2024 to 31-Mar-2025", "2024-25")),
        *(("April 2024 to March 2025", "2024-25"), ("2024 - 25", "2024-25")),
    ],
)
def test_a_financial_year_is_known_by_its_numbers_or_its_first_and_last_day(
    printed: str, value: str
) -> None:
    text = lines("Kaveri Example Bank Limited", "INTEREST CERTIFICATE",
                 f"Interest paid for the period: {printed}", "Account holder: Meera Iyer",
                 "Interest on savings account: 1,203.00", "Total interest: 1,203.00")  # fmt: skip

    reading = read(typed(text))

    assert said(reading)["financial_year"] == value
    assert reading.first_record.financial_year == value


def test_the_figure_in_the_box_is_shown_for_an_amount_in_words() -> None:
    text = lines("RENT RECEIPT", "Received with thanks from Meera Iyer", "the sum of",
                 "Rupees Eleven Thousand only", "towards the rent of June 2024")  # fmt: skip

    record = read(typed([*text, (60, 300, "Rs. 11,000/-")])).first_record

    assert said(record)["rent_paid"] == "11000.00"
    assert record.fields["rent_paid"].text == "Rs. 11,000/-"
