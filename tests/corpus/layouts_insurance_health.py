"""Receipts and section-80D certificates of health insurers."""

from datetime import timedelta
from decimal import ROUND_DOWN, Decimal
from random import Random
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.platypus import PageBreak, Spacer

from tests.corpus import people
from tests.corpus.cover import CENT, policy
from tests.corpus.drawing import grid, p, pdf, watermark
from tests.corpus.figures import date_style, in_words, indian, money_style
from tests.corpus.identifiers import digits
from tests.corpus.paper import Layout, Paper
from tests.corpus.sheet import Sheet
from tests.corpus.wording import (
    derivable_year,
    letterhead,
    signature,
    sum_style,
    words,
    year_clause,
    year_row,
)

TYPE = "insurance_premium_receipt"
KIN = ["Self", "Spouse", "Son", "Daughter"]


def _paper(data: bytes, fields: dict[str, str], layout: str, note: str) -> Paper:
    return Paper(data, TYPE, fields, f"{TYPE}/{layout}", note)


def _shares(total: Decimal, count: int) -> list[Decimal]:
    """The sum in unequal parts to the paisa."""
    weights = [5, 4, 2, 2][:count]
    parts = [(total * weight / sum(weights)).quantize(CENT, ROUND_DOWN) for weight in weights]
    return [*parts[:-1], total - sum(parts[:-1])]


def certificate_by_member(rng: Random) -> Paper:
    """Ruled; a share of the premium for each member, then tax and the whole."""
    one = policy(rng, "health")
    paid = one.payments[0]
    money = money_style(rng, places=2, marks=("", "Rs. "))
    count = rng.randrange(2, 5)
    members = [["Sl.", "Insured person", "Relationship", "Age", "Premium"]]
    for index, share in enumerate(_shares(paid.premium, count)):
        name = one.holder.name if index == 0 else people.person(rng).name
        age = str(rng.randrange(30, 60) if index < 2 else rng.randrange(3, 22))
        members.append([str(index + 1), name, KIN[index], age, money(share)])
    members += [
        ["", "Net premium", "", "", money(paid.premium)],
        ["", "GST 18%", "", "", money(paid.tax)],
        ["", "Total premium paid", "", "", money(paid.total)],
    ]
    until = paid.received + timedelta(days=364)
    day = date_style(rng)
    flow = [
        p(escape(one.insurer.name), 13, bold=True, align="center", color=colors.darkgreen),
        p(f"IRDAI Reg. No. {digits(rng, 3)} | CIN U66010TN{digits(rng, 4)}PLC{digits(rng, 6)}", 7,
          align="center", after=8),
        p("CERTIFICATE FOR THE PURPOSE OF DEDUCTION U/S 80D OF INCOME TAX ACT", 10.5, bold=True,
          align="center", after=8),
        grid(
            [["Policy No.", one.number, *year_row(rng, one.year)],
             ["Proposer", one.holder.titled, "PAN", one.holder.pan],
             ["Product", one.plan, "Sum insured", money(one.sum_assured)],
             ["Policy period", f"{day(paid.received)} - {day(until)}", "Mode", "Online"]],
            [75, 185, 90, 170],
        ),
        Spacer(1, 10),
        grid(members, [30, 230, 90, 50, 120], right=(4,), bold=(0, -1), shaded=[0], pad=3),
        p("Premium paid in cash is not eligible for deduction.", 7.5, before=6),
        *signature(rng, one.insurer.name),
    ]  # fmt: skip
    return _paper(pdf(flow), one.truth(), "certificate-by-member", "shares of members, then all")


