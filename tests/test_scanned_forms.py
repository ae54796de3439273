"""What a scanned form says: rows that are aslant, dashes, torn figures, another script."""

import numpy as np
import pytest
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table
from sheets import columns, grid, placed, sheets
from test_scan import Picture, picture_of, read, scan_of, tables_of, turned

from taxai_core.extract.records import Records
from taxai_core.extract.turning import slanted_sides, turned_sides
from taxai_core.models import Page, Word, Words
from taxai_core.pdf.ocr import Letter
from taxai_core.pdf.ocr_words import words_of
from taxai_core.pipeline import known_types, process_pdf

PART_B = [
    ["Gross Salary", "", ""],
    ["Salary as per section 17(1)", "13,82,592.00", ""],
    ["Value of perquisites u/s 17(2)", "55,081.00", ""],
    ["Profits in lieu of salary u/s 17(3)", "0.00", ""],
    ["Total", "", "14,37,673.00"],
    ["Total exemption u/s 10", "", "98,413.00"],
    ["Standard deduction u/s 16(ia)", "50,000.00", ""],
    ["Tax on employment u/s 16(iii)", "2,400.00", ""],
    ["Income chargeable under the head Salaries", "", "12,86,860.00"],
    ["Gross total income", "", "12,86,860.00"],
    ["Total taxable income", "", "12,86,860.00"],
    ["Tax on total income", "", "80,194.00"],
    ["Surcharge", "", "0.00"],
    ["Health and education cess", "", "3,208.00"],
    ["Tax payable", "", "83,402.00"],
]


def part_b(canvas: Canvas) -> None:
    canvas.drawString(60, 780, "FORM NO. 16 - PART B")
    canvas.setFont("Helvetica", 7)
    columns(canvas, PART_B, [60, -455, -550], step=11)


def values_of(data: bytes) -> dict[str, str]:
    reading = process_pdf(data, password=None, max_file_mb=50, max_pages=500)
    return {name: field.value for name, field in reading.first_record.fields.items()}


@pytest.mark.parametrize("angle_deg", [0.7, -0.7])
def test_rows_that_fall_a_little_keep_their_amounts(angle_deg: float) -> None:
    born = sheets(part_b)

    scanned = scan_of(turned(picture_of(born), angle_deg))

    assert read(scanned).slant_deg == pytest.approx(-angle_deg, abs=0.11)
    assert values_of(scanned) == values_of(born)
    assert {"perquisites_17_2", "gross_salary", "surcharge"} <= values_of(born).keys()


def test_a_dash_in_a_column_of_amounts_is_read() -> None:
    rows = [["Surcharge", "-"], ["Cess", "5,252.00"], ["Relief", "-"], ["Tax", "1,36,564.00"]]
    style = grid(("ALIGN", (1, 0), (1, -1), "RIGHT"))

    scanned = scan_of(picture_of(sheets(lambda c: _placed(c, rows, style))))

    assert [table.rows for table in tables_of(read(scanned))] == [rows]


def test_neither_a_hyphen_nor_a_row_of_dashes_is_a_dash_for_nothing() -> None:
    rows = [["Pre-tax pay", "5,252.00"], ["- - - - - - -", "- - - - - - -"], ["Net", "900.00"]]

    scanned = scan_of(picture_of(sheets(lambda c: _placed(c, rows, grid()))))

    assert all(word.text != "-" or word.confidence != 0.8 for word in read(scanned).words)


def _placed(canvas: Canvas, rows: list[list[str]], style: object) -> None:
    placed(canvas, Table(rows, style=style, colWidths=[220, 120]))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Paid 40, 000", ["Paid", "40,000"]),
        ("Paid 26, 004.00", ["Paid", "26,004.00"]),
        ("16, 345", ["16,345"]),
        ("Sections 10, 115", ["Sections", "10,", "115"]),
        ("Paid 1,04, 200", ["Paid", "1,04,200"]),  # known by its groups
        ("Kochi, 682", ["Kochi,", "682"]),
        ("Paid 40,  000", ["Paid", "40,", "000"]),  # as far apart as columns are
    ],
)
def test_a_figure_that_is_set_in_two_is_whole_where_its_rest_proves_it(
    line: str, words: list[str]
) -> None:
    strip, letters = typed_strip(line)

    assert [word.text for word in words_of(strip, letters)] == words


def typed_strip(line: str) -> tuple[Picture, list[Letter]]:
    """A line in type of one width, a block of ink for each letter, as a recogniser reads it."""
    step, height = 12, 20
    strip = np.full((height + 20, step * len(line) + 20), 255, np.uint8)
    letters = []
    for index, letter in enumerate(line):
        x = 10 + step * index
        if letter != " ":
            strip[10 : 10 + height, x : x + step - 2] = 0
        letters.append(Letter(letter, (x + step / 2) / strip.shape[1], 0.99))
    return strip, letters


