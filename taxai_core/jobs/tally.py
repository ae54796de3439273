"""How many documents were finished, counted by workers and taken by the keeper's samples."""

from redis import Redis

DONE = "taxai:done"


def count_done(redis: Redis) -> None:
    """One more document has been read or has failed."""
    redis.incr(DONE)


def take_done(redis: Redis) -> int:
    """How many since this was asked last."""
    return int(redis.getset(DONE, 0) or 0)
