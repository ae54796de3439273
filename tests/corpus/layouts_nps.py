"""NPS statements as record-keepers, banks and their apps print them."""

from datetime import timedelta
from decimal import Decimal
from random import Random

from reportlab.lib import colors
from reportlab.platypus import PageBreak, Spacer

from tests.corpus import people
from tests.corpus.drawing import grid, hindi, p, pdf, rupee_sign, unicode_font, watermark
from tests.corpus.figures import date_style, indian, money_style, plain, truth
from tests.corpus.identifiers import digits
from tests.corpus.paper import Layout, Paper
from tests.corpus.pension import ALL, PensionYear, pension_year
from tests.corpus.sheet import Sheet
from tests.corpus.wording import whole_year, year_row

TYPE = "nps_statement"
AGENCIES = [
    "Vriddhi Central Recordkeeping Agency Limited",
    "Nivritti CRA Technologies Limited",
    "Sanchay e-Governance CRA",
]


def _paper(data: bytes, fields: dict[str, str], layout: str, note: str) -> Paper:
    return Paper(data, TYPE, fields, f"{TYPE}/{layout}", note)


def _personal_grid(one: PensionYear, rng: Random) -> list[list[str]]:
    who = one.subscriber
    office = one.employer
    return [
        ["PRAN", one.pran, "Registration Date", "12-Aug-" + str(rng.randrange(11, 21))],
        ["Subscriber Name", who.titled.upper(), "Tier I Status", "Active"],
        ["Address", ", ".join(who.address), "Tier II Status", rng.choice(("Active", "Closed"))],
        ["Mobile Number", digits(rng, 10), "CBO Registration No", digits(rng, 7)],
        ["Email ID", "REGISTERED", "CBO Name", office.name],
        ["IRA Status", "IRA compliant", "CHO Registration No", digits(rng, 7)],
    ]  # fmt: skip


def transaction_statement(rng: Random) -> Paper:
    """A record-keeper's statement of two pages: totals since the start, then each credit."""
    one = pension_year(rng, extras=(0,))
    day = date_style(rng, "%d-%b-%Y", "%d-%b-%y", "%d/%m/%Y")
    total = one.own + one.by_employer
    held = one.before + total
    value = (held * Decimal("1.31")).quantize(Decimal("0.01"))
    until = f"{one.year.last_day:%B %d, %Y}"
    period = f"From {one.year.first_day:%B %d, %Y} to {until}"
    payers = ["Employee Contribution (Rs)", "Employer's Contribution (Rs)", "Total (Rs)"]
    head = [["Date", "Particulars", "Uploaded By", "Contribution", "", ""], ["", "", "", *payers]]
    rows = [["01-Apr-" + str(one.year.start), "Opening balance", "", "", "", plain(one.before)]]
    for month in one.months:
        rows.append([
            day(month.credited), f"By Contribution for {month.first:%B, %Y}", one.employer.name,
            plain(month.own), plain(month.employer), plain(month.total),
        ])  # fmt: skip
    label = rng.choice(("Total for the period", "Total", "Contributions during the period"))
    rows.append(["", label, "", plain(one.own), plain(one.by_employer), plain(total)])
    flow = [
        p(rng.choice(AGENCIES), 8, align="right"),
        p("NPS Transaction Statement for Tier I Account", 13, bold=True, align="center", after=8),
        grid(
            [[f"Statement Period: {period}",
              f"Statement Generation Date : {one.year.last_day + timedelta(days=6):%B %d, %Y}"]],
            [290, 230], ruled=False, size=8,
        ),
        grid(_personal_grid(one, rng), [85, 185, 95, 155], size=7.5),
        p("Tier I Nominee Name/s and Percentage", 8, bold=True, before=6),
        p(f"{people.person(rng).name.upper()} 100%", 8, after=6),
        p("Summary", 9, bold=True),
        p(f"The total contribution to your pension account till {until} was Rs. {plain(held)}.", 8),
        p(f"The total value of your contributions as on {until} was Rs. {plain(value)}.", 8),
        p(f"Your contributions have earned a return of Rs. {plain(value - held)} till {until}.", 8),
        p("Investment Details Summary", 9, bold=True, before=8, after=4),
        grid(
            [["Total Contribution (Rs)", "No of Contribution", "Total Withdrawal (Rs)",
              "Current Valuation (Rs)", "Notional Gain / Loss (Rs)", "Return of Investment (XIRR)"],
             [plain(held), str(rng.randrange(40, 140)), "0.00", plain(value), plain(value - held),
              "9.46%"]],
            [90, 75, 85, 95, 95, 80], size=7.5, center=range(6), shaded=[0],
        ),
        PageBreak(),
        p("Contribution/Redemption Details during the selected period", 10, bold=True, after=6),
        grid(
            head + rows, [62, 130, 118, 70, 75, 65], size=7, right=(3, 4, 5), shaded=(0, 1),
            bold=(0, 1, -1), repeat=2,
            spans=[(3, 0, 5, 0), (0, 0, 0, 1), (1, 0, 1, 1), (2, 0, 2, 1)],
        ),
        p("The Tier I scheme qualifies for deduction u/s 80CCD of the Income-tax Act, 1961.", 7,
          before=8),
    ]  # fmt: skip
    fields = one.truth(
        "pran", "financial_year", "employee_contribution", "employer_contribution",
        "total_contribution",
    )  # fmt: skip
    fields["subscriber_name"] = one.subscriber.name.upper()
    return _paper(pdf(flow), fields, "transaction-statement", "credits of a year with their total")