def pale(picture: Picture) -> Picture:
    """The lines of a grid paler than the grain of the scan lets points of them be told."""
    grain = np.random.default_rng(7).normal(0, 9, picture.shape)
    return np.clip(picture.astype(float) + grain, 0, 255).astype(np.uint8)


def test_a_pale_grid_is_whole() -> None:
    rows = [["Part", "Tax deducted"], ["Salary", "78,396.00"], ["Other", "20,113.00"]]
    style = grid(("GRID", (0, 0), (-1, -1), 0.7, colors.Color(0.8, 0.8, 0.8)))

    scanned = scan_of(pale(picture_of(sheets(lambda c: _placed(c, rows, style)))))

    lines = read(scanned).lines
    assert len(lines) == 7
    assert [table.rows for table in tables_of(read(scanned))] == [rows]


def said_by_a_scan(
    *lines: tuple[float, float, str], slant_deg: float = 0.0, turn: int = 0, brand: str = ""
) -> dict[str, str]:
    words = [Word(brand, 40, 20, 40 + 12 * len(brand), 38)] if brand else []
    for x, top, text in lines:
        for word in text.split():
            sides = slanted_sides((x, top, x + 5 * len(word), top + 8), slant_deg)
            words.append(Word(word, *turned_sides(sides, (595, 842), -turn)))
            x += 5 * len(word) + 3
    width, height = (595, 842) if turn % 2 == 0 else (842, 595)
    page = Page(
        number=1, width_pt=width, height_pt=height, tables=[], warnings=[], kind="scan",
        slant_deg=slant_deg, turn=turn,
    ).model_copy(update={"words": Words.pack(words)})  # fmt: skip
    records = Records(known_types())
    records.add(page)
    (record,) = records.finish()
    return {name: field.value for name, field in record.fields.items()}


def test_a_label_behind_another_script_is_known() -> None:
    said = said_by_a_scan(
        (200, 40, "FORM NO. 16 PART B"),
        (60, 80, "Aufkor ad / Assessment Year"),
        (400, 80, "2025-26"),
        (60, 120, "34uf / Gros Salary"),
        (400, 120, "16,13,040.00"),
        (60, 140, "R / Entertainment Allowance u/s 16(ii"),
        (400, 140, "0.00"),
        (60, 160, "Tax on employment u/s 16(ii"),
        (400, 160, "2,400.00"),
        (60, 180, "/ Total taxable income"),
        (400, 180, "14,56,560.00"),
    )

    assert said["assessment_year"] == "2025-26"
    assert said["gross_salary"] == "1613040.00"
    assert said["entertainment_allowance_16_ii"] == "0.00"
    assert said["professional_tax_16_iii"] == "2400.00"


@pytest.mark.parametrize(("slant_deg", "turn"), [(0.0, 0), (2.0, 0), (-2.0, 0), (0.0, 1), (2.0, 3)])
def test_an_amount_that_only_a_sum_names_is_found_aslant_and_turned(
    slant_deg: float, turn: int
) -> None:
    amounts = [("Basic", "30,000.00"), ("House rent allowance", "12,000.00"),
               ("Gross earnings", "42,000.00"), ("Provident fund", "3,600.00"),
               ("Income tax", "1,400.00"), ("Total deductions", "5,000.00"),
               ("Direct deposit XXXX5984", "37,000.00")]  # fmt: skip
    rows = [(60, 150 + 24 * i, label) for i, (label, _) in enumerate(amounts)]
    column = [(400 - 5 * len(a), 150 + 24 * i, a) for i, (_, a) in enumerate(amounts)]
    head = [(60, 40, "Kaveri Example Mills Private Limited"), (60, 60, "Payslip for August 2024"),
            (60, 80, "Employee name: Meera Iyer")]  # fmt: skip

    said = said_by_a_scan(*head, *rows, *column, slant_deg=slant_deg, turn=turn)

    assert said["net_pay"] == "37000.00"


@pytest.mark.parametrize(
    ("brand", "name"),
    [("UJJWAL", "Ujjwal Fintech Limited"), ("FINTECHS", "Ujwal Fintech Limited"),
     ("UJALA", "Ujwal Fintech Limited")],
)  # fmt: skip
def test_a_misread_name_is_spelt_as_the_brand_in_large_print(brand: str, name: str) -> None:
    said = said_by_a_scan(
        (60, 60, "Capital Gains Statement"), (60, 80, "Issued by: Ujwal Fintech Limited"),
        (60, 100, "Financial year: 2024-25"), (60, 120, "Client name: Meera Iyer"),
        (60, 140, "Short term capital gain: 5,000.00"), brand=brand,
    )  # fmt: skip

    assert said["issuer_name"] == name
