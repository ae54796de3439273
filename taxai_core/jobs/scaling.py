"""How many extract workers there should be: by what waits, and by what the memory bears."""

from dataclasses import dataclass

from ..observe.services import WORKER_OWN_MB, system_mb
from ..settings import Settings
from .crew_size import CrewSize

# A worker takes two seconds to start, so it is not worth one for what is read meanwhile.
UP_AFTER_S = 3.0
# Papers come in bursts: somebody who corrects one adds the next a minute later.
DOWN_AFTER_S = 120.0
# Other programs take memory for moments, too.
SHORT_AFTER_S = 10.0


@dataclass(frozen=True)
class Load:
    """What there is to do, and what memory there is to do it with.

    `used_bytes` is what all programs hold, `held_bytes` what of that the workers hold.
    """

    waiting: int
    reading: int
    total_bytes: int
    used_bytes: int
    held_bytes: int


class Scaler:
    """Decides; a change is made when its reason has held for a while.

    Args:
        smallest: so many are kept in any case.
        largest: never more.
        memory_mb: what one document may take.
    """

    def __init__(self, smallest: int, largest: int, memory_mb: int) -> None:
        self._smallest, self._largest = min(smallest, largest), largest
        self._memory_mb = memory_mb
        self._since: dict[str, float] = {}

    @classmethod
    def of(cls, settings: Settings) -> "Scaler":
        """The one that the settings ask for."""
        return cls(settings.workers_min, settings.workers, settings.job_memory_mb)

    def bears(self, load: Load) -> int:
        """How many workers the memory bears, each with as much as it may take."""
        others = load.used_bytes - load.held_bytes
        total_mb = load.total_bytes >> 20
        room_mb = total_mb - system_mb(total_mb) - (others >> 20)
        return max(room_mb, 0) // (self._memory_mb + WORKER_OWN_MB)

    def decide(self, workers: int, load: Load, now_s: float) -> CrewSize | None:
        """Another number of workers, with the reason; None where this many is right.

        Args:
            now_s: of the monotonic clock.
        """
        bears = self.bears(load)
        most = min(max(bears, self._smallest), self._largest)
        busy = load.reading + load.waiting
        needed = min(max(busy, self._smallest), most)
        limit = f"; the memory bears {bears}" if most < min(busy, self._largest) else ""
        wishes = {
            "short": (workers > most, SHORT_AFTER_S, most, f"The memory bears {bears} workers."),
            "up": (needed > workers, UP_AFTER_S, needed, f"{_waiting(load.waiting)}{limit}."),
            "down": (
                needed < workers,
                DOWN_AFTER_S,
                workers - 1,
                f"Fewer than {workers} were needed for {DOWN_AFTER_S:.0f} s.",
            ),
        }
        for name, (is_wished, after_s, size, reason) in wishes.items():
            if not is_wished:
                self._since.pop(name, None)
            elif now_s - self._since.setdefault(name, now_s) >= after_s:
                self._since.clear()
                return CrewSize(size, reason)
        return None


def _waiting(number: int) -> str:
    return f"{number} paper{'' if number == 1 else 's'} waiting"
