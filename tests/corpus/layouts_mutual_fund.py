"""Statements of tax-saving and other mutual-fund investments."""

from decimal import Decimal
from random import Random
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import Spacer

from tests.corpus.drawing import grid, hindi, p, pdf, rupee_sign, unicode_font, watermark
from tests.corpus.figures import MoneyStyle, date_style, indian, money_style, plain, split_paise
from tests.corpus.investments import Scheme, holding
from tests.corpus.paper import Layout, Paper
from tests.corpus.sheet import Sheet
from tests.corpus.wording import (
    letterhead,
    signature,
    sum_style,
    whole_year,
    words,
    year_clause,
    year_row,
)  # fmt: skip

TYPE = "mutual_fund_statement"
ZERO = Decimal(0)


def letter_for_section_80c(rng: Random) -> Paper:
    """A certificate in sentences for one tax-saving scheme; the allotments below it."""
    had, money = holding(rng, others=0), sum_style(rng)
    scheme, who, day = had.schemes[0], had.investor, date_style(rng)
    look = {"font": "Times-Roman", "align": "justify", "after": 9, "lead": 1.4}
    rows = [["Date of allotment", "NAV", "Units", "Locked in until"]]
    rows += [[day(e.day), f"{e.price}", f"{e.units}", day(e.day.replace(year=e.day.year + 3))]
             for e in scheme.entries if (e.day.month, e.day.day) != (2, 29)]  # fmt: skip
    first = rng.choice((
        f"This is to certify that {escape(who.titled)} (PAN {who.pan}) has invested "
        f"{money(scheme.invested)} ({words(scheme.invested)}) in {escape(scheme.name)} under "
        f"folio number {had.folio} {year_clause(rng, had.year)}.",
        f"We confirm having received from {escape(who.titled)}, PAN {who.pan}, Folio No. "
        f"{had.folio}, subscriptions aggregating {money(scheme.invested)} in {escape(scheme.name)} "
        f"{year_clause(rng, had.year)}.",
    ))  # fmt: skip
    flow = [
        *letterhead(had.house, font="Times-Roman"),
        p(rng.choice(("Investment Certificate", "ELSS Certificate",
                      "Statement of Investment for claiming deduction")), 13, bold=True,
          align="center", font="Times-Roman", after=14),
        p(first, 10.5, **look),
        p("The scheme is an Equity Linked Savings Scheme notified by the Central Government. The "
          "investment qualifies for deduction under section 80C of the Income-tax Act, 1961 up to "
          "Rs. 1,50,000 in a year, and is subject to a lock-in of three years.", 10.5, **look),
        grid(rows, [130, 90, 90, 130], size=9, font="Times-Roman", right=(1, 2), bold=(0,)),
        *signature(rng, had.house.name, font="Times-Roman"),
    ]  # fmt: skip
    return Paper(
        pdf(flow, margins=(70, 50, 70, 50)), TYPE, had.fields("total_invested"),
        "mutual_fund_statement/letter-80c", "certificate in sentences, one tax-saving scheme",
    )  # fmt: skip


