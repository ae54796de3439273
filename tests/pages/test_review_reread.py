"""Reading again from the Review page: what is asked, said meanwhile, and what comes of it."""

import pytest
from papers import INTEREST, PREMIUMS, blank_paper, paper, two_tables
from window import Window, approved, edits_of, rows_of, tables_of, to_review

from taxai_core import service
from taxai_core.errors import LockedError, TaxAIError
from taxai_core.jobs import reread as job
from taxai_core.jobs.workplace import get_store
from taxai_core.models import Box, Table
from taxai_core.service import Wish
from taxai_core.store import rereads
from taxai_core.store.document import Document

BOTH = two_tables(PREMIUMS, INTEREST)


def work(document: Document) -> None:
    """Do in this process what workers do with all that waits to be read again."""
    for asked in service.list_rereads(document.id):
        job.read_page_again(asked.id, asked.run)


def around(document: Document, number: int) -> list[float]:
    """The sides of an area around a table."""
    box = tables_of(document)[number].content.parts[0].box
    return [box.x0 - 4, box.top - 4, box.x1 + 4, box.bottom + 4]


def draw(window: Window, box: list[float], page: int = 1) -> Window:
    return window.tell("area", {"page": page, "box": box})


def choose_way(window: Window, words: str) -> Window:
    """Choose what becomes of the result, where that is asked first."""
    (way, *_) = (one for one in window.app.get("button_group") if words in one.options)
    way.set_value(words)
    return window.draw()


@pytest.fixture
def document(window: Window) -> Document:
    """The review of a page with premiums above interest, opened."""
    found = to_review("both.pdf", BOTH)
    window.review(found)
    return found


def test_an_area_drawn_asks_what_becomes_of_it_and_stays_outlined(
    window: Window, document: Document
) -> None:
    box = around(document, 1)

    draw(window, box)

    assert "**Read the area drawn on page 1 again**" in window.text
    assert "Table 2 becomes what stands in the area. Undo brings it back." in window.text
    assert window.picture["areas"] == [pytest.approx(box, abs=0.01)]
    choose_way(window, "Add beside")
    assert "What stands in the area becomes a table of its own." in window.text


def test_a_discarded_or_given_up_area_is_asked_nothing(window: Window, document: Document) -> None:
    draw(window, around(document, 0)).click("Discard")
    assert not window.has("Read this area")

    draw(window, around(document, 0)).tell("area", {"page": 1, "box": None})
    assert not window.has("Read this area")
    assert window.picture["areas"] == []
    assert service.list_rereads(document.id) == []


def test_an_area_read_again_takes_the_place_of_its_table_and_says_so(
    window: Window, document: Document
) -> None:
    before = tables_of(document)[1].content.as_stored()
    draw(window, around(document, 1)).choose("How to read it", "lattice").click("Read this area")
    assert not window.has("Read this area")
    assert len(window.picture["areas"]) == 1

    work(document)
    window.draw()

    assert "read again from the area drawn with lattice, by tester" in window.text
    assert window.picture["areas"] == []
    assert window.picture["chosen"] == tables_of(document)[1].id
    assert window.cells == tables_of(document)[1].content.rows
    assert edits_of(document) == ["page 1, table 2 · read again from the area drawn with lattice"]
    window.click("Undo")
    assert tables_of(document)[1].content.as_stored() == before
    assert window.cells == INTEREST


def test_what_is_added_beside_is_chosen_at_once_and_gone_when_undone(
    window: Window, document: Document
) -> None:
    draw(window, around(document, 1))
    choose_way(window, "Add beside").click("Read this area")

    work(document)
    window.draw()

    added = tables_of(document)[2]
    assert window.picture["chosen"] == added.id
    assert window.cells == added.content.rows
    window.click("Undo")
    assert len(tables_of(document)) == 2
    assert window.cells == PREMIUMS
    window.click("Redo")
    assert len(tables_of(document)) == 3


def test_a_page_is_read_again_and_one_undo_brings_its_tables_back(
    window: Window, document: Document
) -> None:
    before = [table.content.as_stored() for table in tables_of(document)]
    assert "the place of the 2 tables of page 1, from its top on" in window.text

    window.choose("How to read it", "pdfplumber").click("Read this page")
    work(document)
    window.draw()

    assert {table.content.method for table in tables_of(document)} == {"pdfplumber"}
    assert "read again from the page with pdfplumber" in window.text
    window.click("Undo")
    assert [table.content.as_stored() for table in tables_of(document)] == before


