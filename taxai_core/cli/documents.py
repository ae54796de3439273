"""`taxai submit`, `status` and `export`: the same verbs as the pages, for a shell."""

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .. import service
from ..errors import NoDataError, TaxAIError
from ..settings import get_settings
from ..store.ask import Ask
from ..store.document import WAITING, Document
from .names import shown_name

POLL_S = 0.5


def submit_files(files: Sequence[Path], *, password: str | None, wait: bool) -> int:
    """Take files in and say what became of each; return 1 where any was refused or failed."""
    ids, refused = [], 0
    try:
        service.prepare_store()
        for place, path in enumerate(files):
            try:
                accepted = service.submit(
                    shown_name(path), path.read_bytes(), password=password, place=place
                )
            except OSError:
                refused += 1
                print(f"{path}: there is no such file, or it cannot be read.", file=sys.stderr)
            except TaxAIError as error:
                refused += 1
                print(f"{shown_name(path)}: refused ({error.code}): {error}", file=sys.stderr)
            else:
                ids.append(accepted.document.id)
                verdict = "accepted" if accepted.is_new else "is here already"
                print(f"{shown_name(path)}: {verdict} {accepted.document.id}", flush=True)
        state = service.system_state()
        if ids and state.trouble:
            print(state.trouble, file=sys.stderr)
            if not state.queue_up:
                return 1 if refused or wait else 0
        failed = _wait_for(set(ids)) if wait else 0
    except TaxAIError as error:
        print(error, file=sys.stderr)
        return 1
    return 1 if refused or failed else 0


def show_status(*, as_json: bool) -> int:
    """List the documents, newest first."""
    try:
        _need_data()
        listed = service.list_documents()
    except TaxAIError as error:
        print(error, file=sys.stderr)
        return 1
    if as_json:
        print(json.dumps([_as_json(document) for document in listed], ensure_ascii=False))
    elif not listed:
        print("No documents yet. Add some with: taxai submit FILE…")
    else:
        for document in listed:
            print(_in_words(document))
    return 0


def export_to(folder: Path, *, approved_only: bool) -> int:
    """Write summary.csv, documents.csv and the tables below `folder`."""
    try:
        _need_data()
        export = service.choose_export(approved_only=approved_only)
        written = export.write(folder)
    except TaxAIError as error:
        print(error, file=sys.stderr)
        return 1
    if not approved_only:
        print("This holds values that nobody has approved.", file=sys.stderr)
    print(f"{written} files of {len(export.items)} documents in {folder}")
    if approved_only and not export.items:
        print("Nothing is approved yet; --all exports what was read.", file=sys.stderr)
    return 0


def _need_data() -> None:
    """Bring the database up to date, but make none: who only looks must leave nothing behind."""
    if not service.has_store():
        raise NoDataError(get_settings().data_path)
    service.prepare_store()


def _wait_for(ids: set[str]) -> int:
    """Wait until no document of `ids` is waiting; return how many failed."""
    while True:
        mine = [document for document in service.list_documents() if document.id in ids]
        if not any(document.state in WAITING for document in mine):
            for document in reversed(mine):
                print(_in_words(document))
            return sum(document.state in ("failed", "cancelled") for document in mine)
        time.sleep(POLL_S)


def _as_json(document: Document) -> dict[str, Any]:
    shown = asdict(document)
    error = {"code": document.error_code, "message": document.error_message}
    return {
        "id": document.id,
        "file": document.name,
        "state": document.state,
        "pages_done": document.pages_done,
        "pages_total": document.pages_total,
        "seconds": None if document.seconds is None else round(document.seconds, 2),
        "added": shown["created_at"].isoformat(),
        "error": error if document.error_code else None,
        "model": _ask_as_json(document.ask) if document.ask else None,
    }


def _ask_as_json(ask: Ask) -> dict[str, Any]:
    """How far asking the model about its gaps is."""
    return {"state": ask.state, "wanted": ask.gaps, "found": ask.filled, "why": ask.error_message}


def _in_words(document: Document) -> str:
    pages = f"{document.pages_done}/{document.pages_total or '?'} pages"
    seconds = "" if document.seconds is None else f"{document.seconds:6.1f} s"
    why = f"  {document.error_code}: {document.error_message}" if document.error_code else ""
    return f"{document.id[:8]}  {document.state:<10} {pages:>12} {seconds:>9}  {document.name}{why}"
