"""The papers of `taxai bench before-after`, and what became of each way of reading them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..doctypes import DocumentType
from ..pdf.excerpt import joined
from ..values import canonical
from .bench_ask_result import is_given
from .field_scores import is_same
from .field_truths import Truth
from .long_paper import long_paper

# Every so-manieth paper has a long annexure behind it, of so many pages in turn.
LONG_EVERY = 6
ANNEXURE_PAGES = (60, 80, 100)
# One at work for longer than a question may take (`TAXAI_OLLAMA_CALL_S`) is taken for stuck.
STUCK_S = 120.0


@dataclass(frozen=True)
class ScenePaper:
    """A file with what is printed in it; `path` is a copy that the bench may hand about."""

    path: Path
    password: str | None
    document_type: DocumentType
    truth: Mapping[str, str]

    @property
    def wanted(self) -> dict[str, str]:
        """The titles of the fields that it prints, by name."""
        rules = self.document_type.fields
        return {rule.name: rule.title for rule in rules if rule.name in self.truth}

    def count_right(self, values: Mapping[str, Any]) -> int:
        """How many of its fields are given as they are printed."""
        return sum(
            self._is_right(rule.kind, self.truth[rule.name], values.get(rule.name))
            for rule in self.document_type.fields
            if rule.name in self.truth
        )

    def _is_right(self, kind: str, true: str, said: Any) -> bool:
        if not is_given(said):
            return False
        value = str(said)
        with suppress(ValueError):
            value = canonical(kind, value)
        return is_same(kind, true, value)


@dataclass(frozen=True)
class Standing:
    """Where the papers are at one moment; `stuck` are some of those at work."""

    waiting: int
    at_work: int
    stuck: int = 0

    @property
    def is_over(self) -> bool:
        """Is there nothing left to do?"""
        return not self.waiting and not self.at_work


@dataclass(frozen=True)
class Result:
    """What a way came to in its time.

    Args:
        right: how many fields are right in each paper that came to its end, by its place.
        seconds: until nothing was left, or the time was over.
        longest_call_s: of the model; one that was still going counts so far.
    """

    standing: Standing
    right: Mapping[int, int]
    seconds: float
    longest_call_s: float

    @property
    def finished(self) -> int:
        """Papers of which at least one field came out right."""
        return sum(count > 0 for count in self.right.values())


def scene_papers(
    truths: Sequence[Truth],
    types: Mapping[str, DocumentType],
    count: int,
    annexures: Sequence[int],
    folder: Path,
) -> list[ScenePaper]:
    """Choose papers that print fields, from the whole row, some of them made long.

    Args:
        annexures: pages that are put behind every sixth paper, in turn; none for none.
        folder: where the files are written.
    """
    fit = [one for one in truths if not one.is_bundle and one.papers[0].fields]
    count = min(count, len(fit))
    chosen = [fit[number * len(fit) // count] for number in range(count)]
    return list(_written(chosen, types, annexures, folder))


def _written(
    chosen: Sequence[Truth],
    types: Mapping[str, DocumentType],
    annexures: Sequence[int],
    folder: Path,
) -> Iterator[ScenePaper]:
    long = 0
    for number, truth in enumerate(chosen):
        data, (paper,) = truth.path.read_bytes(), truth.papers
        if annexures and number % LONG_EVERY == 1 and truth.password is None:
            pages = annexures[long % len(annexures)]
            data, long = joined(data, long_paper(pages, seed=number)), long + 1
        path = folder / f"{number}.pdf"
        path.write_bytes(data)
        yield ScenePaper(path, truth.password, types[paper.document_type], paper.fields)


def read_json(path: Path) -> dict[str, Any] | None:
    """What a job has left behind; None where it left nothing that can be used."""
    with suppress(OSError, ValueError):
        found = json.loads(path.read_text(encoding="utf-8"))
        return found if isinstance(found, dict) else None
    return None
