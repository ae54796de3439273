"""One insurance policy and what was paid for it, from which receipts and certificates print."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.corpus import people
from tests.corpus.figures import Year, truth, year
from tests.corpus.identifiers import policy_number
from tests.corpus.people import Firm, Person

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Payment:
    """One instalment: when it fell due, when it was received, and its parts."""

    due: date
    received: date
    premium: Decimal
    tax: Decimal
    late_fee: Decimal

    @property
    def total(self) -> Decimal:
        return self.premium + self.tax + self.late_fee


@dataclass(frozen=True)
class Policy:
    """`kind` is life or health; `insured` is the life assured, who may be another person."""

    kind: str
    insurer: Firm
    holder: Person
    insured: Person
    agent: Person
    number: str
    year: Year
    sum_assured: Decimal
    plan: str
    mode: str
    started: date
    tax_rate: Decimal
    payments: list[Payment]

    def sum_of(self, part: str) -> Decimal:
        """The year's premium, tax, late_fee or total."""
        return sum((getattr(payment, part) for payment in self.payments), Decimal(0))

    @property
    def paid(self) -> Decimal:
        return self.sum_of("total")

    def truth(self, *left_out: str) -> dict[str, str]:
        """All fields of the type but those that a paper does not print."""
        every = {
            "insurer_name": self.insurer.name,
            "policyholder": self.holder.name,
            "policy_number": self.number,
            "insurance_kind": self.kind,
            "financial_year": self.year.financial,
            "premium_paid": truth(self.paid),
        }
        return {name: value for name, value in every.items() if name not in left_out}


LIFE_PLANS = [
    "Jeevan Umang 945",
    "Sampoorn Suraksha Term",
    "New Endowment Plan (814)",
    "Smart Wealth ULIP",
]
HEALTH_PLANS = [
    "Family Floater Gold",
    "Arogya Mediclaim",
    "Comprehensive Health",
    "Senior Care Plus",
]
MODES = {"Yearly": 1, "Half-Yearly": 2, "Quarterly": 4, "Monthly": 12}


def _payments(
    rng: Random, fiscal: Year, count: int, premium: Decimal, rate: Decimal, late: bool
) -> list[Payment]:
    gap = 12 // count
    day = rng.randrange(1, 29)
    first = rng.randrange(gap)
    payments = []
    for index in range(count):
        due = fiscal.month(first + index * gap).replace(day=day)
        after = rng.randrange(0, 25) if late else 0
        received = min(due + timedelta(days=after), fiscal.last_day)
        fee = Decimal(rng.randrange(20, 400)) if after > 15 else Decimal(0)
        tax = (premium * rate / 100).quantize(CENT)
        payments.append(Payment(due, received, premium, tax, fee))
    return payments


def policy(
    rng: Random, kind: str, *, modes: tuple[str, ...] = ("Yearly",), late: bool = False
) -> Policy:
    """A policy and a year's payments.

    Args:
        modes: how often the premium may fall due.
        late: payments may come after the due date and then cost a fee.
    """
    fiscal, mode = year(rng), rng.choice(modes)
    life = kind == "life"
    count = MODES[mode]
    yearly = rng.randrange(9_000, 90_000) if life else rng.randrange(8_000, 48_000)
    rate = Decimal(rng.choice(("2.25", "4.5", "18"))) if life else Decimal(18)
    holder = people.person(rng)
    return Policy(
        kind,
        people.insurer(rng, kind),
        holder,
        people.person(rng) if rng.random() < 0.4 else holder,
        people.person(rng),
        policy_number(rng),
        fiscal,
        Decimal(rng.randrange(2, 21) * (100_000 if life else 250_000)),
        rng.choice(LIFE_PLANS if life else HEALTH_PLANS),
        mode,
        date(rng.randrange(2010, 2022), rng.randrange(1, 13), rng.randrange(1, 29)),
        rate,
        _payments(rng, fiscal, count, Decimal(yearly // count), rate, late),
    )
