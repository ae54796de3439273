"""One subscriber's year in the National Pension System, from which all its papers print."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.corpus import people
from tests.corpus.figures import Year, truth, year
from tests.corpus.identifiers import pran
from tests.corpus.people import Firm, Person


@dataclass(frozen=True)
class Month:
    """The salary and both contributions of one month; `credited` is when the units came."""

    first: date
    credited: date
    salary: Decimal
    own: Decimal
    employer: Decimal

    @property
    def total(self) -> Decimal:
        return self.own + self.employer


@dataclass(frozen=True)
class PensionYear:
    """`extra` are the subscriber's voluntary payments by date, beside the salary."""

    subscriber: Person
    pran: str
    employer: Firm
    year: Year
    months: list[Month]
    extra: list[tuple[date, Decimal]]
    before: Decimal
    own_rate: int
    employer_rate: int

    @property
    def own(self) -> Decimal:
        return sum((month.own for month in self.months), Decimal(0))

    @property
    def by_employer(self) -> Decimal:
        return sum((month.employer for month in self.months), Decimal(0))

    @property
    def voluntary(self) -> Decimal:
        return sum((amount for _, amount in self.extra), Decimal(0))

    @property
    def total(self) -> Decimal:
        return self.own + self.by_employer + self.voluntary

    def truth(self, *printed: str) -> dict[str, str]:
        """The fields that a paper prints, by their contract names."""
        every = {
            "subscriber_name": self.subscriber.name,
            "pran": self.pran,
            "pan": self.subscriber.pan,
            "financial_year": self.year.financial,
            "employee_contribution": truth(self.own),
            "employer_contribution": truth(self.by_employer),
            "voluntary_contribution": truth(self.voluntary),
            "total_contribution": truth(self.total),
        }
        return {name: every[name] for name in printed}


ALL = (
    "subscriber_name",
    "pran",
    "pan",
    "financial_year",
    "employee_contribution",
    "employer_contribution",
    "voluntary_contribution",
    "total_contribution",
)


def pension_year(
    rng: Random, *, government: bool = False, extras: tuple[int, ...] = (0, 1, 2)
) -> PensionYear:
    """A year of monthly contributions.

    Args:
        government: the employer is an office that pays 14 % and not 10 %.
        extras: how many voluntary payments there may be.
    """
    fiscal = year(rng)
    salary = Decimal(rng.randrange(28_000, 140_000, 100))
    raised = rng.randrange(3, 11)
    own_rate, employer_rate = 10, 14 if government else rng.choice((10, 10, 14))
    months = []
    for index in range(12):
        paid = salary if index < raised else salary * 103 // 100
        first = fiscal.month(index)
        months.append(
            Month(
                first,
                first + timedelta(days=rng.randrange(30, 41)),
                paid,
                paid * own_rate // 100,
                paid * employer_rate // 100,
            )
        )
    extra = sorted(
        (fiscal.day(rng), Decimal(rng.choice((5_000, 10_000, 12_500, 25_000, 30_000, 50_000))))
        for _ in range(rng.choice(extras))
    )
    return PensionYear(
        people.person(rng),
        pran(rng),
        people.office(rng) if government else people.firm(rng),
        fiscal,
        months,
        extra,
        Decimal(rng.randrange(90_000, 1_900_000)),
        own_rate,
        employer_rate,
    )
