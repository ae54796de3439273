"""Files that hold several papers; the truth names each with its pages."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from xml.sax.saxutils import escape

from reportlab.platypus import Spacer

from tests.corpus import identifiers, people
from tests.corpus.bundle import bundle, joined
from tests.corpus.drawing import grid, p, pdf
from tests.corpus.figures import Year, in_words, indian, money_style, rupees, truth
from tests.corpus.filled import Filled
from tests.corpus.layouts_form16 import traces_part_a, traces_whole
from tests.corpus.layouts_form16_office import old_form
from tests.corpus.layouts_form16_payroll import printer
from tests.corpus.layouts_form16a import traces as traces_16a
from tests.corpus.layouts_form26as import traces as traces_26as
from tests.corpus.layouts_other import news, other
from tests.corpus.paper import Layout, Paper
from tests.corpus.salary import rounded, salary_year
from tests.corpus.withholding import withholding


class Job:
    """One employee's pay over several months, with the year to date as a distraction."""

    def __init__(self, rng: Random, when: Year) -> None:
        self.firm, self.person, self.year = people.firm(rng), people.person(rng), when
        self.number, self.basic = identifiers.employee_number(rng), rupees(rng, 18_000, 95_000, 10)
        self.money = money_style(rng, zeros=(None, "-"))
        self.rng = rng

    def slip(self, index: int) -> Paper:
        """The month's slip: earnings and deductions beside each other, this month and to date."""
        rng, month = self.rng, self.year.month(index)
        paid = {"basic": self.basic, "hra": rounded(self.basic * 2 / 5),
                "special_allowance": rounded(self.basic / 2) + rupees(rng, 0, 3_000)}  # fmt: skip
        taken = {"epf_employee": rounded(self.basic * 12 / 100), "professional_tax": Decimal(200),
                 "income_tax": rng.choice((Decimal(0), rupees(rng, 800, 14_000)))}  # fmt: skip
        gross, less = sum(paid.values()), sum(taken.values())
        values = paid | taken | {"gross_earnings": Decimal(gross), "total_deductions":
                                 Decimal(less), "net_pay": Decimal(gross - less)}  # fmt: skip
        out = Filled(values, self.money)
        words = {"basic": "Basic", "hra": "House Rent Allowance", "special_allowance":
                 "Special Allowance", "epf_employee": "Provident Fund", "professional_tax":
                 "Professional Tax", "income_tax": "Income Tax (TDS)"}  # fmt: skip
        rows = [["Earnings", "This month", "YTD", "Deductions", "This month", "YTD"]]
        for earning, deduction in zip(paid, taken, strict=True):
            rows.append([words[earning], out.money(earning), out.plain(paid[earning] * (index + 1)),
                         words[deduction], out.money(deduction),
                         out.plain(taken[deduction] * (index + 1))])  # fmt: skip
        rows.append(["Gross earnings", out.money("gross_earnings"), "", "Total deductions",
                     out.money("total_deductions"), ""])  # fmt: skip
        flow = [
            p(escape(out.text("employer_name", self.firm.name)), 13, bold=True, align="center"),
            p(", ".join(self.firm.address), 8, align="center"),
            p(f"Pay slip for {out.text('month', f'{month:%Y-%m}', f'{month:%B %Y}')}", 11,
              bold=True, align="center", after=8),
            grid([["Employee", out.text("employee_name", self.person.name), "Emp. No.",
                   out.text("employee_id", self.number)],
                  ["Designation", self.person.designation, "PAN",
                   out.text("employee_pan", self.person.pan)]], [80, 190, 80, 170], size=9),
            Spacer(1, 8),
            grid(rows, [115, 75, 70, 115, 75, 70], right=(1, 2, 4, 5), bold=(0, -1), size=8.5),
            p(f"Net pay: Rs. {out.money('net_pay', replace(self.money, zero=None))} (Rupees "
              f"{in_words(gross - less)} only)", 10, bold=True, before=8),
        ]  # fmt: skip
        return Paper(pdf(flow), "payslip", out.fields, "payslip/part")


def _rent(rng: Random, tenant: people.Person, owner: people.Person, when: Year, index: int,
          rent: Decimal) -> Paper:  # fmt: skip
    first = when.month(index)
    last = Year(when.start).month(index + 1) if index < 11 else date(when.start + 1, 4, 1)
    last = date.fromordinal(last.toordinal() - 1)
    fields = {
        "tenant_name": tenant.name, "landlord_name": owner.name, "landlord_pan": owner.pan,
        "period_from": f"{first}", "period_to": f"{last}", "rent_paid": truth(rent),
    }  # fmt: skip
    flow = [
        p("RENT RECEIPT", 14, bold=True, align="center", after=12),
        p(f"Received from {escape(tenant.titled)} Rs. {indian(rent, 0)}/- (Rupees "
          f"{in_words(rent)} only) as rent of {', '.join(tenant.address)} for the period "
          f"{first:%d/%m/%Y} to {last:%d/%m/%Y}.", 11, lead=1.6, after=12),
        p(f"Landlord: {escape(owner.titled)}<br/>PAN: {owner.pan}", 11),
    ]  # fmt: skip
    return Paper(pdf(flow, margins=(70, 90, 70, 60)), "rent_receipt", fields, "rent_receipt/part")


