"""Labels with the same words, told apart by the small ones: `Total`, `Total value`; `Gift of`."""

import re
from collections import defaultdict
from collections.abc import Iterable

from .label import Label

_WORD = re.compile(r"[^\W\d_]+")
# They stand behind any label of an amount.
_CURRENCY = frozenset({"rs", "inr"})


class SameWords:
    """The labels of several fields, or of a field and of something else, with the same words."""

    def __init__(self, labels: Iterable[Label]) -> None:
        plain: dict[frozenset[str], list[Label]] = defaultdict(list)
        for label in labels:
            if label.is_plain:
                plain[label.words].append(label)
        self._same = {
            words: [(printed_words(label.text), label) for label in same]
            for words, same in plain.items()
            if len({label.field for label in same}) > 1
        }

    def __contains__(self, label: Label) -> bool:
        return label.is_plain and label.words in self._same

    def meant(self, label: Label, printed: str) -> Label:
        """Of the labels with the same words the one that is likest to what is printed."""
        said = printed_words(printed)
        same = self._same[label.words]
        return max(same, key=lambda one: len(one[0] & said) / (len(one[0] | said) or 1))[1]


def printed_words(text: str) -> frozenset[str]:
    """All words of a label, also those that are left out before labels are compared."""
    return frozenset(_WORD.findall(text.casefold())) - _CURRENCY
