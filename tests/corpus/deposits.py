"""What a bank paid to one customer in a year, account by account."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from tests.corpus import people
from tests.corpus.figures import Year, paise, rupees, truth, year
from tests.corpus.identifiers import account_number, digits
from tests.corpus.people import Firm, Person


@dataclass(frozen=True)
class Deposit:
    """One term deposit: `accrued` is earned and not yet paid, so it is no part of `interest`."""

    number: str
    kind: str
    principal: Decimal
    rate: Decimal
    interest: Decimal
    accrued: Decimal
    tds: Decimal


@dataclass(frozen=True)
class Interest:
    """A customer's year with a bank. `savings` are pairs of account and interest."""

    holder: Person
    bank: Firm
    customer: str
    year: Year
    savings: list[tuple[str, Decimal]]
    deposits: list[Deposit]

    @property
    def on_savings(self) -> Decimal:
        return sum((interest for _, interest in self.savings), Decimal(0))

    @property
    def on_deposits(self) -> Decimal:
        return sum((one.interest for one in self.deposits), Decimal(0))

    @property
    def total(self) -> Decimal:
        return self.on_savings + self.on_deposits

    @property
    def tds(self) -> Decimal:
        return sum((one.tds for one in self.deposits), Decimal(0))

    def fields(self, *without: str) -> dict[str, str]:
        """The truth where everything is printed; `without` names what is not."""
        found = {
            "bank_name": self.bank.name,
            "account_holder": self.holder.name,
            "pan": self.holder.pan,
            "financial_year": self.year.financial,
            "savings_interest": truth(self.on_savings),
            "deposit_interest": truth(self.on_deposits),
            "total_interest": truth(self.total),
            "tds_deducted": truth(self.tds),
        }
        return {name: value for name, value in found.items() if name not in without}


def interest(rng: Random, *, savings: int = 1, deposits: int = 2, whole: bool = False) -> Interest:
    """A year's interest; TDS of a tenth where the deposits bring more than the law's limit.

    Args:
        whole: all sums are whole rupees.
    """
    cent = Decimal(1) if whole else Decimal("0.01")
    kept = []
    for _ in range(deposits):
        principal = rupees(rng, 25000, 900000, rng.choice((5000, 1)))
        rate = Decimal(rng.randrange(575, 790, 5)) / 100
        earned = (principal * rate / 100).quantize(cent, ROUND_HALF_UP)
        left = (earned * rng.randrange(0, 30) / 100).quantize(cent, ROUND_HALF_UP)
        kept.append((principal, rate, earned, left))
    taxed = sum(earned for _, _, earned, _ in kept) > rng.choice((40000, 50000))
    return Interest(
        people.person(rng),
        people.bank(rng),
        digits(rng, rng.choice((8, 9, 11))),
        year(rng),
        [(account_number(rng), paise(rng, 90, 9000).quantize(cent)) for _ in range(savings)],
        [
            Deposit(
                account_number(rng), rng.choice(("FD", "FD", "FD", "RD")), principal, rate, earned,
                left, (earned / 10).quantize(Decimal(1)) if taxed else Decimal(0),
            )
            for principal, rate, earned, left in kept
        ],
    )  # fmt: skip
