"""Pure changes of a table's cells."""

import pytest

from taxai_core.errors import EditConflictError
from taxai_core.service import grid

BASE = [["Account", "Interest"], ["Savings", "5.00"], ["Total", "5.00"]]


def with_cell(row: int, column: int, text: str) -> list[list[str]]:
    rows = [list(cells) for cells in BASE]
    rows[row][column] = text
    return rows


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")]
)
def test_columns_are_named_as_in_a_spreadsheet(column: int, name: str) -> None:
    assert grid.letter(column) == name


def test_two_edits_of_different_cells_are_both_kept() -> None:
    joined = grid.merge(BASE, with_cell(1, 1, "6.00"), with_cell(2, 0, "Sum"))

    assert joined == [["Account", "Interest"], ["Savings", "6.00"], ["Sum", "5.00"]]


def test_two_different_edits_of_one_cell_are_a_conflict() -> None:
    with pytest.raises(EditConflictError):
        grid.merge(BASE, with_cell(1, 1, "6.00"), with_cell(1, 1, "7.00"))


def test_the_same_edit_from_two_windows_is_none() -> None:
    same = with_cell(1, 1, "6.00")

    assert grid.merge(BASE, same, [list(row) for row in same]) == same


def test_an_edit_of_a_table_that_lost_a_row_meanwhile_is_a_conflict() -> None:
    with pytest.raises(EditConflictError):
        grid.merge(BASE, with_cell(1, 1, "6.00"), BASE[:2])


@pytest.mark.parametrize("theirs", [BASE[:2], with_cell(0, 0, "Konto")])
def test_whoever_changed_nothing_gets_the_others_change(theirs: grid.Rows) -> None:
    assert grid.merge(BASE, BASE, theirs) == theirs
    assert grid.merge(BASE, theirs, BASE) == theirs


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (with_cell(1, 1, "6.00"), "B2: “5.00” → “6.00”"),
        ([["x", "y"], *BASE[1:]], "A1: “Account” → “x” and 1 more cells"),
        ([*BASE, ["", ""]], "1 row added"),
        (BASE[:1], "2 rows deleted"),
        ([[*row, ""] for row in BASE], "columns changed"),
    ],
)
def test_a_change_is_told_in_a_few_words(after: grid.Rows, words: str) -> None:
    assert grid.describe(BASE, after) == words


def test_putting_in_and_taking_out_leaves_the_original_untouched() -> None:
    before = [list(row) for row in BASE]

    assert grid.with_row(BASE, 1)[1] == ["", ""]
    assert grid.without_row(grid.with_row(BASE, 3), 3) == BASE
    assert grid.without_column(grid.with_column(BASE, 1), 1) == BASE
    assert grid.with_column(BASE, 2)[0] == ["Account", "Interest", ""]
    assert before == BASE
