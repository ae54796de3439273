"""What is read of a page that is a picture: words, amounts, tables, and where they lie."""

import io
import math
import os
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pytest
import streamlit
from papers import ALIGNED, INTEREST, blank_paper, letter, paper, reshaped
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas
from sheets import columns, sheets

from taxai_core.cli.bench_scans import bench_scans
from taxai_core.models import Box, Page, Reading, Table, Word
from taxai_core.pdf.misprints import mended
from taxai_core.pdf.opening import open_pdf
from taxai_core.pdf.page_writer import write_page
from taxai_core.pdf.scan import Scan, read_scan
from taxai_core.pdf.tables import read_tables
from taxai_core.pipeline import process_pdf, read_again

CHECKOUT = Path(__file__).parents[1]
CORPUS = CHECKOUT.parent / "shared/corpus/documents"
Picture = npt.NDArray[np.uint8]
SCANNER_DPI = 200
RULED_PAPER = paper("Interest certificate", INTEREST)
ALIGNED_PAPER = paper("Interest certificate", INTEREST, style=ALIGNED)
AMOUNTS = sorted(cell for row in INTEREST[1:] for cell in row[1:])


@cache
def picture_of(data: bytes, dpi: int = SCANNER_DPI) -> Picture:
    bitmap = pdfium.PdfDocument(data)[0].render(scale=dpi / 72, grayscale=True)
    return bitmap.to_numpy().reshape(bitmap.height, bitmap.width).copy()


def scan_of(picture: Picture, dpi: int = SCANNER_DPI) -> bytes:
    """A PDF with the picture as a scanner saves it: JPEG of middling quality."""
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "PDF", resolution=dpi, quality=60)
    return out.getvalue()


def read(data: bytes) -> Scan:
    return read_scan(pdfium.PdfDocument(data)[0], threads=2)


def tables_of(scan: Scan) -> list[Table]:
    with open_pdf(scan.as_page_pdf(), password=None, max_pages=1) as page:
        return read_tables(page, 0) or []


def amounts_of(scan: Scan) -> list[str]:
    return sorted(word.text for word in scan.words if re.fullmatch(r"[\d,]+\.\d\d", word.text))


def turned(picture: Picture, angle_deg: float) -> Picture:
    height, width = picture.shape
    cos, sin = (abs(way(math.radians(angle_deg))) for way in (math.cos, math.sin))
    wide, high = int(width * cos + height * sin), int(width * sin + height * cos)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle_deg, 1)
    turn[:, 2] += [(wide - width) / 2, (high - height) / 2]
    return np.asarray(cv2.warpAffine(picture, turn, (wide, high), borderValue=255), np.uint8)