def _block(had_scheme: Scheme, money: MoneyStyle, day) -> list:  # type: ignore[no-untyped-def, type-arg]
    balance = had_scheme.units_before
    rows = [["Date", "Transaction", "Amount", "Units", "Price", "Unit\nBalance"]]
    rows.append(["", f"Opening Unit Balance: {balance:.3f}", "", "", "", ""])
    for e in had_scheme.entries:
        balance += e.units
        shown = f"{e.units:.3f}" if e.units >= 0 else f"({-e.units:.3f})"
        rows.append([day(e.day), e.what, money(e.amount), shown, f"{e.price:.4f}",
                     f"{balance:.3f}"])  # fmt: skip
    rows.append(["", f"Closing Unit Balance: {balance:.3f}", "", "", "", ""])
    rows.append(["", "Purchases in the period", money(had_scheme.invested), "", "", ""])
    look = [("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
            ("LINEABOVE", (0, -1), (-1, -1), 0.3, colors.grey)]  # fmt: skip
    kind = "ELSS, lock-in 3 years" if had_scheme.is_elss else "Open ended"
    return [
        p(f"{escape(had_scheme.name)} ({kind}) - ISIN: {had_scheme.isin}", 8, bold=True, before=10),
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


def cards_of_a_platform(rng: Random) -> Paper:
    """Values above their labels; a list of the payments below."""
    had, font = holding(rng, others=rng.choice((0, 0, 1))), unicode_font()
    mark, sheet = rupee_sign(font), Sheet(font=font, points=8)
    only = all(s.is_elss for s in had.schemes)
    sheet.text(40, 56, had.house.name, bold=True, points=10)
    sheet.text(40, 84, "ELSS statement", bold=True, points=17)
    sheet.text(40, 99, f"1 Apr '{had.year.start % 100} - 31 Mar '{had.year.start % 100 + 1} (FY "
               f"{had.year.financial})", gray=0.4)  # fmt: skip
    top = 130.0
    cards = [
        (f"{mark}{indian(had.elss, 0)}", "Invested in ELSS (80C)"),
        (had.investor.name, "Investor"),
        (had.investor.pan, "PAN"),
        (had.folio, "Folio"),
    ]
    if not only:
        cards.insert(1, (f"{mark}{indian(had.total, 0)}", "Invested in all funds"))
    for number, (value, label) in enumerate(cards):
        x, y = 40 + 174 * (number % 3), top + 50 * (number // 3)
        sheet.box(x, y - 16, x + 166, y + 24, width=0.4)
        sheet.text(x + 8, y, value, bold=True, points=10)
        sheet.text(x + 8, y + 14, label, gray=0.45, points=7)
    top += 50 * ((len(cards) + 2) // 3) + 14
    for s in had.schemes:
        sheet.text(40, top, s.name, bold=True)
        for e in s.entries:
            top += 14
            sheet.text(50, top, f"{e.day:%d %b %Y}", gray=0.3)
            sheet.text(150, top, e.what, gray=0.3)
            sheet.text(330, top, f"{e.units:.3f} units at {e.price:.4f}", gray=0.3)
            sheet.text(555, top, f"{mark}{indian(e.amount, 0)}", align="right")
        top += 24
    return Paper(
        sheet.pdf(), TYPE, had.fields(*(("total_invested",) if only else ())),
        "mutual_fund_statement/cards", "cards, value above label",
    )  # fmt: skip


def typed_with_the_last_year(rng: Random) -> Paper:
    """Line printer: leaders; this year's sum and, beside it, the last year's."""
    had = holding(rng, elss=1, others=rng.randrange(1, 4))
    sheet, year = Sheet(font="Courier", points=9), had.year
    sheet.lines(50, 60, [
        had.house.name.upper(), "C/O REGISTRAR AND TRANSFER AGENT", "",
        f"TAX SAVING INVESTMENT STATEMENT    PERIOD {year.first_day:%d-%b-%Y} TO "
        f"{year.last_day:%d-%b-%Y}".upper(), "",
        f"INVESTOR ...... {had.investor.name.upper()}", f"PAN ........... {had.investor.pan}",
        f"FOLIO ......... {had.folio}", f"NOMINEE ....... {had.investor.father.upper()}",
    ])  # fmt: skip
    top = 184.0
    for x, text in ((440, "THIS YEAR RS."), (545, "LAST YEAR RS.")):
        sheet.text(x, top, text, align="right", bold=True)
    top += 18

    def line(label: str, amount: Decimal, before: Decimal, *, bold: bool = False) -> None:
        nonlocal top
        text = indian(amount)
        dots = "." * max(2, int((440 - 50) / 5.4) - len(label) - len(text) - 3)
        sheet.text(50, top, f"{label} {dots}", bold=bold)
        sheet.text(440, top, text, align="right", bold=bold)
        sheet.text(545, top, indian(before), align="right", bold=bold)
        top += 15

    before = [Decimal(rng.randrange(0, 60) * 1000) for _ in had.schemes]
    ordered = list(zip(had.schemes, before, strict=True))
    if rng.random() < 0.5:
        ordered.reverse()
    for scheme, last in ordered:
        line(scheme.name.split(" - ")[0].upper(), scheme.invested, last)
    top += 6
    line("TOTAL OF ALL SCHEMES", had.total, sum(before, ZERO), bold=True)
    line("OF WHICH ELSS, SECTION 80C", had.elss, before[0], bold=True)
    sheet.text(50, top + 20, "*** COMPUTER STATEMENT, NO SIGNATURE REQUIRED ***", points=8)
    fields = had.fields() | {
        "issuer_name": had.house.name.upper(), "investor_name": had.investor.name.upper(),
    }  # fmt: skip
    return Paper(
        sheet.pdf(), TYPE, fields, "mutual_fund_statement/typed-last-year",
        "leaders, last year's column beside this year's",
    )  # fmt: skip


LAYOUTS: dict[str, Layout] = {
    "mutual_fund_statement/letter-80c": letter_for_section_80c,
    "mutual_fund_statement/account-statement": account_statement,
    "mutual_fund_statement/purchases-redemptions": purchases_beside_redemptions,
    "mutual_fund_statement/months-by-schemes": months_by_schemes,
    "mutual_fund_statement/eligible-and-others": eligible_and_other_columns,
    "mutual_fund_statement/cards": cards_of_a_platform,
    "mutual_fund_statement/typed-last-year": typed_with_the_last_year,
}
