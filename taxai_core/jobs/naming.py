"""What workers and services are called wherever they are told of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from redis import Redis

from .counters import counters
from .samples import machines


@dataclass(frozen=True)
class Naming:
    """The machines that are sampled, and what each container is called, by its host name."""

    machines: frozenset[str] = frozenset()
    containers: Mapping[str, str] = field(default_factory=dict)

    def where(self, machine: str) -> str:
        """Which machine is meant, where there are several: ` on second`."""
        return f" on {machine}" if self._several and machine in self.machines else ""

    def of(self, name: str, host: str) -> str:
        """Which worker it is: each container calls its one worker the first."""
        return self.containers.get(host) or name + (f" on {host}" if self._several else "")

    @property
    def _several(self) -> bool:
        return len(self.machines) > 1


def naming(redis: Redis) -> Naming:
    """What all are called now.

    Raises:
        redis.RedisError
    """
    bare = Naming(frozenset(machines(redis)))
    containers = {
        counter.host: name + bare.where(machine)
        for machine in bare.machines
        for name, counter in counters(redis, machine).items()
    }
    return Naming(bare.machines, containers)
