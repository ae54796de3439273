"""Form 130 of the Income-tax Act, 2025, and a certificate written as a letter."""

from datetime import timedelta
from functools import partial
from random import Random
from xml.sax.saxutils import escape

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Spacer

from tests.corpus import people
from tests.corpus.drawing import grid, p, pdf
from tests.corpus.figures import MoneyStyle, date_style, in_words, indian
from tests.corpus.filled import Filled
from tests.corpus.form16_parts import amount, challan_rows, quarter_rows
from tests.corpus.paper import Layout, Paper
from tests.corpus.salary import SalaryYear, salary_year

TITLE_130 = (
    "Certificate under section 395(4) of the Income-tax Act, 2025 for tax deducted at source on "
    "salary paid to an employee under section 392"
)
NEW_SECTIONS = [
    ("1.", "Income from salary", None),
    ("(a)", "Salary as per section 16", "salary_17_1"),
    ("(b)", "Value of perquisites under section 17 (as per Form No. 123)", "perquisites_17_2"),
    ("(c)", "Profits in lieu of salary under section 18", "profits_in_lieu_17_3"),
    ("(d)", "Gross salary [1(a)+1(b)+1(c)]", "gross_salary"),
    ("(e)", "Salary received from other employer(s) as reported", "@other_employer"),
    ("2.", "Less: Allowances exempt under section 11 read with Schedules II and III", None),
    ("(a)", "House rent allowance [Schedule III (Table: Sl. No. 11)]", "hra_exemption_10_13a"),
    ("(b)", "Travel concession or assistance [Schedule III (Table: Sl. No. 8)]", "@lta"),
    ("(c)", "Any other exempt allowance", "@other_exempt"),
    ("(d)", "Total exempt allowances", "exempt_allowances_10"),
    ("3.", "Salary from current employer [1(d)-2(d)]", "salary_from_current_employer"),
    ("4.", "Less: Deductions under section 19", None),
    ("(a)", "Standard deduction [section 19(1) (Table: Sl. No. 1)]", "standard_deduction_16_ia"),
    ("(b)", "Entertainment allowance [section 19(1) (Table: Sl. No. 3)]",
     "entertainment_allowance_16_ii"),
    ("(c)", "Tax on employment [section 19(1) (Table: Sl. No. 2)]", "professional_tax_16_iii"),
    ("5.", 'Income chargeable under the head "Salaries"', "income_under_salaries"),
    ("6.", "Income (or admissible loss) from house property reported by the employee",
     "house_property_income"),
    ("7.", "Income from other sources reported by the employee", "other_sources_income"),
    ("8.", "Gross total income (5+6+7)", "gross_total_income"),
    ("9.", "Deductions under Chapter VIII", None),
    ("(a)", "Section 123 (life insurance premia, provident fund, etc.)", "deduction_80c"),
    ("(b)", "Section 124(1) (contribution of the employee to pension scheme)",
     "deduction_80ccd_1"),
    ("(c)", "Section 124(3) (additional contribution to pension scheme)", "deduction_80ccd_1b"),
    ("(d)", "Section 124(5) (contribution of the employer to pension scheme)",
     "deduction_80ccd_2"),
    ("(e)", "Section 126 (health insurance premia)", "deduction_80d"),
    ("(f)", "Section 129 (interest on loan for higher education)", "deduction_80e"),
    ("(g)", "Section 133 (donations)", "deduction_80g"),
    ("(h)", "Section 153 (interest on deposits)", "deduction_80tta"),
    ("10.", "Aggregate of deductible amount under Chapter VIII", "total_deductions_vi_a"),
    ("11.", "Total taxable income (8-10)", "total_taxable_income"),
    ("12.", "Tax on total income", "tax_on_total_income"),
    ("13.", "Rebate under section 156", "rebate_87a"),
    ("14.", "Surcharge, wherever applicable", "surcharge"),
    ("15.", "Health and education cess", "cess"),
    ("16.", "Tax payable (12-13+14+15)", "tax_payable"),
    ("17.", "Less: Relief under section 157", "relief_89"),
    ("18.", "Net tax payable (16-17)", "net_tax_payable"),
]  # fmt: skip