def grainy(picture: Picture) -> Picture:
    noise = np.random.default_rng(7).normal(0, 25, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def on_grey_paper(picture: Picture) -> Picture:
    return (90 + picture * (100 / 255)).astype(np.uint8)


def faint(picture: Picture) -> Picture:
    return (130 + picture * (80 / 255)).astype(np.uint8)


def in_shadow(picture: Picture) -> Picture:
    return (picture * np.linspace(1, 0.45, picture.shape[1])).astype(np.uint8)


HARMS: dict[str, Callable[[Picture], Picture]] = {
    "clean": lambda picture: picture,
    "tilted by 3°": lambda picture: turned(picture, 3),
    "tilted by -9°": lambda picture: turned(picture, -9),
    "on its right side": lambda picture: turned(picture, 270),
    "on its left side": lambda picture: turned(picture, 90),
    "on its head and tilted": lambda picture: turned(picture, 178),
    "grainy": grainy,
    "on grey paper": on_grey_paper,
    "faint": faint,
    "in shadow": in_shadow,
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS.keys())
def test_a_ruled_table_of_a_scan_is_read_cell_by_cell(harm: Callable[[Picture], Picture]) -> None:
    scan = read(scan_of(harm(picture_of(RULED_PAPER))))

    assert amounts_of(scan) == AMOUNTS
    assert [table.rows for table in tables_of(scan)] == [INTEREST]


@pytest.mark.parametrize("name", ["clean", "tilted by -9°", "on its left side", "grainy"])
def test_a_scanned_table_without_lines_is_read_by_its_alignment(name: str) -> None:
    scan = read(scan_of(HARMS[name](picture_of(ALIGNED_PAPER))))

    (table,) = tables_of(scan)
    assert table.rows[-len(INTEREST) :] == INTEREST
    assert scan.lines == []


@pytest.mark.parametrize("name", ["clean", "tilted by 3°", "on its right side"])
def test_a_word_lies_on_its_print_wherever_the_page_was_laid(name: str) -> None:
    picture = HARMS[name](picture_of(RULED_PAPER))
    looked_for = {"Savings", "1,73,325.50", "16,098.00"}
    words = [word for word in read(scan_of(picture)).words if word.text in looked_for]

    # Whatever is wiped out where they are said to be, it is they.
    wiped = picture.copy()
    for word in words:
        sides = (word.x0 - 1, word.top - 1, word.x1 + 1, word.bottom + 1)
        left, top, right, bottom = (round(side * SCANNER_DPI / 72) for side in sides)
        wiped[top:bottom, left:right] = 255
    left_over = {word.text for word in read(scan_of(wiped)).words}
    assert {word.text for word in words} == looked_for
    assert not looked_for & left_over
    assert {"account", "Total", "12,345.00", "0.00"} <= left_over


def test_the_outline_of_a_scanned_table_maps_back_to_the_page_as_shown() -> None:
    scan = read(scan_of(turned(picture_of(RULED_PAPER), 93)))

    (table,) = tables_of(scan)
    outline = scan.shown(table.bbox)
    for word in scan.words:
        is_inside = (
            outline.x0 <= word.x0
            and word.x1 <= outline.x1
            and outline.top <= word.top
            and word.bottom <= outline.bottom
        )
        assert is_inside or word.text not in AMOUNTS, word.text


def test_a_scan_with_a_turned_page_is_read_as_it_is_shown() -> None:
    data = reshaped(scan_of(picture_of(RULED_PAPER)), rotate=90)

    scan = read(data)

    assert amounts_of(scan) == AMOUNTS
    width, height = pdfium.PdfDocument(data)[0].get_size()
    assert all(0 <= word.x0 < word.x1 <= width for word in scan.words)
    assert all(0 <= word.top < word.bottom <= height for word in scan.words)


def a_certificate(canvas: Canvas) -> None:
    canvas.drawString(70, 770, "Sahyadri Sample Bank Ltd.")
    canvas.drawString(70, 745, "Interest certificate")
    rows = [
        ["Name of the account holder", "Meera Kulkarni"],
        ["PAN", "ABCPI1234F"],
        ["Financial year", "2024-25"],
        ["Interest on savings account", "12,345.00"],
        ["Interest on fixed deposits", "1,60,980.50"],
        ["Total interest", "1,73,325.50"],
        ["Tax deducted at source", "16,098.00"],
    ]
    columns(canvas, rows, [70, 330], step=22)


def processed(data: bytes) -> Reading:
    return process_pdf(data, password=None, max_file_mb=50, max_pages=500)


def values_of(reading: Reading) -> dict[str, str]:
    return {name: field.value for name, field in reading.first_record.fields.items()}


def texts_in(page: Page, box: Box) -> list[str]:
    return [
        word.text
        for word in page.words.unpack()
        if box.x0 <= (word.x0 + word.x1) / 2 <= box.x1
        and box.top <= (word.top + word.bottom) / 2 <= box.bottom
    ]


@pytest.mark.parametrize(
    ("angle_deg", "turn"), [(0, 0), (90, 1), (180, 2), (270, 3), (-2, 0), (88, 1), (183, 2)]
)
def test_a_scan_says_the_same_fields_however_it_was_laid(angle_deg: float, turn: int) -> None:
    born = values_of(processed(sheets(a_certificate)))

    scanned = processed(scan_of(turned(picture_of(sheets(a_certificate)), angle_deg)))

    assert values_of(scanned) == born
    assert {"account_holder", "pan", "savings_interest", "tds_deducted"} <= born.keys()
    (page,) = scanned.pages
    assert page.turn == turn
    assert (page.width_pt > page.height_pt) == bool(turn % 2)
    for field in scanned.first_record.fields.values():
        assert " ".join(texts_in(page, field.bbox)) == field.text


@pytest.mark.parametrize("angle_deg", [90, 270])
def test_an_area_of_a_scan_on_its_side_is_read_again_where_it_is_shown(angle_deg: float) -> None:
    data = scan_of(turned(picture_of(RULED_PAPER), angle_deg))
    ((table,),) = (page.tables for page in processed(data).pages)

    (again,) = read_again(data, password=None, max_pages=1, page=1, area=table.bbox)

    assert (again.rows, again.cell_boxes()) == (INTEREST, table.cell_boxes())


def two_columns(canvas: Canvas) -> None:
    canvas.drawString(70, 780, "Terms of the account, which the customer has agreed to in writing")
    for x, name in ((70, "left"), (320, "right")):
        for row in range(12):
            canvas.drawString(x, 740 - 14 * row, f"in {name} line {row + 10} the bank says so")
    canvas.drawString(70, 540, "Given at Pune on the day that is printed above by the manager")


@pytest.mark.parametrize("angle_deg", [0, 2, 90])
def test_columns_of_scanned_prose_are_read_one_after_the_other(angle_deg: float) -> None:
    born, scanned = (
        [word.text for word in processed(data).pages[0].words.unpack()]
        for data in (
            sheets(two_columns),
            scan_of(turned(picture_of(sheets(two_columns)), angle_deg)),
        )
    )

    assert [text for text in scanned if text in ("left", "right")] == ["left"] * 12 + ["right"] * 12
    assert scanned == born


@pytest.mark.parametrize("harm", [HARMS["clean"], grainy, on_grey_paper])
def test_a_blank_scan_has_no_words_and_no_lines(harm: Callable[[Picture], Picture]) -> None:
    scan = read(scan_of(harm(picture_of(blank_paper()))))

    assert (scan.words, scan.lines, tables_of(scan)) == ([], [], [])


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1), (14400, 14400)])
def test_a_page_of_any_shape_is_read(size: tuple[float, float]) -> None:
    page = pdfium.PdfDocument.new().new_page(*size)

    assert read_scan(page, threads=2).words == []


