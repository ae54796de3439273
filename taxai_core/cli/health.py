"""`taxai health`: every part with its state, a sentence, and what to do."""

import json
from dataclasses import asdict

from ..service.health import health

SIGNS = {"ok": "✓", "warn": "!", "fail": "✗"}


def show_health(*, as_json: bool, with_model: bool) -> int:
    """Print how every part is; return 1 where one fails."""
    parts = health(with_model=with_model)
    if as_json:
        print(json.dumps([asdict(part) for part in parts], ensure_ascii=False))
    else:
        for part in parts:
            todo = f" {part.todo}" if part.todo and part.state != "ok" else ""
            print(f"{SIGNS[part.state]} {part.name:<10} {part.said}{todo}")
    return 1 if any(part.state == "fail" for part in parts) else 0
