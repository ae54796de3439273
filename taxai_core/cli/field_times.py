"""How long type, fields and checks take over the reading of a paper's pages."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TypeVar

from ..extract.records import Records
from ..extract.vocabulary import Vocabulary
from ..models import Page
from ..observe.machine import cpu_count
from ..pdf.forks import LoneFork, Lost
from ..pipeline import known_types, process_pdf
from ..settings import get_settings
from .field_truths import Truth

T = TypeVar("T")


def field_times_ms(truths: Sequence[Truth]) -> Iterator[float]:
    """Time the fields of each file alone, in a fork that has seen no other file.

    Workers fork for each document too: what they know of the labels before is not timed, and what
    they would keep of another paper's words does not help.
    """
    types = known_types(get_settings().doctypes_path)
    for truth in truths:
        pages = _in_fork(partial(read_pages, truth.path, truth.password))
        if pages is not None:
            spent_ms = _in_fork(partial(_spent_ms, pages, types))
            if spent_ms is not None:
                yield spent_ms


def read_pages(path: Path, password: str | None) -> list[Page]:
    """A file's pages with their words.

    Raises:
        TaxAIError
    """
    settings = get_settings()
    reading = process_pdf(
        path.read_bytes(),
        password=password,
        max_file_mb=settings.max_file_mb,
        max_pages=settings.max_pages,
        cores=cpu_count,
    )
    return reading.pages


def _spent_ms(pages: Sequence[Page], types: Mapping[str, Vocabulary]) -> float:
    start = time.process_time()  # other work on the machine does not change it
    records = Records(types)
    for page in pages:
        records.add(page)
    records.finish()
    return 1000 * (time.process_time() - start)


def _in_fork(do: Callable[[], T]) -> T | None:
    """What a function returns in a process of its own; None where it fails."""
    with closing(LoneFork(lambda _threads, _index: do(), get_settings().job_timeout_s)) as fork:
        found = fork.read(0, 1)
    return None if isinstance(found, Lost) else found
