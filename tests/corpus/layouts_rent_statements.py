"""Rent receipts in tables and letters: licences, ledgers, managers' bills."""

from decimal import Decimal
from random import Random
from xml.sax.saxutils import escape

from reportlab.platypus import Spacer

from tests.corpus import people
from tests.corpus.drawing import grid, hindi, p, pdf, watermark
from tests.corpus.figures import date_style, indian, money_style, month_end
from tests.corpus.identifiers import account_number, digits
from tests.corpus.paper import Layout, Paper
from tests.corpus.sheet import Sheet
from tests.corpus.tenancy import by_days, by_months, span_words, tenancy
from tests.corpus.wording import sum_style, words

TYPE = "rent_receipt"


def _paper(data: bytes, fields: dict[str, str], layout: str, note: str) -> Paper:
    return Paper(data, TYPE, fields, f"{TYPE}/{layout}", note)


def licence_fee(rng: Random) -> Paper:
    """Leave and licence: licensor and licensee, with a deposit and other sums beside the fee."""
    one = tenancy(rng, 1, 3, 12)
    sums = sum_style(rng)
    rows = [
        ["Licensor", one.landlord.titled],
        ["PAN of Licensor", one.landlord.pan],
        ["Licensee", one.tenant.titled],
        ["PAN of Licensee", one.tenant.pan],
        ["Licensed premises", one.at],
        ["Period", span_words(rng, one)],
        ["Licence fee per month", sums(one.rent)],
        [rng.choice(("Licence fee received", "Total licence fee / rent received")), sums(one.paid)],
        ["Security deposit held (refundable)", sums(one.rent * rng.randrange(2, 7))],
        ["Agreement registered on", date_style(rng)(one.year.first_day)],
        ["Registration No.", f"HVL{digits(rng, 2)}-{digits(rng, 5)}-{one.year.start}"],
    ]
    if rng.random() < 0.5:
        rows[:4] = [*rows[2:4], *rows[:2]]
    flow = [
        p("LEAVE AND LICENCE - RECEIPT FOR COMPENSATION", 12, bold=True, align="center", after=4),
        p(f"Receipt dated {date_style(rng)(one.received)}", 9, align="center", after=10),
        grid(rows, [180, 320], size=9, pad=3.5),
        p(f"Received {words(one.paid)} as above.", 9, before=10),
        Spacer(1, 40),
        p("Signature of the Licensor", 9, align="right"),
    ]
    return _paper(pdf(flow), one.truth(), "licence-fee", "licensor and licensee, both with PAN")


def monthly_ledger(rng: Random) -> Paper:
    """A month in each row; the year's rent in the last."""
    one = tenancy(rng, 12, 12, 6)
    money = money_style(rng, places=rng.choice((0, 2)))
    day = date_style(rng, "%d/%m/%Y", "%d-%b-%y", "%d-%m-%Y")
    rows = [["Month", "Paid on", "Mode", "Reference", "Rent (Rs.)"]]
    for month in one.months:
        mode = rng.choice(("UPI", "NEFT", "Cheque"))
        paid_on = month.replace(day=rng.randrange(1, 10))
        rows.append([f"{month:%b %Y}", day(paid_on), mode, digits(rng, 12), money(one.rent)])
    rows.append([rng.choice(("Total", "Total rent paid", "TOTAL")), "", "", "", money(one.paid)])
    flow = [
        p(f"STATEMENT OF RENT RECEIVED - {by_days(rng, one).upper()}", 11, bold=True, after=8),
        grid(
            [["Owner", one.landlord.titled, "Tenant", one.tenant.titled],
             ["Owner's PAN", one.landlord.pan, "Tenant's PAN", one.tenant.pan],
             ["Property", one.at, "Owner's A/c", account_number(rng)]],
            [65, 205, 75, 175], ruled=False, size=8.5,
        ),
        Spacer(1, 8),
        grid(rows, [100, 90, 70, 140, 120], right=(4,), bold=(0, -1), shaded=(0, -1), pad=2.5),
        p("I confirm the receipt of the above amounts.", 9, before=10, after=34),
        p(f"({escape(one.landlord.name)})", 9, align="right"),
    ]  # fmt: skip
    mark = rng.choice(("", "COPY"))
    data = pdf(flow, on_page=lambda canvas, _: watermark(canvas, mark, 90) if mark else None)
    return _paper(data, one.truth(), "monthly-ledger", "monthly rows and their total")


