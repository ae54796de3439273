"""Home-loan certificates in tables, ledgers and tiles."""

from decimal import Decimal
from random import Random
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.platypus import Spacer

from tests.corpus import people
from tests.corpus.drawing import grid, hindi, p, pdf, rupee_sign, unicode_font, watermark
from tests.corpus.figures import date_style, money_style, split_paise
from tests.corpus.housing import loan
from tests.corpus.identifiers import digits
from tests.corpus.paper import Layout, Paper
from tests.corpus.sheet import Sheet
from tests.corpus.wording import letterhead, signature, whole_year, words, year_clause, year_row

TYPE = "home_loan_certificate"


def _paper(data: bytes, fields: dict[str, str], layout: str, note: str) -> Paper:
    return Paper(data, TYPE, fields, f"{TYPE}/{layout}", note)


def due_and_paid(rng: Random) -> Paper:
    """Ruled; what fell due stands beside what was paid, with other charges below."""
    one = loan(rng)
    money = money_style(rng, places=2, zeros=("0.00", "-", "Nil"))
    last = one.instalments[-1]
    unpaid = rng.random() < 0.6
    due_p, due_i = one.principal, one.interest
    if unpaid:  # the last instalment was due and is not paid yet
        due_p, due_i = due_p + last.principal + 211, due_i + last.interest
    charges = Decimal(rng.choice((0, 590, 1180)))
    labels = rng.choice(
        (
            ("Principal", "Interest"),
            ("Repayment towards principal", "Interest on housing loan u/s 24(b)"),
            ("Principal component", "Interest component"),
        )
    )
    rows = [
        ["Particulars", "Due (Rs.)", "Paid (Rs.)"],
        [labels[0], money(due_p), money(one.principal)],
        [labels[1], money(due_i), money(one.interest)],
        ["Pre-EMI interest", money(0), money(0)],
        ["Other charges", money(charges), money(charges)],
        ["Total", money(due_p + due_i + charges), money(one.paid + charges)],
    ]
    if rng.random() < 0.5:
        rows[1], rows[2] = rows[2], rows[1]
    about = [
        ["Loan Account No.", one.account],
        ["Name of the borrower", one.borrower.titled],
        ["PAN of the borrower", one.borrower.pan],
        ["Name of the co-borrower", f"{one.co_borrower.titled} (PAN {one.co_borrower.pan})"],
        ["Amount sanctioned", f"{money(one.sanctioned)} on {one.sanctioned_on:%d/%m/%Y}"],
        ["Property", ", ".join(one.property_at)],
        list(year_row(rng, one.year)),
    ]
    flow = [
        *letterhead(one.lender),
        p("HOUSING LOAN - STATEMENT OF DUES AND PAYMENTS", 11, bold=True, align="center", after=8),
        grid(about, [150, 370], pad=3),
        Spacer(1, 12),
        grid(rows, [260, 130, 130], right=(1, 2), bold=(0, -1), shaded=(0,), pad=4, size=9),
        p(f"Principal outstanding as on {one.year.last_day:%d.%m.%Y}: Rs. {money(one.closing)}",
          8.5, before=8),
        *signature(rng, one.lender.name),
    ]  # fmt: skip
    return _paper(pdf(flow), one.truth(), "due-and-paid", "paid is meant, not due")


def instalment_schedule(rng: Random) -> Paper:
    """Twelve instalments with their split, totals in the last row; small type."""
    one = loan(rng)
    money = money_style(rng, places=2)
    day = date_style(rng, "%d/%m/%Y", "%d-%b-%Y", "%d-%m-%Y")
    rows = [["Inst. No.", "Due date", "EMI", "Principal", "Interest", "Balance principal"]]
    number = rng.randrange(20, 90)
    for index, each in enumerate(one.instalments):
        amounts = (each.principal + each.interest, each.principal, each.interest, each.balance)
        rows.append([str(number + index), day(each.due), *map(money, amounts)])
    sums = (one.paid, one.principal, one.interest)
    rows.append([rng.choice(("Total", "TOTAL", "Total paid")), "", *map(money, sums), ""])
    flow = [
        p(escape(one.lender.name), 12, bold=True, color=colors.darkred),
        p(", ".join(one.lender.address), 7, after=8),
        p(f"Interest certificate with repayment details {year_clause(rng, one.year)}", 10,
          bold=True, after=6),
        grid(
            [["Customer", one.borrower.titled, "Loan A/c No.", one.account],
             ["PAN", one.borrower.pan, "Joint holder", one.co_borrower.name],
             ["Rate", f"{one.rate}% p.a. (floating)", "Sanctioned", money(one.sanctioned)]],
            [80, 190, 80, 170], ruled=False, size=7.5,
        ),
        Spacer(1, 8),
        grid(rows, [50, 80, 90, 90, 90, 110], size=7, right=(2, 3, 4, 5), bold=(0, -1), shaded=(0,),
             pad=1.6),
        p("Interest is eligible for deduction u/s 24(b) and principal u/s 80C.", 7, before=8),
    ]  # fmt: skip
    data = pdf(flow, on_page=lambda canvas, _: watermark(canvas, "HOME LOAN", 48))
    return _paper(data, one.truth(), "instalment-schedule", "totals of a monthly table")


