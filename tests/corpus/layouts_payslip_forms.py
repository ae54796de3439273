"""Payslips of offices, schools, factories and telephones: forms, strips and cards."""

from decimal import Decimal
from random import Random
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import Spacer

from tests.corpus import people
from tests.corpus.drawing import grid, p, pdf, rupee_sign, unicode_font
from tests.corpus.figures import (
    MoneyStyle,
    in_words,
    indian,
    month_end,
    plain,
    rupees,
    split_paise,
    truth,
)  # fmt: skip
from tests.corpus.identifiers import account_number, digits
from tests.corpus.paper import Layout, Paper
from tests.corpus.payroll import month_words, pay
from tests.corpus.sheet import Sheet

TYPE = "payslip"


def strips_of_a_public_office(rng: Random) -> Paper:
    """Heads as columns, amounts below them; GPF or NPS instead of an EPF, no special allowance."""
    slip, office = pay(rng), people.office(rng)
    basic = slip.standard["basic"]
    gains = {
        "BASIC PAY": basic, "D.A.": basic * 53 // 100, "H.R.A.": basic * 20 // 100,
        "T.A.": Decimal(3600), "D.A. on T.A.": Decimal(1908),
    }  # fmt: skip
    gross = sum(gains.values())
    tax = rupees(rng, 0, 12000, 100) if gross > 60000 else Decimal(0)
    fund = ("G.P.F.", rupees(rng, 3000, 9000, 500)) if rng.random() < 0.5 else (
        "N.P.S.", (gains["BASIC PAY"] + gains["D.A."]) // 10)  # fmt: skip
    losses = {
        fund[0]: fund[1], "C.G.E.G.I.S.": Decimal(60), "C.G.H.S.": Decimal(450),
        "INCOME TAX": tax, "PROF. TAX": Decimal(200), "LIC. FEE": Decimal(rng.choice((0, 310))),
    }  # fmt: skip
    total = sum(losses.values())
    money = MoneyStyle(rng.choice((plain, indian)), 0, zero=rng.choice((None, "-", "NIL")))
    month, who = month_words(rng, slip.month, "%B %Y", "%m/%Y", "%b-%Y"), slip.worker

    def strip(heads: dict[str, Decimal], title: str, sum_title: str) -> list[list[str]]:
        return [
            [title, *[""] * len(heads)],
            [*heads, sum_title],
            [*map(money, heads.values()), money(sum(heads.values()))],
        ]

    first = strip(gains, "E M O L U M E N T S", "GROSS PAY")
    second = strip(losses, "D E D U C T I O N S", "TOTAL DEDN.")
    span = [(0, 0, 5, 0)], [(0, 0, 6, 0)]
    flow = [
        p(escape(office.name), 12, bold=True, align="center"),
        p(f"PAY SLIP FOR THE MONTH OF {month.upper()}", 10, align="center", after=8),
        grid([["EMP CODE", slip.number, "NAME", who.name], ["DESIGNATION", who.designation,
             "PAN", who.pan], ["PAY LEVEL", f"L-{rng.randrange(4, 13)}", "PRAN / GPF A/C",
             digits(rng, 12)]], [80, 170, 90, 180], size=8),
        Spacer(1, 6),
        grid(first, [88, 86, 86, 86, 88, 86], size=7.5, bold=(0, 1), center=range(6),
             spans=span[0]),
        Spacer(1, 6),
        grid(second, [74] * 6 + [76], size=7.5, bold=(0, 1), center=range(7), spans=span[1]),
        Spacer(1, 6),
        grid([["NET AMOUNT PAYABLE", money(gross - total), f"RUPEES {in_words(gross - total)}"
               " ONLY".upper()]], [130, 90, 300], size=8, bold=(0,)),
        Spacer(1, 10),
        p(f"Credited to Bank A/c {account_number(rng)}.   D.D.O. Code {digits(rng, 8)}", 8),
        p("(Drawing and Disbursing Officer)", 8, align="right", before=26),
    ]  # fmt: skip
    fields = {
        "employer_name": office.name, "employee_name": who.name, "employee_id": slip.number,
        "employee_pan": who.pan, "month": f"{slip.month:%Y-%m}", "basic": truth(basic),
        "hra": truth(gains["H.R.A."]), "gross_earnings": truth(gross),
        "professional_tax": truth(200), "income_tax": truth(tax),
        "total_deductions": truth(total), "net_pay": truth(gross - total),
    }  # fmt: skip
    return Paper(pdf(flow), TYPE, fields, "payslip/office-strips", "heads as columns, no EPF")


def rupees_and_paise_of_a_school(rng: Random) -> Paper:
    """A printed form with merged cells and columns Rs. | P. for every sum."""
    slip = pay(rng, paise=True)
    school = f"{slip.firm.short.title()} Vidya Mandir Higher Secondary School, {slip.firm.city}"
    words = {"basic": "Basic Pay", "hra": "House Rent Allce.", "special": "Special Allce.",
             "epf": "P.F. (Employee)", "pt": "Prof. Tax", "tax": "T.D.S.", "loan": "Advance",
             "conveyance": "Conveyance Allce.", "lta": "L.T.C.", "medical": "Medical Allce.",
             "bonus": "Ex-gratia"}  # fmt: skip
    count = max(len(slip.earnings), len(slip.deductions))
    left, right = slip.rows(slip.earnings, words), slip.rows(slip.deductions, words)
    rows = [["EARNINGS", "", "", "DEDUCTIONS", "", ""], ["Head", "Rs.", "P.", "Head", "Rs.", "P."]]
    for number in range(count):
        row = [""] * 6
        for at, side, paid in ((0, left, slip.earnings), (3, right, slip.deductions)):
            if number < len(side):
                head, label = side[number]
                row[at : at + 3] = [label, *split_paise(paid[head])]
        rows.append(row)
    rows.append(["Total Earnings", *split_paise(slip.gross), "Total Deductions",
                 *split_paise(slip.total)])  # fmt: skip
    rows.append(["Net Salary Paid", "", "", "", *split_paise(slip.net)])
    spans = [(0, 0, 2, 0), (3, 0, 5, 0), (0, len(rows) - 1, 3, len(rows) - 1)]
    top = [
        [f"Name of employee: {slip.worker.titled}", "", f"Emp. Code: {slip.number}"],
        [f"Post: {slip.worker.designation}", f"Days present: {slip.days - slip.days_off}",
         f"Month: {month_words(rng, slip.month, '%B %Y', '%b-%Y')}"],
    ]  # fmt: skip
    flow = [
        p(escape(school), 12, bold=True, align="center", font="Times-Roman"),
        p("(Run by a registered society)", 8, align="center", font="Times-Roman"),
        p("SALARY BILL - INDIVIDUAL", 10, bold=True, align="center", font="Times-Roman", after=6),
        grid(top, [220, 130, 150], size=9, font="Times-Roman", spans=[(0, 0, 1, 0)]),
        grid(rows, [140, 75, 30, 145, 80, 30], size=9, font="Times-Roman", right=(1, 2, 4, 5),
             bold=(0, -1, -2), spans=spans),
        Spacer(1, 30),
        p("Clerk &nbsp; &nbsp; &nbsp; &nbsp; &nbsp; Principal", 9, align="right",
          font="Times-Roman"),
    ]  # fmt: skip
    fields = slip.fields(pan=False) | {"employer_name": school}
    return Paper(
        pdf(flow), TYPE, fields, "payslip/rupees-paise", "merged cells, rupees and paise apart"
    )


def wage_slip_across_the_page(rng: Random) -> Paper:
    """A factory's statutory slip: landscape, tiny type, rates beside what was earned."""
    slip = pay(rng, paise=True)
    money = MoneyStyle(plain, 2)
    words = {"basic": "BASIC", "hra": "HRA", "special": "SPL.ALL", "conveyance": "CONV",
             "medical": "MED", "lta": "LTA", "bonus": "INCENT", "epf": "PF", "vpf": "VPF",
             "pt": "PTAX", "tax": "IT", "esi": "ESI", "loan": "ADV", "insurance": "GMI",
             "lwf": "LWF"}  # fmt: skip
    gains, losses = slip.rows(slip.earnings, words), slip.rows(slip.deductions, words)
    width = 1 + len(gains) + 1 + len(losses) + 2
    heads = ["", *[w for _, w in gains], "GROSS", *[w for _, w in losses], "TOT.DED", "NET PAY"]
    rate = ["Rate", *[money(slip.standard[h]) if h in slip.standard else "" for h, _ in gains]]
    rate += [money(sum(slip.standard.values())), *[""] * (len(losses) + 2)]
    paid = ["Earned", *[money(slip.earnings[h]) for h, _ in gains], money(slip.gross),
            *[money(slip.deductions[h]) for h, _ in losses], money(slip.total),
            money(slip.net)]  # fmt: skip
    groups = ["", "EARNINGS", *[""] * len(gains), "DEDUCTIONS", *[""] * len(losses), ""]
    spans = [(1, 0, len(gains) + 1, 0), (len(gains) + 2, 0, width - 2, 0)]
    ends = f"{slip.month:%d/%m/%Y} to {month_end(slip.month):%d/%m/%Y}"
    facts = [
        ["Name of establishment", slip.firm.name, "Wage period", ends, "UAN", digits(rng, 12)],
        ["Name of employee", slip.worker.name, "Token / Emp. No.", slip.number,
         "ESIC No.", digits(rng, 10)],
        ["Father's / husband's name", slip.worker.father, "Designation",
         slip.worker.designation, "Days paid", f"{slip.days - slip.days_off} of {slip.days}"],
    ]  # fmt: skip
    flow = [
        p("FORM XIX [See Rule 78 (2) (b)]", 7, align="center"),
        p("WAGE SLIP", 10, bold=True, align="center", after=4),
        grid(facts, [100, 230, 80, 170, 60, 130], size=6.5, ruled=False),
        Spacer(1, 6),
        grid([groups, heads, rate, paid], [34] + [736 / (width - 1)] * (width - 1), size=6,
             right=range(1, width), bold=(0, 1), spans=spans, pad=1.5),
        Spacer(1, 8),
        p(f"Employer's share: PF {money(slip.deductions['epf'])}. Leave balance CL 4 EL 11.", 6),
        p("Signature of the employer or his authorised representative", 6.5, align="right",
          before=18),
    ]  # fmt: skip
    return Paper(
        pdf(flow, size=landscape(A4)), TYPE, slip.fields(pan=False), "payslip/wage-slip",
        "landscape, tiny, heads as columns, rate above earned",
    )  # fmt: skip


def values_above_their_labels(rng: Random) -> Paper:
    """As a telephone shows it: each amount large, what it is in small print below."""
    slip, font = pay(rng), unicode_font()
    mark = rupee_sign(font)
    sheet = Sheet(font=font, points=8)
    sheet.box(0, 0, 595, 92, fill=0.88, stroke=False)
    sheet.text(40, 40, slip.worker.name, bold=True, points=14)
    sheet.text(40, 56, f"{slip.worker.designation} · {slip.number}")
    sheet.text(40, 72, slip.firm.name)
    sheet.text(555, 40, f"{slip.month:%B %Y}", bold=True, points=12, align="right")
    sheet.text(555, 56, f"{slip.days - slip.days_off} of {slip.days} days paid", align="right")
    big = [(slip.net, "Credited to bank"), (slip.gross, "Gross pay"), (slip.total, "Deducted")]
    for x, (amount, label) in zip((40, 225, 410), big, strict=True):
        sheet.text(x, 130, f"{mark}{indian(amount, 0)}", bold=True, points=17)
        sheet.text(x, 145, label, gray=0.45)
    words = {"basic": "Basic", "hra": "HRA", "tax": "Income tax (TDS)", "epf": "Provident fund",
             "special": "Special allowance", "pt": "Professional tax"}  # fmt: skip
    top = 185.0
    for title, amounts in (("Earnings", slip.earnings), ("Deductions", slip.deductions)):
        sheet.text(40, top, title, bold=True, points=10)
        sheet.rule(40, top + 5, 555, width=0.3)
        for number, (head, label) in enumerate(slip.rows(amounts, words)):
            x, y = 40 + 130 * (number % 4), top + 30 + 44 * (number // 4)
            sheet.text(x, y, f"{mark}{indian(amounts[head], 0)}", points=11)
            sheet.text(x, y + 12, label, points=7, gray=0.45)
        top += 30 + 44 * (1 + (len(amounts) - 1) // 4) + 10
    sheet.text(40, top + 10, "Also this month", bold=True, points=10)
    sheet.text(40, top + 38, f"{mark}{indian(slip.deductions['epf'], 0)}", points=11)
    sheet.text(40, top + 50, "PF paid by your employer", points=7, gray=0.45)
    sheet.text(170, top + 38, f"{mark}{indian(sum(slip.standard.values()) * 12, 0)}", points=11)
    sheet.text(170, top + 50, "Yearly fixed pay", points=7, gray=0.45)
    sheet.text(300, top + 38, slip.worker.pan, points=11)
    sheet.text(300, top + 50, "PAN", points=7, gray=0.45)
    sheet.rule(40, top + 74, 555, width=0.3)
    sheet.text(40, top + 88, "Made by the payroll app; no signature.", points=6.5, gray=0.5)
    return Paper(
        sheet.pdf(), TYPE, slip.fields(), "payslip/value-above-label",
        "cards, each value above its label",
    )  # fmt: skip


LAYOUTS: dict[str, Layout] = {
    "payslip/office-strips": strips_of_a_public_office,
    "payslip/rupees-paise": rupees_and_paise_of_a_school,
    "payslip/wage-slip": wage_slip_across_the_page,
    "payslip/value-above-label": values_above_their_labels,
}
