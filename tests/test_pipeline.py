"""The way of one document: what is refused, what is warned of, what is told on the way."""

import hashlib
import re

import pypdfium2 as pdfium
import pytest
from papers import INTEREST, PREMIUMS, blank_paper, joined, paper

from taxai_core.errors import (
    CorruptPdfError,
    EmptyPdfError,
    NotAPdfError,
    TaxAIError,
    TooLargeError,
    TooManyPagesError,
)
from taxai_core.models import Page
from taxai_core.pipeline import process_pdf

GOOD = paper("Interest certificate", INTEREST)
NO_PAGES = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(b"", EmptyPdfError, id="no bytes"),
        pytest.param(b"<html>Log in first</html>", NotAPdfError, id="web page"),
        pytest.param(b" " * 2000 + GOOD, NotAPdfError, id="mark too late"),
        pytest.param(GOOD[: len(GOOD) // 2], CorruptPdfError, id="cut off"),
        pytest.param(b"%PDF-1.7\n" + b"\xff" * 500, CorruptPdfError, id="garbage"),
        pytest.param(b"%PDF-1.7", CorruptPdfError, id="mark only"),
        pytest.param(NO_PAGES, (EmptyPdfError, CorruptPdfError), id="no pages"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    data: bytes, error: type[TaxAIError] | tuple[type[TaxAIError], ...]
) -> None:
    with pytest.raises(error):
        process_pdf(data, password=None, max_file_mb=50, max_pages=500)


def test_a_paper_with_too_many_pages_says_how_many_and_the_limit() -> None:
    data = paper("Interest certificate", INTEREST, pages=4)

    with pytest.raises(TooManyPagesError, match="has 4 pages and the limit is 3"):
        process_pdf(data, password=None, max_file_mb=50, max_pages=3)


def test_a_paper_at_the_page_limit_is_read_whole() -> None:
    data = paper("Interest certificate", INTEREST, pages=3)

    reading = process_pdf(data, password=None, max_file_mb=50, max_pages=3)

    assert len(reading.tables) == 3


def test_a_file_too_large_says_its_size_and_the_limit() -> None:
    data = GOOD + b"\n" * (1 << 20)

    with pytest.raises(TooLargeError, match=r"has 1\.0 MB and the limit is 1 MB"):
        process_pdf(data, password=None, max_file_mb=1, max_pages=500)


def test_a_blank_page_is_warned_of_by_its_number() -> None:
    data = joined(GOOD, blank_paper(), GOOD)

    reading = process_pdf(data, password=None, max_file_mb=50, max_pages=500)

    assert [table.page for table in reading.tables] == [1, 3]
    (warning,) = reading.warnings
    assert warning.startswith("Page 2 ")


def test_a_damaged_page_is_warned_of_and_the_others_are_read() -> None:
    data = joined(GOOD, paper("Premiums", PREMIUMS))
    first = re.search(rb"/Kids *\[ *(\d+) 0 R", data)
    assert first
    broken = data[: first.start(1)] + b"0" * len(first[1]) + data[first.end(1) :]

    reading = process_pdf(broken, password=None, max_file_mb=50, max_pages=500)

    assert [(table.page, table.rows) for table in reading.tables] == [(2, PREMIUMS)]
    assert reading.warnings == ["Page 1 is damaged and could not be read."]


def test_a_page_whose_content_is_lost_to_damage_is_warned_of() -> None:
    data = joined(GOOD, paper("Premiums", PREMIUMS))
    first = re.search(rb"/Kids *\[ *(\d+) 0 R", data)
    assert first
    # A text that never ends, right in the page's own description, swallows all that follows.
    broken = re.sub(rb"(\n%s 0 obj\s*<<)" % first[1], rb"\1/Oops(", data, count=1)

    reading = process_pdf(broken, password=None, max_file_mb=50, max_pages=500)

    assert [(table.page, table.rows) for table in reading.tables] == [(2, PREMIUMS)]
    assert [warning[:7] for warning in reading.warnings] == ["Page 1 "]


def test_each_page_is_told_in_order_with_a_picture_of_it() -> None:
    data = paper("Interest certificate", INTEREST, pages=2)
    told: list[tuple[int, int, bytes]] = []

    def on_page(page: Page, total: int, picture: bytes | None) -> None:
        assert picture
        told.append((page.number, total, picture))

    process_pdf(
        data, password=None, max_file_mb=50, max_pages=500, with_pictures=True, on_page=on_page
    )

    assert [(number, total) for number, total, _ in told] == [(1, 2), (2, 2)]
    assert all(image[:4] == b"RIFF" and image[8:12] == b"WEBP" for _, _, image in told)


def test_a_reading_names_the_bytes_and_the_shown_size_of_each_page() -> None:
    reading = process_pdf(GOOD, password=None, max_file_mb=50, max_pages=500)

    (page,) = reading.pages
    assert reading.sha256 == hashlib.sha256(GOOD).hexdigest()
    assert (page.width_pt, page.height_pt) == pytest.approx(pdfium.PdfDocument(GOOD)[0].get_size())


def test_the_same_paper_is_read_the_same_twice() -> None:
    once, twice = (
        process_pdf(GOOD, password=None, max_file_mb=50, max_pages=500).as_contract("a.pdf")
        for _ in range(2)
    )

    assert once | {"timings": None} == twice | {"timings": None}
