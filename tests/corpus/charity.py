"""One donation to a charity, from which receipts and certificates print."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.corpus import people
from tests.corpus.figures import Year, truth, year
from tests.corpus.identifiers import digits, letters
from tests.corpus.people import Firm, Person


@dataclass(frozen=True)
class Donation:
    """`given` is the day of the cheque or transfer, `day` the day of the receipt."""

    donee: Firm
    donor: Person
    signatory: Person
    year: Year
    amount: Decimal
    given: date
    day: date
    approval: str
    approved: date

    def truth(self, *left_out: str) -> dict[str, str]:
        """All fields of the type but those that a paper does not print."""
        every = {
            "donee_name": self.donee.name,
            "donee_pan": self.donee.pan,
            "donor_name": self.donor.name,
            "date": self.day.isoformat(),
            "amount": truth(self.amount),
        }
        return {name: value for name, value in every.items() if name not in left_out}


AMOUNTS = (501, 1_100, 2_000, 2_500, 5_000, 5_100, 11_000, 15_000, 21_000, 25_000, 51_000)


def donation(rng: Random) -> Donation:
    """A gift in money to a trust, society or foundation."""
    fiscal = year(rng)
    given = fiscal.day(rng)
    donee = people.trust(rng)
    amount = Decimal(rng.choice(AMOUNTS) if rng.random() < 0.7 else rng.randrange(300, 250_000))
    return Donation(
        donee,
        people.person(rng),
        people.person(rng),
        fiscal,
        amount,
        given,
        min(given + timedelta(days=rng.choice((0, 0, 1, 3, 8))), fiscal.last_day),
        f"{donee.pan}F{fiscal.start - 1}{rng.randrange(1, 4)}{digits(rng, 2)}",
        date(fiscal.start - 1, rng.randrange(4, 12), rng.randrange(1, 29)),
    )


def reference(rng: Random) -> str:
    """How the money came: a bank's number for a cheque or a transfer."""
    return rng.choice(
        (
            f"Cheque No. {digits(rng, 6)}",
            f"UTR {letters(rng, 4)}N{digits(rng, 15)}",
            f"UPI Ref. {digits(rng, 12)}",
            f"DD No. {digits(rng, 6)}",
        )
    )
