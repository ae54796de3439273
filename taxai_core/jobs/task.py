"""The job: read one document. Imports the parsers, so only workers import this."""

import time
from contextlib import suppress

import structlog
from rq import get_current_job

from ..ai.errors import NoModelError
from ..asking import count_gaps, find_gaps
from ..errors import QueueDownError, TaxAIError
from ..models import Page, Reading
from ..pipeline import known_types, process_pdf
from ..settings import get_document_types, get_settings
from ..store import documents, interrupted, readings
from ..store.database import Store
from ..store.document import Document, now
from ..store.kept_pages import keep_page, take_over
from ..store.tidy import tidy_blobs
from . import kinds
from .failures import telling_failures
from .load import cores_to_use
from .model import chosen_model
from .offer import queue_ask
from .queue import enqueue
from .rehearsal import rehearse
from .sums import Tally
from .tally import count_done
from .turn import Turn
from .workplace import get_redis, get_store

log = structlog.get_logger()


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
    rehearse()


def extract_document(document_id: str, run: int) -> None:
    """RQ job: read one stored paper and save what it says. Safe to run twice.

    How it fails is saved as `telling_failures` says.
    """
    settings, store = get_settings(), get_store()
    told_at, tally = time.monotonic(), Tally()

    def on_page(page: Page, total: int, picture: bytes | None) -> None:
        nonlocal told_at
        keep_page(store, document_id, run, page, picture)
        # Of the last page the finished document tells.
        is_last = page.number == total
        if not is_last and not documents.progress(store, document_id, run, page.number, total):
            raise _Superseded
        # Several are read at once: how long after the page before it was ready.
        since_s, told_at = time.monotonic() - told_at, time.monotonic()
        tally.took("page", since_s)
        log.info("page read", page=page.number, pages=total, kind=page.kind, seconds=since_s)
        if not is_last and turn and turn.is_over():
            raise _GivenWay

    turn: Turn | None = None
    try:
        with (
            telling_failures(kinds.DOCUMENT, document_id, run),
            store.on_one_connection() as store,
        ):
            claimed = documents.claim(store, document_id, run)
            if claimed is None:
                return
            paper, is_light = claimed.paper, claimed.document.is_light
            turn = Turn(claimed.document.place_s)
            kept = take_over(store, document_id, run, given_up=claimed.document.goes_on)
            log.info("reading begun", kept=len(kept), kind="light" if is_light else None)
            if kept or claimed.document.pages_done:
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
                read_for_s=max(0.0, settings.read_for_s - claimed.document.read_s),
                on_page=on_page,
            )
            _finish(store, claimed.document, reading, tally, turn.seconds)
    except _Superseded:
        log.info("reading no longer wanted", document=document_id, run=run)
    except _GivenWay:
        assert turn
        log.info("gives way to others", document=document_id, run=run, seconds=turn.seconds)
        _give_way(document_id, run, turn.seconds)
        return
    finally:
        tally.write()
        with suppress(TaxAIError):  # the disk may be what failed; the keeper tidies later
            tidy_blobs(get_store(), document_id)
    if job := get_current_job():
        count_done(job.connection)


def _give_way(document_id: str, run: int, after_s: float) -> None:
    """Put the document back in line; it goes on behind the pages that are kept."""
    store = get_store()
    again = interrupted.give_way(store, document_id, run, after_s)
    if again:
        with suppress(QueueDownError):  # the keeper will
            enqueue(get_redis(answer_within_s=2.0), kinds.DOCUMENT, again)


def _finish(
    store: Store, document: Document, reading: Reading, tally: Tally, turn_s: float
) -> None:
    """Hand the document to review, and have the model asked for what the rules left open."""
    gaps = _count_gaps(reading)
    why_not = None if chosen_model(store) else NoModelError()
    if not readings.finish(store, document.id, document.run, reading, gaps, why_not):
        raise _Superseded
    read_s, total_s = document.read_s + turn_s, (now() - document.queued_at).total_seconds()
    tally.took("queue", total_s - read_s).took("read", read_s).took("total", total_s)
    tally.ended(kinds.DOCUMENT.name, "finished")
    log.info(
        "reading finished",
        pages=len(reading.pages),
        tables=len(reading.tables),
        records=len(reading.records),
        seconds=reading.total_s,
    )
    if gaps and not why_not:
        queue_ask(document.id)


def _count_gaps(reading: Reading) -> int:
    """How many values are open; none where that fails, which costs no reading."""
    try:
        types = known_types(get_settings().doctypes_path)
        return count_gaps(find_gaps(types, reading.records))
    except Exception:
        log.exception("gaps not found")
        return 0
