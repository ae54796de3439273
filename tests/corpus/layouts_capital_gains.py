"""Brokers' statements of a year's gains in shares."""

from decimal import Decimal
from random import Random
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import PageBreak, Spacer, Table

from tests.corpus.drawing import grid, p, pdf, rupee_sign, unicode_font
from tests.corpus.figures import MoneyStyle, indian, money_style, paise, plain
from tests.corpus.paper import Layout, Paper
from tests.corpus.sheet import Sheet
from tests.corpus.trades import Trade, gains
from tests.corpus.wording import letterhead, year_row

TYPE = "capital_gains_statement"
ZERO = Decimal(0)


def profit_breakdown(rng: Random) -> Paper:
    """A sheet's rows from its left edge, sections of scrips, dividends on a page of their own."""
    had = gains(rng, dividends=rng.randrange(2, 9), each=(2, 7))
    money = MoneyStyle(plain, rng.choice((2, 4)), negative=rng.choice(("-{}", "({})")))
    year, who = had.year, had.client
    turnover = sum((abs(t.gain) for t in had.of("speculative")), ZERO)
    pairs = [
        ("Client ID", had.code), ("Client Name", who.name), ("PAN", who.pan), ("", ""),
        (f"Tax P&L Statement for Equity from {year.first_day} to {year.last_day}", ""), ("", ""),
        ("Realized Profit Breakdown", ""),
        ("Intraday/Speculative profit", money(had.net("speculative"))),
        ("Short Term profit", money(had.net("short"))),
        ("Long Term profit", money(had.net("long"))), ("Non Equity profit", money(ZERO)),
        ("", ""), ("Turnover Breakdown", ""),
        ("Intraday/Speculative turnover", money(turnover)), ("", ""), ("Charges", ""),
        ("Brokerage", money(paise(rng, 20, 900))),
        ("Exchange Transaction Charges", money(paise(rng, 5, 90))),
        ("Securities Transaction Tax", money(paise(rng, 50, 900))),
    ]  # fmt: skip
    strong = [n for n, (label, value) in enumerate(pairs) if label and not value]
    flow = [
        p(escape(had.issuer.name), 11, bold=True, color=colors.Color(0.1, 0.3, 0.6), after=8),
        grid(pairs, [330, 150], ruled=False, size=8, bold=strong, pad=1.2, align="LEFT"),
    ]
    titles = {"speculative": "Intraday", "short": "Short Term Trades", "long": "Long Term Trades"}
    for kind, title in titles.items():
        rows = [["Symbol", "ISIN", "Quantity", "Buy Value", "Sell Value", "Realized P&L"]]
        rows += [[t.name, t.isin, f"{t.quantity:.0f}", *map(money, (t.cost, t.proceeds, t.gain))]
                 for t in had.of(kind)]  # fmt: skip
        flow.append(p(title, 9, bold=True, before=10, after=3))
        flow.append(grid(rows, [130, 90, 55, 80, 80, 80], ruled=False, right=(2, 3, 4, 5),
                         bold=(0,), size=7.5, align="LEFT", pad=1.2))  # fmt: skip
    rows = [["Symbol", "ISIN", "Date", "Quantity", "Dividend Per Share", "Net Dividend Amount"]]
    rows += [[d.name, d.isin, str(d.paid), str(d.shares), money(d.each), money(d.amount)]
             for d in had.dividends]  # fmt: skip
    rows.append(["Total Dividend Amount", "", "", "", "", money(had.dividend)])
    flow += [
        PageBreak(),
        p(f"Equity Dividends from {year.first_day} to {year.last_day}", 9, bold=True, after=6),
        grid(rows, [130, 90, 65, 55, 85, 95], ruled=False, right=(3, 4, 5), bold=(0, -1),
             size=7.5, align="LEFT"),
    ]  # fmt: skip
    return Paper(
        pdf(flow), TYPE, had.fields(), "capital_gains_statement/profit-breakdown",
        "rows of a sheet, then scrips, dividends on the last page",
    )  # fmt: skip


