"""What a definition may say. A misspelt key stops the start-up."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

Kind = Literal["amount", "date", "month", "year", "pan", "tan", "name", "identifier", "choice"]
# Where a value without a label stands: the paper's head, over an address, or what the words say
# anywhere.
Where = Literal["label", "letterhead", "addressee", "words"]


class _Rule(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Wording(_Rule):
    """Words that issuers print. `layout` names the sample layout that brought them, if one did."""

    text: str
    layout: str | None = None


def _worded(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


def _expression(pattern: str | None) -> str | None:
    try:
        re.compile(pattern or "")
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from error
    return pattern


Words = Annotated[Wording, BeforeValidator(_worded)]


class Alone(_Rule):
    """Where a paper is about one kind only, the total that it prints is that kind's.

    `of` is the field of the total; a page says one of the words `said`, and none that is `unsaid`.
    `each` is an expression: whatever has it, as a fund's name, says one of `said` as well.
    """

    of: str
    said: list[Words]
    unsaid: list[Words] = []
    each: str | None = None

    _is_an_expression = field_validator("each")(_expression)


class FieldRule(_Rule):
    """One field: what it is called and under which words it is printed.

    Attributes:
        labels: as issuers print them. `Heading > Label` counts only below that heading or in the
            table that it begins; `Row | Column` is where a row and a column of a table meet.
        sections: of the Income-tax Act; a line that names just this one is this field's.
        columns: headings of the amount column that is meant, where there are several.
        payer_sections: where a paper lists payers, the sections of those whose total it is, `*` for
            all that no other field names, `all` for any; only where there is one such payer.
        prose: sentences with `{}` in the place of the value.
        where: `letterhead` for an issuer's name without a label; `addressee` for the name of whom
            the paper is sent to; `words` for a choice that
            follows from what the paper says.
        statements: sentences of a `choice` that mean one of its values, wherever they stand.
        opposite_labels: of a `choice` of two, under which a printed yes or no means the other one.
        choices: of a `choice`: each value with the words that mean it.
        boxed: an `amount` that may stand alone in a box, without a label, and again in words.
        kinds: of which an `amount` is the sum; where a paper prints several, one alone is a part.
        apart: what an `amount` never holds; a total that adds it up is more than the field.
        alone: where a paper speaks of no other kind, its total is this `amount`.
        inclusive: an `amount` that holds what is added to it: the tax on a premium, a prepayment.
        of_period: a `date` that is the first or the last day of a printed period.
        holder: whose name or PAN it is, a person's or a body's: the fourth letter of a PAN tells.
        pattern: of an `identifier`, for values that labels alone do not tell; with examples.
        important: such a paper prints it and a person needs it, so that a model is asked for it
            where it is missing. Those of one group are a part that a paper may lack: where it shows
            none of them they are not missing, unless there is but one.
    """

    name: str
    title: str
    kind: Kind
    labels: list[Words] = []
    sections: list[str] = []
    payer_sections: list[str] = []
    columns: list[Words] = []
    prose: list[Words] = []
    where: Where = "label"
    boxed: bool = False
    kinds: list[Words] = []
    apart: list[Words] = []
    alone: Alone | None = None
    inclusive: bool = False
    of_period: Literal["start", "end"] | None = None
    holder: Literal["person", "entity"] | None = None
    opposite_labels: list[Words] = []
    statements: dict[str, list[Words]] = {}
    choices: dict[str, list[Words]] = {}
    pattern: str | None = None
    matches: list[str] = []
    matches_not: list[str] = []
    important: bool = False

    _is_an_expression = field_validator("pattern")(_expression)

    @property
    def owner(self) -> str:
        """Whose it is, as its name begins: `landlord_name` and `landlord_pan` are one's."""
        return self.name.partition("_")[0]

    def is_of_owner(self, field: str | None) -> bool:
        """Is another field the same one's?"""
        return field is not None and field.startswith(f"{self.owner}_")

    @model_validator(mode="after")
    def _has_one_opposite(self) -> Self:
        if self.opposite_labels and len(self.choices) != 2:
            raise ValueError(f"{self.name}: `opposite_labels` need two `choices`")
        return self


