"""The lines of a page that a model is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ...ai.question import TEMPLATE_TOKENS, estimated_tokens
from .relevance import Relevance
from .rows import PageRows

# A line that has to do with a field so much is shown in any case, others where there is room.
RELEVANT, LEAST = 0.5, 0.25
# A title stands in the first lines of a page.
TITLE_ROWS, OF_TITLE = 12, 0.6


@dataclass(eq=False)
class Shown:
    """What is shown of a page; `scores` are its lines'."""

    page: PageRows
    scores: list[float]
    rows: set[int] = field(default_factory=set)

    @property
    def best(self) -> float:
        """The score of its best line."""
        return max(self.scores, default=0.0)

    @property
    def text(self) -> str:
        """The lines chosen, in their order."""
        lines = [row.text for n, row in enumerate(self.page.rows) if n in self.rows]
        return "\n".join([f"[page {self.page.number}]", *lines])

    @property
    def tokens(self) -> int:
        """How many tokens its text has at most."""
        return _tokens(self.text)

    def choose_relevant(self) -> None:
        """Choose every line that is surely one of those wanted, with its table's header."""
        for number, score in enumerate(self.scores):
            if score >= RELEVANT:
                self.rows |= self._with_header(number)

    def fill(self, tokens: int) -> None:
        """Add other lines, the best first, each with its table's header, if they fit."""
        ranked = sorted(range(len(self.scores)), key=lambda n: -self.scores[n])
        for number in ranked:
            if self.scores[number] < LEAST:
                return
            new = self._with_header(number) - self.rows
            cost = _tokens("\n".join(self.page.rows[n].text for n in new)) + 1
            if self.tokens + cost <= tokens:
                self.rows |= new

    def _with_header(self, number: int) -> set[int]:
        rows = self.page.rows
        return {number, *map(rows.index, self.page.headers_of(rows[number]))}


def scored(
    relevance: Relevance, pages: Sequence[PageRows], *, asks_type: bool = False
) -> list[Shown]:
    """Each page with what its lines have to do with what is asked; running lines count once."""
    shown, seen = [], set[str]()
    for page in pages:
        is_first = page is pages[0]
        scores = relevance.scores(page, is_first=is_first)
        if asks_type and is_first:
            scores = [max(s, OF_TITLE) if n < TITLE_ROWS else s for n, s in enumerate(scores)]
        texts = [row.text for row in page.rows]
        scores = [0.0 if text in seen else s for text, s in zip(texts, scores, strict=True)]
        seen.update(texts)
        shown.append(Shown(page, scores))
    return shown


def _tokens(text: str) -> int:
    """The tokens of lines, of which each begins a new one."""
    return estimated_tokens(text) - TEMPLATE_TOKENS + 1
