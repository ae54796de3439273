"""Edits that can be undone and redone, on SQLite and on a real PostgreSQL."""

from datetime import UTC, datetime

import pytest

from taxai_core.errors import LockedError, NotFoundError, WrongStateError
from taxai_core.models import Box, Page, Reading, Table
from taxai_core.store import documents, readings, revisions
from taxai_core.store.database import Store


class Reviewed:
    """A document in review with as many tables of one cell as asked for."""

    def __init__(self, store: Store, tables: int = 1) -> None:
        box = Box(x0=0, top=0, x1=1, bottom=1)
        read = [
            Table(page=1, bbox=box, method="lattice", accuracy=99, rows=[[f"read {number}"]])
            for number in range(tables)
        ]
        page = Page(number=1, width_pt=1, height_pt=1, tables=read, warnings=[])
        self.store = store
        self.id, _ = documents.add(store, "a.pdf", b"%PDF-", None, "tester")
        documents.claim(store, self.id, 1)
        readings.finish(store, self.id, 1, Reading(sha256="", pages=[page]))

    def edit(self, text: str, table: int = 0, by: str = "tester") -> int:
        table_id = readings.load(self.store, self.id).tables[table].id
        content = {"rows": [[text]], "header_row": None, "dropped": False}
        with self.store.writing() as session:
            return revisions.save_edit(
                session, self.store.vault, self.id, table_id, by, f"set {text}", content
            )

    def clear_field(self, name: str) -> int:
        with self.store.writing() as session:
            vault, content = self.store.vault, {"field": None}
            return revisions.save_edit(
                session, vault, self.id, f"1/{name}", "tester", f"cleared {name}", content
            )

    @property
    def fields(self) -> dict[str, int]:
        """The edits in force of fields, by place."""
        with self.store.reading() as session:
            found = revisions.current_fields(session, self.store.vault, self.id)
        return {place: content["seq"] for place, content in found.items()}

    def undo(self) -> revisions.Revision | None:
        with self.store.writing() as session:
            return revisions.undo(session, self.store.vault, self.id)

    def redo(self) -> revisions.Revision | None:
        with self.store.writing() as session:
            return revisions.redo(session, self.store.vault, self.id)

    @property
    def cells(self) -> list[str]:
        tables = readings.load(self.store, self.id).tables
        return [table.content.rows[0][0] for table in tables]


def test_an_edit_is_in_force_until_it_is_undone(store: Store) -> None:
    document = Reviewed(store)
    document.edit("first")
    document.edit("second")
    seen = [document.cells]

    for _ in range(2):
        document.undo()
        seen.append(document.cells)

    assert seen == [["second"], ["first"], ["read 0"]]
    assert document.undo() is None


def test_what_was_undone_comes_back_in_the_order_it_was_made(store: Store) -> None:
    document = Reviewed(store)
    document.edit("first")
    document.edit("second")
    document.undo()
    document.undo()
    seen = []

    for _ in range(2):
        document.redo()
        seen.append(document.cells)

    assert seen == [["first"], ["second"]]
    assert document.redo() is None


def test_after_a_new_edit_nothing_can_be_redone_and_the_history_keeps_it(store: Store) -> None:
    document = Reviewed(store)
    document.edit("first")
    document.undo()

    document.edit("other")

    assert document.redo() is None
    assert document.cells == ["other"]
    edits = [line for line in revisions.history(store, document.id) if line.is_edit]
    assert [(line.summary, line.status) for line in edits] == [
        ("set other", "live"),
        ("set first", "gone"),
    ]


def test_undo_takes_the_last_edit_of_the_document_whichever_table_it_was(store: Store) -> None:
    document = Reviewed(store, tables=2)
    document.edit("left", table=0)
    document.edit("right", table=1)

    document.undo()

    assert document.cells == ["left", "read 1"]


def test_tables_and_fields_have_one_order_of_edits(store: Store) -> None:
    document = Reviewed(store)
    first = document.clear_field("basic")
    document.edit("edited")
    document.clear_field("hra")
    last = document.clear_field("basic")
    seen = [(document.cells, document.fields)]

    for _ in range(4):
        document.undo()
        seen.append((document.cells, document.fields))

    assert seen == [
        (["edited"], {"1/basic": last, "1/hra": last - 1}),
        (["edited"], {"1/basic": first, "1/hra": last - 1}),
        (["edited"], {"1/basic": first}),
        (["read 0"], {"1/basic": first}),
        (["read 0"], {}),
    ]
    redone = document.redo()
    assert redone
    assert (redone.field, redone.table_id, redone.is_edit) == ("1/basic", None, True)
    assert document.fields == {"1/basic": first}


def test_what_was_read_and_what_happened_cannot_be_undone(store: Store) -> None:
    document = Reviewed(store)

    assert document.undo() is None
    assert [line.is_edit for line in revisions.history(store, document.id)] == [False, False]


def test_an_approved_document_takes_no_edit_undo_or_redo(store: Store) -> None:
    document = Reviewed(store)
    document.edit("first")
    documents.approve(store, document.id, "tester")

    for act in (lambda: document.edit("second"), document.undo, document.redo):
        with pytest.raises(LockedError, match="Re-open it"):
            act()
    assert document.cells == ["first"]


def test_a_reopened_document_can_be_edited_and_undone_again(store: Store) -> None:
    document = Reviewed(store)
    document.edit("first")
    documents.approve(store, document.id, "tester")
    documents.reopen(store, document.id, "tester")

    document.undo()

    assert document.cells == ["read 0"]


def test_a_document_that_is_not_read_yet_takes_no_edit(store: Store) -> None:
    waiting, _ = documents.add(store, "b.pdf", b"%PDF-2", None, "tester")

    expected = pytest.raises(WrongStateError, match="Cannot edit a document that is queued")
    with expected, store.writing() as session:
        revisions.undo(session, store.vault, waiting)


def test_a_deleted_document_takes_no_edit(store: Store) -> None:
    with pytest.raises(NotFoundError), store.writing() as session:
        revisions.undo(session, store.vault, "gone")


def test_the_history_says_who_did_what_and_when(store: Store) -> None:
    before = datetime.now(UTC)
    document = Reviewed(store)
    document.edit("first", by="meera")
    documents.approve(store, document.id, "ravi")

    history = revisions.history(store, document.id)

    assert [(line.author, line.summary) for line in history] == [
        ("ravi", "approved"),
        ("meera", "set first"),
        ("TaxAI", "read: 1 pages, 1 tables"),
        ("tester", "added"),
    ]
    assert [line.seq for line in history] == [4, 3, 2, 1]
    assert all(before <= line.at <= datetime.now(UTC) for line in history)


def test_two_documents_have_histories_of_their_own(store: Store) -> None:
    document = Reviewed(store)
    other, _ = documents.add(store, "b.pdf", b"%PDF-2", None, "tester")

    document.edit("first")

    assert [line.summary for line in revisions.history(store, other)] == ["added"]
