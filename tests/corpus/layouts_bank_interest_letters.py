"""Interest certificates that show sums only: prose, cards, two years, leaders, a turned table."""

from decimal import Decimal
from random import Random
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import Spacer

from tests.corpus.deposits import interest
from tests.corpus.drawing import grid, p, pdf, rupee_sign, unicode_font
from tests.corpus.figures import MoneyStyle, indian, money_style, ordinal, plain, span
from tests.corpus.identifiers import digits, masked
from tests.corpus.paper import Layout, Paper
from tests.corpus.sheet import Sheet
from tests.corpus.wording import letterhead, signature, sum_style, whole_year, words, year_clause

TYPE = "bank_interest_certificate"


def prose(rng: Random) -> Paper:
    """A letter in whole sentences; the sums stand in them, some in words too."""
    had, money = interest(rng, deposits=1), sum_style(rng, whole=False)
    who = escape(had.holder.titled)
    look = {"font": "Times-Roman", "after": 10}
    clause = year_clause(rng, had.year)
    account, deposit = had.savings[0][0], had.deposits[0]
    savings, fixed = money(had.on_savings), money(had.on_deposits)
    first = rng.choice((
        f"This is to certify that interest of {savings} ({words(had.on_savings)}) was paid by us "
        f"to {who} (PAN {had.holder.pan}) on savings account no. {account} {clause}.",
        f"We hereby certify that {who}, holder of PAN {had.holder.pan}, is our customer and that "
        f"we have credited interest of {savings} to his / her Savings Bank A/c No. {account} "
        f"{clause}.",
    ))  # fmt: skip
    second = rng.choice((
        f"A further sum of {fixed} was paid as interest on Fixed Deposit no. {deposit.number} for "
        f"{money(deposit.principal)} carrying {deposit.rate:.2f}% per annum.",
        f"During the same period interest of {fixed} was credited on term deposit "
        f"{deposit.number} (principal {money(deposit.principal)}).",
    ))  # fmt: skip
    gone: tuple[str, ...] = ()
    flow = [
        *letterhead(had.bank, font="Times-Roman", align="left"),
        p(f"{ordinal(had.year.last_day.replace(month=4, day=rng.randrange(2, 29)))}", 10,
          align="right", **look),
        p("<u>TO WHOM IT MAY CONCERN</u>", 11, bold=True, align="center", **look),
        p(first, 10.5, align="justify", lead=1.5, **look),
        p(second, 10.5, align="justify", lead=1.5, **look),
    ]  # fmt: skip
    note = "letter, sums in sentences"
    if rng.random() < 0.6:
        said = f"The interest thus paid amounts to {money(had.total)} in all."
        flow.append(p(said, 10.5, **look))
    else:
        gone, note = ("total_interest",), f"{note}; derivable: total_interest={had.total:.2f}"
    if had.tds:
        flow.append(
            p(
                f"Income tax of {money(had.tds)} was deducted at source from the interest on "
                "deposits under section 194A.",
                10.5,
                align="justify",
                lead=1.5,
                **look,
            )
        )
    else:
        flow.append(p("No tax was deducted, Form 15G having been given.", 10.5, **look))
        gone += ("tds_deducted",)
        note += "; " if "derivable:" in note else "; derivable: "
        note += "tds_deducted=0.00"
    flow += signature(rng, had.bank.name, font="Times-Roman", align="left")
    return Paper(
        pdf(flow, margins=(72, 60, 72, 60)), TYPE, had.fields(*gone),
        "bank_interest_certificate/prose", note,
    )  # fmt: skip


def _quarters(rng: Random, amount: Decimal) -> list[Decimal]:
    """A year's sum in four parts."""
    parts = [(amount * rng.randrange(18, 30) / 100).quantize(Decimal("0.01")) for _ in range(3)]
    return [*parts, amount - sum(parts)]


