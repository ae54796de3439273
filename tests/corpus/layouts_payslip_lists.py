"""Payslips whose heads stand in one list, one below the other."""

from decimal import Decimal
from random import Random
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.platypus import Flowable, PageBreak, Spacer

from tests.corpus import people
from tests.corpus.drawing import grid, p, pdf
from tests.corpus.figures import (
    MoneyStyle,
    date_style,
    in_words,
    indian,
    money_style,
    month_end,
    plain,
    rupees,
)  # fmt: skip
from tests.corpus.identifiers import account_number, digits
from tests.corpus.paper import Layout, Paper
from tests.corpus.payroll import Pay, month_words, pay
from tests.corpus.sheet import Sheet

TYPE = "payslip"
SHORT = {
    "basic": "Basic Pay", "hra": "H.R.A.", "special": "Spl. Allowance", "conveyance": "Conv.",
    "medical": "Med. Allow.", "lta": "L.T.A.", "bonus": "Incentive", "epf": "PF", "vpf": "VPF",
    "pt": "PT", "tax": "IT", "esi": "ESIC", "loan": "Advance", "insurance": "Mediclaim",
    "lwf": "LWF",
}  # fmt: skip


def leaders(rng: Random) -> Paper:
    """A small office's typed slip: each head with dots up to its amount, 'Take home' below."""
    slip = pay(rng)
    money = money_style(rng, marks=("", "Rs. "), zeros=(None, "Nil"))
    sheet = Sheet(font="Courier", points=10)
    sheet.text(297, 60, slip.firm.name, bold=True, align="center", points=12)
    sheet.text(297, 74, ", ".join(slip.firm.address[:2]), align="center", points=9)
    month = month_words(rng, slip.month, "%B %Y", "%b. %Y", "%B, %Y")
    sheet.text(297, 104, f"Salary slip - {month}", align="center")
    sheet.text(90, 130, f"Name : {slip.worker.titled}")
    sheet.text(90, 144, f"Code : {slip.number}")
    sheet.text(360, 144, f"Days : {slip.days - slip.days_off}/{slip.days}")
    if with_pan := rng.random() < 0.5:
        sheet.text(360, 130, f"PAN : {slip.worker.pan}")
    top = 172.0

    def line(label: str, amount: Decimal, *, bold: bool = False) -> None:
        nonlocal top
        text = money(amount)
        dots = "." * (66 - len(label) - len(text))
        sheet.text(90, top, f"{label} {dots} {text}", bold=bold)
        top += 15

    for head, label in slip.rows(slip.earnings, SHORT):
        line(label, slip.earnings[head])
    line("Gross salary", slip.gross, bold=True)
    top += 8
    for head, label in slip.rows(slip.deductions, SHORT):
        line(f"Less: {label}", slip.deductions[head])
    has_total = rng.random() < 0.6
    if has_total:
        line("Total of deductions", slip.total)
    top += 8
    line("Take home", slip.net, bold=True)
    sheet.text(90, top + 10, f"(Rupees {in_words(slip.net)} only)", points=8)
    sheet.text(90, top + 60, "Receiver's signature")
    sheet.text(500, top + 60, "Accountant", align="right")
    gone, note = ((), "") if has_total else (
        ("total_deductions",), f"; derivable: total_deductions={slip.total:.2f}"
    )  # fmt: skip
    return Paper(
        sheet.pdf(), TYPE, slip.fields(*gone, pan=with_pan), "payslip/leaders",
        f"typed, leaders, Take home{note}",
    )  # fmt: skip


