"""Receipts of charities: sentences, books of receipts, thanks, tiles."""

from random import Random
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.platypus import Spacer

from tests.corpus import people
from tests.corpus.charity import donation, reference
from tests.corpus.drawing import grid, hindi, p, pdf, rupee_sign, unicode_font
from tests.corpus.figures import date_style, in_words, indian, money_style, rupees
from tests.corpus.identifiers import digits
from tests.corpus.paper import Layout, Paper
from tests.corpus.sheet import Sheet
from tests.corpus.wording import letterhead, signature, sum_style, two_languages, words

TYPE = "donation_receipt"


def _paper(data: bytes, fields: dict[str, str], layout: str, note: str) -> Paper:
    return Paper(data, TYPE, fields, f"{TYPE}/{layout}", note)


def receipt_in_a_sentence(rng: Random) -> Paper:
    """A trust's receipt: one sentence with cheque and bank, approval below."""
    one = donation(rng)
    sums, day = sum_style(rng), date_style(rng)
    bank = people.bank(rng)
    flow = [
        *letterhead(one.donee),
        p(f"PAN : {one.donee.pan} | Regd. under 12A: {digits(rng, 4)}/{one.year.start - 9}", 8,
          align="center", after=10),
        p(rng.choice(("RECEIPT", "DONATION RECEIPT", "Receipt for Donation")), 12, bold=True,
          align="center", after=8),
        grid([[f"No. {digits(rng, 5)}", f"Date : {day(one.day)}"]], [260, 240], ruled=False,
             right=(1,), size=10),
        p(
            f"Received with thanks from {escape(one.donor.titled)} (PAN {one.donor.pan}), "
            f"{', '.join(one.donor.address)}, {sums(one.amount)} ({words(one.amount)}) by "
            f"{reference(rng)} dated {day(one.given)} drawn on {bank.name} towards "
            f"{rng.choice(('General Fund', 'corpus donation', 'Annadanam', 'a voluntary gift'))}.",
            10, lead=1.6, align="justify", before=6, after=10,
        ),
        p(
            f"Donations are exempt u/s 80G vide approval no. {one.approval} dated "
            f"{day(one.approved)}.", 8.5,
        ),
        *signature(rng, one.donee.name),
    ]  # fmt: skip
    data = pdf(flow, margins=(50, 45, 50, 45))
    return _paper(data, one.truth(), "receipt-in-a-sentence", "cheque date beside receipt date")


