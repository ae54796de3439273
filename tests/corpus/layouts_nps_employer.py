"""NPS papers of employers: certificates, pay-roll extracts, account slips of offices."""

from random import Random
from xml.sax.saxutils import escape

from reportlab.platypus import Spacer

from tests.corpus import people
from tests.corpus.drawing import grid, p, pdf
from tests.corpus.figures import date_style, in_words, indian, money_style, plain
from tests.corpus.identifiers import digits, employee_number
from tests.corpus.paper import Layout, Paper
from tests.corpus.pension import ALL, pension_year
from tests.corpus.sheet import Sheet
from tests.corpus.wording import letterhead, signature, sum_style, year_clause

TYPE = "nps_statement"


def _paper(data: bytes, fields: dict[str, str], layout: str, note: str) -> Paper:
    return Paper(data, TYPE, fields, f"{TYPE}/{layout}", note)


def certificate_in_prose(rng: Random) -> Paper:
    """A letter of the employer; every figure stands in a sentence."""
    one = pension_year(rng, extras=(0, 0, 1))
    who, sums = one.subscriber, sum_style(rng)
    whom = rng.choice(
        (
            f"{who.titled} (PAN: {who.pan}, PRAN: {one.pran}), employed with us as "
            f"{who.designation},",
            f"{who.titled}, Employee Code {employee_number(rng)}, holding PAN {who.pan} and "
            f"Permanent Retirement Account Number {one.pran},",
        )
    )
    own = rng.choice(
        (
            f"a sum of {sums(one.own)} was deducted from the salary as the employee's own "
            "contribution under section 80CCD(1)",
            f"own contribution of {sums(one.own)} was recovered from the salary",
        )
    )
    more = ""
    if one.voluntary:
        more = (
            " In addition, a voluntary contribution of "
            f"{sums(one.voluntary)} eligible under section 80CCD(1B) was remitted at the "
            "employee's request."
        )
    flow = [
        *letterhead(one.employer),
        p(f"Ref: HR/NPS/{one.year.start + 1}/{digits(rng, 4)}", 9),
        p(f"Date: {date_style(rng)(one.year.last_day)}", 9, align="right", after=16),
        p("TO WHOMSOEVER IT MAY CONCERN", 11, bold=True, align="center", after=14),
        p(
            f"This is to certify that {escape(whom)} is a subscriber to the National Pension "
            f"System (Tier I) and that {year_clause(rng, one.year)} {own} and "
            f"{sums(one.by_employer)} was contributed by the company towards the employer's share "
            f"under section 80CCD(2), being {one.employer_rate}% of basic salary.{more}",
            10, align="justify", lead=1.5, after=8,
        ),
        p(
            f"The total amount credited to the above PRAN thus comes to {sums(one.total)}.",
            10, lead=1.5, after=8,
        ),
        p("This certificate is issued for the purpose of income-tax.", 10),
        *signature(rng, one.employer.name),
    ]  # fmt: skip
    names = [name for name in ALL if one.voluntary or name != "voluntary_contribution"]
    data = pdf(flow, margins=(60, 50, 60, 50))
    return _paper(data, one.truth(*names), "certificate-in-prose", "employer's letter")


def payroll_register(rng: Random) -> Paper:
    """A month in each row: salary, both contributions, total; the year in the last row."""
    one = pension_year(rng, government=rng.random() < 0.5, extras=(0,))
    money = money_style(rng, places=rng.choice((0, 2)))
    shares = [f"Employee share ({one.own_rate}%)", f"Employer share ({one.employer_rate}%)"]
    rows = [["Month", "Basic + DA", *shares, "Total remitted", "Date of credit"]]
    day = date_style(rng)
    for month in one.months:
        amounts = (month.salary, month.own, month.employer, month.total)
        rows.append([f"{month.first:%b-%Y}", *map(money, amounts), day(month.credited)])
    year_sums = (sum(month.salary for month in one.months), one.own, one.by_employer, one.total)
    rows.append([rng.choice(("TOTAL", "Grand Total", "Total")), *map(money, year_sums), ""])
    who = one.subscriber
    flow = [
        p(escape(one.employer.name), 13, bold=True),
        p(", ".join(one.employer.address), 8, after=6),
        p(f"NPS deduction statement of the employee {year_clause(rng, one.year)}", 10.5, bold=True,
          after=8),
        grid(
            [["Emp. No.", employee_number(rng), "Name", who.titled],
             ["PRAN", one.pran, "PAN", who.pan],
             ["Designation", who.designation, "Employer PAN", one.employer.pan]],
            [70, 150, 80, 220], ruled=rng.random() < 0.5,
        ),
        Spacer(1, 10),
        grid(rows, [70, 90, 90, 90, 90, 90], right=(1, 2, 3, 4), center=(5,), bold=(0, -1),
             shaded=(0, -1), pad=3),
        *signature(rng, one.employer.name),
    ]  # fmt: skip
    names = [name for name in ALL if name != "voluntary_contribution"]
    return _paper(pdf(flow), one.truth(*names), "payroll-register", "monthly rows and their total")


