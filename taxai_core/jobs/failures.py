"""How a job that could not do its work says so."""

from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import (
    DamagedError,
    OutOfMemoryError,
    ReadTimeoutError,
    StorageError,
    TaxAIError,
    WrongKeyError,
)
from ..settings import get_settings
from .deadline import OverTime
from .kinds import Kind, W
from .workplace import get_store


@contextmanager
def telling_failures(kind: Kind[W], row_id: str, run: int) -> Iterator[None]:
    """Save in the row why its work failed.

    What the user can act on is saved with its code, and the job ends well. Anything else
    is saved as `internal` and raised again, so that RQ keeps the traceback.
    """
    store = get_store()
    try:
        yield
    except OverTime:
        kind.fail(store, row_id, run, ReadTimeoutError(kind.timeout_s()))
    except MemoryError:
        kind.fail(store, row_id, run, OutOfMemoryError(get_settings().job_memory_mb))
    except TaxAIError as error:
        kind.fail(store, row_id, run, error)
        if isinstance(error, StorageError | DamagedError | WrongKeyError):
            raise  # a full disk or a damaged store: the log is to say which
    except Exception as error:
        kind.fail(store, row_id, run, TaxAIError())
        # The text of a parser's exception may quote the paper; its type and place do not.
        raise RuntimeError(type(error).__name__).with_traceback(error.__traceback__) from None
