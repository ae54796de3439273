"""The words of a paper's pages: kept sealed, and found again."""

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from sheets import sheets

from taxai_core import service
from taxai_core.jobs.workplace import get_store
from taxai_core.models import Word, Words
from taxai_core.pipeline import process_pdf
from taxai_core.service import Place
from taxai_core.service.find import MOST_PLACES
from taxai_core.store import documents, interrupted
from taxai_core.store.document import Document
from taxai_core.store.page_words import put_words
from taxai_core.store.tidy import tidy_blobs


def line(top: float, *texts: str) -> list[Word]:
    """Words side by side, 50 points each."""
    return [
        Word(text, 50.0 * at, top, 50.0 * at + 40, top + 10, 0.5) for at, text in enumerate(texts)
    ]


PAGES = [
    line(100, "Gross", "Salary", "paid") + line(120, "Tax", "deducted"),
    [],
    line(100, "No", "tax") + line(120, "on", "gross") + line(140, "salary,", "says", "Straße"),
]


@pytest.fixture
def document(data: Path) -> Document:
    """A document of three pages whose words are known; the second has none."""
    store = get_store()
    document_id, _ = documents.add(store, "a.pdf", b"%PDF-", None, "tester")
    documents.claim(store, document_id, 1)
    for number, words in enumerate(PAGES, 1):
        documents.progress(store, document_id, 1, number, len(PAGES))
        if words:
            put_words(store, document_id, 1, number, Words.pack(words))
    return documents.get(store, document_id)


def boxes(place: Place) -> list[list[float]]:
    return [box.as_list() for box in place.boxes]


def test_words_come_back_with_their_boxes_and_confidence(document: Document) -> None:
    assert list(service.page_words(document, 1).unpack()) == PAGES[0]
    assert len(service.page_words(document, 2)) == 0


def test_words_that_run_another_way_are_found_but_not_taken_for_text(
    document: Document,
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(90, 700, "Gross salary")
        canvas.saveState()
        canvas.translate(300, 400)
        canvas.rotate(45)
        canvas.drawString(0, 0, "COPY")
        canvas.rotate(45)
        canvas.drawString(0, 0, "upwards")
        canvas.restoreState()

    data = sheets(draw)
    (page,) = process_pdf(data, password=None, max_file_mb=50, max_pages=1).pages
    put_words(get_store(), document.id, 1, 1, page.words)

    words = service.page_words(document, 1)
    assert [word.text for word in words.level_words()] == ["Gross", "salary"]
    assert {"Gross", "C", "upwards"} <= {word.text for word in words.unpack()}
    assert len(service.find_words(document, "upwards")) == 1


def test_words_that_were_kept_without_saying_how_they_run_all_count(document: Document) -> None:
    older = Words.pack(PAGES[0])
    packed = {"text": older.text, "numbers": base64.b64encode(older.numbers).decode()}
    get_store().blobs.put(document.id, "run1/p1.words", json.dumps(packed).encode())

    assert list(service.page_words(document, 1).level_words()) == PAGES[0]


def test_words_lie_sealed_beside_the_picture(document: Document, data: Path) -> None:
    (first, _) = sorted((data / "blobs" / document.id / "run1").iterdir())

    assert first.name == "p1.words"
    assert b"Salary" not in first.read_bytes()


def test_words_that_are_damaged_are_as_if_there_were_none(document: Document, data: Path) -> None:
    (data / "blobs" / document.id / "run1" / "p1.words").write_bytes(b"damaged")

    assert len(service.page_words(document, 1)) == 0
    assert [place.page for place in service.find_words(document, "tax")] == [3]


def test_a_phrase_is_found_on_all_pages_whatever_its_capitals(document: Document) -> None:
    places = service.find_words(document, "  gross   SALARY ")

    assert [place.page for place in places] == [1, 3]
    assert boxes(places[0]) == [[0, 100, 90, 110]]


def test_a_phrase_over_two_lines_has_a_box_on_each(document: Document) -> None:
    (_, place) = service.find_words(document, "gross salary")

    assert boxes(place) == [[50, 120, 90, 130], [0, 140, 40, 150]]


@pytest.mark.parametrize(
    ("phrase", "pages"),
    [
        ("ta", [1, 3]),
        ("ax deduc", [1]),
        ("strasse", [3]),
        ("nowhere", []),
        ("", []),
        ("   ", []),
    ],
)
def test_parts_of_words_are_found_too(document: Document, phrase: str, pages: list[int]) -> None:
    assert [place.page for place in service.find_words(document, phrase)] == pages


def test_what_stands_everywhere_is_found_a_thousand_times(document: Document) -> None:
    many = Words.pack(line(100, *["aa"] * (MOST_PLACES - 1)))
    put_words(get_store(), document.id, 1, 2, many)

    assert len(service.find_words(document, "a")) == MOST_PLACES


def test_a_paper_read_by_a_worker_keeps_no_words_of_an_earlier_run(
    read_paper: Callable[..., str], document: Document, data: Path
) -> None:
    store = get_store()
    interrupted.hand_back(store, document.id, lost=True)
    documents.cancel(store, document.id, "tester")

    tidy_blobs(store, document.id)

    assert not list((data / "blobs" / document.id).glob("run*"))
