"""Form 16 as payroll programs print it: on a line printer, as cards, with what was declared."""

from random import Random

from reportlab.lib import colors

from tests.corpus import people
from tests.corpus.drawing import rupee_sign, unicode_font
from tests.corpus.figures import MoneyStyle, indian, plain
from tests.corpus.filled import Filled
from tests.corpus.form16_parts import amount
from tests.corpus.identifiers import employee_number
from tests.corpus.paper import Layout, Paper
from tests.corpus.salary import DEDUCTIONS, SalaryYear, salary_year
from tests.corpus.sheet import Sheet

# Words, key, column of the three staggered amounts.
PRINTER_LINES = [
    ("1. GROSS SALARY", None, 0),
    ("   a) Salary as per sec. 17(1)", "salary_17_1", 0),
    ("   b) Perquisites u/s 17(2) (Form 12BA)", "perquisites_17_2", 0),
    ("   c) Profits in lieu of salary u/s 17(3)", "profits_in_lieu_17_3", 0),
    ("   d) Total", "gross_salary", 2),
    ("2. LESS: ALLOWANCES EXEMPT U/S 10", None, 0),
    ("   HRA exemption - sec. 10 (13A)", "hra_exemption_10_13a", 0),
    ("   LTA - sec. 10 (5)", "@lta", 0),
    ("   Other allowances - sec. 10 (14)", "@other_exempt", 0),
    ("   Total exempt", "exempt_allowances_10", 2),
    ("3. BALANCE (1 - 2)", "salary_from_current_employer", 2),
    ("   Salary from previous employer", "@other_employer", 2),
    ("4. DEDUCTIONS U/S 16", None, 0),
    ("   Standard deduction - 16(ia)", "standard_deduction_16_ia", 0),
    ("   Entertainment allowance - 16(ii)", "entertainment_allowance_16_ii", 0),
    ("   Tax on employment - 16(iii)", "professional_tax_16_iii", 0),
    ("5. AGGREGATE OF 4", "@section_16", 2),
    ("6. INCOME CHARGEABLE UNDER THE HEAD SALARIES", "income_under_salaries", 2),
    ("7. ADD: OTHER INCOME REPORTED BY THE EMPLOYEE", None, 0),
    ("   Income/(Loss) from House Property", "house_property_income", 1),
    ("   Income from Other Sources", "other_sources_income", 1),
    ("8. GROSS TOTAL INCOME (6 + 7)", "gross_total_income", 2),
]
PRINTER_TAX = [
    ("10. AGGREGATE OF DEDUCTIBLE AMT. UNDER CHAPTER VI-A", "total_deductions_vi_a", 2),
    ("11. TOTAL INCOME (8 - 10)", "total_taxable_income", 2),
    ("    Total income rounded off u/s 288A", "@rounded_income", 2),
    ("12. TAX ON TOTAL INCOME", "tax_on_total_income", 2),
    ("    Less: Rebate u/s 87A", "rebate_87a", 1),
    ("    Add: Surcharge", "surcharge", 1),
    ("13. HEALTH AND EDUCATION CESS @ 4%", "cess", 2),
    ("14. TAX PAYABLE", "tax_payable", 2),
    ("15. LESS: RELIEF U/S 89", "relief_89", 2),
    ("16. TAX PAYABLE (14 - 15)", "net_tax_payable", 2),
    ("17. LESS: TAX DEDUCTED AT SOURCE U/S 192(1)", "tds_deducted", 2),
    ("18. TAX PAYABLE / REFUNDABLE (16 - 17)", "@none", 2),
]
PRINTER_VIA = {
    "80c": "Section 80-C", "80ccc": "Section 80-CCC", "80ccd_1": "Section 80-CCD (1)",
    "80ccd_1b": "Section 80-CCD (1B)", "80ccd_2": "Section 80-CCD (2)", "80d": "Section 80-D",
    "80e": "Section 80-E", "80g": "Section 80-G", "80tta": "Section 80-TTA",
}  # fmt: skip


