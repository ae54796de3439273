"""Pages in the review: tables that go on over them, scans, and words found on them."""

import pytest
from papers import paper
from window import Window, tables_of

from taxai_core.jobs.workplace import get_store
from taxai_core.models import Box, Page, Reading, Table, Word, Words
from taxai_core.store import documents, readings
from taxai_core.store.document import Document
from taxai_core.store.page_words import put_words

HEAD = ["Date", "Amount"]


def table(page: int, *rows: list[str], top: float = 50, **more: object) -> Table:
    box = Box(x0=50, top=top, x1=500, bottom=top + 50)
    return Table(page=page, bbox=box, method="lattice", accuracy=99, rows=list(rows), **more)


def words(*texts: str) -> Words:
    return Words.pack(
        Word(text, 60.0 * at, 100, 60.0 * at + 50, 110) for at, text in enumerate(texts)
    )


@pytest.fixture
def document(window: Window) -> Document:
    """Four pages: a table of the first three, with another below it on the third, and a scan."""
    tables = {
        1: [table(1, HEAD, ["1 May", "10"])],
        2: [table(2, HEAD, ["2 May", "20"], continues=True, repeated_rows=1)],
        3: [table(3, ["3 May", "30"], continues=True), table(3, ["x", "y"], ["z", "1"], top=400)],
        4: [table(4, ["p", "q"], ["r", "2"], is_ocr=True)],
    }
    texts = {
        1: words("Gross", "salary"),
        2: words("Tax"),
        3: words("gross", "tax"),
        4: words("Gross", "Salary"),
    }
    store = get_store()
    document_id, _ = documents.add(store, "long.pdf", paper("Long", [HEAD]), None, "tester")
    documents.claim(store, document_id, 1)
    for number, packed in texts.items():
        put_words(store, document_id, 1, number, packed)
    pages = [
        Page(
            number=number,
            width_pt=595,
            height_pt=842,
            tables=tables[number],
            warnings=[],
            kind="scan" if number == 4 else "text",
        )
        for number in tables
    ]
    readings.finish(store, document_id, 1, Reading(sha256="", pages=pages))
    found = documents.get(store, document_id)
    window.review(found)
    return found


def chooser(window: Window) -> list[str]:
    (found,) = (one for one in window.app.selectbox if one.label == "Table")
    return list(found.options)


def test_a_table_of_three_pages_is_listed_and_shown_as_one(
    window: Window, document: Document
) -> None:
    assert chooser(window) == [
        "Pages 1–3, table 1 · 4 × 2 · lattice",
        "Page 3, table 2 · 2 × 2 · lattice",
        "Page 4, table 1 · 2 × 2 · lattice · scan (OCR)",
    ]
    assert window.cells == [HEAD, ["1 May", "10"], ["2 May", "20"], ["3 May", "30"]]


def test_turning_its_pages_keeps_it_chosen_and_outlines_the_part_there(
    window: Window, document: Document
) -> None:
    joined, below, _ = tables_of(document)

    window.tell("page", 2)
    assert (window.picture["chosen"], window.picture["page"]) == (joined.id, 2)
    assert [box["id"] for box in window.picture["boxes"]] == [joined.id]

    window.tell("page", 3)
    assert window.picture["chosen"] == joined.id
    assert [box["id"] for box in window.picture["boxes"]] == [joined.id, below.id]
    window.tell("table", below.id).tell("table", joined.id)
    assert (window.picture["chosen"], window.picture["page"]) == (joined.id, 3)


def test_its_rows_lead_to_their_pages(window: Window, document: Document) -> None:
    (parts,) = (one for one in window.app.get("button_group") if one.label == "Rows by page")
    assert parts.options == ["rows 1–2 · page 1", "row 3 · page 2", "row 4 · page 3"]

    parts.set_value(3)
    window.draw()

    assert (window.picture["page"], window.picture["chosen"]) == (3, tables_of(document)[0].id)


def test_the_rows_of_a_table_of_many_pages_are_in_a_list(window: Window) -> None:
    many = [table(1, HEAD, ["1", "1"])]
    many += [table(page, [str(page), "1"], continues=True) for page in range(2, 13)]
    store = get_store()
    document_id, _ = documents.add(store, "many.pdf", paper("Many", [HEAD]), None, "tester")
    documents.claim(store, document_id, 1)
    pages = [
        Page(number=one.page, width_pt=595, height_pt=842, tables=[one], warnings=[])
        for one in many
    ]
    readings.finish(store, document_id, 1, Reading(sha256="", pages=pages))

    window.review(documents.get(store, document_id)).choose("Rows by page", 12)

    assert window.picture["page"] == 12
    lists = {one.label: one.options for one in window.app.selectbox}
    assert lists["Rows by page"][-1] == "row 13 · page 12"


def test_rows_deleted_in_the_grid_leave_the_others_on_their_pages(
    window: Window, document: Document
) -> None:
    window.edit({}, deleted=[1])

    (parts,) = (one for one in window.app.get("button_group") if one.label == "Rows by page")
    assert parts.options == ["row 1 · page 1", "row 2 · page 2", "row 3 · page 3"]


def test_a_part_of_it_can_only_be_read_beside_it_and_that_is_said(
    window: Window, document: Document
) -> None:
    window.tell("page", 2).tell("area", {"page": 2, "box": [40, 40, 510, 110]})

    assert "Table 1 of pages 1–3 goes on over pages and stays as it is." in window.text
    ways = [one.options for one in window.app.get("button_group") if "Add beside" in one.options]
    assert ways == [["Add beside"], ["Add beside"]]


def test_a_scan_is_marked_at_its_page_and_its_tables(window: Window, document: Document) -> None:
    assert window.picture["kind"] == "text"
    assert "(OCR)" not in window.text

    window.tell("page", 4)

    assert window.picture["kind"] == "scan"
    assert "lattice, regularity 99 % · read from a scan (OCR)" in window.text


def find(window: Window, phrase: str, step: int = 1) -> Window:
    return window.tell("find", {"phrase": phrase, "step": step})


def test_words_are_found_from_the_page_shown_on_and_round_again(
    window: Window, document: Document
) -> None:
    find(window.tell("page", 3), "GROSS")
    seen = [(window.picture["page"], window.picture["found"]["words"])]
    for step in (1, 1, -1):
        find(window, "GROSS", step)
        seen.append((window.picture["page"], window.picture["found"]["words"]))

    assert seen == [
        (3, "2 of 3 places"),
        (4, "3 of 3 places"),
        (1, "1 of 3 places"),
        (4, "3 of 3 places"),
    ]


def test_a_place_found_is_outlined_on_its_page(window: Window, document: Document) -> None:
    find(window, "gross salary")

    assert window.picture["found"]["words"] == "1 of 2 places"
    assert window.picture["hits"] == [{"box": [0, 100, 110, 110], "present": True}]
    assert find(window, "").picture["hits"] == []


def test_what_stands_nowhere_is_told_and_turns_no_page(window: Window, document: Document) -> None:
    find(window.tell("page", 2), "nothing of it")

    assert window.picture["found"]["words"] == "nowhere"
    assert window.picture["page"] == 2


def test_what_is_looked_for_gets_into_no_address(window: Window, document: Document) -> None:
    find(window, "gross")

    assert window.app.query_params == {"document": document.id}
