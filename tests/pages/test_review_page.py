"""The Review page: what was read, what people make of it, and nothing of it lost."""

import pytest
from papers import INTEREST, PREMIUMS, blank_paper, paper
from window import (
    Window,
    approved,
    edits_of,
    failed,
    half_read,
    present,
    read,
    rows_of,
    submit,
    tables_of,
    to_review,
)

from taxai_core import service
from taxai_core.errors import EditConflictError, LockedError, NotFoundError


def changed(**cells: str) -> list[list[str]]:
    """The rows of INTEREST with some cells changed: `changed(B2="1")`."""
    rows = [list(row) for row in INTEREST]
    for place, value in cells.items():
        rows[int(place[1:]) - 1]["ABC".index(place[0])] = value
    return rows


def test_with_nothing_read_the_page_says_where_to_begin(window: Window) -> None:
    assert window.open("review").title == "Review"
    assert "Nothing has been read yet. Add papers on the Upload page" in window.text


def test_what_waits_fails_or_is_being_read_is_nothing_to_review(window: Window) -> None:
    submit("waits.pdf")
    failed()
    half_read(done=1, total=2)

    assert "Nothing has been read yet." in window.open("review").text


def test_the_cells_of_the_first_table_are_shown_as_printed(window: Window) -> None:
    window.review(to_review())

    assert window.cells == INTEREST
    assert "ruled, regularity 100 %" in window.text


def test_a_paper_without_tables_says_so(window: Window) -> None:
    window.review(to_review("blank.pdf", blank_paper()))

    assert "No table was found in this document." in window.text
    assert "Page 1 is blank" in window.text


def test_an_edit_is_saved_as_one_revision(window: Window) -> None:
    document = to_review()

    window.review(document).edit({1: {"c1": "12,346.00"}})

    assert rows_of(document) == changed(B2="12,346.00")
    assert edits_of(document) == ["page 1, table 1 · B2: “12,345.00” → “12,346.00”"]
    told = "tester · page 1, table 1 · B2: “12,345.00” → “12,346.00”"
    assert told in window.turn_to("History").text


def test_two_edits_one_after_the_other_are_both_kept(window: Window) -> None:
    document = to_review()

    window.review(document).edit({1: {"c1": "1"}}).edit({1: {"c1": "1"}, 2: {"c2": "2"}})

    assert rows_of(document) == changed(B2="1", C3="2")
    assert len(edits_of(document)) == 2


def test_the_grid_keeps_the_rows_it_began_with_while_one_types(window: Window) -> None:
    window.review(to_review())
    key = window.grid.key

    window.edit({1: {"c1": "1"}}).draw()

    assert window.grid.key == key
    assert window.cells == INTEREST


def test_drawing_the_page_again_saves_nothing_twice(window: Window) -> None:
    document = to_review()

    window.review(document).edit({1: {"c1": "1"}}).draw().draw()

    assert len(edits_of(document)) == 1


def test_a_cell_can_be_emptied(window: Window) -> None:
    document = to_review()

    window.review(document).edit({1: {"c1": None}})

    assert rows_of(document) == changed(B2="")


def test_rows_can_be_added_and_deleted_in_the_grid(window: Window) -> None:
    document = to_review()

    window.review(document).edit({}, added=[{"c0": "Fixed deposit 3"}], deleted=[1])

    kept = [INTEREST[0], *INTEREST[2:]]
    assert rows_of(document) == [*kept, ["Fixed deposit 3", "", ""]]


def test_undo_and_redo_go_through_the_edits(window: Window) -> None:
    document = to_review()
    window.review(document).edit({1: {"c1": "1"}}).edit({1: {"c1": "1"}, 2: {"c1": "2"}})

    window.click("Undo")
    assert window.cells == rows_of(document) == changed(B2="1")
    window.click("Undo")
    assert window.cells == rows_of(document) == INTEREST
    assert not window.can("Undo")

    window.click("Redo")
    assert window.cells == rows_of(document) == changed(B2="1")
    window.click("Redo")
    assert window.cells == rows_of(document) == changed(B2="1", B3="2")
    assert not window.can("Redo")


def test_an_edit_after_an_undo_ends_what_could_be_redone(window: Window) -> None:
    document = to_review()
    window.review(document).edit({1: {"c1": "1"}}).click("Undo")

    window.edit({1: {"c1": "9"}})

    assert not window.can("Redo")
    assert rows_of(document) == changed(B2="9")
    assert "“1” *(undone, written over)*" in window.turn_to("History").text


def test_edits_outlive_the_window_that_made_them(window: Window) -> None:
    document = to_review()
    window.review(document).edit({1: {"c1": "1"}})

    again = Window().review(document)

    assert again.cells == changed(B2="1")
    assert again.click("Undo").cells == INTEREST


