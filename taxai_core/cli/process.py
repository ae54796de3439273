"""`taxai process`: the pipeline without queue and database, each file in a child of its own."""

import json
import multiprocessing
import resource
import signal
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ..errors import NotAPdfError, OutOfMemoryError, ReadTimeoutError, TaxAIError
from ..jobs.limits import ADDRESS_SPACE_OVER_MB
from ..models import Page
from ..observe.machine import cpu_count
from ..pdf.forks import OUT_OF_MEMORY_SIGNALS
from ..pipeline import process_pdf
from ..settings import get_settings
from .names import shown_name


class UnreadableFileError(NotAPdfError):
    """The path leads to no file that can be read."""

    message = "There is no such file, or it cannot be read. Check the path."


def process_files(files: Sequence[Path], *, password: str | None, as_json: bool) -> int:
    """Read files one after the other and print each result; return 1 where any failed."""
    failed = 0
    for path in files:
        try:
            result = _in_child(path, password)
        except TaxAIError as error:
            failed += 1
            result = {
                "file": shown_name(path),
                "error": {"code": error.code, "message": str(error)},
            }
        print(json.dumps(result, ensure_ascii=False) if as_json else _in_words(result), flush=True)
    return 1 if failed else 0


def _in_child(path: Path, password: str | None) -> dict[str, Any]:
    """Read one file where a crash, a hang or a memory bomb of its own hurts nobody else."""
    settings = get_settings()
    mine, theirs = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.Process(target=_read, args=(path, password, theirs), daemon=True)
    child.start()
    theirs.close()
    try:
        if not mine.poll(settings.job_timeout_s):
            raise ReadTimeoutError(settings.job_timeout_s)
        answer: dict[str, Any] | TaxAIError = mine.recv()
    except EOFError:
        child.join()
        died_of = -(child.exitcode or 0)
        if died_of in OUT_OF_MEMORY_SIGNALS:
            raise OutOfMemoryError(settings.job_memory_mb) from None
        raise TaxAIError() from None
    finally:
        child.kill()
        child.join()
    if isinstance(answer, TaxAIError):
        raise answer
    return answer


def _read(path: Path, password: str | None, answer: Connection) -> None:
    settings = get_settings()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform == "linux":
        cap = (settings.job_memory_mb + ADDRESS_SPACE_OVER_MB) << 20
        resource.setrlimit(resource.RLIMIT_AS, (cap, cap))
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
            on_page=lambda page, total, _picture: _tell(path, page, total),
        )
        answer.send(reading.as_contract(shown_name(path)))
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


def _in_words(result: dict[str, Any]) -> str:
    if "error" in result:
        return f"{result['file']}: failed ({result['error']['code']}): {result['error']['message']}"
    lines = [f"{result['file']}: {result['pages']} pages, {len(result['tables'])} tables"]
    lines += [
        f"  page {table['page']}: {len(table['rows'])} rows × {len(table['rows'][0])} columns"
        f" ({table['method']})"
        for table in result["tables"]
    ]
    return "\n".join([*lines, *(f"  {warning}" for warning in result["warnings"])])
