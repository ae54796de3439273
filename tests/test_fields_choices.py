"""Yes or no: whether somebody opted out of section 115BAC, however the paper asks or says it."""

import pytest
from read_fields import form, lines, read, said, typed
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table
from sheets import HEIGHT, grid, placed, sheets
from test_fields_places import FORM16_HEAD

ROWS = [["Gross salary", "9,30,000"], ["Tax on total income", "40,000"]]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Whether opting out of taxation u/s 115BAC(1A)? Yes", "yes"),
        ("Whether opting for taxation u/s 115BAC? No", "yes"),
        ("Whether opted for the new regime u/s 115BAC : Yes", "no"),
        ("Tax regime: Old regime", "yes"),
        ("The employee has opted out of section 115BAC(1A) of the Act.", "yes"),
        ("She has not opted out of the regime of section 115BAC(1A) for the year.", "no"),
        ("Details of salary paid and any other income and tax deducted (OLD REGIME)", "yes"),
    ],
)
def test_the_regime_is_read_as_the_question_is_meant(line: str, value: str) -> None:
    found = said(read(form([*FORM16_HEAD, line], ROWS, 240, 90)))

    assert found["opted_out_of_115bac"] == value


def test_a_question_about_the_regime_without_an_answer_is_no_value() -> None:
    asked = lines(*FORM16_HEAD, "Whether the employee has opted out of section 115BAC(1A):",
                  "Gross salary: 9,30,000", "Tax on total income: 40,000")  # fmt: skip

    assert "opted_out_of_115bac" not in said(read(typed(asked)))


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("Opting out of section 202 (erstwhile\n115BAC)\nYes", "yes"),
        # Split at another place it is not read; that the section alone asks is no answer.
        ("Opting out of section 202\n(erstwhile 115BAC)\nYes", None),
    ],
)
def test_the_last_line_of_the_questions_cell_is_its_answer(cell: str, value: str | None) -> None:
    rows = [["Employee\nMeera Iyer", "Employee no.\n10208", "Tax year\n2026-27"],
            ["Employer's TAN\nMUMJ79717C", "Period\n01-Apr-2026 to 31-Mar-2027", cell]]  # fmt: skip
    table = Table(rows, colWidths=(110, 150, 180), style=grid())

    def draw(canvas: Canvas) -> None:
        for x, top, text in lines("FORM NO. 130", "Part C (Annexure I)", "Gross salary: 9,30,000"):
            canvas.drawString(x, HEIGHT - top, text)
        placed(canvas, table, top=130, left=40)

    assert said(read(sheets(draw))).get("opted_out_of_115bac") == value