def temple_book(rng: Random) -> Paper:
    """A temple's bilingual receipt: offerings in lines, their total is what was given."""
    one = donation(rng)
    day = date_style(rng, "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
    first = rupees(rng, 51, int(one.amount) // 2 + 51)
    lines = [
        ("सामान्य दान", "General donation", first),
        ("अन्नदान", "Annadan", one.amount - first),
        ("गौशाला", "Gaushala", 0),
    ]
    rows = [["", "Rs."]]
    for there, here, amount in lines:
        shown = indian(amount, 0) if amount else "-"
        rows.append([p(two_languages(there, here), 9, after=0), shown])
    total = p(two_languages("कुल", "Total"), 9, bold=True, after=0)
    rows.append([total, indian(one.amount, 0)])
    names = [
        [p(two_languages("दानदाता", "Donor"), 9, after=0), one.donor.titled],
        [p(two_languages("दिनांक", "Date"), 9, after=0), day(one.day)],
        [p(two_languages("रसीद", "Receipt"), 9, after=0), digits(rng, 7)],
        ["PAN (donor)", one.donor.pan],
    ]
    flow = [
        p(hindi("॥ श्री ॥", 10), 10, align="center"),
        p(escape(one.donee.name), 14, bold=True, align="center", color=colors.darkred),
        p(f"{', '.join(one.donee.address)}", 8, align="center"),
        p(f"PAN of the trust: {one.donee.pan}", 8, align="center", after=8),
        grid(names, [120, 230], size=9, pad=3),
        Spacer(1, 8),
        grid(rows, [250, 100], size=9, right=(1,), bold=(0, -1), pad=3),
        p(f"{hindi('अक्षरी')} {words(one.amount)}", 9, before=6, align="center"),
        p(f"80G: {one.approval} ({day(one.approved)})", 7.5, align="center"),
    ]
    return _paper(pdf(flow, size=(420, 595)), one.truth(), "temple-book", "lines and their total")


def thanks_in_words(rng: Random) -> Paper:
    """A letter of thanks; the gift is in words only."""
    one = donation(rng)
    day = date_style(rng, "%d %B %Y", "%B %d, %Y", "ordinal")
    sheet = Sheet(font="Times-Roman", points=11)
    sheet.text(60, 70, one.donee.name, bold=True, points=15)
    sheet.text(60, 86, f"{', '.join(one.donee.address)} | {one.donee.site}", points=8.5)
    sheet.text(535, 125, day(one.day), align="right")
    sheet.lines(60, 125, [one.donor.titled, *one.donor.address], 14)
    text = (
        f"Dear Friend,<br/><br/>We gratefully acknowledge your generous contribution of "
        f"{words(one.amount)} towards our work. With {escape(in_words(rng.randrange(120, 900)))} "
        f"children in our care, every gift matters.<br/><br/>Contributions to "
        f"{escape(one.donee.name)} (PAN {one.donee.pan}) qualify for deduction under section "
        f"80G of the Income-tax Act; our approval is {one.approval} of {day(one.approved)}. "
        f"This letter is your receipt no. {digits(rng, 5)}."
    )
    bottom = sheet.place(p(text, 11, font="Times-Roman", lead=1.5), 60, 210, 475)
    sheet.text(60, bottom + 50, one.signatory.name)
    sheet.text(60, bottom + 65, rng.choice(("Managing Trustee", "Secretary", "Hon. Treasurer")))
    return _paper(sheet.pdf(), one.truth(), "thanks-in-words", "no figures for the sum")


def gateway_tiles(rng: Random) -> Paper:
    """A donation portal's receipt in tiles, label above or below the value."""
    one = donation(rng)
    font = unicode_font()
    money = money_style(rng, places=rng.choice((0, 2)), marks=(f"{rupee_sign(font)} ",))
    above = rng.random() < 0.5
    fee = rng.choice((0, 59, 118))
    tiles = [
        ("Donor name", one.donor.name), ("Donor PAN", one.donor.pan),
        ("Donation amount", money(one.amount)), ("Donation date", date_style(rng)(one.day)),
        ("NGO PAN", one.donee.pan), ("80G number", one.approval),
        ("Payment gateway charges (borne by NGO)", money(fee)),
        ("Eligible for 50% deduction", money(one.amount / 2) if one.amount % 2 == 0 else "Yes"),
    ]  # fmt: skip
    if rng.random() < 0.5:
        tiles[1], tiles[4] = tiles[4], tiles[1]
    sheet = Sheet(font=font)
    sheet.text(40, 48, one.donee.name, points=14, bold=True)
    sheet.text(40, 66, f"Donation receipt #{digits(rng, 6)}", gray=0.3)
    for index, (label, value) in enumerate(tiles):
        x, top = 40 + index % 2 * 262, 85 + index // 2 * 58
        sheet.box(x, top, x + 250, top + 48, fill=0.95, stroke=False)
        sheet.text(x + 8, top + (39 if above else 16), label, points=7.5, gray=0.4)
        sheet.text(x + 8, top + (20 if above else 36), value, points=11)
    sheet.text(40, 340, f"{', '.join(one.donee.address)}", points=7.5)
    return _paper(sheet.pdf(), one.truth(), "gateway-tiles", "donor's PAN beside the charity's")


def filled_book_page(rng: Random) -> Paper:
    """A page of a receipt book: blanks filled in, rupees in a box at the foot."""
    one = donation(rng)
    hand = rng.choice(("Times-Italic", "Helvetica-Oblique"))
    sheet = Sheet(size=(595, 400), font="Helvetica", points=10)
    sheet.box(20, 20, 575, 380, width=1.5)
    sheet.text(297, 48, one.donee.name, bold=True, points=14, align="center")
    sheet.text(297, 62, f"Regd. No. E-{digits(rng, 5)} dt. {one.approved:%d/%m/%Y}", points=7.5,
               align="center")  # fmt: skip
    sheet.text(297, 74, f"PAN {one.donee.pan}  80G: {one.approval}", points=7.5, align="center")
    has_date = rng.random() < 0.85
    written = date_style(rng, "%d/%m/%Y", "%d.%m.%y")(one.day) if has_date else ""
    blanks = [
        (40, 108, 200, "Receipt No.", digits(rng, 4)),
        (380, 108, 555, "Date", written),
        (40, 140, 555, "Received with thanks from", one.donor.titled),
        (40, 172, 555, "Address", ", ".join(one.donor.address)),
        (40, 204, 340, "PAN of donor", one.donor.pan),
        (40, 236, 555, "the sum of Rupees", f"{in_words(one.amount)} only"),
        (40, 268, 555, "as donation for", rng.choice(("Education fund", "Medical relief"))),
    ]  # fmt: skip
    for x, top, until, label, value in blanks:
        sheet.text(x, top, label)
        start = x + sheet.canvas.stringWidth(label, "Helvetica", 10) + 6
        sheet.rule(start, top + 3, until, width=0.4)
        sheet.text(start + 4, top, value, font=hand, points=10.5 if len(value) < 60 else 9)
    sheet.box(40, 300, 180, 330)
    sheet.text(50, 320, f"Rs. {indian(one.amount, 0)}/-", font=hand, points=13)
    sheet.text(555, 350, f"Receiver: {one.signatory.name}", align="right", points=9)
    fields = one.truth() if has_date else one.truth("date")
    return _paper(sheet.pdf(), fields, "filled-book-page", "receipt book filled in")


LAYOUTS: dict[str, Layout] = {
    f"{TYPE}/receipt-in-a-sentence": receipt_in_a_sentence,
    f"{TYPE}/temple-book": temple_book,
    f"{TYPE}/thanks-in-words": thanks_in_words,
    f"{TYPE}/gateway-tiles": gateway_tiles,
    f"{TYPE}/filled-book-page": filled_book_page,
}
