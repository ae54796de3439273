"""Statements of gains in mutual funds, as registrars and fund houses print them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import Spacer

from tests.corpus.drawing import grid, p, pdf
from tests.corpus.figures import MoneyStyle, date_style, indian, money_style, plain
from tests.corpus.identifiers import folio
from tests.corpus.paper import Layout, Paper
from tests.corpus.trades import Gains, Trade, gains
from tests.corpus.wording import letterhead, year_row

TYPE = "capital_gains_statement"
ZERO = Decimal(0)
FUND_KINDS = ("short", "long")


def _by_registrar(had: Gains) -> Gains:
    """The same gains in a statement of a registrar that serves many fund houses."""
    name = f"{had.issuer.short.title()} Investor Registry Services Limited"
    return replace(had, issuer=replace(had.issuer, name=name))


def _quarter(year: int, day: date) -> int:
    """Which of the five periods of advance tax a day lies in."""
    ends = [date(year, 6, 15), date(year, 9, 15), date(year, 12, 15), date(year + 1, 3, 15)]
    return sum(day > end for end in ends)


def five_quarters(rng: Random) -> Paper:
    """A summary with the periods of advance tax as columns and a total, as KFintech prints it."""
    had = _by_registrar(gains(rng, kinds=FUND_KINDS, units=True, each=(2, 6)))
    money = MoneyStyle(rng.choice((plain, indian)), 2)
    heads = ["Summary Of Capital Gains", "01/04 to\n15/06", "16/06 to\n15/09", "16/09 to\n15/12",
             "16/12 to\n15/03", "16/03 to\n31/03", "Total"]  # fmt: skip
    rows, strong = [heads], [0]

    def block(title: str, trades: list[Trade], net_title: str, *, fair: bool) -> None:
        strong.append(len(rows))
        rows.append([title, *[""] * 6])
        lines = [("Full Value Consideration", [t.proceeds for t in trades]),
                 ("Cost of Acquisition", [t.cost for t in trades]),
                 (net_title, [t.gain for t in trades])]  # fmt: skip
        if fair:
            label = "Fair Market Value of capital asset as per section 55(2)(ac)"
            lines.insert(0, (label, [ZERO for _ in trades]))
        for label, amounts in lines:
            sums = [ZERO] * 5
            for trade, amount in zip(trades, amounts, strict=True):
                sums[_quarter(had.year.start, trade.sold)] += amount
            rows.append([label, *map(money, sums), money(sum(sums, ZERO))])
        strong.append(len(rows) - 1)

    block("Short Term Capital Gain", had.of("short"), "Short Term Capital Gain/Loss", fair=False)
    block(
        "Long Term Capital Gain with Indexation",
        [],
        "LongTermWithIndex-CapitalGain/Loss",
        fair=True,
    )
    block(
        "Long Term Capital Gain without Indexation",
        had.of("long"),
        "LongTermWithOutIndex-CapitalGain/Loss",
        fair=True,
    )
    year, day = had.year, date_style(rng, "%d-%b-%Y", "%d/%m/%Y")
    schemes = [["Scheme Name", "ISIN", "Outflow Amt", "Total Cost", "Short Gain",
                "Long Gain With Index", "Long Gain Without Index"]]  # fmt: skip
    for t in had.trades:
        short, long = (t.gain, ZERO) if t.kind == "short" else (ZERO, t.gain)
        schemes.append([t.name, t.isin, *map(money, (t.proceeds, t.cost, short, ZERO, long))])
    flow = [
        p(escape(had.issuer.name), 12, bold=True),
        p("Capital Gain / Loss Statement", 12, align="center", bold=True),
        p(f"For the period {day(year.first_day)} to {day(year.last_day)}", 9, align="center",
          after=8),
        p(f"Name : {escape(had.client.name)} &nbsp; &nbsp; PAN : {had.client.pan} &nbsp; &nbsp; "
          f"Status : INDIVIDUAL", 8.5, after=8),
        grid(rows, [168, 58, 58, 58, 58, 58, 66], right=range(1, 7), bold=strong, size=7,
             line=0.3),
        Spacer(1, 12),
        p("Scheme wise details", 9, bold=True),
        grid(schemes, [140, 72, 66, 62, 58, 62, 64], right=range(2, 7), bold=(0,), size=6.5,
             ruled=False, repeat=1),
    ]  # fmt: skip
    return Paper(
        pdf(flow), TYPE, had.fields("speculative_gain", "dividend_income"),
        "capital_gains_statement/five-quarters",
        "periods as columns with a total; nothing under indexation",
    )  # fmt: skip


def sections_a_b_c(rng: Random) -> Paper:
    """Subscriptions, redemptions and gains side by side, scheme by scheme, as CAMS prints it."""
    had = gains(rng, kinds=FUND_KINDS, units=True, each=(2, 5))
    money = MoneyStyle(indian, 2, negative=rng.choice(("-{}", "({})")))
    number, day = folio(rng), date_style(rng, "%d-%m-%Y", "%d-%b-%Y")
    top = ["Section A : Subscriptions", "", "", "", "Section B : Redemptions", "", "", "",
           "Section C : Gains / Losses", "", ""]  # fmt: skip
    heads = ["Trxn. Type", "Date", "Units", "Cost", "Trxn. Type", "Date", "Amount", "Units",
             "Short Term", "Long Term With Index", "Long Term Without Index"]  # fmt: skip
    year = had.year
    flow = [
        *letterhead(had.issuer, align="left"),
        p("Capital Gains Statement", 12, bold=True, align="center"),
        p(f"For the period {year.first_day:%d %b %Y} to {year.last_day:%d %b %Y}", 9,
          align="center", after=6),
        p(f"Folio No : {number} &nbsp; &nbsp; Name : {escape(had.client.name)} &nbsp; &nbsp; "
          f"PAN No : {had.client.pan}", 8.5, after=8),
    ]  # fmt: skip
    spans = [(0, 0, 3, 0), (4, 0, 7, 0), (8, 0, 10, 0)]
    names = sorted({t.name for t in had.trades})
    for name in names:
        own = [t for t in had.trades if t.name == name]
        rows = [top, heads]
        for t in own:
            pair = (t.gain, None) if t.kind == "short" else (None, t.gain)
            short, long = ("" if gain is None else money(gain) for gain in pair)
            rows.append(["Systematic Inv.", day(t.bought), f"{t.quantity:.3f}", money(t.cost),
                         "Redemption", day(t.sold), money(t.proceeds), f"{t.quantity:.3f}",
                         short, "", long])  # fmt: skip
        sums = {k: sum((t.gain for t in own if t.kind == k), ZERO) for k in FUND_KINDS}
        rows.append(["Total :", "", "", "", "", "", "", "", money(sums["short"]), money(ZERO),
                     money(sums["long"])])  # fmt: skip
        flow.append(p(f"{escape(name)} - Regular Plan - Growth", 9, bold=True, before=8))
        flow.append(grid(rows, [70, 60, 55, 68, 62, 60, 72, 55, 78, 78, 88],
                         right=(2, 3, 6, 7, 8, 9, 10), bold=(0, 1, -1), size=6.5, spans=spans,
                         line=0.25))  # fmt: skip
    if len(names) != 1:
        grand = [["Total of all schemes", money(had.net("short")), money(ZERO),
                  money(had.net("long"))]]  # fmt: skip
        flow.append(Spacer(1, 10))
        flow.append(grid(grand, [502, 78, 78, 88], right=(1, 2, 3), bold=(0,), size=6.5))
    flow.append(p("This statement is to assist you only; gains are computed first in first out.",
                  7, before=8))  # fmt: skip
    return Paper(
        pdf(flow, size=landscape(A4)), TYPE, had.fields("speculative_gain", "dividend_income"),
        "capital_gains_statement/sections-a-b-c",
        "merged heads, totals of schemes and a total of all",
    )  # fmt: skip


def heads_of_the_return(rng: Random) -> Paper:
    """Rows by section of the Act with profit, loss and net columns; dividends by scheme."""
    had = _by_registrar(gains(rng, kinds=FUND_KINDS, units=True, each=(2, 6), dividends=3))
    money = money_style(rng, places=2, negatives=("({})", "-{}", "(-){}"))

    def split(trades: list[Trade]) -> list[str]:
        up = sum((t.gain for t in trades if t.gain > 0), ZERO)
        net = sum((t.gain for t in trades), ZERO)
        return [money(up), money(up - net), money(net)]

    short, long = had.of("short"), had.of("long")
    cut = len(short) // 2
    changed = had.year.start == 2024  # the rate rose in the middle of this year
    rates = ("@ 15%", "@ 20%") if changed else ("- index funds", "- other funds")
    free = "1,25,000" if had.year.start >= 2024 else "1,00,000"
    rows = [
        ["Sr.", "Nature of gain", "Profit", "Loss", "Net"],
        ["1", f"Short term u/s 111A {rates[0]}", *split(short[:cut])],
        ["2", f"Short term u/s 111A {rates[1]}", *split(short[cut:])],
        ["", "Total short term (1 + 2)", *split(short)],
        ["3", f"Long term u/s 112A (before exemption of Rs. {free})", *split(long)],
        ["4", "Long term u/s 112 (other units)", *split([])],
        ["", "Total long term (3 + 4)", *split(long)],
    ]
    paid = [["Scheme (IDCW option)", "Record date", "Gross", "TDS", "Net"]]
    taken = [(d.amount / 10).quantize(Decimal("0.01")) for d in had.dividends]
    for d, tds in zip(had.dividends, taken, strict=True):
        paid.append([f"{d.name.title()} Opportunities Fund", f"{d.paid:%d/%m/%Y}",
                     money(d.amount), money(tds), money(d.amount - tds)])  # fmt: skip
    paid.append(["Total dividend", "", money(had.dividend), money(sum(taken)),
                 money(had.dividend - sum(taken))])  # fmt: skip
    label, value = year_row(rng, had.year)
    look = [("LINEBELOW", (0, r), (-1, r), 0.4, colors.grey) for r in (0, 3, 6)]
    facts = [["Investor", had.client.titled, label, value],
             ["PAN", had.client.pan, "Statement no.", had.code]]  # fmt: skip
    flow = [
        p(escape(had.issuer.name), 13, bold=True, align="right"),
        p("Realised gains for your income tax return", 12, before=8, after=8),
        grid(facts, [60, 200, 100, 160], ruled=False, size=8.5),
        Spacer(1, 10),
        grid(rows, [30, 250, 80, 80, 85], ruled=False, right=(2, 3, 4), bold=(0, 3, 6), size=8.5,
             extra=look, pad=4),
        p("Dividend (income distribution) received", 10, bold=True, before=16, after=4),
        grid(paid, [200, 75, 80, 80, 90], ruled=False, right=(2, 3, 4), bold=(0, -1), size=8),
    ]  # fmt: skip
    return Paper(
        pdf(flow), TYPE, had.fields("speculative_gain"), "capital_gains_statement/heads-of-return",
        "profit, loss and net columns; the dividend is the gross one",
    )  # fmt: skip


LAYOUTS: dict[str, Layout] = {
    "capital_gains_statement/five-quarters": five_quarters,
    "capital_gains_statement/sections-a-b-c": sections_a_b_c,
    "capital_gains_statement/heads-of-return": heads_of_the_return,
}
