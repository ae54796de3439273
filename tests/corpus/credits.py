"""A taxpayer's credits of one year, as the department's annual statement lists them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.corpus import people
from tests.corpus.figures import Year, rupees, year
from tests.corpus.filled import Filled
from tests.corpus.salary import rounded
from tests.corpus.withholding import SECTIONS

ZERO = Decimal(0)


@dataclass
class Entry:
    """One transaction of a deductor."""

    section: str
    day: date
    booked: date
    paid: Decimal
    deducted: Decimal
    deposited: Decimal


@dataclass
class Deductor:
    """One deductor with all transactions of the year."""

    firm: people.Firm
    entries: list[Entry]

    @property
    def is_salary(self) -> bool:
        return self.entries[0].section.startswith("192")

    def total(self, of: str) -> Decimal:
        """The sum of `paid`, `deducted` or `deposited`."""
        return sum((getattr(entry, of) for entry in self.entries), ZERO)


@dataclass
class Statement:
    """One person's year."""

    person: people.Person
    year: Year
    deductors: list[Deductor] = field(default_factory=list)

    def kind(self, salary: bool) -> list[Deductor]:
        return [one for one in self.deductors if one.is_salary == salary]

    def total(self, of: str, deductors: list[Deductor] | None = None) -> Decimal:
        listed = self.deductors if deductors is None else deductors
        return sum((one.total(of) for one in listed), ZERO)

    @property
    def values(self) -> dict[str, Decimal]:
        """The contract's three totals of tax deposited."""
        return {
            "tds_salary": self.total("deposited", self.kind(True)),
            "tds_other": self.total("deposited", self.kind(False)),
            "tds_total": self.total("deposited"),
        }

    def head(self, out: Filled) -> dict[str, str]:
        """Name, PAN and both years, registered as printed."""
        return {
            "name": out.text("name", self.person.name),
            "pan": out.text("pan", self.person.pan),
            "financial_year": out.text("financial_year", self.year.financial),
            "assessment_year": out.text("assessment_year", self.year.assessment),
        }

    def mark_single(self, out: Filled) -> str:
        """Register the totals that a single deductor's row prints; the note names the rest."""
        left = {"tds_total": self.values["tds_total"]}
        for name, salary in (("tds_salary", True), ("tds_other", False)):
            deductors = self.kind(salary)
            if len(deductors) == 1:
                out.money(name)
            elif deductors:
                left[name] = self.values[name]
        found = "; ".join(f"{name}={amount:.2f}" for name, amount in left.items())
        return f"no totals over deductors. derivable: {found}"


def _salary(rng: Random, when: Year, months: range) -> Deductor:
    monthly, rate, entries = rupees(rng, 45_000, 260_000, 100), rng.randint(4, 22), []
    for month in months:
        day = when.month(month) + timedelta(days=27)
        paid = monthly + rupees(rng, 0, 3_000)
        tax = rounded(paid * rate / 100)
        entries.append(Entry("192", day, day + timedelta(days=60), paid, tax, tax))
    return Deductor(rng.choice((people.firm, people.firm, people.office))(rng), entries)


def _other(rng: Random, when: Year) -> Deductor:
    section = rng.choice(("194A", "194A", "194J", "194C", "194", "194K", "194H"))
    _, rate, limit = SECTIONS[section]
    entries = []
    for quarter in sorted(rng.sample(range(4), rng.randint(1, 4))):
        paid = rupees(rng, limit // 12, limit // 2) + Decimal(rng.randrange(100)) / 100
        tax = rounded(paid * rate / 100)
        day = when.quarter(quarter)[1]
        entries.append(Entry(section, day, day + timedelta(days=45), paid, tax, tax))
    firm = people.bank(rng) if section == "194A" else people.firm(rng)
    return Deductor(firm, entries)


def statement(rng: Random, *, start: int | None = None, others: int | None = None) -> Statement:
    """One or two employers, and up to three other deductors."""
    made = Statement(people.person(rng), Year(start) if start else year(rng))
    jobs = [range(12)] if rng.random() < 0.7 else [range(5), range(6, 12)]
    made.deductors = [_salary(rng, made.year, months) for months in jobs]
    count = rng.choice((0, 1, 1, 2, 3)) if others is None else others
    made.deductors += [_other(rng, made.year) for _ in range(count)]
    return made
