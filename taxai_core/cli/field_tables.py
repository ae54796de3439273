"""The tables that `taxai bench fields` prints and writes down."""

from collections import Counter
from collections.abc import Sequence
from statistics import mean, median
from typing import NamedTuple

from .field_scores import Score, Tally, tallies_by_type, tally
from .field_truths import GROUPS
from .report import as_table

# Where the bands of confidence begin; what is given from SURE on is not marked for a look.
BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98)
SURE = 0.9
# What the documentation promises of the first set.
LEAST_TYPES, LEAST_F1, LEAST_F1_SCANNED, MOST_WRONG = 0.99, 0.98, 0.90, 0.003
LEAST_SURE_RIGHT, MOST_MS = 0.99, 100.0


class Goal(NamedTuple):
    """A figure that was promised, as it is wanted and as it came out."""

    what: str
    wanted: str
    reached: str
    is_met: bool


def score_table(scores: Sequence[Score]) -> str:
    """A row a type, a row for each way of having to be read, and one for all."""
    rows = tallies_by_type(scores) | by_group(scores) | {"all": tally(scores)}
    head = ["", "files", "type right", "fields", "right", "wrong", "missed", "invented"]
    return as_table(
        [*head, "P", "R", "F1"],
        [
            [
                f"**{name}**" if name in (*GROUPS, "all") else name,
                *(str(n) for n in (one.documents, one.types_right, one.printed)),
                *(str(one.counts[what]) for what in ("right", "wrong", "missed", "invented")),
                *(_share(n, one) for n in (one.precision, one.recall, one.f1)),
            ]
            for name, one in rows.items()
        ],
    )


def comparison(ours: Sequence[Score], plain: Sequence[Score]) -> str:
    """Ours beside the plain reader, by how a file has to be read."""
    ways = {name: (one, by_group(plain)[name]) for name, one in by_group(ours).items()}
    ways["all"] = tally(ours), tally(plain)
    figures = ["type right", "F1", "wrong", "invented"]
    return as_table(
        ["", *(f"{who}: {what}" for who in ("TaxAI", "plain") for what in figures)],
        [
            [
                name,
                *(
                    cell
                    for one in both
                    for cell in (
                        f"{one.types_right / one.documents:.2f}",
                        _share(one.f1, one),
                        str(one.counts["wrong"]),
                        str(one.counts["invented"]),
                    )
                ),
            ]
            for name, both in ways.items()
        ],
    )


def reliability_table(scores: Sequence[Score]) -> str:
    """Of the values given in each band of confidence, how many are right."""
    rows = []
    for low, high in zip(BANDS, [*BANDS[1:], 2.0], strict=True):
        name = f"{low}–{high}" if 0 < low < BANDS[-1] else f"≥ {low}" if low else f"< {high}"
        given, right = _given(scores, low, high)
        rows.append([name, str(given), str(right), f"{right / given:.3f}" if given else "–"])
    return as_table(["confidence", "given", "right", "share right"], rows)


def sentences(scores: Sequence[Score]) -> list[str]:
    """What no table says."""
    found, said = tally(scores), []
    wrong, given = found.counts["wrong"], found.given
    said.append(f"Wrong values: {wrong} of {given} given ({100 * found.wrong_share:.2f} %).")
    sure, right = _given(scores, SURE)
    said.append(
        f"Of the {sure} values given ≥ {SURE}, {100 * right / max(sure, 1):.2f} % are right."
    )
    bundles = [one for one in scores if one.truth.is_bundle]
    if bundles:
        parts = sum(len(one.truth.papers) for one in bundles)
        mine = sum(one.parts_right for one in bundles)
        said.append(
            f"Files of several papers: {len(bundles)}; {mine} of their {parts} parts have the"
            " right pages and type."
        )
    split = sum(one.is_split_wrongly and one.is_read and not one.truth.is_bundle for one in scores)
    said.append(f"Single papers taken for several: {split}.")
    taken = Counter(
        f"{one.truth.document_type} as {one.type_given}"
        for one in scores
        if one.is_read and not one.is_type_right
    )
    if taken:
        each = (f"{which}: {count}" for which, count in taken.most_common())
        said.append(f"Types taken for others: {', '.join(each)}.")
    if pages := sum(one.pages_given_up for one in scores):
        said.append(f"Pages given up for the time or the memory they took: {pages}.")
    if lost := [one.truth.path.stem for one in scores if not one.is_read]:
        said.append(f"Files without a result: {', '.join(lost)}.")
    return said


def time_sentence(times_ms: Sequence[float]) -> str:
    """How long fields take over reading."""
    return (
        f"Type, fields and checks take {mean(times_ms):.0f} ms of a processor a document over"
        f" reading its pages (median {median(times_ms):.0f}, most {max(times_ms):.0f};"
        f" {len(times_ms)} documents of the first set)."
    )


def goals(scores: Sequence[Score], times_ms: Sequence[float]) -> list[Goal]:
    """What is promised, and whether it holds; nothing of what was not measured."""
    every, groups = tally(scores), by_group(scores)
    types, invented = every.types_right / every.documents, every.counts["invented"]
    wrong, (sure, right) = every.wrong_share, _given(scores, SURE)
    found = [Goal("type accuracy", f"≥ {LEAST_TYPES}", f"{types:.3f}", types >= LEAST_TYPES)]
    for name, least in (("born-digital", LEAST_F1), ("scanned", LEAST_F1_SCANNED)):
        if (one := groups.get(name)) and one.printed:
            reached = f"{one.f1:.3f}"
            found.append(Goal(f"field F1, {name}", f"≥ {least:.2f}", reached, one.f1 >= least))
    found.append(Goal("invented values", "0", str(invented), invented == 0))
    most = f"≤ {100 * MOST_WRONG:.1f} %"
    found.append(Goal("wrong values", most, f"{100 * wrong:.2f} %", wrong <= MOST_WRONG))
    if sure:
        least, share = LEAST_SURE_RIGHT, right / sure
        wanted, reached = f"≥ {100 * least:.0f} %", f"{100 * share:.2f} %"
        found.append(Goal(f"right of those given ≥ {SURE}", wanted, reached, share >= least))
    if times_ms:
        spent, wanted = mean(times_ms), f"≤ {MOST_MS:.0f} ms"
        found.append(Goal("fields over reading", wanted, f"{spent:.0f} ms", spent <= MOST_MS))
    return found


def goal_table(found: Sequence[Goal]) -> str:
    """The promises and what came of them."""
    return as_table(
        ["", "wanted", "reached", "met"],
        [[one.what, one.wanted, one.reached, "yes" if one.is_met else "**no**"] for one in found],
    )


def by_group(scores: Sequence[Score]) -> dict[str, Tally]:
    """Count by how a file has to be read; only the ways that there are files of."""
    groups = {name: [one for one in scores if one.truth.group == name] for name in GROUPS}
    return {name: tally(some) for name, some in groups.items() if some}


def _given(scores: Sequence[Score], low: float, high: float = 2.0) -> tuple[int, int]:
    """How many values were given in a band of confidence, and how many of them are right."""
    outcomes = [
        one.outcome
        for each in scores
        for one in each.judgements
        if one.confidence is not None and low <= one.confidence < high
    ]
    return len(outcomes), outcomes.count("right")


def _share(share: float, of: Tally) -> str:
    return f"{share:.3f}" if of.printed else "–"
