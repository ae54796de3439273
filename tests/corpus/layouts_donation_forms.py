"""Donation certificates: the department's form, public funds, yearly lists, ruled forms."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from xml.sax.saxutils import escape

from reportlab.platypus import Spacer

from tests.corpus import people
from tests.corpus.charity import AMOUNTS, donation, reference
from tests.corpus.drawing import grid, hindi, p, pdf, watermark
from tests.corpus.figures import date_style, money_style, split_paise, truth
from tests.corpus.identifiers import digits, pan
from tests.corpus.paper import Layout, Paper
from tests.corpus.sheet import Sheet
from tests.corpus.wording import signature, sum_style, words, year_clause

TYPE = "donation_receipt"


def _paper(data: bytes, fields: dict[str, str], layout: str, note: str) -> Paper:
    return Paper(data, TYPE, fields, f"{TYPE}/{layout}", note)


def form_10be(rng: Random) -> Paper:
    """The certificate that the department's portal makes; it need not bear a day."""
    one = donation(rng)
    money = money_style(rng, places=rng.choice((0, 2)))
    issued = date(one.year.start + 1, 5, rng.randrange(2, 31))
    kinds = [Decimal(0), Decimal(0), Decimal(0)]
    kinds[rng.choice((0, 2, 2))] = one.amount
    rows = [
        ["Acknowledgement Number", digits(rng, 15)],
        ["Name of the donee / reporting person", one.donee.name],
        ["PAN of the reporting person", one.donee.pan],
        ["Address of the reporting person", ", ".join(one.donee.address)],
        ["Order number granting approval / Unique Registration Number", one.approval],
        ["Date of issuance of Unique Registration Number", f"{one.approved:%d-%b-%Y}"],
        ["Name of donor", one.donor.name],
        ["Address of donor", ", ".join(one.donor.address)],
        [
            "ID code and Unique Identification Number",
            f"1 - Permanent Account Number {one.donor.pan}",
        ],
        ["Financial year in which the donation was received", one.year.financial],
        ["Donation type: Corpus", money(kinds[0])],
        ["Donation type: Specific grant", money(kinds[1])],
        ["Donation type: Others", money(kinds[2])],
        ["Mode of receipt", rng.choice(("Electronic modes", "Cheque", "Others"))],
        ["Amount of donation received from the donor", money(one.amount)],
        ["Section under which donation is eligible for deduction", "Section 80G(5)(vi)"],
    ]
    signed = rng.random() < 0.5
    flow = [
        p("FORM NO. 10BE", 12, bold=True, align="center"),
        p("[See rule 18AB]", 8, align="center"),
        p("Certificate of donation under clause (ix) of sub-section (5) of section 80G and under "
          "clause (ii) of sub-section (1A) of section 35 of the Income-tax Act, 1961", 9,
          align="center", after=10),
        grid([[str(n), *row] for n, row in enumerate(rows, 1)], [25, 255, 240], size=8, pad=3),
        Spacer(1, 8),
        p(f"I, {escape(one.signatory.name)}, certify that the information above is correct.", 8),
    ]  # fmt: skip
    if signed:
        flow.append(p(f"Place: {one.donee.city} &nbsp; Date: {issued:%d/%m/%Y}", 8, before=8))
    flow.append(p("This form has been digitally generated.", 7, before=4))
    fields = one.truth("date") | ({"date": issued.isoformat()} if signed else {})
    return _paper(pdf(flow), fields, "form-10be", "the registration's day is not the form's")


def relief_fund(rng: Random) -> Paper:
    """A public relief fund's bilingual certificate, borderless; 100 % deductible."""
    one = donation(rng)
    name = rng.choice(
        (
            "Rashtriya Aapda Sahayata Kosh",
            f"Chief Minister's Relief Fund, {rng.choice(('Kaveri', 'Vindhya', 'Deodar'))} Pradesh",
            "NATIONAL CITIZENS' RELIEF FUND",
        )
    )
    pan_of_fund = pan(rng, "T", name[0])
    sums, day = sum_style(rng), date_style(rng)
    sheet = Sheet(points=10)
    sheet.text(297, 70, name, align="center", bold=True, points=15)
    sheet.place(p(hindi("दान प्राप्ति रसीद", 11), 11, align="center"), 60, 80, 475)
    sheet.text(297, 112, "Receipt for contribution", align="center", points=11)
    rows = [
        ("Receipt No.", f"RF/{one.year.start}/{digits(rng, 8)}"), ("Receipt date", day(one.day)),
        ("Name of contributor", one.donor.titled), ("PAN of contributor", one.donor.pan),
        ("Address", ", ".join(one.donor.address)), ("Contribution received", sums(one.amount)),
        ("In words", words(one.amount)), ("Transaction reference", reference(rng)),
        ("Transaction date", day(one.given)),
    ]  # fmt: skip
    for index, (label, value) in enumerate(rows):
        sheet.text(60, 150 + index * 24, label)
        sheet.text(205, 150 + index * 24, value, points=10 if len(value) < 62 else 8)
    sheet.lines(
        60, 390,
        [f"PAN of the Fund is {pan_of_fund}. Contributions are exempt to the extent of 100% under",
         "section 80G(2)(a) of the Income-tax Act, 1961."],
        14, points=8.5,
    )  # fmt: skip
    sheet.text(535, 450, "Under Secretary (Funds)", align="right")
    fields = one.truth() | {"donee_name": name, "donee_pan": pan_of_fund}
    return _paper(sheet.pdf(), fields, "relief-fund", "public fund")


