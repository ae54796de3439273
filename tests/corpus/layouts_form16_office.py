"""Form 16 as offices and small employers make it: old forms, typed tables, Hindi, letters."""

from random import Random
from xml.sax.saxutils import escape

from reportlab.platypus import Spacer

from tests.corpus import people
from tests.corpus.drawing import grid, hindi, p, pdf
from tests.corpus.figures import (
    MoneyStyle,
    date_style,
    in_words,
    indian,
    money_style,
    plain,
    rupees,
    split_paise,
    truth,
)
from tests.corpus.filled import Filled
from tests.corpus.form16_parts import amount, quarter_rows
from tests.corpus.paper import Layout, Paper
from tests.corpus.salary import SalaryYear, salary_year

OLD_OTHER = {"80ccd_1b": "80CCD(1B)", "80ccd_2": "80CCD(2)", "80d": "80D", "80e": "80E",
             "80g": "80G", "80tta": "80TTA"}  # fmt: skip


def _old_80c(rng: Random, case: SalaryYear, out: Filled) -> list[list[str]]:
    """Section 80C with what it consists of; gross amounts inside, the deductible at the end."""
    left, rows = case.claimed["80c"], []
    kinds = ("Employees Provident Fund", "Life Insurance Premium", "PPF", "Tuition fees")
    rows.append(["", "(A) sections 80C, 80CCC and 80CCD", "", "Gross Amount", "Deductible Amount"])
    rows.append(["", "(a) section 80C", "", "", ""])
    for number, kind in zip(("(i)", "(ii)", "(iii)", "(iv)"), kinds, strict=True):
        share = left if number == "(iv)" else min(left, rupees(rng, 1_000, 70_000))
        left -= share
        rows.append(["", f"      {number} {kind}", out.plain(share), "", ""])
    for words, section in (("", "80c"), ("(b) section 80CCC", "80ccc"),
                           ("(c) section 80CCD(1)", "80ccd_1")):  # fmt: skip
        rows.append(["", words, "", out.plain(case.claimed[section]),
                     out.money(f"deduction_{section}")])  # fmt: skip
    return rows


