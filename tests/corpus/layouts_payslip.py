"""Payslips with earnings and deductions side by side."""

from decimal import Decimal
from itertools import zip_longest
from random import Random
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.platypus import Spacer, Table

from tests.corpus import people
from tests.corpus.drawing import grid, p, pdf, rupee_sign, watermark
from tests.corpus.figures import MoneyStyle, date_style, in_words, money_style, rupees
from tests.corpus.identifiers import account_number, digits
from tests.corpus.paper import Layout, Paper
from tests.corpus.payroll import pay
from tests.corpus.sheet import Sheet
from tests.corpus.wording import two_languages

TYPE = "payslip"


def full_and_actual(rng: Random) -> Paper:
    """A ruled slip with the full rate beside what was paid, as greytHR prints it."""
    slip, money = pay(rng), money_style(rng, places=0, zeros=(None, None, "-"))
    day, who = date_style(rng, "%d %b %Y", "%d-%m-%Y"), slip.worker
    left = [
        ("Name:", who.name), ("Joining Date:", day(slip.joined)),
        ("Designation:", who.designation), ("Location:", slip.firm.city),
        ("Effective Work Days:", str(slip.days - slip.days_off)), ("LOP:", str(slip.days_off)),
    ]  # fmt: skip
    right = [
        ("Employee No:", slip.number), ("Bank Name:", people.bank(rng).name),
        ("Bank Account No:", account_number(rng)), ("PAN Number:", who.pan),
        ("PF No:", f"KN/BNG/{digits(rng, 7)}/{digits(rng, 4)}"),
        ("PF UAN:", digits(rng, 12)),
    ]  # fmt: skip
    words = {"basic": "BASIC", "hra": "HRA", "special": "SPECIAL ALLOWANCE", "epf": "PF",
             "conveyance": "CONVEYANCE", "pt": "PROF TAX", "tax": "INCOME TAX"}  # fmt: skip
    table = [["Earnings", "Full", "Actual", "Deductions", "Actual"]]
    for one, other in zip_longest(
        slip.rows(slip.earnings, words), slip.rows(slip.deductions, words)
    ):
        row = ["", "", "", "", ""]
        if one:
            row[:3] = one[1], money(slip.standard.get(one[0], 0)), money(slip.earnings[one[0]])
        if other:
            row[3:] = other[1], money(slip.deductions[other[0]])
        table.append(row)
    full = sum(slip.standard.values())
    table.append(
        ["Total Earnings:INR.", money(full), money(slip.gross),
         "Total Deductions:INR.", money(slip.total)]
    )  # fmt: skip
    net = "Net Pay for the month ( Total Earnings - Total Deductions):"
    flow = [
        p(f"<b>{escape(slip.firm.name)}</b>", 13, align="center"),
        p(escape(", ".join(slip.firm.address)), 8, align="center", after=6),
        p(f"Payslip for the month of {slip.month:%B %Y}", 11, bold=True, align="center", after=6),
        grid([[*a, *b] for a, b in zip(left, right, strict=True)], [95, 165, 95, 165]),
        Spacer(1, 8),
        grid(table, [150, 75, 75, 145, 75], right=(1, 2, 4), bold=(0, -1), shaded=(0,)),
        Spacer(1, 6),
        p(f"{net} <b>{money(slip.net)}</b>", 10),
        p(f"(Rupees {in_words(slip.net)} Only)", 8, after=14),
        p("This is a system generated payslip and does not require signature.", 7, align="center"),
    ]
    return Paper(
        pdf(flow), TYPE, slip.fields(), "payslip/full-and-actual",
        "ruled, full rate beside the amount paid",
    )  # fmt: skip


