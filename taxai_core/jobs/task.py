"""The job: read one document. Imports the parsers, so only workers import this."""

import logging
from contextlib import suppress

from rq import get_current_job

from ..errors import CONTRACT_CODES, OutOfMemoryError, ReadTimeoutError, TaxAIError
from ..models import Page
from ..pipeline import process_pdf
from ..settings import get_settings
from ..store import documents, readings
from .deadline import OverTime
from .load import cores_to_use
from .tally import count_done
from .workplace import get_store

log = logging.getLogger(__name__)


class _Superseded(BaseException):
    """The run is no longer wanted; derived so that no parser's `except Exception` keeps it."""


def extract_document(document_id: str, run: int) -> None:
    """RQ job: read one stored paper and save what it says. Safe to run twice.

    What the user can act on is saved with its code, and the job ends well. Anything else
    is saved as `internal` and raised again, so that RQ keeps the traceback.
    """
    settings, store = get_settings(), get_store()

    def on_page(page: Page, total: int, picture: bytes | None) -> None:
        if picture:
            store.blobs.put(document_id, readings.picture_name(run, page.number), picture)
        if not documents.progress(store, document_id, run, page.number, total):
            raise _Superseded

    try:
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
            on_page=on_page,
        )
        readings.finish(store, document_id, run, reading)
    except _Superseded:
        log.info("run %d of %s is no longer wanted", run, document_id)
    except OverTime:
        documents.fail(store, document_id, run, ReadTimeoutError(settings.job_timeout_s))
    except MemoryError:
        documents.fail(store, document_id, run, OutOfMemoryError(settings.job_memory_mb))
    except TaxAIError as error:
        documents.fail(store, document_id, run, error)
        if error.code not in CONTRACT_CODES:
            raise  # a full disk or a damaged store: the log is to say which
    except Exception as error:
        documents.fail(store, document_id, run, TaxAIError())
        # The text of a parser's exception may quote the paper; its type and place do not.
        raise RuntimeError(type(error).__name__).with_traceback(error.__traceback__) from None
    finally:
        with suppress(TaxAIError):  # the disk may be what failed; the keeper tidies later
            documents.tidy_blobs(store, document_id)
    if job := get_current_job():
        count_done(job.connection)
