"""Home-loan certificates written as letters, and statements with other orders of things."""

from random import Random
from xml.sax.saxutils import escape

from reportlab.platypus import PageBreak, Spacer

from tests.corpus.drawing import grid, p, pdf, watermark
from tests.corpus.figures import date_style, money_style
from tests.corpus.housing import Loan, loan
from tests.corpus.identifiers import digits
from tests.corpus.paper import Layout, Paper
from tests.corpus.sheet import Sheet
from tests.corpus.wording import (
    SumStyle,
    derivable_year,
    letterhead,
    signature,
    sum_style,
    whole_year,
    words,
    year_clause,
)

TYPE = "home_loan_certificate"


def _paper(data: bytes, fields: dict[str, str], layout: str, note: str) -> Paper:
    return Paper(data, TYPE, fields, f"{TYPE}/{layout}", note)


def _pair(one: Loan, sums: SumStyle, rng: Random) -> list[tuple[str, str]]:
    """Both parts of what was repaid with one issuer's labels, in either order."""
    labels = rng.choice(
        (
            ("Principal Component", "Interest Component"),
            ("Principal", "Interest"),
            ("Principal repayment", "Interest u/s 24(b)"),
            ("Towards Principal", "Towards Interest"),
        )
    )
    pair = [(labels[0], sums(one.principal)), (labels[1], sums(one.interest))]
    return pair if rng.random() < 0.6 else pair[::-1]


def whomsoever(rng: Random) -> Paper:
    """A bank's provisional certificate: a paragraph, then principal and interest."""
    one = loan(rng, whole=rng.random() < 0.5)
    sums = sum_style(rng, whole=one.interest == int(one.interest))
    joint = f"{one.borrower.titled} and {one.co_borrower.titled}"
    flow = [
        *letterhead(one.lender, align="left"),
        p(f"Date : {date_style(rng)(one.year.month(9))}", align="right", after=14),
        p("TO WHOM SO EVER IT MAY CONCERN", 12, bold=True, align="center"),
        p(f"PROVISIONAL INTEREST CERTIFICATE {year_clause(rng, one.year).upper()}", 10, bold=True,
          align="center", after=12),
        p(
            f"This is to certify that {escape(joint)} have availed a Housing Loan of "
            f"{sums(one.sanctioned)} vide account no. {one.account} and that the following amounts "
            f"are payable / have been paid in the said account as principal and interest "
            f"during the year. The first named borrower holds PAN {one.borrower.pan}.",
            10, lead=1.45, align="justify", after=10,
        ),
        *(p(f"{label} : {amount}", 10, before=3) for label, amount in _pair(one, sums, rng)),
        p(f"Total : {sums(one.paid)}", 10, before=3, after=10),
        p("This provisional certificate is issued at the request of the borrower and without any "
          "responsibility on the part of the Bank.", 8.5),
        *signature(rng, one.lender.name),
    ]  # fmt: skip
    fields = one.truth()
    return _paper(
        pdf(flow, margins=(60, 50, 60, 50)),
        fields,
        "whomsoever",
        "two borrowers; the first is meant",
    )


def statement_for_claiming(rng: Random) -> Paper:
    """A housing-finance company's statement in the words of sections 24(b) and 80C."""
    one = loan(rng)
    sums = sum_style(rng, whole=False)
    day = date_style(rng, "%d-%b-%Y", "%d/%m/%Y", "%d %B %Y")
    spell = f"from {day(one.year.first_day)} to {day(one.year.last_day)}"
    flow = [
        p(escape(one.lender.name), 14, bold=True, font="Times-Roman"),
        p(f"{', '.join(one.lender.address)}. Tel {one.lender.phone}", 8, font="Times-Roman",
          after=14),
        p("STATEMENT FOR CLAIMING DEDUCTIONS UNDER SECTIONS 24(b) &amp; 80C(2)(xviii) OF THE "
          "INCOME TAX ACT, 1961", 10.5, bold=True, align="center", font="Times-Roman", after=12),
        p(f"{escape(one.borrower.titled)}<br/>{'<br/>'.join(one.borrower.address)}", 10,
          font="Times-Roman", after=6),
        p(f"PAN: {one.borrower.pan}", 10, font="Times-Roman", after=10),
        p(f"Re: Loan Account No. {one.account}", 10, bold=True, font="Times-Roman", after=10),
        p(
            f"This is to state that {escape(one.borrower.titled)} and "
            f"{escape(one.co_borrower.titled)} (PAN: {one.co_borrower.pan}) have been granted a "
            f"housing loan of {sums(one.sanctioned)} at {one.rate}% per annum in respect of "
            f"{', '.join(one.property_at)}. The loan is repayable in Equated Monthly Instalments "
            f"of {sums(one.emi)} each comprising principal and interest.",
            10, lead=1.4, align="justify", font="Times-Roman", after=8,
        ),
        p(
            f"The break-up of the instalments received {spell} is: interest {sums(one.interest)} "
            f"and principal {sums(one.principal)}, together {sums(one.paid)}. The balance of "
            f"principal as on {day(one.year.last_day)} is {sums(one.closing)}.",
            10, lead=1.4, align="justify", font="Times-Roman", after=8,
        ),
        p("Interest paid before completion of construction is deductible in five equal instalments "
          "from the year of completion.", 9, font="Times-Roman"),
        *signature(rng, one.lender.name, font="Times-Roman"),
    ]  # fmt: skip
    data = pdf(flow, margins=(64, 56, 64, 50))
    return _paper(data, one.truth(), "statement-for-claiming", "figures in prose")


