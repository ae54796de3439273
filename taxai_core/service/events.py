"""What happened lately, as the processes of TaxAI have written it down."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ..log import EVENTS_FILE, OLDER_FILES
from ..settings import get_settings

LEVELS = ("info", "warning", "error")
MOST_EVENTS = 200
# What is told of every event, or in a column of its own.
_OWN = ("time", "level", "process", "pid", "event", "document")
# Figures that are said with their unit behind them.
_UNITS = {"seconds": "s", "memory_mb": "MB", "cap_mb": "MB"}
_WORDS = {"cap_mb": "cap", "memory_mb": "memory", "seconds": ""}


@dataclass(frozen=True)
class Event:
    """One line of the log; `document` is an id, and None where it is about none.

    `details` are figures and codes, as the line has them.
    """

    time: datetime
    process: str
    level: str
    event: str
    document: str | None
    details: str


def events(
    document_id: str | None = None, *, level: str = LEVELS[0], most: int = MOST_EVENTS
) -> list[Event]:
    """The newest events first, of one document or of all; never raises.

    Args:
        level: and those that are worse.
    """
    better = [f'"level": "{one}"'.encode() for one in LEVELS[: LEVELS.index(level)]]
    found: list[Event] = []
    for line in _newest_lines():
        # Before it is taken apart: few of a hundred thousand lines are wanted.
        if document_id is not None and document_id.encode() not in line:
            continue
        if any(words in line for words in better):
            continue
        told = _parsed(line)
        if told is None or (document_id is not None and told.document != document_id):
            continue
        found.append(told)
        if len(found) == most:
            break
    return found


def _newest_lines() -> Iterator[bytes]:
    path = get_settings().data_path / "logs" / EVENTS_FILE
    older = [path.with_name(f"{EVENTS_FILE}.{number}") for number in range(1, OLDER_FILES + 1)]
    for each in (path, *older):
        yield from reversed(_lines(each))


def _lines(path: Path) -> list[bytes]:
    try:
        return path.read_bytes().splitlines()
    except OSError:  # there is none yet, or it has just been given another name
        return []


def _parsed(line: bytes) -> Event | None:
    """The event of a line; None for half a line, which a full disk or a killed process leaves."""
    try:
        told: dict[str, Any] = json.loads(line)
        return Event(
            time=datetime.fromisoformat(told["time"]),
            process=str(told["process"]),
            level="error" if told["level"] == "critical" else str(told["level"]),
            event=str(told["event"]),
            document=told.get("document"),
            details=_details(told),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _details(told: dict[str, Any]) -> str:
    """`page 3 · pages 12 · kind text · 0.4 s`."""
    parts = []
    for name, value in told.items():
        if name not in _OWN:
            words = (_WORDS.get(name, name.replace("_", " ")), str(value), _UNITS.get(name, ""))
            parts.append(" ".join(filter(None, words)))
    return " · ".join(parts)
