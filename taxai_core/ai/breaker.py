"""The circuit breaker: a server that fails is left alone for a while, by all processes together."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import NoReturn, ParamSpec, TypeVar

from pybreaker import (
    STATE_CLOSED,
    CircuitBreaker,
    CircuitBreakerError,
    CircuitBreakerListener,
    CircuitBreakerStorage,
)

from .errors import (
    BreakerOpenError,
    ModelAwayError,
    ModelError,
    ModelMemoryError,
    ModelMissingError,
    ModelNotLoadedError,
    ModelRefusedError,
    ModelStalledError,
    ModelTooSlowError,
    NoUsableAnswerError,
)

Params = ParamSpec("Params")
Result = TypeVar("Result")

# A server that is gone or silent serves nobody: the next call would only wait for it in vain too.
OPENS_AT_ONCE = (ModelAwayError, ModelStalledError, ModelNotLoadedError)
# No help to the document, but a server that says so is well.
ANSWERS = (ModelMissingError, ModelRefusedError, ModelMemoryError, NoUsableAnswerError)


class ModelBreaker:
    """Guards the calls to one model server. Its state is where `storage` keeps it.

    Closed, calls pass. Open, they are refused for `reset_s`. Then one call is let through as a
    probe, by whichever process comes first; the others are refused until it has ended, or for
    another `reset_s` if its process died. Its answer closes the breaker, its failure opens it
    again; a probe that shows neither leaves it to the next.

    pybreaker is told how a call ended and does not make it: it would take every exception that is
    no failure for a success, a full server and a job's end by the clock too.
    """

    def __init__(
        self,
        storage: CircuitBreakerStorage,
        fail_max: int = 3,
        reset_s: float = 60,
        listeners: Sequence[CircuitBreakerListener] = (),
    ) -> None:
        self._storage = storage
        self._reset_s = reset_s
        self._breaker = CircuitBreaker(
            fail_max=fail_max,
            reset_timeout=reset_s,
            state_storage=storage,
            listeners=listeners,
            throw_new_error_on_trip=False,
        )

    @property
    def state(self) -> str:
        """Its name: `closed`, `open` or `half-open`."""
        return self._storage.state

    def is_open(self) -> bool:
        """Would a call be refused now?"""
        return self.rests_s() > 0

    def may_probe(self) -> bool:
        """Would a call be let through now as a probe?"""
        return self.state != STATE_CLOSED and not self.is_open()

    def rests_s(self) -> float:
        """How many seconds the server is still left alone; 0 where it may be called."""
        opened_at = self._storage.opened_at
        if self.state == STATE_CLOSED or opened_at is None:
            return 0.0
        return max(0.0, self._reset_s - (datetime.now(UTC) - opened_at).total_seconds())

    def close(self) -> None:
        """Let calls pass: the server is seen to be well."""
        self._breaker.close()

    def check(self) -> None:
        """Raises: BreakerOpenError while the server is left alone."""
        if self.is_open():
            raise BreakerOpenError

    def call(
        self, function: Callable[Params, Result], *args: Params.args, **kwargs: Params.kwargs
    ) -> Result:
        """Call `function` and learn from how it ends.

        Raises: BreakerOpenError without calling it while the server is left alone; whatever
            `function` raises.
        """
        self.check()
        if self.state != STATE_CLOSED:
            # The rest begins anew for all others, before this call begins.
            self._storage.opened_at = datetime.now(UTC)
            self._breaker.half_open()
        try:
            result = function(*args, **kwargs)
        except ANSWERS:
            self._note_answer()
            raise
        except ModelError as error:
            self.note_failure(error)
            raise
        self._note_answer()
        return result

    def note_failure(self, error: ModelError) -> None:
        """Learn from a failure, wherever it was met; what does not say the server is ill is none.

        A full server is none, and neither is a question that was not sent.
        """
        if isinstance(error, OPENS_AT_ONCE):
            self._breaker.open()
        elif isinstance(error, ModelTooSlowError) or type(error) is ModelError:
            with suppress(ModelError, CircuitBreakerError):
                self._breaker.call(_raise, error)

    def _note_answer(self) -> None:
        with suppress(CircuitBreakerError):  # another process opened it meanwhile
            self._breaker.call(lambda: None)


def _raise(error: ModelError) -> NoReturn:
    raise error
