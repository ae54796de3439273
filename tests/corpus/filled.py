"""The truth of a paper, gathered while it is being printed."""

from collections.abc import Mapping
from decimal import Decimal

from tests.corpus.figures import Money, MoneyStyle, truth


class Filled:
    """Hands out texts to print and remembers them as the paper's fields.

    What is asked for must be printed; what is not asked for is absent from the truth.
    """

    def __init__(self, values: Mapping[str, Decimal], style: MoneyStyle) -> None:
        self.values, self.style = values, style
        self.fields: dict[str, str] = {}

    def money(self, field: str, style: MoneyStyle | None = None) -> str:
        """The field's amount as printed."""
        self.fields[field] = truth(self.values[field])
        return (style or self.style)(self.values[field])

    def text(self, field: str, value: str, shown: str | None = None) -> str:
        """A name, number, year or date; `shown` is its printed form where the two differ."""
        self.fields[field] = value
        return shown or value

    def plain(self, amount: Money) -> str:
        """An amount that is no field."""
        return self.style(amount)
