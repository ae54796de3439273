"""What a page is taken for."""

from dataclasses import dataclass
from math import exp

# Without a title a page must say so much more by its words and values.
UNTITLED_LEAST = 2.6
# From this score on a page is of a type; below it belongs to the pages before or is `other`.
LEAST = 2.0


@dataclass(frozen=True)
class Verdict:
    """What a page is taken for; `has_title` says that a paper may begin on it.

    `annexure_of` are the types behind whose papers such a page comes, `encloses` those of the
    papers that a letter is sent with.
    """

    type: str
    score: float
    second: float
    has_title: bool
    is_prose: bool = False
    is_short: bool = False
    annexure_of: frozenset[str] = frozenset()
    encloses: frozenset[str] = frozenset()

    @property
    def confidence(self) -> float:
        """How surely it is of this type, up to 1."""
        return 1 / (1 + exp(-1.3 * (self.score - max(self.second, LEAST) + 0.6)))