def cooperative_ledger(rng: Random) -> Paper:
    """A co-operative bank's form: rupees and paise in two columns, the sums in words too."""
    one = loan(rng)
    lender = people.bank(rng)
    rows = [["Details of repayment", "Amount", ""], ["", "Rs.", "P."]]
    items = [("Towards principal of the loan", one.principal), ("Towards interest", one.interest)]
    if rng.random() < 0.5:
        items.reverse()
    for label, amount in [*items, ("Total repaid by the member", one.paid)]:
        rows.append([label, *split_paise(amount)])
    title = "CERTIFICATE OF HOUSING LOAN INTEREST AND INSTALMENTS"
    member = rng.choice(("Member", "Name of the member / borrower", "Borrower's name"))
    flow = [
        p(escape(lender.name), 14, bold=True, align="center", font="Times-Roman"),
        p(hindi("आवास ऋण ब्याज प्रमाण पत्र", 11), 11, align="center"),
        p(title, 11, bold=True, align="center", font="Times-Roman", after=10),
        grid(
            [[f"Cert. No. {digits(rng, 4)}", f"Date: {date_style(rng)(one.year.last_day)}"]],
            [260, 260], ruled=False, font="Times-Roman", right=(1,),
        ),
        grid(
            [[member, one.borrower.titled], ["PAN No.", one.borrower.pan],
             ["Housing loan account", one.account],
             ["Loan sanctioned", f"Rs. {one.sanctioned:.0f}/- dt. {one.sanctioned_on:%d-%m-%Y}"],
             ["For the year", whole_year(rng, one.year)],
             ["Guarantor", people.person(rng).titled]],
            [170, 350], font="Times-Roman", size=9.5, pad=3,
        ),
        Spacer(1, 10),
        grid(
            rows, [340, 130, 50], font="Times-Roman", size=9.5, right=(1, 2), bold=(0, 1, -1),
            pad=3, spans=[(1, 0, 2, 0), (0, 0, 0, 1)],
        ),
        p(f"Interest in words: {words(one.interest)}", 9, font="Times-Roman", before=8),
        p(f"Principal in words: {words(one.principal)}", 9, font="Times-Roman"),
        *signature(rng, lender.name, font="Times-Roman"),
    ]  # fmt: skip
    fields = one.truth() | {"lender_name": lender.name}
    return _paper(pdf(flow), fields, "cooperative-ledger", "rupees and paise in two columns")


def provisional_and_actual(rng: Random) -> Paper:
    """Two estimates of December stand beside the year's actual figures; two borrowers."""
    one = loan(rng, whole=True)
    money = money_style(rng, places=rng.choice((0, 2)))
    guess_p, guess_i = (
        one.principal - rng.randrange(200, 9000),
        one.interest + rng.randrange(99, 9000),
    )
    columns = [("Provisional (as advised in December)", guess_p, guess_i),
               ("Actual (as per books)", one.principal, one.interest)]  # fmt: skip
    if rng.random() < 0.3:
        columns.reverse()
    rows = [
        ["Component", "Section", *(head for head, _, _ in columns)],
        ["Principal repaid", "80C(2)(xviii)", *(money(first) for _, first, _ in columns)],
        ["Interest paid", "24(b)", *(money(second) for _, _, second in columns)],
        ["Total", "", *(money(first + second) for _, first, second in columns)],
    ]
    flow = [
        p(escape(one.lender.name), 13, bold=True, align="right"),
        p(f"CIN U65922{digits(rng, 8)} | {one.lender.site}", 7, align="right", after=10),
        p(f"FINAL CERTIFICATE {year_clause(rng, one.year).upper()}", 11, bold=True, after=8),
        grid(
            [["", "Borrower", "Co-borrower"],
             ["Name", one.borrower.titled, one.co_borrower.titled],
             ["PAN", one.borrower.pan, one.co_borrower.pan],
             ["Customer No.", digits(rng, 8), digits(rng, 8)]],
            [100, 210, 210], bold=[0], shaded=[0],
        ),
        p(f"Loan account: {one.account}", 9, before=8),
        p(f"EMI: Rs. {money(one.emi)} | Rate: {one.rate}% | Outstanding: Rs. {money(one.closing)}",
          9, after=8),
        grid(rows, [130, 90, 160, 140], right=(2, 3), bold=(0, -1), pad=4, size=9),
        *signature(rng, one.lender.name),
    ]  # fmt: skip
    return _paper(pdf(flow), one.truth(), "provisional-and-actual", "actual is meant")


