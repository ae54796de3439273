"""Pieces of Form 16 that several layouts print: Part A's tables, Part B in the prescribed words."""

from datetime import timedelta
from random import Random

from reportlab.platypus import Flowable

from tests.corpus import identifiers
from tests.corpus.drawing import grid, p
from tests.corpus.figures import indian, plain
from tests.corpus.filled import Filled
from tests.corpus.salary import SalaryYear

PRESCRIBED = "Certificate under Section 203 of the Income-tax Act, 1961 for tax deducted at source on salary paid to an employee under section 192 or pension/interest income of specified senior citizen under section 194P"  # noqa: E501
VERIFICATION = (
    "I, <b>{name}</b>, son / daughter of <b>{father}</b> working in the capacity of "
    "<b>{post}</b> (designation) do hereby certify that {what}I further certify that the "
    "information given above is true, complete and correct and is based on the books of account, "
    "documents, TDS statements, TDS deposited and other available records."
)
# Number, words, field or other line, column (0 inner, 1 outer). None: a heading.
Line = tuple[str, str, str | None, int]
SALARY_LINES: list[Line] = [
    ("1.", "Gross Salary", None, 0),
    ("(a)", "Salary as per provisions contained in section 17(1)", "salary_17_1", 0),
    ("(b)", "Value of perquisites under section 17(2) (as per Form No. 12BA, wherever applicable)",
     "perquisites_17_2", 0),
    ("(c)", "Profits in lieu of salary under section 17(3) (as per Form No. 12BA, wherever "
     "applicable)", "profits_in_lieu_17_3", 0),
    ("(d)", "Total", "gross_salary", 1),
    ("(e)", "Reported total amount of salary received from other employer(s)", "@other_employer",
     1),
    ("2.", "Less: Allowances to the extent exempt under section 10", None, 0),
    ("(a)", "Travel concession or assistance under section 10(5)", "@lta", 0),
    ("(b)", "Death-cum-retirement gratuity under section 10(10)", "@none", 0),
    ("(c)", "Commuted value of pension under section 10(10A)", "@none", 0),
    ("(d)", "Cash equivalent of leave salary encashment under section 10 (10AA)", "@none", 0),
    ("(e)", "House rent allowance under section 10(13A)", "hra_exemption_10_13a", 0),
    ("(f)", "Amount of any other exemption under section 10", "@other_exempt", 0),
    ("(g)", "Total amount of any other exemption under section 10", "@other_exempt", 0),
    ("(h)", "Total amount of exemption claimed under section 10 [2(a)+2(b)+2(c)+2(d)+2(e)+2(g)]",
     "exempt_allowances_10", 1),
    ("3.", "Total amount of salary received from current employer [1(d)-2(h)]",
     "salary_from_current_employer", 1),
    ("4.", "Less: Deductions under section 16", None, 0),
    ("(a)", "Standard deduction under section 16(ia)", "standard_deduction_16_ia", 0),
    ("(b)", "Entertainment allowance under section 16(ii)", "entertainment_allowance_16_ii", 0),
    ("(c)", "Tax on employment under section 16(iii)", "professional_tax_16_iii", 0),
    ("5.", "Total amount of deductions under section 16 [4(a)+4(b)+4(c)]", "@section_16", 1),
    ("6.", 'Income chargeable under the head "Salaries" [(3+1(e)-5]', "income_under_salaries", 1),
    ("7.", "Add: Any other income reported by the employee under as per section 192 (2B)", None, 0),
    ("(a)", "Income (or admissible loss) from house property reported by employee offered for TDS",
     "house_property_income", 0),
    ("(b)", "Income under the head Other Sources offered for TDS", "other_sources_income", 0),
    ("8.", "Total amount of other income reported by the employee [7(a)+7(b)]", "@other_income", 1),
    ("9.", "Gross total income (6+8)", "gross_total_income", 1),
]  # fmt: skip
VIA_LINES: list[tuple[str, str, str]] = [
    ("(a)", "Deduction in respect of life insurance premia, contributions to provident fund etc. "
     "under section 80C", "80c"),
    ("(b)", "Deduction in respect of contribution to certain pension funds under section 80CCC",
     "80ccc"),
    ("(c)", "Deduction in respect of contribution by taxpayer to pension scheme under section "
     "80CCD (1)", "80ccd_1"),
    ("(d)", "Total deduction under section 80C, 80CCC and 80CCD(1)", "@group_80c"),
    ("(e)", "Deductions in respect of amount paid/deposited to notified pension scheme under "
     "section 80CCD (1B)", "80ccd_1b"),
    ("(f)", "Deduction in respect of contribution by Employer to pension scheme under section "
     "80CCD (2)", "80ccd_2"),
    ("(g)", "Deduction in respect of health insurance premia under section 80D", "80d"),
    ("(h)", "Deduction in respect of interest on loan taken for higher education under section "
     "80E", "80e"),
]  # fmt: skip
VIA_QUALIFYING: list[tuple[str, str, str]] = [
    ("(i)", "Total Deduction in respect of donations to certain funds, charitable institutions, "
     "etc. under section 80G", "80g"),
    ("(j)", "Deduction in respect of interest on deposits in savings account under section 80TTA",
     "80tta"),
    ("(l)", "Total of amount deductible under any other provision(s) of Chapter VI-A", "@none"),
]  # fmt: skip
TAX_LINES: list[Line] = [
    ("11.", "Aggregate of deductible amount under Chapter VI-A [10(d)+10(e)+10(f)+10(g)+10(h)+"
     "10(i)+10(j)+10(l)]", "total_deductions_vi_a", 1),
    ("12.", "Total taxable income (9-11)", "total_taxable_income", 1),
    ("13.", "Tax on total income", "tax_on_total_income", 1),
    ("14.", "Rebate under section 87A, if applicable", "rebate_87a", 1),
    ("15.", "Surcharge, wherever applicable", "surcharge", 1),
    ("16.", "Health and education cess", "cess", 1),
    ("17.", "Tax payable (13+15+16-14)", "tax_payable", 1),
    ("18.", "Less: Relief under section 89 (attach details)", "relief_89", 1),
    ("19.", "Net tax payable (17-18)", "net_tax_payable", 1),
]  # fmt: skip


