"""Form 16 in Hindi and English, and with the amount before its label."""

from random import Random
from xml.sax.saxutils import escape

from reportlab.platypus import Spacer

from tests.corpus import people
from tests.corpus.drawing import grid, hindi, p, pdf
from tests.corpus.figures import (
    MoneyStyle,
    indian,
    plain,
)
from tests.corpus.filled import Filled
from tests.corpus.form16_parts import amount, quarter_rows
from tests.corpus.layouts_form16_office import TYPED
from tests.corpus.paper import Layout, Paper
from tests.corpus.salary import salary_year

TWO_TONGUES = [
    ("धारा 17(1) के अनुसार वेतन", "Salary as per section 17 (1)", "salary_17_1"),
    ("धारा 17(2) के अधीन परिलब्धियां", "Perquisites under section 17 (2)", "perquisites_17_2"),
    ("वेतन के बदले लाभ", "Profits in lieu of salary, section 17 (3)", "profits_in_lieu_17_3"),
    ("सकल वेतन", "Gross Salary", "gross_salary"),
    ("मकान किराया भत्ता", "HRA exempt under section 10 (13A)", "hra_exemption_10_13a"),
    ("धारा 10 के अधीन छूट", "Allowances exempt under section 10", "exempt_allowances_10"),
    ("शेष", "Balance", "salary_from_current_employer"),
    ("मानक कटौती", "Standard deduction, section 16 (ia)", "standard_deduction_16_ia"),
    ("मनोरंजन भत्ता", "Entertainment allowance, section 16 (ii)",
     "entertainment_allowance_16_ii"),
    ("रोजगार पर कर", "Tax on employment, section 16 (iii)", "professional_tax_16_iii"),
    ("वेतन शीर्ष के अधीन आय", "Income chargeable under the head Salaries",
     "income_under_salaries"),
    ("गृह संपत्ति से आय", "Income from house property", "house_property_income"),
    ("अन्य स्रोतों से आय", "Income from other sources", "other_sources_income"),
    ("सकल कुल आय", "Gross total income", "gross_total_income"),
    ("धारा 80ग", "Section 80C", "deduction_80c"),
    ("धारा 80गगघ (1ख)", "Section 80CCD (1B)", "deduction_80ccd_1b"),
    ("धारा 80गगघ (2)", "Section 80CCD (2)", "deduction_80ccd_2"),
    ("धारा 80घ", "Section 80D", "deduction_80d"),
    ("अन्य कटौतियां", "Other sections (80CCC, 80CCD(1), 80E, 80G, 80TTA)", "@rest"),
    ("अध्याय 6-क कुल कटौती", "Total deductions under Chapter VI-A", "total_deductions_vi_a"),
    ("कुल आय", "Total taxable income", "total_taxable_income"),
    ("कुल आय पर कर", "Tax on total income", "tax_on_total_income"),
    ("धारा 87क छूट", "Rebate u/s 87A", "rebate_87a"),
    ("अधिभार", "Surcharge", "surcharge"),
    ("स्वास्थ्य और शिक्षा उपकर", "Health and education cess", "cess"),
    ("देय कर", "Tax payable", "tax_payable"),
    ("धारा 89 राहत", "Relief u/s 89", "relief_89"),
    ("शुद्ध देय कर", "Net tax payable", "net_tax_payable"),
]  # fmt: skip


