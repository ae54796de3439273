"""Receipts and yearly certificates of life insurers."""

from dataclasses import replace
from datetime import timedelta
from decimal import ROUND_DOWN, Decimal
from random import Random
from xml.sax.saxutils import escape

from reportlab.platypus import Spacer

from tests.corpus.cover import CENT, Policy, policy
from tests.corpus.drawing import grid, hindi, p, pdf, rupee_sign, unicode_font
from tests.corpus.figures import date_style, indian, money_style, plain
from tests.corpus.identifiers import digits
from tests.corpus.paper import Layout, Paper
from tests.corpus.sheet import Sheet
from tests.corpus.wording import (
    derivable_year,
    letterhead,
    signature,
    sum_style,
    two_languages,
    words,
    year_clause,
    year_row,
)

TYPE = "insurance_premium_receipt"


def _paper(data: bytes, fields: dict[str, str], layout: str, note: str) -> Paper:
    return Paper(data, TYPE, fields, f"{TYPE}/{layout}", note)


def renewal_receipt_boxes(rng: Random) -> Paper:
    """A corporation's renewal receipt: boxes with small labels above the values."""
    one = policy(rng, "life", modes=("Yearly", "Half-Yearly"), late=True)
    paid = one.payments[0]
    day = date_style(rng, "%d/%m/%Y", "%d-%m-%Y")
    half = (paid.tax / 2).quantize(CENT, ROUND_DOWN)
    group = rng.choice((plain, indian))
    boxes = [
        ("Policy No.", one.number), ("Date of Commencement", day(one.started)),
        ("Plan & Term", f"{one.plan} - 20"), ("Mode", one.mode),
        ("Sum Assured", group(one.sum_assured)), ("Due From - To", day(paid.due)),
        ("Next Due", day(paid.due + timedelta(days=182))), ("Branch Code", digits(rng, 4)),
        ("Instalment Premium", group(paid.premium)), ("CGST", group(half)),
        ("SGST", group(paid.tax - half)), ("Late Fee", group(paid.late_fee)),
    ]  # fmt: skip
    sheet = Sheet(size=(595, 420), points=9)
    sheet.text(297, 40, one.insurer.name, align="center", bold=True, points=13)
    sheet.text(297, 55, f"{', '.join(one.insurer.address)}  GSTIN 27{one.insurer.pan}1Z5",
               align="center", points=7)  # fmt: skip
    sheet.text(297, 76, "RENEWAL PREMIUM RECEIPT", align="center", bold=True, points=11)
    sheet.text(40, 96, f"Receipt No: {digits(rng, 12)}")
    sheet.text(555, 96, f"Date: {day(paid.received)}", align="right")
    sheet.text(40, 114, f"Received with thanks from {one.holder.titled}")
    for index, (label, value) in enumerate(boxes):
        x, top = 40 + index % 4 * 129, 126 + index // 4 * 42
        sheet.box(x, top, x + 129, top + 42)
        sheet.text(x + 4, top + 12, label, points=7)
        sheet.text(x + 4, top + 30, value, points=9 if len(value) < 24 else 7.5)
    total = f"{rng.choice(('Total Amount', 'Total Amount Received', 'Total'))} (Rs.)"
    sheet.box(40, 252, 556, 276, fill=0.92)
    sheet.text(46, 268, total, bold=True)
    sheet.text(550, 268, group(paid.total), bold=True, align="right")
    sheet.text(40, 296, words(paid.total), points=8)
    sheet.text(40, 316, f"Agent: {one.agent.name.upper()}  Code {digits(rng, 8)}", points=8)
    sheet.text(40, 336, "Premium (excluding GST) qualifies u/s 80C of the I.T. Act 1961.", points=7)
    only = _first(one)
    return _paper(
        sheet.pdf(), only.truth("financial_year"), "renewal-receipt-boxes",
        f"late fee and taxes are part of the sum paid. {derivable_year(one.year)}",
    )  # fmt: skip


def _first(one: Policy) -> Policy:
    """The policy with its first payment alone, for a receipt of one instalment."""
    return replace(one, payments=one.payments[:1])


