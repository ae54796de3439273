"""What is wrong, in sentences that say what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..errors import QueueDownError, TaxAIError
from ..jobs import alerts as kept
from ..jobs.alerts import Alert
from ..jobs.workplace import asking_redis, get_store
from ..settings import get_settings
from ..store import work_lists
from .resources import ANSWER_WITHIN_S, GONE


@dataclass(frozen=True)
class ToldAlert:
    """A whole sentence, and what to do."""

    level: Literal["red", "amber"]
    sentence: str
    todo: str


@dataclass(frozen=True)
class ToldAlerts:
    """Those in force, red ones first, and those of the last day, the newest first."""

    present: Sequence[ToldAlert] = ()
    past: Sequence[ToldAlert] = ()


def alerts() -> ToldAlerts:
    """What the keeper has found; never raises and never hangs."""
    try:
        with asking_redis(ANSWER_WITHIN_S) as redis:
            found = kept.alerts(redis)
    except QueueDownError:
        text = "The queue does not answer, so nobody knows what else is wrong."
        return ToldAlerts([ToldAlert("red", text, "Start again with ./taxai up.")])
    names = _names([*found.present, *found.past])
    if found.looked_s is None or found.looked_s > get_settings().alert_keeper_s:
        since = "" if found.looked_s is None else f" for {_lasting(found.looked_s)}"
        text = f"The keeper has been silent{since}, so lost work stays lost until it is back."
        silent = ToldAlert("red", text, "Start again with ./taxai up, or docker/deploy.sh up.")
        # What it said last may long be over.
        return ToldAlerts([silent], [_told(one, found.now, names) for one in found.past])
    return ToldAlerts(
        [_told(one, found.now, names) for one in found.present],
        [_told(one, found.now, names) for one in found.past],
    )


def _told(alert: Alert, now: float, names: dict[str, str]) -> ToldAlert:
    name = names.get(alert.document or "", GONE)
    text = alert.text.replace(kept.DOCUMENT, name)
    if alert.is_over:
        return ToldAlert(alert.level, f"{text}, {_lasting(now - alert.since)} ago.", alert.todo)
    if alert.until is None:
        return ToldAlert(alert.level, f"{text} for {_lasting(now - alert.since)}.", alert.todo)
    lasted, ago = _lasting(alert.until - alert.since), _lasting(now - alert.until)
    return ToldAlert(alert.level, f"{text} for {lasted}, until {ago} ago.", alert.todo)


def _lasting(seconds: float) -> str:
    """`40 s`, `3 min`, `5 h`: as exact as an alert has to be."""
    if seconds < 60:
        return f"{max(seconds, 1):.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 3600 else f"{seconds / 3600:.0f} h"


def _names(found: Sequence[Alert]) -> dict[str, str]:
    ids = {alert.document for alert in found if alert.document}
    try:
        return work_lists.names(get_store(), ids) if ids else {}
    except TaxAIError:
        return {}
