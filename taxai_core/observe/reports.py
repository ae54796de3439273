"""What containers report of themselves, each in a folder `NAME@HOST` that all of them share.

So nobody has to see another container's processes, nor ask the engine.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .cgroup import GroupFigures, read_group

# A container writes every 2 s. Its folder stays when it has gone.
STALE_AFTER_S = 10.0


@dataclass(frozen=True, slots=True)
class Report:
    """One container: its service, its host name, and its group when it last wrote."""

    service: str
    host: str
    time: float
    figures: GroupFigures


@dataclass(frozen=True, slots=True)
class ServiceSample:
    """A container between two reports. `throttled` is the share of the kernel's periods of 100 ms
    in which it was held back by its quota; `seen_s` is how long this reader knows it."""

    service: str
    host: str
    cores: float
    throttled: float
    seen_s: float
    figures: GroupFigures


@dataclass(frozen=True, slots=True)
class _Last:
    """The last report of a container, and what it used since the one before."""

    report: Report
    since: float
    cores: float = 0.0
    throttled: float = 0.0


class ReportReader:
    """Reads all containers of a machine, and keeps what the next reading is compared with."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last: dict[tuple[str, str], _Last] = {}

    def read(self) -> list[ServiceSample]:
        """All that live, ordered by service and host; what is new has used no processor yet."""
        now = time.time()
        for report in _reports(self._folder, now):
            key = report.service, report.host
            if (last := self._last.get(key)) is None:
                self._last[key] = _Last(report, now)
            elif last.report.time != report.time:
                self._last[key] = _next(last, report)
        # A folder that is replaced just now may be missing, so the last word counts till it is old.
        self._last = {
            key: last for key, last in self._last.items() if now - last.report.time < STALE_AFTER_S
        }
        return [
            ServiceSample(
                *key, last.cores, last.throttled, max(now - last.since, 0.0), last.report.figures
            )
            for key, last in sorted(self._last.items())
        ]


def _reports(folder: Path, now: float) -> Iterator[Report]:
    try:
        found = list(folder.iterdir())
    except OSError:
        return
    for each in found:
        service, at, host = each.name.partition("@")
        if not (service and at and host) or service.startswith("."):
            continue
        written = _written(each)
        if now - written < STALE_AFTER_S and (figures := read_group(each)):
            yield Report(service, host, written, figures)


def _written(folder: Path) -> float:
    """When a copy was made, told by the file that each version has in its place."""
    for name in ("memory.current", "memory/memory.usage_in_bytes"):
        try:
            return (folder / name).stat().st_mtime
        except OSError:
            continue
    return 0.0


def _next(last: _Last, report: Report) -> _Last:
    before, now = last.report.figures, report.figures
    elapsed_s = report.time - last.report.time
    if elapsed_s <= 0 or now.cpu_s < before.cpu_s:  # the clock was set, or it was started anew
        return _Last(report, last.since)
    periods = now.periods - before.periods
    held = now.throttled_periods - before.throttled_periods
    throttled = min(held / periods, 1.0) if periods > 0 else 0.0
    return _Last(report, last.since, (now.cpu_s - before.cpu_s) / elapsed_s, throttled)