def sums_in_words(rng: Random) -> Paper:
    """A society's letter that writes both sums in words only."""
    one = loan(rng, whole=True)
    sheet = Sheet(font="Times-Roman", points=11)
    sheet.text(297, 70, one.lender.name, align="center", bold=True, points=14)
    sheet.text(297, 86, ", ".join(one.lender.address), align="center", points=9)
    sheet.text(60, 130, f"No. HL/{digits(rng, 3)}/{one.year.start + 1}")
    sheet.text(535, 130, date_style(rng)(one.year.last_day), align="right")
    sheet.text(297, 165, "Certificate", align="center", bold=True, points=12)
    text = (
        f"Certified that {escape(one.borrower.titled)}, PAN {one.borrower.pan}, holder of housing "
        f"loan account {one.account}, has repaid {words(one.principal)} towards principal and has "
        f"paid {words(one.interest)} towards interest on the said loan "
        f"{year_clause(rng, one.year)}. The co-obligant is {escape(one.co_borrower.titled)}."
    )
    bottom = sheet.place(p(text, 11, font="Times-Roman", lead=1.6, align="justify"), 60, 190, 475)
    sheet.text(60, bottom + 30, "Issued for submission to the employer.")
    sheet.text(535, bottom + 90, "Secretary", align="right")
    return _paper(sheet.pdf(), one.truth(), "sums-in-words", "no figures for the sums")


def quarters(rng: Random) -> Paper:
    """Quarters in columns, what was paid in rows, the year in the last column; two pages."""
    one = loan(rng)
    money = money_style(rng, places=2)
    parts = [one.instalments[at : at + 3] for at in range(0, 12, 3)]
    interest = [sum(each.interest for each in part) for part in parts]
    principal = [sum(each.principal for each in part) for part in parts]
    heads = [f"{part[0].due:%b} - {part[-1].due:%b %y}" for part in parts]
    rows = [
        ["", *heads, rng.choice(("Total", "Year", "Full year"))],
        ["Interest charged and paid", *map(money, interest), money(one.interest)],
        ["Principal repaid", *map(money, principal), money(one.principal)],
        ["Instalments", *(money(a + b) for a, b in zip(interest, principal, strict=True)),
         money(one.paid)],
    ]  # fmt: skip
    if rng.random() < 0.5:
        rows[1], rows[2] = rows[2], rows[1]
    flow = [
        p(escape(one.lender.name), 13, bold=True, align="center"),
        p("Loan Account Statement - Income Tax", 11, align="center", after=12),
        grid(
            [["A/c No.", one.account], ["A/c Holder(s)", one.borrower.titled],
             ["Permanent Account No.", one.borrower.pan],
             ["Statement for", whole_year(rng, one.year)],
             ["Sanction limit", money(one.sanctioned)], ["Branch", one.lender.address[1]]],
            [130, 390], ruled=False, size=9,
        ),
        PageBreak(),
        p(f"A/c No. {one.account} (continued)", 9, after=8),
        grid(rows, [110, 80, 80, 80, 80, 90], size=7.5, right=range(1, 6), bold=(0, -1), pad=4),
        Spacer(1, 8),
        p("E.&amp;O.E. Rate of interest is reset with the repo rate.", 7.5),
    ]  # fmt: skip
    mark = rng.choice(("DUPLICATE", "", "CUSTOMER COPY"))
    data = pdf(flow, on_page=lambda canvas, page: watermark(canvas, mark, 50) if mark else None)
    return _paper(data, one.truth(), "quarters", "quarters and the year in columns, on page 2")


def dated_certificate(rng: Random) -> Paper:
    """No year by its name: only an assessment year; the co-borrower's share beside the whole."""
    one = loan(rng, whole=True)
    sums = sum_style(rng)
    share = rng.choice((50, 60))
    rows = [
        ["Sr. No.", "Description", "Amount"],
        ["1", "Interest paid on the loan", sums(one.interest)],
        ["2", "Principal repaid", sums(one.principal)],
        ["3", "Total of 1 and 2", sums(one.paid)],
        ["4", "Pre-payment included in 2", sums(0)],
        ["5", "Insurance premium (not eligible)", sums(rng.randrange(2_000, 9_000))],
    ]
    flow = [
        p(f"Assessment Year {one.year.assessment}", 9, align="right"),
        p("HOME LOAN REPAYMENT CERTIFICATE", 12, bold=True, after=10),
        p(f"Issued by: {escape(one.lender.name)}, {', '.join(one.lender.address)}", 9, after=8),
        grid(rows, [50, 320, 130], right=(2,), center=(0,), bold=[0], size=9, pad=4),
        Spacer(1, 12),
        grid(
            [["Loan No.", "Primary borrower", "PAN", "Ownership"],
             [one.account, one.borrower.titled, one.borrower.pan, f"{share} %"],
             ["", one.co_borrower.titled, one.co_borrower.pan, f"{100 - share} %"]],
            [130, 200, 100, 70], bold=[0], size=8.5, spans=[(0, 1, 0, 2)],
        ),
        *signature(rng, one.lender.name, align="left"),
    ]  # fmt: skip
    note = f"the whole, not a share. {derivable_year(one.year)}"
    return _paper(pdf(flow), one.truth("financial_year"), "assessment-year-only", note)


LAYOUTS: dict[str, Layout] = {
    f"{TYPE}/whomsoever": whomsoever,
    f"{TYPE}/statement-for-claiming": statement_for_claiming,
    f"{TYPE}/sums-in-words": sums_in_words,
    f"{TYPE}/quarters": quarters,
    f"{TYPE}/assessment-year-only": dated_certificate,
}
