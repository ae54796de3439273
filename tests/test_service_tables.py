"""What a reviewer does to a table, through the verbs that the pages call."""

from collections.abc import Callable

import pytest
from papers import INTEREST, PREMIUMS, paper, two_tables

from taxai_core import service
from taxai_core.errors import EditConflictError, LockedError, NotFoundError
from taxai_core.store.readings import Content, StoredTable


class Review:
    """A document under review and the first table in it, as a window shows it."""

    def __init__(self, document_id: str) -> None:
        self.id = document_id
        self.table_id = self.table.id

    @property
    def table(self) -> StoredTable:
        return service.open_document(self.id).reading.tables[0]

    @property
    def content(self) -> Content:
        return self.table.content

    def with_cell(self, row: int, column: int, text: str) -> list[list[str]]:
        rows = [list(cells) for cells in self.content.rows]
        rows[row][column] = text
        return rows

    def save(self, rows: list[list[str]], base_seq: int | None = None) -> Content:
        seq = self.content.seq if base_seq is None else base_seq
        return service.save_rows(self.id, self.table_id, seq, rows)

    def do(self, verb: Callable[..., Content], *words: object) -> Content:
        return verb(self.id, self.table_id, self.content.seq, *words)

    @property
    def history(self) -> list[str]:
        return [line.summary for line in service.open_document(self.id).history]


@pytest.fixture
def review(read_paper: Callable[..., str]) -> Review:
    return Review(read_paper(paper("Interest certificate", INTEREST)))


def test_a_saved_cell_is_there_when_the_document_is_opened_again(review: Review) -> None:
    saved = review.save(review.with_cell(1, 1, "12,346.00"))

    assert review.content == saved
    assert review.content.rows[1] == ["Savings account", "12,346.00", "0.00"]
    assert review.table.is_edited
    assert review.table.read.rows == INTEREST


def test_the_history_says_which_cell_became_what_and_by_whom(review: Review) -> None:
    review.save(review.with_cell(1, 1, "12,346.00"))

    line = service.open_document(review.id).history[0]

    assert line.author == "tester"
    assert line.summary == "page 1, table 1 · B2: “12,345.00” → “12,346.00”"


def test_saving_what_is_there_already_is_no_edit(review: Review) -> None:
    before = review.history

    review.save(review.content.rows)

    assert review.history == before
    assert not service.open_document(review.id).can_undo


def test_undo_and_redo_say_whether_there_is_anything_to_do(review: Review) -> None:
    review.save(review.with_cell(1, 1, "12,346.00"))
    edited = service.open_document(review.id)

    service.undo(review.id)
    undone = service.open_document(review.id)

    assert (edited.can_undo, edited.can_redo) == (True, False)
    assert (undone.can_undo, undone.can_redo) == (False, True)
    assert review.content.rows == INTEREST
    service.redo(review.id)
    assert review.content.rows[1][1] == "12,346.00"


def test_reset_goes_back_to_what_was_read_and_can_be_undone(review: Review) -> None:
    review.save(review.with_cell(1, 1, "1"))
    review.save(review.with_cell(2, 1, "2"))

    review.do(service.reset_table)

    assert review.content.rows == INTEREST
    assert not review.table.is_edited
    service.undo(review.id)
    assert (review.content.rows[1][1], review.content.rows[2][1]) == ("1", "2")


@pytest.mark.parametrize(
    ("verb", "at", "header"),
    [
        (service.insert_row, 0, 3),
        (service.insert_row, 2, 3),
        (service.insert_row, 3, 2),
        (service.delete_row, 0, 1),
        (service.delete_row, 2, None),
        (service.delete_row, 3, 2),
    ],
)
def test_the_header_stays_on_its_row_when_rows_come_and_go(
    review: Review, verb: Callable[..., Content], at: int, header: int | None
) -> None:
    review.do(service.mark_header, 2)

    content = review.do(verb, at)

    assert content.header_row == header
    if header is not None:
        assert content.rows[header] == INTEREST[2]


def test_rows_and_columns_are_put_in_and_taken_out_where_asked(review: Review) -> None:
    review.do(service.insert_row, 1)
    review.do(service.insert_column, 3)
    assert review.content.rows[:2] == [[*INTEREST[0], ""], ["", "", "", ""]]

    review.do(service.delete_row, 1)
    review.do(service.delete_column, 3)

    assert review.content.rows == INTEREST
    assert review.history[:4] == [
        "page 1, table 1 · column D deleted",
        "page 1, table 1 · row 2 deleted",
        "page 1, table 1 · column D inserted",
        "page 1, table 1 · row 2 inserted",
    ]


