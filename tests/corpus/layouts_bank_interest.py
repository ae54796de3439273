"""Interest certificates that show each account: tables of banks large and small."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Spacer

from tests.corpus.deposits import Interest, interest
from tests.corpus.drawing import grid, hindi, p, pdf, watermark
from tests.corpus.figures import (
    MoneyStyle,
    date_style,
    indian,
    money_style,
    plain,
    rupees,
    split_paise,
)
from tests.corpus.identifiers import account_number, digits, masked
from tests.corpus.paper import Layout, Paper
from tests.corpus.sheet import Sheet
from tests.corpus.wording import letterhead, signature, whole_year, year_row

TYPE = "bank_interest_certificate"


def _opened(rng: Random, had: Interest) -> date:
    return had.year.first_day - timedelta(rng.randrange(700))


def deposits_only(rng: Random) -> Paper:
    """Deposits alone: principal, accrued interest and tax beside the interest, as HDFC does."""
    had = interest(rng, deposits=rng.randrange(2, 7))
    money = MoneyStyle(rng.choice((indian, plain)), 2)
    day, branch = date_style(rng, "%d/%m/%Y", "%d-%b-%Y"), had.bank.city.upper()
    address = had.holder.address
    facts = [("Customer Name", had.holder.titled.upper()), ("Customer ID", had.customer),
             ("Address1", address[0]), ("City", address[1]), ("State", address[2]),
             ("Country", "IN"), ("PAN", had.holder.pan)]  # fmt: skip
    rows = [["Deposit Number", "Branch Name", "Principal\nAmount", "Interest\nAmount",
             "Accrued\nInterest", "Tax Deducted"]]  # fmt: skip
    for one in had.deposits:
        rows.append([one.number, branch, *map(money, (one.principal, one.interest, one.accrued,
                                                      one.tds))])  # fmt: skip
    sums = [sum(getattr(one, name) for one in had.deposits)
            for name in ("principal", "interest", "accrued", "tds")]  # fmt: skip
    rows.append(["Total", "", *map(money, sums)])
    first, last = day(had.year.first_day), day(had.year.last_day)
    flow = [
        p(escape(had.bank.name), 13, bold=True),
        p(f"Date: {day(had.year.last_day.replace(month=6, day=rng.randrange(1, 28)))}", 8,
          align="right"),
        *[p(f"{label}: {escape(value)}", 8.5, after=1) for label, value in facts],
        p("Interest Certificate", 12, bold=True, align="center", before=10, after=8),
        p("This is to certify that the interest compounded / paid out and TDS recovered on your "
          "taxable Fixed Deposit(s) / Recurring deposit(s) held with us is as follows:", 8.5),
        p("(Amount in INR)", 8, align="right"),
        p(f"Period : {first} To {last}", 8.5, bold=True, after=4),
        grid(rows, [105, 95, 85, 80, 75, 80], right=(2, 3, 4, 5), bold=(0, -1), size=8,
             line=0.3),
        p("This is a system generated advice, and hence does not require any signature.", 8,
          before=8),
        p("NOTES: 1. Tax is deducted when the total interest on all deposits exceeds Rs. 40,000/- "
          "in a financial year (Rs. 50,000/- for senior citizens). 2. Where Form 15G/15H was "
          "given in time no tax is deducted.", 6.5, before=6),
    ]  # fmt: skip
    fields = had.fields("savings_interest", "total_interest")
    note = f"deposits only, accrued beside paid; derivable: total_interest={had.on_deposits:.2f}"
    return Paper(pdf(flow), TYPE, fields, "bank_interest_certificate/deposits-only", note)


def one_table_of_all_accounts(rng: Random) -> Paper:
    """Savings and deposits in one ruled table with only a grand total; two languages; watermark."""
    had = interest(rng, deposits=rng.randrange(1, 4))
    money = money_style(rng, places=2, zeros=(None, "-", "NIL"))
    title = "INTEREST CERTIFICATE"
    if hindi("ब्याज"):
        title = f"{hindi('ब्याज प्रमाण पत्र', 12)} / {title}"
    names = {"FD": rng.choice(("TDR-PUB-IND", "e-TDR", "STDR")), "RD": "RD-PUB-IND"}
    rows = [["Sl.", "Account No.", "Product", "Balance / Principal", "Interest Paid", "TDS"]]
    for number, earned in had.savings:
        rows.append(["", masked(number), "SB CHQ-PUB-IND", money(rupees(rng, 900, 90000)),
                     money(earned), money(Decimal(0))])  # fmt: skip
    for one in had.deposits:
        rows.append(["", masked(one.number), names[one.kind], money(one.principal),
                     money(one.interest), money(one.tds)])  # fmt: skip
    for number, row in enumerate(rows[1:], 1):
        row[0] = str(number)
    rows.append(["", "TOTAL", "", "", money(had.total), money(had.tds)])
    label, value = year_row(rng, had.year)
    who = had.holder
    facts = [
        ["Name", who.titled, "CIF No.", had.customer],
        ["Address", ", ".join(who.address), "PAN", who.pan],
        ["Joint holder", rng.choice(("-", who.father)), label, value],
    ]
    flow = [
        *letterhead(had.bank),
        p(title, 12, bold=True, align="center", after=6),
        grid(facts, [65, 205, 90, 160], size=8),
        p("TO WHOMSOEVER IT MAY CONCERN", 9, bold=True, align="center", before=8),
        p("The following interest has been paid / credited to the accounts standing in the name "
          "of the above customer.", 8.5, after=4),
        grid(rows, [25, 120, 105, 100, 95, 75], right=(3, 4, 5), bold=(0, -1), shaded=(0,),
             size=8),
        *signature(rng, had.bank.name),
    ]  # fmt: skip
    single = len(had.deposits) == 1
    note = "all accounts in one table, grand total only"
    if not single:
        note += f"; derivable: deposit_interest={had.on_deposits:.2f}"
    return Paper(
        pdf(flow, on_page=lambda canvas, page: watermark(canvas, "CUSTOMER COPY", 48)), TYPE,
        had.fields(*(() if single else ("deposit_interest",))),
        "bank_interest_certificate/all-accounts", note,
    )  # fmt: skip


def pages_with_subtotals(rng: Random) -> Paper:
    """Many accounts over two pages: subtotals for each kind, paid beside accrued, a grand total."""
    had = interest(rng, savings=rng.randrange(1, 3), deposits=rng.randrange(26, 40))
    money = MoneyStyle(indian, 2)
    nothing = money(Decimal(0))
    heads = ["Account", "Scheme", "Opened", "Rate %", "Interest paid / credited",
             "Accrued, not due", "TDS u/s 194A"]  # fmt: skip
    rows, strong = [heads], [0]

    def total(title: str, paid: Decimal, accrued: Decimal, tds: Decimal) -> None:
        rows.append([title, "", "", "", money(paid), money(accrued), money(tds)])
        strong.append(len(rows) - 1)

    for number, earned in had.savings:
        rows.append([number, "Savings", "04/07/2011", "2.70", money(earned), nothing, nothing])
    accrued = sum(one.accrued for one in had.deposits)
    total("Sub-total : Savings accounts", had.on_savings, Decimal(0), Decimal(0))
    for one in had.deposits:
        rows.append([one.number, {"FD": "Fixed", "RD": "Recurring"}[one.kind],
                     f"{_opened(rng, had):%d/%m/%Y}", f"{one.rate:.2f}",
                     money(one.interest), money(one.accrued), money(one.tds)])  # fmt: skip
    total("Sub-total : Term deposits", had.on_deposits, accrued, had.tds)
    total("Grand total", had.total, accrued, had.tds)
    look = [("LINEABOVE", (0, r), (-1, r), 0.5, colors.black) for r in strong[1:]]
    look += [("LINEBELOW", (0, r), (-1, r), 0.5, colors.black) for r in strong]
    spans = [(0, r, 3, r) for r in strong[1:]]
    flow = [
        p(escape(had.bank.name), 14, bold=True),
        p(f"{had.bank.city} Main Branch · IFSC {had.bank.short[:4].upper()}0{digits(rng, 6)}", 8),
        p("Statement of interest and tax deducted", 12, bold=True, before=10),
        p(f"for the period {whole_year(rng, had.year)}", 9, after=8),
        p(f"<b>{escape(had.holder.titled)}</b>", 9),
        p(escape(", ".join(had.holder.address)), 8),
        p(f"Customer no. {had.customer} &nbsp; PAN {had.holder.pan}", 8, after=8),
        grid(rows, [100, 60, 60, 40, 95, 85, 80], ruled=False, right=(3, 4, 5, 6), bold=strong,
             spans=spans, size=8, repeat=1, extra=look, pad=5),
        p("Accrued interest becomes payable after the end of the period and is not part of the "
          "interest paid.", 7, before=8),
    ]  # fmt: skip

    def foot(canvas: Canvas, page: int) -> None:
        canvas.setFont("Helvetica", 7)
        canvas.drawRightString(559, 24, f"Page {page}   {had.bank.name}")

    return Paper(
        pdf(flow, on_page=foot), TYPE, had.fields(), "bank_interest_certificate/pages-subtotals",
        "two pages, subtotals, paid beside accrued",
    )  # fmt: skip


def typed_by_a_co_operative_bank(rng: Random) -> Paper:
    """Typewriter, rupees and paise in columns of their own, assessment year only."""
    had = interest(rng, deposits=1)
    sheet = Sheet(font="Courier", points=10)
    sheet.text(297, 60, had.bank.name, bold=True, points=13, align="center")
    sheet.lines(297, 76, [", ".join(had.bank.address)], align="center", points=8)
    sheet.text(80, 110, f"Ref: INT/{digits(rng, 4)}")
    sheet.text(515, 110, f"Date: {had.year.last_day.replace(month=5):%d.%m.%Y}", align="right")
    sheet.text(297, 140, "CERTIFICATE OF INTEREST", bold=True, align="center")
    says = ["Certified that the undermentioned interest has been paid by this bank",
            f"to {had.holder.titled}", f"(Permanent Account No. {had.holder.pan})",
            f"relevant to the Assessment Year {had.year.assessment}."]  # fmt: skip
    top = sheet.lines(80, 168, says, step=14) + 12
    sheet.rule(80, top - 10, 515)
    sheet.text(80, top + 4, "Nature and No. of account")
    sheet.text(455, top + 4, "Rs.", align="right")
    sheet.text(505, top + 4, "P.", align="right")
    sheet.rule(80, top + 10, 515)
    top += 28
    one = had.deposits[0]
    for label, amount, gap in (
        (f"S.B. A/c No. {had.savings[0][0]}", had.on_savings, 16),
        (f"F.D.R. No. {one.number}", had.on_deposits, 16),
        ("Total interest", had.total, 30),
        ("Income tax deducted at source", had.tds, 16),
    ):
        whole, cents = split_paise(amount)
        if amount == 0 and rng.random() < 0.5:
            whole, cents = "Nil", ""
        if label.startswith("Total"):
            sheet.rule(380, top - 11, 515)
            sheet.rule(380, top + 5, 515)
        sheet.text(80, top, label)
        sheet.text(455, top, whole, align="right")
        sheet.text(505, top, cents, align="right")
        top += gap
    sheet.text(80, top + 24, f"Nominee registered: {had.holder.father}", points=8)
    sheet.text(515, top + 70, f"For {had.bank.name}", align="right")
    sheet.text(515, top + 110, "Branch Manager", align="right")
    note = f"typed, rupees and paise apart; derivable: financial_year={had.year.financial}"
    return Paper(
        sheet.pdf(), TYPE, had.fields("financial_year"),
        "bank_interest_certificate/typed-co-operative", note,
    )  # fmt: skip


def schemes_of_a_post_office(rng: Random) -> Paper:
    """A form of the post office's savings bank: a row for each scheme, open at the sides."""
    had = interest(rng, deposits=rng.randrange(2, 4), whole=True)
    money = MoneyStyle(rng.choice((indian, plain)), 2, zero=rng.choice((None, "-")))
    office = f"Rashtriya Dak Bachat Bank, {had.bank.city} H.O."
    kinds = rng.sample(["Time Deposit (TD) 5 Yr", "Recurring Deposit (RD)",
                        "Monthly Income Scheme (MIS)", "Senior Citizens Savings (SCSS)"],
                       len(had.deposits))  # fmt: skip
    rows = [["Type of account", "Account ID", "Date of opening", "Interest for the year (Rs.)",
             "Tax deducted (Rs.)"],
            ["Savings Bank (SB)", had.savings[0][0], "11-08-2014", money(had.on_savings),
             money(Decimal(0))]]  # fmt: skip
    for kind, one in zip(kinds, had.deposits, strict=True):
        rows.append([kind, one.number, f"{_opened(rng, had):%d-%m-%Y}",
                     money(one.interest), money(one.tds)])  # fmt: skip
    rows.append(["Total", "", "", money(had.total), money(had.tds)])
    look = [("LINEBELOW", (0, r), (-1, r), 0.5, colors.black) for r in range(len(rows))]
    look += [("INNERGRID", (0, 0), (-1, -1), 0.3, colors.grey),
             ("LINEABOVE", (0, 0), (-1, 0), 0.8, colors.black)]  # fmt: skip
    native = hindi("डाकघर बचत बैंक", 11)
    flow = [
        *([p(native, 11, align="center")] if native else []),
        p(office, 13, bold=True, align="center"),
        p("Certificate of interest on small savings", 11, align="center", after=10),
        p(f"Depositor: <b>{escape(had.holder.titled)}</b>", 9),
        p(f"CIF ID {had.customer} &nbsp; &nbsp; PAN {had.holder.pan}", 9),
        p(f"Nominee {escape(had.holder.father)} (father), savings account linked to "
          f"A/c {account_number(rng)}", 8),
        p(f"It is certified that interest as shown below accrued and was credited in the year "
          f"{had.year.start}-{had.year.start + 1} (1st April to 31st March).", 9, before=6,
          after=6),
        grid(rows, [145, 110, 80, 105, 85], ruled=False, right=(3, 4), bold=(0, -1), size=8,
             extra=look, pad=4),
        Spacer(1, 30),
        p("Postmaster (date stamp)", 9, align="right"),
    ]  # fmt: skip
    fields = had.fields("deposit_interest") | {"bank_name": office}
    note = f"a row for each scheme; derivable: deposit_interest={had.on_deposits:.2f}"
    return Paper(pdf(flow), TYPE, fields, "bank_interest_certificate/post-office", note)


LAYOUTS: dict[str, Layout] = {
    "bank_interest_certificate/deposits-only": deposits_only,
    "bank_interest_certificate/all-accounts": one_table_of_all_accounts,
    "bank_interest_certificate/pages-subtotals": pages_with_subtotals,
    "bank_interest_certificate/typed-co-operative": typed_by_a_co_operative_bank,
    "bank_interest_certificate/post-office": schemes_of_a_post_office,
}