def collection_receipt(rng: Random) -> Paper:
    """A public insurer's collection receipt: merged cells, both halves of the tax, stamp duty."""
    one = policy(rng, "health")
    paid = one.payments[0]
    half = (paid.tax / 2).quantize(CENT, ROUND_DOWN)
    group = rng.choice((indian, lambda amount: f"{amount:.2f}"))
    rows = [
        ["COLLECTION RECEIPT", "", "", ""],
        ["Receipt No.", digits(rng, 16), "Collection date", date_style(rng)(paid.received)],
        ["Received from", one.holder.titled, "Customer ID", f"PO{digits(rng, 8)}"],
        ["Policy no.", one.number, "Class", f"Health - {one.plan}"],
        ["Particulars of premium", "", "", "Amount (Rs.)"],
        ["Premium", "", "", group(paid.premium)],
        ["CGST @ 9%", "", "", group(half)],
        ["SGST @ 9%", "", "", group(paid.tax - half)],
        ["Stamp duty", "", "", group(Decimal(0))],
        [rng.choice(("Total amount", "Gross premium received", "Grand total")), "", "",
         group(paid.total)],
        [f"In words: {words(paid.total)}", "", "", ""],
    ]  # fmt: skip
    lines = range(4, 10)
    flow = [
        p(escape(one.insurer.name), 12, bold=True, align="center", font="Times-Roman"),
        p(f"Divisional Office: {', '.join(one.insurer.address)}", 8, align="center",
          font="Times-Roman", after=8),
        grid(
            rows, [100, 190, 95, 135], font="Times-Roman", size=9, pad=3, bold=(0, 4, 9),
            spans=[(0, 0, 3, 0), *((0, row, 2, row) for row in lines), (0, 10, 3, 10)],
            extra=[("ALIGN", (0, 0), (0, 0), "CENTER")],
        ),
        p(f"Agent: {escape(one.agent.name)} | Dev. Officer: {escape(people.person(rng).name)}", 8,
          font="Times-Roman", before=8),
        p("Subject to realisation of the cheque. Eligible u/s 80D.", 7.5, font="Times-Roman"),
    ]  # fmt: skip
    note = f"merged cells. {derivable_year(one.year)}"
    return _paper(pdf(flow), one.truth("financial_year"), "collection-receipt", note)


def letter_in_words(rng: Random) -> Paper:
    """A letter whose sum is in words only."""
    one = policy(rng, "health")
    sheet = Sheet(font="Times-Roman", points=11)
    sheet.text(60, 70, one.insurer.name, bold=True, points=13)
    sheet.text(60, 85, ", ".join(one.insurer.address), points=8.5)
    sheet.text(60, 130, "Sub.: Mediclaim premium - Section 80D", bold=True)
    text = (
        f"This is to certify that {escape(one.holder.titled)} has paid {words(one.paid)} by "
        f"{rng.choice(('cheque', 'net banking', 'credit card'))} towards premium, inclusive "
        "of GST, for hospitalisation benefit insurance of self and family under policy number "
        f"{one.number} {year_clause(rng, one.year)}."
    )
    bottom = sheet.place(p(text, 11, font="Times-Roman", lead=1.6, align="justify"), 60, 150, 475)
    sheet.text(60, bottom + 26, f"The sum insured is {words(one.sum_assured)}.")
    sheet.text(535, bottom + 80, people.person(rng).titled, align="right")
    sheet.text(535, bottom + 95, "Divisional Manager", align="right")
    return _paper(sheet.pdf(), one.truth(), "letter-in-words", "no figures for the sum")


def turned_premium_table(rng: Random) -> Paper:
    """The parts of the premium side by side below their heads, the last one in words."""
    one = policy(rng, "health")
    paid = one.payments[0]
    money = money_style(rng, places=2)
    rows = [
        ["Net Premium / Taxable Value (INR)", "IGST (18.00 %)", "CGST", "SGST / UTGST",
         "Gross Premium (INR)", "Gross Premium (in words)"],
        [money(paid.premium), money(paid.tax), money(0), money(0), money(paid.total),
         f"{in_words(int(paid.total))} and paise {in_words(int(paid.total % 1 * 100))} only"],
    ]  # fmt: skip
    flow = [
        p(escape(one.insurer.name), 12, bold=True),
        p("Premium Receipt", 14, after=10, color=colors.navy),
        grid(
            [["Policyholder", one.holder.titled, "Policy Number", one.number],
             ["Address", ", ".join(one.holder.address), "Plan", one.plan],
             ["Receipt date", date_style(rng)(paid.received), "Receipt No.", digits(rng, 10)]],
            [80, 200, 85, 155], size=8,
        ),
        p("Premium details", 9, bold=True, before=10, after=4),
        grid(rows, [90, 75, 60, 75, 85, 135], size=7.5, center=range(6), bold=[0], pad=3),
        p("Nominee: " + escape(people.person(rng).name), 8, before=8),
        p("For the purpose of deduction under section 80D the benefit shall be as per the Income "
          "Tax Act, 1961 and amendments thereof.", 7),
    ]  # fmt: skip
    note = f"figures below their heads. {derivable_year(one.year)}"
    return _paper(pdf(flow), one.truth("financial_year"), "turned-premium-table", note)


