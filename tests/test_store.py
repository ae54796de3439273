"""Documents and their states, on SQLite and on a real PostgreSQL."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, func, select

from taxai_core.errors import (
    CorruptPdfError,
    NotFoundError,
    OtherVersionError,
    OutOfMemoryError,
    StorageError,
    TaxAIError,
    WrongPasswordError,
    WrongStateError,
)
from taxai_core.models import Box, Field, Page, Reading, Record, Table
from taxai_core.store import database, documents, interrupted, readings, revisions
from taxai_core.store.database import Store, migrate, open_store
from taxai_core.store.document import Document
from taxai_core.store.rows import DocumentRow, Row

MIGRATIONS = Path(database.__file__).parent / "migrations"
# What a database of the first version holds: one document, one table, one edit of it.
OLD_ROWS = (
    "INSERT INTO documents (id, fingerprint, name_sealed, size_bytes, state, run, lost_runs,"
    " pages_done, document_type, type_confidence, created_at, queued_at)"
    " VALUES ('d', 'f', '', 1, 'review', 1, 0, 1, 'other', 0, '2026-01-01', '2026-01-01')",
    "INSERT INTO pages (document_id, number, width_pt, height_pt) VALUES ('d', 1, 1, 1)",
    "INSERT INTO tables (id, document_id, page, number, x0, top, x1, bottom, method, accuracy,"
    " rows_sealed) VALUES (5, 'd', 1, 1, 0, 0, 1, 1, 'lattice', 99, '')",
    "INSERT INTO revisions (document_id, seq, table_id, author, at, summary_sealed, status)"
    " VALUES ('d', 1, 5, 'meera', '2026-01-01', '', 'live')",
)
PAPER = b"%PDF-1.7 the bytes of a paper"


def reading(*rows: list[str]) -> Reading:
    box = Box(x0=1, top=2, x1=3, bottom=4)
    table = Table(page=1, bbox=box, method="lattice", accuracy=99.0, rows=list(rows))
    page = Page(number=1, width_pt=595, height_pt=842, tables=[table], warnings=[])
    field = Field(value="5.00", page=1, bbox=box, source="text", confidence=0.9, text="5")
    record = Record(
        first_page=1,
        last_page=1,
        document_type="payslip",
        type_confidence=0.8,
        fields={"basic": field},
        taxpayer_pan="ABCPE1234F",
    )
    return Reading(sha256="ab", pages=[page], records=[record], warnings=["Page 9 is damaged."])


def add(store: Store, data: bytes = PAPER, password: str | None = None) -> Document:
    document_id, _ = documents.add(store, "a.pdf", data, password, "tester")
    return documents.get(store, document_id)


def in_review(store: Store) -> Document:
    document = add(store)
    documents.claim(store, document.id, 1)
    readings.finish(store, document.id, 1, reading(["Account", "Interest"], ["Savings", "5.00"]))
    return documents.get(store, document.id)


def told(store: Store, document: Document) -> list[str]:
    return [line.summary for line in reversed(revisions.history(store, document.id))]


def test_a_paper_goes_from_the_queue_to_review_and_approval(store: Store) -> None:
    document = add(store)
    assert (document.state, document.name, document.run) == ("queued", "a.pdf", 1)

    claimed = documents.claim(store, document.id, 1)
    assert claimed
    paper, is_light = claimed.paper, claimed.document.is_light
    assert not is_light
    assert (paper.data, paper.password) == (PAPER, None)
    assert documents.get(store, document.id).state == "extracting"

    assert documents.progress(store, document.id, 1, 1, 2)
    assert documents.get(store, document.id).pages_done == 1

    assert readings.finish(store, document.id, 1, reading(["Account", "Interest"]))
    assert documents.get(store, document.id).state == "review"

    documents.approve(store, document.id, "meera")
    assert documents.get(store, document.id).state == "approved"

    documents.reopen(store, document.id, "meera")
    assert documents.get(store, document.id).state == "review"
    assert told(store, document) == [
        "added",
        "read: 1 pages, 1 tables",
        "approved",
        "re-opened",
    ]


def test_what_was_read_comes_back_as_it_was(store: Store) -> None:
    document = in_review(store)

    found = readings.load(store, document.id)

    (table,) = found.tables
    assert table.content.rows == [["Account", "Interest"], ["Savings", "5.00"]]
    assert [(part.page, part.box.as_list()) for part in table.content.parts] == [(1, [1, 2, 3, 4])]
    assert found.page_sizes == {1: (595, 842)}
    assert (found.warnings, found.sha256) == (["Page 9 is damaged."], "ab")
    (record,) = found.records
    assert (record.number, record.document_type, record.values["basic"].value) == (
        *(1, "payslip", "5.00"),
    )
    assert (document.document_type, document.records[0].taxpayer_pan) == ("payslip", "ABCPE1234F")
    assert document.records[0].lowest_confidence == 0.9


def test_a_document_not_read_yet_has_nothing_in_it(store: Store) -> None:
    found = readings.load(store, add(store).id)

    assert (found.tables, found.warnings) == ([], [])


def test_the_same_bytes_twice_are_one_document_under_its_first_name(store: Store) -> None:
    first, is_new = documents.add(store, "a.pdf", PAPER, None, "tester")

    again, is_new_again = documents.add(store, "b.pdf", PAPER, None, "tester")

    assert (is_new, is_new_again, again) == (True, False, first)
    assert [document.name for document in documents.listing(store)] == ["a.pdf"]
    assert list(store.blobs.document_ids()) == [first]


def test_two_who_add_the_same_bytes_at_once_get_one_document(store: Store) -> None:
    many = 6
    together = threading.Barrier(many)
    ids, troubles = [], []

    def add_one() -> None:
        together.wait()
        try:
            ids.append(documents.add(store, "a.pdf", PAPER, None, "tester"))
        except Exception as error:
            troubles.append(error)

    threads = [threading.Thread(target=add_one) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert troubles == []
    assert len({document_id for document_id, _ in ids}) == 1
    assert sum(is_new for _, is_new in ids) == 1
    assert len(documents.listing(store)) == 1
    assert list(store.blobs.document_ids()) == [ids[0][0]]


def test_one_run_is_claimed_once_however_many_ask(store: Store) -> None:
    document = add(store)
    many = 6
    together = threading.Barrier(many)
    papers = []

    def claim() -> None:
        together.wait()
        papers.append(documents.claim(store, document.id, 1))

    threads = [threading.Thread(target=claim) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(papers) == many
    assert sum(paper is not None for paper in papers) == 1


def test_the_password_reaches_the_worker_and_no_list(store: Store) -> None:
    document = add(store, password="abcpe1234f")

    claimed = documents.claim(store, document.id, 1)

    assert claimed
    assert claimed.paper.password == "abcpe1234f"
    assert "abcpe1234f" not in repr(document)


def test_a_failure_keeps_its_code_and_sentence(store: Store) -> None:
    document = add(store)
    documents.claim(store, document.id, 1)

    assert documents.fail(store, document.id, 1, OutOfMemoryError(1000))

    failed = documents.get(store, document.id)
    assert (failed.state, failed.error_code) == ("failed", "out_of_memory")
    assert failed.error_message == str(OutOfMemoryError(1000))
    assert failed.finished_at
    assert told(store, document)[-1] == "failed: out_of_memory"


def test_a_retry_is_a_new_run_without_the_old_failure(store: Store) -> None:
    document = add(store)
    documents.claim(store, document.id, 1)
    documents.fail(store, document.id, 1, WrongPasswordError())

    again = documents.queue_again(store, document.id, by="tester", password="abcpe1234f")

    assert (again.state, again.run, again.error_code, again.error_message) == (
        *("queued", 2, None, None),
    )
    assert again.job_id != document.job_id
    claimed = documents.claim(store, document.id, 2)
    assert claimed
    paper, is_light = claimed.paper, claimed.document.is_light
    assert paper.password == "abcpe1234f"
    assert not is_light


def test_what_needed_too_much_memory_is_read_with_the_lighter_method_next_time(
    store: Store,
) -> None:
    document = add(store)
    documents.claim(store, document.id, 1)
    documents.fail(store, document.id, 1, OutOfMemoryError(1000))
    documents.queue_again(store, document.id, by="tester")

    claimed = documents.claim(store, document.id, 2)

    assert claimed
    assert claimed.document.is_light


def test_a_worker_told_to_stop_is_no_lost_worker(store: Store) -> None:
    document = add(store)
    documents.claim(store, document.id, 1)

    back = interrupted.hand_back(store, document.id, lost=False)

    assert (back.state, back.run, back.lost_runs) == ("queued", 2, 0)
    assert told(store, document)[-1] == "queued again: its worker was told to stop"


def test_the_late_result_of_a_superseded_run_changes_nothing(store: Store) -> None:
    document = add(store)
    documents.claim(store, document.id, 1)
    interrupted.hand_back(store, document.id, lost=True)

    late = [
        documents.progress(store, document.id, 1, 5, 5),
        documents.fail(store, document.id, 1, CorruptPdfError()),
        readings.finish(store, document.id, 1, reading(["late"])),
    ]

    present = documents.get(store, document.id)
    assert late == [False, False, False]
    assert (present.state, present.run, present.pages_done) == ("queued", 2, 0)
    assert readings.load(store, document.id).tables == []
    assert documents.claim(store, document.id, 1) is None


def test_a_second_reading_replaces_the_first(store: Store) -> None:
    document = add(store)
    documents.claim(store, document.id, 1)
    interrupted.hand_back(store, document.id, lost=True)
    documents.claim(store, document.id, 2)

    readings.finish(store, document.id, 2, reading(["second", "run"]))
    assert not readings.finish(store, document.id, 2, reading(["twice", "done"]))

    (table,) = readings.load(store, document.id).tables
    assert table.content.rows == [["second", "run"]]


def test_a_second_reading_takes_the_edits_of_the_first_with_it(store: Store) -> None:
    document = in_review(store)
    with store.writing() as session:
        content = {"field": None}
        save = (session, store.vault, document.id, "1/basic", "meera", "cleared", content)
        revisions.save_edit(*save)
        row = session.get(DocumentRow, document.id)
        assert row
        row.state = "extracting"
    assert readings.load(store, document.id).records[0].values == {}

    readings.finish(store, document.id, 1, reading(["second", "run"]))

    assert readings.load(store, document.id).records[0].values["basic"].value == "5.00"
    assert told(store, document) == ["added", "read: 1 pages, 1 tables", "read: 1 pages, 1 tables"]


def test_a_cancelled_run_may_not_go_on(store: Store) -> None:
    document = add(store)
    documents.claim(store, document.id, 1)

    documents.cancel(store, document.id, "tester")

    assert not documents.progress(store, document.id, 1, 1, 2)
    assert not readings.finish(store, document.id, 1, reading(["late"]))
    assert documents.get(store, document.id).state == "cancelled"
    assert documents.queue_again(store, document.id, by="tester").state == "queued"


ACTIONS: dict[str, Callable[[Store, str], object]] = {
    "retry": lambda store, id_: documents.queue_again(store, id_, by="x"),
    "cancel": lambda store, id_: documents.cancel(store, id_, "x"),
    "approve": lambda store, id_: documents.approve(store, id_, "x"),
    "re-open": lambda store, id_: documents.reopen(store, id_, "x"),
}
ALLOWED = {
    "queued": {"cancel"},
    "extracting": {"cancel"},
    "failed": {"retry"},
    "cancelled": {"retry"},
    "review": {"approve"},
    "approved": {"re-open"},
}


def bring_to(store: Store, state: str) -> str:
    document_id = add(store).id
    if state in ("extracting", "failed", "review", "approved"):
        documents.claim(store, document_id, 1)
    if state == "failed":
        documents.fail(store, document_id, 1, TaxAIError())
    if state == "cancelled":
        documents.cancel(store, document_id, "x")
    if state in ("review", "approved"):
        readings.finish(store, document_id, 1, reading(["a"]))
    if state == "approved":
        documents.approve(store, document_id, "x")
    assert documents.get(store, document_id).state == state
    return document_id


@pytest.mark.parametrize("state", ALLOWED)
def test_a_state_allows_its_actions_and_refuses_the_others_by_name(
    store: Store, state: str
) -> None:
    document_id = bring_to(store, state)

    for name, act in ACTIONS.items():
        if name not in ALLOWED[state]:
            with pytest.raises(WrongStateError, match=f"Cannot {name} a document that is {state}"):
                act(store, document_id)
    for name in ALLOWED[state]:
        ACTIONS[name](store, document_id)

    assert documents.get(store, document_id).state != state


def test_what_is_asked_of_a_deleted_document_is_told_so(store: Store) -> None:
    document_id = in_review(store).id
    documents.delete(store, document_id)

    for act in ACTIONS.values():
        with pytest.raises(NotFoundError):
            act(store, document_id)
    with pytest.raises(NotFoundError):
        readings.load(store, document_id)
    assert not documents.progress(store, document_id, 1, 1, 1)
    assert documents.claim(store, document_id, 1) is None
    documents.delete(store, document_id)


def test_a_deletion_leaves_no_row_and_no_blob(store: Store) -> None:
    document = in_review(store)
    store.blobs.put(document.id, readings.picture_name(1, 1), b"a picture")
    stays = add(store, b"%PDF- another paper")

    documents.delete(store, document.id)

    assert list(store.blobs.document_ids()) == [stays.id]
    with store.reading() as session:
        left = {
            table.name: session.scalar(select(func.count()).select_from(table))
            for table in Row.metadata.sorted_tables
        }
    # The one revision tells that the other paper was added.
    assert left == {
        "documents": 1, "key_check": 1, "pages": 0, "records": 0, "rereads": 0,
        "tables": 0, "revisions": 1, "asks": 0, "answers": 0, "preferences": 0,
    }  # fmt: skip


def test_a_deleted_paper_can_be_added_anew(store: Store) -> None:
    documents.delete(store, add(store).id)

    assert documents.add(store, "a.pdf", PAPER, None, "tester")[1]


def test_waiting_documents_come_in_the_order_they_were_queued(store: Store) -> None:
    first, second, third = (add(store, PAPER + bytes([n])) for n in range(3))
    documents.cancel(store, first.id, "tester")
    documents.queue_again(store, first.id, by="tester")
    documents.claim(store, third.id, 1)

    waiting = [document.id for document in documents.waiting(store)]

    assert waiting == [second.id, third.id, first.id]


def test_the_list_shows_the_newest_first(store: Store) -> None:
    first, second = add(store, PAPER), add(store, PAPER + b"2")

    assert [document.id for document in documents.listing(store)] == [second.id, first.id]


def test_times_are_in_utc_whatever_the_database(store: Store) -> None:
    document = in_review(store)

    moments = (document.created_at, document.queued_at, document.started_at, document.finished_at)
    assert all(moment and moment.utcoffset().total_seconds() == 0 for moment in moments)
    assert document.seconds is not None
    assert document.seconds >= 0


def test_the_migrations_make_exactly_the_tables_of_the_models(store: Store) -> None:
    with store.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Row.metadata)

    assert differences == []


def test_migrating_twice_changes_nothing(store: Store, database_url: str, tmp_path: Path) -> None:
    document = in_review(store)

    migrate(database_url, tmp_path / "store", key=None, key_path=tmp_path / "store.key")

    again = open_store(database_url, tmp_path / "store", key=None, key_path=tmp_path / "store.key")
    assert documents.get(again, document.id) == document


def test_a_database_that_was_not_brought_to_this_version_is_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'taxai.db'}"
    key_path = tmp_path / "store.key"
    key_path.write_text("A" * 43 + "=")

    with pytest.raises(OtherVersionError, match="taxai migrate"):
        open_store(url, tmp_path, key=None, key_path=key_path)


def test_edits_made_in_the_first_version_of_the_tables_are_kept_by_later_ones(
    database_url: str, tmp_path: Path
) -> None:
    engine = create_engine(database_url)
    (tmp_path / "store").mkdir()
    with engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in OLD_ROWS:
            connection.exec_driver_sql(statement)
        connection.commit()

        command.upgrade(config, "head")
        connection.commit()

        kept = connection.exec_driver_sql("SELECT seq, act, table_id, field, status FROM revisions")
        assert [tuple(row) for row in kept] == [(1, 1, 5, None, "live")]
        (table,) = connection.exec_driver_sql("SELECT is_ocr, parts, added FROM tables")
        assert (bool(table[0]), table[1], bool(table[2])) == (False, None, False)
        (page,) = connection.exec_driver_sql("SELECT kind FROM pages")
        assert page[0] == "text"


def test_a_database_that_does_not_answer_is_a_sentence(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://postgres@/none?host={tmp_path}"

    with pytest.raises(StorageError, match="data folder cannot be written"):
        migrate(url, tmp_path / "data", key=None, key_path=tmp_path / "data.key")


def test_a_data_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "data"

    with pytest.raises(StorageError):
        migrate(f"sqlite:///{folder}/taxai.db", folder, key=None, key_path=tmp_path / "k")


def test_a_paper_that_cannot_be_stored_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    (tmp_path / "store" / "blobs").write_text("a file where the folder should be")

    with pytest.raises(StorageError):
        documents.add(store, "a.pdf", PAPER, None, "tester")

    assert documents.listing(store) == []