def test_a_page_without_tables_can_be_read_again(window: Window) -> None:
    document = to_review("blank.pdf", blank_paper())
    window.review(document).click("Read this page")

    work(document)
    window.draw()

    assert "Page 1: no table was found (Best for the page), and nothing was changed." in window.text
    (line,) = service.list_rereads(document.id)
    window.click(f"Close-{line.id}")
    assert "no table was found" not in window.text


def test_while_it_waits_its_place_in_line_is_told_and_it_can_be_taken_back(
    window: Window, document: Document
) -> None:
    draw(window, around(document, 0)).click("Read this area")
    assert "The area on page 1: waiting to be read again. No worker is listening." in window.text

    (line,) = service.list_rereads(document.id)
    window.click(f"Cancel-{line.id}")

    assert service.list_rereads(document.id) == []
    assert window.picture["areas"] == []


def test_a_wish_taken_back_in_another_window_is_waited_for_no_more(
    window: Window, document: Document
) -> None:
    window.click("Read this page")

    (line,) = service.list_rereads(document.id)
    service.withdraw_reread(line.id)

    assert "waiting to be read again" not in window.draw().text
    assert len(window.app.get("bidi_component")) == 1, "nothing waits to draw the page anew"


def test_while_it_is_read_the_seconds_are_told(window: Window, document: Document) -> None:
    asked = service.read_again(document.id, Wish(1))
    rereads.claim(get_store(), asked.id, asked.run)

    assert "Page 1: reading again… 0 s" in window.draw().text


def test_a_failure_is_told_until_it_is_closed_in_every_window(
    window: Window, other_window: Window, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> list[Table]:
        raise TaxAIError

    monkeypatch.setattr(job, "read_again", fail)
    window.click("Read this page")
    work(document)

    sentence = "Something went wrong on our side. Try again or choose another method."
    assert f"Page 1: {sentence}" in window.draw().text
    assert sentence in other_window.review(document).text
    (line,) = service.list_rereads(document.id)
    window.click(f"Close-{line.id}")
    assert sentence not in window.text


def test_edits_made_while_it_is_read_are_kept(window: Window, document: Document) -> None:
    draw(window, around(document, 1))
    choose_way(window, "Add beside").click("Read this area")

    window.edit({1: {"c1": "first"}})
    work(document)
    window.edit({1: {"c1": "first"}, 2: {"c1": "second"}})

    assert [row[1] for row in rows_of(document)[1:3]] == ["first", "second"]
    assert len(tables_of(document)) == 3


def test_an_edit_of_the_table_that_was_replaced_is_told_and_undo_brings_it_back(
    window: Window, document: Document
) -> None:
    draw(window, around(document, 0)).click("Read this area")
    window.edit({1: {"c1": "typed meanwhile"}})

    work(document)
    window.draw()

    assert "A change made meanwhile gave way to it; Undo brings it back." in window.text
    window.click("Undo")
    assert rows_of(document)[1][1] == "typed meanwhile"
    assert window.cells == rows_of(document)


def test_a_result_for_a_page_one_has_left_does_not_turn_it_back(window: Window) -> None:
    document = to_review("long.pdf", paper("Long", INTEREST, pages=3))
    window.review(document).click("Read this page").tell("page", 3)

    work(document)
    window.draw()

    assert window.picture["page"] == 3
    assert tables_of(document)[0].content.choice


def test_an_approved_document_can_be_drawn_on_no_more(window: Window) -> None:
    document = approved()
    window.review(document)

    assert not window.picture["can_draw"]
    draw(window, around(document, 0))
    assert not window.has("Read this area")


def test_what_is_asked_of_a_document_approved_in_another_window_is_refused(
    window: Window, document: Document
) -> None:
    draw(window, around(document, 0))
    service.approve(document.id)

    window.click("Read this area")

    assert str(LockedError()) in window.text
    assert service.list_rereads(document.id) == []


def test_an_area_beside_all_tables_is_added_unless_one_says_otherwise(
    window: Window, document: Document
) -> None:
    draw(window, [10, 700, 200, 800])

    assert "What stands in the area becomes a table of its own." in window.text
    choose_way(window, "Replace table 1")
    assert "Table 1 becomes what stands in the area." in window.text


def test_the_area_reaches_the_worker_as_it_was_drawn(window: Window, document: Document) -> None:
    draw(window, [10.5, 20.25, 200, 300]).click("Read this area")

    (asked,) = service.list_rereads(document.id)
    assert asked.wish.area == Box(x0=10.5, top=20.25, x1=200, bottom=300)
