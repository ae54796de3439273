"""One year of a home loan, from which all certificates of it print."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from tests.corpus import people
from tests.corpus.figures import Year, truth, year
from tests.corpus.identifiers import loan_account
from tests.corpus.people import Firm, Person

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Instalment:
    due: date
    interest: Decimal
    principal: Decimal
    balance: Decimal


@dataclass(frozen=True)
class Loan:
    """`rate` is in percent a year; the instalments are those of `year`, April to March."""

    lender: Firm
    borrower: Person
    co_borrower: Person
    account: str
    year: Year
    sanctioned: Decimal
    sanctioned_on: date
    opening: Decimal
    rate: Decimal
    emi: Decimal
    instalments: list[Instalment]
    property_at: tuple[str, ...]

    @property
    def principal(self) -> Decimal:
        return sum((one.principal for one in self.instalments), Decimal(0))

    @property
    def interest(self) -> Decimal:
        return sum((one.interest for one in self.instalments), Decimal(0))

    @property
    def paid(self) -> Decimal:
        return self.principal + self.interest

    @property
    def closing(self) -> Decimal:
        return self.opening - self.principal

    def truth(self, *left_out: str) -> dict[str, str]:
        """All fields of the type but those that a paper does not print."""
        every = {
            "lender_name": self.lender.name,
            "borrower_name": self.borrower.name,
            "pan": self.borrower.pan,
            "loan_account": self.account,
            "financial_year": self.year.financial,
            "principal_repaid": truth(self.principal),
            "interest_paid": truth(self.interest),
        }
        return {name: value for name, value in every.items() if name not in left_out}


def loan(rng: Random, *, whole: bool = False) -> Loan:
    """A loan that is being repaid by equal monthly instalments.

    Args:
        whole: the lender rounds interest to whole rupees.
    """
    fiscal = year(rng)
    sanctioned = Decimal(rng.randrange(9, 75) * 100_000)
    rate = Decimal(rng.randrange(680, 1045, 5)) / 100
    emi = (sanctioned * rate / 1200 * Decimal("1.18")).quantize(Decimal(1))
    opening = balance = (sanctioned * rng.randrange(45, 97) / 100).quantize(
        Decimal(1) if whole else CENT
    )
    day = rng.choice((1, 5, 7, 10))
    instalments = []
    for index in range(12):
        interest = (balance * rate / 1200).quantize(Decimal(1) if whole else CENT)
        principal = min(emi - interest, balance)
        balance -= principal
        due = fiscal.month(index).replace(day=day)
        instalments.append(Instalment(due, interest, principal, balance))
    return Loan(
        people.lender(rng),
        people.person(rng),
        people.person(rng),
        loan_account(rng),
        fiscal,
        sanctioned,
        date(rng.randrange(2012, 2022), rng.randrange(1, 13), rng.randrange(1, 29)),
        opening,
        rate,
        emi,
        instalments,
        people.address(rng),
    )