def _printer_head(case: SalaryYear, out: Filled, sheet: Sheet) -> float:
    employer, employee = case.employer, case.employee
    sheet.text(300, 40, "FORM NO.16  -  PART B (ANNEXURE)", bold=True, align="center")
    sheet.text(300, 52, "DETAILS OF SALARY PAID AND ANY OTHER INCOME AND TAX DEDUCTED",
               align="center", points=7)  # fmt: skip
    left = [
        f"Employer   : {out.text('employer_name', employer.name)}",
        f"             {employer.address[0]}",
        f"             {employer.address[1]}",
        f"PAN / TAN  : {out.text('employer_pan', employer.pan)} / "
        f"{out.text('employer_tan', employer.tan)}",
        f"Employee   : {out.text('employee_name', employee.name)}",
        f"Designation: {employee.designation}",
        f"PAN        : {out.text('employee_pan', employee.pan)}",
        f"Period     : {out.text('period_from', f'{case.start}', f'{case.start:%d.%m.%Y}')} TO "
        f"{out.text('period_to', f'{case.end}', f'{case.end:%d.%m.%Y}')}",
        f"Asst. Year : {out.text('assessment_year', case.year.assessment)}",
    ]
    return sheet.lines(40, 74, left, 11)


def printer(rng: Random, case: SalaryYear | None = None) -> Paper:
    """Line printer, no rules, amounts staggered over three columns, capitals."""
    case = case or salary_year(rng, paise=rng.random() < 0.3)
    style = MoneyStyle(rng.choice((plain, indian)), 2, rng.choice((None, "0.00", "-")), "{}-")
    out, sheet = Filled(case.amounts, style), Sheet(font="Courier", points=8)
    top = _printer_head(case, out, sheet) + 4
    sheet.text(40, top, "-" * 108)
    rights, step = (400, 475, 550), 11.5
    top += 12

    def printed(words: str, key: str | None, column: int) -> None:
        nonlocal top
        sheet.text(40, top, words)
        if key:
            sheet.text(rights[column], top, amount(case, out, key), align="right")
        top += step

    for line in PRINTER_LINES:
        printed(*line)
    printed("9. DEDUCTIONS UNDER CHAPTER VI-A", None, 0)
    sheet.text(400, top - step, "GROSS", align="right")
    sheet.text(475, top - step, "DEDUCTIBLE", align="right")
    for section in DEDUCTIONS:
        if case.claimed[section] or section == "80c":
            sheet.text(rights[0], top, out.plain(case.claimed[section]), align="right")
            printed(f"   {PRINTER_VIA[section]}", f"deduction_{section}", 1)
    for line in PRINTER_TAX:
        printed(*line)
    sheet.text(40, top, "-" * 108)
    sheet.text(40, top + 14, f"PLACE : {case.employer.city.upper()}")
    sheet.text(350, top + 14, f"NAME : {case.signatory.name.upper()}")
    sheet.text(350, top + 26, f"DESIGNATION : {case.signatory.designation.upper()}")
    sheet.text(40, 815, "*** computer generated, page 1 of 1 ***", points=6)
    note = f"line-printer Part B, staggered columns, only claimed sections. {case.derivable()}"
    return Paper(sheet.pdf(), "form16", out.fields, "form16/printer", note)


