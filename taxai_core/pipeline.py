"""The way of one document: the order of the steps and nothing else."""

import hashlib
import time
from collections.abc import Callable
from functools import partial

from .errors import CorruptPdfError
from .models import Box, Method, Page, Reading, Table
from .pdf.check import check_bytes
from .pdf.opening import OpenPdf, find_shape, open_pdf
from .pdf.picture import render_page
from .pdf.tables import read_tables

# Called after each page with the page, how many there are, and what renders its picture.
OnPage = Callable[[Page, int, Callable[[], bytes]], None]


def process_pdf(
    data: bytes,
    *,
    password: str | None,
    max_file_mb: int,
    max_pages: int,
    on_page: OnPage | None = None,
) -> Reading:
    """Read one PDF, page by page.

    Raises:
        TaxAIError: with the contract's code, for a file that cannot be read at all; a page that
            cannot be read is a warning.
    """
    start = time.monotonic()
    check_bytes(data, max_file_mb)
    with open_pdf(data, password=password, max_pages=max_pages) as pdf:
        pages = []
        for page_index in range(pdf.page_count):
            page = _read_page(pdf, page_index)
            if on_page:
                on_page(page, pdf.page_count, partial(_picture, pdf, page_index))
            pages.append(page)
    if not any(page.width_pt for page in pages):
        raise CorruptPdfError()
    return Reading(
        sha256=hashlib.sha256(data).hexdigest(),
        pages=pages,
        warnings=[warning for page in pages for warning in page.warnings],
        total_s=time.monotonic() - start,
    )


def read_again(
    data: bytes,
    *,
    password: str | None,
    max_pages: int,
    page: int,
    method: Method | None = None,
    area: Box | None = None,
) -> list[Table]:
    """Read the tables of one page, or of an area of it, once more in the way a person chose.

    Args:
        page: its number, from 1.
        method: None for the one that suits the page best.
        area: taken as one table, in points from the top left of the page as shown.

    Raises:
        TaxAIError: with the contract's code.
    """
    with open_pdf(data, password=password, max_pages=max_pages) as pdf:
        return read_tables(pdf, page - 1, method=method, area=area) or []


def _picture(pdf: OpenPdf, page_index: int) -> bytes:
    return render_page(pdf.document[page_index])


def _read_page(pdf: OpenPdf, page_index: int) -> Page:
    number = page_index + 1
    shape = find_shape(pdf, page_index)
    if shape is None:
        lost = f"Page {number} is damaged and could not be read."
        return Page(number=number, width_pt=0, height_pt=0, tables=[], warnings=[lost])
    width_pt, height_pt, has_text = shape
    if not has_text:
        scan = f"Page {number} has no text layer (a scan or an empty page); it was not read."
        return Page(
            number=number, width_pt=width_pt, height_pt=height_pt, tables=[], warnings=[scan]
        )
    tables = read_tables(pdf, page_index)
    missed = f"Page {number} is damaged; tables on it may be missing."
    return Page(
        number=number,
        width_pt=width_pt,
        height_pt=height_pt,
        tables=tables or [],
        warnings=[missed] if tables is None else [],
    )
