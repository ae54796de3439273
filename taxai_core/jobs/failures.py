"""How a job that could not do its work says so."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import structlog
from structlog.contextvars import bound_contextvars

from ..errors import (
    DamagedError,
    ReadTimeoutError,
    StorageError,
    TaxAIError,
    WrongKeyError,
)
from ..store import rereads
from . import failing
from .deadline import OverTime
from .deaths import out_of_memory
from .kinds import ASK, DOCUMENT, REREAD, Kind, W
from .workplace import get_store

log = structlog.get_logger()


@contextmanager
def telling_failures(kind: Kind[W], row_id: str, run: int) -> Iterator[None]:
    """Save in the row why its work failed.

    What the user can act on is saved with its code, and the job ends well. Anything else
    is saved as `internal` and raised again, so that RQ keeps the traceback. All events of the
    work name its row and run.
    """
    with bound_contextvars(**_named(kind, row_id), run=run), _saved(kind, row_id, run):
        yield


def _named(kind: Kind[W], row_id: str) -> dict[str, str | None]:
    if kind in (DOCUMENT, ASK):
        return {"document": row_id}
    document_id = None
    if kind is REREAD:
        with suppress(TaxAIError):  # what is wrong with the store is told when the work begins
            document_id = rereads.document_of(get_store(), row_id)
    return {"document": document_id, "job": row_id}


@contextmanager
def _saved(kind: Kind[W], row_id: str, run: int) -> Iterator[None]:
    def fail(error: TaxAIError) -> None:
        if failing.fail(kind, row_id, run, error):
            log.error("work failed", code=error.code, exc_info=True)

    try:
        yield
    except OverTime:
        fail(ReadTimeoutError(kind.timeout_s()))
    except MemoryError:
        fail(out_of_memory(kind, row_id))
    except TaxAIError as error:
        fail(error)
        if isinstance(error, StorageError | DamagedError | WrongKeyError):
            raise  # a full disk or a damaged store: the log is to say which
    except (Exception, SystemExit) as error:  # a library may exit where it should raise
        fail(TaxAIError())
        # The text of a parser's exception may quote the paper; its type and place do not.
        raise RuntimeError(type(error).__name__).with_traceback(error.__traceback__) from None
