"""One reading that comes to nothing, so that no fork is the first to do what each has to do."""

import os
import tempfile
from dataclasses import replace
from pathlib import Path

import structlog

from ..models import Reading
from ..pipeline import known_types, process_pdf
from ..settings import get_settings
from ..store import documents, readings
from ..store.blobs import Blobs
from ..store.document import SYSTEM
from ..store.kept_pages import keep_page, take_over
from ..store.papers import PAPER
from ..store.tidy import tidy_blobs
from .load import cores_to_use
from .workplace import get_store

log = structlog.get_logger()

SAMPLE = Path(__file__).parents[1] / "ui" / "sample" / "sample-interest-certificate.pdf"


def rehearse() -> None:
    """Read the sample and save it in a transaction that is rolled back.

    Without it each fork compiles its own SQL and loads what is loaded late: 45 of 220 ms that a
    page of a few lines takes. A worker can work without it, so it may fail.
    """
    try:
        # The sample itself may be among the user's documents.
        data = SAMPLE.read_bytes() + b"\n%" + os.urandom(16).hex().encode()
        cores_to_use()
        _save(data, _read(data))
    except Exception as error:
        log.warning("rehearsal failed", kind=type(error).__name__)


def _read(data: bytes) -> Reading:
    settings = get_settings()
    return process_pdf(
        data,
        password=None,
        max_file_mb=settings.max_file_mb,
        max_pages=settings.max_pages,
        with_pictures=True,
        types=known_types(settings.doctypes_path),
    )


def _save(data: bytes, reading: Reading) -> None:
    store = get_store()
    with (
        tempfile.TemporaryDirectory(prefix="taxai-") as folder,
        store.coming_to_nothing() as rows,
    ):
        trial = replace(rows, blobs=Blobs(Path(folder), store.vault))
        document_id, _ = documents.add(trial, "", data, None, SYSTEM)
        store.blobs.has(document_id, PAPER)  # the way to an object store: 250 of 300 ms
        documents.claim(trial, document_id, 1)
        take_over(trial, document_id, 1)
        for page in reading.pages:
            keep_page(trial, document_id, 1, page, None)
            documents.progress(trial, document_id, 1, page.number, len(reading.pages))
        readings.finish(trial, document_id, 1, reading)
        tidy_blobs(trial, document_id)
