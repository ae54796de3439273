"""`taxai ask`: have the model asked about what the rules left open."""

import sys
import time
from contextlib import suppress

from .. import service
from ..errors import (
    LockedError,
    NoDataError,
    NotFoundError,
    QueueDownError,
    TaxAIError,
    WrongStateError,
)
from ..settings import get_settings
from ..store.document import Document

POLL_S = 0.5
NO_ASKER = "No worker asks the model now. It will be asked when taxai up runs."


def ask_about_all(*, again: bool, wait: bool) -> int:
    """Ask about every document that has gaps; return 1 where the model could not be asked."""
    try:
        if not service.has_store():
            raise NoDataError(get_settings().data_path)
        service.prepare_store()
        service.need_model()
        ids = set()
        for document in service.documents_to_ask(again=again):
            # Approved, deleted or asked about meanwhile.
            with suppress(LockedError, NotFoundError, WrongStateError):
                ids.add(service.ask_model(document.id, is_urgent=False).id)
        print(f"The model is asked about {len(ids)} document{'' if len(ids) == 1 else 's'}.")
        state = service.system_state()
        if ids and not state.queue_up:
            print(QueueDownError(), file=sys.stderr)
            return 1 if wait else 0
        if ids and not state.askers:
            print(NO_ASKER, file=sys.stderr)
        return _wait_for(ids) if wait else 0
    except TaxAIError as error:
        print(error, file=sys.stderr)
        return 1


def _wait_for(ids: set[str]) -> int:
    while True:
        mine = [one for one in service.list_documents() if one.id in ids]
        if not any(one.ask and one.ask.is_unfinished for one in mine):
            break
        time.sleep(POLL_S)
    for document in mine:
        print(_in_words(document))
    return 1 if any(one.ask and one.ask.state != "done" for one in mine) else 0


def _in_words(document: Document) -> str:
    ask = document.ask
    if ask is None or ask.state == "done":
        found = f"{ask.filled} of {ask.gaps} values found" if ask else "nothing is open"
    else:
        found = ask.error_message or ask.state
    return f"{document.id[:8]}  {document.name}: {found}"