def turned_table(rng: Random) -> Paper:
    """No rules, one line of figures below a line of heads."""
    one = loan(rng)
    font = unicode_font(serif=True)
    money = money_style(rng, places=2, marks=("", rupee_sign(font)))
    sheet = Sheet(size=(842, 595), font=font, points=8.5)
    sheet.text(40, 45, one.lender.name, bold=True, points=13)
    sheet.text(802, 45, "Annual statement of housing loan account", align="right", points=10)
    sheet.rule(40, 54, 802, width=1.2)
    facts = [
        ("Borrower", one.borrower.titled), ("PAN", one.borrower.pan), ("Account", one.account),
        year_row(rng, one.year), ("Property", one.property_at[0]),
        ("Co-applicant", f"{one.co_borrower.titled}, PAN {one.co_borrower.pan}"),
    ]  # fmt: skip
    for index, (label, value) in enumerate(facts):
        x, top = 40 + index % 2 * 390, 80 + index // 2 * 18
        sheet.text(x, top, f"{label}:", gray=0.35)
        sheet.text(x + 95, top, value)
    heads = [
        ("Opening principal", one.opening), ("EMI received", one.paid),
        ("Principal repaid", one.principal), ("Interest paid", one.interest),
        ("Penal interest", Decimal(0)), ("Closing principal", one.closing),
    ]  # fmt: skip
    for index, (label, amount) in enumerate(heads):
        sheet.text(150 + index * 130, 165, label, bold=True, align="right")
        sheet.text(150 + index * 130, 185, money(amount), align="right")
    sheet.rule(40, 170, 802)
    sheet.text(40, 225, f"Repaid in the year: {words(one.paid)}", points=8)
    sheet.text(
        40, 560, f"{', '.join(one.lender.address)} | PAN {one.lender.pan}", points=7, gray=0.4
    )
    return _paper(sheet.pdf(), one.truth(), "turned-table", "one row of figures")


def portal_tiles(rng: Random) -> Paper:
    """A portal's page: tiles with the label above or below the value."""
    one = loan(rng)
    font = unicode_font()
    money = money_style(rng, places=2, marks=(f"{rupee_sign(font)} ", rupee_sign(font)))
    above = rng.random() < 0.5
    tiles = [
        ("Applicant", one.borrower.name), ("Loan account number", one.account),
        ("Applicant's PAN", one.borrower.pan), ("Financial year", one.year.financial),
        ("Principal paid (80C)", money(one.principal)),
        ("Interest paid (24b)", money(one.interest)),
        ("EMI amount", money(one.emi)), ("Loan amount", money(one.sanctioned)),
        ("Outstanding principal", money(one.closing)), ("Co-applicant", one.co_borrower.name),
    ]  # fmt: skip
    sheet = Sheet(font=font)
    sheet.box(0, 0, 595, 60, fill=0.88, stroke=False)
    sheet.text(30, 28, one.lender.name, points=13, bold=True)
    sheet.text(
        30, 46, rng.choice(("Home loan tax certificate", "Interest certificate", "Tax report"))
    )
    for index, (label, value) in enumerate(tiles):
        x, top = 30 + index % 2 * 275, 85 + index // 2 * 56
        sheet.box(x, top, x + 260, top + 46)
        sheet.text(x + 8, top + (15 if above else 38), label, points=7.5, gray=0.4)
        sheet.text(x + 8, top + (35 if above else 19), value, points=11)
    return _paper(sheet.pdf(), one.truth(), "portal-tiles", "tiles")


LAYOUTS: dict[str, Layout] = {
    f"{TYPE}/due-and-paid": due_and_paid,
    f"{TYPE}/instalment-schedule": instalment_schedule,
    f"{TYPE}/cooperative-ledger": cooperative_ledger,
    f"{TYPE}/provisional-and-actual": provisional_and_actual,
    f"{TYPE}/turned-table": turned_table,
    f"{TYPE}/portal-tiles": portal_tiles,
}
