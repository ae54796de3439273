"""A part of a name or of a number is none: it reaches from one edge to the other."""

import pytest
from asking import answer, page_of, record_of


@pytest.mark.parametrize(
    ("line", "whole", "cuts"),
    [
        ("Meera Iyer Krishnan", "Meera Iyer Krishnan", ["Meera", "Meera Iyer", "Iyer", "Krishnan"]),
        ("Person: Mr. Ravi K. Rao, PAN", "Ravi K. Rao", ["Ravi", "K. Rao", "Rao"]),
        ("Person: Shri Ravi Rao (owner)", "Ravi Rao", ["Ravi", "Rao"]),
        ("Employee Name Ravi Rao AAAPR1234C", "Ravi Rao", ["Ravi", "Rao"]),
        ("certify that Ravi Kumar Rao has worked", "Ravi Kumar Rao", ["Ravi", "Kumar Rao", "Rao"]),
        ("Name of Shri/Smt. A. Rao", "A. Rao", ["Rao"]),
        ("Dear Ravi Rao,", "Ravi Rao", ["Ravi", "Rao"]),
    ],
)
def test_a_part_of_a_person_s_name_is_not_taken(line: str, whole: str, cuts: list[str]) -> None:
    page, record = page_of(line, "Pay | 70,000.00"), record_of("payslip", {})

    taken = answer(record, page, employee_name=whole)
    refused = [answer(record, page, employee_name=cut) for cut in cuts]

    assert taken.fields["employee_name"].value == whole
    assert all(found.fields == {} and len(found.warnings) == 1 for found in refused)


@pytest.mark.parametrize(
    ("lines", "whole", "cuts"),
    [
        (
            ["Nilgiri Software Private Limited"],
            "Nilgiri Software Private Limited",
            ["Nilgiri Software", "Software Private Limited", "Nilgiri"],
        ),
        (["For M/s Asha Mills Ltd."], "Asha Mills Ltd.", ["Asha Mills", "Mills Ltd", "Asha"]),
        (
            ["Nilgiri Software", "Private Limited"],
            "Nilgiri Software Private Limited",
            ["Nilgiri Software"],
        ),
        (
            ["Coir Bank of Kollam, Main Road"],
            "Coir Bank of Kollam",
            ["Coir Bank", "Bank of Kollam"],
        ),
    ],
)
def test_a_part_of_a_firm_s_name_is_not_taken(
    lines: list[str], whole: str, cuts: list[str]
) -> None:
    page, record = page_of(*lines, "Pay | 70,000.00"), record_of("payslip", {})

    taken = answer(record, page, employer_name=whole)
    refused = [answer(record, page, employer_name=cut) for cut in cuts]

    assert taken.fields["employer_name"].value == whole
    assert all(found.fields == {} for found in refused)


@pytest.mark.parametrize("cut", ["204", "2024/204", "E-2024", "2024", "204 B"])
def test_a_part_of_a_number_is_not_taken(cut: str) -> None:
    page = page_of("Staff code | E-2024/204", "Pay | 70,000.00")
    record = record_of("payslip", {})

    assert answer(record, page, employee_id=cut).fields == {}
    assert (
        answer(record, page, employee_id="E-2024/204").fields["employee_id"].value == "E-2024/204"
    )
