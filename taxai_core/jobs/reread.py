"""The job: read a page, or an area of it, again. Imports the parsers, so only workers import it."""

import time

import structlog

from ..pipeline import read_again
from ..settings import get_settings
from ..store import rereads
from . import kinds
from .failures import telling_failures
from .load import cores_to_use
from .sums import Tally
from .workplace import get_store

log = structlog.get_logger()


def read_page_again(reread_id: str, run: int) -> None:
    """RQ job: do what one wish says and put the tables where they are wanted. Safe to run twice.

    How it fails is saved as `telling_failures` says; the document and its tables stay as they are.
    """
    store = get_store()
    with telling_failures(kinds.REREAD, reread_id, run):
        claimed = rereads.claim(store, reread_id, run)
        if claimed is None:
            return
        wish, paper = claimed
        started = time.monotonic()
        tables = read_again(
            paper.data,
            password=paper.password,
            max_pages=get_settings().max_pages,
            page=wish.page,
            method=wish.method,
            area=wish.area,
            threads=cores_to_use(),
        )
        if rereads.finish(store, reread_id, run, tables):
            took_s = time.monotonic() - started
            Tally().took("reread", took_s).ended(kinds.REREAD.name, "finished").write()
            log.info("page read again", page=wish.page, tables=len(tables), seconds=took_s)
