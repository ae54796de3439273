"""What one investor put into the schemes of a fund house in a year, and took out of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from tests.corpus import people
from tests.corpus.figures import Year, truth, year
from tests.corpus.identifiers import folio
from tests.corpus.people import Firm, Person
from tests.corpus.trades import SCHEMES, isin

TAX_SAVERS = """ELSS Tax Saver Fund|Long Term Equity Fund (ELSS)|Tax Saver (ELSS) Fund
|ELSS - Tax Advantage Plan""".replace("\n", "").split("|")


@dataclass(frozen=True)
class Entry:
    """A purchase, or a redemption (then `amount` and `units` are negative)."""

    day: date
    what: str
    amount: Decimal
    price: Decimal

    @property
    def units(self) -> Decimal:
        return (self.amount / self.price).quantize(Decimal("0.001"))


@dataclass(frozen=True)
class Scheme:
    """`is_elss`: its units are locked in for three years and count under section 80C."""

    name: str
    isin: str
    is_elss: bool
    entries: list[Entry]
    units_before: Decimal

    @property
    def invested(self) -> Decimal:
        return sum((one.amount for one in self.entries if one.amount > 0), Decimal(0))

    @property
    def redeemed(self) -> Decimal:
        return -sum((one.amount for one in self.entries if one.amount < 0), Decimal(0))

    @property
    def units(self) -> Decimal:
        return self.units_before + sum((one.units for one in self.entries), Decimal(0))


@dataclass(frozen=True)
class Holding:
    """An investor's folio with a fund house over a year."""

    investor: Person
    house: Firm
    folio: str
    year: Year
    schemes: list[Scheme]

    @property
    def elss(self) -> Decimal:
        return sum((one.invested for one in self.schemes if one.is_elss), Decimal(0))

    @property
    def total(self) -> Decimal:
        return sum((one.invested for one in self.schemes), Decimal(0))

    def fields(self, *without: str) -> dict[str, str]:
        """The truth where everything is printed; `without` names what is not."""
        found = {
            "issuer_name": self.house.name,
            "investor_name": self.investor.name,
            "pan": self.investor.pan,
            "folio": self.folio,
            "financial_year": self.year.financial,
            "elss_invested": truth(self.elss),
            "total_invested": truth(self.total),
        }
        return {name: value for name, value in found.items() if name not in without}


def _price(rng: Random) -> Decimal:
    return Decimal(rng.randrange(120000, 2400000)) / 10000


def _drifted(rng: Random, price: Decimal) -> Decimal:
    return (price * rng.randrange(88, 115) / 100).quantize(Decimal("0.0001"))


def _entries(rng: Random, when: Year, *, redeem: bool) -> list[Entry]:
    price, found = _price(rng), []
    if rng.random() < 0.6:
        amount, day = Decimal(rng.choice((500, 1000, 2500, 5000, 12500))), rng.randrange(1, 28)
        for index in range(rng.randrange(0, 6), 12):
            paid = when.month(index).replace(day=day)
            found.append(Entry(paid, "SIP Purchase", amount, _drifted(rng, price)))
    for _ in range(rng.randrange(0 if found else 1, 3)):
        amount = Decimal(rng.randrange(5, 80) * 1000)
        found.append(Entry(when.day(rng), "Purchase", amount, _drifted(rng, price)))
    if redeem and rng.random() < 0.7:
        amount = -Decimal(rng.randrange(3, 40) * 1000)
        found.append(Entry(when.day(rng), "Redemption", amount, _drifted(rng, price)))
    return sorted(found, key=lambda one: one.day)


def holding(rng: Random, *, elss: int = 1, others: int = 2, redeem: bool = False) -> Holding:
    """A year in a folio: so many tax-saving schemes, so many others."""
    when, house = year(rng), people.fund_house(rng)
    names = [(name, True) for name in rng.sample(TAX_SAVERS, elss)]
    names += [(name, False) for name in rng.sample(SCHEMES, others)]
    plan = rng.choice(("Growth", "Direct Plan - Growth", "Regular Growth"))
    schemes = [
        Scheme(f"{house.short.title()} {name} - {plan}", isin(rng, "INF"), saver,
               _entries(rng, when, redeem=redeem and not saver),
               Decimal(rng.randrange(4000000, 9000000)) / 1000 if redeem else Decimal(0))
        for name, saver in names
    ]  # fmt: skip
    return Holding(people.person(rng), house, folio(rng), when, schemes)
