"""Statements of tax-saving and other mutual-fund investments."""

from decimal import Decimal
from random import Random
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import Flowable, Spacer

from tests.corpus.drawing import grid, hindi, p, pdf, watermark
from tests.corpus.figures import (
    DateStyle,
    MoneyStyle,
    date_style,
    indian,
    money_style,
    plain,
    split_paise,
)
from tests.corpus.investments import Scheme, holding
from tests.corpus.paper import Layout, Paper
from tests.corpus.wording import (
    letterhead,
    signature,
    whole_year,
    year_clause,
    year_row,
)  # fmt: skip

TYPE = "mutual_fund_statement"
ZERO = Decimal(0)


def _block(scheme: Scheme, money: MoneyStyle, day: DateStyle) -> list[Flowable]:
    """One scheme with its entries and what was paid in."""
    balance = scheme.units_before
    rows = [["Date", "Transaction", "Amount", "Units", "Price", "Unit\nBalance"]]
    rows.append(["", f"Opening Unit Balance: {balance:.3f}", "", "", "", ""])
    for e in scheme.entries:
        balance += e.units
        shown = f"{e.units:.3f}" if e.units >= 0 else f"({-e.units:.3f})"
        rows.append([day(e.day), e.what, money(e.amount), shown, f"{e.price:.4f}",
                     f"{balance:.3f}"])  # fmt: skip
    rows.append(["", f"Closing Unit Balance: {balance:.3f}", "", "", "", ""])
    rows.append(["", "Purchases in the period", money(scheme.invested), "", "", ""])
    look = [("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
            ("LINEABOVE", (0, -1), (-1, -1), 0.3, colors.grey)]  # fmt: skip
    kind = "ELSS, lock-in 3 years" if scheme.is_elss else "Open ended"
    return [
        p(f"{escape(scheme.name)} ({kind}) - ISIN: {scheme.isin}", 8, bold=True, before=10),
        grid(rows, [70, 180, 75, 65, 65, 70], ruled=False, right=(2, 3, 4, 5), bold=(0, -1),
             size=7.5, pad=1.2, extra=look),
    ]  # fmt: skip


def account_statement(rng: Random) -> Paper:
    """Scheme by scheme with unit balances and redemptions over pages; the totals at the end."""
    had = holding(rng, others=rng.randrange(1, 4), redeem=True)
    money, day = MoneyStyle(indian, 2, negative="({})"), date_style(rng, "%d-%b-%Y", "%d/%m/%Y")
    year = had.year
    flow = [
        p("Statement of Account", 14, bold=True),
        p(f"{day(year.first_day)} To {day(year.last_day)}", 9, after=8),
        grid([[f"{had.investor.name}\n" + "\n".join(had.investor.address),
               f"{had.house.name}\nFolio No: {had.folio}\nPAN: {had.investor.pan}   KYC: OK\n"
               f"Nominee 1: {had.investor.father}"]], [270, 250], size=8, ruled=False, wrap=False),
    ]  # fmt: skip
    for scheme in had.schemes:
        flow += _block(scheme, money, day)
    redeemed = sum((s.redeemed for s in had.schemes), ZERO)
    rows = [
        ["Summary of the period", "Amount (INR)"],
        ["Investment in ELSS (section 80C)", money(had.elss)],
        ["Investment in all schemes", money(had.total)], ["Redemptions", money(redeemed)],
        ["Net inflow", money(had.total - redeemed)],
    ]  # fmt: skip
    flow += [
        Spacer(1, 14),
        grid(rows, [220, 110], right=(1,), bold=(0,), size=8, align="LEFT"),
        p("Mutual fund investments are subject to market risks; read all scheme related documents "
          "carefully.", 6.5, before=10),
    ]  # fmt: skip
    return Paper(
        pdf(flow, on_page=lambda c, page: c.drawRightString(559, 20, f"Page {page}")), TYPE,
        had.fields(), "mutual_fund_statement/account-statement",
        "unit balances, redemptions, sums of the year at the end",
    )  # fmt: skip


def purchases_beside_redemptions(rng: Random) -> Paper:
    """Landscape: a row for each scheme, columns for what came in and went out, sub-totals."""
    had = holding(rng, elss=rng.randrange(1, 3), others=rng.randrange(2, 4), redeem=True)
    money = money_style(rng, places=2, zeros=("-", None))
    heads = ["Category / Scheme", "Opening\nunits", "Purchase\namount", "Switch in", "Redemption\n"
             "amount", "Closing\nunits"]  # fmt: skip
    rows, strong = [heads], [0]
    for title, saver in (("Tax saving (ELSS)", True), ("Other equity schemes", False)):
        own = [s for s in had.schemes if s.is_elss is saver]
        strong.append(len(rows))
        rows.append([title, *[""] * 5])
        for s in own:
            rows.append([s.name, f"{s.units_before:.3f}", money(s.invested), money(ZERO),
                         money(s.redeemed), f"{s.units:.3f}"])  # fmt: skip
        strong.append(len(rows))
        rows.append([f"Sub-total: {title}", "", money(sum((s.invested for s in own), ZERO)),
                     money(ZERO), money(sum((s.redeemed for s in own), ZERO)), ""])  # fmt: skip
    strong.append(len(rows))
    rows.append(["Grand total", "", money(had.total), money(ZERO),
                 money(sum((s.redeemed for s in had.schemes), ZERO)), ""])  # fmt: skip
    label, value = year_row(rng, had.year)
    facts = [["Unit holder", had.investor.titled, "Folio", had.folio, "PAN", had.investor.pan],
             ["2nd holder", had.investor.father, label, value, "Status", "Individual"]]  # fmt: skip
    flow = [
        p(f"{escape(had.house.name)} — Yearly transaction summary", 12, bold=True, after=8),
        grid(facts, [80, 200, 95, 200, 50, 110], size=8),
        Spacer(1, 10),
        grid(rows, [275, 90, 100, 80, 100, 90], right=range(1, 6), bold=strong, shaded=(0, -1),
             size=8.5),
    ]  # fmt: skip
    return Paper(
        pdf(flow, size=landscape(A4), on_page=lambda c, page: watermark(c, "STATEMENT")), TYPE,
        had.fields(), "mutual_fund_statement/purchases-redemptions",
        "purchases beside redemptions, sub-totals of ELSS and others, watermark",
    )  # fmt: skip


def months_by_schemes(rng: Random) -> Paper:
    """Months as rows, schemes as columns, totals at the foot and at the right."""
    had = holding(rng, others=rng.randrange(1, 3))
    money = MoneyStyle(rng.choice((indian, plain)), 0, zero=rng.choice(("-", "")))
    year, short = had.year, [s.name.split(" - ")[0] for s in had.schemes]
    rows = [["Month", *short, "Total"]]
    for index in range(12):
        month = year.month(index)
        line = [sum((e.amount for e in s.entries if e.day.month == month.month), ZERO)
                for s in had.schemes]  # fmt: skip
        rows.append([f"{month:%b %Y}", *map(money, line), money(sum(line, ZERO))])
    total = MoneyStyle(money.group, 0)
    rows.append(["Total", *(total(s.invested) for s in had.schemes), total(had.total)])
    width = 420 / (len(short) + 1)
    native = hindi("कर बचत निवेश विवरण", 11)
    flow = [
        *letterhead(had.house, align="left"),
        *([p(native, 11, align="center")] if native else []),
        p(f"SIP and lump sum investments {year_clause(rng, year)}", 11, bold=True, align="center",
          after=10),
        p(f"Investor : {escape(had.investor.titled)}", 9),
        p(f"PAN : {had.investor.pan} &nbsp; | &nbsp; Folio : {had.folio}", 9, after=8),
        grid(rows, [80, *[width] * (len(short) + 1)], right=range(1, len(short) + 2),
             bold=(0, -1), size=8.5, pad=3),
        p(f"Only the investment in {escape(short[0])} is eligible u/s 80C. Amounts in rupees.",
          7.5, before=6),
    ]  # fmt: skip
    return Paper(
        pdf(flow), TYPE, had.fields(), "mutual_fund_statement/months-by-schemes",
        "months as rows, schemes as columns, whole rupees",
    )  # fmt: skip


def eligible_and_other_columns(rng: Random) -> Paper:
    """Two columns of amounts, each Rs. | P.: what counts under 80C, and the rest."""
    had, day = holding(rng, others=1), date_style(rng, "%d.%m.%Y", "%d/%m/%y")
    lines = sorted(((e, s) for s in had.schemes for e in s.entries), key=lambda pair: pair[0].day)
    rows = [["Date", "Scheme and type", "Eligible u/s 80C", "", "Others", ""],
            ["", "", "Rs.", "P.", "Rs.", "P."]]  # fmt: skip
    for e, s in lines:
        pair = split_paise(e.amount)
        cells = [*pair, "", ""] if s.is_elss else ["", "", *pair]
        rows.append([day(e.day), f"{s.name} / {e.what}", *cells])
    others = had.total - had.elss
    rows.append(["", "Total", *split_paise(had.elss), *split_paise(others)])
    rows.append(["", "Aggregate subscription", "", "", *split_paise(had.total)])
    last = len(rows) - 1
    facts = [["Name", had.investor.name, "Folio no.", had.folio],
             ["P.A.N.", had.investor.pan, "Period", whole_year(rng, had.year)]]  # fmt: skip
    flow = [
        p(escape(had.house.name), 12, bold=True, align="center", font="Times-Roman"),
        p("Tax Saver Statement", 11, align="center", font="Times-Roman", after=8),
        grid(facts, [60, 180, 70, 190], size=9, font="Times-Roman", ruled=False),
        Spacer(1, 8),
        grid(rows, [65, 265, 70, 26, 70, 26], size=8.5, font="Times-Roman", right=(2, 3, 4, 5),
             bold=(0, 1, -1, -2), repeat=2,
             spans=[(0, 0, 0, 1), (1, 0, 1, 1), (2, 0, 3, 0), (4, 0, 5, 0), (1, last, 3, last)]),
        *signature(rng, had.house.name, font="Times-Roman"),
    ]  # fmt: skip
    return Paper(
        pdf(flow), TYPE, had.fields(), "mutual_fund_statement/eligible-and-others",
        "two amount columns, rupees and paise apart, merged heads",
    )  # fmt: skip


LAYOUTS: dict[str, Layout] = {
    "mutual_fund_statement/account-statement": account_statement,
    "mutual_fund_statement/purchases-redemptions": purchases_beside_redemptions,
    "mutual_fund_statement/months-by-schemes": months_by_schemes,
    "mutual_fund_statement/eligible-and-others": eligible_and_other_columns,
}