def managers_bill(rng: Random) -> Paper:
    """A property manager's receipt: rent among other charges, whose total is no rent."""
    one = tenancy(rng, 1, 3)
    money = money_style(rng, places=2)
    count = len(one.months)
    others = [
        ("Maintenance charges", Decimal(rng.randrange(800, 4_000, 50) * count)),
        ("Water and electricity", Decimal(rng.randrange(300, 2_500)) * count),
        ("Parking", Decimal(rng.choice((0, 500, 1_000)) * count)),
    ]
    items = [(rng.choice(("House rent", "Rent", "Monthly rent of flat")), one.paid), *others]
    total = sum((amount for _, amount in items), Decimal(0))
    agent = people.firm(rng)
    rows = [["#", "Description", "Amount (INR)"]]
    rows += [[str(n), label, money(amount)] for n, (label, amount) in enumerate(items, 1)]
    rows.append(["", "Amount received", money(total)])
    flow = [
        p(f"{escape(agent.name)} (Property managers)", 12, bold=True),
        p(f"{', '.join(agent.address)} | PAN {agent.pan}", 8, after=10),
        p(f"Receipt no. {digits(rng, 6)} of {date_style(rng)(one.received)}", 9, after=6),
        grid(
            [["Tenant", one.tenant.titled], ["Landlord", one.landlord.titled],
             ["Landlord's PAN", one.landlord.pan], ["Unit", one.at],
             ["Rent period", by_days(rng, one)]],
            [110, 400], ruled=rng.random() < 0.5, size=8.5,
        ),
        Spacer(1, 10),
        grid(rows, [30, 350, 130], right=(2,), bold=(0, -1), shaded=[0], pad=3.5, size=9),
        p("Received on behalf of the landlord.", 8, before=8),
    ]  # fmt: skip
    return _paper(pdf(flow), one.truth(), "managers-bill", "rent among other charges")


def parties_side_by_side(rng: Random) -> Paper:
    """Turned: tenant and landlord in columns, name and PAN in rows; figures below heads."""
    one = tenancy(rng, 1, 3, 6)
    sums, day = sum_style(rng), date_style(rng)
    order = [one.tenant, one.landlord]
    heads = ["Tenant", rng.choice(("Landlord", "Landlady / Landlord", "House owner"))]
    if rng.random() < 0.5:
        order.reverse()
        heads.reverse()
    flow = [
        p(hindi("किराया रसीद", 14), 14, align="center"),
        p("House Rent Receipt (for claiming HRA u/s 10(13A))", 12, bold=True, align="center",
          font="Times-Roman", after=12),
        grid(
            [["", *heads], ["Name", *(who.titled for who in order)],
             ["PAN", *(who.pan for who in order)],
             ["Address", *(", ".join(who.address) for who in order)]],
            [70, 220, 220], bold=[0], shaded=[0], font="Times-Roman", size=9.5, pad=3,
        ),
        Spacer(1, 12),
        grid(
            [["Date of receipt", "From", "To", "Rent p.m.", "Rent received"],
             [day(one.received), day(one.first), day(one.last), sums(one.rent), sums(one.paid)]],
            [105, 100, 100, 95, 110], bold=[0], font="Times-Roman", size=9.5, center=range(5),
            pad=4,
        ),
        p(f"{words(one.paid)}. Arrears: Nil.", 9.5, font="Times-Roman", before=8),
    ]  # fmt: skip
    return _paper(pdf(flow), one.truth(), "parties-side-by-side", "both parties in columns")


def letter_to_employer(rng: Random) -> Paper:
    """A borderless letter: labels with colons, the whole rent and the monthly rent."""
    one = tenancy(rng, 12, 12, 6)
    sheet = Sheet(font="Helvetica", points=10)
    total = f"Rs. {indian(one.paid, 0)}/-"
    rows = [
        (
            rng.choice(("Rent received from", "Tenant's name", "Name of the tenant")),
            one.tenant.titled,
        ),
        ("Premises let out", one.at),
        ("Months", by_months(rng, one)),
        ("Monthly rent", f"Rs. {indian(one.rent, 0)}/-"),
        (rng.choice(("Total rent received", "Rent for the above period", "Amount of rent")), total),
        ("Received by (owner)", one.landlord.titled),
        ("Owner's PAN", one.landlord.pan),
        ("Owner's address", ", ".join(one.landlord.address)),
    ]
    sheet.text(60, 70, f"Date: {date_style(rng)(month_end(one.months[-1]))}")
    sheet.text(60, 105, "Acknowledgement of rent", bold=True, points=12)
    sep = rng.choice((":", "-", ""))
    for index, (label, value) in enumerate(rows):
        sheet.text(60, 140 + index * 22, label)
        sheet.text(
            222, 140 + index * 22, f"{sep} {value}".strip(), points=10 if len(value) < 55 else 8
        )
    sheet.text(60, 350, "I have no objection to this being produced to the employer of the tenant.",
               points=9)  # fmt: skip
    sheet.text(535, 410, "Signature across revenue stamp", align="right", points=9)
    return _paper(sheet.pdf(), one.truth(), "letter-to-employer", "labels with colons, no rules")


LAYOUTS: dict[str, Layout] = {
    f"{TYPE}/licence-fee": licence_fee,
    f"{TYPE}/monthly-ledger": monthly_ledger,
    f"{TYPE}/managers-bill": managers_bill,
    f"{TYPE}/parties-side-by-side": parties_side_by_side,
    f"{TYPE}/letter-to-employer": letter_to_employer,
}
