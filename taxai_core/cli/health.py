"""`taxai health`: every part with its state, a figure, a sentence, and what to do."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from ..health.check import Check, is_failing
from ..outside import PORT, from_outside, with_password

SIGNS = {"ok": "✓", "warn": "!", "fail": "✗"}


def show_health(*, as_json: bool, with_model: bool) -> int:
    """Print how every part is; return 1 where one fails."""
    from ..health.verdict import health

    return _show(health(with_model=with_model), as_json=as_json)


def show_role_health(role: str, *, as_json: bool) -> int:
    """Print how this container is, which is there for `role`; return 1 where something fails."""
    from ..health.role import role_health

    port = int(from_outside("port") or PORT)
    return _show(role_health(role, _redis_url(), port), as_json=as_json)


def _redis_url() -> str:
    """Where Redis is. Where that was not said the settings must tell, which takes longer."""
    if (url := from_outside("redis_url")) is not None:
        return with_password(url, from_outside("redis_password"))
    from ..jobs.connection import redis_url
    from ..settings import get_settings

    return redis_url(get_settings()) or ""


def _show(checks: Sequence[Check], *, as_json: bool) -> int:
    if as_json:
        print(json.dumps([asdict(check) for check in checks], ensure_ascii=False))
    else:
        for check in checks:
            print(_line(check))
    return 1 if is_failing(checks) else 0


def _line(check: Check) -> str:
    todo = f" {check.todo}" if check.todo and check.state != "ok" else ""
    return f"{SIGNS[check.state]} {check.name:<12} {check.figure:<18} {check.sentence}{todo}"
