"""The way of one document: the order of the steps and nothing else."""

import hashlib
import logging
import math
import pickle
import time
import zlib
from collections.abc import Callable, Generator, Mapping, Sequence
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
from .pdf.opening import OpenPdf, open_pdf
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
    kept: Sequence[Page] = (),
    light: bool = False,
    read_for_s: float = math.inf,
    on_page: OnPage | None = None,
) -> Reading:
    """Read one PDF, each page in a process that may take its time and no more.

    Args:
        page_timeout_s: a page that takes longer is given up; a warning names it.
        cores: how many pages may be read at once; asked before each page.
        types: the words of each type of paper, by id; None for ours.
        keep_words: in the reading; `on_page` is given them in any case.
        kept: the first pages, with their words, where an earlier reading has them; not told again.
        light: the method that takes the least memory.
        read_for_s: no page is begun after so long; a warning names those that are left.

    Raises:
        TaxAIError: with the contract's code, for a file of which no page can be read; a page
            that cannot be read is a warning.
        MemoryError
    """
    start = time.monotonic()
    check_bytes(data, max_file_mb)
    gathered = _Gathered(Records(types or known_types()), keep_words)
    lost, late = [], []
    with open_pdf(data, password=password, max_pages=max_pages) as pdf:
        for page in kept:
            gathered.add(page)
        read = partial(read_page, pdf, with_pictures, light)
        rest = _read_rest(pdf, read, range(len(kept), pdf.page_count), cores, page_timeout_s)
        with closing(rest):
            for page, picture, reason in rest:
                if reason:
                    lost.append(reason)
                page = gathered.add(page)
                if on_page:
                    on_page(page, pdf.page_count, picture)
                if time.monotonic() - start > read_for_s and page.number < pdf.page_count:
                    late = list(range(page.number, pdf.page_count))
                    gathered.leave_out(late)
                    break
    pages = gathered.pages()  # the forks have given their memory back by now
    if all(page.kind == "damaged" for page in pages):
        _raise_reason(lost, page_timeout_s)
    return Reading(
        sha256=hashlib.sha256(data).hexdigest(),
        pages=pages,
        records=gathered.records.finish(),
        warnings=[*(w for page in pages for w in page.warnings), *_told_late(late, read_for_s)],
        total_s=time.monotonic() - start,
    )


class _Gathered:
    """The pages of a file as they come, packed, and what its papers say."""

    def __init__(self, records: Records, keep_words: bool) -> None:
        self.records, self._keep_words = records, keep_words
        self._continuation = Continuation()
        self._packed: list[bytes] = []

    def add(self, page: Page) -> Page:
        """Take the next page; return it as it is kept."""
        page = self._continuation.marked(page)
        unfielded = _add(self.records, page)
        if unfielded and unfielded not in page.warnings:
            page = page.model_copy(update={"warnings": [*page.warnings, unfielded]})
        kept = page if self._keep_words else page.model_copy(update={"words": Words()})
        self._packed.append(_pack(kept))
        return page

    def leave_out(self, indexes: Sequence[int]) -> None:
        """Take pages as not read."""
        self._packed += [_pack(unread(index)) for index in indexes]

    def pages(self) -> list[Page]:
        """All of them."""
        return [_unpack(data) for data in self._packed]


def _read_rest(
    pdf: OpenPdf,
    read: Callable[[int], tuple[Page, bytes | None]],
    indexes: range,
    cores: Callable[[], int],
    page_timeout_s: float,
) -> Generator[tuple[Page, bytes | None, Lost | None]]:
    """Read pages in forks; yield each with its picture, and why it was given up if it was."""
    results = read_in_forks(read, indexes, cores=cores, budget_s=page_timeout_s)
    scans = LoneFork(partial(read_scan_words, pdf), page_timeout_s)
    with closing(results), closing(scans):
        for index, result in zip(indexes, results, strict=False):
            page, picture = (unread(index), None) if isinstance(result, Lost) else result
            reason = result if isinstance(result, Lost) else None
            if page.kind == "scan":
                found = scans.read(index, cores())
                if isinstance(found, Lost):
                    reason = found
                else:
                    page = with_scan(page, found)
            if reason:
                page = given_up(page, reason, page_timeout_s)
            yield page, picture, reason


def _told_late(indexes: Sequence[int], read_for_s: float) -> list[str]:
    """That pages were left when the time was over, with what to do."""
    if not indexes:
        return []
    first, last = indexes[0] + 1, indexes[-1] + 1
    which = f"Page {first} was" if first == last else f"Pages {first} to {last} were"
    return [
        f"{which} not read: {_minutes(read_for_s)} were over. What was read before is here;"
        " split the file and add the rest as a file of its own."
    ]


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


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"


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
