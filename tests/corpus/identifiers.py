"""Numbers that papers carry: PAN, TAN, accounts, policies, certificates."""

import string
from random import Random


def letters(rng: Random, count: int) -> str:
    """So many capital letters."""
    return "".join(rng.choices(string.ascii_uppercase, k=count))


def digits(rng: Random, count: int) -> str:
    """A number of so many digits that begins with no zero."""
    return str(rng.randrange(1, 10)) + "".join(rng.choices(string.digits, k=count - 1))


def pan(rng: Random, kind: str, initial: str) -> str:
    """A PAN: `kind` is its fourth letter (P person, C company, F firm, T trust …)."""
    return f"{letters(rng, 3)}{kind}{initial.upper()}{digits(rng, 4)}{letters(rng, 1)}"


def tan(rng: Random, city_code: str, initial: str) -> str:
    """A TAN: three letters of the city, the firm's initial, five digits, a letter."""
    return f"{city_code}{initial.upper()}{digits(rng, 5)}{letters(rng, 1)}"


def account_number(rng: Random) -> str:
    """A bank account, 11 to 16 digits."""
    return digits(rng, rng.choice((11, 12, 14, 15, 16)))


def masked(number: str) -> str:
    """XXXXXXXX1234"""
    return "X" * (len(number) - 4) + number[-4:]


def loan_account(rng: Random) -> str:
    """A home-loan account."""
    return rng.choice(
        (
            f"HL{digits(rng, 10)}",
            digits(rng, 13),
            f"LN/{letters(rng, 3)}/{digits(rng, 8)}",
            f"{digits(rng, 3)}-{digits(rng, 9)}",
        )
    )


def policy_number(rng: Random) -> str:
    """An insurance policy."""
    return rng.choice(
        (
            digits(rng, 9),
            digits(rng, 12),
            f"P/{digits(rng, 6)}/01/{rng.randrange(2021, 2025)}/{digits(rng, 6)}",
            f"{letters(rng, 3)}-{digits(rng, 8)}",
        )
    )


def folio(rng: Random) -> str:
    """A mutual-fund folio, often with the check digits after a stroke."""
    return rng.choice((digits(rng, 8), f"{digits(rng, 8)}/{digits(rng, 2)}", digits(rng, 11)))


def pran(rng: Random) -> str:
    """A Permanent Retirement Account Number: 12 digits."""
    return f"1{digits(rng, 11)}"


def employee_number(rng: Random) -> str:
    """A staff number as payrolls print it."""
    return rng.choice(
        (
            digits(rng, 5),
            digits(rng, 7),
            f"EMP{digits(rng, 4)}",
            f"{letters(rng, 2)}{digits(rng, 6)}",
        )
    )


def certificate_number(rng: Random) -> str:
    """A TRACES certificate: seven capital letters."""
    return letters(rng, 7)


def receipt_number(rng: Random) -> str:
    """The receipt of a quarterly TDS statement: eight capital letters that begin with Q."""
    return f"Q{letters(rng, 7)}"


def bsr_code(rng: Random) -> str:
    """A bank branch in a challan: seven digits, often with leading zeros."""
    return "".join(rng.choices(string.digits, k=7))
