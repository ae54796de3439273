"""What is read of one PDF: the cells of its tables, and where they lie on the page."""

import ctypes
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from papers import (
    ALIGNED,
    INTEREST,
    PREMIUMS,
    landscape_paper,
    letter,
    paper,
    reshaped,
    restricted_paper,
    two_tables,
)

from taxai_core.errors import EncryptedPdfError, WrongPasswordError
from taxai_core.models import Box, Reading
from taxai_core.pipeline import process_pdf

CHECKOUT = Path(__file__).parents[1]
CORPUS = CHECKOUT.parent / "shared/corpus"
# The worth of an integer device pixel in the comparison with PDFium's own places.
SCALE = 100


def read(data: bytes, password: str | None = None) -> Reading:
    return process_pdf(data, password=password, max_file_mb=50, max_pages=500)


def shown_box(data: bytes, text: str) -> Box:
    """Where PDFium shows a text on the first page, from the top left, in points."""
    page = pdfium.PdfDocument(data)[0]
    width, height = (int(side * SCALE) for side in page.get_size())
    textpage = page.get_textpage()
    start, count = textpage.search(text).get_next()
    places = []
    for index in range(start, start + count):
        left, bottom, right, top = textpage.get_charbox(index)
        for x, y in ((left, bottom), (right, top)):
            across, down = ctypes.c_int(), ctypes.c_int()
            pdfium_c.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, across, down)
            places.append((across.value / SCALE, down.value / SCALE))
    xs, ys = zip(*places, strict=True)
    return Box(x0=min(xs), top=min(ys), x1=max(xs), bottom=max(ys))


def lies_in(inner: Box, outer: Box) -> bool:
    return (
        outer.x0 <= inner.x0
        and outer.top <= inner.top
        and inner.x1 <= outer.x1
        and inner.bottom <= outer.bottom
    )


def overlaps(a: Box, b: Box) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.top < b.bottom and b.top < a.bottom


def test_a_ruled_table_is_read_cell_by_cell() -> None:
    data = paper("Interest certificate", INTEREST)

    (table,) = read(data).tables

    assert table.rows == INTEREST
    assert (table.page, table.method) == (1, "ruled")


def test_a_table_without_lines_is_read_by_its_alignment() -> None:
    data = paper("Interest certificate", INTEREST, style=ALIGNED)

    (table,) = read(data).tables

    # Lines above it may be taken for part of it; its own cells are exact.
    assert table.rows[-len(INTEREST) :] == INTEREST


def test_an_empty_cell_stays_empty_between_its_neighbours() -> None:
    rows = [["Quarter", "Paid", "Tax"], ["Q1", "", "0.00"], ["Q2", "5,000.00", ""]]

    (table,) = read(paper("Payments", rows)).tables

    assert table.rows == rows


def test_prose_is_no_table() -> None:
    assert read(letter()).tables == []


def test_two_tables_of_a_page_come_from_top_to_bottom() -> None:
    tables = read(two_tables(PREMIUMS, INTEREST)).tables

    assert [table.rows for table in tables] == [PREMIUMS, INTEREST]
    assert tables[0].bbox.bottom < tables[1].bbox.top


def test_every_page_of_a_long_paper_is_read() -> None:
    tables = read(paper("Interest certificate", INTEREST, pages=3)).tables

    assert [(table.page, table.rows) for table in tables] == [(n, INTEREST) for n in (1, 2, 3)]


def test_a_protected_paper_opens_with_its_password_only() -> None:
    data = paper("Interest certificate", INTEREST, password="abcpe1234f01011990")

    with pytest.raises(EncryptedPdfError):
        read(data)
    with pytest.raises(WrongPasswordError):
        read(data, "ABCPE1234F01011990")
    assert [table.rows for table in read(data, "abcpe1234f01011990").tables] == [INTEREST]


def test_a_paper_restricted_by_its_owner_is_read_without_a_password() -> None:
    assert [table.rows for table in read(restricted_paper(INTEREST)).tables] == [INTEREST]


def test_a_password_given_for_an_open_paper_does_no_harm() -> None:
    data = paper("Interest certificate", INTEREST)

    assert [table.rows for table in read(data, "needless").tables] == [INTEREST]


