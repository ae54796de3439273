"""What `taxai bench` measures with, and where it writes what it measured."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pypdfium2 as pdfium
import pytest
from papers import INTEREST, PREMIUMS, joined, paper, two_tables

from taxai_core.cli import report
from taxai_core.cli.bench_tables import METHODS, bench_tables
from taxai_core.cli.long_paper import long_paper
from taxai_core.cli.measure import run_measured
from taxai_core.cli.relations import find_truths, score
from taxai_core.pdf.excerpt import first_pages
from taxai_core.pipeline import process_pdf

CORPUS = Path(__file__).parents[2] / "shared/corpus"
MERGED = """
    <cell start-row="0" end-row="0" start-col="0" end-col="1"><content>Both years</content></cell>
    <cell start-row="1" start-col="0"><content>2023</content></cell>
    <cell start-row="1" start-col="1"><content>2024</content></cell>"""


def truth_file(path: Path, *tables: str | list[list[str]]) -> Path:
    """Write a truth file in the competition's form, all its tables on page 1."""
    regions = ""
    for number, table in enumerate(tables):
        cells = table if isinstance(table, str) else as_cells(table)
        regions += f'<table id="{number}"><region id="1" page="1">{cells}</region></table>'
    path.write_text(f"<document>{regions}</document>")
    return path


def as_cells(rows: list[list[str]]) -> str:
    return "".join(
        f'<cell start-row="{r}" start-col="{c}"><content>{text}</content></cell>'
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )


def on_page_one(*tables: list[list[str]]) -> list[dict[str, object]]:
    return [{"page": 1, "rows": rows} for rows in tables]


def test_a_table_read_as_it_is_printed_scores_one(tmp_path: Path) -> None:
    truths = {"a": truth_file(tmp_path / "a-str.xml", INTEREST)}

    assert score(truths, {"a": on_page_one(INTEREST)}) == (1, 1, 1, 1)


def test_a_merged_cell_neighbours_each_of_the_cells_below_it(tmp_path: Path) -> None:
    truths = {"a": truth_file(tmp_path / "a-str.xml", MERGED)}

    # Of three relations (2023 and 2024 below the title, 2024 beside 2023) two are in this table.
    given = score(truths, {"a": on_page_one([["Both years", ""], ["2023", "2024"]])})

    assert given == pytest.approx((1, 2 / 3, 0.8, 0.8))


def test_a_row_read_too_many_costs_precision_and_a_lost_one_recall(tmp_path: Path) -> None:
    truths = {"a": truth_file(tmp_path / "a-str.xml", INTEREST)}

    more = score(truths, {"a": on_page_one([*INTEREST, ["x", "y", "z"]])})
    less = score(truths, {"a": on_page_one(INTEREST[:-1])})

    assert more.recall == 1
    assert more.precision < 1
    assert less.precision == 1
    assert less.recall < 1


def test_a_document_that_was_not_read_counts_as_none_found(tmp_path: Path) -> None:
    truths = {
        "a": truth_file(tmp_path / "a-str.xml", INTEREST),
        "b": truth_file(tmp_path / "b-str.xml", PREMIUMS),
    }

    given = score(truths, {"a": on_page_one(INTEREST)})

    assert given.precision == 1
    assert given.recall == pytest.approx(22 / (22 + 17))
    assert given.macro_f1 == 0.5


def test_a_table_on_another_page_is_not_found(tmp_path: Path) -> None:
    truths = {"a": truth_file(tmp_path / "a-str.xml", INTEREST)}

    assert score(truths, {"a": [{"page": 2, "rows": INTEREST}]}).f1 == 0


def test_a_truth_file_without_its_document_counts_for_nothing(tmp_path: Path) -> None:
    for name in ("eu-009a", "eu-009b"):
        truth_file(tmp_path / f"{name}-str.xml", INTEREST)
    (tmp_path / "eu-009a.pdf").touch()

    assert list(find_truths(tmp_path)) == ["eu-009a"]


def reference() -> ModuleType:
    """The scorer that comes with the corpus."""
    spec = importlib.util.spec_from_file_location("score_tables", CORPUS / "score_tables.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the sample corpus is not beside this checkout")
