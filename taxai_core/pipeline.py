"""The way of one document: the order of the steps and nothing else."""

import hashlib
import logging
import pickle
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import cache, partial
from pathlib import Path

from .doctypes import load_document_types
from .errors import CorruptPdfError, ReadTimeoutError
from .extract.records import Records, vocabularies
from .extract.vocabulary import Vocabulary
from .models import Box, Method, Page, Reading, Table, Words
from .pdf.check import check_bytes
from .pdf.continued import Continuation
from .pdf.forks import PAGE_TIMEOUT_S, LoneFork, Lost, read_in_forks
from .pdf.opening import open_pdf
from .pdf.page_reader import (
    given_up,
    read_page,
    read_page_again,
    read_scan_words,
    unread,
    with_scan,
)

log = logging.getLogger(__name__)

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
    keep_words: bool = True,
    types: Mapping[str, Vocabulary] | None = None,
    on_page: OnPage | None = None,
) -> Reading:
    """Read one PDF, each page in a process that may take its time and no more.

    Args:
        page_timeout_s: a page that takes longer is given up; a warning names it.
        cores: how many pages may be read at once; asked before each page.
        types: the words of each type of paper, by id; None for ours.
        keep_words: in the reading; `on_page` is given them in any case.

    Raises:
        TaxAIError: with the contract's code, for a file of which no page can be read; a page
            that cannot be read is a warning.
        MemoryError
    """
    start = time.monotonic()
    check_bytes(data, max_file_mb)
    packed, lost, continuation = [], [], Continuation()
    records = Records(types or known_types())
    with open_pdf(data, password=password, max_pages=max_pages) as pdf:
        read = partial(read_page, pdf, with_pictures)
        results = read_in_forks(read, pdf.page_count, cores=cores, budget_s=page_timeout_s)
        scans = LoneFork(partial(read_scan_words, pdf), page_timeout_s)
        with closing(results), closing(scans):
            for index, result in enumerate(results):
                page, picture = (unread(index), None) if isinstance(result, Lost) else result
                reason = result if isinstance(result, Lost) else None
                if page.kind == "scan":
                    found = scans.read(index, cores())
                    if isinstance(found, Lost):
                        reason = found
                    else:
                        page = with_scan(page, found)
                if reason:
                    lost.append(reason)
                    page = given_up(page, reason, page_timeout_s)
                page = continuation.marked(page)
                if unfielded := _add(records, page):
                    page = page.model_copy(update={"warnings": [*page.warnings, unfielded]})
                if on_page:
                    on_page(page, pdf.page_count, picture)
                kept = page if keep_words else page.model_copy(update={"words": Words()})
                packed.append(_pack(kept))
    pages = [_unpack(data) for data in packed]  # the forks have given their memory back by now
    if all(page.kind == "damaged" for page in pages):
        _raise_reason(lost, page_timeout_s)
    return Reading(
        sha256=hashlib.sha256(data).hexdigest(),
        pages=pages,
        records=records.finish(),
        warnings=[warning for page in pages for warning in page.warnings],
        total_s=time.monotonic() - start,
    )


def _add(records: Records, page: Page) -> str | None:
    """Read the fields of a page; return a warning where that fails, which costs these only."""
    try:
        records.add(page)
    except Exception as error:
        log.error("fields of page %d: %s", page.number, type(error).__name__)
        return f"The fields of page {page.number} could not be read; its tables are there."
    return None


@cache
def known_types(folder: Path | None = None) -> dict[str, Vocabulary]:
    """The words of our types, and of those that a folder of definitions adds or replaces.

    Raises:
        DefinitionError
    """
    return vocabularies(load_document_types(folder))


def read_again(
    data: bytes,
    *,
    password: str | None,
    max_pages: int,
    page: int,
    method: Method | None = None,
    area: Box | None = None,
    threads: int = 1,
) -> list[Table]:
    """Read the tables of one page, or of an area of it, once more in the way a person chose.

    Args:
        page: its number, from 1.
        method: None for the one that suits the page best.
        area: only this, in points from the top left of the page as shown.

    Raises:
        TaxAIError: with the contract's code.
    """
    with open_pdf(data, password=password, max_pages=max_pages) as pdf:
        return read_page_again(pdf, page - 1, method=method, area=area, threads=threads)


def _pack(page: Page) -> bytes:
    """A page as few bytes: of its tables alone 500 pages hold 10 to 20 MB otherwise."""
    return zlib.compress(pickle.dumps(page), level=1)


def _unpack(data: bytes) -> Page:
    page: Page = pickle.loads(zlib.decompress(data))
    return page


def _raise_reason(lost: Sequence[Lost], page_timeout_s: float) -> None:
    """Say why no page could be read."""
    reasons = {one.reason for one in lost}
    if "memory" in reasons:
        raise MemoryError
    if "time" in reasons:
        raise ReadTimeoutError(round(page_timeout_s))
    raise CorruptPdfError()
