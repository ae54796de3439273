"""`taxai process`: the pipeline without queue and database, each file in a child of its own."""

import gc
import json
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ..errors import NotAPdfError, OutOfMemoryError, ReadTimeoutError, TaxAIError
from ..jobs.limits import confine, held_memory, is_too_much
from ..models import Page
from ..observe.machine import cpu_count
from ..pdf.forks import OUT_OF_MEMORY_SIGNALS
from ..pipeline import known_types, process_pdf
from ..settings import get_settings
from .names import shown_name

# At 1 GB a second, which is what allocating takes here, a child is caught 0.2 GB over its limit.
WATCH_EVERY_S = 0.2


class UnreadableFileError(NotAPdfError):
    """The path leads to no file that can be read."""

    message = "There is no such file, or it cannot be read. Check the path."


def process_files(
    files: Sequence[Path], *, password: str | None, as_json: bool, with_ai: bool
) -> int:
    """Read files one after the other and print each result; return 1 where any failed."""
    failed = 0
    known_types(get_settings().doctypes_path)  # once for all children
    for path in files:
        try:
            told = _in_child(path, password, as_json, with_ai)
        except TaxAIError as error:
            failed += 1
            message = {"code": error.code, "message": str(error)}
            told = _told({"file": shown_name(path), "error": message}, as_json)
        print(told, flush=True)
    return 1 if failed else 0


def _in_child(path: Path, password: str | None, as_json: bool, with_ai: bool) -> str:
    """Read one file where a crash, a hang or a memory bomb of its own hurts nobody else.

    Returns what is to be printed: as text it takes a sixth of the memory that its parts do.
    """
    mine, theirs = multiprocessing.Pipe(duplex=False)
    # No daemon: those may have no children, and a reading may share its pages out.
    with_ai = with_ai and get_settings().ollama_model is not None
    task = (path, password, as_json, with_ai, theirs, os.getpid())
    child = multiprocessing.Process(target=_read, args=task)
    child.start()
    theirs.close()
    try:
        _wait(mine, child.pid or 0)
        answer: str | TaxAIError = mine.recv()
    except EOFError:
        child.join()
        died_of = -(child.exitcode or 0)
        if died_of in OUT_OF_MEMORY_SIGNALS:
            raise OutOfMemoryError(get_settings().job_memory_mb) from None
        raise TaxAIError() from None
    finally:
        child.kill()
        with suppress(ProcessLookupError):
            os.killpg(child.pid or 0, signal.SIGKILL)  # and what it has started
        child.join()
    if isinstance(answer, TaxAIError):
        raise answer
    return answer


def _wait(answer: Connection, pid: int) -> None:
    """Wait for a child's answer or its end.

    Raises:
        ReadTimeoutError, OutOfMemoryError: it is over its limit and still at work.
    """
    settings = get_settings()
    end = time.monotonic() + settings.job_timeout_s
    while not answer.poll(WATCH_EVERY_S):
        if time.monotonic() > end:
            raise ReadTimeoutError(settings.job_timeout_s)
        if is_too_much(pid, held_memory(pid), settings.job_memory_mb):
            raise OutOfMemoryError(settings.job_memory_mb)


def _read(
    path: Path,
    password: str | None,
    as_json: bool,
    with_ai: bool,
    answer: Connection,
    parent: int,
) -> None:
    gc.freeze()  # a collection would write to, and so copy, all that it shares with its parent
    settings = get_settings()
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    confine(parent, settings.job_memory_mb)
    try:
        data = path.read_bytes()
    except OSError:
        answer.send(UnreadableFileError())
        return
    try:
        reading = process_pdf(
            data,
            password=password,
            max_file_mb=settings.max_file_mb,
            max_pages=settings.max_pages,
            page_timeout_s=settings.page_timeout_s,
            cores=cpu_count,
            keep_words=with_ai,
            types=known_types(settings.doctypes_path),
            on_page=lambda page, total, _picture: _tell(path, page, total),
        )
        if with_ai:
            from .process_ai import with_answers  # 40 MB that a reading alone does not need

            reading = with_answers(reading, known_types(settings.doctypes_path))
        answer.send(_told(reading.as_contract(shown_name(path)), as_json))
    except MemoryError:
        answer.send(OutOfMemoryError(settings.job_memory_mb))
    except TaxAIError as error:
        error.__cause__ = None
        answer.send(error)
    except Exception as error:
        print(f"{shown_name(path)}: {type(error).__name__}", file=sys.stderr)
        answer.send(TaxAIError())


def _tell(path: Path, page: Page, total: int) -> None:
    print(f"{shown_name(path)}: page {page.number} of {total}", file=sys.stderr, flush=True)


def _told(result: dict[str, Any], as_json: bool) -> str:
    return json.dumps(result, ensure_ascii=False) if as_json else _in_words(result)


def _in_words(result: dict[str, Any]) -> str:
    if "error" in result:
        return f"{result['file']}: failed ({result['error']['code']}): {result['error']['message']}"
    lines = [f"{result['file']}: {result['pages']} pages, {len(result['tables'])} tables"]
    whole = {**result, "pages": [1, result["pages"]]}
    for part in result.get("parts", [whole]):
        first, last = part["pages"]
        lines.append(f"  {part['document_type']} (pages {first} to {last})")
        lines += [
            f"    {name:<30} {field['value']}  (page {field['page']}, {field['confidence']:.2f})"
            for name, field in part["fields"].items()
        ]
        lines += [f"    ✗ {c['detail']}" for c in part["checks"] if c["status"] == "fail"]
    lines += [
        f"  page {table['page']}: {len(table['rows'])} rows × {len(table['rows'][0])} columns"
        f" ({table['method']})"
        for table in result["tables"]
    ]
    return "\n".join([*lines, *(f"  {warning}" for warning in result["warnings"])])