def test_a_photo_without_text_is_no_table() -> None:
    noise = np.random.default_rng(7).integers(0, 255, (1754, 1240)).astype(np.uint8)
    photo = np.asarray(
        cv2.normalize(cv2.GaussianBlur(noise, (0, 0), 25), None, 0, 255, cv2.NORM_MINMAX)
    )

    scan = read(scan_of(photo, 150))

    assert tables_of(scan) == []
    assert scan.lines == []


def test_prose_is_read_in_its_order_and_is_no_table() -> None:
    scan = read(scan_of(grainy(picture_of(letter()))))

    text = " ".join(word.text for word in scan.words)
    assert text.startswith("This letter says in plain words what the bank will do next year.")
    assert tables_of(scan) == []


def test_a_rupee_sign_is_no_figure() -> None:
    fonts = Path(streamlit.__file__).parent / "static/static/media"
    (font_file,) = fonts.glob("SourceSansVF-Upright*.woff2")
    image = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(font_file), 44)
    for row, text in enumerate(["Rent ₹12,345.00", "Tax ₹ 1,04,200.00", "Paid ₹ 7,250.00"]):
        draw.text((200, 300 + 120 * row), text, fill=0, font=font)

    scan = read(scan_of(np.asarray(image)))

    said = " ".join(word.text for word in scan.words)
    assert re.findall(r"₹ ?([\d,.]+)", said) == ["12,345.00", "1,04,200.00", "7,250.00"]
    assert "₹12,345.00" in pdfium.PdfDocument(scan.as_page_pdf())[0].get_textpage().get_text_range()


def test_a_written_page_says_every_word_in_its_box_in_any_script() -> None:
    words = [
        Word("₹1,04,200.00", 100, 50, 180, 62),
        Word("कुल", 40, 50, 70, 62),
        Word("(प्राप्त)", 40, 90, 90, 99),
    ]

    page = pdfium.PdfDocument(write_page(300, 200, words, []))[0]

    textpage = page.get_textpage()
    for word in words:
        inside = textpage.get_text_bounded(
            word.x0 - 1, 200 - word.bottom - 2, word.x1 + 1, 200 - word.top + 2
        )
        assert inside.strip() == word.text


