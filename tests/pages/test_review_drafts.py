"""What the grid began with goes when the grid goes: on approval, when a table is dropped."""

from papers import INTEREST
from window import Window, rows_of, to_review


def changed(**cells: str) -> list[list[str]]:
    rows = [list(row) for row in INTEREST]
    for name, text in cells.items():
        rows[int(name[1:]) - 1]["ABC".index(name[0])] = text
    return rows


def test_an_edit_before_an_approval_is_kept_by_the_edit_after_it(window: Window) -> None:
    document = to_review("first.pdf")
    window.review(document).edit({1: {"c1": "1"}})
    window.click("Approve")
    window.click("Re-open")

    window.edit({2: {"c1": "2"}})

    assert rows_of(document) == changed(B2="1", B3="2")


def test_a_table_that_is_dropped_and_brought_back_shows_its_edits(window: Window) -> None:
    document = to_review("first.pdf")
    window.review(document).edit({1: {"c1": "1"}})

    window.click("Drop")
    window.click("Undo")

    assert window.cells == changed(B2="1")
