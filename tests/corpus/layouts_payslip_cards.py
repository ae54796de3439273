"""Payslips that stand on cards: labels above or below their values."""

from decimal import Decimal
from itertools import zip_longest
from random import Random

from reportlab.lib import colors

from tests.corpus import people
from tests.corpus.drawing import grid, rupee_sign, unicode_font
from tests.corpus.figures import MoneyStyle, indian
from tests.corpus.identifiers import digits
from tests.corpus.paper import Layout, Paper
from tests.corpus.payroll import month_words, pay
from tests.corpus.sheet import Sheet
from tests.corpus.wording import words as sum_in_words

TYPE = "payslip"


def net_card_and_year_to_date(rng: Random) -> Paper:
    """A card with the net pay and columns Amount and YTD, as Zoho Payroll prints it."""
    slip, font = pay(rng, paise=True), unicode_font()
    money = MoneyStyle(indian, 2, mark="₹" if rupee_sign(font) == "₹" else "Rs.")
    sheet = Sheet(font=font, points=8)
    sheet.text(45, 55, slip.firm.name, points=13, bold=True)
    sheet.text(45, 68, f"{', '.join(slip.firm.address)} India", points=7, gray=0.4)
    sheet.text(550, 52, "Payslip For the Month", points=7, gray=0.4, align="right")
    sheet.text(550, 66, month_words(rng, slip.month, "%B %Y", "%B, %Y"), bold=True, align="right",
               points=10)  # fmt: skip
    sheet.rule(45, 80, 550)
    sheet.text(45, 98, "EMPLOYEE SUMMARY", bold=True, gray=0.3)
    facts = [("Employee Name", slip.worker.name), ("Employee ID", slip.number),
             ("Pay Period", f"{slip.month:%B %Y}"),
             ("Pay Date", f"{slip.month.replace(day=slip.days):%d/%m/%Y}"),
             ("PAN", slip.worker.pan)]  # fmt: skip
    for number, (label, value) in enumerate(facts):
        sheet.text(45, 116 + 16 * number, label, gray=0.35)
        sheet.text(140, 116 + 16 * number, ":")
        sheet.text(152, 116 + 16 * number, value, bold=True)
    sheet.box(340, 96, 550, 180, fill=0.95)
    sheet.text(355, 122, money(slip.net), points=16, bold=True)
    sheet.text(355, 137, "Employee Net Pay", gray=0.35)
    sheet.text(355, 156, f"Paid Days : {slip.days - slip.days_off}    LOP Days : {slip.days_off}")
    sheet.text(45, 212, f"UAN : {digits(rng, 12)}")
    sheet.text(300, 212, f"PF A/C Number : {digits(rng, 10)}")
    words = {"basic": "Basic", "epf": "EPF Contribution", "conveyance": "Transport Allowance"}
    table = [["EARNINGS", "AMOUNT", "YTD", "DEDUCTIONS", "AMOUNT", "YTD"]]
    for one, other in zip_longest(
        slip.rows(slip.earnings, words), slip.rows(slip.deductions, words)
    ):
        row = [""] * 6
        for at, item in ((0, one), (3, other)):
            if item:
                paid = (slip.earnings | slip.deductions)[item[0]]
                row[at : at + 3] = item[1], money(paid), money(slip.to_date(item[0]))
        table.append(row)
    table.append(
        ["Gross Earnings", money(slip.gross), "", "Total Deductions", money(slip.total), ""]
    )
    look = [("LINEABOVE", (0, -1), (-1, -1), 0.5, colors.grey),
            ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.grey)]  # fmt: skip
    bottom = sheet.place(
        grid(table, [95, 75, 85, 95, 75, 80], ruled=False, size=7.5, font=font,
             right=(1, 2, 4, 5), bold=(0, -1), extra=look, pad=4), 45, 230)  # fmt: skip
    sheet.box(45, bottom + 14, 550, bottom + 46)
    sheet.text(55, bottom + 28, "TOTAL NET PAYABLE", bold=True)
    sheet.text(55, bottom + 40, "Gross Earnings - Total Deductions", points=7, gray=0.4)
    sheet.text(540, bottom + 34, money(slip.net), bold=True, align="right", points=10)
    sheet.text(550, bottom + 62, f"Amount In Words : Indian {sum_in_words(slip.net)}",
               align="right")  # fmt: skip
    return Paper(
        sheet.pdf(), TYPE, slip.fields(), "payslip/net-card-ytd",
        "borderless, net pay on a card, month and year to date",
    )  # fmt: skip


