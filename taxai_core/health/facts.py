"""What was seen of each part; how it is judged stands elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..ai.server import ModelServer
from ..jobs.workers import LivingWorker
from ..observe.folder import Folder
from ..observe.model_process import ModelProcess
from ..observe.pressure import Memory
from ..observe.queue_server import QueueServer
from ..store.condition import Condition


@dataclass(frozen=True)
class QueueSeen:
    """What Redis told. `keeper_silent_s` is None where no keeper has said that it lives; `kills`
    counts what the kernel ended within a day, by service, "" for a machine as a whole."""

    server: QueueServer
    workers: Sequence[LivingWorker]
    keeper_silent_s: float | None
    holder: ModelProcess | None
    kills: Mapping[str, int]


@dataclass(frozen=True)
class StoreSeen:
    """What the database told; `chosen_model` is "" where none is to be asked, None where nobody
    has chosen."""

    condition: Condition
    chosen_model: str | None = None
    key_trouble: str | None = None

    @property
    def opens(self) -> bool:
        """Can it be worked with?"""
        return self.condition.revision == self.condition.newest and not self.key_trouble


@dataclass(frozen=True)
class Facts:
    """All that was seen. Of what could not be seen there is the reason, in a sentence, instead.

    `stuck` counts the documents of which nobody has the work. `bucket` says whether the object
    store takes an object, None where the papers lie in the data folder.
    """

    queue: QueueSeen | str
    store: StoreSeen | str
    stuck: int | str
    folder: Folder | str
    memory: Memory | str
    model: ModelServer | str
    bucket: bool | str | None = None