def columns_for_each_kind(rng: Random) -> Paper:
    """Landscape and tiny: a row for each sale, the gain in the column of its kind, a total row."""
    had = gains(rng, each=(3, 9))
    money = money_style(rng, places=2, negatives=("-{}", "({})", "{}-"))
    heads = [
        "Stock",
        "ISIN",
        "Qty",
        "Sale date",
        "Sale value",
        "Purchase date",
        "Purchase value",
        "Short term\ngain / loss",
        "Long term\ngain / loss",
        "Speculation\nprofit / loss",
    ]
    rows = [heads]
    for trade in sorted(had.trades, key=lambda t: (t.name, t.sold)):
        row = [trade.name, trade.isin, f"{trade.quantity:.0f}", f"{trade.sold:%d-%b-%y}",
               money(trade.proceeds), f"{trade.bought:%d-%b-%y}", money(trade.cost)]  # fmt: skip
        rows.append(row + [money(trade.gain) if trade.kind == kind else ""
                           for kind in ("short", "long", "speculative")])  # fmt: skip
    sums = [sum((t.proceeds for t in had.trades), ZERO), sum((t.cost for t in had.trades), ZERO)]
    kinds = [money(had.net(kind)) for kind in ("short", "long", "speculative")]
    rows.append(["Total", "", "", "", money(sums[0]), "", money(sums[1]), *kinds])
    label, value = year_row(rng, had.year)
    flow = [
        p("Statement of Capital Gains / Losses - Equity", 10, bold=True),
        p(escape(had.issuer.name), 8, after=6),
        p(f"Name : {escape(had.client.titled)} &nbsp; &nbsp; Account : {had.code} &nbsp; &nbsp; "
          f"PAN : {had.client.pan} &nbsp; &nbsp; {label} : {value}", 7, after=6),
        grid(rows, [110, 75, 35, 60, 75, 65, 80, 85, 85, 85], right=(2, 4, 6, 7, 8, 9),
             bold=(0, -1), shaded=(0, -1), size=6, pad=1.2, repeat=1, line=0.25),
        p("The first-in-first-out method is followed. Brokerage is included, STT is not.", 6,
          before=6),
    ]  # fmt: skip
    return Paper(
        pdf(flow, size=landscape(A4)), TYPE, had.fields("dividend_income"),
        "capital_gains_statement/columns-of-kinds",
        "landscape, tiny, a column for each kind with a total row",
    )  # fmt: skip


def classes_of_assets(rng: Random) -> Paper:
    """A matrix of asset classes and kinds with totals both ways; nil is a dash."""
    had = gains(rng, dividends=rng.randrange(1, 5))
    money = MoneyStyle(indian, 2, zero=rng.choice(("-", "Nil")), negative="({})")
    debt = [ZERO, paise(rng, -9000, 15000), ZERO]
    kinds = ("speculative", "short", "long")
    shares = [had.net(kind) for kind in kinds]
    rest = [ZERO, *(paise(rng, 100, 90000) for _ in range(2))]
    fund = [rest[0], rest[1], rest[2]]
    total = [sum(column, ZERO) for column in zip(shares, fund, debt, strict=True)]
    rows = [["Asset class", "Speculative\nincome", "Short term\ngain / (loss)",
             "Long term\ngain / (loss)", "Total"]]  # fmt: skip
    for name, amounts in (("A. Traded assets, STT paid", None), ("Equity shares", shares),
                          ("Equity oriented mutual funds", fund),
                          ("B. Traded assets, STT not paid", None), ("Debt mutual funds", debt),
                          ("Consolidated", total)):  # fmt: skip
        if amounts is None:
            rows.append([name, "", "", "", ""])
        else:
            rows.append([name, *map(money, amounts), money(sum(amounts, ZERO))])
    year = had.year
    first, last = f"{year.first_day:01st April, %Y}", f"{year.last_day:%dst March, %Y}"
    income = [["Other income", "Amount (Rs.)"], ["Dividend", money(had.dividend)],
              ["Interest on bonds", money(ZERO)]]  # fmt: skip
    flow = [
        *letterhead(had.issuer, align="right"),
        p("Capital Gain Report", 15, bold=True),
        p(f"Date: {first} - {last}", 9, after=8),
        p(f"To,<br/>{escape(had.client.titled)},<br/>{escape(', '.join(had.client.address))}", 9),
        p(f"Client Id: {had.code} &nbsp; &nbsp; PAN: {had.client.pan}", 9, after=10),
        p("Please find below your consolidated capital gains. Gains include brokerage and stamp "
          "duty, wherever applicable, and do not include STT.", 8.5, after=8),
        grid(rows, [180, 82, 88, 88, 84], right=(1, 2, 3, 4), bold=(0, 1, 4, -1), shaded=(0, -1),
             size=8, spans=[(0, 1, 4, 1), (0, 4, 4, 4)]),
        Spacer(1, 12),
        grid(income, [180, 82], right=(1,), bold=(0,), shaded=(0,), size=8, align="LEFT"),
    ]  # fmt: skip
    fields = had.fields() | {
        "speculative_gain": f"{total[0]:.2f}", "short_term_gain": f"{total[1]:.2f}",
        "long_term_gain": f"{total[2]:.2f}",
    }  # fmt: skip
    return Paper(
        pdf(flow), TYPE, fields, "capital_gains_statement/asset-classes",
        "a matrix of asset classes with a consolidated row, brackets for losses",
    )  # fmt: skip


