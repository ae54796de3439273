"""A year's salary and its tax, computed as a payroll does, so that all sums hold."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random

from tests.corpus import identifiers, people
from tests.corpus.figures import Year, rupees, year

ZERO = Decimal(0)
# Lower bounds of the slabs in thousands of rupees, with their rates in per cent.
OLD_SLABS = ((250, 5), (500, 20), (1000, 30))
NEW_SLABS = {
    2023: ((300, 5), (600, 10), (900, 15), (1200, 20), (1500, 30)),
    2024: ((300, 5), (700, 10), (1000, 15), (1200, 20), (1500, 30)),
    2025: ((400, 5), (800, 10), (1200, 15), (1600, 20), (2000, 25), (2400, 30)),
}
REBATE_LIMIT = {2023: 700_000, 2024: 700_000, 2025: 1_200_000}
DEDUCTIONS = ("80c", "80ccc", "80ccd_1", "80ccd_1b", "80ccd_2", "80d", "80e", "80g", "80tta")


def rounded(amount: Decimal, to: int = 1) -> Decimal:
    """To the nearest rupee, or ten rupees as section 288A has it."""
    return Decimal(int(amount / to + Decimal("0.5")) * to)


def slab_tax(income: Decimal, start: int, *, old: bool) -> Decimal:
    """Tax before rebate, surcharge and cess."""
    slabs = OLD_SLABS if old else NEW_SLABS[min(max(start, 2023), 2025)]
    tax, last = ZERO, Decimal(0)
    for lower, rate in slabs:
        over = income - lower * 1000
        if over <= 0:
            break
        tax += over * (rate - last) / 100
        last = Decimal(rate)
    return rounded(tax)


@dataclass
class SalaryYear:
    """One employee's year with one employer.

    Attributes:
        amounts: by the contract's field names, deductions as deductible.
        claimed: gross amounts of the chapter VI-A deductions, by section.
        paid, deducted: per quarter.
        other: lines that are no contract fields: `lta`, `other_exempt`, `section_16`,
            `other_employer`, `other_income`, `group_80c`, `other_via`, `basic`, `balance`.
    """

    employer: people.Firm
    employee: people.Person
    signatory: people.Person
    year: Year
    old_regime: bool
    start: date
    end: date
    certificate: str
    amounts: dict[str, Decimal] = field(default_factory=dict)
    claimed: dict[str, Decimal] = field(default_factory=dict)
    other: dict[str, Decimal] = field(default_factory=dict)
    paid: list[Decimal] = field(default_factory=list)
    deducted: list[Decimal] = field(default_factory=list)

    @property
    def opted_out(self) -> str:
        return "yes" if self.old_regime else "no"

    def derivable(self) -> str:
        """The note's list for a paper that prints the assessment year only."""
        return f"derivable: financial_year={self.year.financial}"


def _claims(rng: Random, case: SalaryYear, basic: Decimal) -> None:
    """What is deducted under chapter VI-A: claimed, and as far as it is allowed."""
    get, claimed = case.amounts, dict.fromkeys(DEDUCTIONS, ZERO)
    if case.old_regime:
        claimed["80c"] = rng.choice((rupees(rng, 20_000, 149_000), rupees(rng, 151_000, 320_000)))
        claimed["80ccc"] = rng.choice((ZERO, ZERO, rupees(rng, 5_000, 20_000, 500)))
        claimed["80ccd_1"] = rng.choice((ZERO, ZERO, rounded(basic / 10)))
        claimed["80ccd_1b"] = rng.choice((ZERO, Decimal(50_000), Decimal(62_500)))
        claimed["80d"] = rng.choice((ZERO, rupees(rng, 8_000, 25_000), rupees(rng, 25_100, 41_000)))
        claimed["80e"] = rng.choice((ZERO, ZERO, rupees(rng, 9_000, 90_000)))
        claimed["80g"] = rng.choice((ZERO, ZERO, rupees(rng, 2_000, 20_000, 100)))
        claimed["80tta"] = rng.choice((ZERO, rupees(rng, 900, 9_900), rupees(rng, 10_001, 16_000)))
    claimed["80ccd_2"] = rng.choice((ZERO, ZERO, rounded(basic / 10)))
    room = Decimal(150_000)
    for section in ("80c", "80ccc", "80ccd_1"):
        get[f"deduction_{section}"] = min(claimed[section], room)
        room -= get[f"deduction_{section}"]
    case.other["group_80c"] = 150_000 - room
    limits = {"80ccd_1b": 50_000, "80d": 25_000, "80tta": 10_000}
    for section in DEDUCTIONS[3:]:
        allowed = min(claimed[section], Decimal(limits.get(section, 10_000_000)))
        get[f"deduction_{section}"] = allowed / 2 if section == "80g" else allowed
    case.claimed = claimed
    case.other["other_via"] = ZERO
    get["total_deductions_vi_a"] = sum((get[f"deduction_{s}"] for s in DEDUCTIONS), ZERO)