def test_our_figures_are_those_of_the_corpus_scorer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    truths = find_truths(CORPUS / "tables")
    some = dict(list(truths.items())[:4])
    read = {
        name: process_pdf(
            truth.with_name(f"{name}.pdf").read_bytes(),
            password=None,
            max_file_mb=50,
            max_pages=500,
        ).as_contract(f"{name}.pdf")
        for name, truth in some.items()
    }
    predictions = tmp_path / "read.jsonl"
    predictions.write_text("".join(json.dumps(one) + "\n" for one in read.values()))
    monkeypatch.setattr(
        sys, "argv", ["score_tables", str(predictions), "--corpus", str(CORPUS / "tables")]
    )

    reference().main()

    ours = score(truths, {name: one["tables"] for name, one in read.items()})
    names = ("P", "R", "F1", "macro_F1")
    figures = " ".join(f"{n}={figure:.3f}" for n, figure in zip(names, ours, strict=True))
    assert ours.f1 > 0
    assert capsys.readouterr().out.splitlines()[-1] == f"relations: {figures} docs={len(truths)}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in the corpus' layout: a plain paper and one with two tables on a page."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "plain.pdf").write_bytes(paper("Interest", INTEREST))
    (folder / "double.pdf").write_bytes(two_tables(PREMIUMS, INTEREST))
    truth_file(folder / "plain-str.xml", INTEREST)
    truth_file(folder / "double-str.xml", PREMIUMS, INTEREST)
    return folder


def test_every_method_reads_the_same_files_and_its_figures_are_written_down(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = tmp_path / "benchmarks.md"

    assert bench_tables(folder, None, written) == 0

    said = capsys.readouterr()
    rows = [line.strip("| ").split(" | ") for line in said.out.splitlines()[2:]]
    assert [row[0] for row in rows] == list(METHODS)
    figures = {row[0]: row[4:8] for row in rows}
    assert figures["TaxAI"] == figures["camelot lattice"] == ["1.000"] * 4
    assert figures["pdfplumber"] == ["1.000"] * 4
    assert rows[1][:3:2] == ["camelot auto", "1.00"]
    assert all(float(row[8]) > 0 for row in rows)
    text = written.read_text()
    assert said.out.strip() in text
    assert str(folder) not in text


def test_a_folder_without_truth_is_refused_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "lone.pdf").write_bytes(paper("Interest", INTEREST))

    assert bench_tables(tmp_path, None, tmp_path / "benchmarks.md") == 1

    assert "No NAME.pdf with its NAME-str.xml" in capsys.readouterr().err
    assert not (tmp_path / "benchmarks.md").exists()


def test_a_method_that_is_not_there_is_refused_with_those_that_are(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench_tables(folder, ["tabula"], tmp_path / "benchmarks.md") == 2

    assert "There are: TaxAI, camelot auto" in capsys.readouterr().err


def test_each_bench_replaces_its_own_section_only(tmp_path: Path) -> None:
    written = tmp_path / "docs" / "benchmarks.md"

    report.write_section("tables", "## Tables\nold \\1", written)
    report.write_section("scans", "## Scans\nkept", written)
    report.write_section("tables", "## Tables\nnew \\1", written)
    report.write_section("scans", "## Scans\nkept", written)

    assert written.read_text() == (
        f"{report.TITLE}\n"
        "<!-- bench: tables -->\n## Tables\nnew \\1\n\n"
        "<!-- bench: scans -->\n## Scans\nkept\n"
    )


HUNGRY_CHILD = """
import subprocess, sys
code = "import time; held = b'x' * (150 << 20); time.sleep(1)"
print("out")
print("err", file=sys.stderr)
sys.exit(subprocess.call([sys.executable, "-c", code]) or 3)
"""


def test_the_memory_of_a_child_counts_and_the_end_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hungry.py").write_text(HUNGRY_CHILD)
    monkeypatch.setattr("taxai_core.cli.measure.CHECKOUT", tmp_path)

    measured = run_measured(["hungry"], tmp_path / "out")

    assert measured.returncode == 3
    assert (tmp_path / "out").read_text() == "out\n"
    assert 150 < measured.largest_mb < 250
    assert 150 < measured.tree_mb < 250
    assert 0 < measured.cpu_s < measured.seconds * 16


def test_the_long_paper_has_a_table_of_its_own_on_each_page() -> None:
    data = long_paper(3)

    reading = process_pdf(data, password=None, max_file_mb=50, max_pages=500)

    tables = [table for page in reading.pages for table in page.tables]
    assert [(len(table.rows), len(table.rows[0])) for table in tables] == [(12, 5)] * 3
    assert len({tuple(table.rows[0]) for table in tables}) == 3
    assert long_paper(3) == data


def test_an_excerpt_has_the_first_pages() -> None:
    data = joined(paper("One", INTEREST), paper("Two", PREMIUMS), paper("Three", INTEREST))

    few = pdfium.PdfDocument(first_pages(data, 2))
    all_of_them = pdfium.PdfDocument(first_pages(data, 100))

    assert [page.get_textpage().get_text_range()[:3] for page in few] == ["One", "Two"]
    assert len(all_of_them) == 3
