"""The log of events: one JSON line each, in one file that all processes of a data folder share.

It may be read by anybody: ids, codes and figures, never what a paper says or is called. So what
libraries say is left out, as they quote what they stumble over, and so are texts of exceptions.
"""

import json
import logging
import threading
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
from concurrent_log_handler import ConcurrentRotatingFileHandler
from structlog.contextvars import merge_contextvars
from structlog.processors import ExceptionRenderer
from structlog.typing import EventDict, ExcInfo

EVENTS_FILE = "events.jsonl"
# A page read is a line of 200 bytes: 5 MB hold 25,000 pages. The view reads all of it at worst.
MOST_BYTES, OLDER_FILES = 5_000_000, 5
PACKAGE = __package__ or ""
_CHECKOUT = Path(__file__).parents[1]
# A library wraps a reason in a reason; the first few tell what it was.
_MOST_CAUSES = 4

_lock = threading.Lock()
_present: tuple[Path, str, logging.Handler] | None = None


def configure_log(folder: Path, process: str) -> None:
    """Have this process write its events to `folder`, with its forks, from now on.

    What libraries say goes to standard error as well, with its text. A folder that cannot be
    written costs the events and nothing else; one below a folder that is not there is not made.
    """
    global _present
    with _lock:
        if _present and _present[:2] == (folder, process):
            return  # Streamlit runs its script for every window and click
        if _present:
            logging.getLogger().removeHandler(_present[2])
            _present[2].close()
        _present = folder, process, _EventFile(folder)
        _present[2].setFormatter(
            structlog.stdlib.ProcessorFormatter(
                foreign_pre_chain=[merge_contextvars],
                processors=[ExceptionRenderer(_types_and_place), _Line(process)],
            )
        )
        structlog.configure(
            processors=[
                structlog.stdlib.filter_by_level,
                merge_contextvars,
                structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
            ],
            logger_factory=lambda *_: logging.getLogger(PACKAGE),
            wrapper_class=structlog.stdlib.BoundLogger,
        )
        logging.getLogger(PACKAGE).setLevel(logging.INFO)
        logging.getLogger().addHandler(_present[2])
        _keep_standard_error()


class _EventFile(ConcurrentRotatingFileHandler):
    """The file, made with its folder when there is a first event."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        super().__init__(
            folder / EVENTS_FILE,
            maxBytes=MOST_BYTES,
            backupCount=OLDER_FILES,
            encoding="utf-8",
            chmod=0o600,
        )

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):  # it may be there, and its parent may not
            self._folder.mkdir(mode=0o700)
        super().emit(record)

    def close(self) -> None:
        with suppress(OSError):  # what is not written yet may find no room
            super().close()

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk, most of the time: nobody who has something to tell hears of it."""


class _Line:
    """Makes the line of an event, ours or a library's."""

    def __init__(self, process: str) -> None:
        self._process = process

    def __call__(self, _logger: Any, _method: str, told: EventDict) -> str:
        record: logging.LogRecord = told.pop("_record")
        for name in ("_from_structlog", "stack_info"):
            told.pop(name, None)
        event = told.pop("event")
        about = {name: told.pop(name) for name in ("document", "job", "run") if name in told}
        told = about | dict(told)  # a job names them first, and its event after that
        if record.name.partition(".")[0] != PACKAGE:
            event = "a library spoke"
            told = {"logger": record.name, "place": f"{record.filename}:{record.lineno}", **told}
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": self._process,
            "pid": record.process,
            "event": event,
            **{name: _bare(value) for name, value in told.items() if value is not None},
        }
        return json.dumps(line)


def _bare(value: object) -> object:
    """A value as it is written; of an object only what it is, for its text may be anything."""
    if isinstance(value, float):
        return round(value, 3)
    return value if isinstance(value, str | int | None) else type(value).__name__


def _types_and_place(exc_info: ExcInfo) -> str:
    """`StorageError of OperationalError at taxai_core/store/asks.py:63`."""
    error: BaseException | None = exc_info[1]
    types: list[str] = []
    while error is not None and len(types) < _MOST_CAUSES:
        types.append(type(error).__name__)
        error = error.__cause__ or error.__context__
    steps = traceback.extract_tb(exc_info[2])
    ours = [step for step in steps if Path(step.filename).is_relative_to(_CHECKOUT / PACKAGE)]
    if not (last := (ours or steps)[-1:]):
        return " of ".join(types)
    path = Path(last[0].filename)
    named = path.relative_to(_CHECKOUT).as_posix() if ours else path.name
    return f"{' of '.join(types)} at {named}:{last[0].lineno}"


def _keep_standard_error() -> None:
    """Print what libraries warn of, which Python does only while the root has no handler."""
    if (printed := logging.lastResort) and printed not in logging.getLogger().handlers:
        printed.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
        printed.addFilter(lambda record: not isinstance(record.msg, dict))  # an event of ours
        logging.getLogger().addHandler(printed)