def tiers_by_payer(rng: Random) -> Paper:
    """Who paid in columns, Tier I and Tier II in rows; only Tier I counts for section 80CCD."""
    one = pension_year(rng)
    money = money_style(rng, zeros=("0.00", "-", "Nil"), places=2)
    second = Decimal(rng.choice((0, 6_000, 15_000, 36_000)))
    who = one.subscriber
    about = [
        ["PRAN", one.pran], ["Name of Subscriber", who.titled],
        ["Permanent Account Number", who.pan],
        [*year_row(rng, one.year)], ["Corporate / POP", one.employer.name],
    ]  # fmt: skip
    rng.shuffle(about)
    table = [
        ["Account", "Employee\nContribution", "Employer\nContribution",
         "Voluntary Contribution\n(Sec. 80CCD(1B))", "Total"],
        ["Tier I", money(one.own), money(one.by_employer), money(one.voluntary), money(one.total)],
        ["Tier II", money(second), money(0), money(0), money(second)],
    ]  # fmt: skip
    flow = [
        p(rng.choice(AGENCIES), 12, bold=True, color=colors.darkblue),
        p(rng.choice(("Statement of Contributions", "Annual Contribution Summary", "NPS - Account "
          "Statement")), 10, after=8),
        grid(about, [150, 370], size=8.5, pad=3),
        Spacer(1, 12),
        p("Summary of contributions credited", 9, bold=True, after=4),
        grid(
            [[c.replace("\n", " ") for c in row] for row in table], [80, 110, 110, 120, 100],
            size=8.5, right=(1, 2, 3, 4), bold=[0], shaded=[0], pad=4,
        ),
        p("All amounts in Rupees. Contributions to Tier II do not qualify for deduction under "
          "section 80CCD.", 7, before=6),
    ]  # fmt: skip
    return _paper(pdf(flow), one.truth(*ALL), "tiers-by-payer", "Tier I is meant, Tier II is not")


