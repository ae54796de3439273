"""How busy the queue is, and what one document may therefore use of the machine."""

from ..errors import QueueDownError
from ..observe.machine import cpu_count
from .queue import count_reading, count_waiting
from .workplace import asking_redis


def cores_to_use() -> int:
    """All cores where no other document waits or is being read, else one."""
    try:
        with asking_redis(answer_within_s=1.0) as redis:
            others = count_waiting(redis) + count_reading(redis) - 1
    except QueueDownError:
        return 1
    return 1 if others > 0 else cpu_count()
