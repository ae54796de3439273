"""Yes or no: whether somebody opted out of section 115BAC, however the paper asks or says it."""

import pytest
from read_fields import form, lines, read, said, typed
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
