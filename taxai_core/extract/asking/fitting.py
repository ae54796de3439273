"""Which of the places of a model's answer can be the field's, and what value stands there."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ...doctypes import FieldRule
from ...models import Box, Field
from ..found import Value, value_in
from ..likeness import named
from ..names import has_body, name_in
from ..numbers import is_holder
from ..tokens import tokens_of
from ..vocabulary import Vocabulary, words_of
from .around import above, before, is_one_of_many
from .cut import is_cut
from .printed import Place, whole_amount
from .relevance import label_words, likeness, said_words

# Words are a label of this field, or of something else, from this likeness on; what stands above a
# value heads it less often.
OWN, ANOTHERS, ANOTHERS_ABOVE = 0.5, 0.65, 0.95
# A text that is a label as surely as this is no value; names of banks are like labels.
LABEL, BODY_LABEL = 0.75, 0.9
# Zeros and numbers below this, without paise, stand everywhere: only a label tells whose they are.
SMALL = 100
# Two boxes are of one place where their middles are so near (points).
SAME_PLACE_PT = 2.0
# Of these kinds no two fields of a paper have the same value.
_OWN_VALUE = ("pan", "tan", "identifier", "name")


class Fitting(NamedTuple):
    """A place that can be a field's, its value, and how much stands beside it that names it."""

    place: Place
    value: Value
    likeness: float


class Fitter:
    """Looks for the place of one field.

    Args:
        fields: what the paper's other fields have is left to them.
    """

    def __init__(
        self, vocabulary: Vocabulary, rule: FieldRule, fields: Mapping[str, Field]
    ) -> None:
        self._vocabulary, self._rule = vocabulary, rule
        self._labels = label_words(vocabulary, rule)
        # A choice follows from words that say other things as well.
        self._others = [
            (field, kind)
            for name, field in fields.items()
            if name != rule.name and (kind := vocabulary.kind(name)) != "choice"
        ]

    def best(self, places: Sequence[Place]) -> Fitting | None:
        """The place nearest to a label of the field; the first of several that are as near."""
        found = (self._fitting(place) for place in places)
        fitting = [one for one in found if one is not None]
        return max(fitting, key=lambda one: one.likeness, default=None)

    def _fitting(self, printed: Place) -> Fitting | None:
        is_amount = self._rule.kind == "amount"
        place = whole_amount(printed) if is_amount else printed
        value = self._value(place) if place else None
        if place is None or value is None or self._is_taken(place, value.text):
            return None
        label, heading = before(place), [*above(place)]
        own = max(map(self._likeness, [*label, *heading]), default=0.0)
        if self._is_anothers(label, heading, own):
            return None
        if is_amount and not self._is_money_of(place, value.text, heading, own):
            return None
        return Fitting(place, value, own)

    def _value(self, place: Place) -> Value | None:
        """What is printed there as a value of the field's kind, and all of it."""
        value = self._read(place)
        if value and self._rule.kind in ("name", "identifier"):
            return None if is_cut(self._vocabulary, self._rule, place, value) else value
        return value

    def _read(self, place: Place) -> Value | None:
        rule, text = self._rule, place.letters
        if rule.kind in ("name", "identifier"):
            best = self._vocabulary.best(tokens_of(text))
            if best and best.score > (BODY_LABEL if has_body(text) else LABEL):
                return None
        if rule.kind == "name":
            is_cut = place.piece.text[place.end : place.end + 1] == "."  # `Ltd.`
            name = name_in(rule, text + "." * is_cut, self._vocabulary)
            # A person's name that is made of the first words of a firm's is none.
            return None if name and text[name.end :].lstrip()[:1].isalpha() else name
        value = value_in(rule, text, is_scan=place.page.sheet.is_scan, whole=True)
        return value if value and is_holder(rule, value.text) else None

    def _is_taken(self, place: Place, value: str) -> bool:
        """Has another field the same place, or the same value where no two have one?"""
        rule, box = self._rule, place.box
        for field, kind in self._others:
            is_here = field.page == place.page.number and _is_same_place(box, field.bbox)
            # A person types what is not printed there, as the rules had read the wrong place.
            is_its_value = field.source != "user" or field.value == value
            if is_here and is_its_value and not rule.of_period:
                return True
            is_alike = rule.kind in _OWN_VALUE and kind == rule.kind
            if is_alike and field.value.casefold() == value.casefold():
                return True
        return False

    def _likeness(self, text: str) -> float:
        return likeness(self._labels, said_words(self._vocabulary, text))

    def _is_anothers(self, label: Sequence[str], heading: Sequence[str], own: float) -> bool:
        """Are the words beside a value a label of something else, more surely than of this field?

        What another kind of value is called by says nothing: `Interest paid in 2024-25`.
        """
        rule = self._rule
        kinds, least = ((rule.kind, None), ANOTHERS) if label else ((rule.kind,), ANOTHERS_ABOVE)
        for text in (label or heading)[:1]:
            best = self._vocabulary.best(tokens_of(text))
            is_other = best is not None and best.label.field != rule.name
            if best and is_other and best.score >= least and best.score > own:
                return self._vocabulary.kind(best.label.field) in kinds
        return False

    def _is_money_of(self, place: Place, value: str, heading: Sequence[str], own: float) -> bool:
        """Can an amount be the field's? Without a label of it, only if little speaks against it."""
        unwanted = self._vocabulary.document_type.other_columns
        for text in heading[:1]:
            if named(unwanted, words_of(text)) and self._likeness(text) < OWN:
                return False
        if is_one_of_many(place):
            return False
        is_known = any(field.value == value for field, kind in self._others if kind == "amount")
        return own >= OWN or (place.is_alone and not is_known and not _is_small(place, value))


def _is_same_place(one: Box, other: Box) -> bool:
    """Is the middle of one box within the other?"""

    def holds(a: Box, b: Box) -> bool:
        x, y = (b.x0 + b.x1) / 2, (b.top + b.bottom) / 2
        near = SAME_PLACE_PT
        return a.x0 - near <= x <= a.x1 + near and a.top - near <= y <= a.bottom + near

    return holds(one, other) or holds(other, one)


def _is_small(place: Place, value: str) -> bool:
    amount = abs(Decimal(value))
    return amount == 0 or (amount < SMALL and "." not in place.letters)
