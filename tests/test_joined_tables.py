"""Tables that go on over pages are one table for the reviewer, and each row knows its page."""

from dataclasses import replace

import pytest

from taxai_core import service
from taxai_core.jobs.workplace import get_store
from taxai_core.models import Box, Page, Reading, Table
from taxai_core.service.grid import parts_without_rows
from taxai_core.store import documents, readings, revisions
from taxai_core.store.contents import Content
from taxai_core.store.database import Store
from taxai_core.store.readings import StoredTable

HEAD = ["Date", "Amount"]


def table(page: int, *rows: list[str], top: float = 0, **more: object) -> Table:
    box = Box(x0=0, top=top, x1=100, bottom=top + 50)
    return Table(page=page, bbox=box, method="lattice", accuracy=100 - page, rows=rows, **more)


def store_reading(store: Store, *tables: Table, data: bytes = b"%PDF-") -> str:
    pages = [
        Page(
            number=number,
            width_pt=595,
            height_pt=842,
            tables=[one for one in tables if one.page == number],
            warnings=[],
            kind="scan" if number == 3 else "text",
        )
        for number in range(1, 6)
    ]
    document_id, _ = documents.add(store, "a.pdf", data, None, "tester")
    documents.claim(store, document_id, 1)
    assert readings.finish(store, document_id, 1, Reading(sha256="", pages=pages))
    return document_id


THREE_PAGES = (
    table(1, ["before", "it"]),
    table(2, HEAD, ["1 May", "10"], top=300),
    table(3, HEAD, ["2 May", "20"], ["3 May", "30"], continues=True, repeated_rows=1, is_ocr=True),
    table(4, ["4 May", "40", "note"], continues=True),
    table(4, ["after", "it"], top=400),
)


def test_a_table_of_three_pages_is_one_without_the_headers_it_repeats(store: Store) -> None:
    document_id = store_reading(store, *THREE_PAGES)

    reading = readings.load(store, document_id)

    before, joined, after = reading.tables
    assert joined.content.rows == [
        [*HEAD, ""],
        ["1 May", "10", ""],
        ["2 May", "20", ""],
        ["3 May", "30", ""],
        ["4 May", "40", "note"],
    ]
    assert [(part.page, part.first_row) for part in joined.content.parts] == [
        (2, 0),
        (3, 2),
        (4, 4),
    ]
    assert [part.box.top for part in joined.content.parts] == [300, 0, 0]
    assert (joined.place, before.place) == ("pages 2–4, table 1", "page 1, table 1")
    assert (after.place, after.content.rows) == ("page 4, table 2", [["after", "it"]])
    assert (joined.content.accuracy, joined.content.is_ocr) == (96, True)
    assert reading.tables_on(3) == [joined]
    assert reading.tables_on(4) == [joined, after]
    assert reading.page_kinds[3] == "scan"


def test_a_table_whose_beginning_is_not_there_stands_for_itself(store: Store) -> None:
    document_id = store_reading(
        store, table(1, ["a", "b"]), table(3, HEAD, ["c", "d"], continues=True, repeated_rows=1)
    )

    first, second = readings.load(store, document_id).tables

    assert (first.pages, second.pages) == ([1], [3])
    assert second.content.rows == [HEAD, ["c", "d"]]


def test_the_history_counts_what_the_reviewer_sees(store: Store) -> None:
    document_id = store_reading(store, *THREE_PAGES)

    assert revisions.history(store, document_id)[0].summary == "read: 5 pages, 3 tables"


@pytest.fixture
def joined(data: object) -> StoredTable:
    """The table of three pages, in the store that the service works on."""
    document_id = store_reading(get_store(), *THREE_PAGES)
    return service.open_document(document_id).reading.tables[1]


def starts(content: Content) -> dict[int, str]:
    """What stands in the first cell of each page."""
    return {
        part.page: content.rows[part.first_row][0]
        for part in content.parts
        if part.first_row < len(content.rows)
    }


def only_document() -> str:
    (document,) = service.list_documents()
    return document.id


@pytest.mark.parametrize("at", [0, 1, 3])
def test_rows_put_in_and_taken_out_leave_the_others_on_their_pages(
    joined: StoredTable, at: int
) -> None:
    document_id = only_document()

    with_row = service.insert_row(document_id, joined.id, 0, at)
    without = service.delete_row(document_id, joined.id, with_row.seq, at)

    assert starts(without) == starts(joined.content) == {2: "Date", 3: "2 May", 4: "4 May"}
    assert starts(with_row)[4] == "4 May"


def test_the_first_row_of_a_page_deleted_leaves_the_next_one_first(joined: StoredTable) -> None:
    content = service.delete_row(only_document(), joined.id, 0, 2)

    assert starts(content) == {2: "Date", 3: "3 May", 4: "4 May"}


def test_rows_deleted_in_the_grid_are_saved_with_where_the_pages_begin_then(
    joined: StoredTable,
) -> None:
    deleted = [1, 3]
    rows = [row for index, row in enumerate(joined.content.rows) if index not in deleted]
    parts = parts_without_rows(joined.content.parts, deleted)

    content = service.save_rows(only_document(), joined.id, 0, rows, parts=parts)

    assert starts(content) == {2: "Date", 3: "2 May", 4: "4 May"}
    assert replace(content, seq=0) == replace(
        service.open_document(only_document()).reading.tables[1].content, seq=0
    )


def test_its_file_is_named_by_its_first_page(joined: StoredTable) -> None:
    assert service.table_file_name("a.pdf", joined) == "a-p2-t1.csv"
