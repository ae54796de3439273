"""Rent receipts: slips of a page or less, printed or filled in by hand."""

from random import Random
from xml.sax.saxutils import escape

from tests.corpus import people
from tests.corpus.drawing import p, rupee_sign, unicode_font
from tests.corpus.figures import date_style, in_words, indian, money_style
from tests.corpus.identifiers import digits
from tests.corpus.paper import Layout, Paper
from tests.corpus.sheet import Sheet
from tests.corpus.tenancy import by_days, by_months, span_words, tenancy
from tests.corpus.wording import sum_style, words

TYPE = "rent_receipt"


def _paper(data: bytes, fields: dict[str, str], layout: str, note: str) -> Paper:
    return Paper(data, TYPE, fields, f"{TYPE}/{layout}", note)


def generator_slip(rng: Random) -> Paper:
    """What the rent-receipt makers of the net print: a dashed frame, a sentence, the landlord."""
    one = tenancy(rng, 1, 1, 3)
    font = unicode_font() if rng.random() < 0.5 else "Helvetica"
    sums = sum_style(rng, font)
    sheet = Sheet(size=(595, 420), font=font, points=10)
    sheet.canvas.setDash(3, 3)
    sheet.box(30, 30, 565, 300)
    sheet.canvas.setDash()
    sheet.text(50, 60, rng.choice(("RENT RECEIPT", "Rent Receipt", "HOUSE RENT RECEIPT")),
               points=15, bold=True)  # fmt: skip
    sheet.text(545, 52, f"Receipt No: {rng.randrange(1, 60)}", align="right", points=8)
    sheet.text(545, 66, f"Date: {date_style(rng)(one.received)}", align="right", points=8)
    text = (
        f"Received sum of {sums(one.paid)} from {escape(one.tenant.titled)} towards the rent of "
        f"property located at {escape(one.at)} for the period from {by_days(rng, one)}."
    )
    bottom = sheet.place(p(text, 10, font=font, lead=1.6), 50, 90, 495)
    sheet.text(50, bottom + 34, f"{one.landlord.name} (Landlord)", bold=True)
    has_pan = rng.random() < 0.8
    sheet.text(50, bottom + 50, f"PAN: {one.landlord.pan if has_pan else 'Not available'}")
    sheet.box(470, bottom + 20, 545, bottom + 80)
    sheet.text(507, bottom + 46, "Revenue", points=7, align="center", gray=0.5)
    sheet.text(507, bottom + 56, "stamp", points=7, align="center", gray=0.5)
    fields = one.truth() if has_pan else one.truth("landlord_pan")
    return _paper(sheet.pdf(), fields, "generator-slip", "a sentence in a frame")


def filled_blanks(rng: Random) -> Paper:
    """A printed form filled in: other letters over ruled blanks."""
    one = tenancy(rng, 1, 3, 12)
    hand = rng.choice(("Times-Italic", "Courier-Oblique", "Helvetica-Oblique"))
    sheet = Sheet(size=(595, 440), font="Times-Roman", points=11)

    def blank(x: float, top: float, until: float, value: str) -> None:
        sheet.rule(x, top + 3, until, width=0.4)
        sheet.text(x + 5, top, value, font=hand, points=11 if len(value) < 52 else 9)

    sheet.text(297, 50, "RENT RECEIPT", bold=True, align="center", points=14)
    sheet.text(40, 85, "No.")
    blank(62, 85, 130, digits(rng, 3))
    sheet.text(410, 85, "Date")
    blank(440, 85, 555, date_style(rng, "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")(one.received))
    sheet.text(40, 118, "Received with thanks from Shri/Smt.")
    blank(210, 118, 555, one.tenant.name)
    sheet.text(40, 148, "the sum of Rupees")
    blank(132, 148, 555, f"{in_words(one.paid)} only")
    sheet.text(40, 178, "being rent of House / Flat No.")
    blank(185, 178, 555, one.at)
    sheet.text(40, 208, "for the month(s) of")
    blank(135, 208, 385, by_months(rng, one))
    sheet.text(395, 208, "by")
    blank(410, 208, 555, rng.choice(("Cash", "UPI", f"Cheque No. {digits(rng, 6)}", "NEFT")))
    sheet.box(40, 240, 170, 268)
    sheet.text(48, 259, f"Rs. {indian(one.paid, 0)}/-", font=hand, points=13)
    sheet.text(330, 330, "Name of landlord")
    blank(415, 330, 565, one.landlord.name)
    sheet.text(330, 352, "PAN of landlord")
    blank(415, 352, 565, one.landlord.pan)
    sheet.text(40, 400, "(Affix revenue stamp if paid in cash above Rs. 5,000/-)", points=8)
    return _paper(sheet.pdf(), one.truth(), "filled-blanks", "form filled in by hand")


