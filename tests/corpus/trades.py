"""What one investor sold in a year, trade by trade, and the dividends received."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.corpus import people
from tests.corpus.figures import Year, truth, year
from tests.corpus.identifiers import digits, letters
from tests.corpus.people import Firm, Person

# Invented companies and schemes.
SCRIPS = """ARAVALLI CEMENT|BRAHMANI STEEL|CHILIKA FOODS|DEODAR PAINTS|GODAVARI PORTS|INDUS MOTORS
|KAVERI BREWERIES|KUSUM TEXTILES|LUMINA POWER|MALHAR HOTELS|NARMADA CHEM|NILGIRI TEA|ORBITAL TECH
|PARIJAT PHARMA|PUSHKAR GEMS|QUANTIVA LABS|SAHYADRI AGRO|SATLUJ CABLES|VASANT RETAIL
|ZENORA FINANCE""".replace("\n", "").split("|")
SCHEMES = """Flexi Cap Fund|Small Cap Fund|Large & Mid Cap Fund|Nifty 50 Index Fund|Value Fund
|Focused Equity Fund|Balanced Advantage Fund""".replace("\n", "").split("|")
KINDS = ("short", "long", "speculative")


@dataclass(frozen=True)
class Trade:
    """One purchase that was sold. `kind` is short, long or speculative (sold the same day)."""

    name: str
    isin: str
    kind: str
    quantity: Decimal
    bought: date
    cost: Decimal
    sold: date
    proceeds: Decimal

    @property
    def gain(self) -> Decimal:
        return self.proceeds - self.cost


@dataclass(frozen=True)
class Dividend:
    name: str
    isin: str
    paid: date
    shares: int
    each: Decimal

    @property
    def amount(self) -> Decimal:
        return self.shares * self.each


@dataclass(frozen=True)
class Gains:
    """An investor's year with a broker or a registrar of funds."""

    client: Person
    issuer: Firm
    code: str
    year: Year
    trades: list[Trade]
    dividends: list[Dividend]

    def of(self, kind: str) -> list[Trade]:
        return [trade for trade in self.trades if trade.kind == kind]

    def net(self, kind: str) -> Decimal:
        """Gains of one kind less its losses."""
        return sum((trade.gain for trade in self.of(kind)), Decimal(0))

    @property
    def dividend(self) -> Decimal:
        return sum((one.amount for one in self.dividends), Decimal(0))

    def fields(self, *without: str) -> dict[str, str]:
        """The truth where everything is printed; `without` names what is not."""
        found = {
            "issuer_name": self.issuer.name,
            "client_name": self.client.name,
            "pan": self.client.pan,
            "financial_year": self.year.financial,
            "short_term_gain": truth(self.net("short")),
            "long_term_gain": truth(self.net("long")),
            "speculative_gain": truth(self.net("speculative")),
            "dividend_income": truth(self.dividend),
        }
        return {name: value for name, value in found.items() if name not in without}


def isin(rng: Random, first: str = "INE") -> str:
    """An ISIN of a share (INE) or a fund's unit (INF)."""
    return f"{first}{digits(rng, 3)}{letters(rng, 1)}0{digits(rng, 4)}"


def _trade(rng: Random, when: Year, name: str, number: str, kind: str, *, units: bool) -> Trade:
    sold = when.day(rng)
    held = {"short": rng.randrange(4, 360), "long": rng.randrange(380, 1900), "speculative": 0}
    quantity = Decimal(rng.randrange(20000, 900000)) / 1000 if units else Decimal(
        rng.choice((5, 10, 15, 20, 25, 40, 50, 75, 100, 150)))  # fmt: skip
    cost = (quantity * rng.randrange(2000, 190000) / 100).quantize(Decimal("0.01"))
    low, high = (985, 1015) if kind == "speculative" else (720, 1450 if kind == "short" else 2100)
    proceeds = (cost * rng.randrange(low, high) / 1000).quantize(Decimal("0.01"))
    return Trade(name, number, kind, quantity, sold - timedelta(held[kind]), cost, sold, proceeds)


def gains(
    rng: Random,
    *,
    kinds: tuple[str, ...] = KINDS,
    each: tuple[int, int] = (1, 5),
    units: bool = False,
    dividends: int = 0,
) -> Gains:
    """A year of trades; now and then one kind has none, so that it is a printed zero.

    Args:
        each: fewest and most trades of a kind.
        units: of mutual funds, not of shares.
    """
    when = year(rng)
    house = people.fund_house(rng) if units else people.broker(rng)
    number = {name: isin(rng, "INF" if units else "INE") for name in SCRIPS + SCHEMES}
    trades = []
    for kind in kinds:
        for _ in range(0 if rng.random() < 0.1 else rng.randint(*each)):
            name = rng.choice(SCHEMES if units else SCRIPS)
            shown = f"{house.short.title()} {name}" if units else name
            trades.append(_trade(rng, when, shown, number[name], kind, units=units))
    paid = [
        Dividend(name, number[name], when.day(rng), rng.choice((10, 25, 40, 60, 100)),
                 Decimal(rng.randrange(2, 80)) / 4)
        for name in sorted(rng.sample(SCRIPS, dividends))
    ]  # fmt: skip
    code = rng.choice((f"{letters(rng, 2)}{digits(rng, 4)}", digits(rng, 8), digits(rng, 6)))
    return Gains(people.person(rng), house, code, when, trades, paid)