def yearly_list(rng: Random) -> Paper:
    """All gifts of a year with their days; the certificate's day and the total are meant."""
    one = donation(rng)
    money = money_style(rng, places=rng.choice((0, 2)))
    day = date_style(rng)
    gifts = sorted(
        (one.year.day(rng), Decimal(rng.choice(AMOUNTS))) for _ in range(rng.randrange(2, 8))
    )
    total = sum((amount for _, amount in gifts), Decimal(0))
    issued = one.year.last_day + timedelta(days=rng.randrange(1, 25))
    rows = [["Receipt No.", "Receipt date", "Mode", "Amount"]]
    rows += [[digits(rng, 6), day(when), reference(rng), money(amount)] for when, amount in gifts]
    rows.append([rng.choice(("Total", "Total donation", "TOTAL")), "", "", money(total)])
    flow = [
        p(f"{escape(one.donee.name)}", 13, bold=True),
        p(f"{', '.join(one.donee.address)}<br/>PAN {one.donee.pan}", 8, after=8),
        p(f"Date: {day(issued)}", 9, align="right"),
        p(f"80G CERTIFICATE {year_clause(rng, one.year).upper()}", 11, bold=True, align="center",
          after=8),
        p(f"This is to certify that the following donations were received from "
          f"{escape(one.donor.titled)} (PAN {one.donor.pan}).", 9.5, after=8),
        grid(rows, [90, 110, 200, 100], right=(3,), bold=(0, -1), shaded=[0], pad=3),
        p(f"Amount in words: {words(total)}", 9, before=8),
        p(f"Approval under section 80G: {one.approval} dated {day(one.approved)}", 8),
        *signature(rng, one.donee.name),
    ]  # fmt: skip
    fields = one.truth() | {"date": issued.isoformat(), "amount": truth(total)}
    data = pdf(flow, on_page=lambda canvas, _: watermark(canvas, "80G", 110))
    return _paper(data, fields, "yearly-list", "several gifts and their total")


def ruled_form(rng: Random) -> Paper:
    """A society's form: donee and donor side by side, rupees and paise apart."""
    one = donation(rng)
    day = date_style(rng)
    whole, cents = split_paise(one.amount)
    columns = [("Donee", one.donee.name, one.donee.pan, one.donee.address),
               ("Donor", one.donor.titled, one.donor.pan, one.donor.address)]  # fmt: skip
    if rng.random() < 0.5:
        columns.reverse()
    rows = [
        ["Particulars", *(head for head, *_ in columns), ""],
        ["Name", columns[0][1], columns[1][1], ""],
        ["PAN", columns[0][2], columns[1][2], ""],
        ["Address", ", ".join(columns[0][3]), ", ".join(columns[1][3]), ""],
        ["Receipt", f"No. {digits(rng, 5)}", f"Date {day(one.day)}", ""],
        ["80G approval", f"{one.approval} / {one.approved:%d.%m.%Y}", "Rs.", "P."],
        ["Donation received", reference(rng), whole, cents],
    ]
    flow = [
        p("Acknowledgement of donation u/s 80G", 12, bold=True, font="Times-Roman", after=8),
        grid(
            rows, [95, 200, 180, 40], font="Times-Roman", size=9, pad=4, bold=[0], shaded=[0],
            spans=[(2, row, 3, row) for row in range(5)],
            extra=[("ALIGN", (2, 5), (3, 6), "RIGHT")],
        ),
        p(f"({words(one.amount)})", 9, font="Times-Roman", before=6),
        Spacer(1, 30),
        p(f"Treasurer: {escape(people.person(rng).name)}", 9, font="Times-Roman"),
    ]  # fmt: skip
    return _paper(pdf(flow), one.truth(), "ruled-form", "donee beside donor")


def institute_receipt(rng: Random) -> Paper:
    """A hospital's or school's cash-desk receipt in typewriter letters, no PAN of the donor."""
    one = donation(rng)
    sheet = Sheet(size=(595, 380), font="Courier", points=9.5)
    has_pan = rng.random() < 0.7
    sheet.text(297, 50, one.donee.name.upper(), bold=True, align="center", points=12)
    sheet.text(297, 66, ", ".join(one.donee.address).upper(), align="center", points=8)
    day = date_style(rng, "%d-%m-%Y", "%d/%m/%Y", "%d-%b-%Y")
    rows = [
        ("RCPT NO", f"{digits(rng, 8)}"), ("RCPT DT", day(one.day)),
        ("RECD FROM", one.donor.titled.upper()), ("TOWARDS", "DONATION - BUILDING FUND"),
        ("AMOUNT", f"{one.amount:.2f}"), ("PAID BY", reference(rng).upper()),
        ("INSTR DT", day(one.given)),
    ]  # fmt: skip
    if has_pan:
        rows.append(("OUR PAN", one.donee.pan))
    for index, (label, value) in enumerate(rows):
        sheet.text(60, 105 + index * 20, f"{label:<12}: {value}")
    sheet.text(60, 290, "ELIGIBLE FOR DEDUCTION U/S 80G OF INCOME TAX ACT", points=8)
    sheet.text(535, 330, "CASHIER", align="right")
    fields = one.truth() if has_pan else one.truth("donee_pan")
    fields |= {"donee_name": one.donee.name.upper(), "donor_name": one.donor.name.upper()}
    return _paper(sheet.pdf(), fields, "institute-receipt", "short labels in typewriter letters")


LAYOUTS: dict[str, Layout] = {
    f"{TYPE}/form-10be": form_10be,
    f"{TYPE}/relief-fund": relief_fund,
    f"{TYPE}/yearly-list": yearly_list,
    f"{TYPE}/ruled-form": ruled_form,
    f"{TYPE}/institute-receipt": institute_receipt,
}
