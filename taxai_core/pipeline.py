"""The way of one document: the order of the steps and nothing else."""

import hashlib
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial

from .errors import CorruptPdfError, ReadTimeoutError
from .models import Box, Method, Page, Reading, Table, Words
from .pdf.check import check_bytes
from .pdf.continued import mark_continued
from .pdf.forks import PAGE_TIMEOUT_S, Lost, read_in_forks
from .pdf.layout import read_layout
from .pdf.opening import OpenPdf, load_page, open_pdf
from .pdf.picture import draw_page
from .pdf.tables import read_tables

# Called after each page with the page, how many there are, and its picture.
OnPage = Callable[[Page, int, bytes | None], None]


def process_pdf(
    data: bytes,
    *,
    password: str | None,
    max_file_mb: int,
    max_pages: int,
    page_timeout_s: float = PAGE_TIMEOUT_S,
    cores: Callable[[], int] = lambda: 1,
    with_pictures: bool = False,
    on_page: OnPage | None = None,
) -> Reading:
    """Read one PDF, each page in a process that may take its time and no more.

    Args:
        page_timeout_s: a page that takes longer is given up; a warning names it.
        cores: how many pages may be read at once; asked before each page.

    Raises:
        TaxAIError: with the contract's code, for a file of which no page can be read; a page
            that cannot be read is a warning.
        MemoryError
    """
    start = time.monotonic()
    check_bytes(data, max_file_mb)
    pages, lost = [], []
    with open_pdf(data, password=password, max_pages=max_pages) as pdf:
        read = partial(_read_page, pdf, with_pictures)
        results = read_in_forks(read, pdf.page_count, cores=cores, budget_s=page_timeout_s)
        with closing(results):
            for index, result in enumerate(results):
                if isinstance(result, Lost):
                    lost.append(result)
                    result = _lost_page(index, result, page_timeout_s), None
                page, picture = result
                if on_page:
                    on_page(page, pdf.page_count, picture)
                pages.append(page)
    if not any(page.width_pt for page in pages):
        _raise_reason(lost, page_timeout_s)
    return Reading(
        sha256=hashlib.sha256(data).hexdigest(),
        pages=mark_continued(pages),
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
        return read_tables(pdf, page - 1, method=method, area=area)


def _read_page(
    pdf: OpenPdf, with_picture: bool, page_index: int, threads: int
) -> tuple[Page, bytes | None]:
    number = page_index + 1
    page = load_page(pdf, page_index)
    if page is None:
        return _lost_page(page_index, Lost("crash"), 0), None
    width_pt, height_pt = page.get_size()
    picture = draw_page(page) if with_picture else None
    layout = read_layout(page)
    tables, warnings = [], []
    if layout.kind == "text":
        tables = read_tables(pdf, page_index, layout=layout)
    elif layout.kind == "scan":
        warnings = [f"Page {number} is a scan; it was not read."]
    elif layout.kind == "blank":
        warnings = [f"Page {number} is blank. If the paper shows something there, it is damaged."]
    read = Page(
        number=number,
        width_pt=width_pt,
        height_pt=height_pt,
        kind=layout.kind,
        words=Words.pack(layout.in_reading_order()),
        tables=tables,
        warnings=warnings,
    )
    return read, picture


def _lost_page(page_index: int, lost: Lost, page_timeout_s: float) -> Page:
    number = page_index + 1
    why = {
        "time": f"took longer than {page_timeout_s:.0f} seconds and was given up",
        "memory": "needs more memory than one worker may use and was given up",
        "crash": "is damaged and could not be read",
    }[lost.reason]
    return Page(
        number=number,
        width_pt=0,
        height_pt=0,
        kind="damaged",
        tables=[],
        warnings=[f"Page {number} {why}."],
    )


def _raise_reason(lost: Sequence[Lost], page_timeout_s: float) -> None:
    """Say why no page could be read."""
    reasons = {one.reason for one in lost}
    if "memory" in reasons:
        raise MemoryError
    if "time" in reasons:
        raise ReadTimeoutError(round(page_timeout_s))
    raise CorruptPdfError()
