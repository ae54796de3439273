"""The job: read one document. Imports the parsers, so only workers import this."""

import logging
from contextlib import suppress

from rq import get_current_job

from ..errors import TaxAIError
from ..models import Page
from ..pipeline import known_types, process_pdf
from ..settings import get_document_types, get_settings
from ..store import documents, readings
from ..store.page_words import put_words
from . import kinds
from .failures import telling_failures
from .load import cores_to_use
from .tally import count_done
from .workplace import get_store

log = logging.getLogger(__name__)


class _Superseded(BaseException):
    """The run is no longer wanted; derived so that no parser's `except Exception` keeps it."""


def prepare() -> None:
    """Load what every document needs, once for all forks.

    Raises:
        SystemExit: a definition of a document type cannot be used.
    """
    get_document_types()
    known_types(get_settings().doctypes_path)  # taking their labels apart takes 0.3 s


def extract_document(document_id: str, run: int) -> None:
    """RQ job: read one stored paper and save what it says. Safe to run twice.

    How it fails is saved as `telling_failures` says.
    """
    settings, store = get_settings(), get_store()

    def on_page(page: Page, total: int, picture: bytes | None) -> None:
        if picture:
            store.blobs.put(document_id, readings.picture_name(run, page.number), picture)
        if len(page.words):
            put_words(store, document_id, run, page.number, page.words)
        if not documents.progress(store, document_id, run, page.number, total):
            raise _Superseded

    try:
        with telling_failures(kinds.DOCUMENT, document_id, run):
            paper = documents.claim(store, document_id, run)
            if paper is None:
                return
            reading = process_pdf(
                paper.data,
                password=paper.password,
                max_file_mb=settings.max_file_mb,
                max_pages=settings.max_pages,
                page_timeout_s=settings.page_timeout_s,
                cores=cores_to_use,
                with_pictures=True,
                keep_words=False,
                types=known_types(settings.doctypes_path),
                on_page=on_page,
            )
            readings.finish(store, document_id, run, reading)
    except _Superseded:
        log.info("run %d of %s is no longer wanted", run, document_id)
    finally:
        with suppress(TaxAIError):  # the disk may be what failed; the keeper tidies later
            documents.tidy_blobs(store, document_id)
    if job := get_current_job():
        count_done(job.connection)
