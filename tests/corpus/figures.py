"""Years, dates and sums of money in the forms in which Indian papers print them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

Money = Decimal | int


def _list(text: str) -> list[str]:
    return text.split()


ONES = _list("""
Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen
Sixteen Seventeen Eighteen Nineteen
""")
TENS = _list("- - Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety")


def truth(amount: Money) -> str:
    """The amount as a truth file says it: two places, no separators."""
    return f"{Decimal(amount):.2f}"


def rupees(rng: Random, low: int, high: int, step: int = 1) -> Decimal:
    """A sum between two bounds, in whole rupees."""
    return Decimal(rng.randrange(low, high + 1, step))


def paise(rng: Random, low: int, high: int) -> Decimal:
    """A sum between two bounds, with paise."""
    return Decimal(rng.randrange(low * 100, high * 100)) / 100


def indian(amount: Money, places: int = 2) -> str:
    """12,34,567.00; negative with a leading minus."""
    plain = f"{abs(Decimal(amount)):.{places}f}"
    whole, _, fraction = plain.partition(".")
    head, tail = whole[:-3], whole[-3:]
    groups = []
    while head:
        groups.insert(0, head[-2:])
        head = head[:-2]
    sign = "-" if amount < 0 else ""
    return sign + ",".join([*groups, tail]) + (f".{fraction}" if fraction else "")


def western(amount: Money, places: int = 2) -> str:
    """1,234,567.00"""
    return f"{Decimal(amount):,.{places}f}"


def plain(amount: Money, places: int = 2) -> str:
    """1234567.00"""
    return f"{Decimal(amount):.{places}f}"


@dataclass(frozen=True)
class MoneyStyle:
    """How one issuer prints a sum; call it with the amount.

    `zero` is what stands for nothing (None: the number itself). `negative` has `{}` in the
    place of the absolute amount.
    """

    group: Callable[[Money, int], str] = indian
    places: int = 2
    zero: str | None = None
    negative: str = "-{}"
    mark: str = ""

    def __call__(self, amount: Money) -> str:
        if amount == 0 and self.zero is not None:
            return self.zero
        text = self.mark + self.group(abs(Decimal(amount)), self.places)
        return self.negative.format(text) if amount < 0 else text


NEGATIVES = ("-{}", "({})", "(-){}", "{} Dr", "{}-", "- {}")


def money_style(
    rng: Random,
    *,
    places: int | None = None,
    zeros: tuple[str | None, ...] = (None,),
    negatives: tuple[str, ...] = NEGATIVES[:2],
    marks: tuple[str, ...] = ("",),
) -> MoneyStyle:
    """A style in which a paper prints all its sums.

    `places` 0 must only be asked for where all sums are whole rupees.
    """
    return MoneyStyle(
        rng.choices((indian, plain, western), (6, 3, 1))[0],
        rng.choice((0, 2, 2)) if places is None else places,
        rng.choice(zeros),
        rng.choice(negatives),
        rng.choice(marks),
    )


def split_paise(amount: Money, group: Callable[[Money, int], str] = indian) -> tuple[str, str]:
    """The rupees and the two digits of the paise, for papers with a column for each."""
    whole = int(abs(Decimal(amount)))
    cents = round((abs(Decimal(amount)) - whole) * 100)
    sign = "-" if amount < 0 else ""
    return sign + group(whole, 0), f"{cents:02d}"


def _below_hundred(number: int) -> str:
    if number < 20:
        return ONES[number]
    return TENS[number // 10] + (f" {ONES[number % 10]}" if number % 10 else "")


def in_words(amount: Money) -> str:
    """The whole rupees in words: One Lakh Twenty Three Thousand Four Hundred Fifty Six."""
    number = int(amount)
    if number == 0:
        return "Zero"
    parts = []
    for size, name in ((10_000_000, "Crore"), (100_000, "Lakh"), (1000, "Thousand")):
        if number >= size:
            parts.append(f"{_below_hundred(number // size)} {name}")
            number %= size
    if number >= 100:
        parts.append(f"{ONES[number // 100]} Hundred")
        number %= 100
    if number:
        parts.append(_below_hundred(number))
    return " ".join(parts)


DateStyle = Callable[[date], str]
DATE_FORMATS = (
    "%d/%m/%Y",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d-%b-%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%d-%b-%y",
)


def ordinal(day: date) -> str:
    """31st March 2025"""
    suffix = "th" if 10 < day.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day.day}{suffix} {day:%B %Y}"


def date_style(rng: Random, *formats: str) -> DateStyle:
    """One way of printing dates; of all common ones unless formats are named."""
    chosen = rng.choice(formats or (*DATE_FORMATS, "ordinal"))
    return ordinal if chosen == "ordinal" else lambda day: day.strftime(chosen)


@dataclass(frozen=True)
class Year:
    """A financial year, by the calendar year in which it begins."""

    start: int

    @property
    def financial(self) -> str:
        return span(self.start)

    @property
    def assessment(self) -> str:
        return span(self.start + 1)

    @property
    def first_day(self) -> date:
        return date(self.start, 4, 1)

    @property
    def last_day(self) -> date:
        return date(self.start + 1, 3, 31)

    def month(self, index: int) -> date:
        """The first day of a month; 0 is April, 11 is March."""
        return date(self.start + (index + 3) // 12, (index + 3) % 12 + 1, 1)

    def day(self, rng: Random) -> date:
        """Any day of the year."""
        return self.first_day + timedelta(days=rng.randrange(365))

    def quarter(self, index: int) -> tuple[date, date]:
        """First and last day of a quarter; 0 is April to June."""
        last = self.month(index * 3 + 3) if index < 3 else date(self.start + 1, 4, 1)
        return self.month(index * 3), last - timedelta(days=1)


def span(start: int, *, long: bool = False) -> str:
    """2024-25, or long 2024-2025."""
    return f"{start}-{start + 1}" if long else f"{start}-{(start + 1) % 100:02d}"


def year(rng: Random) -> Year:
    """One of the last years."""
    return Year(rng.choice((2022, 2023, 2024, 2024, 2025)))


def month_end(day: date) -> date:
    """The last day of the month in which `day` lies."""
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - timedelta(days=1)
