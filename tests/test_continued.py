"""Tables that go on over pages: each part knows its page, and that it goes on."""

import io

import pypdfium2 as pdfium
import pytest
from papers import INTEREST, PREMIUMS
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle
from sheets import Draw, columns, grid, placed, sheets

from taxai_core.models import Table as ReadTable
from taxai_core.pipeline import process_pdf

HEADING = ["Date", "Narration", "Withdrawal", "Deposit", "Balance"]
ROWS = [
    [f"{1 + n % 28:02}/07/2024", f"UPI transfer {n}", f"{n * 10}.00", "", f"{90000 - n}.50"]
    for n in range(100)
]
WIDTHS = [70, 160, 80, 80, 90]
XS = [60, 130, -330, -420, -520]


def read(*draws: Draw) -> list[ReadTable]:
    return process_pdf(sheets(*draws), password=None, max_file_mb=50, max_pages=500).tables


def page(rows: list[list[str]], style: TableStyle | None = None, number: int = 1) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 815, "Statement of account (fictional)")
        canvas.drawCentredString(300, 30, f"Page {number} of 3")
        if style:
            placed(canvas, Table(rows, style=style, rowHeights=18, colWidths=WIDTHS), top=60)
        else:
            columns(canvas, rows, XS, top=60, step=18)

    return draw


@pytest.mark.parametrize("style", [grid(), None], ids=["ruled", "aligned"])
def test_a_table_over_three_pages_goes_on_twice(style: TableStyle | None) -> None:
    parts = [[HEADING, *ROWS[n : n + 35]] for n in (0, 35, 70)]

    tables = read(*(page(part, style, n) for n, part in enumerate(parts, 1)))

    assert [table.rows for table in tables] == parts
    assert [(t.page, t.continues, t.repeated_rows) for t in tables] == [
        (1, False, 0),
        (2, True, 1),
        (3, True, 1),
    ]


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_table_goes_on_however_the_pages_are_turned(rotate: int) -> None:
    draws = (page([HEADING, *ROWS[:35]], grid()), page([HEADING, *ROWS[35:70]], grid(), 2))
    data = sheets(*draws, rotate=rotate)

    tables = process_pdf(data, password=None, max_file_mb=50, max_pages=500).tables

    assert [(t.continues, t.repeated_rows) for t in tables] == [(False, 0), (True, 1)]


@pytest.mark.parametrize("angle_deg", [90, 180])
def test_a_table_goes_on_over_scans_that_lie_on_their_side_or_head(angle_deg: int) -> None:
    draws = (page([HEADING, *ROWS[:35]], grid()), page([HEADING, *ROWS[35:70]], grid(), 2))
    first, second = (
        one.render(scale=2, grayscale=True).to_pil().rotate(angle_deg, expand=True)
        for one in pdfium.PdfDocument(sheets(*draws))
    )
    out = io.BytesIO()
    first.save(out, "PDF", resolution=144, save_all=True, append_images=[second])

    tables = process_pdf(out.getvalue(), password=None, max_file_mb=50, max_pages=500).tables

    assert [(t.continues, t.repeated_rows) for t in tables] == [(False, 0), (True, 1)]


def test_letters_across_the_page_do_not_keep_a_table_from_going_on() -> None:
    def stamped(draw: Draw) -> Draw:
        def both(canvas: Canvas) -> None:
            draw(canvas)
            canvas.translate(300, 60)
            canvas.rotate(45)
            canvas.setFont("Helvetica", 16)
            canvas.drawString(0, 0, "CUSTOMER COPY")

        return both

    parts = [[HEADING, *ROWS[n : n + 35]] for n in (0, 35)]

    tables = read(*(stamped(page(part, grid(), n)) for n, part in enumerate(parts, 1)))

    assert [table.continues for table in tables] == [False, True]


def test_a_part_without_the_heading_repeats_no_rows() -> None:
    _, second = read(page([HEADING, *ROWS[:35]], grid()), page(ROWS[35:70], grid()))

    assert (second.continues, second.repeated_rows) == (True, 0)


def test_another_table_on_the_next_page_is_none_that_goes_on() -> None:
    tables = read(
        lambda canvas: placed(canvas, Table(PREMIUMS, style=grid(), rowHeights=150), top=60),
        page(ROWS[:20], grid()),
    )

    assert [table.continues for table in tables] == [False, False]


def test_a_table_with_text_below_it_does_not_go_on() -> None:
    def first(canvas: Canvas) -> None:
        end = placed(canvas, Table([HEADING, *ROWS[:20]], style=grid()), top=60)
        for line in range(8):
            canvas.drawString(60, 842 - end - 40 - 14 * line, "These are the terms of the account.")

    tables = read(first, page([HEADING, *ROWS[20:40]], grid()))

    assert [table.continues for table in tables] == [False, False]


def test_a_table_that_ends_and_one_that_begins_on_the_page_are_told_apart() -> None:
    def second(canvas: Canvas) -> None:
        end = placed(
            canvas, Table(ROWS[35:40], style=grid(), rowHeights=18, colWidths=WIDTHS), top=60
        )
        placed(canvas, Table(INTEREST, style=grid()), top=end + 40)

    tables = read(page([HEADING, *ROWS[:35]], grid()), second)

    assert [table.continues for table in tables] == [False, True, False]
