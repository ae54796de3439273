"""The way to Redis."""

import json
from pathlib import Path

from redis import Redis
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError, TimeoutError
from redis.retry import Retry

from ..settings import Settings

# What `taxai up` writes while it runs: {"redis_url": …, "url": …, "pid": …}.
RUN_FILE = "run.json"
# An idle worker waits in a blocking pop of up to 405 s, so there is no read time-out there.
CONNECT_TIMEOUT_S = 2.0


def redis_url(settings: Settings) -> str | None:
    """Return the configured Redis, else the one that `taxai up` started on this data folder."""
    if (url := settings.queue_url) is not None:
        return url
    run_file: Path = settings.data_path / RUN_FILE
    try:
        return str(json.loads(run_file.read_text())["redis_url"])
    except (OSError, ValueError, KeyError):
        return None


def open_redis(url: str, *, answer_within_s: float | None = None, retries: int = 2) -> Redis:
    """Return a client; nothing is sent yet.

    Args:
        url: `redis://…` or `unix://…`.
        answer_within_s: for pages and probes, which must not hang; None waits for ever.
    """
    return Redis.from_url(
        url,
        socket_connect_timeout=CONNECT_TIMEOUT_S,
        socket_timeout=answer_within_s,
        retry=Retry(ExponentialBackoff(cap=0.5, base=0.05), retries=retries),
        retry_on_error=[ConnectionError, TimeoutError],
    )