@pytest.mark.parametrize(
    ("verb", "rows"),
    [
        ("Insert row above", [["", "", ""], *INTEREST]),
        ("Insert row below", [INTEREST[0], ["", "", ""], *INTEREST[1:]]),
        ("Delete row", INTEREST[1:]),
        ("Insert left", [["", *row] for row in INTEREST]),
        ("Insert right", [[row[0], "", *row[1:]] for row in INTEREST]),
        ("Delete column", [row[1:] for row in INTEREST]),
    ],
)
def test_rows_and_columns_can_be_put_in_and_taken_out(window: Window, verb, rows) -> None:
    document = to_review()

    window.review(document).click(verb)

    assert window.cells == rows_of(document) == rows
    assert window.click("Undo").cells == INTEREST


def test_a_header_row_names_the_columns_until_it_is_none(window: Window) -> None:
    document = to_review()

    window.review(document).click("Use as header")
    assert tables_of(document)[0].content.header_row == 0
    assert window.columns == ["A · Account", "B · Interest (Rs.)", "C · TDS (Rs.)"]

    window.click("Not a header")
    assert tables_of(document)[0].content.header_row is None
    assert window.columns == ["A", "B", "C"]


def test_the_header_may_be_edited_and_its_grid_stays_the_same_while_one_types(
    window: Window,
) -> None:
    document = to_review()
    window.review(document).click("Use as header")
    key, columns = window.grid.key, window.columns

    window.edit({0: {"c0": "Deposit"}}).edit({0: {"c0": "Deposit"}, 1: {"c1": "1"}})

    assert (window.grid.key, window.columns) == (key, columns)
    assert rows_of(document) == changed(A1="Deposit", B2="1")


def test_the_header_row_moves_with_the_rows_deleted_above_it(window: Window) -> None:
    document = to_review()
    (table,) = tables_of(document)
    service.mark_header(document.id, table.id, 0, 2)

    window.review(document).edit({}, deleted=[0, 4])

    content = tables_of(document)[0].content
    assert content.rows == INTEREST[1:4]
    assert content.rows[content.header_row] == INTEREST[2]


def test_a_table_whose_rows_were_all_deleted_keeps_its_columns(window: Window) -> None:
    document = to_review()

    window.review(document).edit({}, deleted=list(range(len(INTEREST))))

    assert rows_of(document) == [["", "", ""]]
    assert window.click("Undo").cells == INTEREST


def test_a_dropped_table_can_be_restored(window: Window) -> None:
    document = to_review()

    window.review(document).click("Drop")
    assert tables_of(document)[0].content.dropped
    assert not window.app.dataframe

    window.click("Restore table")
    assert not tables_of(document)[0].content.dropped
    assert window.cells == INTEREST


def test_reset_goes_back_to_what_was_read_and_can_itself_be_undone(window: Window) -> None:
    document = to_review()
    window.review(document)
    assert not window.can("Reset")
    window.edit({1: {"c1": "1"}, 2: {"c1": "2"}})

    assert window.click("Reset").cells == rows_of(document) == INTEREST
    assert window.click("Undo").cells == changed(B2="1", B3="2")


def test_approved_means_locked_until_it_is_opened_again(window: Window) -> None:
    document = to_review()
    window.review(document).edit({1: {"c1": "1"}}).click("Approve")

    assert present(document).state == "approved"
    assert window.grid.proto.disabled
    assert not any(window.can(verb) for verb in ("Undo", "Redo", "Reset", "Drop"))

    window.click("Re-open")

    assert present(document).state == "review"
    assert not window.grid.proto.disabled
    window.click("Undo")
    assert rows_of(document) == INTEREST


def test_an_edit_that_comes_after_the_approval_is_refused_with_a_sentence(
    window: Window, other_window: Window
) -> None:
    document = to_review()
    window.review(document)
    other_window.review(document).click("Approve")

    window.edit({1: {"c1": "1"}})

    assert str(LockedError()) in window.text
    assert rows_of(document) == INTEREST
    assert window.cells == INTEREST


def test_two_windows_that_change_different_cells_keep_both_edits(
    window: Window, other_window: Window
) -> None:
    document = to_review()
    window.review(document)
    other_window.review(document)

    window.edit({1: {"c1": "mine"}})
    other_window.edit({2: {"c2": "theirs"}})

    assert rows_of(document) == changed(B2="mine", C3="theirs")
    assert other_window.cells == window.draw().cells == changed(B2="mine", C3="theirs")


def test_two_windows_can_go_on_in_turns(window: Window, other_window: Window) -> None:
    document = to_review()
    window.review(document)
    other_window.review(document)

    window.edit({1: {"c1": "1"}})
    other_window.edit({2: {"c1": "2"}})
    # What a window reports is always the whole difference to what it began with.
    window.edit({1: {"c1": "1"}, 3: {"c1": "3"}})
    other_window.draw().edit({4: {"c1": "4"}})

    assert rows_of(document) == changed(B2="1", B3="2", B4="3", B5="4")


