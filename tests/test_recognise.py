"""What a paper is taken for: without its title, as a blank form, or where it only speaks of tax."""

import pytest
from papers import letter
from read_fields import form, lines, read, said, sample, samples, typed

FORM16A_ROWS = [["Amount paid/credited", "Nature of payment", "Date of payment", "Tax deducted",
                 "Tax deposited"], ["88,000.00", "194J", "05/08/2024", "8,800.00", "8,800.00"],
                ["Total", "", "", "8,800.00", "8,800.00"]]  # fmt: skip
# Papers without the words that stand in the title of their kind. A Form 26AS is only known by its
# title: other papers list deductors too.
UNTITLED = {
    "form16": lambda: form(
        ["Name of the employer: Kaveri Example Mills Private Limited", "TAN: BLRK12345B",
         "Name of the employee: Meera Iyer", "PAN of the employee: ABCPE1234F",
         "Assessment year 2025-26"],
        [["Salary as per section 17(1)", "9,00,000.00"],
         ["Perquisites under section 17(2)", "0.00"],
         ["Profits in lieu of salary under section 17(3)", "0.00"],
         ["Gross salary", "9,00,000.00"], ["Standard deduction under section 16(ia)", "50,000.00"],
         ["Income chargeable under the head Salaries", "8,50,000.00"],
         ["Gross total income", "8,50,000.00"], ["Deduction under section 80C", "1,50,000.00"],
         ["Total taxable income", "7,00,000.00"], ["Tax on total income", "52,500.00"],
         ["Health and education cess", "2,100.00"], ["Net tax payable", "54,600.00"]], 260, 100,
    ),
    "form16a": lambda: form(
        ["Certificate of tax deducted at source under section 203",
         "Name of the deductor: Kaveri Example Mills Private Limited",
         "TAN of the deductor: BLRK12345B", "Name of the deductee: Meera Iyer",
         "PAN of the deductee: ABCPE1234F", "Assessment year 2025-26"],
        FORM16A_ROWS, 110, 90, 90, 90, 90,
    ),
    "payslip": lambda: form(
        ["Kaveri Example Mills Private Limited", "August 2024", "Employee name: Meera Iyer",
         "Employee No.: KM-1044"],
        [["Basic", "40,000.00", "Provident fund", "4,800.00"],
         ["House rent allowance", "16,000.00", "Income tax", "3,100.00"],
         ["Gross earnings", "56,000.00", "Total deductions", "7,900.00"],
         ["", "", "Net pay", "48,100.00"]], 130, 90, 130, 90,
    ),
    "bank_interest_certificate": lambda: form(
        ["Kaveri Example Bank Limited", "Account holder: Meera Iyer", "PAN: ABCPE1234F",
         "Financial year: 2024-25"],
        [["Interest on savings account", "1,203.00"], ["Interest on fixed deposits", "44,310.00"],
         ["Total interest", "45,513.00"], ["TDS deducted", "4,431.00"]], 200, 100,
    ),
    "capital_gains_statement": lambda: form(
        ["Kaveri Example Broking Limited", "Client name: Meera Iyer", "PAN: ABCPE1234F",
         "Realised profit and loss for financial year 2024-25"],
        [["Short term capital gain", "12,340.50"], ["Long term capital gain", "88,100.00"],
         ["Speculative gain", "-1,050.00"], ["Dividend income", "3,310.00"]], 200, 100,
    ),
    "mutual_fund_statement": lambda: form(
        ["Kaveri Example Mutual Fund", "Investor name: Meera Iyer", "PAN: ABCPE1234F",
         "Folio No.: 9911223/44", "Financial year: 2024-25"],
        [["Amount invested in ELSS schemes (section 80C)", "60,000.00"],
         ["Total amount invested", "96,000.00"]], 260, 100,
    ),
    "nps_statement": lambda: form(
        ["Subscriber name: Meera Iyer", "PRAN: 110012345678", "Financial year: 2024-25"],
        [["Employee contribution", "60,000.00"], ["Employer contribution", "60,000.00"],
         ["Voluntary contribution under section 80CCD(1B)", "50,000.00"],
         ["Total contribution", "1,70,000.00"]], 260, 100,
    ),
    "home_loan_certificate": lambda: form(
        ["Kaveri Example Housing Finance Limited", "Borrower: Meera Iyer",
         "Loan account No.: HL-44015", "Financial year: 2024-25"],
        [["Principal repaid", "1,20,000.00"], ["Interest paid (section 24(b))", "2,04,000.00"]],
        200, 100,
    ),
    "insurance_premium_receipt": lambda: form(
        ["Kaveri Example Life Insurance Company Limited", "Policy number: 445566778",
         "Policyholder: Meera Iyer", "Financial year: 2024-25"],
        [["Sum assured", "10,00,000.00"], ["Total premium paid", "24,310.00"]], 200, 100,
    ),
    "rent_receipt": lambda: typed(lines(
        "Received from Meera Iyer a sum of Rs. 90,000.00 towards rent of House 4, Lake Road, for",
        "the period 01/04/2024 to 30/09/2024.", "Landlord: Ravi Rao",
        "PAN of landlord: BCDPR5678K",
    )),
    "donation_receipt": lambda: typed(lines(
        "Sahyog Example Charitable Trust", "PAN of the trust: AAATS4321C", "Date: 05/08/2024",
        "Received with thanks from Meera Iyer a donation of Rs. 5,000.00, eligible for deduction",
        "under section 80G of the Income-tax Act, 1961.",
    )),
}  # fmt: skip


