"""Fictional people, firms, banks and other issuers. Every function draws from the given `rng`."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from tests.corpus import names
from tests.corpus.identifiers import letters, pan, tan


@dataclass(frozen=True)
class Person:
    """`name` has no title; `titled` has one, as papers often print it."""

    name: str
    title: str
    pan: str
    father: str
    born: date
    designation: str
    address: tuple[str, ...]

    @property
    def titled(self) -> str:
        return f"{self.title} {self.name}"

    @property
    def is_woman(self) -> bool:
        return self.title.strip(".").lower() in {"mrs", "ms", "smt", "kumari"}

    def in_capitals(self) -> "Person":
        return replace(self, name=self.name.upper(), title=self.title.upper())


def _full_name(rng: Random, first: str, surname: str) -> tuple[str, str]:
    """A name in one of the usual shapes, and the letter that stands fifth in its PAN."""
    other = rng.choice(names.MEN)
    shape = rng.choices(range(7), (7, 2, 2, 2, 1, 2, 1))[0]
    if shape in (4, 5):
        single = rng.choice(names.SOUTHERN)
        initials = letters(rng, rng.choice((1, 1, 2)))
        forms = (f"{single} {initials[0]}", f"{'. '.join(initials)}. {single}", single)
        return forms[0 if shape == 4 else rng.choice((1, 1, 2))], single[0]
    shapes = {
        0: f"{first} {surname}",
        1: f"{first} {other[0]}. {surname}",
        2: f"{first} {other} {surname}",
        3: f"{first[0]} {other[0]} {surname}",
        6: f"{first[0]}. {surname}",
    }
    return shapes[shape], surname[0]


def address(rng: Random) -> tuple[str, ...]:
    """House and street; city; state and PIN."""
    _, city, state, pin = rng.choice(names.CITIES)
    return _address(rng, city, state, pin)


def _address(rng: Random, city: str, state: str, pin: str) -> tuple[str, ...]:
    return (
        f"{rng.choice(names.BUILDINGS)}, {rng.choice(names.STREETS)}",
        f"{city} - {pin}{rng.randrange(1, 100):03d}",
        state,
    )


def person(rng: Random) -> Person:
    """Someone with a name in one of the usual shapes, a third of them in CAPITALS."""
    woman = rng.random() < 0.45
    first = rng.choice(names.WOMEN if woman else names.MEN)
    surname = rng.choice(names.SURNAMES)
    name, initial = _full_name(rng, first, surname)
    one = Person(
        name,
        rng.choice(("Mrs.", "Ms.", "Smt.", "Ms") if woman else ("Mr.", "Shri", "Mr", "Sh.")),
        pan(rng, "P", initial),
        f"{rng.choice(names.MEN)} {surname}",
        date(1960, 1, 1) + timedelta(days=rng.randrange(40 * 365)),
        rng.choice(names.DESIGNATIONS),
        address(rng),
    )
    return one.in_capitals() if rng.random() < 0.35 else one


@dataclass(frozen=True)
class Firm:
    """Whoever issues a paper: an employer, a bank, an insurer, a trust."""

    name: str
    pan: str
    tan: str
    city: str
    address: tuple[str, ...]

    @property
    def short(self) -> str:
        return self.name.split()[0]

    @property
    def site(self) -> str:
        return f"www.{self.short.lower()}.example"

    @property
    def phone(self) -> str:
        return f"0{len(self.name) + 60}-2{sum(map(ord, self.name)) % 1000000:06d}"

    def in_capitals(self) -> "Firm":
        return replace(self, name=self.name.upper())


def _firm(
    rng: Random, name: str, kind: str, place: tuple[str, str, str, str] | None = None
) -> Firm:
    code, city, state, pin = place or rng.choice(names.CITIES)
    one = Firm(
        name,
        pan(rng, kind, name[0]),
        tan(rng, code, name[0]),
        city,
        _address(rng, city, state, pin),
    )
    return one.in_capitals() if rng.random() < 0.3 else one


def firm(rng: Random) -> Firm:
    """An employer or another business."""
    ending, kind = rng.choice(names.ENDINGS)
    return _firm(rng, f"{rng.choice(names.FIRM_WORDS)} {rng.choice(names.TRADES)} {ending}", kind)


def office(rng: Random) -> Firm:
    """A public employer: its PAN's fourth letter is G, or L for a local body."""
    place = rng.choice(names.CITIES)
    city = place[1]
    name, kind = rng.choice(
        (
            (f"Government Senior Secondary School, {city}", "G"),
            (f"{city} Municipal Corporation", "L"),
            (f"Office of the Executive Engineer, PWD {city}", "G"),
            (f"District Treasury Office, {city}", "G"),
        )
    )
    return _firm(rng, name, kind, place)


def _named(rng: Random, words: list[str], endings: list[str], kind: str) -> Firm:
    return _firm(rng, f"{rng.choice(words)} {rng.choice(endings)}", kind)


def bank(rng: Random) -> Firm:
    """A bank of any size."""
    return _named(rng, names.BANK_WORDS, names.BANK_ENDINGS, "C")


def lender(rng: Random) -> Firm:
    """A housing-finance company, or a bank in one case of three."""
    return (
        bank(rng)
        if rng.random() < 0.33
        else _named(rng, names.FIRM_WORDS, names.LENDER_ENDINGS, "C")
    )


def insurer(rng: Random, kind: str) -> Firm:
    """An insurer of `life` or `health`."""
    endings = names.LIFE_ENDINGS if kind == "life" else names.HEALTH_ENDINGS
    return _named(rng, names.FIRM_WORDS, endings, "C")


def fund_house(rng: Random) -> Firm:
    """A mutual fund."""
    return _named(rng, names.FIRM_WORDS, names.FUND_ENDINGS, "T")


def broker(rng: Random) -> Firm:
    """A stock broker."""
    return _named(rng, names.FIRM_WORDS, names.BROKER_ENDINGS, "C")


def trust(rng: Random) -> Firm:
    """A charity that takes donations."""
    return _named(rng, names.FIRM_WORDS, names.TRUST_ENDINGS, "T")
