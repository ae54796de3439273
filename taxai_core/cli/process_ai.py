"""Asking the model about a file that is read here and now."""

import logging
import time
from collections.abc import Mapping

from ..asking import ask_about, find_gaps
from ..errors import TaxAIError
from ..extract.vocabulary import Vocabulary
from ..jobs.asker import Asker
from ..jobs.model import model_options
from ..jobs.workplace import reachable_redis
from ..models import Reading
from ..settings import get_settings

log = logging.getLogger(__name__)

# Half of a file's time is for asking; reading takes seconds.
SHARE = 0.5
# So long is waited for those who ask at the same time.
SLOT_WITHIN_S = 300.0


def with_answers(reading: Reading, types: Mapping[str, Vocabulary]) -> Reading:
    """A reading, with its words, as it is after the model was asked about its gaps.

    Whatever goes wrong is a warning: what was read is there.
    """
    if not find_gaps(types, reading.records):
        return reading
    until = time.monotonic() + SHARE * get_settings().job_timeout_s
    try:
        options = model_options(None)
        with Asker(reachable_redis(), options, slot_within_s=SLOT_WITHIN_S) as asker:
            outcome = ask_about(
                reading.records,
                lambda number: reading.pages[number - 1],
                types,
                asker.put,
                window=options.num_ctx,
                is_over=lambda: time.monotonic() > until,
            )
    except TaxAIError as error:
        return _warned(reading, f"The model was not asked: {error}")
    except Exception as error:
        # The text of an exception may quote the paper; its type does not.
        log.error("asking the model: %s", type(error).__name__)
        return _warned(reading, "The model was not asked: something went wrong on our side.")
    records = [outcome.records.get(n, one) for n, one in enumerate(reading.records, 1)]
    reading = reading.model_copy(update={"records": records})
    late = "The time for one file is over; the model was not asked about all that is open."
    return _warned(reading, late) if outcome.is_cut_short else reading


def _warned(reading: Reading, warning: str) -> Reading:
    return reading.model_copy(update={"warnings": [*reading.warnings, warning]})