def cards_with_profit_and_loss(rng: Random) -> Paper:
    """Cards: the label above the net sum, profit and loss apart in small print below it."""
    had, font = gains(rng, dividends=3, each=(2, 6)), unicode_font()
    mark = rupee_sign(font)
    minus = rng.choice(("-{}", "- {}", "({})"))
    money = MoneyStyle(indian, 2, mark=mark, negative=minus)
    sheet = Sheet(font=font, points=8)
    sheet.text(40, 55, had.issuer.name, points=11, bold=True)
    sheet.text(40, 80, "Stocks - Capital gains", points=16, bold=True)
    year = had.year
    sheet.text(40, 96, f"{year.first_day:%d %b %Y} - {year.last_day:%d %b %Y}", gray=0.4)
    sheet.text(555, 55, had.client.name, align="right", bold=True)
    sheet.text(555, 68, f"Unique client code {had.code}", align="right", gray=0.4)
    sheet.text(555, 81, f"PAN {had.client.pan}", align="right", gray=0.4)
    names = {"short": "Short Term P&L", "long": "Long Term P&L", "speculative": "Intraday P&L"}
    for number, (kind, label) in enumerate(names.items()):
        x = 40 + 174 * number
        sheet.box(x, 118, x + 164, 188, width=0.4)
        sheet.text(x + 10, 136, label, gray=0.4)
        sheet.text(x + 10, 156, money(had.net(kind)), points=13, bold=True)
        up = sum((t.gain for t in had.of(kind) if t.gain > 0), ZERO)
        down = up - had.net(kind)
        sheet.text(x + 10, 176, f"Profit {money(up)} · Loss {money(down)}", points=6.5, gray=0.5)
    sheet.box(40, 200, 204, 246, width=0.4)
    sheet.text(50, 216, "Dividends", gray=0.4)
    sheet.text(50, 236, money(had.dividend), points=13, bold=True)
    sheet.box(214, 200, 378, 246, width=0.4)
    sheet.text(224, 216, "Charges", gray=0.4)
    sheet.text(224, 236, money(paise(rng, 90, 4000)), points=13, bold=True)
    top = 274.0
    for kind, title in (("short", "Short Term trades"), ("long", "Long Term trades"),
                        ("speculative", "Intraday trades")):  # fmt: skip
        sheet.text(40, top, title, bold=True)
        top = sheet.place(_trade_table(had.of(kind), money, font), 40, top + 6) + 20
    return Paper(
        sheet.pdf(), TYPE, had.fields(), "capital_gains_statement/cards",
        "cards, label above the net sum, profit and loss apart below",
    )  # fmt: skip


def _trade_table(trades: list[Trade], money: MoneyStyle, font: str) -> Table:
    rows = [["Stock name", "Quantity", "Buy date", "Buy value", "Sell date", "Sell value",
             "Realised P&L"]]  # fmt: skip
    rows += [[t.name.title(), f"{t.quantity:.0f}", f"{t.bought:%d-%m-%Y}", money(t.cost),
              f"{t.sold:%d-%m-%Y}", money(t.proceeds), money(t.gain)] for t in trades]  # fmt: skip
    return grid(rows, [110, 50, 60, 80, 60, 80, 75], ruled=False, right=(1, 3, 5, 6), bold=(0,),
                size=6.5, font=font, pad=1.2)  # fmt: skip


LAYOUTS: dict[str, Layout] = {
    "capital_gains_statement/profit-breakdown": profit_breakdown,
    "capital_gains_statement/columns-of-kinds": columns_for_each_kind,
    "capital_gains_statement/asset-classes": classes_of_assets,
    "capital_gains_statement/cards": cards_with_profit_and_loss,
}
