"""What came of asking a model about papers in one way."""

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ..extract.asking.grounding import NO_ANSWER
from ..values import canonical
from .bench_ask_memory import Memory
from .bench_ask_papers import HiddenPaper
from .field_scores import is_same

Verdict = Literal["right", "printed elsewhere", "printed nowhere", "not given"]
VERDICTS: tuple[Verdict, ...] = ("right", "printed elsewhere", "printed nowhere", "not given")
# Without a look at the paper a dash is no value either.
NO_VALUE = NO_ANSWER | {"-"}


@dataclass
class Asking:
    """What became of one paper.

    Args:
        seconds: from its first request to its end.
        tokens_in: of its prompts, as the server counts them; `tokens_out` of the answers.
        values: what was taken for the hidden fields.
        cut_prompts: of which the server dropped a part.
        given_up: requests that were left before their end.
    """

    paper: HiddenPaper
    is_finished: bool = False
    seconds: float = 0.0
    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    values: Mapping[str, Any] = field(default_factory=dict)
    cut_prompts: int = 0
    given_up: int = 0

    @property
    def tokens(self) -> int:
        """Of prompts and answers together."""
        return self.tokens_in + self.tokens_out

    def verdicts(self) -> Counter[Verdict]:
        """How many of the hidden values are right, and what the others are."""
        return verdicts_of(self.paper, self.values)


@dataclass
class Way:
    """One way of asking, on all papers."""

    title: str
    askings: list[Asking]
    wall_s: float
    in_flight: int
    memory: Memory

    @property
    def finished(self) -> int:
        """How many papers came to an end."""
        return sum(one.is_finished for one in self.askings)

    @property
    def tokens(self) -> int:
        """All tokens, in and out."""
        return sum(one.tokens for one in self.askings)

    @property
    def seconds_each(self) -> float:
        """Wall time a paper."""
        return self.wall_s / len(self.askings)


class InFlight:
    """Counts how many run at once: `with in_flight:` around each; `peak` is the most."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now = self.peak = 0

    def __enter__(self) -> None:
        with self._lock:
            self._now += 1
            self.peak = max(self.peak, self._now)

    def __exit__(self, *_raised: object) -> None:
        with self._lock:
            self._now -= 1


def verdicts_of(paper: HiddenPaper, values: Mapping[str, Any]) -> Counter[Verdict]:
    """Compare what was given for the hidden fields, in any form, with what is printed."""
    found: Counter[Verdict] = Counter()
    for rule in paper.rules:
        said = values.get(rule.name)
        if not is_given(said):
            found["not given"] += 1
            continue
        try:
            value = canonical(rule.kind, str(said))
        except ValueError:
            value = str(said)
        if is_same(rule.kind, paper.truth[rule.name], value):
            found["right"] += 1
        else:
            found["printed elsewhere" if paper.prints(rule, value) else "printed nowhere"] += 1
    return found


def is_given(said: Any) -> bool:
    """Is it a value at all?"""
    if isinstance(said, bool) or not isinstance(said, (str, int, float)):
        return False
    return str(said).strip().casefold() not in NO_VALUE


def all_verdicts(askings: Sequence[Asking]) -> Counter[Verdict]:
    """Those of all papers together."""
    return sum((one.verdicts() for one in askings), Counter[Verdict]())
