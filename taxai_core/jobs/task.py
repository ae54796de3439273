"""The job: read one document. Imports the parsers, so only workers import this."""

import logging
from contextlib import suppress

from rq import get_current_job

from ..ai.errors import NoModelError
from ..asking import count_gaps, find_gaps
from ..errors import QueueDownError, TaxAIError
from ..models import Page, Reading
from ..pipeline import known_types, process_pdf
from ..settings import get_document_types, get_settings
from ..store import documents, readings
from ..store.kept_pages import keep_page, take_over
from ..store.tidy import tidy_blobs
from . import kinds
from .failures import telling_failures
from .load import cores_to_use
from .model import chosen_model
from .offer import queue_ask
from .queue import enqueue
from .tally import count_done
from .turn import Turn
from .workplace import get_redis, get_store

log = logging.getLogger(__name__)


class _Superseded(BaseException):
    """The run is no longer wanted; derived so that no parser's `except Exception` keeps it."""


class _GivenWay(BaseException):
    """Others stand before the document by now."""


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
        keep_page(store, document_id, run, page, picture)
        if not documents.progress(store, document_id, run, page.number, total):
            raise _Superseded
        if page.number < total and turn and turn.is_over():
            raise _GivenWay

    turn: Turn | None = None
    try:
        with telling_failures(kinds.DOCUMENT, document_id, run):
            claimed = documents.claim(store, document_id, run)
            if claimed is None:
                return
            paper, is_light = claimed.paper, claimed.is_light
            turn = Turn(claimed.document.place_s)
            kept = take_over(store, document_id, run)
            total = claimed.document.pages_total if kept else None
            documents.progress(store, document_id, run, len(kept), total)
            reading = process_pdf(
                paper.data,
                password=paper.password,
                max_file_mb=settings.max_file_mb,
                max_pages=settings.max_pages,
                page_timeout_s=settings.page_timeout_s,
                cores=(lambda: 1) if is_light else cores_to_use,
                with_pictures=True,
                keep_words=False,
                types=known_types(settings.doctypes_path),
                kept=kept,
                light=is_light,
                read_for_s=settings.read_for_s,
                on_page=on_page,
            )
            _finish(document_id, run, reading)
    except _Superseded:
        log.info("run %d of %s is no longer wanted", run, document_id)
    except _GivenWay:
        assert turn
        _give_way(document_id, run, turn.seconds)
        return
    finally:
        with suppress(TaxAIError):  # the disk may be what failed; the keeper tidies later
            tidy_blobs(store, document_id)
    if job := get_current_job():
        count_done(job.connection)


def _give_way(document_id: str, run: int, after_s: float) -> None:
    """Put the document back in line; it goes on behind the pages that are kept."""
    store = get_store()
    again = documents.give_way(store, document_id, run, after_s)
    if again:
        with suppress(QueueDownError):  # the keeper will
            enqueue(get_redis(answer_within_s=2.0), kinds.DOCUMENT, again)


def _finish(document_id: str, run: int, reading: Reading) -> None:
    """Hand the document to review, and have the model asked for what the rules left open."""
    store = get_store()
    gaps = _count_gaps(reading)
    why_not = None if chosen_model(store) else NoModelError()
    if readings.finish(store, document_id, run, reading, gaps, why_not) and gaps and not why_not:
        queue_ask(document_id)


def _count_gaps(reading: Reading) -> int:
    """How many values are open; none where that fails, which costs no reading."""
    try:
        types = known_types(get_settings().doctypes_path)
        return count_gaps(find_gaps(types, reading.records))
    except Exception as error:
        log.error("gaps: %s", type(error).__name__)
        return 0