def test_the_lines_of_a_written_page_are_a_grid_to_the_parsers() -> None:
    cells = [("A", 1, 0), ("12.00", 1, 1), ("B", 0, 0), ("7.00", 0, 1)]
    words = [
        Word(text, 60 + 100 * x, 130 - 40 * y, 100 + 100 * x, 140 - 40 * y) for text, y, x in cells
    ]
    level = [Box(x0=50, top=top, x1=250, bottom=top) for top in (80, 120, 160)]
    upright = [Box(x0=x, top=80, x1=x, bottom=160) for x in (50, 150, 250)]

    with open_pdf(write_page(300, 200, words, level + upright), password=None, max_pages=1) as pdf:
        (table,) = read_tables(pdf, 0) or []

    assert (table.method, table.rows) == ("ruled", [["A", "12.00"], ["B", "7.00"]])


@pytest.mark.parametrize(
    ("read_as", "printed"),
    [
        ("1,04.200.00", "1,04,200.00"),
        ("1,04,200,00", "1,04,200.00"),
        ("Rs.12,345,00", "Rs.12,345.00"),
        ("12.345.00", "12.345.00"),  # a section has such a number
        ("12,34,567", "12,34,567"),
        ("1.234", "1.234"),  # one and a bit, or a thousand: nobody knows
        ("12,34", "12,34"),
        ("31.03.2025", "31.03.2025"),
        ("2026.06.08", "2026.06.08"),
        ("17(1)", "17(1)"),
        ("45.1234", "45.1234"),
    ],
)
def test_only_commas_and_points_change_and_only_where_one_reading_is_left(
    read_as: str, printed: str
) -> None:
    assert mended(read_as) == printed


APART = """
import os, socket, sys
def refuse(*_): raise AssertionError("the network was asked")
socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
import pypdfium2 as pdfium
from taxai_core.pdf.scan import read_scan
assert "onnxruntime" not in sys.modules, "a paper without scans would pay for it"
"""


def run_apart(code: str, data: bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", APART + code],
        input=data,
        cwd=CHECKOUT,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), **environment},
        capture_output=True,
        check=False,
    )


def test_a_scan_is_read_without_network_in_silence_and_within_a_workers_memory() -> None:
    code = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (1600 << 20, 1600 << 20))
scan = read_scan(pdfium.PdfDocument(sys.stdin.buffer.read())[0], threads=2)
assert len(scan.words) > 300
assert "rapidocr" not in sys.modules, "it brings a downloader"
import psutil  # the system's own peak counts what the parent had at the fork
assert psutil.Process().memory_info().rss < 550 << 20
"""

    done = run_apart(code, scan_of(picture_of(letter(), 100), 100), OPENBLAS_NUM_THREADS="1")

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_forked_child_reads_after_its_parent_did() -> None:
    code = """
page = pdfium.PdfDocument(sys.stdin.buffer.read())[0]
words = len(read_scan(page, threads=2).words)
child = os.fork()
if child == 0:
    os._exit(len(read_scan(page, threads=2).words))
print(words, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""

    done = run_apart(code, scan_of(picture_of(RULED_PAPER, 100), 100))

    assert done.stdout == b"41 41\n", done.stderr


def test_the_benchmark_compares_a_scan_with_its_twin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.pdf").write_bytes(RULED_PAPER)
    (tmp_path / "a-scan.pdf").write_bytes(scan_of(turned(picture_of(RULED_PAPER), 1)))

    bench_scans(tmp_path, tmp_path / "benchmarks.md")

    said = capsys.readouterr().out
    assert re.search(r"\| a-scan p\. 1 \| [\d.]+ \| 8 \| 8 \| 1\.0000 \|", said), said


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the sample corpus is not beside this checkout")
def test_the_amounts_of_the_corpus_scans_are_as_right_as_promised(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bench_scans(CORPUS, tmp_path / "benchmarks.md")

    found = re.search(r"\*\*all \d+\*\*.* ([\d.]+) \|\n", capsys.readouterr().out)
    assert found
    assert float(found[1]) >= 0.97