def bilingual(rng: Random) -> Paper:
    """A public bank's or undertaking's form in Hindi and English, quarters first."""
    case = salary_year(rng, employer=people.bank(rng), other_employer=False)
    rest = ("80ccc", "80ccd_1", "80e", "80g", "80tta")
    case.other["rest"] = sum(case.amounts[f"deduction_{s}"] for s in rest)
    out = Filled(case.amounts, MoneyStyle(indian, 2, rng.choice((None, "Nil")), "({})"))

    def both(native: str, english: str) -> object:
        mark = hindi(native, 8)
        return p(f"{mark} / {english}" if mark else english, 8, after=0)

    employer, employee, year = case.employer, case.employee, case.year
    facts = [
        [both("नियोक्ता का नाम", "Name of the Employer"),
         out.text("employer_name", employer.name)],
        [both("नियोक्ता का पैन", "PAN of the Employer"), out.text("employer_pan", employer.pan)],
        [both("नियोक्ता का टैन", "TAN of the Employer"), out.text("employer_tan", employer.tan)],
        [both("कर्मचारी का नाम", "Name of the Employee"),
         out.text("employee_name", employee.name, employee.titled)],
        [both("कर्मचारी का पैन", "PAN of the Employee"), out.text("employee_pan", employee.pan)],
        [both("वित्तीय वर्ष", "Financial Year"), out.text("financial_year", year.financial)],
        [both("निर्धारण वर्ष", "Assessment Year"), out.text("assessment_year", year.assessment)],
    ]  # fmt: skip
    quarters = [[both("तिमाही", "Quarter"), "Receipt No.",
                 both("भुगतान राशि", "Amount paid"), both("काटा गया कर", "Tax deducted"),
                 both("जमा कर", "Tax deposited")],
                *quarter_rows(rng, case, out, "Total")]  # fmt: skip
    rows = [["", both("विवरण", "Particulars"), both("राशि", "Amount (Rs.)")]]
    for number, (native, english, key) in enumerate(TWO_TONGUES, 1):
        rows.append([f"{number}.", both(native, english), amount(case, out, key)])
    flow = [
        p(f"{hindi('प्ररूप संख्या 16', 12)} FORM NO. 16", 12, bold=True, align="center"),
        p("[See rule 31(1)(a)] Certificate under section 203 of the Income-tax Act, 1961", 8,
          align="center", after=6),
        grid(facts, [230, 290], size=8),
        Spacer(1, 6),
        grid(quarters, [80, 100, 120, 110, 110], size=8, right=(2, 3, 4), bold=(-1,)),
        Spacer(1, 6),
        grid(rows, [30, 370, 120], size=8, right=(2,), pad=1.6, shaded=(4, 14, 20, 28)),
    ]  # fmt: skip
    note = "Hindi and English, quarters before the salary"
    return Paper(
        pdf(flow, margins=(36, 28, 36, 28)), "form16", out.fields, "form16/bilingual", note
    )


def amount_first(rng: Random) -> Paper:
    """A spreadsheet's printout: the amount stands left of its label."""
    case = salary_year(rng, other_employer=False, employer=people.firm(rng))
    out = Filled(case.amounts, MoneyStyle(plain, 0, rng.choice((None, "0")), "-{}"))
    rows = [["Amount in Rs.", "Particulars"]]
    for _, words, key in TYPED:
        if key != "@rest" and not (key.startswith("entertainment") or key == "@rounded_income"):
            rows.append([amount(case, out, key), words])
    for section, words in (("80ccd_2", "Deduction u/s 80CCD(2)"), ("80e", "Deduction u/s 80E"),
                           ("80ccc", "Deduction u/s 80CCC"), ("80tta", "Deduction u/s 80TTA"),
                           ("80ccd_1", "Deduction u/s 80CCD(1)")):  # fmt: skip
        rows.insert(18, [out.money(f"deduction_{section}"), words])
    flow = [
        p(escape(out.text("employer_name", case.employer.name)), 13, bold=True),
        p(f"{', '.join(case.employer.address)}. PAN {out.text('employer_pan', case.employer.pan)} "
          f"TAN {out.text('employer_tan', case.employer.tan)}", 8, after=8),
        p(f"Form 16 Part B for A.Y. {out.text('assessment_year', case.year.assessment)}", 11,
          bold=True),
        p(f"Employee: {out.text('employee_name', case.employee.name)} "
          f"({out.text('employee_pan', case.employee.pan)})", 10, after=8),
        grid(rows, [110, 300], ruled=False, right=(0,), bold=(0,), size=9, align="LEFT", pad=1.7),
        p(f"for {escape(case.employer.name)}", 9, before=20),
        p(f"{escape(case.signatory.name)}, {case.signatory.designation}", 9, before=16),
    ]  # fmt: skip
    note = f"spreadsheet without rules, amount left of the label. {case.derivable()}"
    return Paper(pdf(flow), "form16", out.fields, "form16/amount-first", note)


LAYOUTS: dict[str, Layout] = {
    "form16/bilingual": bilingual,
    "form16/amount-first": amount_first,
}
