"""How right the fields are, counted against the truth files that lie beside sample papers.

A value is right, wrong (another is printed), missed (none was given) or invented (none is
printed). One that follows from the paper without being printed counts only where it is not right.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, NamedTuple

from .field_truths import TruePaper, Truth

Outcome = Literal["right", "wrong", "missed", "invented"]
Given = Mapping[str, Any]  # one document as the contract has it
Kinds = Mapping[str, str]  # the kind of each field, by its name
# What the warning says of a page that took too long, as it may on a busy machine.
GIVEN_UP = "was given up"
_TITLES = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|m/s|shri|sri|smt|kum|kumari|dr)[\s.]+)+", re.IGNORECASE
)


class Judgement(NamedTuple):
    """What became of one field; the confidence is that of a value that was given."""

    document_type: str
    field: str
    outcome: Outcome
    confidence: float | None


@dataclass(frozen=True)
class Score:
    """How one file was read, None for what type where it was not; `parts` are those of a bundle."""

    truth: Truth
    type_given: str | None
    judgements: list[Judgement]
    parts_right: int = 0
    is_split_wrongly: bool = False
    pages_given_up: int = 0

    @property
    def is_read(self) -> bool:
        """Was it read at all?"""
        return self.type_given is not None

    @property
    def is_type_right(self) -> bool:
        """Is it taken for what it is?"""
        return self.type_given == self.truth.document_type


@dataclass
class Tally:
    """Counts over files, or over the papers of one type."""

    documents: int = 0
    types_right: int = 0
    counts: Counter[Outcome] = field(default_factory=Counter)

    @property
    def given(self) -> int:
        """How many values were given."""
        return self.counts["right"] + self.counts["wrong"] + self.counts["invented"]

    @property
    def printed(self) -> int:
        """How many values the papers print."""
        return self.counts["right"] + self.counts["wrong"] + self.counts["missed"]

    @property
    def precision(self) -> float:
        """Of the values given, the share that is right."""
        return self.counts["right"] / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Of the values printed, the share that was given rightly."""
        return self.counts["right"] / self.printed if self.printed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def wrong_share(self) -> float:
        """Of the values given, the share in whose place another is printed."""
        return self.counts["wrong"] / self.given if self.given else 0.0


def score(truth: Truth, given: Given | None, kinds: Kinds) -> Score:
    """Compare what was read of a file with its truth; None where nothing was."""
    one: Given = {} if given is None or "error" in given else given
    judgements: list[Judgement] = []
    parts_right = 0
    for paper, part in _pairs(truth, one):
        judgements += _judge(paper, part, kinds)
        parts_right += bool(paper and _is_right(paper, part))
    return Score(
        truth=truth,
        type_given=one.get("document_type"),
        judgements=judgements,
        parts_right=parts_right,
        pages_given_up=sum(GIVEN_UP in warning for warning in one.get("warnings", [])),
        is_split_wrongly=len(one.get("parts", [one])) != len(truth.papers),
    )


def is_same(kind: str, one: str, other: str) -> bool:
    """Do two values of a kind say the same?"""
    return _bare(kind, one) == _bare(kind, other)


def tally(scores: Sequence[Score]) -> Tally:
    """Count over files."""
    found = Tally()
    for each in scores:
        found.documents += 1
        found.types_right += each.is_type_right
        found.counts.update(one.outcome for one in each.judgements)
    return found


def tallies_by_type(scores: Sequence[Score]) -> dict[str, Tally]:
    """Count files by their type, fields by that of the paper that they belong to."""
    found: dict[str, Tally] = {}
    for each in scores:
        mine = found.setdefault(each.truth.document_type, Tally())
        mine.documents += 1
        mine.types_right += each.is_type_right
        for one in each.judgements:
            found.setdefault(one.document_type, Tally()).counts[one.outcome] += 1
    return dict(sorted(found.items()))


def _pairs(truth: Truth, given: Given) -> Iterator[tuple[TruePaper | None, Given]]:
    """Each true paper with what was read of it, then what was read beside.

    A single paper is compared with the first that was read, as `document_type` and `fields` are.
    """
    if not truth.is_bundle:
        yield truth.papers[0], given
        return
    whole = [{**given, "pages": [1, given["pages"]]}] if given else []
    rest = list(given.get("parts") or whole)
    for paper in truth.papers:
        best = max(rest, key=lambda part: _shared_pages(paper, part), default=None)
        if best is not None and _shared_pages(paper, best):
            rest.remove(best)
            yield paper, best
        else:
            yield paper, {}
    for part in rest:
        yield None, part


def _shared_pages(paper: TruePaper, part: Given) -> int:
    (first, last), (from_, to) = paper.pages or (0, -1), map(int, part["pages"])
    return max(0, min(last, to) - max(first, from_) + 1)


def _is_right(paper: TruePaper, part: Given) -> bool:
    """Is a part of a bundle what it should be: its pages and its type?"""
    pages = tuple(part.get("pages", ())) if paper.pages else None
    return pages == paper.pages and part.get("document_type") == paper.document_type


def _judge(paper: TruePaper | None, part: Given, kinds: Kinds) -> Iterator[Judgement]:
    document_type = paper.document_type if paper else part["document_type"]
    fields = paper.fields if paper else {}
    derivable = paper.derivable if paper else {}
    given = {name: one for name, one in part.get("fields", {}).items() if one.get("value")}
    for name, value in fields.items():
        if name not in given:
            yield Judgement(document_type, name, "missed", None)
            continue
        same = is_same(kinds.get(name, "amount"), value, given[name]["value"])
        outcome: Outcome = "right" if same else "wrong"
        yield Judgement(document_type, name, outcome, given[name].get("confidence"))
    for name, one in given.items():
        kind = kinds.get(name, "amount")
        follows = name in derivable and is_same(kind, derivable[name], one["value"])
        if name not in fields and not follows:
            yield Judgement(document_type, name, "invented", one.get("confidence"))


def _bare(kind: str, value: str) -> str | Decimal:
    """What counts of a value: an amount's worth, the letters and digits of names and numbers."""
    value = str(value).strip()
    if kind == "amount":
        try:
            return Decimal(value.replace(",", "").replace(" ", ""))
        except InvalidOperation:
            return value
    if kind == "name":
        return re.sub(r"[\W_]+", "", _TITLES.sub("", value).casefold())
    if kind in ("pan", "tan", "identifier"):
        return re.sub(r"[^0-9A-Za-z]+", "", value).upper()
    return value.lower()