def year_and_since_start(rng: Random) -> Paper:
    """No rules; a column for this year and one since the account was opened."""
    one = pension_year(rng, extras=(1, 2))
    font = unicode_font()
    money = money_style(rng, places=2, marks=("", f"{rupee_sign(font)} "))
    past = [one.before * share // 100 for share in (45, 40, 15)]
    labels = rng.choice((
        ("Subscriber's own contribution", "Employer's contribution",
         "Voluntary contribution u/s 80CCD (1B)", "Total contributions"),
        ("Contribution by subscriber", "Contribution by employer",
         "Additional contribution under section 80CCD(1B)", "Total contribution"),
        ("Employee share", "Employer share", "Voluntary (80CCD1B)", "Total"),
    ))  # fmt: skip
    now = [one.own, one.by_employer, one.voluntary]
    both = [*zip(labels, [*now, one.total], [*past, sum(past)], strict=True)]
    columns = [f"During FY {one.year.financial}", "Since inception"]
    swapped = rng.random() < 0.4
    sheet = Sheet(font=font, points=9)
    sheet.text(45, 50, "NATIONAL PENSION SYSTEM", points=14, bold=True)
    sheet.text(45, 68, "Tier I account at a glance", gray=0.35)
    sheet.lines(45, 100, [f"Subscriber: {one.subscriber.titled}", f"PRAN: {one.pran}",
                          f"PAN: {one.subscriber.pan}"], 15)  # fmt: skip
    sheet.text(45, 165, "Particulars", bold=True)
    for x, head in zip((410, 545), columns[::-1] if swapped else columns, strict=True):
        sheet.text(x, 165, head, bold=True, align="right")
    for top, (label, this, ever) in zip((188, 208, 228, 252), both, strict=True):
        sheet.text(45, top, label, bold=top == 252)
        pair = (this + ever, this) if swapped else (this, this + ever)
        for x, amount in zip((410, 545), pair, strict=True):
            sheet.text(x, top, money(amount), align="right", bold=top == 252)
    sheet.text(45, 300, f"Value of holdings as on {one.year.last_day:%d %B %Y}")
    sheet.text(545, 300, money((one.before + one.total) * 13 // 10), align="right")
    sheet.text(45, 318, "Nominee: " + people.person(rng).name)
    return _paper(sheet.pdf(), one.truth(*ALL), "year-and-since-start", "the year, not the whole")


def _tile(
    sheet: Sheet, place: tuple[float, float, float], label: str, value: str, above: bool
) -> None:
    x, top, width = place
    sheet.box(x, top, x + width, top + 48, fill=0.96)
    sheet.text(x + 8, top + (38 if above else 17), label, points=7.5, gray=0.4)
    sheet.text(x + 8, top + (20 if above else 36), value, points=11, bold=True)


def app_cards(rng: Random) -> Paper:
    """An app's year in tiles: the label above its value, or the value above its label."""
    one = pension_year(rng, extras=(0, 1, 1))
    font = unicode_font()
    money = money_style(rng, places=rng.choice((0, 2)), marks=(f"{rupee_sign(font)} ", ""))
    above = rng.random() < 0.5
    sheet = Sheet(font=font)
    sheet.text(40, 48, rng.choice(("My NPS year", "Contribution statement", "NPS tax statement")),
               points=16, bold=True)  # fmt: skip
    sheet.text(40, 64, rng.choice(AGENCIES), points=8, gray=0.4)
    tiles = [
        ("Subscriber", one.subscriber.name),
        ("PRAN", f"{one.pran[:4]} {one.pran[4:8]} {one.pran[8:]}"),
        ("PAN", one.subscriber.pan), ("Financial year", one.year.financial),
        ("Own contribution - 80CCD(1)", money(one.own)),
        ("Employer contribution - 80CCD(2)", money(one.by_employer)),
        ("Self / voluntary - 80CCD(1B)", money(one.voluntary)),
        ("Total contributed in the year", money(one.total)),
        ("Current value", money((one.before + one.total) * 5 // 4)),
        ("Tier II balance", money(rng.randrange(0, 60_000))),
    ]  # fmt: skip
    for index, (label, value) in enumerate(tiles):
        place = (40 + index % 2 * 262, 90 + index // 2 * 60, 250)
        _tile(sheet, place, label, value, above)
    return _paper(sheet.pdf(), one.truth(*ALL), "app-cards", "tiles")


def movement_table(rng: Random) -> Paper:
    """Turned table: the payers in columns, opening balance to closing balance in rows."""
    one = pension_year(rng, extras=(0, 1, 2))
    money = money_style(rng, zeros=("-", "0.00", None), places=2)
    opening = [one.before * 45 // 100, one.before * 40 // 100, one.before * 15 // 100]
    paid = [one.own, one.by_employer, one.voluntary]
    out = [Decimal(rng.choice((0, 0, 20_000))), Decimal(0), Decimal(0)]
    closing = [a + b - c for a, b, c in zip(opening, paid, out, strict=True)]
    rows = [["", "Employee (A)", "Employer (B)", "Voluntary (C)", "Total (A+B+C)"]]
    labels = (f"Balance as on {one.year.first_day:%d.%m.%Y}", "Contribution during the year",
              "Partial withdrawal", f"Balance as on {one.year.last_day:%d.%m.%Y}")  # fmt: skip
    for label, amounts in zip(labels, (opening, paid, out, closing), strict=True):
        rows.append([label, *map(money, amounts), money(sum(amounts))])
    mark = rng.choice(("NPS", "ORIGINAL", ""))
    label, period = "Period of statement", whole_year(rng, one.year)
    flow = [
        p("STATEMENT OF ACCOUNT UNDER NPS (TIER - I)", 12, bold=True, align="center"),
        p(hindi("राष्ट्रीय पेंशन प्रणाली", 10), 10, align="center", after=10),
        grid(
            [["Name / PRAN", f"{one.subscriber.titled} / {one.pran}", label, period],
             ["PAN", one.subscriber.pan, "Employer", one.employer.name]],
            [75, 185, 85, 175], font="Times-Roman", size=8.5,
        ),
        Spacer(1, 14),
        grid(rows, [150, 92, 92, 92, 94], font="Times-Roman", size=9, right=(1, 2, 3, 4), bold=[0],
             pad=4),
        p("Note: cost of units, not their market value.", 7.5, before=6, font="Times-Roman"),
    ]  # fmt: skip
    data = pdf(flow, on_page=lambda canvas, page: watermark(canvas, mark) if mark else None)
    return _paper(data, one.truth(*ALL), "movement-table", "opening to closing balance by payer")


def deposit_receipts(rng: Random) -> Paper:
    """A bank as point of presence lists the voluntary payments and its charges."""
    one = pension_year(rng, extras=(2, 3, 4))
    desk = people.bank(rng)
    day = date_style(rng)
    rows = [["Sr.", "Receipt No.", "Date", "Tier", "Amount deposited", "POP charges", "GST",
             "Amount invested"]]  # fmt: skip
    sums = [Decimal(0)] * 4
    for number, (when, amount) in enumerate(one.extra, 1):
        charge = (amount * Decimal("0.005")).quantize(Decimal("0.01"))
        tax = (charge * Decimal("0.18")).quantize(Decimal("0.01"))
        line = [amount, charge, tax, amount - charge - tax]
        sums = [a + b for a, b in zip(sums, line, strict=True)]
        rows.append([str(number), digits(rng, 17), day(when), "I", *map(indian, line)])
    rows.append(["Total", "", "", "", *map(indian, sums)])
    flow = [
        p(desk.name, 13, bold=True),
        p(", ".join(desk.address), 8, after=10),
        p("CERTIFICATE OF VOLUNTARY CONTRIBUTION TO NPS TIER I", 11, bold=True, align="center"),
        p(f"(Deduction u/s 80CCD(1B) - Financial Year {one.year.financial})", 9, align="center",
          after=10),
        grid([["Subscriber", one.subscriber.titled], ["PRAN", one.pran],
              ["PAN", one.subscriber.pan]], [90, 300], ruled=False, align="LEFT"),
        Spacer(1, 8),
        grid(rows, [28, 105, 75, 28, 82, 66, 52, 84], size=7.5, right=(4, 5, 6, 7), bold=(0, -1),
             spans=[(0, len(rows) - 1, 3, len(rows) - 1)]),
        p("Charges of the point of presence form part of the contribution made by the subscriber.",
          7.5, before=8),
    ]  # fmt: skip
    fields = one.truth("subscriber_name", "pran", "pan", "financial_year", "voluntary_contribution")
    note = f"voluntary payments only. derivable: total_contribution={truth(one.voluntary)}"
    return _paper(pdf(flow), fields, "deposit-receipts", note)


LAYOUTS: dict[str, Layout] = {
    f"{TYPE}/transaction-statement": transaction_statement,
    f"{TYPE}/tiers-by-payer": tiers_by_payer,
    f"{TYPE}/year-and-since-start": year_and_since_start,
    f"{TYPE}/app-cards": app_cards,
    f"{TYPE}/movement-table": movement_table,
    f"{TYPE}/deposit-receipts": deposit_receipts,
}
