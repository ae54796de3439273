"""What is wrong now, and was within the last day: kept in Redis, so that pages only read it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal

from redis import Redis

PRESENT, PAST = "taxai:alerts:present", "taxai:alerts:past"
MOST_PAST, PAST_S = 200, 86400
# Where the name of a document is to stand, which no alert holds.
DOCUMENT = "{document}"


@dataclass(frozen=True)
class Alert:
    """A sentence without its end: how long it has lasted, or how long ago it was.

    `red` is lost or stuck, `amber` is to be looked at. `document` is an id. What `is_over` has
    happened at `since`; anything else lasts, and has ended at `until` where that is known.
    """

    key: str
    level: Literal["red", "amber"]
    text: str
    todo: str
    since: float
    until: float | None = None
    document: str | None = None
    is_over: bool = False


@dataclass(frozen=True)
class Alerts:
    """Those in force, red ones first, and those of the last day, the newest first.

    `looked_s` is how long ago the keeper looked, None where it never did; by the clock of Redis.
    """

    present: Sequence[Alert]
    past: Sequence[Alert]
    now: float
    looked_s: float | None


def tell(redis: Redis, found: Sequence[Alert], now: float) -> None:
    """Keep what is found now in place of what was before, which has ended where it is not found.

    Args:
        now: by the clock of Redis.

    Raises:
        redis.RedisError
    """
    before = {alert.key: alert for alert in alerts(redis).present}
    kept = [
        replace(one, since=min(one.since, before[one.key].since))
        if one.key in before and not one.is_over
        else one
        for one in found
    ]
    still = {alert.key for alert in kept}
    ended = [replace(one, until=now) for key, one in before.items() if key not in still]
    ended += [
        one
        for one in before.values()
        for new in kept
        if new.key == one.key and _is_another(new, one)
    ]
    with redis.pipeline(transaction=True) as pipeline:
        pipeline.set(PRESENT, json.dumps([now, [asdict(alert) for alert in kept]]), ex=PAST_S)
        for alert in ended:
            pipeline.lpush(PAST, json.dumps(asdict(alert)))
        pipeline.ltrim(PAST, 0, MOST_PAST - 1)
        pipeline.expire(PAST, PAST_S)
        pipeline.execute()


def alerts(redis: Redis) -> Alerts:
    """All that is known.

    Raises:
        redis.RedisError
    """
    with redis.pipeline(transaction=True) as pipeline:
        pipeline.time()
        pipeline.get(PRESENT)
        pipeline.lrange(PAST, 0, -1)
        (seconds, micros), stored, entries = pipeline.execute()
    now = seconds + micros / 1e6
    looked, present = json.loads(stored) if stored else (None, [])
    past = [Alert(**json.loads(entry)) for entry in entries]
    return Alerts(
        present=sorted((Alert(**one) for one in present), key=_order),
        past=[one for one in past if now - (one.until or one.since) < PAST_S],
        now=now,
        looked_s=None if looked is None else now - looked,
    )


def _is_another(new: Alert, old: Alert) -> bool:
    """Has the same happened once more?"""
    return new.is_over and new.since > old.since


def _order(alert: Alert) -> tuple[bool, float]:
    return alert.level != "red", -alert.since