class FieldGroup(_Rule):
    """Fields that a form prints together."""

    title: str
    fields: list[FieldRule]


class CheckRule(_Rule):
    """A sum that must hold: `plus` − `minus` = `equals`, or ≤ `at_most`; or the parts of a total.

    `parts_of` is a field with the amounts printed above it in its column, such as the quarters of
    a year. `tolerance` and `at_most` are in INR.
    """

    name: str
    title: str
    plus: list[str] = []
    minus: list[str] = []
    equals: str | None = None
    at_most: Decimal | None = None
    parts_of: str | None = None
    tolerance: Decimal = Decimal("1.00")

    @model_validator(mode="after")
    def _has_one_right_side(self) -> Self:
        given = [side for side in (self.equals, self.at_most, self.parts_of) if side is not None]
        if len(given) != 1 or bool(self.plus) == bool(self.parts_of):
            raise ValueError(f"{self.name}: give one of `equals`, `at_most` and `parts_of`")
        return self

    @property
    def members(self) -> list[str]:
        """The fields it is about."""
        right = self.equals or self.parts_of
        return [*self.plus, *self.minus, *([right] if right else [])]


class Recognition(_Rule):
    """By which words a type is known.

    Attributes:
        titles: printed as a heading, or a line of their own.
        phrases: printed anywhere; each makes the type likelier.
        none_of: printed as a heading or line of their own, they make it another type.
        always: groups of words; every such paper says one of each.
        unlike: what such papers never say, anywhere; values beside it are another paper's.
        core: groups of fields; a paper of the type has a value for one of each group, unless it is
            a form in which nothing is filled in.
        annexures: titles of pages that come behind such a paper and are no paper by themselves.
        titled: such a paper always prints its title.
        computes: it computes an income and its tax; what does is otherwise none of our papers.
        tabled: its amounts stand beside their labels; sentences alone only speak of such papers.
    """

    titles: list[Words] = []
    phrases: list[Words] = []
    none_of: list[Words] = []
    always: list[list[Words]] = []
    unlike: list[Words] = []
    core: list[list[str]] = []
    titled: bool = False
    computes: bool = False
    tabled: bool = False
    annexures: list[Words] = []


class DocumentType(_Rule):
    """One document type.

    Attributes:
        taxpayer: the field that holds the taxpayer's PAN.
        other_labels: words that stand beside values which are no field of ours.
        amount_column: which one counts where headings do not tell.
        other_columns: headings of amount columns that are not meant (year to date, gross, …).
        total_rows: names of a table's row that holds, in each column, what that column's field is.
    """

    id: str
    title: str
    recognise: Recognition = Recognition()
    taxpayer: str | None = None
    groups: list[FieldGroup] = Field(default_factory=list)
    other_labels: list[Words] = []
    other_columns: list[Words] = []
    total_rows: list[Words] = []
    amount_column: Literal["first", "last"] = "first"
    checks: list[CheckRule] = []

    @model_validator(mode="after")
    def _names_its_own_fields(self) -> Self:
        names = [rule.name for rule in self.fields]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"{self.id}: defined twice: {', '.join(sorted(twice))}")
        used = {name for check in self.checks for name in check.members}
        used |= {rule.alone.of for rule in self.fields if rule.alone}
        used |= {name for group in self.recognise.core for name in group}
        used |= {self.taxpayer} if self.taxpayer else set()
        if unknown := used - set(names):
            raise ValueError(f"{self.id}: no such field: {', '.join(sorted(unknown))}")
        return self

    @property
    def fields(self) -> list[FieldRule]:
        """All fields in the form's own order."""
        return list(self._fields())

    def field(self, name: str) -> FieldRule | None:
        """The field of this name."""
        return next((rule for rule in self._fields() if rule.name == name), None)

    def _fields(self) -> Iterator[FieldRule]:
        for group in self.groups:
            yield from group.fields