def premium_certificate_letter(rng: Random) -> Paper:
    """A letter that certifies the year's premium in one sentence."""
    one = policy(rng, "life", modes=("Yearly", "Quarterly", "Monthly"))
    sums = sum_style(rng, whole=False)
    spoken = rng.choice(
        (
            f"we have received a sum of {sums(one.paid)} (including taxes of "
            f"{sums(one.sum_of('tax'))}) towards premium",
            f"total premium of {sums(one.paid)}, inclusive of Goods and Services Tax of "
            f"{sums(one.sum_of('tax'))}, has been paid",
        )
    )
    assured = "" if one.insured is one.holder else f" on the life of {escape(one.insured.titled)}"
    flow = [
        *letterhead(one.insurer, align="right"),
        p(date_style(rng)(one.year.last_day + timedelta(days=9)), after=10),
        p("<br/>".join([escape(one.holder.titled), *one.holder.address]), after=12),
        p("Sub: Premium Paid Certificate", 11, bold=True, after=10),
        p(f"Dear {escape(one.holder.titled)},", 10, after=8),
        p(
            f"We confirm that {spoken} under policy number {one.number} ({one.plan}){assured} "
            f"{year_clause(rng, one.year)}. The Sum Assured under the policy is "
            f"{sums(one.sum_assured)} and the next premium is due on "
            f"{date_style(rng)(one.payments[0].due + timedelta(days=365))}.",
            10, lead=1.5, align="justify", after=8,
        ),
        p("Premiums are eligible for deduction under section 80C. The policy number and your name "
          "as the policy owner are as recorded with us.", 9),
        *signature(rng, one.insurer.name),
    ]  # fmt: skip
    data = pdf(flow, margins=(60, 50, 60, 50))
    return _paper(data, one.truth(), "premium-certificate-letter", "prose")


def instalment_statement(rng: Random) -> Paper:
    """All instalments of a year with due date and receipt date; totals in the last row."""
    one = policy(rng, "life", modes=("Quarterly", "Monthly", "Half-Yearly"), late=True)
    money = money_style(rng, places=2, zeros=("0.00", "-"))
    day = date_style(rng)
    rows = [["Due date", "Received on", "Premium", "GST", "Late fee", "Amount received"]]
    for each in one.payments:
        sums = (each.premium, each.tax, each.late_fee, each.total)
        rows.append([day(each.due), day(each.received), *map(money, sums)])
    sums = [one.sum_of(part) for part in ("premium", "tax", "late_fee", "total")]
    rows.append(["Total", "", *map(money, sums)])
    who = rng.choice(("Policy owner", "Proposer", "Policyholder"))
    flow = [
        p(escape(one.insurer.name), 13, bold=True),
        p("CONSOLIDATED PREMIUM STATEMENT", 10.5, bold=True, after=8),
        grid(
            [[who, one.holder.titled], ["Life assured", one.insured.titled],
             ["Policy no.", one.number], ["Plan", one.plan], list(year_row(rng, one.year)),
             ["Sum assured", money(one.sum_assured)],
             [f"PAN of {who.lower()}", one.holder.pan]],
            [130, 390], ruled=rng.random() < 0.5,
        ),
        Spacer(1, 10),
        grid(rows, [85, 85, 85, 75, 75, 115], right=(2, 3, 4, 5), bold=(0, -1), shaded=[0]),
        p(f"Advisor: {escape(one.agent.titled)}", 8, before=8),
        p("Please consult your tax advisor.", 7),
    ]  # fmt: skip
    return _paper(pdf(flow), one.truth(), "instalment-statement", "a year's instalments with total")


def postal_receipt_book(rng: Random) -> Paper:
    """A bilingual office receipt: label in two languages, the value right of it."""
    one = policy(rng, "life", late=True)
    paid = one.payments[0]
    day = date_style(rng, "%d.%m.%Y", "%d/%m/%Y")
    pairs = [
        ("रसीद संख्या", "Receipt No.", digits(rng, 9)),
        ("दिनांक", "Date of payment", day(paid.received)),
        ("पॉलिसी संख्या", "Policy No.", one.number),
        ("बीमाकृत का नाम", "Name of the insured", one.holder.titled),
        ("बीमा राशि", "Sum assured", indian(one.sum_assured)),
        ("देय तिथि", "Premium due for", f"{paid.due:%B %Y}"),
        ("प्रीमियम", "Premium", indian(paid.premium)),
        ("कर", "GST", indian(paid.tax)),
        ("विलंब शुल्क", "Default fee", indian(paid.late_fee)),
        ("कुल राशि", "Total amount paid", indian(paid.total)),
    ]
    rows = [[p(two_languages(first, second), 9, after=0), value] for first, second, value in pairs]
    flow = [
        p(hindi("प्रीमियम रसीद", 13), 13, align="center"),
        p("PREMIUM RECEIPT BOOK - OFFICE COPY", 11, bold=True, align="center", after=4),
        p(escape(one.insurer.name), 11, align="center", after=10),
        grid(rows, [230, 200], size=9, pad=3, bold=(-1,)),
        p(f"({words(paid.total)})", 8.5, before=8, align="center"),
        p("Life Insurance is exempt under Section 80C", 7.5, align="center"),
        p("Counter clerk", 9, align="right", before=40),
    ]  # fmt: skip
    note = f"bilingual labels. {derivable_year(one.year)}"
    return _paper(pdf(flow), one.truth("financial_year"), "postal-receipt-book", note)