def two_lists_of_a_book_keeping_program(rng: Random) -> Paper:
    """No rules but three lines, as Tally prints it; no PAN."""
    slip, money = pay(rng), MoneyStyle()
    words = {"basic": "Basic Pay", "epf": "Employee's PF Contribution",
             "tax": "TDS on Salary", "pt": "Professional Tax Payable"}  # fmt: skip
    sheet = Sheet(font=rng.choice(("Helvetica", "Times-Roman")), points=9)
    sheet.text(298, 60, slip.firm.name, points=13, bold=True, align="center")
    sheet.lines(298, 74, slip.firm.address, step=11, align="center", points=8)
    sheet.text(298, 120, "Pay Slip", bold=True, points=11, align="center")
    sheet.text(298, 134, f"for {slip.month:%b-%y}", align="center")
    top = 158.0
    facts = [("Employee Name", slip.worker.titled), ("Employee Number", slip.number),
             ("Designation", slip.worker.designation),
             ("Bank Details", f"A/c {account_number(rng)}")]  # fmt: skip
    for label, value in facts:
        sheet.text(60, top, label)
        sheet.text(150, top, f": {value}", bold=label == "Employee Name")
        top += 13
    sheet.text(330, 158 + 13, "Attendance")
    sheet.text(400, 158 + 13, f": {slip.days - slip.days_off} Days")
    sheet.rule(50, top, 545)
    for x, text, side in ((60, "Earnings", "left"), (290, "Amount", "right"),
                          (310, "Deductions", "left"), (540, "Amount", "right")):  # fmt: skip
        sheet.text(x, top + 13, text, bold=True, align=side)
    sheet.rule(50, top + 18, 545)
    top += 34
    lists = (slip.rows(slip.earnings, words), slip.rows(slip.deductions, words))
    paid = slip.earnings | slip.deductions
    for x, rows in zip((60, 310), lists, strict=True):
        for number, (head, label) in enumerate(rows):
            sheet.text(x, top + 14 * number, label)
            sheet.text(x + 230, top + 14 * number, money(paid[head]), align="right")
    top += 14 * max(map(len, lists)) + 10
    sheet.rule(50, top - 12, 545)
    for x, label, amount in (
        (60, "Total Earnings", slip.gross),
        (310, "Total Deductions", slip.total),
    ):
        sheet.text(x, top, label, bold=True)
        sheet.text(x + 230, top, money(amount), bold=True, align="right")
    sheet.text(310, top + 18, "Net Amount", bold=True)
    sheet.text(
        540, top + 18, f"{rupee_sign(sheet.font)} {money(slip.net)}", bold=True, align="right"
    )
    sheet.rule(50, top + 26, 545)
    sheet.text(60, top + 42, "Amount (in words):")
    sheet.text(60, top + 55, f"INR {in_words(slip.net)} Only", bold=True)
    sheet.text(540, top + 110, f"for {slip.firm.name}", align="right")
    sheet.text(540, top + 160, "Authorised Signatory", align="right")
    return Paper(
        sheet.pdf(), TYPE, slip.fields(pan=False), "payslip/two-lists",
        "borderless two lists, no PAN",
    )  # fmt: skip


def bilingual_of_a_public_company(rng: Random) -> Paper:
    """Hindi and English heads where a font is at hand; a watermark; employer's share below."""
    slip, money = pay(rng), money_style(rng, places=2)
    words = {"basic": "Basic Pay", "hra": "House Rent Allw.", "special": "Special Allw.",
             "epf": "EPF (Own)", "pt": "Profession Tax", "tax": "Income Tax Recovery"}  # fmt: skip

    def column(amounts: dict[str, Decimal], total: list[str]) -> Table:
        found = [[label, money(amounts[head])] for head, label in slip.rows(amounts, words)]
        return grid([*found, total], [160, 90], right=(1,), ruled=False, bold=(-1,), size=8.5)

    month = f"{slip.month:%B %Y}".upper()
    names = [two_languages("आय", "Earnings"), two_languages("कटौतियाँ", "Recoveries")]
    look = [
        ("BOX", (0, 0), (-1, -1), 1, colors.black),
        ("LINEAFTER", (0, 0), (0, -1), 1, colors.black),
        ("LINEBELOW", (0, 0), (-1, 0), 1, colors.black),
    ]
    inner = [
        [p(text, 9, bold=True, align="center") for text in names],
        [column(slip.earnings, ["Gross Pay", money(slip.gross)]),
         column(slip.deductions, ["Total Recoveries", money(slip.total)])],
    ]  # fmt: skip
    below = [["Company's contribution to EPF", money(slip.deductions["epf"])],
             ["Loan balance", money(rupees(rng, 0, 300000))]]  # fmt: skip
    facts = [
        ["Emp. No.", slip.number, "Name", slip.worker.titled],
        ["Designation", slip.worker.designation, "PAN", slip.worker.pan],
        ["Days worked", str(slip.days - slip.days_off), "UAN", digits(rng, 12)],
    ]
    flow = [
        p(escape(slip.firm.name), 13, bold=True, align="center"),
        p("(A Government of India Undertaking)", 8, align="center"),
        p(f"{two_languages('वेतन पर्ची', 'PAY SLIP')} FOR {month}", 10.5, bold=True,
          align="center", after=8),
        grid(facts, [80, 170, 60, 196], size=8.5),
        Spacer(1, 6),
        grid(inner, [253, 253], ruled=False, extra=look),
        Spacer(1, 6),
        p(f"{two_languages('शुद्ध वेतन', 'Net Pay')} : Rs. <b>{money(slip.net)}</b> (Rupees "
          f"{in_words(slip.net)} only) credited to A/c {account_number(rng)}", 9, after=8),
        grid(below, [180, 90], right=(1,), size=7.5, align="LEFT"),
    ]  # fmt: skip
    return Paper(
        pdf(flow, size=(595, 400), on_page=lambda canvas, page: watermark(canvas, "ORIGINAL")),
        TYPE, slip.fields(), "payslip/bilingual-watermark",
        "lists inside a frame, watermark, employer's share below",
    )  # fmt: skip


LAYOUTS: dict[str, Layout] = {
    "payslip/full-and-actual": full_and_actual,
    "payslip/two-lists": two_lists_of_a_book_keeping_program,
    "payslip/bilingual-watermark": bilingual_of_a_public_company,
}