def _tax(rng: Random, case: SalaryYear, *, relief: bool) -> None:
    get, start = case.amounts, case.year.start
    income = rounded(get["total_taxable_income"], 10)
    case.other["rounded_income"] = income
    tax = slab_tax(income, start, old=case.old_regime)
    limit = 500_000 if case.old_regime else REBATE_LIMIT[min(max(start, 2023), 2025)]
    rebate = tax if income <= limit else max(ZERO, tax - (income - limit))
    rebate = rebate if not case.old_regime or income <= limit else ZERO
    left = tax - rebate
    rate = 15 if income > 10_000_000 else 10 if income > 5_000_000 else 0
    get["tax_on_total_income"], get["rebate_87a"] = tax, rebate
    get["surcharge"] = rounded(left * rate / 100)
    get["cess"] = rounded((left + get["surcharge"]) * 4 / 100)
    get["tax_payable"] = left + get["surcharge"] + get["cess"]
    get["relief_89"] = (
        min(rupees(rng, 1_000, 18_000), get["tax_payable"]) if relief and left else ZERO
    )
    get["net_tax_payable"] = get["tax_payable"] - get["relief_89"]


def _quarters(rng: Random, case: SalaryYear) -> None:
    """What was paid and deducted in each quarter of the period."""
    quarters = [case.year.quarter(quarter) for quarter in range(4)]
    worked = [q for q in range(4) if quarters[q][1] >= case.start and quarters[q][0] <= case.end]
    total, net = case.amounts["gross_salary"], case.amounts["net_tax_payable"]
    case.paid, case.deducted = [ZERO] * 4, [ZERO] * 4
    left, due = total, net
    for place, quarter in enumerate(worked):
        rest = len(worked) - place
        wobble = Decimal(rng.randint(94, 106)) / 100
        last = rest == 1
        case.paid[quarter] = left if last else rounded(left / rest * wobble)
        case.deducted[quarter] = due if last else rounded(due / rest * wobble)
        left -= case.paid[quarter]
        due -= case.deducted[quarter]
    case.amounts["tds_deducted"] = case.amounts["tds_deposited"] = net


