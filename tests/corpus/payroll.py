"""One month's pay of one employee: what all payslip layouts print, each in its own way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from tests.corpus import people
from tests.corpus.figures import Year, month_end, rupees, truth, year
from tests.corpus.identifiers import employee_number
from tests.corpus.people import Firm, Person

# The contract's name of each head that is a field; the other heads are printed and are none.
FIELD_OF = {
    "basic": "basic",
    "hra": "hra",
    "special": "special_allowance",
    "epf": "epf_employee",
    "pt": "professional_tax",
    "tax": "income_tax",
}
WORDS = {
    "basic": "Basic Salary",
    "da": "Dearness Allowance",
    "hra": "House Rent Allowance",
    "special": "Special Allowance",
    "conveyance": "Conveyance Allowance",
    "medical": "Medical Allowance",
    "lta": "Leave Travel Allowance",
    "bonus": "Performance Bonus",
    "epf": "Provident Fund",
    "vpf": "Voluntary PF",
    "pt": "Professional Tax",
    "tax": "Income Tax",
    "esi": "ESI",
    "loan": "Loan Recovery",
    "insurance": "Group Medical Insurance",
    "lwf": "Labour Welfare Fund",
}


@dataclass(frozen=True)
class Pay:
    """What was earned, what was taken off, and the rates these come from.

    Attributes:
        standard: what a whole month would bring; `earnings` is what was paid.
        before: the sums of the year's earlier months, by head.
    """

    worker: Person
    firm: Firm
    number: str
    year: Year
    index: int
    days_off: int
    standard: dict[str, Decimal]
    earnings: dict[str, Decimal]
    deductions: dict[str, Decimal]
    before: dict[str, Decimal]
    joined: date

    @property
    def month(self) -> date:
        return self.year.month(self.index)

    @property
    def days(self) -> int:
        return month_end(self.month).day

    @property
    def gross(self) -> Decimal:
        return sum(self.earnings.values(), Decimal(0))

    @property
    def total(self) -> Decimal:
        return sum(self.deductions.values(), Decimal(0))

    @property
    def net(self) -> Decimal:
        return self.gross - self.total

    def to_date(self, head: str) -> Decimal:
        """The head's sum since April, this month included."""
        paid = self.earnings | self.deductions
        return self.before[head] + paid[head]

    def rows(self, of: Mapping[str, Decimal], words: Mapping[str, str]) -> list[tuple[str, str]]:
        """The heads of the earnings or deductions in order, each with its label."""
        return [(head, (WORDS | dict(words))[head]) for head in of]

    def fields(self, *without: str, pan: bool = True) -> dict[str, str]:
        """The truth where everything is printed; `without` names what is not."""
        found = {
            "employer_name": self.firm.name,
            "employee_name": self.worker.name,
            "employee_id": self.number,
            "month": f"{self.month:%Y-%m}",
            "gross_earnings": truth(self.gross),
            "total_deductions": truth(self.total),
            "net_pay": truth(self.net),
        }
        if pan:
            found["employee_pan"] = self.worker.pan
        paid = self.earnings | self.deductions
        found |= {FIELD_OF[head]: truth(paid[head]) for head in paid if head in FIELD_OF}
        return {name: value for name, value in found.items() if name not in without}


def _deductions(rng: Random, basic: Decimal, gross: Decimal) -> dict[str, Decimal]:
    taken = {
        "epf": min(Decimal(1800), basic * 12 // 100) if rng.random() < 0.4 else basic * 12 // 100
    }
    if rng.random() < 0.25:
        taken["vpf"] = rupees(rng, 500, 6000, 500)
    if gross < 21000:
        taken["esi"] = -(-gross * 75 // 10000)
    taken["pt"] = Decimal(rng.choice((200, 200, 208, 167)))
    rate = Decimal(0) if gross < 55000 else Decimal(rng.randrange(4, 24)) / 100
    if rate or rng.random() < 0.6:
        taken["tax"] = (gross * rate).quantize(Decimal(1))
    for head, low, high in (("loan", 1000, 9000), ("insurance", 250, 1500), ("lwf", 10, 30)):
        if rng.random() < 0.35:
            taken[head] = rupees(rng, low, high)
    return taken


def _standard(rng: Random) -> dict[str, Decimal]:
    basic = rupees(rng, 11000, 95000, rng.choice((1, 50, 500)))
    due = {"basic": basic, "hra": (basic * rng.choice((40, 50)) / 100).quantize(Decimal(1))}
    others = [
        ("conveyance", Decimal(rng.choice((800, 1600, 2400)))),
        ("medical", Decimal(1250)),
        ("lta", basic // 12),
        ("special", rupees(rng, 2000, int(basic))),
    ]
    rng.shuffle(others)
    for head, amount in others:
        if head == "special" or rng.random() < 0.6:
            due[head] = amount
    return due


def pay(rng: Random, *, paise: bool = False) -> Pay:
    """A month's pay; with `paise`, days off leave sums that are not whole rupees."""
    when, index = year(rng), rng.randrange(12)
    standard = _standard(rng)
    days = month_end(when.month(index)).day
    off = rng.choice((0, 0, 0, 1, 2, 4))
    unit = Decimal("0.01") if paise else Decimal(1)
    earned = {
        head: (amount * (days - off) / days).quantize(unit, ROUND_HALF_UP)
        for head, amount in standard.items()
    }
    if rng.random() < 0.3:
        earned["bonus"] = rupees(rng, 2000, 40000, 250)
    taken = _deductions(rng, earned["basic"], sum(earned.values(), Decimal(0)))
    taken = {head: amount.quantize(unit, ROUND_HALF_UP) for head, amount in taken.items()}
    before = {head: amount * index for head, amount in (standard | taken).items()}
    return Pay(
        people.person(rng),
        people.firm(rng),
        employee_number(rng),
        when,
        index,
        off,
        standard,
        earned,
        taken,
        {"bonus": Decimal(0)} | before,
        when.first_day - timedelta(days=rng.randrange(60, 4000)),
    )


def month_words(rng: Random, month: date, *forms: str) -> str:
    """The month as papers name it: June 2024, JUN-2024, 06/2024."""
    form = rng.choice(forms or ("%B %Y", "%b %Y", "%b-%Y", "%B-%Y", "%b-%y", "%m/%Y"))
    text = f"{month:{form}}"
    return text.upper() if rng.random() < 0.25 else text