def cards_and_quarters(rng: Random) -> Paper:
    """Cards with the label above the sum; below them the quarters with a total column."""
    had, font = interest(rng, deposits=rng.randrange(1, 4)), unicode_font()
    mark = rupee_sign(font)
    sheet = Sheet(font=font, points=8)
    sheet.text(40, 52, had.bank.name, bold=True, points=13)
    sheet.text(555, 52, "Interest certificate", points=12, align="right")
    sheet.text(555, 66, f"FY {had.year.financial}", align="right", gray=0.4)
    sheet.rule(40, 76, 555)
    sheet.text(40, 96, f"Dear {had.holder.titled},")
    sheet.text(40, 110, "Here is the interest you earned with us, for your income-tax return.")
    facts = [("Name", had.holder.name), ("Customer ID", had.customer), ("PAN", had.holder.pan),
             ("Accounts", str(1 + len(had.deposits)))]  # fmt: skip
    for x, (label, value) in zip((40, 250, 360, 480), facts, strict=True):
        sheet.text(x, 138, label, points=6.5, gray=0.5)
        sheet.text(x, 150, value)
    cards = [("Savings account interest", had.on_savings), ("Deposit interest", had.on_deposits),
             ("Total interest earned", had.total), ("Tax deducted (TDS)", had.tds)]  # fmt: skip
    for number, (label, amount) in enumerate(cards):
        x = 40 + 131 * number
        sheet.box(x, 172, x + 122, 222, fill=0.95, stroke=False)
        sheet.text(x + 8, 188, label, points=7, gray=0.4)
        sheet.text(x + 8, 210, f"{mark} {indian(amount)}", points=11, bold=True)
    rows = [["", "Apr - Jun", "Jul - Sep", "Oct - Dec", "Jan - Mar", "Total"]]
    for label, amount in (("Savings", had.on_savings), ("Deposits", had.on_deposits)):
        rows.append([label, *map(indian, _quarters(rng, amount)), indian(amount)])
    sheet.text(40, 256, "By quarter", bold=True, points=10)
    below = [("LINEBELOW", (0, 0), (-1, -1), 0.3, "grey")]
    table = grid(rows, [90, 85, 85, 85, 85, 85], right=range(1, 6), bold=(0,), size=7.5,
                 font=font, ruled=False, pad=5, extra=below)  # fmt: skip
    bottom = sheet.place(table, 40, 264)
    sheet.text(40, bottom + 30, "Deposits at the end of the year", bold=True, points=10)
    rows = [["Deposit", "Rate", "Principal", "Interest in the year"]]
    for one in had.deposits:
        rows.append([masked(one.number), f"{one.rate:.2f}%", indian(one.principal),
                     indian(one.interest)])  # fmt: skip
    sheet.place(grid(rows, [150, 60, 110, 120], right=(1, 2, 3), bold=(0,), size=7.5, font=font,
                     ruled=False), 40, bottom + 38)  # fmt: skip
    return Paper(
        sheet.pdf(), TYPE, had.fields(), "bank_interest_certificate/cards-quarters",
        "cards, quarters with a total column",
    )  # fmt: skip


def this_year_beside_the_last(rng: Random) -> Paper:
    """Landscape; a column for the last year and one for the year certified."""
    had = interest(rng, deposits=2)
    money = money_style(rng, places=2, zeros=(None, "NIL"))
    before = span(had.year.start - 1)

    def last(amount: Decimal) -> Decimal:
        return (amount * rng.randrange(60, 130) / 100).quantize(Decimal("0.01"))

    old = [last(had.on_savings), last(had.on_deposits)]
    rows = [
        ["Particulars", f"F.Y. {before}\n(Rs.)", f"F.Y. {had.year.financial}\n(Rs.)", "Remarks"],
        ["Interest credited to S.B. account", money(old[0]), money(had.on_savings), "Sec. 80TTA"],
        ["Interest on term / recurring deposits", money(old[1]), money(had.on_deposits), ""],
        ["Aggregate interest", money(sum(old)), money(had.total), ""],
        ["Less: T.D.S. u/s 194A", money(round(old[1] / 10)), money(had.tds), "Form 16A follows"],
        ["Net credited", money(sum(old) - round(old[1] / 10)), money(had.total - had.tds), ""],
    ]
    flow = [
        p(escape(had.bank.name), 15, bold=True, align="center"),
        p(f"Registered office: {', '.join(had.bank.address)}", 8, align="center", after=10),
        p(f"ANNUAL INTEREST STATEMENT FOR THE YEAR ENDED 31ST MARCH, {had.year.start + 1}", 11,
          bold=True, align="center", after=10),
        grid([["Account holder(s)", f"1. {had.holder.titled}", "PAN of first holder",
               had.holder.pan], ["", f"2. {had.holder.father} (joint)", "Customer ID",
               had.customer]], [110, 270, 130, 150], ruled=False, size=9),
        Spacer(1, 10),
        grid(rows, [260, 130, 130, 140], right=(1, 2), bold=(0, 3), shaded=(0,), size=9, pad=4),
        *signature(rng, had.bank.name),
    ]  # fmt: skip
    return Paper(
        pdf(flow, size=landscape(A4)), TYPE, had.fields(), "bank_interest_certificate/two-years",
        "landscape, last year's column beside this year's",
    )  # fmt: skip