def test_two_windows_that_change_the_same_cell_are_told_and_nothing_is_mixed(
    window: Window, other_window: Window
) -> None:
    document = to_review()
    window.review(document)
    other_window.review(document)
    window.edit({1: {"c1": "mine"}})

    other_window.edit({1: {"c1": "theirs"}, 2: {"c1": "theirs too"}})

    assert str(EditConflictError()) in other_window.text
    assert rows_of(document) == changed(B2="mine")
    assert other_window.cells == changed(B2="mine")
    assert len(edits_of(document)) == 1

    other_window.edit({2: {"c1": "theirs too"}})
    assert rows_of(document) == changed(B2="mine", B3="theirs too")


def test_an_edit_of_rows_that_another_window_has_moved_is_not_put_in_the_wrong_place(
    window: Window, other_window: Window
) -> None:
    document = to_review()
    window.review(document)
    other_window.review(document).click("Delete row")

    window.edit({4: {"c1": "1"}})

    assert str(EditConflictError()) in window.text
    assert rows_of(document) == INTEREST[1:]


def test_a_document_deleted_in_another_window_does_not_break_this_one(window: Window) -> None:
    document = to_review("gone.pdf")
    to_review("stays.pdf")
    window.review(document)

    service.delete(document.id)
    window.edit({1: {"c1": "1"}})

    assert str(NotFoundError()) in window.text
    assert "The document of this address is not here" in window.text


def test_the_buttons_lead_through_the_pile_from_the_oldest_on(window: Window) -> None:
    first, second = to_review("first.pdf"), to_review("second.pdf")
    window.open("review")

    assert "first.pdf" in window.text
    assert "**1 of 2**" in window.text
    assert [window.can("Previous"), window.can("Next")] == [False, True]

    window.click("Next")
    assert "second.pdf" in window.text
    assert [window.can("Previous"), window.can("Next")] == [True, False]
    assert window.app.query_params["document"] == second.id

    window.click("Previous")
    assert window.app.query_params["document"] == first.id


def test_the_page_begins_with_the_first_that_nobody_has_approved(window: Window) -> None:
    approved("done.pdf")
    to_review("open.pdf", paper("Open", PREMIUMS))

    assert "open.pdf" in window.open("review").text
    assert "**2 of 2**" in window.text


def test_an_address_of_a_document_that_is_gone_says_so_and_leads_on(window: Window) -> None:
    to_review("here.pdf")

    window.open("review", document="0" * 32)
    assert "The document of this address is not here" in window.text

    window.click("Open the first one to review")
    assert "here.pdf" in window.text


def test_the_page_stays_with_its_document_when_it_is_approved_and_others_are_read(
    window: Window,
) -> None:
    to_review("first.pdf")
    window.open("review").click("Approve")

    to_review("second.pdf")

    assert "first.pdf" in window.draw().text
    assert "**1 of 2**" in window.text


def test_each_document_keeps_its_own_cells_when_one_goes_to_and_fro(window: Window) -> None:
    first = to_review("first.pdf")
    second = to_review("second.pdf", paper("Premiums", PREMIUMS))
    window.review(first).edit({1: {"c1": "1"}})

    assert window.click("Next").cells == PREMIUMS
    assert window.click("Previous").cells == changed(B2="1")
    assert rows_of(second) == PREMIUMS


def test_an_edit_is_still_there_and_stays_after_a_look_at_another_page(window: Window) -> None:
    document = to_review()
    window.review(document).edit({1: {"c1": "1"}})

    window.open("documents").review(document)
    assert window.cells == changed(B2="1")

    # A fresh grid reports only what was typed into it since.
    window.edit({2: {"c1": "2"}})
    assert rows_of(document) == changed(B2="1", B3="2")


def test_another_table_of_the_document_can_be_chosen_and_edited(window: Window) -> None:
    document = read(submit("long.pdf", paper("Long", INTEREST, pages=3)))
    window.review(document)
    first, second, third = (table.id for table in tables_of(document))
    (chooser,) = (one for one in window.app.selectbox if one.label == "Table")
    assert chooser.value == first

    chooser.set_value(third)
    window.draw().edit({1: {"c1": "1"}})

    contents = {table.id: table.content.rows for table in tables_of(document)}
    assert contents == {first: INTEREST, second: INTEREST, third: changed(B2="1")}


def test_a_name_that_looks_like_markup_is_shown_as_it_is(window: Window) -> None:
    window.review(to_review(":red[x] **y** <b>.pdf", paper("Interest", INTEREST)))

    assert ":red[x] **y** <b>.pdf" in window.text


def test_the_csv_of_a_table_can_be_had_even_when_it_is_locked(window: Window) -> None:
    window.review(approved())

    (button,) = (one for one in window.app.get("download_button") if one.label == "CSV")
    assert not button.proto.disabled