def amount(case: SalaryYear, out: Filled, key: str) -> str:
    """The printed amount of a field, or of one of the lines that are no fields (`@name`)."""
    if key.startswith("@"):
        return out.plain(case.other.get(key[1:], 0))
    return out.money(key)


def two_columns(case: SalaryYear, out: Filled, lines: list[Line]) -> list[list[str]]:
    """Rows of number, words, inner amount, outer amount."""
    rows = []
    for number, words, key, column in lines:
        cells = ["", ""]
        if key:
            cells[column] = amount(case, out, key)
        rows.append([number, words, *cells])
    return rows


def via_rows(
    case: SalaryYear, out: Filled, lines: list[tuple[str, str, str]], columns: int
) -> list[list[str]]:
    """Rows of number, words, gross amount, qualifying amount if there are three, deductible."""
    rows = []
    for number, words, section in lines:
        if section == "@group_80c":
            three = ("80c", "80ccc", "80ccd_1")
            gross = sum(case.claimed[s] for s in three)
            amounts = [out.plain(gross), out.plain(case.other["group_80c"])]
        elif section.startswith("@"):
            amounts = [out.plain(0)] * 2
        else:
            amounts = [out.plain(case.claimed[section]), out.money(f"deduction_{section}")]
        if columns == 3:
            amounts.insert(1, amounts[0])
        rows.append([number, words, *amounts])
    return rows


def quarter_rows(
    rng: Random, case: SalaryYear, out: Filled, total: str = "Total (Rs.)"
) -> list[list[str]]:
    """Part A's summary: quarter, receipt number, paid, deducted, deposited; then the total."""
    rows = [
        [
            f"Q{quarter + 1}",
            identifiers.receipt_number(rng),
            out.plain(case.paid[quarter]),
            out.plain(case.deducted[quarter]),
            out.plain(case.deducted[quarter]),
        ]
        for quarter in range(4)
        if case.paid[quarter]
    ]
    amounts = [out.money("tds_deducted"), out.money("tds_deposited")]
    return [*rows, [total, "", out.plain(sum(case.paid)), *amounts]]