def _head_130(case: SalaryYear, canvas: Canvas, page: int) -> None:
    canvas.setFont("Times-Roman", 7)
    line = (
        f"Certificate Number: {case.certificate}     TAN of Deductor: {case.employer.tan}     "
        f"PAN of Deductee: {case.employee.pan}     Tax Year: {case.year.financial}"
    )
    canvas.drawString(36, 815, line)
    canvas.drawRightString(560, 22, f"Page {page} of 2")


def form130(rng: Random) -> Paper:
    """Tax Year 2026-27: parties in Part A, quarters in Part B, the computation in Part C."""
    case = salary_year(rng, start=2026)
    case.amounts["deduction_80c"] += case.amounts.pop("deduction_80ccc")
    out, font, size = Filled(case.amounts, MoneyStyle(indian)), "Times-Roman", 8
    employer, employee, updated = case.employer, case.employee, case.end + timedelta(days=66)
    sides = [
        ["", "", "Deductor", "Deductee"],
        ["1", "Name", out.text("employer_name", employer.name),
         out.text("employee_name", employee.name)],
        ["2", "Address", ", ".join(employer.address), ", ".join(employee.address)],
        ["3", "PAN", out.text("employer_pan", employer.pan),
         out.text("employee_pan", employee.pan)],
        ["4", "TAN", out.text("employer_tan", employer.tan), ""],
        ["5", "Tax Year", out.text("financial_year", case.year.financial), ""],
        ["6", "Period with the employer",
         f"From {out.text('period_from', f'{case.start}', f'{case.start:%d-%b-%Y}')}",
         f"To {out.text('period_to', f'{case.end}', f'{case.end:%d-%b-%Y}')}"],
    ]  # fmt: skip
    quarters = [
        [
            "Quarter",
            "Receipt number of Form No. 138",
            "Amount paid or credited (Rs.)",
            "Tax deducted (Rs.)",
            "Tax deposited (Rs.)",
        ],
        *quarter_rows(rng, case, out),
    ]
    challans = [["Sl. No.", "Tax deposited (Rs.)", "BSR Code", "Date of deposit", "Challan No.",
                 "Status"], *challan_rows(rng, case, out)]  # fmt: skip
    opted = out.text("opted_out_of_115bac", case.opted_out, case.opted_out.upper())
    rows = [["A", "Whether opting out of taxation under section 202(1)?", opted]]
    for number, words, key in NEW_SECTIONS:
        rows.append([number, words, amount(case, out, key) if key else ""])
    look = {"size": size, "font": font}
    flow = [
        grid([["FORM NO. 130"], ["[See rule 215(1) (Table: Sl. No. 1)]"], [TITLE_130],
              [f"Certificate No.: {out.text('certificate_number', case.certificate)}          "
               f"Last updated on: {updated:%d-%b-%Y}"]],
             [520], center=(0,), bold=(0,), **look),
        p("PART A", 9, bold=True, align="center", font=font, before=5),
        grid(sides, [30, 110, 190, 190], bold=(0,), **look),
        p("PART B - Summary of amount paid or credited and tax deducted", 9, bold=True,
          align="center", font=font, before=6),
        grid(quarters, [60, 130, 120, 105, 105], right=(2, 3, 4), bold=(0, -1), **look),
        Spacer(1, 6),
        grid(challans, [45, 115, 100, 100, 100, 60], center=range(6), bold=(0, -1), **look),
        PageBreak(),
        p("PART C - ANNEXURE I", 9, bold=True, align="center", font=font),
        p("Details of salary paid and any other income and tax deducted (Rs.)", 8,
          align="center", font=font, after=4),
        grid(rows, [30, 370, 120], right=(2,), pad=1.6, **look),
        p(f"I, {case.signatory.name}, hereby certify the above from the books of account. "
          f"Place: {employer.city}. Date: {updated:%d/%m/%Y}", 8, font=font, before=8),
    ]  # fmt: skip
    made = pdf(flow, margins=(36, 36, 36, 36), on_page=partial(_head_130, case))
    note = "Form 130 with Tax Year and the sections of the Act of 2025. derivable: assessment_year="
    return Paper(made, "form16", out.fields, "form16/form130", note + case.year.assessment)