@pytest.mark.parametrize("document_type", UNTITLED)
def test_a_paper_without_its_title_is_known_by_what_it_says(document_type: str) -> None:
    reading = read(UNTITLED[document_type]())

    assert reading.first_record.document_type == document_type
    assert len(reading.records) == 1
    assert len(said(reading)) >= 3


@pytest.mark.parametrize(
    "name", ["news", "blog", "invoice", "offer-letter", "bank-statement", "form12bb"]
)
@pytest.mark.parametrize("seed", [4242, 4243])
def test_a_paper_that_only_speaks_of_tax_is_other_and_has_no_field(name: str, seed: int) -> None:
    _, reading = sample(f"other/{name}", seed)

    records = [(one.document_type, one.fields, one.checks) for one in reading.records]
    assert records == [("other", {}, [])]


@pytest.mark.parametrize("layout", ["form16", "form16a", "rent_receipt", "donation_receipt"])
def test_a_blank_form_is_its_type_and_has_no_field(layout: str) -> None:
    _, reading = sample(f"{layout}/blank")

    assert (reading.first_record.document_type, said(reading)) == (layout, {})


def test_prose_that_means_nothing_to_the_tax_office_is_other() -> None:
    record = read(letter()).first_record

    assert (record.document_type, record.fields) == ("other", {})


def test_one_mention_of_form_16_makes_no_form_16() -> None:
    text = "Dear Meera, your Form 16 for financial year 2024-25 will reach you by 15 June. "

    record = read(letter(text * 3)).first_record

    assert (record.document_type, record.fields) == ("other", {})


def test_a_list_of_deductors_without_a_title_is_no_form_26as() -> None:
    head = ["PAN: ABCPE1234F", "Name: Meera Iyer", "Financial year 2024-25"]
    rows = [["Name of deductor", "TAN of deductor", "Total tax deducted"],
            ["Kaveri Example Mills", "BLRK12345B", "54,600.00"]]  # fmt: skip

    record = read(form(head, rows, 160, 110, 110)).first_record

    assert (record.document_type, record.fields) == ("other", {})


def test_how_sure_a_type_is_lies_between_nought_and_one() -> None:
    for _, reading in samples("rent_receipt/"):
        assert 0.5 <= reading.first_record.type_confidence <= 1


TEMPTING = {
    "computation": lambda: form(
        ["STATEMENT OF TOTAL INCOME", "Name: Meera Iyer", "PAN: ABCPE1234F",
         "Financial year: 2024-25"],
        [["Gross salary", "18,40,000.00"], ["Interest on savings account", "9,211.00"],
         ["Interest on fixed deposits", "44,120.00"], ["Tax on total income", "2,42,736.00"],
         ["Less: TDS", "2,60,000.00"], ["Refund due", "7,555.00"]], 220, 110,
    ),
    "leaflet": lambda: form(
        ["Know your TDS", "Kaveri Example Bank Limited: Financial year 2024-25",
         "Where do I find my interest certificate?", "How do I get my Form 16A?",
         "What if my PAN is not updated?", "Example"],
        [["Deposit", "Interest", "TDS"], ["FD 10,00,000", "71,850.00", "7,185.00"],
         ["Total", "71,850.00", "7,185.00"]], 150, 110, 110,
    ),
    "appeal": lambda: typed(lines(
        "Kaveri Example Education Trust", "PAN AABTS4455J, 80G registration AABTS4455JF20214",
        "Your donation of Rs. 1,500.00 keeps a child in school for three months.",
        "Donations are eligible for deduction under section 80G of the Income-tax Act.",
        "Name of donor: ____________  PAN: ____________  Amount: Rs. ________",
    )),
    "schedule": lambda: form(
        ["Loan EMI schedule", "Kaveri Example Housing Finance Limited", "Borrower: Meera Iyer",
         "PAN: ABCPE1234F", "Loan account no. HL445566"],
        [["Due date", "EMI", "Principal", "Interest"],
         ["05/04/2024", "34,967.00", "6,345.00", "28,622.00"],
         ["05/05/2024", "34,967.00", "6,390.00", "28,577.00"],
         ["Total", "69,934.00", "12,735.00", "57,199.00"]], 110, 90, 90, 90,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TEMPTING)
def test_what_computes_explains_or_asks_is_none_of_our_papers(name: str) -> None:
    record = read(TEMPTING[name]()).first_record

    assert (record.document_type, record.fields) == ("other", {})