def test_a_dropped_table_is_kept_and_can_be_restored(review: Review) -> None:
    review.do(service.drop_table)
    assert review.content.dropped

    review.do(service.restore_table)

    assert not review.content.dropped
    assert review.content.rows == INTEREST


def test_an_approved_document_cannot_be_changed_until_it_is_reopened(review: Review) -> None:
    rows = review.with_cell(1, 1, "1")
    service.approve(review.id)

    with pytest.raises(LockedError):
        review.save(rows)
    with pytest.raises(LockedError):
        review.do(service.drop_table)
    assert review.content.rows == INTEREST

    service.reopen(review.id)
    review.save(rows)
    assert review.content.rows == rows


def test_two_windows_that_edit_different_cells_both_keep_their_edit(review: Review) -> None:
    seq = review.content.seq
    mine, theirs = review.with_cell(1, 1, "mine"), review.with_cell(2, 1, "theirs")

    review.save(theirs, seq)
    review.save(mine, seq)

    assert (review.content.rows[1][1], review.content.rows[2][1]) == ("mine", "theirs")


def test_two_windows_that_edit_one_cell_are_told_and_the_first_edit_stays(review: Review) -> None:
    seq = review.content.seq
    mine, theirs = review.with_cell(1, 1, "mine"), review.with_cell(1, 1, "theirs")
    review.save(theirs, seq)

    with pytest.raises(EditConflictError):
        review.save(mine, seq)

    assert review.content.rows == theirs


@pytest.mark.parametrize(
    "change",
    [
        lambda review, seq: service.insert_row(review.id, review.table_id, seq, 0),
        lambda review, seq: service.delete_row(review.id, review.table_id, seq, 0),
        lambda review, seq: service.insert_column(review.id, review.table_id, seq, 0),
        lambda review, seq: service.delete_column(review.id, review.table_id, seq, 0),
        lambda review, seq: service.mark_header(review.id, review.table_id, seq, 0),
        lambda review, seq: service.drop_table(review.id, review.table_id, seq),
        lambda review, seq: service.restore_table(review.id, review.table_id, seq),
        lambda review, seq: service.reset_table(review.id, review.table_id, seq),
    ],
)
def test_a_change_of_shape_on_an_old_view_is_told_and_loses_nothing(
    review: Review, change: Callable[[Review, int], object]
) -> None:
    seq = review.content.seq
    theirs = review.save(review.with_cell(1, 1, "theirs"))

    with pytest.raises(EditConflictError):
        change(review, seq)

    assert review.content == theirs


def test_an_edit_on_a_view_whose_row_is_gone_is_told_and_loses_nothing(review: Review) -> None:
    seq, rows = review.content.seq, review.with_cell(1, 1, "mine")
    theirs = review.do(service.delete_row, 4)

    with pytest.raises(EditConflictError):
        review.save(rows, seq)

    assert review.content == theirs


def test_an_edit_keeps_the_header_that_another_window_marked(review: Review) -> None:
    seq = review.content.seq
    rows = review.with_cell(1, 1, "mine")
    review.do(service.mark_header, 0)

    review.save(rows, seq)

    assert (review.content.header_row, review.content.rows[1][1]) == (0, "mine")


def test_an_edit_of_a_deleted_document_is_told_so(review: Review) -> None:
    rows = review.with_cell(1, 1, "1")
    service.delete(review.id)

    with pytest.raises(NotFoundError):
        service.save_rows(review.id, review.table_id, 0, rows)


def test_a_table_cannot_be_edited_through_another_document(
    review: Review, read_paper: Callable[..., str]
) -> None:
    other = read_paper(paper("Premiums", PREMIUMS))

    with pytest.raises(NotFoundError):
        service.save_rows(other, review.table_id, 0, [["x"]])

    assert review.content.rows == INTEREST


def test_tables_of_one_page_are_edited_apart(read_paper: Callable[..., str]) -> None:
    document_id = read_paper(two_tables(PREMIUMS, INTEREST))
    first, second = service.open_document(document_id).reading.tables

    service.save_rows(document_id, second.id, 0, [["only", "this"]])

    now = service.open_document(document_id).reading.tables
    assert [(table.page, table.number) for table in now] == [(1, 1), (1, 2)]
    assert [table.content.rows for table in now] == [PREMIUMS, [["only", "this"]]]
    assert now[0] == first
