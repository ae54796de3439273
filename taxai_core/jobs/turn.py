"""Whose turn it is: a long reading gives way to what waits, and goes on later where it stopped."""

import time

from ..errors import QueueDownError
from ..settings import get_settings
from .queue import is_behind_others
from .workplace import asking_redis

# A turn lasts so many times as long as finding back took.
OVER_FINDING_BACK = 3


class Turn:
    """How long a reading may go on while others wait.

    Args:
        place_s: where its document stands in line.
    """

    def __init__(self, place_s: float) -> None:
        self._place_s = place_s
        self._began_at = time.monotonic()
        self._until: float | None = None

    @property
    def seconds(self) -> float:
        """How long it has lasted."""
        return time.monotonic() - self._began_at

    def is_over(self) -> bool:
        """Asked after each page: does it stand behind others by now?"""
        now = time.monotonic()
        if self._until is None:
            self._until = now + max(
                get_settings().turn_s, OVER_FINDING_BACK * (now - self._began_at)
            )
        if now < self._until:
            return False
        try:
            with asking_redis(answer_within_s=1.0) as redis:
                return is_behind_others(redis, self._place_s + self.seconds)
        except QueueDownError:
            return False
