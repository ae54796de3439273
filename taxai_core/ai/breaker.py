"""The circuit breaker: a server that fails is left alone for a while, by all processes together."""

from collections.abc import Callable
from datetime import UTC, datetime
from math import ceil
from typing import ParamSpec, TypeVar

from pybreaker import STATE_CLOSED, CircuitBreaker, CircuitBreakerError, CircuitBreakerStorage

from .errors import (
    BreakerOpenError,
    ModelAwayError,
    ModelError,
    ModelStalledError,
    ModelTooSlowError,
)

Params = ParamSpec("Params")
Result = TypeVar("Result")

# A server that is gone or silent serves nobody: the next call would only wait for it in vain too.
OPENS_AT_ONCE = (ModelAwayError, ModelStalledError)


class ModelBreaker:
    """Guards the calls to one model server. Its state is where `storage` keeps it.

    Closed, calls pass. Open, they are refused for `reset_s`. Then one call is let through as a
    probe, by whichever process comes first; the others are refused until it has ended, or for
    another `reset_s` if its process died. The probe's success closes the breaker.
    """

    def __init__(
        self, storage: CircuitBreakerStorage, fail_max: int = 3, reset_s: float = 60
    ) -> None:
        self._storage = storage
        self._reset_s = reset_s
        self._breaker = CircuitBreaker(
            fail_max=fail_max,
            reset_timeout=reset_s,
            exclude=[lambda error: not _is_failure(error)],
            state_storage=storage,
            throw_new_error_on_trip=False,
        )

    @property
    def state(self) -> str:
        """Its name: `closed`, `open` or `half-open`."""
        return self._storage.state

    def is_open(self) -> bool:
        """Would a call be refused now?"""
        return self._rests_s() > 0

    def may_probe(self) -> bool:
        """Would a call be let through now as a probe?"""
        return self.state != STATE_CLOSED and not self.is_open()

    def call(
        self, function: Callable[Params, Result], *args: Params.args, **kwargs: Params.kwargs
    ) -> Result:
        """Call `function` and learn from how it ends.

        Raises: BreakerOpenError without calling it while the server is left alone; whatever
            `function` raises.
        """
        if (left_s := self._rests_s()) > 0:
            raise BreakerOpenError(ceil(left_s))
        if self.state != STATE_CLOSED:
            # The rest begins anew for all others, before this call begins.
            self._storage.opened_at = datetime.now(UTC)
            self._breaker.half_open()
        try:
            return self._breaker.call(function, *args, **kwargs)
        except CircuitBreakerError:  # another process opened it meanwhile
            raise BreakerOpenError(ceil(self._rests_s())) from None
        except OPENS_AT_ONCE:
            self._breaker.open()
            raise

    def _rests_s(self) -> float:
        """How many seconds the server is still left alone; 0 where it may be called."""
        opened_at = self._storage.opened_at
        if self.state == STATE_CLOSED or opened_at is None:
            return 0.0
        return max(0.0, self._reset_s - (datetime.now(UTC) - opened_at).total_seconds())


def _is_failure(error: BaseException) -> bool:
    """Does it say that the server is not well? One that refuses or is full is, so far."""
    return isinstance(error, (*OPENS_AT_ONCE, ModelTooSlowError)) or type(error) is ModelError
