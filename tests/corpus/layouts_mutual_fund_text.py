"""Statements of tax-saving investments without tables: letter, cards, line printer."""

from decimal import Decimal
from random import Random
from xml.sax.saxutils import escape

from tests.corpus.drawing import grid, p, pdf, rupee_sign, unicode_font
from tests.corpus.figures import (
    date_style,
    indian,
)
from tests.corpus.investments import holding
from tests.corpus.paper import Layout, Paper
from tests.corpus.sheet import Sheet
from tests.corpus.wording import (
    letterhead,
    signature,
    sum_style,
    words,
    year_clause,
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
    "mutual_fund_statement/cards": cards_of_a_platform,
    "mutual_fund_statement/typed-last-year": typed_with_the_last_year,
}