def challan_rows(rng: Random, case: SalaryYear, out: Filled) -> list[list[str]]:
    """One row a month of the year in which tax was paid in; then the total."""
    rows: list[list[str]] = []
    for quarter, due in enumerate(case.deducted):
        for month in range(3 if due else 0):
            first = due // 3
            share = first if month < 2 else due - 2 * first
            day = case.year.month(quarter * 3 + month) + timedelta(days=rng.randint(33, 36))
            rows.append([
                str(len(rows) + 1), out.plain(share), identifiers.bsr_code(rng),
                f"{day:%d-%m-%Y}", f"{rng.randrange(100, 99999):05d}", "F",
            ])  # fmt: skip
    return [*rows, ["Total (Rs.)", out.plain(sum(case.deducted)), "", "", "", ""]]


def head_grid(case: SalaryYear, out: Filled, width: float, size: float) -> list[Flowable]:
    """Certificate number, both addresses, PANs and TAN, year and period, as TRACES rules them."""
    employer, employee = case.employer, case.employee
    updated = case.end + timedelta(days=70)
    quarter, half = width / 4, width / 2
    names = [
        "<br/>".join([out.text("employer_name", employer.name), *employer.address,
                      employer.phone]).replace("&", "&amp;"),
        "<br/>".join([out.text("employee_name", employee.name), *employee.address]),
    ]  # fmt: skip
    return [
        grid(
            [[f"Certificate No. {out.text('certificate_number', case.certificate)}",
              f"Last updated on {updated:%d-%b-%Y}"],
             ["Name and address of the Employer/Specified Bank",
              "Name and address of the Employee/Specified senior citizen"],
             [p(names[0], size, after=0), p(names[1], size, after=0)]],
            [half, half], size=size, center=(0, 1), bold=(0, 1),
        ),
        grid(
            [["PAN of the Deductor", "TAN of the Deductor", "PAN of the Employee",
              "Employee Reference No. provided by the Employer (If available)"],
             [out.text("employer_pan", employer.pan), out.text("employer_tan", employer.tan),
              out.text("employee_pan", case.employee.pan), ""]],
            [quarter] * 4, size=size, center=range(4), bold=(0,),
        ),
        grid(
            [["CIT (TDS)", "Assessment Year", "Period with the Employer", ""],
             ["", "", "From", "To"],
             [f"The Commissioner of Income Tax (TDS) Aayakar Bhawan, {employer.address[1]}",
              out.text("assessment_year", case.year.assessment),
              out.text("period_from", f"{case.start}", f"{case.start:%d-%b-%Y}"),
              out.text("period_to", f"{case.end}", f"{case.end:%d-%b-%Y}")]],
            [half, quarter, quarter / 2, quarter / 2], size=size, center=range(4), bold=(0, 1),
            spans=[(0, 0, 0, 1), (1, 0, 1, 1), (2, 0, 3, 0)],
        ),
    ]  # fmt: skip


def verification(case: SalaryYear, what: str, size: float, width: float) -> list[Flowable]:
    """The signed statement; its name, father and dates are nobody's fields."""
    signer, day = case.signatory, case.end + timedelta(days=71)
    words = VERIFICATION.format(
        name=signer.name, father=signer.father, post=signer.designation, what=what
    )
    place = case.employer.city
    return [
        grid(
            [["Verification", ""], [p(words, size, after=0), ""], [f"Place {place}", ""],
             [f"Date {day:%d-%b-%Y}", "(Signature of person responsible for deduction of Tax)"],
             [f"Designation: {signer.designation}", f"Full Name: {signer.name}"]],
            [width / 2] * 2, size=size, bold=(0,), spans=[(0, 0, 1, 0), (0, 1, 1, 1)],
        )
    ]  # fmt: skip


STYLES = (plain, indian)
