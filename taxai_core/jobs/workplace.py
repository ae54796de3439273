"""What every process of TaxAI works with: the store and the queue's Redis."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from redis import Redis
from redis.exceptions import RedisError

from ..errors import QueueDownError
from ..settings import DATABASE, get_settings
from ..store.bucket import BucketBlobs
from ..store.database import Store, migrate, open_store
from .connection import open_redis, redis_url


@cache
def get_store() -> Store:
    """The store of this process; `prepare_store` has run before.

    Raises:
        KeyMissingError, WrongKeyError, StorageError
    """
    return open_anew()


def open_anew(patience_s: float | None = None) -> Store:
    """The store, opened with its key.

    Args:
        patience_s: how long to wait for others; for probes, which must not hang.

    Raises:
        KeyMissingError, WrongKeyError, StorageError
    """
    settings = get_settings()
    return open_store(
        settings.sqlalchemy_url,
        settings.data_path,
        key=settings.key.get_secret_value() if settings.key else None,
        key_path=settings.key_path,
        patience_s=patience_s,
        store_url=settings.store_url.get_secret_value() if settings.store_url else None,
    )


def has_store() -> bool:
    """Is there a database already? One that is not a file is taken to be there."""
    settings = get_settings()
    return settings.database_url is not None or (settings.data_path / DATABASE).exists()


def prepare_store() -> None:
    """Make or migrate the tables, and the key the first time.

    Raises:
        KeyMissingError, WrongKeyError, StorageError
    """
    settings = get_settings()
    key = settings.key.get_secret_value() if settings.key else None
    migrate(settings.sqlalchemy_url, settings.data_path, key=key, key_path=settings.key_path)
    if settings.store_url and isinstance(blobs := get_store().blobs, BucketBlobs):
        blobs.check()


def get_redis(answer_within_s: float | None = None, retries: int = 2) -> Redis:
    """A client for the queue's Redis.

    Raises:
        QueueDownError: no Redis is configured and TaxAI is not running on this data folder.
    """
    url = redis_url(get_settings())
    if url is None:
        raise QueueDownError()
    return open_redis(url, answer_within_s=answer_within_s, retries=retries)


def reachable_redis() -> Redis | None:
    """A client for the queue's Redis, None where there is none or it does not answer."""
    try:
        with asking_redis(answer_within_s=1.0) as redis:
            redis.ping()
        return get_redis()
    except QueueDownError:
        return None


@contextmanager
def asking_redis(answer_within_s: float, retries: int = 2) -> Iterator[Redis]:
    """A client for one question, closed at the end of the block.

    Raises:
        QueueDownError: as `get_redis`, or Redis does not answer within the block.
    """
    try:
        with get_redis(answer_within_s, retries) as redis:
            yield redis
    except RedisError as error:
        raise QueueDownError() from error