def old_form(rng: Random, case: SalaryYear | None = None) -> Paper:
    """The form before 2019, still used: three staggered columns, gross, qualifying, deductible."""
    case = case or salary_year(rng, old_regime=True)
    style = money_style(rng, zeros=(None, "-", "NIL"), negatives=("(-) {}", "({})", "-{}"))
    out = Filled(case.amounts, style)

    def line(number: str, words: str, key: str, column: int) -> list[str]:
        cells = ["", "", ""]
        cells[column] = amount(case, out, key)
        return [number, words, *cells]

    employer, employee, day = case.employer, case.employee, date_style(rng, "%d/%m/%Y", "%d.%m.%Y")
    head = [
        ["Name and address of the Employer", "Name and designation of the Employee"],
        [f"{out.text('employer_name', employer.name)}, {', '.join(employer.address)}",
         f"{out.text('employee_name', employee.name, employee.titled)}, {employee.designation}"],
        [f"PAN No. of the Deductor: {out.text('employer_pan', employer.pan)}   TAN No. of the "
         f"Deductor: {out.text('employer_tan', employer.tan)}",
         f"PAN No. of the Employee: {out.text('employee_pan', employee.pan)}"],
        [f"Period: From {out.text('period_from', f'{case.start}', day(case.start))} To "
         f"{out.text('period_to', f'{case.end}', day(case.end))}",
         f"Assessment year: {out.text('assessment_year', case.year.assessment)}"],
    ]  # fmt: skip
    rows = [
        ["1.", "Gross salary", "Rs.", "Rs.", "Rs."],
        line("", "(a) Salary as per provisions contained in sec. 17(1)", "salary_17_1", 0),
        line("", "(b) Value of perquisites u/s 17(2) (as per Form No.12BA, wherever applicable)",
             "perquisites_17_2", 0),
        line("", "(c) Profits in lieu of salary u/s 17(3)", "profits_in_lieu_17_3", 0),
        line("", "(d) Total", "gross_salary", 1),
        line("2.", "Less: Allowance to the extent exempt u/s 10   (HRA, LTA etc.)",
             "exempt_allowances_10", 1),
        line("3.", "Balance (1-2)", "salary_from_current_employer", 1),
        *([line("", "Add: Salary from previous employer", "@other_employer", 1)]
          if case.other["other_employer"] else []),
        ["4.", "Deductions :", "", "", ""],
        line("", "(a) Standard deduction", "standard_deduction_16_ia", 0),
        line("", "(b) Entertainment allowance", "entertainment_allowance_16_ii", 0),
        line("", "(c) Tax on employment", "professional_tax_16_iii", 0),
        line("5.", "Aggregate of 4(a) to (c)", "@section_16", 1),
        line("6.", "Income chargeable under the head 'Salaries' (3-5)", "income_under_salaries", 2),
        ["7.", "Add: Any other income reported by the employee", "", "", ""],
        line("", "Loss from house property", "house_property_income", 1),
        line("", "Other sources", "other_sources_income", 1),
        line("8.", "Gross total income (6+7)", "gross_total_income", 2),
        ["9.", "Deductions under Chapter VIA", "", "", ""],
        *_old_80c(rng, case, out),
        ["", "(B) other sections under Chapter VIA", "Gross amount", "Qualifying amount",
         "Deductible amount"],
        *[["", f"section {words}", out.plain(case.claimed[s]), out.plain(case.claimed[s]),
           out.money(f"deduction_{s}")] for s, words in OLD_OTHER.items()],
        line("10.", "Aggregate of deductible amounts under Chapter VI-A", "total_deductions_vi_a",
             2),
        line("11.", "Total income (8-10)", "total_taxable_income", 2),
        line("12.", "Tax on total income", "tax_on_total_income", 2),
        line("", "Less: rebate u/s 87A", "rebate_87a", 2),
        line("13.", "Surcharge (on tax computed at S. No. 12)", "surcharge", 2),
        line("14.", "Education Cess @ 4%", "cess", 2),
        line("15.", "Tax payable (12+13+14)", "tax_payable", 2),
        line("16.", "Relief under section 89 (attach details)", "relief_89", 2),
        line("17.", "Tax payable (15-16)", "net_tax_payable", 2),
        line("18.", "Less: (a) Tax deducted at source u/s 192(1)", "tds_deducted", 2),
        line("19.", "Tax payable/refundable (17-18)", "@none", 2),
    ]  # fmt: skip
    flow = [
        p("FORM NO. 16", 12, bold=True, align="center", font="Times-Roman"),
        p("[See rule 31(1)(a)]", 8, align="center", font="Times-Roman"),
        p("Certificate under section 203 of the Income-tax Act, 1961 for tax deducted at source "
          "from income chargeable under the head “Salaries”", 9, align="center",
          font="Times-Roman", after=5),
        grid(head, [260, 260], size=8, font="Times-Roman", bold=(0,)),
        p("DETAILS OF SALARY PAID AND ANY OTHER INCOME AND TAX DEDUCTED", 8.5, bold=True,
          align="center", font="Times-Roman", before=4),
        grid(rows, [24, 286, 70, 70, 70], right=(2, 3, 4), size=8, font="Times-Roman", pad=1.2),
        p(f"I, {case.signatory.name}, certify that a sum of Rs. "
          f"{out.plain(case.amounts['tds_deducted'])} (Rupees "
          f"{in_words(case.amounts['tds_deducted'])} only) has been deducted at source and paid to "
          "the credit of the Central Government.", 8.5, font="Times-Roman", before=6),
    ]  # fmt: skip
    note = f"form before 2019, staggered columns. {case.derivable()}"
    made = pdf(flow, margins=(36, 26, 36, 26))
    return Paper(made, "form16", out.fields, "form16/old-form", note)