def two_employers(rng: Random) -> Paper:
    """Form 16 of two employers in one year, each with its own number of pages."""
    start, one = rng.choice((2023, 2024)), people.person(rng)
    when = Year(start)
    first = salary_year(rng, start=start, employee=one, employer=people.firm(rng),
                        other_employer=False,
                        part_year=(when.first_day, date(start, 8, 31)))  # fmt: skip
    second = salary_year(rng, start=start, employee=one, employer=people.firm(rng),
                         part_year=(date(start, 9, 1), when.last_day), old_regime=True,
                         other_employer=True)  # fmt: skip
    papers = [traces_whole(rng, first), old_form(rng, second)]
    return bundle(papers, "bundle-two-employers", "Form 16 of two employers, two layouts")


def part_a_and_b(rng: Random) -> Paper:
    """TRACES Part A followed by the payroll program's Part B: one certificate, one record."""
    case = salary_year(rng, paise=rng.random() < 0.5)
    made = joined(traces_part_a(rng, case), printer(rng, case))
    note = f"TRACES Part A, then Part B of another make. {case.derivable()}"
    return Paper(made.pdf, "form16", made.fields, "form16/bundle-part-a-b", note)


def six_payslips(rng: Random) -> Paper:
    """Half a year of payslips of one employee."""
    job, first = Job(rng, Year(rng.choice((2023, 2024, 2025)))), rng.randrange(7)
    slips = [job.slip(index) for index in range(first, first + 6)]
    return bundle(slips, "bundle-six-months", "six months of payslips")


def year_file(rng: Random) -> Paper:
    """Form 16, payslips and rent receipts, as one hands them in."""
    start = rng.choice((2023, 2024))
    job = Job(rng, Year(start))
    case = salary_year(rng, start=start, employee=job.person, employer=job.firm,
                       old_regime=True)  # fmt: skip
    owner, rent = people.person(rng), rupees(rng, 8_000, 40_000, 500)
    receipts = [_rent(rng, job.person, owner, job.year, index, rent) for index in (9, 10, 11)]
    papers = [traces_whole(rng, case), job.slip(9), job.slip(10), *receipts]
    return bundle(papers, "bundle-year", "Form 16, two payslips, three rent receipts")


def cover_letter(rng: Random) -> Paper:
    """A letter that names the certificates which follow it."""
    case = withholding(rng)
    letter = other([
        p(escape(case.deductor.name), 14, bold=True),
        p(", ".join(case.deductor.address), 9, after=20),
        p(f"To {escape(case.deductee_title)} {escape(case.deductee_name)}<br/>"
          f"{', '.join(case.deductee_address)}", 10, after=14),
        p("Sub: TDS certificate in Form 16A", 10, bold=True, after=8),
        p(f"Dear Sir / Madam, please find enclosed the certificate of tax deducted at source for "
          f"quarter {case.quarter + 1} of {case.year.financial}. Kindly verify the amounts with "
          "your Form 26AS. This is a covering letter only.", 10),
        p(f"Yours faithfully, {escape(case.signatory.name)}", 10, before=30),
    ], "part", "")  # fmt: skip
    paper = traces_16a(rng, case)
    return replace(joined(letter, paper), document_type="form16a", note=paper.note,
                   layout="form16a/behind-a-letter")  # fmt: skip


def four_quarters(rng: Random) -> Paper:
    """The four quarterly certificates of one deductor for one payee."""
    base = withholding(rng, start=rng.choice((2023, 2024)), section="194A")
    papers = []
    for quarter in range(4):
        new = withholding(rng, start=base.year.start, section="194A", most=3)
        shift = base.year.quarter(quarter)[0] - new.year.quarter(new.quarter)[0]
        payments = [(day + shift, paid, tax) for day, paid, tax in new.payments]
        case = replace(base, quarter=quarter, payments=payments, deposited=new.deducted,
                       certificate=new.certificate)  # fmt: skip
        papers.append(traces_16a(rng, case))
    return bundle(papers, "bundle-four-quarters", "Form 16A of four quarters")


def mixed_pile(rng: Random) -> Paper:
    """A pile of different people's papers with a newspaper page amid them."""
    job = Job(rng, Year(2024))
    papers = [traces_26as(rng), news(rng), job.slip(rng.randrange(12)), traces_16a(rng)]
    return bundle(papers, "bundle-pile", "Form 26AS, a news article, a payslip, a Form 16A")


LAYOUTS: dict[str, Layout] = {
    "form16/bundle-two-employers": two_employers,
    "form16/bundle-part-a-b": part_a_and_b,
    "payslip/bundle-six-months": six_payslips,
    "form16/bundle-year": year_file,
    "form16a/behind-a-letter": cover_letter,
    "form16a/bundle-four-quarters": four_quarters,
    "form26as/bundle-pile": mixed_pile,
}
