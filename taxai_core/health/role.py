"""Is this one container well? Asked every 20 s in each, so nothing heavy is loaded for it."""

import platform
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from ..observe.heartbeat import (
    KEEPER,
    NAME,
    SILENT_AFTER_S,
    keeper_silent_s,
    worker_silent_s,
)
from ..observe.resp import ask_redis
from .check import Check

WITHIN_S = 1.0
# As RQ names them: the set of all workers' keys, and what each begins with.
WORKERS, WORKER = "rq:workers", "rq:worker:"
RESTART = "Its log says why. Start the container again."
AWAY = Check(
    "Queue",
    "fail",
    "away",
    "Redis does not answer. Whoever works goes on, and says so again when it is back.",
    "Look at redis, and leave this container as it is.",
)


def role_health(role: str, redis_url: str, port: int) -> list[Check]:
    """Look at what a container of this role is there for; never raises and never hangs.

    A worker whose Redis is away fails like one that is silent: what it does cannot be seen then.
    Nobody should end it for that, as it goes on reading.
    """
    checks = [_pages(port)] if role == "app" else []
    look: Callable[[str], Check] = {"app": _queue, "keeper": _keeper}.get(
        role, lambda url: _worker(role, url)
    )
    try:
        return [*checks, look(redis_url)]
    except (OSError, ValueError):  # the latter: what answers there is no Redis
        return [*checks, AWAY]


def _pages(port: int) -> Check:
    """Does the server of the pages answer?"""
    ask = b"GET /_stcore/health HTTP/1.0\r\nHost: localhost\r\n\r\n"
    try:
        with socket.create_connection(("127.0.0.1", port), WITHIN_S) as connection:
            connection.sendall(ask)
            answer = connection.recv(64)
    except OSError:
        answer = b""
    if answer.split(b" ")[1:2] == [b"200"]:
        return Check("Pages", "ok", "answer", "The pages answer.")
    return Check("Pages", "fail", "silent", "The pages do not answer.", RESTART)


def _queue(redis_url: str) -> Check:
    ask_redis(redis_url, [["PING"]], WITHIN_S)
    return Check("Queue", "ok", "answers", "Redis answers.")


def _keeper(redis_url: str) -> Check:
    (left_ms,) = ask_redis(redis_url, [["PTTL", KEEPER]], WITHIN_S)
    if (silent_s := keeper_silent_s(left_ms)) is None:
        return Check("Keeper", "fail", "silent", "No keeper has said that it lives.", RESTART)
    said = "A keeper is at work; if there are more, they stand by."
    return Check("Keeper", "ok", f"{silent_s:.0f} s ago", said)


def _worker(kind: str, redis_url: str) -> Check:
    """Does a worker of this kind and host say that it lives?"""
    (keys,) = ask_redis(redis_url, [["SMEMBERS", WORKERS]], WITHIN_S)
    names = [key.decode().removeprefix(WORKER) for key in keys]
    parts = [part for name in names if (part := NAME.fullmatch(name))]
    here = [
        part.string for part in parts if (part["kind"], part["host"]) == (kind, platform.node())
    ]
    signs = [
        sign
        for name in here
        for sign in (["HMGET", WORKER + name, "state", "last_heartbeat"], ["PTTL", WORKER + name])
    ]
    time, *answers = ask_redis(redis_url, [["TIME"], *signs], WITHIN_S)
    asked_at = datetime.fromtimestamp(int(time[0]) + int(time[1]) / 1e6, UTC)
    silent_s = [
        _silent_s(told, left_ms, asked_at)
        for told, left_ms in zip(answers[::2], answers[1::2], strict=True)
    ]
    least_s = min(silent_s, default=SILENT_AFTER_S)
    if least_s < SILENT_AFTER_S:
        return Check("Worker", "ok", f"{least_s:.0f} s ago", "It says that it lives.")
    said = f"It has not said for {SILENT_AFTER_S:.0f} s that it lives."
    return Check("Worker", "fail", "silent", said, RESTART)


def _silent_s(told: list[Any], left_ms: int, asked_at: datetime) -> float:
    state, beat = ((one or b"").decode() for one in told)
    return worker_silent_s(state, beat, left_ms / 1000, asked_at)