PLAIN = paper("Interest certificate", INTEREST)
LOOSE = paper("Interest certificate", INTEREST, style=ALIGNED)
SHAPES = {
    "upright": PLAIN,
    "turned by 90°": reshaped(PLAIN, rotate=90),
    "turned by 270°": reshaped(PLAIN, rotate=270),
    "without lines, turned by 90°": reshaped(LOOSE, rotate=90),
    "landscape": landscape_paper(INTEREST),
    "media box from elsewhere": reshaped(PLAIN, media_box=(-40, 30, 560, 860)),
    "turned, media box from elsewhere": reshaped(PLAIN, rotate=90, media_box=(-40, 30, 560, 860)),
    "cropped": reshaped(PLAIN, media_box=(0, 0, 595, 842), crop_box=(50, 100, 560, 800)),
    "turned and cropped": reshaped(
        PLAIN, rotate=270, media_box=(0, 0, 595, 842), crop_box=(50, 100, 560, 800)
    ),
}


@pytest.mark.parametrize("data", SHAPES.values(), ids=SHAPES.keys())
def test_the_outline_lies_around_the_table_where_the_page_shows_it(data: bytes) -> None:
    (table,) = read(data).tables

    assert table.rows[-len(INTEREST) :] == INTEREST
    for cell in ("Savings account", "12,345.00", "Total", "16,098.00"):
        assert lies_in(shown_box(data, cell), table.bbox), cell
    if data is not SHAPES["landscape"]:  # which prints the table only
        assert not overlaps(shown_box(data, "Sheet 1."), table.bbox)


class Watch:
    """Tells what was created in a folder since, were it deleted at once (Linux inotify)."""

    CREATED, MOVED_HERE = 0x100, 0x80

    def __init__(self, folder: Path) -> None:
        libc = ctypes.CDLL(None)
        self.descriptor = libc.inotify_init1(os.O_NONBLOCK)
        libc.inotify_add_watch(self.descriptor, bytes(folder), self.CREATED | self.MOVED_HERE)

    def events(self) -> bytes:
        try:
            return os.read(self.descriptor, 65536)
        except BlockingIOError:
            return b""


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    if sys.platform != "linux":
        pytest.skip("only Linux gives a file a path without a disk")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    watch = Watch(tmp_path)
    yield watch
    os.close(watch.descriptor)


def test_the_watch_sees_a_file_that_was_deleted_at_once(watch: Watch, tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    (tmp_path / "x").unlink()

    assert watch.events()


@pytest.mark.parametrize("password", [None, "abcpe1234f01011990"])
def test_reading_writes_nothing_of_the_paper_to_the_disk(
    watch: Watch, password: str | None
) -> None:
    data = paper("Interest certificate", INTEREST, password=password)

    reading = read(data, password)

    assert reading.tables
    assert watch.events() == b""


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the sample corpus is not beside this checkout")
def test_the_tables_of_the_corpus_are_found_as_well_as_promised(tmp_path: Path) -> None:
    papers = sorted((CORPUS / "tables").glob("*.pdf"))
    process = [sys.executable, "-m", "taxai_core", "process", *papers, "--json"]

    lines = subprocess.run(process, cwd=CHECKOUT, capture_output=True, check=True).stdout

    (tmp_path / "read.jsonl").write_bytes(lines)
    score = [sys.executable, CORPUS / "score_tables.py", tmp_path / "read.jsonl"]
    said = subprocess.run(score, capture_output=True, check=True, text=True).stdout
    found = re.search(r" F1=([\d.]+)", said)
    assert found
    assert float(found[1]) >= 0.90, said


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the sample corpus is not beside this checkout")
def test_every_bad_file_of_the_corpus_fails_with_its_code() -> None:
    bad = CORPUS / "documents/bad"
    wanted = json.loads((bad / "MANIFEST.json").read_text())
    process = [sys.executable, "-m", "taxai_core", "process", *sorted(bad.glob("*.pdf")), "--json"]

    lines = subprocess.run(process, cwd=CHECKOUT, capture_output=True).stdout.splitlines()

    answers = {
        line["file"]: line.get("error", {}).get("code", "ok") for line in map(json.loads, lines)
    }
    assert answers.keys() == wanted.keys()
    unexpected = {
        name: code
        for name, code in answers.items()
        if code not in (wanted[name] if isinstance(wanted[name], list) else [wanted[name]])
    }
    assert unexpected == {}
