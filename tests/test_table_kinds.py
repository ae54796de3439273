"""Each kind of table that business papers print, and what comes out of it."""

import pytest
from papers import INTEREST, PREMIUMS
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle
from sheets import HEIGHT, columns, grid, placed, sheets, wrapped

from taxai_core.models import Table as ReadTable
from taxai_core.pipeline import process_pdf

GROUPED = [
    ["Scrip", "Purchase", "", "Sale", ""],
    ["", "Date", "Cost", "Date", "Value"],
    ["INFRA LTD", "03/05/2023", "12,000.00", "07/08/2024", "15,500.00"],
    ["TEXTILES LTD", "11/01/2022", "8,250.50", "21/10/2024", "7,900.00"],
]
LONG = "Dividend on equity shares credited to the bank account on record"


def read(data: bytes) -> list[ReadTable]:
    return process_pdf(data, password=None, max_file_mb=50, max_pages=500).tables


def rows_of(data: bytes) -> list[list[list[str]]]:
    return [table.rows for table in read(data)]


def test_a_merged_heading_stands_in_the_first_column_it_covers() -> None:
    style = grid(("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0)), ("SPAN", (0, 0), (0, 1)))

    (rows,) = rows_of(sheets(lambda canvas: placed(canvas, Table(GROUPED, style=style))))

    assert rows == GROUPED


def test_a_heading_over_two_columns_without_lines_stands_in_the_first_of_them() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawCentredString(255, HEIGHT - 106, "Purchase")
        canvas.drawCentredString(425, HEIGHT - 106, "Sale")
        columns(canvas, GROUPED[1:], [70, 180, -330, 360, -500])

    (rows,) = rows_of(sheets(draw))

    assert rows[-3:] == GROUPED[1:]
    assert rows[0] == ["", "Purchase", "", "Sale", ""]


def test_a_wrapped_cell_is_one_cell() -> None:
    table = Table(
        [["Particulars", "Amount"], [wrapped(LONG), "1,200.00"], ["Interest", "90.00"]],
        style=grid(),
        colWidths=[120, 90],
    )

    (rows,) = rows_of(sheets(lambda canvas: placed(canvas, table)))

    assert rows == [["Particulars", "Amount"], [LONG, "1,200.00"], ["Interest", "90.00"]]


def test_a_wrapped_label_without_lines_is_one_row() -> None:
    printed = [
        ["Particulars", "This year", "Last year"],
        ["Interest on deposits with banks and", "", ""],
        ["  post office savings schemes", "41,300.00", "39,950.00"],
        ["Dividend from companies", "2,150.00", "1,980.00"],
        ["Rent received", "96,000.00", "90,000.00"],
    ]

    (rows,) = rows_of(sheets(lambda canvas: columns(canvas, printed, [70, -330, -430], step=12)))

    assert rows == [
        printed[0],
        [
            "Interest on deposits with banks and post office savings schemes",
            "41,300.00",
            "39,950.00",
        ],
        *printed[3:],
    ]


def test_a_form_is_taken_apart_into_the_tables_it_stacks() -> None:
    parties = [["Name of the employer", "Name of the employee"], ["Sahyadri LLP", "Meera Iyer"]]
    quarters = [
        ["Quarter", "Receipt", "Paid", "Deducted", "Deposited"],
        ["Q1", "QVBTKPVT", "451,761.00", "36,738.00", "36,738.00"],
        ["Q2", "QVZZCVJG", "451,761.00", "36,738.00", "36,738.00"],
    ]
    challans = [
        ["Serial", "Tax", "Branch code", "Date"],
        ["1", "12,246.00", "1051409", "05/05/2024"],
        ["2", "12,255.00", "8206607", "06/06/2024"],
    ]

    def draw(canvas: Canvas) -> None:
        top = 100.0
        for rows, widths in (
            (parties, [220, 230]),
            (quarters, 90),
            (challans, [60, 150, 130, 110]),
        ):
            top = placed(canvas, Table(rows, style=grid(), colWidths=widths), top=top)

    assert rows_of(sheets(draw)) == [parties, quarters, challans]


def test_tables_side_by_side_are_two_tables() -> None:
    def draw(canvas: Canvas) -> None:
        placed(canvas, Table(INTEREST, style=grid()), left=40)
        placed(canvas, Table(PREMIUMS, style=grid()), left=330)

    assert rows_of(sheets(draw)) == [INTEREST, PREMIUMS]


def test_a_table_with_lines_and_one_without_on_a_page_are_both_read() -> None:
    def draw(canvas: Canvas) -> None:
        end = placed(canvas, Table(PREMIUMS, style=grid()))
        columns(canvas, INTEREST, [70, -300, -420], top=end + 60)

    assert rows_of(sheets(draw)) == [PREMIUMS, INTEREST]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([("BOX", (0, 0), (-1, -1), 1, colors.black)], id="a frame only"),
        pytest.param(
            [
                ("BOX", (0, 0), (-1, -1), 1, colors.black),
                ("LINEBELOW", (0, 0), (-1, 0), 1, colors.black),
            ],
            id="a frame and a line below the heading",
        ),
        pytest.param(
            [
                ("BOX", (0, 0), (-1, -1), 1, colors.black),
                ("LINEBELOW", (0, 0), (-1, 0), 1, colors.black),
                ("LINEAFTER", (0, 0), (-2, -1), 1, colors.black),
            ],
            id="no lines between the rows",
        ),
        pytest.param([("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey)], id="rows only"),
        pytest.param(
            [
                ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
                ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black),
                ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
            ],
            id="three lines",
        ),
        pytest.param([("LINEAFTER", (0, 0), (-2, -1), 0.5, colors.black)], id="columns only"),
        pytest.param(
            [("GRID", (0, 0), (-1, -1), 0.5, colors.black, None, (2, 2))], id="dashed lines"
        ),
        pytest.param(
            [("ROWBACKGROUNDS", (0, 0), (-1, -1), [colors.whitesmoke, colors.white])],
            id="shaded rows",
        ),
        pytest.param([], id="no lines"),
    ],
)
def test_a_table_is_read_alike_however_few_lines_it_draws(lines: list[tuple[object, ...]]) -> None:
    style = TableStyle([("ALIGN", (1, 0), (-1, -1), "RIGHT"), *lines])
    table = Table(INTEREST, style=style, colWidths=[150, 110, 110])

    (rows,) = rows_of(sheets(lambda canvas: placed(canvas, table)))

    assert rows == INTEREST


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_page_turned_any_way_is_read(rotate: int) -> None:
    table = Table(INTEREST, style=grid())

    data = sheets(lambda canvas: placed(canvas, table), rotate=rotate)

    assert rows_of(data) == [INTEREST]


@pytest.mark.parametrize("degrees", [90, 180, 270])
@pytest.mark.parametrize("style", [grid(), TableStyle()], ids=["ruled", "aligned"])
def test_text_that_runs_another_way_on_the_page_is_read(degrees: int, style: TableStyle) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 420)
        canvas.rotate(degrees)
        canvas.translate(-300, -420)
        placed(canvas, Table(INTEREST, style=style, colWidths=[150, 110, 110]), top=300)

    (rows,) = rows_of(sheets(draw))

    assert rows == INTEREST


def test_a_heading_printed_upwards_stands_in_its_column() -> None:
    def draw(canvas: Canvas) -> None:
        placed(
            canvas, Table([["", "", ""], *INTEREST[1:]], style=grid(), rowHeights=[70, *[18] * 4])
        )
        for x, text in ((175, "Interest (Rs.)"), (235, "TDS (Rs.)")):
            canvas.saveState()
            canvas.translate(x, HEIGHT - 180)
            canvas.rotate(90)
            canvas.drawString(0, 0, text)
            canvas.restoreState()

    (rows,) = rows_of(sheets(draw))

    assert rows == [["", "Interest (Rs.)", "TDS (Rs.)"], *INTEREST[1:]]


@pytest.mark.parametrize("heading", ["Note", ""])
def test_an_empty_column_is_kept_where_lines_are_drawn_for_it(heading: str) -> None:
    printed = [["Quarter", heading, "Tax"], ["Q1", "", "0.00"], ["Q2", "", ""], ["Q3", "", "5.00"]]
    table = Table(printed, style=grid(), colWidths=80)

    (rows,) = rows_of(sheets(lambda canvas: placed(canvas, table)))

    assert rows == printed


def test_a_column_without_lines_is_there_where_its_heading_is() -> None:
    printed = [[*row[:1], "", *row[1:]] for row in INTEREST]
    printed[0][1] = "Branch"

    (rows,) = rows_of(sheets(lambda canvas: columns(canvas, printed, [70, 200, -330, -430])))

    assert rows == printed


def test_footnote_marks_stay_with_their_cells() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, INTEREST, [70, -300, -420])
        canvas.setFont("Helvetica", 6)
        canvas.drawString(301, HEIGHT - 120 - 2 * 14 + 4, "1")
        canvas.drawString(144, HEIGHT - 120 - 3 * 14 + 4, "2")

    (rows,) = rows_of(sheets(draw))

    assert [row[2] for row in rows] == [row[2] for row in INTEREST]
    assert (rows[2][1], rows[3][0]) == ("1,04,200.00 1", "Fixed deposit 2 2")


