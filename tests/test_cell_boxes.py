"""Where the print of each cell stands: its box holds the words of that cell and no others."""

import io
from collections.abc import Iterator

import pypdfium2 as pdfium
import pytest
from papers import ALIGNED, INTEREST, PREMIUMS, paper
from random_tables import random_table
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle
from sheets import HEIGHT, Draw, columns, grid, placed, sheets, wrapped

from taxai_core.models import Box, Page, Reading, Word, pack_cells
from taxai_core.models import Table as ReadTable
from taxai_core.pipeline import process_pdf, read_again

PLAIN = TableStyle([("ALIGN", (1, 0), (-1, -1), "RIGHT")])
WIDTHS = [150, 110, 110]
SCANNER_DPI = 200


def read(data: bytes) -> Reading:
    return process_pdf(data, password=None, max_file_mb=50, max_pages=500)


def page_of(data: bytes) -> Page:
    (page,) = read(data).pages
    return page


def filled(table: ReadTable) -> Iterator[tuple[str, Box]]:
    """The cells in which something is printed, each with its box."""
    for row, boxes in zip(table.rows, table.cell_boxes(), strict=True):
        for cell, box in zip(row, boxes, strict=True):
            assert (cell == "") == (box is None)
            if box is not None:
                yield cell, box


def words_in(page: Page, box: Box) -> list[Word]:
    """The words whose middle lies in a box, in reading order."""
    return [
        word
        for word in page.words.unpack()
        if box.x0 <= (word.x0 + word.x1) / 2 <= box.x1
        and box.top <= (word.top + word.bottom) / 2 <= box.bottom
    ]


def around(words: list[Word]) -> Box:
    x0, top, x1, bottom = zip(*(word[1:5] for word in words), strict=True)
    return Box(x0=min(x0), top=min(top), x1=max(x1), bottom=max(bottom))


def check(page: Page) -> None:
    """Each cell's box is the box of the words that the cell says."""
    assert page.tables
    for table in page.tables:
        for cell, box in filled(table):
            words = words_in(page, box)
            assert " ".join(word.text for word in words) == cell
            assert box.as_list() == pytest.approx(around(words).as_list(), abs=0.02)


def a_ruled_table(canvas: Canvas) -> None:
    placed(canvas, Table(INTEREST, style=grid()))


def a_plain_table(canvas: Canvas) -> None:
    columns(canvas, INTEREST, [70, -330, -430])


def wrapped_cells_between_lines(canvas: Canvas) -> None:
    label = "Dividend on equity shares credited to the bank account on record"
    rows = [["Particulars", "Amount", "Note"], [wrapped(label), "1,200.00", ""], ["Rent", "5", ""]]
    placed(canvas, Table(rows, style=grid(), colWidths=[120, 90, 50]))


def wrapped_labels_without_lines(canvas: Canvas) -> None:
    printed = [
        ["Particulars", "This year", "Last year"],
        ["Interest on deposits with banks and", "", ""],
        ["  post office savings schemes", "41,300.00", "39,950.00"],
        ["Dividend from companies", "2,150.00", "1,980.00"],
        ["Rent received", "96,000.00", "90,000.00"],
    ]
    columns(canvas, printed, [70, -330, -430], step=12)