def rate_current_arrears(rng: Random) -> Paper:
    """A payroll print-out with rate, current, arrears and total columns, as SAP makes them."""
    slip = pay(rng, paise=True)
    arrears = {h: rupees(rng, 100, 3000) for h in ("basic", "hra") if rng.random() < 0.6}
    current = dict(slip.earnings)
    slip.earnings.update({h: current[h] + more for h, more in arrears.items()})
    sheet = Sheet(font="Courier", points=8)
    sheet.text(40, 50, slip.firm.name.upper(), bold=True, points=11)
    sheet.text(40, 62, slip.firm.city.upper())
    month = f"{slip.month:%B %Y}".upper()
    sheet.text(555, 50, f"PAY STATEMENT FOR {month}", bold=True, align="right")
    ends = f"{slip.month:%d.%m.%Y} - {month_end(slip.month):%d.%m.%Y}"
    facts = [
        ("Pers. No.", slip.number, "Payroll period", ends),
        ("Name", slip.worker.name, "Cost centre", digits(rng, 6)),
        ("Position", slip.worker.designation, "IT PAN", slip.worker.pan),
        ("PF No.", f"MH/{digits(rng, 5)}/{digits(rng, 4)}", "Bank A/c", account_number(rng)),
    ]
    for number, row in enumerate(facts):
        for x, text in zip((40, 110, 310, 400), row, strict=True):
            sheet.text(x, 86 + 12 * number, f": {text}" if x in (110, 400) else text)
    words = {"basic": "Basic Pay", "hra": "House Rent Allow", "special": "Special Allow",
             "epf": "Ee PF contribution", "vpf": "Ee VPF contribution",
             "pt": "Prof Tax - full period", "esi": "Ee ESI contribution"}  # fmt: skip
    top = 150.0

    def line(*cells: str, bold: bool = False) -> None:
        nonlocal top
        sheet.text(40, top, cells[0], bold=bold)
        for x, text in zip((250, 345, 440, 550), cells[1:], strict=True):
            sheet.text(x, top, text, align="right", bold=bold)
        top += 12

    sheet.rule(40, top - 10, 555)
    line("Description", "Rate", "Current", "Arrears", "Total", bold=True)
    sheet.rule(40, top - 8, 555)
    top += 4
    for head, label in slip.rows(slip.earnings, words):
        rate = slip.standard.get(head)
        line(
            label,
            indian(rate) if rate else "",
            indian(current[head]),
            indian(arrears[head]) if head in arrears else "",
            indian(slip.earnings[head]),
        )
    line("Gross Earnings", "", "", "", indian(slip.gross), bold=True)
    top += 8
    for head, label in slip.rows(slip.deductions, words):
        text = indian(slip.deductions[head])
        line(label, "", text, "", text)
    line("Gross Deductions", "", "", "", indian(slip.total), bold=True)
    sheet.rule(40, top - 4, 555)
    line("", "", "", "", "")
    line("NET PAY", "", "", "", indian(slip.net), bold=True)
    top += 14
    for text in (
        f"Er PF contribution   {indian(slip.deductions['epf'])}",
        f"Er Pension contribution   {indian(1250)}",
        "Loan balance   0.00",
    ):
        sheet.text(40, top, text, points=7)
        top += 10
    return Paper(
        sheet.pdf(), TYPE, slip.fields() | {"employer_name": slip.firm.name.upper()},
        "payslip/rate-arrears", "rate, current, arrears, total; the total is what was paid",
    )  # fmt: skip


def current_and_year_to_date_with_tax_sheet(rng: Random) -> Paper:
    """One table of a multinational: current | YTD; a second page projects the year's tax."""
    slip, money = pay(rng, paise=True), money_style(rng, places=2, zeros=(None, "-"))
    words = {"basic": "Basic Salary", "hra": "Housing Rent Allowance", "epf": "Employee PF",
             "tax": "Tax Deducted at Source", "pt": "Profession Tax"}  # fmt: skip
    table = [["Description", "Current Month (INR)", "Year to Date (INR)"], ["EARNINGS", "", ""]]
    kinds = ((slip.earnings, "Total Gross"), (slip.deductions, "Total Deductions"))
    strong = [0, 1]
    for amounts, title in kinds:
        for head, label in slip.rows(amounts, words):
            table.append([f"   {label}", money(amounts[head]), money(slip.to_date(head))])
        year = sum(slip.to_date(head) for head in amounts)
        table.append([title, money(sum(amounts.values())), money(year)])
        strong.append(len(table) - 1)
        if amounts is slip.earnings:
            table.append(["DEDUCTIONS", "", ""])
            strong.append(len(table) - 1)
    paid = sum(slip.to_date(h) for h in slip.earnings) - sum(
        slip.to_date(h) for h in slip.deductions
    )
    table.append(["NET PAYABLE", money(slip.net), money(paid)])
    strong.append(len(table) - 1)
    look = [("LINEBELOW", (0, row), (-1, row), 0.7, colors.black) for row in strong]
    who = slip.worker
    facts = [["Employee", who.name, "Pay period", month_words(rng, slip.month, "%B %Y", "%b %Y")],
             ["Employee ID", slip.number, "Date of joining", f"{slip.joined:%d-%b-%Y}"],
             ["Tax ID (PAN)", who.pan, "Legal entity", slip.firm.name]]  # fmt: skip
    flow = [
        p("PAY ADVICE", 15, bold=True, after=8),
        grid(facts, [75, 180, 80, 185], ruled=False, size=8),
        Spacer(1, 10),
        grid(table, [260, 130, 130], ruled=False, right=(1, 2), bold=strong, size=8.5, extra=look),
        Spacer(1, 10),
        p(f"Employer contributions (not part of pay): PF {money(slip.deductions['epf'])}; "
          f"gratuity {money(slip.earnings['basic'] * 481 / 10000)}", 7.5),
        PageBreak(),
        *_tax_sheet(slip, money),
    ]  # fmt: skip
    return Paper(
        pdf(flow), TYPE, slip.fields(), "payslip/ytd-tax-sheet",
        "one table, month and year to date, tax projection on page 2",
    )  # fmt: skip