def leaders_with_joint_holder(rng: Random) -> Paper:
    """A short slip, one fact a line with dots between; joint holder and nominee named."""
    had, money = interest(rng, deposits=1), sum_style(rng, whole=False)
    sheet = Sheet(font=rng.choice(("Times-Roman", "Helvetica")), points=10)
    sheet.box(50, 40, 545, 470, width=1.2)
    sheet.text(297, 70, had.bank.name, bold=True, points=14, align="center")
    sheet.text(297, 86, f"{had.bank.city} Branch", align="center")
    sheet.text(297, 112, "Interest Paid Certificate", bold=True, align="center", points=12)
    lines = [
        ("First holder", had.holder.titled), ("Second holder", had.holder.father),
        ("Nominee", "As registered"), ("PAN (first holder)", had.holder.pan),
        ("Customer number", had.customer), ("Period", whole_year(rng, had.year)),
        ("Savings account", had.savings[0][0]), ("Term deposit", had.deposits[0].number),
        ("Interest on savings account", money(had.on_savings)),
        ("Interest on term deposit", money(had.on_deposits)),
        ("Penal interest / charges", money(Decimal(0))),
        ("Interest paid in all", money(had.total)), ("Tax deducted at source", money(had.tds)),
    ]  # fmt: skip
    top = 142.0
    for label, value in lines:
        sheet.text(75, top, label)
        sheet.text(520, top, value, align="right")
        left = 75 + sheet.canvas.stringWidth(label, sheet.font, sheet.points) + 6
        right = 520 - sheet.canvas.stringWidth(value, sheet.font, sheet.points) - 6
        dot = sheet.canvas.stringWidth(".", sheet.font, sheet.points)
        sheet.text(right, top, "." * int((right - left) / dot), align="right")
        top += 20
    sheet.text(75, top + 20, f"Serial no. {digits(rng, 6)}", points=8)
    sheet.text(520, top + 30, "Chief Manager", align="right")
    return Paper(
        sheet.pdf(), TYPE, had.fields(), "bank_interest_certificate/leaders",
        "leaders, joint holder, nominee",
    )  # fmt: skip


def kinds_as_columns(rng: Random) -> Paper:
    """A turned table: savings, deposits and total are columns; paid, accrued and tax are rows."""
    had = interest(rng, deposits=2)
    money = MoneyStyle(rng.choice((indian, plain)), 2, zero=rng.choice((None, "-")))
    accrued = sum((one.accrued for one in had.deposits), Decimal(0))
    nothing = money(Decimal(0))
    title = rng.choice(("INTEREST AND TAX", "INTEREST PAID", "CERTIFICATE OF INTEREST"))
    rows = [
        ["", "Type of account", "", ""],
        ["", "Savings Bank", "Term Deposits", "Total"],
        ["Number of accounts", "1", "2", "3"],
        ["Interest paid", money(had.on_savings), money(had.on_deposits), money(had.total)],
        ["Interest accrued but not paid", nothing, money(accrued), money(accrued)],
        ["Tax deducted", nothing, money(had.tds), money(had.tds)],
    ]
    flow = [
        *letterhead(had.bank, align="left"),
        p(f"{title} {year_clause(rng, had.year).upper()}", 11, bold=True, align="center",
          after=10),
        p(f"Customer: {escape(had.holder.titled)}", 9),
        p(f"{escape(', '.join(had.holder.address))}", 9),
        p(f"PAN: {had.holder.pan} | Customer ID: {had.customer}", 9, after=10),
        grid(rows, [170, 115, 115, 115], right=(1, 2, 3), bold=(0, 1), size=9, pad=4,
             spans=[(0, 0, 0, 1), (1, 0, 3, 0)]),
        p("Amounts in Indian Rupees. Interest on deposits is reported on payment.", 7.5, before=6),
        *signature(rng, had.bank.name),
    ]  # fmt: skip
    return Paper(
        pdf(flow), TYPE, had.fields(), "bank_interest_certificate/kinds-as-columns",
        "turned table, merged heads, paid above accrued",
    )  # fmt: skip


LAYOUTS: dict[str, Layout] = {
    "bank_interest_certificate/prose": prose,
    "bank_interest_certificate/cards-quarters": cards_and_quarters,
    "bank_interest_certificate/two-years": this_year_beside_the_last,
    "bank_interest_certificate/leaders": leaders_with_joint_holder,
    "bank_interest_certificate/kinds-as-columns": kinds_as_columns,
}
