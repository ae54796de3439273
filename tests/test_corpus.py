"""The sample papers: they build, they are the same every time, they print what their truth says."""

import json
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pypdfium2 as pdfium
import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.corpus.figures import in_words  # noqa: E402
from tests.corpus.paper import Paper, all_layouts, as_scan, build  # noqa: E402

SEEDS = (1, 2, 3)
TYPES = {
    "form16", "form16a", "payslip", "bank_interest_certificate", "capital_gains_statement",
    "mutual_fund_statement", "nps_statement", "form26as", "home_loan_certificate",
    "insurance_premium_receipt", "rent_receipt", "donation_receipt", "other",
}  # fmt: skip
# Values that follow from what the paper says, and stand nowhere as they are.
SAID = {"opted_out_of_115bac", "insurance_kind"}


def _text(paper: Paper, pages: list[int] | None = None) -> str:
    document = pdfium.PdfDocument(paper.pdf)
    first, last = pages or [1, len(document)]
    found = [document[i].get_textpage().get_text_bounded() for i in range(first - 1, last)]
    return " ".join(found).replace("\ufffe", "")


def _is_amount(value: str) -> bool:
    return re.fullmatch(r"-?\d+\.\d\d", value) is not None


def _is_printed(name: str, value: str, text: str) -> bool:
    if name in SAID:
        return True
    if _is_amount(value):
        if value == "0.00":
            return re.search(r"\b0\b|0\.00|-|\bnil\b", text, re.IGNORECASE) is not None
        numbers = re.findall(r"\d[\d,]*(?:\.\d+)?", text)
        plain = {Decimal(number.replace(",", "")) for number in numbers}
        whole, cents = value.lstrip("-").split(".")
        split = cents != "00" and {Decimal(whole), Decimal(cents)} <= plain
        spoken = re.sub(r"\W", "", in_words(int(whole)).lower())
        heard = re.sub(r"\W|and", "", text.lower())
        return split or abs(Decimal(value)) in plain or spoken.replace("and", "") in heard
    if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", value):
        year, rest = value.split("-")[0], int(value.split("-")[-1])
        # A period in months prints its last month, not that month's last day.
        day = f"{value}-01" if name == "month" else value
        month = len(day) == 10 and f"{date.fromisoformat(day):%b}".lower() in text.lower()
        return year[2:] in text and (month or f"{rest}" in text)
    squeezed = re.sub(r"[^a-z0-9]", "", text.lower())
    return all(re.sub(r"[^a-z0-9]", "", token) in squeezed for token in value.lower().split())


@pytest.mark.parametrize("layout", sorted(all_layouts()))
def test_a_layout_prints_what_its_truth_says(layout: str) -> None:
    for seed in SEEDS:
        paper = build(layout, seed)

        assert paper.layout == layout
        assert paper.document_type == layout.split("/")[0]
        assert paper.document_type in TYPES
        parts = paper.parts or [{"pages": None, "fields": paper.fields}]
        for part in parts:
            text = _text(paper, part["pages"])
            missing = {k: v for k, v in part["fields"].items() if not _is_printed(k, v, text)}
            assert not missing, (seed, part["pages"])


@pytest.mark.parametrize("layout", sorted(all_layouts()))
def test_a_layout_makes_the_same_bytes_of_the_same_seed(layout: str) -> None:
    assert build(layout, 1).pdf == build(layout, 1).pdf
    assert build(layout, 1).pdf != build(layout, 2).pdf


def test_every_type_has_six_layouts_or_more() -> None:
    found = [layout.split("/")[0] for layout in all_layouts()]

    assert {kind for kind in TYPES if found.count(kind) < 6} == set()


def test_parts_cover_all_pages_in_order() -> None:
    for layout in all_layouts():
        paper = build(layout, 1)
        if paper.parts:
            pages = [page for part in paper.parts for page in range(part["pages"][0],
                     part["pages"][1] + 1)]  # fmt: skip
            assert pages == list(range(1, len(pdfium.PdfDocument(paper.pdf)) + 1))
            assert paper.fields == paper.parts[0]["fields"]


def test_a_scan_has_the_same_pages_and_no_text() -> None:
    paper = build("form16/traces-whole", 1)

    scan = as_scan(paper, Random(1))

    assert scan.fields == paper.fields
    assert scan.pdf == as_scan(paper, Random(1)).pdf
    assert len(pdfium.PdfDocument(scan.pdf)) == len(pdfium.PdfDocument(paper.pdf))
    assert _text(scan).strip() == ""


def test_the_program_writes_papers_beside_their_truth(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.corpus", str(tmp_path), "--only", "form26as/cards",
               "--each", "2", "--scans", "1"]  # fmt: skip

    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)

    names = sorted(path.stem for path in tmp_path.glob("*.pdf"))
    assert names == ["form26as-cards-1", "form26as-cards-1-scan", "form26as-cards-2",
                     "form26as-cards-2-scan"]  # fmt: skip
    truth = json.loads((tmp_path / "form26as-cards-1.json").read_text(encoding="utf-8"))
    assert truth["document_type"] == "form26as"
    assert truth["layout"] == "form26as/cards"
