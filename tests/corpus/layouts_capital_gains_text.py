"""Brokers' and advisers' statements of gains without tables: line printer and letter."""

from decimal import Decimal
from random import Random
from xml.sax.saxutils import escape

from tests.corpus.drawing import p, pdf
from tests.corpus.figures import indian, paise
from tests.corpus.paper import Layout, Paper
from tests.corpus.sheet import Sheet
from tests.corpus.trades import gains
from tests.corpus.wording import letterhead

TYPE = "capital_gains_statement"
ZERO = Decimal(0)


def typed_by_a_back_office(rng: Random) -> Paper:
    """A line printer's summary in capitals; a loss is Dr or has its minus behind it."""
    had = gains(rng, dividends=rng.choice((0, 0, 4)), each=(2, 6))
    negative = rng.choice(("{} Dr", "{}-"))
    gain = "{} Cr" if "Dr" in negative else "{} "
    sheet = Sheet(font="Courier", points=9)

    def money(amount: Decimal) -> str:
        return (negative if amount < 0 else gain).format(indian(abs(amount)))

    year = had.year
    head = [
        had.issuer.name.upper(),
        "MEMBER: NATIONAL AND BOMBAY EXCHANGES",
        "",
        f"ANNUAL PROFIT/LOSS STATEMENT {year.first_day:%d/%m/%Y} TO {year.last_day:%d/%m/%Y}",
        "",
        f"CLIENT : {had.code}  {had.client.name.upper()}",
        f"IT PAN : {had.client.pan}",
    ]
    top = sheet.lines(50, 60, head) + 6
    sheet.text(50, top, "-" * 92)
    heads = ("SCRIP", "QTY", "BUY AMT", "SELL AMT", "PROFIT/LOSS")
    for x, text in zip((50, 210, 300, 400, 530), heads, strict=True):
        sheet.text(x, top + 12, text, align="left" if x == 50 else "right")
    sheet.text(50, top + 22, "-" * 92)
    top += 36
    for kind, title in (("speculative", "SPECULATION"), ("short", "SHORT TERM"),
                        ("long", "LONG TERM")):  # fmt: skip
        sheet.text(50, top, f"** {title} **")
        top += 13
        for t in had.of(kind):
            cells = (f"{t.quantity:.0f}", indian(t.cost), indian(t.proceeds), money(t.gain))
            sheet.text(50, top, t.name)
            for x, text in zip((210, 300, 400, 530), cells, strict=True):
                sheet.text(x, top, text, align="right")
            top += 12
        sheet.text(120, top, f"NET {title} PROFIT/LOSS", bold=True)
        sheet.text(530, top, money(had.net(kind)), align="right", bold=True)
        top += 20
    if had.dividends:
        sheet.text(50, top, "DIVIDEND CREDITED TO LEDGER")
        sheet.text(530, top, money(had.dividend), align="right")
        top += 20
    sheet.text(50, top, "-" * 92)
    sheet.text(50, top + 14, "*** END OF STATEMENT ***")
    gone = () if had.dividends else ("dividend_income",)
    fields = had.fields(*gone) | {
        "issuer_name": had.issuer.name.upper(), "client_name": had.client.name.upper(),
    }  # fmt: skip
    return Paper(
        sheet.pdf(), TYPE, fields, "capital_gains_statement/typed-back-office",
        "line printer, losses with Dr or a minus behind",
    )  # fmt: skip


def letter_of_an_adviser(rng: Random) -> Paper:
    """Sentences: a gain or a loss of so many rupees."""
    had = gains(rng, kinds=("short", "long"), each=(2, 5), dividends=2)
    mark = rng.choice(("Rs. ", "INR ", "Rs."))

    def worded(kind: str, amount: Decimal) -> str:
        what = "gain" if amount >= 0 else "loss"
        return f"net {kind} capital {what} of {mark}{indian(abs(amount))}"

    year, look = had.year, {"font": "Times-Roman", "align": "justify", "after": 9, "lead": 1.45}
    flow = [
        *letterhead(had.issuer, font="Times-Roman", align="left"),
        p(f"{year.last_day.replace(month=5, day=rng.randrange(1, 31)):%d %B %Y}", 10,
          font="Times-Roman", after=14),
        p(f"{escape(had.client.titled)}<br/>{escape('; '.join(had.client.address))}", 10,
          font="Times-Roman", after=14),
        p(f"Subject: Realised gains, financial year {year.start}-{year.start + 1}; your PAN "
          f"{had.client.pan}; portfolio {had.code}", 10.5, bold=True, font="Times-Roman", after=10),
        p("Dear Investor,", 10.5, **look),
        p(f"From the sales in your portfolio during the year there arose a "
          f"{worded('short-term', had.net('short'))} and a {worded('long-term', had.net('long'))}, "
          f"both after brokerage.", 10.5, **look),
        p(f"Dividends amounting to {mark}{indian(had.dividend)} were received and passed on to "
          f"your bank account.", 10.5, **look),
        p(f"The market value of the portfolio on {year.last_day:%d %B %Y} was "
          f"{mark}{indian(paise(rng, 300000, 9000000))}; unrealised appreciation stood at "
          f"{mark}{indian(paise(rng, 1000, 900000))}.", 10.5, **look),
        p(f"For {escape(had.issuer.name)}", 10.5, font="Times-Roman", before=20),
        p("Principal Officer", 10.5, font="Times-Roman", before=24),
    ]  # fmt: skip
    return Paper(
        pdf(flow, margins=(72, 60, 72, 60)), TYPE, had.fields("speculative_gain"),
        "capital_gains_statement/letter", "sentences; a loss is said in words",
    )  # fmt: skip


LAYOUTS: dict[str, Layout] = {
    "capital_gains_statement/typed-back-office": typed_by_a_back_office,
    "capital_gains_statement/letter": letter_of_an_adviser,
}
