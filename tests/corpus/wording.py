"""Sums, periods and signatures in the words in which receipts and certificates print them."""

from collections.abc import Callable
from decimal import Decimal
from random import Random
from xml.sax.saxutils import escape

from reportlab.platypus import Flowable, Spacer

from tests.corpus.drawing import hindi, p, rupee_sign
from tests.corpus.figures import (
    Money,
    Year,
    date_style,
    in_words,
    indian,
    ordinal,
    plain,
    western,
)
from tests.corpus.people import Firm

SumStyle = Callable[[Money], str]


def sum_style(rng: Random, font: str = "Helvetica", *, whole: bool = True) -> SumStyle:
    """One way to print single sums: Rs. 12,345/-, ₹12,345.00, INR 12345 …

    Args:
        whole: all sums of the paper are whole rupees, so that the paise may be left out.
    """
    mark = rng.choice(("Rs. ", "Rs. ", "Rs.", "INR ", rupee_sign(font), f"{rupee_sign(font)} "))
    group = rng.choices((indian, plain, western), (7, 2, 1))[0]
    places, tail = rng.choice(((0, "/-"), (0, ""), (2, ""))) if whole else (2, "")
    return lambda amount: f"{mark}{group(amount, places)}{tail}"


def words(amount: Money, *, paise: bool = True) -> str:
    """Rupees Twelve Thousand Three Hundred and Paise Fifty only."""
    cents = round((Decimal(amount) - int(amount)) * 100)
    tail = f" and Paise {in_words(cents)}" if paise and cents else ""
    return f"Rupees {in_words(amount)}{tail} only"


def whole_year(rng: Random, year: Year) -> str:
    """The first and last day, or the first and last month, of a financial year."""
    day = date_style(rng)
    return rng.choice(
        (
            f"{day(year.first_day)} to {day(year.last_day)}",
            f"{day(year.first_day)} - {day(year.last_day)}",
            f"April {year.start} to March {year.start + 1}",
            f"From {ordinal(year.first_day)} To {ordinal(year.last_day)}",
        )
    )


def year_row(rng: Random, year: Year) -> tuple[str, str]:
    """A label with the financial year, as one issuer or the other prints it."""
    long = f"{year.start}-{year.start + 1}"
    return rng.choice(
        (
            ("Financial Year", year.financial),
            ("Financial Year", long),
            ("F.Y.", year.financial),
            ("FY", f"{year.financial} (AY {year.assessment})"),
            ("Period", whole_year(rng, year)),
            ("Statement Period", whole_year(rng, year)),
            ("For the year", whole_year(rng, year)),
        )
    )


def year_clause(rng: Random, year: Year) -> str:
    """Words that end a title or a sentence: for the financial year 2024-25."""
    return rng.choice(
        (
            f"for the financial year {year.financial}",
            f"for the Financial Year {year.start}-{year.start + 1}",
            f"for the F.Y. {year.financial} (A.Y. {year.assessment})",
            f"for the period from {whole_year(rng, year).removeprefix('From ')}",
            f"during the financial year {year.start}-{year.start + 1}",
        )
    )


def derivable_year(year: Year) -> str:
    """The end of a note where only dates of payment tell the financial year."""
    return f"derivable: financial_year={year.financial}"


def two_languages(there: str, here: str) -> str:
    """Hindi and English label as Paragraph markup; English alone where no font has Hindi."""
    return f"{shown} / {here}" if (shown := hindi(there)) else here


def letterhead(
    one: Firm, *, size: float = 13, align: str = "center", font: str = "Helvetica"
) -> list[Flowable]:
    """Name, address and site of whoever issues the paper."""
    return [
        p(escape(one.name), size, bold=True, align=align, font=font),
        p(", ".join(one.address), 7.5, align=align, font=font),
        p(f"Phone {one.phone} | {one.site}", 7.5, align=align, font=font, after=8),
    ]


def signature(
    rng: Random, who: str, *, font: str = "Helvetica", align: str = "right"
) -> list[Flowable]:
    """Room for a signature, and sometimes the word that none is needed."""
    if rng.random() < 0.4:
        said = "This is a computer generated document and does not require a signature."
        return [Spacer(1, 16), p(said, 7.5, font=font)]
    flow: list[Flowable] = [
        Spacer(1, 26),
        p(f"For {escape(who)}", 9, align=align, font=font),
        Spacer(1, 18),
        p(rng.choice(("Authorised Signatory", "Manager", "Authorized Signatory")), 9,
          align=align, font=font),
    ]  # fmt: skip
    return flow
