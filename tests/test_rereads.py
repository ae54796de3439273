"""Reading a page or an area again, on SQLite and on a real PostgreSQL: what it puts where."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from taxai_core.errors import (
    LockedError,
    NotFoundError,
    OutOfMemoryError,
    TaxAIError,
    WrongStateError,
)
from taxai_core.models import Box, Page, Reading, Table
from taxai_core.store import documents, readings, rereads, revisions
from taxai_core.store.database import Store
from taxai_core.store.readings import StoredTable
from taxai_core.store.rereads import Reread, Wish
from taxai_core.store.rows import RereadRow

AREA = Box(x0=10, top=20, x1=30, bottom=40)


def found(text: str, top: float = 0, page: int = 1, **more: object) -> Table:
    box = Box(x0=0, top=top, x1=100, bottom=top + 10)
    return Table(page=page, bbox=box, method="lattice", accuracy=99, rows=[[text]], **more)


class Reviewed:
    """A document of three pages in review: two tables on the first, none on the second, and one
    that goes on from the second to the third."""

    def __init__(self, store: Store, password: str | None = None) -> None:
        tables = {
            1: [found("first", 10), found("second", 50)],
            2: [found("begins", page=2)],
            3: [found("goes on", page=3, continues=True)],
        }
        pages = [
            Page(number=number, width_pt=595, height_pt=842, tables=tables[number], warnings=[])
            for number in tables
        ]
        self.store = store
        self.id, _ = documents.add(store, "a.pdf", b"%PDF-", password, "tester")
        documents.claim(store, self.id, 1)
        readings.finish(store, self.id, 1, Reading(sha256="", pages=pages))

    @property
    def tables(self) -> list[StoredTable]:
        return readings.load(self.store, self.id).tables

    @property
    def cells(self) -> list[str]:
        """The first cell of each table that is not dropped."""
        return [one.content.rows[0][0] for one in self.tables if not one.content.dropped]

    def ask(self, wish: Wish) -> Reread:
        return rereads.ask(self.store, self.id, wish, "meera")

    def read(self, wish: Wish, *tables: Table) -> Reread:
        """Do all that a worker does, which finds these tables."""
        asked = self.ask(wish)
        assert rereads.claim(self.store, asked.id, 1)
        assert rereads.finish(self.store, asked.id, 1, list(tables))
        return self.now(asked)

    def now(self, asked: Reread) -> Reread:
        (one,) = (r for r in rereads.of_document(self.store, self.id) if r.id == asked.id)
        return one

    def undo(self) -> revisions.Revision | None:
        with self.store.writing() as session:
            return revisions.undo(session, self.store.vault, self.id)

    def redo(self) -> None:
        with self.store.writing() as session:
            revisions.redo(session, self.store.vault, self.id)


@pytest.fixture
def document(store: Store) -> Reviewed:
    return Reviewed(store)


def test_a_table_read_again_has_other_rows_another_place_and_knows_why(document: Reviewed) -> None:
    before = document.tables[0]
    again = found("again", 12).model_copy(update={"method": "network", "accuracy": 88.0})

    done = document.read(Wish(1, "network", AREA, before.id), again)

    table = document.tables[0]
    assert (done.state, done.table_ids) == ("done", (before.id,))
    assert (table.content.rows, table.content.method) == ([["again"]], "network")
    assert table.content.parts[0].box == again.bbox
    choice = table.content.choice
    assert choice
    assert (choice.method, choice.area, choice.by) == ("network", AREA, "meera")
    assert choice.at == done.asked_at
    assert document.cells == ["again", "second", "begins"]


def test_undo_brings_back_rows_place_and_method_together(document: Reviewed) -> None:
    before = document.tables[0]
    document.read(Wish(1, "network", AREA, before.id), found("again", 12))
    after = document.tables[0]

    document.undo()
    assert document.tables[0].content.as_stored() == before.content.as_stored()
    document.redo()
    assert document.tables[0] == after


def test_reset_goes_back_to_what_was_read_first(document: Reviewed) -> None:
    before = document.tables[0]

    document.read(Wish(1, "network", AREA, before.id), found("again", 12))

    assert document.tables[0].read == before.read
    assert document.tables[0].is_edited


def test_a_table_added_beside_is_there_until_it_is_undone(document: Reviewed) -> None:
    done = document.read(Wish(1, None, AREA, beside=True), found("beside"))

    added = document.tables[2]
    assert (added.page, added.number, added.id) == (1, 3, done.table_ids[0])
    assert not added.is_edited or added.content.choice
    assert document.cells == ["first", "second", "beside", "begins"]

    document.undo()
    assert document.cells == ["first", "second", "begins"]
    with document.store.reading() as session, pytest.raises(NotFoundError):
        readings.load_table(session, document.store.vault, document.id, added.id)
    document.redo()
    assert document.tables[2] == added


def test_tables_of_a_page_are_replaced_from_its_top_and_brought_back_by_one_undo(
    document: Reviewed,
) -> None:
    document.read(Wish(1, "hybrid"), found("a"), found("b"), found("c"))
    assert document.cells == ["a", "b", "c", "begins"]

    document.undo()
    assert document.cells == ["first", "second", "begins"]
    document.redo()
    assert document.cells == ["a", "b", "c", "begins"]


def test_tables_of_a_page_that_are_left_over_are_dropped_until_undone(document: Reviewed) -> None:
    document.read(Wish(1, "hybrid"), found("a"))

    assert document.cells == ["a", "begins"]
    assert document.tables[1].content.dropped
    document.undo()
    assert document.cells == ["first", "second", "begins"]


def test_all_of_a_page_can_be_added_beside(document: Reviewed) -> None:
    document.read(Wish(1, beside=True), found("a"), found("b"))

    assert document.cells == ["first", "second", "a", "b", "begins"]
    document.undo()
    assert document.cells == ["first", "second", "begins"]


@pytest.mark.parametrize("page", [2, 3])
def test_a_table_that_goes_on_over_pages_stays_when_one_of_them_is_read_again(
    document: Reviewed, page: int
) -> None:
    document.read(Wish(page), found("new", page=page))

    assert document.cells == ["first", "second", "begins", "new"]
    assert document.tables[2].content.rows == [["begins"], ["goes on"]]
    document.undo()
    assert document.cells == ["first", "second", "begins"]


def test_where_nothing_is_found_nothing_changes_and_nothing_can_be_undone(
    document: Reviewed,
) -> None:
    before = document.tables

    done = document.read(Wish(1, "network", AREA, before[0].id))

    assert (done.state, done.table_ids) == ("done", ())
    assert document.tables == before
    assert document.undo() is None


def test_an_edit_made_meanwhile_is_told_and_brought_back_by_undo(document: Reviewed) -> None:
    table = document.tables[0]
    asked = document.ask(Wish(1, None, AREA, table.id))
    rereads.claim(document.store, asked.id, 1)
    edit = table.content.as_stored() | {"rows": [["edited meanwhile"]]}
    with document.store.writing() as session:
        vault = document.store.vault
        revisions.save_edit(session, vault, document.id, table.id, "ravi", "edit", edit)

    rereads.finish(document.store, asked.id, 1, [found("again")])

    assert document.now(asked).replaced_an_edit
    assert document.cells[0] == "again"
    document.undo()
    assert document.cells[0] == "edited meanwhile"


def test_an_edit_known_to_who_asked_is_not_told(document: Reviewed) -> None:
    first = document.tables[0]
    document.read(Wish(1, None, AREA, first.id), found("once"))

    done = document.read(Wish(1, None, AREA, first.id), found("twice"))

    assert not done.replaced_an_edit
    document.undo()
    assert document.cells[0] == "once"


def test_a_document_approved_meanwhile_stays_as_it_was_approved(document: Reviewed) -> None:
    asked = document.ask(Wish(1, None, AREA, document.tables[0].id))
    rereads.claim(document.store, asked.id, 1)
    documents.approve(document.store, document.id, "ravi")

    with pytest.raises(LockedError):
        rereads.finish(document.store, asked.id, 1, [found("late")])

    assert document.cells == ["first", "second", "begins"]
    assert rereads.fail(document.store, asked.id, 1, LockedError())
    assert document.now(asked).error_message == str(LockedError())


def test_a_table_taken_back_meanwhile_is_not_written_to(document: Reviewed) -> None:
    added = document.read(Wish(1, beside=True), found("beside")).table_ids[0]
    asked = document.ask(Wish(1, None, AREA, added))
    rereads.claim(document.store, asked.id, 1)
    document.undo()

    with pytest.raises(NotFoundError):
        rereads.finish(document.store, asked.id, 1, [found("late")])

    assert document.cells == ["first", "second", "begins"]


def test_the_late_result_of_a_lost_run_changes_nothing(document: Reviewed) -> None:
    asked = document.ask(Wish(1, None, AREA, document.tables[0].id))
    rereads.claim(document.store, asked.id, 1)
    again = rereads.queue_again(document.store, asked.id)
    assert (again.run, again.lost_runs, again.state) == (2, 1, "queued")
    assert again.job_id != asked.job_id

    late = [
        rereads.finish(document.store, asked.id, 1, [found("late")]),
        rereads.fail(document.store, asked.id, 1, TaxAIError()),
        rereads.claim(document.store, asked.id, 1) is not None,
    ]

    assert late == [False, False, False]
    assert document.cells[0] == "first"
    assert rereads.claim(document.store, asked.id, 2)


def test_a_wish_withdrawn_leaves_nothing_to_do(document: Reviewed) -> None:
    asked = document.ask(Wish(1))
    rereads.claim(document.store, asked.id, 1)

    assert rereads.withdraw(document.store, asked.id)

    assert not rereads.finish(document.store, asked.id, 1, [found("late")])
    assert rereads.waiting(document.store) == []
    assert rereads.withdraw(document.store, asked.id) is None
    with pytest.raises(NotFoundError):
        rereads.queue_again(document.store, asked.id)


def test_a_failure_leaves_the_document_in_review_with_its_tables(document: Reviewed) -> None:
    asked = document.ask(Wish(1))
    rereads.claim(document.store, asked.id, 1)

    rereads.fail(document.store, asked.id, 1, OutOfMemoryError(1000))

    assert document.now(asked).state == "failed"
    assert documents.get(document.store, document.id).state == "review"
    assert document.cells == ["first", "second", "begins"]


Asking = Callable[[Reviewed], object]


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (lambda document: document.ask(Wish(4)), NotFoundError),
        (lambda document: document.ask(Wish(1, table_id=99)), NotFoundError),
        (lambda document: rereads.ask(document.store, "gone", Wish(1), "meera"), NotFoundError),
    ],
)
def test_what_is_not_there_cannot_be_read_again(
    document: Reviewed, ask: Asking, error: type[TaxAIError]
) -> None:
    with pytest.raises(error):
        ask(document)


def test_what_is_approved_or_not_read_yet_cannot_be_read_again(
    document: Reviewed, store: Store
) -> None:
    documents.approve(store, document.id, "ravi")
    waits, _ = documents.add(store, "b.pdf", b"%PDF-2", None, "tester")

    with pytest.raises(LockedError):
        document.ask(Wish(1))
    with pytest.raises(WrongStateError):
        rereads.ask(store, waits, Wish(1), "meera")


def test_the_password_is_kept_for_reading_again_and_goes_with_the_document(store: Store) -> None:
    document = Reviewed(store, password="abcpe1234f")
    asked = document.ask(Wish(1))

    claimed = rereads.claim(store, asked.id, 1)

    assert claimed
    wish, paper = claimed
    assert (wish, paper.password) == (Wish(1), "abcpe1234f")
    documents.delete(store, document.id)
    with store.reading() as session:
        assert session.scalars(select(RereadRow)).all() == []


def test_wishes_come_in_the_order_they_were_made(document: Reviewed) -> None:
    asked = [document.ask(Wish(page)).id for page in (3, 1, 2)]

    assert [one.id for one in rereads.waiting(document.store)] == asked
