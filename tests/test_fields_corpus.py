"""How well whole sets of papers are read: those made here, and the shared ones where they are."""

import json
from pathlib import Path

import pytest
from read_fields import CHECKOUT, SEED, all_layouts, read, sample

from taxai_core.cli.bench_fields import kinds_of
from taxai_core.cli.field_scores import Score, Tally, score, tally
from taxai_core.cli.field_truths import find_truths
from taxai_core.doctypes import load_document_types

SHARED = CHECKOUT.parent / "shared/corpus/documents"
KINDS = kinds_of(load_document_types())


def faults(scores: list[Score]) -> list[str]:
    """What is not right, for whoever has to find out why."""
    return [
        f"{each.truth.path.stem}: {one.field} {one.outcome}"
        for each in scores
        for one in each.judgements
        if one.outcome != "right"
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Score]:
    """One paper of every layout, of a seed that nothing was tuned on."""
    folder = tmp_path_factory.mktemp("made")
    for layout in all_layouts():
        paper, reading = sample(layout)
        path = folder / f"{layout.replace('/', '-')}-{SEED}.pdf"
        path.touch()
        path.with_suffix(".json").write_text(paper.truth(), encoding="utf-8")
        told = reading.as_contract(path.name)
        path.with_suffix(".read").write_text(json.dumps(told), encoding="utf-8")
    return [
        score(truth, json.loads(truth.path.with_suffix(".read").read_text("utf-8")), KINDS)
        for truth in find_truths(folder)
    ]


def wrong_or_invented(found: Tally) -> float:
    return (found.counts["wrong"] + found.counts["invented"]) / found.given


def test_fields_of_papers_that_nobody_tuned_on_are_right(made: list[Score]) -> None:
    found = tally(made)

    assert found.f1 >= 0.95, faults(made)
    assert wrong_or_invented(found) <= 0.01, faults(made)


def test_types_of_papers_that_nobody_tuned_on_are_right(made: list[Score]) -> None:
    taken = {each.truth.layout: each.type_given for each in made if not each.is_type_right}

    assert 1 - len(taken) / len(made) >= 0.97, taken


@pytest.mark.skipif(not SHARED.exists(), reason="the shared sample papers are not here")
def test_the_shared_papers_are_read_without_an_invented_value() -> None:
    scores = [_shared(path) for path in sorted(SHARED.glob("*.pdf"))]
    printed = [each for each in scores if each and each.truth.group != "scanned"]
    found = tally(printed)

    assert found.f1 >= 0.99, faults(printed)
    assert found.counts["invented"] == 0, faults(printed)
    assert found.types_right == found.documents


TRUTHS = {truth.path: truth for truth in find_truths(SHARED)} if SHARED.exists() else {}


def _shared(path: Path) -> Score | None:
    truth = TRUTHS.get(path)
    if truth is None or truth.group == "scanned":
        return None
    reading = read(path.read_bytes(), truth.password)
    return score(truth, reading.as_contract(path.name), KINDS)