def letter(rng: Random) -> Paper:
    """A small employer's certificate as running text on a letterhead."""
    case = salary_year(rng, employer=people.firm(rng), other_employer=False)
    style = MoneyStyle(indian, rng.choice((0, 2)), None, "(-){}", rng.choice(("Rs. ", "Rs.")))
    out, font = Filled(case.amounts, style), rng.choice(("Times-Roman", "Helvetica"))
    say, tail = out.money, rng.choice(("", "/-")) if style.places == 0 else ""
    employer, employee = case.employer, case.employee
    day = date_style(rng, "%d.%m.%Y", "%d/%m/%Y", "ordinal")
    extra = f", surcharge of {say('surcharge')}{tail}" if case.amounts["surcharge"] else ""
    if case.amounts["relief_89"]:
        extra += f", relief under section 89 of {say('relief_89')}{tail}"
    spoken = [
        f"This is to certify that {employee.title} <b>"
        f"{escape(out.text('employee_name', employee.name))}</b>, {employee.designation}, holding "
        f"PAN {out.text('employee_pan', employee.pan)}, was employed by us from "
        f"{out.text('period_from', f'{case.start}', day(case.start))} to "
        f"{out.text('period_to', f'{case.end}', day(case.end))} and that in the financial year "
        f"{out.text('financial_year', case.year.financial)} (assessment year "
        f"{out.text('assessment_year', case.year.assessment)}) he/she was paid a gross salary of "
        f"{say('gross_salary')}{tail}, made up of salary under section 17(1) of "
        f"{say('salary_17_1')}{tail}, perquisites under section 17(2) of "
        f"{say('perquisites_17_2')}{tail} and profits in lieu of salary under section 17(3) of "
        f"{say('profits_in_lieu_17_3')}{tail}.",
        f"After allowances exempt under section 10 of {say('exempt_allowances_10')}{tail}, the "
        f"standard deduction of {say('standard_deduction_16_ia')}{tail} and professional tax of "
        f"{say('professional_tax_16_iii')}{tail}, the income chargeable under the head "
        f"“Salaries” comes to {say('income_under_salaries')}{tail}. With income from house "
        f"property of {say('house_property_income')}{tail} and other income of "
        f"{say('other_sources_income')}{tail} the gross total income is "
        f"{say('gross_total_income')}{tail}. Deductions under Chapter VI-A were allowed to the "
        f"extent of {say('total_deductions_vi_a')}{tail}, of which {say('deduction_80c')}{tail} "
        f"under section 80C, leaving a total taxable income of "
        f"{say('total_taxable_income')}{tail}.",
        f"The tax on total income is {say('tax_on_total_income')}{tail}; after rebate under "
        f"section 87A of {say('rebate_87a')}{tail}{extra} and with health and education cess of "
        f"{say('cess')}{tail} the net tax payable is {say('net_tax_payable')}{tail}. Tax of "
        f"{say('tds_deducted')}{tail} (Rupees {in_words(case.amounts['tds_deducted'])} only) was "
        f"deducted at source and {say('tds_deposited')}{tail} deposited to the credit of the "
        "Central Government.",
    ]  # fmt: skip
    flow = [
        p(escape(out.text("employer_name", employer.name)), 15, bold=True, align="center",
          font=font),
        p(", ".join(employer.address), 9, align="center", font=font),
        p(f"PAN: {out.text('employer_pan', employer.pan)} | TAN: "
          f"{out.text('employer_tan', employer.tan)} | {employer.site}", 9, align="center",
          font=font, after=18),
        p("FORM 16", 13, bold=True, align="center", font=font),
        p("Certificate of tax deducted at source on salary (section 203)", 10, align="center",
          font=font, after=14),
        *[p(text, 10.5, align="justify", font=font, after=10, lead=1.5) for text in spoken],
        p(f"Date: {day(case.end + timedelta(days=58))}", 10, font=font, before=18),
        p(f"For {escape(employer.name)}", 10, font=font, align="right", before=10),
        p(f"({escape(case.signatory.name)}) Authorised Signatory", 10, font=font, align="right",
          before=30),
    ]  # fmt: skip
    made = pdf(flow, margins=(64, 50, 64, 50))
    return Paper(made, "form16", out.fields, "form16/letter", "prose on a letterhead")


LAYOUTS: dict[str, Layout] = {"form16/form130": form130, "form16/letter": letter}