def payment_acknowledgement(rng: Random) -> Paper:
    """A payment page: labels left with leaders, no rules, sums at the right edge."""
    one = policy(rng, "life")
    paid = one.payments[0]
    font = unicode_font()
    sums = sum_style(rng, font, whole=False)
    sheet = Sheet(font=font, points=9)
    sheet.text(50, 60, "Payment successful", points=16, bold=True)
    sheet.text(50, 78, f"Thank you for paying your {one.insurer.name} premium.", gray=0.3)
    rows = [
        ("Transaction ID", digits(rng, 14)),
        ("Paid on", f"{date_style(rng)(paid.received)}, 11:{rng.randrange(10, 60)} AM"),
        ("Policy number", one.number),
        (rng.choice(("Policyholder", "Name of policyholder", "Customer name")), one.holder.name),
        ("Life assured", one.insured.name),
        ("Basic premium", sums(paid.premium)),
        (f"GST @ {one.tax_rate}%", sums(paid.tax)),
        ("Convenience fee", sums(0)),
        (rng.choice(("Amount paid", "Total premium paid", "Net amount paid")), sums(paid.total)),
    ]
    top = 120
    for label, value in rows:
        sheet.text(50, top, label)
        sheet.text(300, top, "." * 30, align="center", gray=0.6)
        sheet.text(545, top, value, align="right", bold=label == rows[-1][0])
        top += 22
    sheet.text(50, top + 20, "Sum assured " + sums(one.sum_assured), points=8, gray=0.4)
    sheet.text(50, top + 36, "Tax benefit is available under section 80C. Life cover continues.",
               points=8, gray=0.4)  # fmt: skip
    note = f"leaders between label and value. {derivable_year(one.year)}"
    return _paper(sheet.pdf(), one.truth("financial_year"), "payment-acknowledgement", note)


def app_summary(rng: Random) -> Paper:
    """An app's tax summary: value above its label or below it."""
    one = policy(rng, "life", modes=("Monthly", "Yearly"))
    font = unicode_font()
    money = money_style(rng, places=2, marks=(f"{rupee_sign(font)} ",))
    above = rng.random() < 0.5
    tax = one.sum_of("tax")
    tiles = [
        ("Policy owner", one.holder.name), ("Policy ID", one.number),
        ("Premium before tax", money(one.paid - tax)), ("Taxes", money(tax)),
        ("Total premium received", money(one.paid)), ("FY", one.year.financial),
        ("Life cover", money(one.sum_assured)), ("Fund value", money(Decimal(one.paid) * 4)),
    ]  # fmt: skip
    sheet = Sheet(font=font)
    sheet.text(40, 50, one.insurer.name, points=13, bold=True)
    sheet.text(40, 68, "Your tax certificate for life insurance", points=10)
    for index, (label, value) in enumerate(tiles):
        x, top = 40 + index % 2 * 262, 90 + index // 2 * 58
        sheet.box(x, top, x + 250, top + 48, fill=0.97)
        sheet.text(x + 8, top + (39 if above else 16), label, points=7.5, gray=0.4)
        sheet.text(x + 8, top + (20 if above else 36), value, points=11)
    return _paper(sheet.pdf(), one.truth(), "app-summary", "tiles")


LAYOUTS: dict[str, Layout] = {
    f"{TYPE}/renewal-receipt-boxes": renewal_receipt_boxes,
    f"{TYPE}/premium-certificate-letter": premium_certificate_letter,
    f"{TYPE}/instalment-statement": instalment_statement,
    f"{TYPE}/postal-receipt-book": postal_receipt_book,
    f"{TYPE}/payment-acknowledgement": payment_acknowledgement,
    f"{TYPE}/app-summary": app_summary,
}