def merged_headings(canvas: Canvas) -> None:
    rows = [
        ["Scrip", "Purchase", "", "Sale", ""],
        ["", "Date", "Cost", "Date", "Value"],
        ["INFRA LTD", "03/05/2023", "12,000.00", "07/08/2024", "15,500.00"],
        ["TEXTILES LTD", "11/01/2022", "8,250.50", "21/10/2024", "7,900.00"],
    ]
    style = grid(("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0)), ("SPAN", (0, 0), (0, 1)))
    placed(canvas, Table(rows, style=style))


def rows_without_lines_in_a_frame(canvas: Canvas) -> None:
    frame = TableStyle([("BOX", (0, 0), (-1, -1), 1, colors.black)])
    placed(canvas, Table(INTEREST, style=frame, colWidths=WIDTHS))


def a_form_of_several_tables(canvas: Canvas) -> None:
    parties = [["Name of the employer", "Name of the employee"], ["Sahyadri LLP", "Meera Iyer"]]
    quarters = [
        ["Quarter", "Receipt", "Paid", "Deducted", "Deposited"],
        ["Q1", "QVBTKPVT", "451,761.00", "36,738.00", "36,738.00"],
        ["Q2", "QVZZCVJG", "451,761.00", "36,738.00", "36,738.00"],
    ]
    challans = [["Serial", "Tax", "Branch code", "Date"], ["1", "12,246.00", "1051409", "Q1"]]
    top = 100.0
    for rows, widths in ((parties, [220, 230]), (quarters, 90), (challans, [60, 150, 130, 110])):
        top = placed(canvas, Table(rows, style=grid(), colWidths=widths), top=top)


def two_tables_and_an_empty_column(canvas: Canvas) -> None:
    rows = [[account, "", *rest] for account, *rest in INTEREST]
    end = placed(canvas, Table(rows, style=grid()))
    columns(canvas, PREMIUMS, [70, 200, -420], top=end + 60)


def signs_apart_from_their_figures(canvas: Canvas) -> None:
    columns(canvas, INTEREST, [70, -330, -430])
    for row in (1, len(INTEREST) - 1):
        for x in (262, 365):
            canvas.drawString(x, HEIGHT - 120 - 14 * row, "Rs.")


def dots_that_touch_the_label(canvas: Canvas) -> None:
    rows = [[f"{account}{'.' * 20}", *rest] for account, *rest in INTEREST[1:]]
    columns(canvas, rows, [70, -360, -450])


DRAWS: list[Draw] = [
    a_ruled_table,
    a_plain_table,
    wrapped_cells_between_lines,
    wrapped_labels_without_lines,
    merged_headings,
    rows_without_lines_in_a_frame,
    a_form_of_several_tables,
    two_tables_and_an_empty_column,
    signs_apart_from_their_figures,
]


@pytest.mark.parametrize("draw", DRAWS, ids=lambda draw: draw.__name__)
def test_a_cells_box_holds_the_words_of_the_cell(draw: Draw) -> None:
    check(page_of(sheets(draw)))


@pytest.mark.parametrize("rotate", [90, 180, 270])
@pytest.mark.parametrize("draw", [merged_headings, a_plain_table], ids=["ruled", "aligned"])
def test_on_a_turned_page_the_boxes_lie_where_it_shows_the_cells(draw: Draw, rotate: int) -> None:
    page = page_of(sheets(draw, rotate=rotate))

    check(page)
    ((_, first), *_) = filled(page.tables[0])
    is_upright = first.x1 - first.x0 > first.bottom - first.top
    assert is_upright == (rotate == 180)


@pytest.mark.parametrize("degrees", [90, 180, 270])
@pytest.mark.parametrize("style", [grid(), PLAIN], ids=["ruled", "aligned"])
def test_text_that_runs_another_way_has_its_boxes_too(degrees: int, style: TableStyle) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 420)
        canvas.rotate(degrees)
        canvas.translate(-300, -420)
        placed(canvas, Table(INTEREST, style=style, colWidths=WIDTHS), top=300)

    check(page_of(sheets(draw)))


def test_a_heading_printed_upwards_has_its_box() -> None:
    def draw(canvas: Canvas) -> None:
        placed(
            canvas, Table([["", "", ""], *INTEREST[1:]], style=grid(), rowHeights=[70] + 4 * [18])
        )
        canvas.translate(235, HEIGHT - 180)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Tax deducted")

    page = page_of(sheets(draw))

    boxes = dict(filled(page.tables[0]))
    assert [word.text for word in words_in(page, boxes["Tax deducted"])] == ["Tax", "deducted"]
    assert boxes["Tax deducted"].bottom == pytest.approx(180, abs=0.5)


def test_dots_that_touch_a_word_count_as_its_print() -> None:
    page = page_of(sheets(dots_that_touch_the_label))

    boxes = dict(filled(page.tables[0]))
    words = words_in(page, boxes["Savings account"])
    assert [word.text for word in words] == ["Savings", f"account{'.' * 20}"]
    assert boxes["Savings account"].x1 == pytest.approx(words[1].x1, abs=0.02)


@pytest.mark.parametrize("seed", range(20))
def test_tables_of_many_looks_have_their_boxes(seed: int) -> None:
    page = page_of(random_table(seed).data)

    for table in page.tables:
        for cell, box in filled(table):
            said = "".join(word.text for word in words_in(page, box)).rstrip(".")
            assert sorted(said) == sorted(cell.replace(" ", "").rstrip("."))


def scanned(data: bytes, angle_deg: float) -> bytes:
    """The first page as a scanner saves it, laid on the glass at an angle."""
    picture = pdfium.PdfDocument(data)[0].render(scale=SCANNER_DPI / 72, grayscale=True).to_pil()
    laid = picture.rotate(angle_deg, expand=True, fillcolor=255, resample=3)
    out = io.BytesIO()
    laid.save(out, "PDF", resolution=SCANNER_DPI, quality=60)
    return out.getvalue()


@pytest.mark.parametrize("angle_deg", [0, 2, 90, 270])
@pytest.mark.parametrize("style", [grid(), ALIGNED], ids=["ruled", "aligned"])
def test_a_scans_cells_lie_on_their_words(style: TableStyle, angle_deg: float) -> None:
    page = page_of(scanned(paper("Interest certificate", INTEREST, style=style), angle_deg))

    (table,) = page.tables
    assert (table.rows[-len(INTEREST) :], table.is_ocr) == (INTEREST, True)
    for cell, box in filled(table):
        words = words_in(page, box)
        assert " ".join(word.text for word in words) == cell
        # The words of a line are given one height: 2.4 pt were measured, lines are 18 pt apart.
        assert box.as_list() == pytest.approx(around(words).as_list(), abs=3)


@pytest.mark.parametrize("method", ["ruled", "aligned"])
def test_a_table_that_is_read_again_has_its_boxes(method: str) -> None:
    data = sheets(a_ruled_table if method == "ruled" else a_plain_table)
    page = page_of(data)
    area = Box(x0=40, top=90, x1=560, bottom=300)

    (table,) = read_again(data, password=None, max_pages=1, page=1, method=method, area=area)

    check(page.model_copy(update={"tables": [table]}))


def test_another_parsers_table_has_no_boxes() -> None:
    (table,) = read_again(
        sheets(a_ruled_table), password=None, max_pages=1, page=1, method="pdfplumber"
    )

    assert (table.rows, table.cell_boxes()) == (INTEREST, [])


def test_boxes_are_kept_in_the_order_of_the_cells_and_told_to_nobody_outside() -> None:
    box = Box(x0=1.5, top=2.5, x1=3.5, bottom=4.5)
    page = page_of(sheets(a_ruled_table))
    (table,) = page.tables
    packed = table.model_copy(
        update={"rows": [["a", ""], ["", "b"]], "cells": pack_cells([box, None, None, box])}
    )

    assert packed.cell_boxes() == [[box, None], [None, box]]
    assert pack_cells([]) == b""
    (told,) = Reading(sha256="", pages=[page]).as_contract("a.pdf")["tables"]
    assert "cells" not in told