def counterfoil(rng: Random) -> Paper:
    """Counterfoil and receipt side by side tell the same twice."""
    one = tenancy(rng, 1, 6)
    sums, day, span = sum_style(rng), date_style(rng), span_words(rng, one)
    number = digits(rng, 4)
    sheet = Sheet(size=(842, 320), points=9)
    sheet.canvas.setDash(2, 2)
    sheet.canvas.line(262, 20, 262, 300)
    sheet.canvas.setDash()
    sheet.text(30, 40, "COUNTERFOIL", bold=True)
    left = [("No.", number), ("Date", day(one.received)), ("Tenant", one.tenant.name),
            ("Period", span), ("Rent", sums(one.paid))]  # fmt: skip
    for index, (label, value) in enumerate(left):
        sheet.text(30, 66 + index * 18, label)
        sheet.text(75, 66 + index * 18, value, points=9 if len(value) < 32 else 7)
    sheet.text(550, 40, "RECEIPT FOR RENT", bold=True, points=12, align="center")
    sheet.text(285, 66, f"No. {number}")
    sheet.text(815, 66, f"Date: {day(one.received)}", align="right")
    text = (
        f"Received from {escape(one.tenant.titled)} {sums(one.paid)} ({words(one.paid)}) as rent "
        f"of {escape(one.at)} for {span} @ {sums(one.rent)} p.m."
    )
    sheet.place(p(text, 10, lead=1.7), 285, 82, 530)
    sheet.text(815, 220, "Signature of the owner", align="right")
    sheet.text(285, 220, f"Owner: {one.landlord.titled}")
    sheet.text(285, 236, f"PAN of owner: {one.landlord.pan}")
    return _paper(sheet.pdf(), one.truth(), "counterfoil", "the same twice, side by side")


def sums_in_words(rng: Random) -> Paper:
    """A plain declaration; the whole rent is in words only, the monthly rent in figures."""
    one = tenancy(rng, 3, 6, 12)
    sheet = Sheet(font="Times-Roman", points=11.5)
    day = date_style(rng)
    text = (
        f"I, {escape(one.landlord.titled)}, resident of {escape(', '.join(one.landlord.address))} "
        f"and owner of the premises {escape(one.at)}, do hereby acknowledge that "
        f"{escape(one.tenant.titled)}, my tenant, has paid me {words(one.paid)} towards house rent "
        f"for the period {by_days(rng, one)}. My Permanent Account Number is {one.landlord.pan}."
    )
    if rng.random() < 0.6:
        text += f" The monthly rent is Rs. {indian(one.rent, 0)}/-."
    sheet.text(297, 80, "TO WHOM IT MAY CONCERN", align="center", bold=True)
    bottom = sheet.place(p(text, 11.5, font="Times-Roman", lead=1.7, align="justify"), 64, 110, 468)
    sheet.text(64, bottom + 40, f"Place: {one.home[1].split(' - ')[0]}")
    sheet.text(64, bottom + 58, f"Date: {day(one.received)}")
    sheet.text(532, bottom + 90, f"({one.landlord.name})", align="right")
    sheet.text(64, bottom + 130, f"Witness: {people.person(rng).name}", points=9)
    return _paper(sheet.pdf(), one.truth(), "sums-in-words", "no figures for the rent paid")


def app_tiles(rng: Random) -> Paper:
    """A payment app's receipt: tiles with the label above or below the value."""
    one = tenancy(rng, 1, 3)
    font = unicode_font()
    money = money_style(rng, places=rng.choice((0, 2)), marks=(f"{rupee_sign(font)} ",))
    above = rng.random() < 0.5
    day = date_style(rng)
    tiles = [
        ("Rent paid", money(one.paid)), ("Rent per month", money(one.rent)),
        ("Paid by (tenant)", one.tenant.name), ("Paid to (landlord)", one.landlord.name),
        ("Tenant PAN", one.tenant.pan), ("Landlord PAN", one.landlord.pan),
        ("From", day(one.first)), ("To", day(one.last)),
        ("Paid on", day(one.received)), ("Platform fee", money(rng.choice((0, 99, 199)))),
    ]  # fmt: skip
    if rng.random() < 0.5:
        tiles[4:6] = tiles[5:3:-1]
    sheet = Sheet(font=font)
    sheet.text(40, 48, "Rent receipt", points=17, bold=True)
    sheet.text(40, 64, f"Transaction {digits(rng, 12)}", points=8, gray=0.4)
    for index, (label, value) in enumerate(tiles):
        x, top = 40 + index % 2 * 262, 85 + index // 2 * 58
        sheet.box(x, top, x + 250, top + 48, fill=0.96)
        sheet.text(x + 8, top + (39 if above else 16), label, points=7.5, gray=0.4)
        sheet.text(x + 8, top + (20 if above else 36), value, points=11)
    sheet.text(40, 400, one.at, points=8)
    return _paper(sheet.pdf(), one.truth(), "app-tiles", "rent paid beside rent per month")


LAYOUTS: dict[str, Layout] = {
    f"{TYPE}/generator-slip": generator_slip,
    f"{TYPE}/filled-blanks": filled_blanks,
    f"{TYPE}/counterfoil": counterfoil,
    f"{TYPE}/sums-in-words": sums_in_words,
    f"{TYPE}/app-tiles": app_tiles,
}
