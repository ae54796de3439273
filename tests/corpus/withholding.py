"""Tax taken at source from a payment that is no salary: who paid whom what, in one quarter."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.corpus import identifiers, people
from tests.corpus.figures import Year, rupees, year
from tests.corpus.filled import Filled
from tests.corpus.salary import rounded

# Section: what it is paid for, rate in per cent, most that is paid at once.
SECTIONS = {
    "194A": ("Interest other than interest on securities", 10, 90_000),
    "194C": ("Payments to contractors and sub-contractors", 1, 400_000),
    "194H": ("Commission or brokerage", 5, 90_000),
    "194I": ("Rent", 10, 150_000),
    "194J": ("Fees for professional or technical services", 10, 200_000),
    "194D": ("Insurance commission", 5, 60_000),
    "194K": ("Income in respect of units", 10, 50_000),
    "194": ("Dividend", 10, 60_000),
}


@dataclass
class Withholding:
    """What one certificate says. `payments` are day, amount and tax."""

    deductor: people.Firm
    deductee_name: str
    deductee_title: str
    deductee_pan: str
    deductee_address: tuple[str, ...]
    signatory: people.Person
    year: Year
    quarter: int
    section: str
    payments: list[tuple[date, Decimal, Decimal]]
    deposited: Decimal
    certificate: str

    @property
    def paid(self) -> Decimal:
        return sum((amount for _, amount, _ in self.payments), Decimal(0))

    @property
    def deducted(self) -> Decimal:
        return sum((tax for _, _, tax in self.payments), Decimal(0))

    @property
    def values(self) -> dict[str, Decimal]:
        return {
            "amount_paid": self.paid,
            "tax_deducted": self.deducted,
            "tax_deposited": self.deposited,
        }

    @property
    def issued(self) -> date:
        return self.year.quarter(self.quarter)[1] + timedelta(days=47)

    def parties(self, out: Filled) -> dict[str, str]:
        """Every field that is no amount, registered as printed."""
        return {
            "deductor_name": out.text("deductor_name", self.deductor.name),
            "deductor_tan": out.text("deductor_tan", self.deductor.tan),
            "deductee_name": out.text("deductee_name", self.deductee_name),
            "deductee_pan": out.text("deductee_pan", self.deductee_pan),
            "section": out.text("section", self.section),
        }


def withholding(
    rng: Random, *, start: int | None = None, section: str | None = None, most: int = 5
) -> Withholding:
    """A certificate's content; banks pay interest, firms the rest.

    Args:
        most: the highest number of payments in the quarter.
    """
    section = section or rng.choice(list(SECTIONS))
    _, rate, limit = SECTIONS[section]
    deductor = people.bank(rng) if section == "194A" else people.firm(rng)
    if rng.random() < 0.75:
        one = people.person(rng)
        who = (one.name, one.title, one.pan, one.address)
    else:
        firm = people.firm(rng)
        who = (firm.name, "M/s", firm.pan, firm.address)
    when, quarter = Year(start) if start else year(rng), rng.randrange(4)
    first, last = when.quarter(quarter)
    days = sorted(rng.sample(range((last - first).days + 1), rng.randint(1, most)))
    payments = []
    for day in days:
        amount = rupees(rng, limit // 10, limit)
        if section == "194A":
            amount += Decimal(rng.randrange(100)) / 100
        payments.append((first + timedelta(days=day), amount, rounded(amount * rate / 100)))
    taken = sum((tax for *_, tax in payments), Decimal(0))
    # Now and then the last payment's tax is not yet deposited.
    late = payments[-1][2] if len(payments) > 1 and rng.random() < 0.2 else Decimal(0)
    return Withholding(
        deductor,
        *who,
        people.person(rng),
        when,
        quarter,
        section,
        payments,
        taken - late,
        identifiers.certificate_number(rng),
    )