def test_dots_that_lead_to_a_figure_are_no_text() -> None:
    printed = [[f"{row[0]} {'.' * 20}", *row[1:]] for row in INTEREST[1:]]

    (rows,) = rows_of(sheets(lambda canvas: columns(canvas, printed, [70, -360, -450])))

    assert rows == INTEREST[1:]


def test_a_typed_statement_is_read_by_its_columns() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Courier", 9)
        lines = ["-" * 58, f"{'ACCOUNT':<24}{'INTEREST':>16}{'TDS':>16}", "-" * 58]
        lines += [f"{a:<24}{b:>16}{c:>16}" for a, b, c in INTEREST[1:-1]]
        lines += ["=" * 58, f"{INTEREST[-1][0]:<24}{INTEREST[-1][1]:>16}{INTEREST[-1][2]:>16}"]
        for number, line in enumerate(lines):
            canvas.drawString(70, HEIGHT - 120 - 12 * number, line)

    (rows,) = rows_of(sheets(draw))

    assert rows == [["ACCOUNT", "INTEREST", "TDS"], *INTEREST[1:]]


def test_a_chart_a_list_and_a_table_of_contents_are_no_tables() -> None:
    def chart(canvas: Canvas) -> None:
        canvas.grid([100, 150, 200, 250, 300], [400, 450, 500, 550])
        for year in range(4):
            canvas.drawString(110 + 50 * year, 385, f"{2020 + year}")
            canvas.drawString(75, 400 + 50 * year, f"{year * 10}")
        for step in range(60):
            x = 100 + step * 3
            canvas.bezier(x, 420, x + 2, 480, x + 3, 430, x + 4, 500)

    def bullets(canvas: Canvas) -> None:
        texts = ["pay advance tax in four parts", "keep the challans", "file before July ends"]
        columns(canvas, [[f"{n}.", text] for n, text in enumerate(texts, 1)], [70, 100])

    def contents(canvas: Canvas) -> None:
        chapters = ["Salary", "House property", "Capital gains", "Other sources", "Deductions"]
        rows = [[f"{c} {'.' * 30}", str(3 + 4 * n)] for n, c in enumerate(chapters)]
        columns(canvas, rows, [70, -450])

    assert rows_of(sheets(chart, bullets, contents)) == []


def test_two_columns_of_prose_are_no_table() -> None:
    sentence = "the deductor shall furnish the statement within the time allowed by rule "
    prose = (sentence * 2).split()

    def draw(canvas: Canvas) -> None:
        for line in range(30):
            for x in (60, 310):
                text = " ".join(prose[line % 12 : line % 12 + 7])
                canvas.drawString(x, HEIGHT - 100 - 13 * line, text)

    assert rows_of(sheets(draw)) == []


def test_a_number_set_in_two_pieces_is_one_number() -> None:
    def draw(canvas: Canvas) -> None:
        columns(canvas, INTEREST, [70, -300, -420])
        canvas.drawString(70, HEIGHT - 190, "Deposit 9")
        canvas.drawRightString(286, HEIGHT - 190, "11,062")
        canvas.drawString(287.5, HEIGHT - 190, ".65")
        canvas.drawRightString(420, HEIGHT - 190, "0.00")

    (rows,) = rows_of(sheets(draw))

    assert rows[-1] == ["Deposit 9", "11,062.65", "0.00"]
