"""The job: ask the model for what the rules left open in one document."""

import time
from dataclasses import replace
from typing import cast

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import get_current_job

from ..ai.errors import (
    BreakerOpenError,
    ModelAwayError,
    ModelBusyError,
    ModelDiedError,
    ModelStalledError,
    ModelTooSlowError,
    NoModelError,
)
from ..asking import Outcome, Pages, as_answered, ask_about, find_gaps
from ..errors import QueueDownError, TaxAIError
from ..models import Box, Page, PageKind, Table
from ..papers import present
from ..pipeline import known_types
from ..settings import get_settings
from ..store import asks, readings
from ..store.database import Store
from ..store.page_words import get_words
from . import kinds
from .asker import Asker
from .failures import telling_failures
from .model import model_options
from .sums import Tally
from .workplace import get_redis, get_store

log = structlog.get_logger()

# The server's trouble and not the document's: it is asked about again when the server is well.
SERVER_TROUBLE = (ModelAwayError, ModelStalledError, ModelTooSlowError, ModelBusyError)
# What a document's own question may have done to the server.
TRIED = (ModelDiedError, ModelStalledError, ModelTooSlowError)


def prepare() -> None:
    """Load what every document needs, once for all forks."""
    known_types(get_settings().doctypes_path)


def ask_document(document_id: str, run: int) -> None:
    """RQ job: ask about one document and save what is printed of the answers. Safe to run twice.

    How it fails is saved as `telling_failures` says; the document stays in review as it is.
    """
    store = get_store()
    with telling_failures(kinds.ASK, document_id, run):
        claimed = asks.claim(store, document_id, run)
        if claimed is None:
            return
        log.info("asking begun")
        try:
            asked = _ask(store, document_id, claimed)
        except (BreakerOpenError, NoModelError, QueueDownError) as error:
            _put_off(store, document_id, run, error)
        except RedisError:
            _put_off(store, document_id, run, QueueDownError())
        except SERVER_TROUBLE as error:
            _put_off(store, document_id, run, error)
        else:
            if asks.finish(store, document_id, run, asked, present):
                Tally().took("ask", asked.seconds).ended(kinds.ASK.name, "finished").write()
                log.info(
                    "asking finished",
                    calls=asked.calls,
                    tokens=asked.prompt_tokens + asked.answer_tokens,
                    seconds=asked.seconds,
                    wanted=asked.wanted,
                    count=asked.filled,
                )


def _put_off(store: Store, document_id: str, run: int, error: TaxAIError) -> None:
    was_tried = isinstance(error, TRIED)
    if asks.put_off(store, document_id, run, error, was_tried=was_tried):
        Tally().ended(kinds.ASK.name, "put_off", error.code).write()
        log.warning("asking put off", reason=error.code)


def _ask(store: Store, document_id: str, claimed: asks.Claimed) -> asks.Asked:
    """Ask about what is open in a document as people have it now."""
    types = known_types(get_settings().doctypes_path)
    records = [
        present(one).as_record().model_copy(update={"warnings": by_rules.warnings})
        for one, by_rules in zip(claimed.papers, claimed.by_rules, strict=True)
    ]
    gaps = [
        replace(gap, fields=tuple(n for n in gap.fields if n not in cleared))
        for gap in find_gaps(types, records)
        for cleared in (claimed.papers[gap.record - 1].cleared,)
    ]
    options = model_options(store)
    # So that what was found by then is kept; the last question may take as long as one can.
    limit_s, one_s = get_settings().ask_timeout_s, options.load_s + 2 * options.call_s
    until = time.monotonic() + max(limit_s / 2, limit_s - one_s)
    with Asker(_redis(), options) as asker:
        outcome = ask_about(
            records,
            _pages(store, document_id, claimed.reading_run),
            types,
            asker.about(store, document_id),
            window=options.num_ctx,
            gaps=[gap for gap in gaps if gap.fields or gap.is_type_unsure],
            is_over=lambda: time.monotonic() > until,
        )
    changed = {
        number: as_answered(
            types,
            claimed.by_rules[number - 1],
            claimed.read[number - 1],
            records[number - 1],
            after,
        )
        for number, after in outcome.records.items()
    }
    return asks.Asked(
        records=changed,
        wanted=outcome.wanted,
        filled=outcome.filled,
        note=_note(outcome),
        model=options.model,
        calls=outcome.calls,
        prompt_tokens=outcome.prompt_tokens,
        answer_tokens=outcome.answer_tokens,
        seconds=outcome.seconds,
    )


def _note(outcome: Outcome) -> str:
    if outcome.wanted == 0:
        return "Nothing is open any more."
    if outcome.is_cut_short:
        return "The time for one document is over; ask again to go on."
    if outcome.questions == 0:
        return "Nothing else that is printed could be one of them, so the model was not asked."
    return ""


def _pages(store: Store, document_id: str, run: int) -> Pages:
    stored = readings.load(store, document_id)

    def page(number: int) -> Page:
        width, height = stored.page_sizes[number]
        kept = get_words(store, document_id, run, number)
        boxes = [box for table in stored.tables if (box := table.box_on(number))]
        return Page(
            number=number,
            width_pt=width,
            height_pt=height,
            tables=[_place(number, box) for box in boxes],
            warnings=[],
            kind=cast(PageKind, stored.page_kinds[number]),
            turn=kept.turn,
            slant_deg=kept.slant_deg,
            words=kept.words,
        )

    return page


def _place(page: int, box: Box) -> Table:
    """A table of which only the place counts."""
    return Table(page=page, bbox=box, method="ruled", accuracy=0.0, rows=[])


def _redis() -> Redis:
    job = get_current_job()
    return job.connection if job else get_redis()