def office_account_slip(rng: Random) -> Paper:
    """Typewriter slip of a treasury: own and Government contribution, arrears, words."""
    one = pension_year(rng, government=True, extras=(0,))
    who, start = one.subscriber, one.year.start
    arrears = rng.choice((0, 0, 1_840))
    sheet = Sheet(font="Courier", points=9.5)
    line = "-" * 84
    sheet.text(297, 60, one.employer.name.upper(), align="center", bold=True, points=10)
    sheet.text(
        297, 76, "ANNUAL ACCOUNT SLIP - CONTRIBUTORY PENSION (N.P.S.) TIER-I", align="center"
    )
    sheet.text(297, 92, f"FOR THE YEAR {start}-{start + 1}", align="center")
    top = sheet.lines(
        56, 124,
        [line, f"NAME OF SUBSCRIBER : {who.titled.upper()}", f"P.R.A.N.           : {one.pran}",
         f"PAN                : {who.pan}", f"DESIGNATION        : {who.designation.upper()}",
         f"DDO CODE           : {digits(rng, 10)}", line],
        15,
    )  # fmt: skip
    parts = [
        ("OPENING BALANCE AS ON 01/04/" + str(start), one.before),
        ("SUBSCRIBER'S CONTRIBUTION DURING THE YEAR", one.own),
        ("GOVERNMENT CONTRIBUTION DURING THE YEAR", one.by_employer),
        ("TOTAL CONTRIBUTION DURING THE YEAR", one.total),
        ("INTEREST ON DELAYED CREDIT", arrears),
        ("CLOSING BALANCE AS ON 31/03/" + str(start + 1), one.before + one.total + arrears),
    ]
    group = rng.choice((indian, plain))
    for label, amount in parts:
        sheet.text(56, top, label)
        sheet.text(535, top, group(amount), align="right")
        top += 16
    top = sheet.lines(56, top, [line], 15)
    said = f"(RUPEES {in_words(one.total).upper()} ONLY CONTRIBUTED)"
    top = sheet.lines(56, top, [said[at : at + 80] for at in range(0, len(said), 80)], 14)
    sheet.text(56, top + 20, f"NOMINEE: {people.person(rng).name.upper()}   SHARE: 100%")
    sheet.text(535, top + 70, "TREASURY OFFICER", align="right")
    fields = one.truth(*(name for name in ALL if name != "voluntary_contribution"))
    fields["subscriber_name"] = who.name.upper()
    return _paper(sheet.pdf(), fields, "office-account-slip", "typewriter slip of an office")


def contribution_receipt(rng: Random) -> Paper:
    """One merged-cell form a year: section by section what may be deducted."""
    one = pension_year(rng, extras=(1, 2))
    money = money_style(rng, places=2, marks=("Rs. ", ""))
    who = one.subscriber
    rows = [
        ["National Pension System - Proof of contribution", "", ""],
        ["Subscriber details", "Name", who.titled],
        ["", "PRAN", one.pran],
        ["", "PAN", who.pan],
        ["", "Date of birth", f"{who.born:%d/%m/%Y}"],
        ["Period", "Financial Year", one.year.financial],
        ["", "Assessment Year", one.year.assessment],
        ["Contribution (Tier I)", "Section 80CCD(1): by subscriber through salary", money(one.own)],
        ["", "Section 80CCD(1B): by subscriber, voluntary", money(one.voluntary)],
        ["", "Section 80CCD(2): by employer", money(one.by_employer)],
        ["", "Total", money(one.total)],
        ["Tier II", "Not eligible for deduction", money(0)],
    ]
    flow = [
        grid(
            rows, [110, 270, 140], pad=4, size=8.5, bold=(0, 10), shaded=(0,),
            right=(2,) if rng.random() < 0.5 else (),
            spans=[(0, 0, 2, 0), (0, 1, 0, 4), (0, 5, 0, 6), (0, 7, 0, 10)],
        ),
        p(f"Printed on {date_style(rng)(one.year.last_day)} by {escape(one.employer.name)}", 7.5,
          before=8),
    ]  # fmt: skip
    return _paper(pdf(flow), one.truth(*ALL), "proof-with-merged-cells", "sections in merged rows")


def share_advice(rng: Random) -> Paper:
    """An employer tells only its own share; the employee's is not on the paper."""
    one = pension_year(rng, extras=(0,))
    who = one.subscriber
    sums = sum_style(rng)
    sheet = Sheet(font="Times-Roman", points=10.5)
    sheet.text(60, 60, one.employer.name, bold=True, points=12)
    sheet.text(60, 74, ", ".join(one.employer.address), points=8)
    sheet.text(
        60, 110, "Employer's contribution to NPS - deduction under section 80CCD(2)", bold=True
    )
    sheet.lines(
        60, 140,
        [f"Employee            {who.titled}", f"PAN                    {who.pan}",
         f"PRAN                 {one.pran}", f"Financial Year     {one.year.financial}"],
        17,
    )  # fmt: skip
    sheet.rule(60, 204, 535)
    sheet.text(60, 220, "Quarter")
    sheet.text(535, 220, "Employer's contribution", align="right")
    sheet.rule(60, 226, 535)
    for index in range(4):
        part = sum(month.employer for month in one.months[index * 3 : index * 3 + 3])
        first, last = one.year.quarter(index)
        sheet.text(60, 244 + index * 17, f"{first:%b %Y} - {last:%b %Y}")
        sheet.text(535, 244 + index * 17, sums(part), align="right")
    sheet.rule(60, 302, 535)
    sheet.text(60, 318, "Employer's contribution for the year", bold=True)
    sheet.text(535, 318, sums(one.by_employer), align="right", bold=True)
    sheet.text(60, 360, "The amount has been included in gross salary u/s 17(1).", points=9)
    names = ("subscriber_name", "pran", "pan", "financial_year", "employer_contribution")
    return _paper(sheet.pdf(), one.truth(*names), "share-advice", "employer's share alone")


LAYOUTS: dict[str, Layout] = {
    f"{TYPE}/certificate-in-prose": certificate_in_prose,
    f"{TYPE}/payroll-register": payroll_register,
    f"{TYPE}/office-account-slip": office_account_slip,
    f"{TYPE}/proof-with-merged-cells": contribution_receipt,
    f"{TYPE}/share-advice": share_advice,
}