def _tax_sheet(slip: Pay, money: MoneyStyle) -> list[Flowable]:
    """What the year is expected to bring: figures of a year, none of the month's."""
    year = {h: a * 12 for h, a in slip.standard.items()}
    gross = sum(year.values(), Decimal(0))
    tax = slip.deductions.get("tax", Decimal(0)) * 12
    rows = [["Particulars", "Cumulative", "Projected", "Annual"]]
    for head, label in slip.rows(slip.standard, {"basic": "Basic", "hra": "HRA"}):
        done = slip.to_date(head)
        rest = max(year[head] - done, Decimal(0))
        rows.append([label, money(done), money(rest), money(year[head])])
    rows += [["Gross Salary", "", "", money(gross)],
             ["Less: Standard deduction u/s 16(ia)", "", "", money(Decimal(75000))],
             ["Tax on employment (professional tax)", "", "", money(Decimal(2400))],
             ["Taxable income (rounded)", "", "", money(gross - 77400)],
             ["Total tax payable incl. cess", "", "", money(tax)]]  # fmt: skip
    return [
        p(f"Income tax computation for the financial year {slip.year.financial}", 11, bold=True,
          after=8),
        grid(rows, [220, 100, 100, 100], right=(1, 2, 3), bold=(0, -1), size=8),
    ]  # fmt: skip


def inner_and_outer_columns(rng: Random) -> Paper:
    """A letter that accounts from basic to take-home, sums carried to an outer column."""
    slip, money = pay(rng), MoneyStyle(rng.choice((indian, plain)), 2)
    rows = [["Particulars", "Rs.", "Rs."]]
    for head, label in slip.rows(slip.earnings, SHORT):
        rows.append([label, money(slip.earnings[head]), ""])
    rows.append(["Gross emoluments", "", money(slip.gross)])
    rows.append(["Less:", "", ""])
    for head, label in slip.rows(slip.deductions, SHORT | {"tax": "TDS", "epf": "Prov. Fund"}):
        rows.append([f"        {label}", money(slip.deductions[head]), ""])
    rows.append(["", "", money(slip.total)])
    rows.append(["Net amount payable", "", money(slip.net)])
    look = [("LINEABOVE", (1, -2), (1, -2), 0.5, colors.black),
            ("LINEABOVE", (2, -1), (2, -1), 0.5, colors.black),
            ("LINEBELOW", (2, -1), (2, -1), 1, colors.black),
            ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black)]  # fmt: skip
    day = date_style(rng, "%d.%m.%Y", "ordinal")(month_end(slip.month))
    who, bank = slip.worker, escape(people.bank(rng).name)
    flow = [
        p(escape(slip.firm.name), 12, bold=True, font="Times-Roman"),
        p(escape(", ".join(slip.firm.address)), 9, font="Times-Roman", after=14),
        p(day, 10, font="Times-Roman", align="right", after=10),
        p("<u>STATEMENT OF SALARY</u>", 11, bold=True, align="center", font="Times-Roman", after=8),
        p(f"The salary of {escape(who.titled)} (Staff No. {slip.number}), "
          f"{escape(who.designation)}, PAN {who.pan}, for the month of {slip.month:%B %Y} is made "
          f"up as follows and has been credited to the account with {bank}:",
          10, font="Times-Roman", align="justify", after=10),
        grid(rows, [240, 90, 100], ruled=False, right=(1, 2), bold=(0, -1), size=10,
             font="Times-Roman", extra=look),
        Spacer(1, 40),
        p("Manager (Accounts)", 10, font="Times-Roman", align="right"),
    ]  # fmt: skip
    return Paper(
        pdf(flow, margins=(80, 70, 80, 60)), TYPE, slip.fields(), "payslip/inner-outer",
        "a letter, sums in an outer column, the total of deductions without a label",
    )  # fmt: skip


LAYOUTS: dict[str, Layout] = {
    "payslip/leaders": leaders,
    "payslip/rate-arrears": rate_current_arrears,
    "payslip/ytd-tax-sheet": current_and_year_to_date_with_tax_sheet,
    "payslip/inner-outer": inner_and_outer_columns,
}
