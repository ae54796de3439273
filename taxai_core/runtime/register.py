"""The list in Redis of which processes there are, as far as Redis answers."""

import platform
from collections.abc import Callable, Iterable
from functools import partial

import psutil

from ..jobs import presence
from ..jobs.connection import open_redis
from ..jobs.crew_size import WANTED, CrewSize, crew_size

# A local Redis answers within milliseconds; a stop may not wait long for one that hangs.
ANSWER_WITHIN_S = 1.0


class Register:
    """Reads and writes that list; a Redis that is away is no error here but a `False`."""

    def __init__(self, url: str) -> None:
        self._redis = open_redis(url, answer_within_s=ANSWER_WITHIN_S)

    def answers(self) -> bool:
        return self._succeeds(self._redis.ping)

    def is_present(self, pid: int) -> bool:
        found: list[bool] = []
        self._succeeds(lambda: found.append(presence.is_present(self._redis, pid)))
        return any(found)

    def announce(self, name: str, pid: int) -> bool:
        return self._succeeds(lambda: presence.announce(self._redis, name, pid))

    def withdraw(self, pids: Iterable[int]) -> bool:
        # all() ends at the first failure: each would cost the whole time-out.
        return all(self._succeeds(partial(presence.withdraw, self._redis, pid)) for pid in pids)

    def crew_size(self) -> CrewSize | None:
        """How many workers the keeper wants; None where it has not said so."""
        found: list[CrewSize | None] = [None]
        self._succeeds(lambda: found.append(crew_size(self._redis)))
        return found[-1]

    def forget_crew_size(self) -> None:
        """Begin with the fewest, whatever the last `up` ended with."""
        self._succeeds(lambda: self._redis.delete(WANTED))

    def forget_all(self) -> None:
        """Remove what an earlier `up` left in a Redis that nobody else uses."""
        self._succeeds(lambda: self._redis.delete(presence.PROCESSES))

    def forget_the_dead(self) -> None:
        """Remove what an `up` of this host that was killed left in a shared Redis."""

        def forget() -> None:
            for process in presence.processes(self._redis):
                if process.host == platform.node() and not psutil.pid_exists(process.pid):
                    presence.withdraw(self._redis, process.pid)

        self._succeeds(forget)

    @staticmethod
    def _succeeds(call: Callable[[], object]) -> bool:
        try:
            call()
        except Exception:  # Redis or the way to it, whatever the client calls that
            return False
        return True