def cards_with_contributions_apart(rng: Random) -> Paper:
    """Labels above values; contributions and taxes are totalled apart, as Keka prints it."""
    slip, money = pay(rng, paise=True), MoneyStyle()
    sheet = Sheet(points=8)
    sheet.text(40, 50, "Payslip", points=18, bold=True)
    sheet.text(112, 50, month_words(rng, slip.month, "%b %Y"), points=18, gray=0.5)
    sheet.text(40, 70, slip.firm.name, bold=True, points=9)
    sheet.lines(40, 82, slip.firm.address, step=10, points=7, gray=0.35)
    sheet.text(40, 130, slip.worker.name, bold=True, points=11)
    facts = [("Employee Number", slip.number), ("Date Joined", f"{slip.joined:%d %b %Y}"),
             ("Department", rng.choice(("Engineering", "Finance", "Operations"))),
             ("Designation", slip.worker.designation), ("Payment Mode", "Bank Transfer"),
             ("Bank", people.bank(rng).name), ("PAN", slip.worker.pan),
             ("UAN", digits(rng, 12))]  # fmt: skip
    _cards(sheet, facts, 146)
    sheet.text(40, 228, "SALARY DETAILS", bold=True)
    sheet.rule(40, 233, 555)
    payable = slip.days - slip.days_off
    counts = [("Actual Payable Days", f"{payable}.0"), ("Total Working Days", f"{slip.days}.0"),
              ("Loss Of Pay Days", f"{slip.days_off}.0"),
              ("Days Payable", str(payable))]  # fmt: skip
    _cards(sheet, counts, 238)
    words = {"basic": "Basic", "hra": "HRA", "epf": "PF Employee", "tax": "Total Income Tax"}
    funds = {k: v for k, v in slip.deductions.items() if k in ("epf", "vpf", "esi")}
    taxes = {k: v for k, v in slip.deductions.items() if k not in funds}
    left = _items(sheet, 40, 300, "EARNINGS", slip.rows(slip.earnings, words), slip.earnings,
                  ("Total Earnings (A)", slip.gross))  # fmt: skip
    right = _items(sheet, 310, 300, "CONTRIBUTIONS", slip.rows(funds, words), funds,
                   ("Total Contributions (B)", sum(funds.values(), Decimal(0))))  # fmt: skip
    right = _items(sheet, 310, right + 26, "TAXES & DEDUCTIONS", slip.rows(taxes, words), taxes,
                   ("Total Taxes & Deductions (C)", sum(taxes.values(), Decimal(0))))  # fmt: skip
    top = max(left, right) + 20
    sheet.box(40, top, 555, top + 40, fill=0.94, stroke=False)
    sheet.text(50, top + 16, "Net Salary Payable ( A - B - C )", bold=True)
    sheet.text(280, top + 16, money(slip.net), bold=True)
    sheet.text(50, top + 32, "Net Salary in words")
    sheet.text(280, top + 32, sum_in_words(slip.net), points=6.5)
    sheet.text(40, top + 56, "**Note : All amounts displayed in this payslip are in INR", gray=0.4)
    note = f"cards, contributions totalled apart; derivable: total_deductions={slip.total:.2f}"
    return Paper(sheet.pdf(), TYPE, slip.fields("total_deductions"), "payslip/cards-apart", note)


def _cards(sheet: Sheet, facts: list[tuple[str, str]], top: float) -> None:
    """Four to a row, each a small label with its value below."""
    for number, (label, value) in enumerate(facts):
        x, y = 40 + 130 * (number % 4), top + 32 * (number // 4)
        sheet.text(x, y + 10, label, points=6.5, gray=0.45)
        sheet.text(x, y + 21, value, points=7)


def _items(
    sheet: Sheet,
    x: float,
    top: float,
    title: str,
    rows: list[tuple[str, str]],
    amounts: dict[str, Decimal],
    total: tuple[str, Decimal],
) -> float:
    """A titled list with its total; returns where it ends."""
    sheet.text(x, top, title, bold=True)
    sheet.rule(x, top + 4, x + 245)
    for head, label in rows:
        top += 16
        sheet.text(x, top, label)
        sheet.text(x + 240, top, indian(amounts[head]), align="right")
    sheet.text(x, top + 18, total[0], bold=True)
    sheet.text(x + 240, top + 18, indian(total[1]), bold=True, align="right")
    return top + 18


LAYOUTS: dict[str, Layout] = {
    "payslip/net-card-ytd": net_card_and_year_to_date,
    "payslip/cards-apart": cards_with_contributions_apart,
}
