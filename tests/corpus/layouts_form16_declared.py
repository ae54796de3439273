"""Form 16 that prints what was declared beside what is allowed."""

from random import Random

from reportlab.platypus import PageBreak, Spacer

from tests.corpus import people
from tests.corpus.drawing import grid, p, pdf
from tests.corpus.figures import money_style
from tests.corpus.filled import Filled
from tests.corpus.form16_parts import amount, quarter_rows
from tests.corpus.paper import Layout, Paper
from tests.corpus.salary import SalaryYear, salary_year

DECLARED = {
    "80c": "Sec 80C - LIC, PF, PPF, ELSS, tuition fees", "80ccc": "Sec 80CCC - Pension fund",
    "80ccd_1": "Sec 80CCD(1) - NPS (employee)", "80ccd_1b": "Sec 80CCD(1B) - NPS additional",
    "80ccd_2": "Sec 80CCD(2) - NPS (employer)", "80d": "Sec 80D - Mediclaim",
    "80e": "Sec 80E - Education loan interest", "80g": "Sec 80G - Donations",
    "80tta": "Sec 80TTA - Savings bank interest",
}  # fmt: skip


def _form_12ba(case: SalaryYear, out: Filled) -> list[object]:
    perks = case.amounts["perquisites_17_2"]
    kinds = ("Accommodation", "Cars/Other automotive", "Interest free or concessional loans",
             "Gifts, vouchers, etc.", "Other benefits or amenities")  # fmt: skip
    rows = [["S.No.", "Nature of perquisite (see rule 3)", "Value of perquisite as per rules (Rs.)",
             "Amount recovered from the employee (Rs.)",
             "Amount chargeable to tax (Rs.)"]]  # fmt: skip
    for number, kind in enumerate(kinds, 1):
        value = out.plain(perks if number == 2 else 0)
        rows.append([str(number), kind, value, out.plain(0), value])
    rows.append(["", "Total value of perquisites", out.plain(perks), out.plain(0),
                 out.plain(perks)])  # fmt: skip
    return [
        PageBreak(),
        p("FORM NO. 12BA", 12, bold=True, align="center"),
        p("[See rule 26A(2)(b)]", 8, align="center"),
        p("Statement showing particulars of perquisites, other fringe benefits or amenities and "
          "profits in lieu of salary with value thereof", 9, align="center", after=8),
        grid([["Name of employee", case.employee.name], ["PAN", case.employee.pan],
              ["Income under the head Salaries (other than from perquisites)",
               out.plain(case.amounts["income_under_salaries"] - perks)],
              ["Financial year", case.year.financial]], [260, 250], size=8),
        Spacer(1, 8),
        grid(rows, [35, 195, 95, 95, 90], right=(2, 3, 4), bold=(0, -1), size=8),
    ]  # fmt: skip


def _declared_rows(case: SalaryYear, out: Filled) -> tuple[list[list[str]], list[int]]:
    """All lines, and which of them are headings."""
    rows: list[list[str]] = [["Particulars", "Declared", "Considered for tax"]]
    heads = []

    def head(words: str) -> None:
        heads.append(len(rows))
        rows.append([words, "", ""])

    def add(words: str, key: str, declared: str = "") -> None:
        rows.append([words, declared, amount(case, out, key)])

    head("Earnings")
    add("Income u/s 17(1)", "salary_17_1")
    add("Perquisite value u/s 17(2)", "perquisites_17_2")
    add("Profit in lieu of salary, u/s 17(3)", "profits_in_lieu_17_3")
    add("Total gross salary", "gross_salary")
    head("Exemptions u/s 10")
    add("House Rent Allowance 10(13A)", "hra_exemption_10_13a")
    add("Leave Travel Allowance 10(5)", "@lta")
    add("Other exemptions", "@other_exempt")
    add("Total exemption", "exempt_allowances_10")
    add("Salary after exemption", "salary_from_current_employer")
    add("Income from previous employment", "@other_employer")
    head("Deductions u/s 16")
    add("Standard deduction u/s 16(ia)", "standard_deduction_16_ia")
    add("Professional tax u/s 16(iii)", "professional_tax_16_iii")
    add("Net salary income", "income_under_salaries")
    head("Other income declared")
    add("Interest on housing loan / income from house property", "house_property_income",
        out.plain(case.amounts["house_property_income"]))  # fmt: skip
    add("Income from other sources", "other_sources_income")
    add("Gross total income", "gross_total_income")
    head("Deductions under Chapter VI A")
    for section, words in DECLARED.items():
        add(words, f"deduction_{section}", out.plain(case.claimed[section]))
    add("Total of Chapter VI A", "total_deductions_vi_a", out.plain(sum(case.claimed.values())))
    head("Tax computation")
    for words, key in (("Total taxable income", "total_taxable_income"),
                       ("Income tax", "tax_on_total_income"), ("Tax rebate u/s 87A", "rebate_87a"),
                       ("Surcharge on tax", "surcharge"), ("H&E cess", "cess"),
                       ("Total income tax", "tax_payable"), ("Relief under Sec. 89", "relief_89"),
                       ("Net tax payable", "net_tax_payable")):  # fmt: skip
        add(words, key)
    return rows, heads


def declared(rng: Random) -> Paper:
    """What was declared beside what is allowed; quarters below; Form 12BA appended."""
    case = salary_year(rng, employer=people.firm(rng), other_employer=rng.random() < 0.3)
    out = Filled(case.amounts, money_style(rng, zeros=(None, "-", "NIL")))
    rows, heads = _declared_rows(case, out)
    employer, employee = case.employer, case.employee
    facts = [["Company", out.text("employer_name", employer.name), "Employee",
              out.text("employee_name", employee.name, employee.titled)],
             ["TAN", out.text("employer_tan", employer.tan), "PAN No.",
              out.text("employee_pan", employee.pan)],
             ["Company PAN", out.text("employer_pan", employer.pan), "AY / FY",
              f"{out.text('assessment_year', case.year.assessment)} / "
              f"{out.text('financial_year', case.year.financial)}"]]  # fmt: skip
    quarters = [["Qtr", "Ack. No.", "Salary paid", "TDS", "TDS remitted"],
                *quarter_rows(rng, case, out, "Total")]  # fmt: skip
    flow = [
        p("FORM 16 - Certificate of tax deducted at source on salary (u/s 203)", 12, bold=True,
          align="center", after=6),
        grid(facts, [70, 195, 70, 185], size=8, ruled=False, bold=()),
        Spacer(1, 6),
        grid(rows, [300, 105, 115], right=(1, 2), size=8, pad=1.4, bold=(0, *heads), shaded=heads,
             spans=[(0, h, 2, h) for h in heads], line=0.25),
        Spacer(1, 6),
        grid(quarters, [70, 120, 110, 110, 110], right=(2, 3, 4), size=8, bold=(0, -1)),
        *_form_12ba(case, out),
    ]  # fmt: skip
    note = "payroll software, declared beside considered amounts, Form 12BA appended"
    return Paper(pdf(flow, margins=(36, 30, 36, 30)), "form16", out.fields, "form16/declared", note)


LAYOUTS: dict[str, Layout] = {
    "form16/declared": declared,
}