TYPED = [
    ("1", "Salary u/s 17(1)", "salary_17_1"),
    ("2", "Value of perquisites 17(2)", "perquisites_17_2"),
    ("3", "Profit in lieu of salary 17(3)", "profits_in_lieu_17_3"),
    ("4", "Gross Salary (1+2+3)", "gross_salary"),
    ("5", "H.R.A. exempt u/s 10(13-A)", "hra_exemption_10_13a"),
    ("6", "Total exempt u/s 10", "exempt_allowances_10"),
    ("7", "Balance", "salary_from_current_employer"),
    ("8", "Standard Deduction u/s 16 (i-a)", "standard_deduction_16_ia"),
    ("9", "Entertainment Allowance u/s 16 (ii)", "entertainment_allowance_16_ii"),
    ("10", "Profession Tax u/s 16 (iii)", "professional_tax_16_iii"),
    ("11", "Income chargeable under head Salary", "income_under_salaries"),
    ("12", "Income / Loss from House Property", "house_property_income"),
    ("13", "Other Income (Bank interest etc.)", "other_sources_income"),
    ("14", "Gross Total Income", "gross_total_income"),
    ("15", "Deduction u/s 80-C", "deduction_80c"),
    ("16", "Deduction u/s 80-CCD(1-B)", "deduction_80ccd_1b"),
    ("17", "Deduction u/s 80-D", "deduction_80d"),
    ("18", "Deduction u/s 80-G", "deduction_80g"),
    ("19", "Other deductions (80CCC, 80CCD, 80E, 80TTA)", "@rest"),
    ("20", "Total deductions under Ch. VI-A", "total_deductions_vi_a"),
    ("21", "Total Taxable Income", "total_taxable_income"),
    ("22", "Rounded off to nearest ten rupees", "@rounded_income"),
    ("23", "Income Tax thereon", "tax_on_total_income"),
    ("24", "Rebate u/s 87-A", "rebate_87a"),
    ("25", "Surcharge", "surcharge"),
    ("26", "Health & Education Cess", "cess"),
    ("27", "Total Tax payable", "tax_payable"),
    ("28", "Relief u/s 89(1)", "relief_89"),
    ("29", "Net Tax payable", "net_tax_payable"),
    ("30", "Tax deducted at source", "tds_deducted"),
]


def rupees_and_paise(rng: Random) -> Paper:
    """A school's or treasury's typed statement: rupees and paise in columns of their own."""
    office = people.office(rng)
    case = salary_year(rng, employer=office, paise=True, old_regime=True, other_employer=False)
    rest = ("80ccc", "80ccd_1", "80ccd_2", "80e", "80tta")
    case.other["rest"] = sum(case.amounts[f"deduction_{s}"] for s in rest)
    out = Filled(case.amounts, MoneyStyle())
    rows = [["Sl.", "Particulars", "Rs.", "P."]]
    for number, words, key in TYPED:
        value = case.other[key[1:]] if key.startswith("@") else case.amounts[key]
        if not key.startswith("@"):
            out.text(key, truth(value))
        rows.append([number, words, *split_paise(value, indian)])
    facts = [
        ["Name of the Office", out.text("employer_name", office.name)],
        ["Name & Designation of the employee",
         f"{out.text('employee_name', case.employee.name, case.employee.titled)}, "
         f"{case.employee.designation}"],
        ["PAN of employee", out.text("employee_pan", case.employee.pan)],
        ["TAN of D.D.O.", out.text("employer_tan", office.tan)],
        ["Financial Year / Asstt. Year", f"{out.text('financial_year', case.year.financial)} / "
         f"{out.text('assessment_year', case.year.assessment)}"],
    ]  # fmt: skip
    flow = [
        p("FORM No. 16", 13, bold=True, align="center", font="Courier"),
        p("Certificate of deduction of tax at source from Salary u/s 203 of I.T. Act 1961", 9,
          align="center", font="Courier", after=8),
        grid(facts, [210, 300], size=8.5, font="Courier", ruled=False),
        Spacer(1, 6),
        grid(rows, [32, 348, 90, 40], size=8.5, font="Courier", right=(2,), center=(0, 3),
             bold=(0,), pad=1.6),
        Spacer(1, 24),
        p(f"Signature of D.D.O. ({escape(case.signatory.titled)})", 9, align="right",
          font="Courier"),
    ]  # fmt: skip
    note = "typed, rupees | paise, no employer PAN"
    return Paper(pdf(flow), "form16", out.fields, "form16/rupees-paise", note)


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
    "form16/old-form": old_form,
    "form16/rupees-paise": rupees_and_paise,
    "form16/bilingual": bilingual,
    "form16/amount-first": amount_first,
}
