"""A duty that one process of all hosts has at a time."""

import os
import platform
import uuid
from contextlib import suppress

import psutil
from redis import Redis
from redis.exceptions import LockError
from redis.lock import Lock

# Longer than any pause of a busy machine; after it another process takes the duty over.
LEASE_S = 15.0


class Lease:
    """Held while its holder lives and asks for it; that of a process that died here is taken."""

    def __init__(self, redis: Redis, name: str, lease_s: float = LEASE_S) -> None:
        self._redis, self._name, self._lease_s = redis, name, lease_s
        self._token = f"{platform.node()}:{os.getpid()}:{uuid.uuid4().hex}"
        self._lock = self._lock_of(self._token)

    def is_mine(self) -> bool:
        """Take it, or hold it for another while; asked more often than it lasts.

        Raises:
            redis.RedisError
        """
        with suppress(LockError):  # it is another's, or nobody's
            return bool(self._lock.reacquire())
        if self._lock.do_acquire(self._token):
            return True
        self._free_of_the_dead()
        return bool(self._lock.do_acquire(self._token))

    def give_back(self) -> None:
        """Let another process have it at once.

        Raises:
            redis.RedisError
        """
        self._drop(self._token)

    def _free_of_the_dead(self) -> None:
        stored = self._redis.get(self._name)
        holder = stored.decode() if isinstance(stored, bytes) else ""
        host, _, rest = holder.partition(":")
        pid, _, _ = rest.partition(":")
        if host == platform.node() and pid.isdigit() and not psutil.pid_exists(int(pid)):
            self._drop(holder)

    def _drop(self, token: str) -> None:
        with suppress(LockError):  # it is another's by now
            self._lock_of(token).do_release(token)

    def _lock_of(self, token: str) -> Lock:
        lock: Lock = self._redis.lock(self._name, timeout=self._lease_s, thread_local=False)
        lock.local.token = token.encode()
        return lock
