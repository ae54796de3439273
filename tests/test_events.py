"""What the app shows of the log: the newest first, over all its files, whatever is in them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from taxai_core.log import EVENTS_FILE
from taxai_core.service.events import Event, events


@pytest.fixture
def logs(data: Path) -> Path:
    (data / "logs").mkdir(exist_ok=True)
    return data / "logs"


def line(number: int, **told: object) -> str:
    own = {"time": f"2025-01-01T00:00:{number:02}.000+00:00", "level": "info", "pid": 7}
    return json.dumps(own | {"process": "extract-1", "event": f"event {number}"} | told) + "\n"


def told(*wanted: str, **how: object) -> list[str]:
    return [one.event for one in events(*wanted, **how)]


def test_without_a_log_there_are_no_events(data: Path) -> None:
    assert events() == []


def test_a_line_becomes_an_event_with_its_figures_in_words(logs: Path) -> None:
    figures = {"run": 2, "page": 3, "kind": "text", "seconds": 0.4, "memory_mb": 312, "cap_mb": 900}
    (logs / EVENTS_FILE).write_text(line(1, document="d1", **figures))

    assert events() == [
        Event(
            time=datetime(2025, 1, 1, 0, 0, 1, tzinfo=UTC),
            process="extract-1",
            level="info",
            event="event 1",
            document="d1",
            details="run 2 · page 3 · kind text · 0.4 s · memory 312 MB · cap 900 MB",
        )
    ]


def test_older_files_are_read_where_the_newest_does_not_have_enough(logs: Path) -> None:
    for number, name in ((3, EVENTS_FILE), (2, f"{EVENTS_FILE}.1"), (1, f"{EVENTS_FILE}.2")):
        (logs / name).write_text(line(10 * number) + line(10 * number + 1))

    assert told() == ["event 31", "event 30", "event 21", "event 20", "event 11", "event 10"]
    assert told(most=3) == ["event 31", "event 30", "event 21"]


def test_only_what_is_about_a_document_is_told_where_one_is_named(logs: Path) -> None:
    told_of = {1: {"document": "d1"}, 2: {"document": "d2"}, 3: {"job": "d1-1"}, 4: {}}
    (logs / EVENTS_FILE).write_text("".join(line(n, **keys) for n, keys in told_of.items()))

    assert told("d1") == ["event 1"]
    assert told() == ["event 4", "event 3", "event 2", "event 1"]


def test_a_level_is_told_with_those_that_are_worse(logs: Path) -> None:
    levels = enumerate(("info", "warning", "error", "critical"))
    (logs / EVENTS_FILE).write_text("".join(line(n, level=level) for n, level in levels))

    assert told(level="warning") == ["event 3", "event 2", "event 1"]
    assert told(level="error") == ["event 3", "event 2"]


@pytest.mark.parametrize("broken", [line(2)[:40], "[1]\n", "{}\n", "\n", "7\n", "\x00\x00\n"])
def test_half_a_line_hides_no_other(logs: Path, broken: str) -> None:
    (logs / EVENTS_FILE).write_text(line(1) + broken + "\n" + line(3))

    assert told() == ["event 3", "event 1"]