def kit_of_two_pages(rng: Random) -> Paper:
    """A welcome letter with another sum on page 1, the certificate in small type on page 2."""
    one = policy(rng, "health", modes=("Yearly", "Half-Yearly"))
    sums = sum_style(rng, whole=False)
    base, tax = one.sum_of("premium"), one.sum_of("tax")
    who = rng.choice(("Proposer Name", "Name of the Proposer", "Insured (Proposer)"))
    flow = [
        *letterhead(one.insurer),
        p(f"Dear {escape(one.holder.titled)},", 10, after=8),
        p(
            f"Thank you for renewing {escape(one.plan)} with a cover of {sums(one.sum_assured)} "
            f"and a cumulative bonus of {sums(one.sum_assured / 4)}. Your tax certificate is "
            "enclosed.", 10, lead=1.5,
        ),
        PageBreak(),
        p("PREMIUM CERTIFICATE", 10, bold=True, after=2),
        p(f"(Section 80D) {year_clause(rng, one.year)}", 8, after=8),
        grid(
            [[who, one.holder.titled], ["Policy Number", one.number],
             ["Premium (excluding tax)", sums(base)], ["Goods and Services Tax", sums(tax)],
             ["Premium (including tax)", sums(one.paid)], ["Mode of payment", "Cheque"],
             ["Intermediary", f"{one.agent.titled} ({digits(rng, 7)})"]],
            [150, 260], ruled=rng.random() < 0.5, size=6.5, pad=1.5, align="LEFT",
        ),
        p("In the event of a free-look cancellation this certificate becomes void.", 6, before=6),
    ]  # fmt: skip
    data = pdf(flow, on_page=lambda canvas, _: watermark(canvas, one.insurer.short.upper()))
    return _paper(data, one.truth(), "kit-of-two-pages", "the certificate is on page 2")


def family_and_parents(rng: Random) -> Paper:
    """Premium for the family and for the parents in two columns, both together in the third."""
    one = policy(rng, "health")
    paid = one.payments[0]
    money = money_style(rng, places=2)
    own, parents = _shares(paid.premium, 2)
    own_tax = (own * Decimal("0.18")).quantize(CENT)
    sheet = Sheet(points=9)
    sheet.text(50, 55, one.insurer.name, bold=True, points=13)
    sheet.text(50, 72, "Health insurance premium acknowledgement")
    facts = [
        (rng.choice(("Proposer", "Policyholder", "Policy holder's name")), one.holder.titled),
        ("Policy No", one.number), year_row(rng, one.year), ("Contact", f"98{digits(rng, 8)}"),
    ]  # fmt: skip
    for index, (label, value) in enumerate(facts):
        sheet.text(50, 105 + index * 16, label)
        sheet.text(190, 105 + index * 16, f": {value}")
    table = [
        ("", "Self and family", "Parents", "Total"),
        ("Premium", money(own), money(parents), money(paid.premium)),
        ("GST", money(own_tax), money(paid.tax - own_tax), money(paid.tax)),
        ("Premium with GST", money(own + own_tax), money(parents + paid.tax - own_tax),
         money(paid.total)),
    ]  # fmt: skip
    for row, (label, *amounts) in enumerate(table):
        top = 195 + row * 18
        sheet.text(50, top, label, bold=row == 3)
        for column, amount in enumerate(amounts):
            sheet.text(300 + column * 120, top, amount, align="right", bold=row in (0, 3))
    sheet.rule(50, 200, 545)
    sheet.rule(50, 236, 545)
    sheet.text(50, 290, "Sum insured: " + money(one.sum_assured) + " | TPA: none", points=8)
    sheet.text(50, 304, "Tax benefit under section 80D is subject to change.", points=8)
    return _paper(sheet.pdf(), one.truth(), "family-and-parents", "two groups and their total")


LAYOUTS: dict[str, Layout] = {
    f"{TYPE}/certificate-by-member": certificate_by_member,
    f"{TYPE}/collection-receipt": collection_receipt,
    f"{TYPE}/letter-in-words": letter_in_words,
    f"{TYPE}/turned-premium-table": turned_premium_table,
    f"{TYPE}/kit-of-two-pages": kit_of_two_pages,
    f"{TYPE}/family-and-parents": family_and_parents,
}
