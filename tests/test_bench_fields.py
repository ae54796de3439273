"""How fields are scored, and what `taxai bench fields` prints and writes down."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from taxai_core.cli import bench_fields as bench
from taxai_core.cli import bench_layouts, sample_papers
from taxai_core.cli.bench_fields import kinds_of
from taxai_core.cli.bench_layouts import Drop, drop_of, drop_report
from taxai_core.cli.field_scores import (
    Judgement,
    Score,
    Tally,
    is_same,
    score,
    tallies_by_type,
    tally,
)
from taxai_core.cli.field_tables import goals, reliability_table, score_table, sentences
from taxai_core.cli.field_truths import find_truths
from taxai_core.cli.plain_reader import read_plainly
from taxai_core.cli.processed import bad_files_told
from taxai_core.doctypes import DocumentType, load_document_types
from taxai_core.models import Page
from taxai_core.pdf.forks import Lost
from taxai_core.pdf.page_reader import given_up

CHECKOUT = Path(__file__).parents[1]
sys.path.insert(0, str(CHECKOUT))

from tests.corpus.paper import build  # noqa: E402

CORPUS = CHECKOUT.parent / "shared/corpus"
TYPES = load_document_types()
KINDS = kinds_of(TYPES)
RENT = {"tenant_name": "Meera Iyer", "rent_paid": "96000.00", "landlord_pan": "ABCPE1234F"}


def given(document_type: str, fields: dict[str, str], confidence: float = 0.9) -> dict[str, Any]:
    """What was read, as the contract has it."""
    each = {n: {"value": value, "confidence": confidence} for n, value in fields.items()}
    return {"document_type": document_type, "pages": 2, "fields": each}


@pytest.fixture
def scored(tmp_path: Path):
    """Score one file against its truth: `scored(truth, what was read)`."""

    def run(truth: dict[str, Any], read: dict[str, Any] | None, name: str = "a") -> Score:
        (tmp_path / f"{name}.json").write_text(json.dumps(truth))
        (tmp_path / f"{name}.pdf").touch()
        (one,) = (one for one in find_truths(tmp_path) if one.path.stem == name)
        return score(one, read, KINDS)

    return run


def counts(*scores: Score) -> dict[str, int]:
    return dict(tally(scores).counts)


def test_each_field_is_right_wrong_missed_or_invented(scored) -> None:
    truth = {"document_type": "rent_receipt", "fields": RENT}
    read = {"tenant_name": "Mrs. MEERA  IYER", "rent_paid": "9600.00", "period_to": "2025-03-31"}

    one = scored(truth, given("rent_receipt", read))

    assert {judged.field: judged.outcome for judged in one.judgements} == {
        "tenant_name": "right",
        "rent_paid": "wrong",
        "landlord_pan": "missed",
        "period_to": "invented",
    }
    found = tally([one])
    assert (found.precision, found.recall, found.f1) == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    assert found.wrong_share == pytest.approx(1 / 3)


def test_a_value_that_follows_counts_only_where_it_is_not_right(scored) -> None:
    note = "short. derivable: financial_year=2024-25; tds_total=500.00"
    truth = {"document_type": "form26as", "fields": {}, "note": note}

    right = scored(truth, given("form26as", {"financial_year": "2024-25", "tds_total": "500"}))
    other = scored(truth, given("form26as", {"financial_year": "2023-24"}))

    assert counts(right) == {}
    assert counts(other) == {"invented": 1}


def test_a_file_without_a_result_misses_all_its_fields(scored) -> None:
    truth = {"document_type": "rent_receipt", "fields": RENT}

    ones = [scored(truth, None), scored(truth, {"error": {"code": "corrupt"}})]
    ones.append(scored(BUNDLE, None))

    assert counts(*ones) == {"missed": 8}
    assert not any(one.is_read or one.is_type_right for one in ones)


def test_a_file_of_another_type_is_scored_all_the_same(scored) -> None:
    truth = {"document_type": "rent_receipt", "fields": RENT}

    one = scored(truth, given("donation_receipt", {"amount": "96000.00"}))

    assert not one.is_type_right
    assert counts(one) == {"missed": 3, "invented": 1}
    assert "Types taken for others: rent_receipt as donation_receipt: 1." in sentences([one])


BUNDLE = {
    "document_type": "payslip",
    "fields": {"net_pay": "1.00"},
    "parts": [
        {"pages": [1, 1], "document_type": "payslip", "fields": {"net_pay": "1.00"}},
        {"pages": [2, 3], "document_type": "rent_receipt", "fields": {"rent_paid": "2.00"}},
        {
            "pages": [4, 4],
            "document_type": "form16",
            "fields": {},
            "note": "derivable: financial_year=2024-25",
        },
    ],
}


def part(first: int, last: int, document_type: str, **fields: str) -> dict[str, Any]:
    return given(document_type, fields) | {"pages": [first, last]}


def test_a_bundle_is_scored_part_by_part(scored) -> None:
    parts = [
        part(1, 1, "payslip", net_pay="1.00"),
        part(2, 3, "rent_receipt", rent_paid="2.00"),
        part(4, 4, "form16", financial_year="2024-25"),
    ]

    one = scored(BUNDLE, given("payslip", {"net_pay": "1.00"}) | {"parts": parts})

    assert one.parts_right == 3
    assert not one.is_split_wrongly
    assert counts(one) == {"right": 2}
    assert tallies_by_type([one])["rent_receipt"].counts["right"] == 1


def test_parts_are_wrong_by_their_pages_or_their_type(scored) -> None:
    parts = [
        part(1, 2, "payslip", net_pay="1.00"),
        part(3, 3, "payslip", rent_paid="2.00"),
        part(4, 4, "form16"),
        part(5, 5, "donation_receipt", amount="7.00"),
    ]

    one = scored(BUNDLE, given("payslip", {"net_pay": "1.00"}) | {"parts": parts})

    assert one.parts_right == 1
    assert one.is_split_wrongly
    assert counts(one) == {"right": 2, "invented": 1}


def test_a_bundle_that_is_not_split_misses_what_its_other_parts_print(scored) -> None:
    one = scored(BUNDLE, given("payslip", {"net_pay": "1.00"}) | {"pages": 4})

    assert one.parts_right == 0
    assert counts(one) == {"right": 1, "missed": 1}


def test_a_paper_taken_for_several_is_told(scored) -> None:
    truth = {"document_type": "rent_receipt", "fields": RENT}
    parts = [part(1, 1, "rent_receipt", **RENT), part(2, 2, "rent_receipt")]

    one = scored(truth, given("rent_receipt", RENT) | {"parts": parts})

    assert counts(one) == {"right": 3}
    assert "Single papers taken for several: 1." in sentences([one])


def test_a_page_given_up_is_told_for_it_makes_the_figures_worse(scored) -> None:
    page = Page(number=2, width_pt=600, height_pt=800, tables=[], warnings=[])
    warnings = given_up(page, Lost("time"), 20).warnings
    truth = {"document_type": "rent_receipt", "fields": RENT}

    one = scored(truth, given("rent_receipt", RENT) | {"warnings": warnings})

    assert "Pages given up for the time or the memory they took: 1." in sentences([one])


@pytest.mark.parametrize(
    ("kind", "one", "other", "same"),
    [
        ("amount", "1200.00", "1200", True),
        ("amount", "1200.00", "-1200.00", False),
        ("name", "Smt. Asha K. Rao", "ASHA K RAO", True),
        ("name", "Asha Rao", "Asha K Rao", False),
        ("identifier", "HL-44/150 43", "hl4415043", True),
        ("pan", "ABCPE1234F", "ABCPE1234G", False),
        ("date", "2025-03-31", "2025-03-30", False),
        ("choice", "Yes", "yes", True),
    ],
)
def test_values_are_compared_by_what_counts_of_their_kind(kind, one, other, same) -> None:
    assert is_same(kind, one, other) is same


def test_files_are_grouped_by_how_they_have_to_be_read(tmp_path: Path) -> None:
    for name, more in (("a", {}), ("b", {"password": "x"}), ("c-scan", {})):
        truth = {"document_type": "other", "fields": {}} | more
        (tmp_path / f"{name}.json").write_text(json.dumps(truth))
        (tmp_path / f"{name}.pdf").touch()
    (tmp_path / "alone.json").write_text("{}")

    groups = [one.group for one in find_truths(tmp_path)]

    assert groups == ["born-digital", "protected", "scanned"]


def judged(scored, *outcomes: tuple[str, float]) -> Score:
    one = scored({"document_type": "rent_receipt", "fields": {}}, given("rent_receipt", {}))
    found = [Judgement("rent_receipt", "rent_paid", what, sure) for what, sure in outcomes]
    return Score(one.truth, "rent_receipt", found)


def test_the_reliability_table_counts_what_was_given_in_each_band(scored) -> None:
    one = judged(
        scored,
        *[("right", 0.98), ("right", 1.0), ("wrong", 0.979), ("invented", 0.9), ("right", 0.4)],
        ("missed", None),
    )

    rows = [line.split(" | ") for line in reliability_table([one]).splitlines()[2:]]

    assert [row[0].strip("| ") for row in rows] == [
        *("< 0.5", "0.5–0.7", "0.7–0.8", "0.8–0.9", "0.9–0.95", "0.95–0.98", "≥ 0.98"),
    ]
    assert [(row[1], row[2], row[3].strip(" |")) for row in rows] == [
        *[("1", "1", "1.000"), ("0", "0", "–"), ("0", "0", "–"), ("0", "0", "–")],
        *[("1", "0", "0.000"), ("1", "0", "0.000"), ("2", "2", "1.000")],
    ]
    assert "Of the 4 values given ≥ 0.9, 50.00 % are right." in sentences([one])


def test_a_promise_is_broken_by_one_invented_value(scored) -> None:
    well = judged(scored, *[("right", 0.99)] * 400)
    ill = judged(scored, *[("right", 0.99)] * 400, ("invented", 0.5))

    assert all(goal.is_met for goal in goals([well], [99.0]))
    assert [goal.what for goal in goals([ill], [101.0]) if not goal.is_met] == [
        "invented values",
        "fields over reading",
    ]


def test_the_table_has_a_row_a_type_and_a_row_a_way_of_reading(scored) -> None:
    truth = {"document_type": "rent_receipt", "fields": RENT}
    ones = [
        scored(truth, given("rent_receipt", RENT), "a"),
        scored(truth, given("other", {}), "a-scan"),
    ]

    lines = score_table(ones).splitlines()

    assert [line.split(" | ")[0] for line in lines[2:]] == [
        *("| rent_receipt", "| **born-digital**", "| **scanned**", "| **all**"),
    ]
    assert lines[-1] == ("| **all** | 2 | 1 | 6 | 3 | 0 | 3 | 0 | 1.000 | 0.500 | 0.667 |")


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared sample papers are not beside this")
def test_our_counts_are_those_of_the_scorer_of_the_shared_papers(tmp_path: Path) -> None:
    truths = find_truths(CORPUS / "documents")
    read = {}
    for number, truth in enumerate(truths):
        (paper,) = truth.papers
        fields = {**paper.fields, **paper.derivable}
        for place, name in enumerate(list(fields)):
            if (number + place) % 7 == 0:
                fields[name] = "1.00" if KINDS[name] == "amount" else "2019-20"
            if (number + place) % 11 == 0:
                del fields[name]
        fields.setdefault("cess", "3.00")
        kind = "other" if number % 10 == 0 else truth.document_type
        read[truth.path.name] = {"file": truth.path.name} | given(kind, fields)
    lines = "\n".join(json.dumps(one) for one in read.values())
    (tmp_path / "read.jsonl").write_text(lines)
    command = [sys.executable, CORPUS / "score.py", tmp_path / "read.jsonl"]
    theirs = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    ours = tally([score(truth, read[truth.path.name], KINDS) for truth in truths])

    accuracy = ours.types_right / ours.documents
    invented = ours.counts["invented"]
    assert f"F1={ours.f1:.4f} type_acc={accuracy:.4f} invented={invented}" in theirs
    assert f"wrong={ours.counts['wrong']} missed={ours.counts['missed']}" in theirs
    assert min(ours.counts[what] for what in ("right", "wrong", "missed", "invented")) > 0


RECEIPT = """RENT RECEIPT
Received with thanks a sum of Rs. 96,000.00 from
Tenant: Meera Iyer
Name of the landlord
Arjun Nair
PAN of the landlord - ABCPE1234F
"""


def test_the_plain_reader_finds_what_stands_behind_a_label_or_below_it() -> None:
    read = read_plainly([RECEIPT], TYPES)

    assert read["document_type"] == "rent_receipt"
    assert {name: one["value"] for name, one in read["fields"].items()} == {
        "tenant_name": "Meera Iyer",
        "landlord_name": "Arjun Nair",
        "landlord_pan": "ABCPE1234F",
        "rent_paid": "96000.00",
    }


def test_the_plain_reader_takes_a_text_without_a_title_for_nothing() -> None:
    read = read_plainly(["Tenant: Meera Iyer", ""], TYPES)

    assert (read["document_type"], read["fields"]) == ("other", {})


def write_sample(folder: Path, name: str, layout: str) -> None:
    paper = build(layout, 1)
    (folder / f"{name}.pdf").write_bytes(paper.pdf)
    (folder / f"{name}.json").write_text(paper.truth(), encoding="utf-8")


def test_the_bench_of_two_papers_prints_and_writes_every_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sample(tmp_path, "rent", "rent_receipt/generator-slip")
    write_sample(tmp_path, "pile", "payslip/bundle-six-months")
    report = tmp_path / "benchmarks.md"

    code = bench.bench_fields(tmp_path, 0, report)

    printed, written = capsys.readouterr().out, report.read_text()
    assert code in (0, 1)
    assert "<!-- bench: fields -->\n## Fields" in written
    assert printed.strip() in written
    assert "| rent_receipt | 1 |" in printed
    assert "| payslip | 1 |" in printed
    assert "Files of several papers: 1; " in printed
    assert "| confidence | given | right | share right |" in printed
    assert "ms of a processor a document" in printed
    assert "plain: F1" in printed
    assert code == int("**no**" in printed)


def test_files_that_must_fail_are_told_by_their_codes(tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "empty.pdf").touch()
    (bad / "page.pdf").write_text("<html>")
    wanted: dict[str, str | list[str]] = {"empty.pdf": ["corrupt", "empty"], "page.pdf": "corrupt"}
    (bad / "MANIFEST.json").write_text(json.dumps(wanted))

    assert bad_files_told(tmp_path) == (
        "Files that must fail: 1 of 2 do as they should; not so page.pdf (not_a_pdf)."
    )
    assert bad_files_told(bad) is None


def test_the_bench_of_a_folder_without_papers_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench.bench_fields(tmp_path, 0, tmp_path / "report.md") == 1

    assert "No NAME.pdf with its NAME.json" in capsys.readouterr().err
    assert not (tmp_path / "report.md").exists()


def test_without_the_shared_papers_those_made_here_are_read(
    tmp_path: Path, monkeypatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sample(tmp_path, "rent", "rent_receipt/generator-slip")
    made = find_truths(tmp_path)
    monkeypatch.setattr(bench, "FOLDER", tmp_path / "nowhere")
    monkeypatch.setattr(bench, "make_samples", lambda *_args, **_more: made)

    bench.bench_fields(None, 0, tmp_path / "report.md")

    told = capsys.readouterr()
    assert "The shared sample papers are not here; those made here are read." in told.err
    assert "### 1 files made by tests/corpus: 1 layouts" in told.out


def test_where_no_papers_can_be_made_the_reason_is_told(
    tmp_path: Path, monkeypatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sample_papers, "CHECKOUT", tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)  # the launcher's: there the generator is

    assert bench_layouts.bench_layouts(1, tmp_path / "report.md") == 1

    assert "requirements-test.txt" in capsys.readouterr().err


def marked(types: dict[str, DocumentType], layout: str) -> dict[str, DocumentType]:
    """The types as if the labels of the rent had all come from one layout."""
    said = types["rent_receipt"].model_dump()
    for rule in (rule for group in said["groups"] for rule in group["fields"]):
        if rule["name"] == "rent_paid":
            for wording in [*rule["labels"], *rule["prose"], *rule["columns"]]:
                wording["layout"] = layout
    return types | {"rent_receipt": DocumentType.model_validate(said)}


def test_a_layout_is_scored_with_and_without_the_words_that_it_brought(tmp_path: Path) -> None:
    layout = "rent_receipt/generator-slip"
    write_sample(tmp_path, "rent", layout)
    truths = find_truths(tmp_path)

    drop = drop_of(marked(TYPES, layout), layout, truths)
    none = drop_of(marked(TYPES, "rent_receipt/other"), layout, truths)

    assert drop.brought_words
    assert drop.without.counts["right"] < drop.with_all.counts["right"]
    assert drop.drop > 0
    assert not none.brought_words
    assert none.drop == 0
    assert none.with_all == drop.with_all


def test_the_drop_is_told_of_layouts_that_brought_words_and_the_mean_of_all() -> None:
    def counted(right: int, missed: int) -> Tally:
        found = Tally(1, 1)
        found.counts.update({"right": right, "missed": missed})
        return found

    drops = [
        Drop("payslip/a", True, counted(10, 0), counted(1, 2)),
        Drop("payslip/b", False, counted(10, 0), counted(10, 0)),
        Drop("other/c", False, counted(0, 0), counted(0, 0)),
    ]

    lines = drop_report(drops).splitlines()[2:]

    assert lines == [
        "| payslip/a | 1.000 | 0.500 | 0.500 |",
        "| **mean of all 2** | 1.000 | 0.750 | 0.250 |",
        "| **mean of these 1** | 1.000 | 0.500 | 0.500 |",
    ]