def _income(rng: Random, case: SalaryYear, *, paise: bool, other_employer: bool | None) -> None:
    """From the salary to the deductions under chapter VI-A."""
    get, extra = case.amounts, case.other
    size = rng.choices((0.45, 0.9, 1.6, 3.2, 7.5), (2, 5, 4, 2, 1))[0]
    salary = rupees(rng, int(900_000 * size), int(1_500_000 * size))
    if paise:
        salary += Decimal(rng.randrange(1, 100)) / 100
    basic = rounded(salary * rng.choice((40, 45, 50)) / 100)
    extra["basic"] = basic
    get["salary_17_1"] = salary
    get["perquisites_17_2"] = rng.choice((ZERO, ZERO, Decimal(39_600), rupees(rng, 3_000, 90_000)))
    get["profits_in_lieu_17_3"] = rng.choice((ZERO, ZERO, ZERO, rupees(rng, 20_000, 80_000, 500)))
    get["gross_salary"] = salary + get["perquisites_17_2"] + get["profits_in_lieu_17_3"]
    hra = case.old_regime and rng.random() < 0.65
    get["hra_exemption_10_13a"] = rounded(basic * rng.randint(15, 35) / 100) if hra else ZERO
    extra["lta"] = rupees(rng, 8_000, 48_000) if case.old_regime and rng.random() < 0.3 else ZERO
    extra["other_exempt"] = (
        rupees(rng, 1_200, 28_800, 100) if case.old_regime and rng.random() < 0.4 else ZERO
    )
    get["exempt_allowances_10"] = get["hra_exemption_10_13a"] + extra["lta"] + extra["other_exempt"]
    get["salary_from_current_employer"] = get["gross_salary"] - get["exempt_allowances_10"]
    standard = 50_000 if case.old_regime or case.year.start < 2024 else 75_000
    get["standard_deduction_16_ia"] = Decimal(standard)
    government = case.employer.pan[3] == "G"
    get["entertainment_allowance_16_ii"] = (
        Decimal(5_000) if government and case.old_regime else ZERO
    )
    get["professional_tax_16_iii"] = (
        Decimal(rng.choice((0, 2400, 2500, 2500, 2496))) if case.old_regime else ZERO
    )
    extra["section_16"] = (
        standard + get["entertainment_allowance_16_ii"] + get["professional_tax_16_iii"]
    )
    reported = rng.random() < 0.12 if other_employer is None else other_employer
    extra["other_employer"] = rupees(rng, 90_000, 420_000) if reported else ZERO
    get["income_under_salaries"] = (
        get["salary_from_current_employer"] + extra["other_employer"] - extra["section_16"]
    )
    losses = (ZERO, -rupees(rng, 20_000, 199_000), Decimal(-200_000), rupees(rng, 20_000, 150_000))
    get["house_property_income"] = rng.choices(losses, (5, 3, 2, 1))[0] if case.old_regime else ZERO
    get["other_sources_income"] = rng.choice((ZERO, ZERO, rupees(rng, 1_500, 95_000)))
    extra["other_income"] = get["house_property_income"] + get["other_sources_income"]
    get["gross_total_income"] = get["income_under_salaries"] + extra["other_income"]
    _claims(rng, case, basic)


def salary_year(
    rng: Random,
    *,
    start: int | None = None,
    old_regime: bool | None = None,
    paise: bool = False,
    employer: people.Firm | None = None,
    employee: people.Person | None = None,
    part_year: tuple[date, date] | None = None,
    other_employer: bool | None = None,
) -> SalaryYear:
    """A case with everything random that is not named.

    Args:
        start: calendar year in which the financial year begins.
        paise: the salary has paise, as when it was computed by days.
        part_year: first and last day with this employer.
        other_employer: whether salary of a former employer was reported.
    """
    when = Year(start) if start else year(rng)
    old = rng.random() < 0.55 if old_regime is None else old_regime
    old = old or when.start < 2023
    period = part_year or (when.first_day, when.last_day)
    if not part_year and rng.random() < 0.15:
        period = (when.month(rng.randint(2, 7)).replace(day=rng.choice((1, 3, 16))), when.last_day)
    case = SalaryYear(
        employer or rng.choice((people.firm, people.firm, people.office))(rng),
        employee or people.person(rng),
        people.person(rng),
        when,
        old,
        *period,
        identifiers.certificate_number(rng),
    )
    get = case.amounts
    _income(rng, case, paise=paise, other_employer=other_employer)
    get["total_taxable_income"] = get["gross_total_income"] - get["total_deductions_vi_a"]
    if get["total_taxable_income"] < 150_000:  # nobody claims more than he earns: draw again
        return salary_year(
            rng,
            start=start,
            old_regime=old_regime,
            paise=paise,
            employer=employer,
            employee=employee,
            part_year=part_year,
            other_employer=other_employer,
        )
    _tax(rng, case, relief=rng.random() < 0.15)
    _quarters(rng, case)
    return case
