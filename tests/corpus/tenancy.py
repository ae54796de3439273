"""One rented home and the span for which a receipt is given."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.corpus import people
from tests.corpus.figures import Year, date_style, month_end, truth, year
from tests.corpus.people import Person


@dataclass(frozen=True)
class Tenancy:
    """`months` are the first days of the months that the receipt covers."""

    tenant: Person
    landlord: Person
    home: tuple[str, ...]
    year: Year
    rent: Decimal
    months: list[date]
    received: date

    @property
    def first(self) -> date:
        return self.months[0]

    @property
    def last(self) -> date:
        return month_end(self.months[-1])

    @property
    def paid(self) -> Decimal:
        return self.rent * len(self.months)

    @property
    def at(self) -> str:
        return ", ".join(self.home)

    def truth(self, *left_out: str) -> dict[str, str]:
        """All fields of the type but those that a paper does not print."""
        every = {
            "tenant_name": self.tenant.name,
            "landlord_name": self.landlord.name,
            "landlord_pan": self.landlord.pan,
            "period_from": self.first.isoformat(),
            "period_to": self.last.isoformat(),
            "rent_paid": truth(self.paid),
        }
        return {name: value for name, value in every.items() if name not in left_out}


def tenancy(rng: Random, *spans: int) -> Tenancy:
    """A tenancy whose receipt covers one of so many months (1, 3, 6 or 12)."""
    fiscal, count = year(rng), rng.choice(spans or (1,))
    start = rng.randrange(0, 12, count)
    months = [fiscal.month(start + index) for index in range(count)]
    if count == 1 or rng.random() < 0.3:
        received = months[-1] + timedelta(days=rng.randrange(0, 9))
    else:
        received = month_end(months[-1]) + timedelta(days=rng.randrange(0, 6))
    return Tenancy(
        people.person(rng),
        people.person(rng),
        people.address(rng),
        fiscal,
        Decimal(rng.randrange(6_500, 48_000, 250)),
        months,
        received,
    )


def by_days(rng: Random, one: Tenancy) -> str:
    """01/06/2024 to 30/06/2024, with the same words between the days for all of a paper."""
    day = date_style(rng)
    between = rng.choice((" to ", " - ", " till "))
    return f"{day(one.first)}{between}{day(one.last)}"


def by_months(rng: Random, one: Tenancy) -> str:
    """June 2024, or June 2024 to August 2024."""
    form = rng.choice(("%B %Y", "%b %Y", "%b-%Y", "%B, %Y"))
    if len(one.months) == 1:
        return one.first.strftime(form)
    return f"{one.first.strftime(form)} to {one.last.strftime(form)}"


def span_words(rng: Random, one: Tenancy) -> str:
    """The span in days or in months."""
    return (by_days if rng.random() < 0.5 else by_months)(rng, one)