CARD_LINES = [
    ("Salary u/s 17(1)", "salary_17_1"),
    ("Perquisites u/s 17(2)", "perquisites_17_2"),
    ("Profits in lieu of salary u/s 17(3)", "profits_in_lieu_17_3"),
    ("Gross Salary", "gross_salary"),
    ("HRA exemption [10(13A)]", "hra_exemption_10_13a"),
    ("Exempt allowances (Sec 10)", "exempt_allowances_10"),
    ("Net salary from current employer", "salary_from_current_employer"),
    ("Standard Deduction", "standard_deduction_16_ia"),
    ("Professional Tax", "professional_tax_16_iii"),
    ("Income under the head Salaries", "income_under_salaries"),
    ("Income / loss from house property", "house_property_income"),
    ("Income from other sources", "other_sources_income"),
    ("Gross Total Income", "gross_total_income"),
    *[(f"{s.upper()} (eligible)", f"deduction_{s}") for s in ("80c", "80ccc", "80d", "80e", "80g")],
    ("80CCD(1) (eligible)", "deduction_80ccd_1"),
    ("80CCD(1B) (eligible)", "deduction_80ccd_1b"),
    ("80CCD(2) (eligible)", "deduction_80ccd_2"),
    ("80TTA (eligible)", "deduction_80tta"),
    ("Total Chapter VI-A deductions", "total_deductions_vi_a"),
    ("Taxable Income", "total_taxable_income"),
    ("Tax on total income", "tax_on_total_income"),
    ("Rebate u/s 87A", "rebate_87a"),
    ("Surcharge", "surcharge"),
    ("Health & Education Cess (4%)", "cess"),
    ("Total tax liability", "tax_payable"),
    ("Relief u/s 89", "relief_89"),
    ("Net tax payable", "net_tax_payable"),
    ("Tax deducted till date", "tds_deducted"),
]


def cards(rng: Random) -> Paper:
    """Cards with the label above the value, only what is not zero, ₹ before each amount."""
    font = unicode_font()
    case = salary_year(rng, employer=people.firm(rng), other_employer=False)
    style = MoneyStyle(indian, 2, None, "-{}", f"{rupee_sign(font)} ")
    out = Filled(case.amounts, style)
    sheet = Sheet(font=font, points=8.5)
    sheet.box(0, 0, 595, 86, fill=0.2, stroke=False)
    sheet.canvas.setFillColor(colors.white)
    sheet.text(36, 40, out.text("employer_name", case.employer.name), bold=True, points=13, gray=1)
    sheet.text(36, 60, "Form 16 | Part B - Annexure to the TDS certificate", gray=1, points=9)
    sheet.text(559, 60, f"FY {out.text('financial_year', case.year.financial)}", gray=1,
               align="right")  # fmt: skip
    facts = [
        ("Employee name", out.text("employee_name", case.employee.name)),
        ("PAN", out.text("employee_pan", case.employee.pan)),
        ("Employer PAN", out.text("employer_pan", case.employer.pan)),
        ("Employer TAN", out.text("employer_tan", case.employer.tan)),
        ("Assessment year", out.text("assessment_year", case.year.assessment)),
        ("Employee code", employee_number(rng)),
        ("Employed from", out.text("period_from", f"{case.start}", f"{case.start:%d %b %Y}")),
        ("Employed till", out.text("period_to", f"{case.end}", f"{case.end:%d %b %Y}")),
        ("Tax regime", "Old regime" if case.old_regime else "New regime u/s 115BAC"),
    ]
    out.text("opted_out_of_115bac", case.opted_out)
    amounts = [
        (words, out.money(key)) for words, key in CARD_LINES if case.amounts[key] or key == "cess"
    ]
    across, wide, high, left = 3, 172, 40, 36
    for number, (words, value) in enumerate(facts + amounts):
        row, column = divmod(number, across)
        x, top = left + column * (wide + 4), 100 + row * (high + 5) + (14 if row > 2 else 0)
        sheet.box(x, top, x + wide, top + high, width=0.3, fill=0.97)
        sheet.text(x + 8, top + 14, words, points=7, gray=0.45)
        sheet.text(x + 8, top + 30, value, points=9, bold=True)
    sheet.text(297, 828, "This is a system generated document and needs no signature.", points=6.5,
               align="center", gray=0.4)  # fmt: skip
    note = "payroll portal, cards, only amounts other than zero"
    return Paper(sheet.pdf(), "form16", out.fields, "form16/cards", note)


LAYOUTS: dict[str, Layout] = {
    "form16/printer": printer,
    "form16/cards": cards,
}
