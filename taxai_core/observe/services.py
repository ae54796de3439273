"""What each service of the container stack needs, and what it is given on a large machine."""

from collections.abc import Mapping
from dataclasses import dataclass

# What a worker holds beside its document: 102 MB when idle (./taxai bench start).
WORKER_OWN_MB = 120
# Of a worker's memory beside its own. The rest is for what no cap of a document sees in time: the
# paper and its copies in memory, /tmp, and what is taken between two looks, which are 1 s apart.
FOR_ITS_DOCUMENT = 0.8
# Scans take up to 600 MB; nothing that we have met takes 2 GB.
LEAST_JOB_MB, MOST_JOB_MB = 800, 2000


@dataclass(frozen=True)
class Service:
    """One service; memory in MB of 1024 x 1024 bytes.

    Args:
        least_mb, most_mb: its cap on the smallest machine and where there is enough.
        expected_mb: its peak in ordinary work.
        most_cpus: more do not make it faster.
        share_of_cpus: of the processors it gets this much whatever the others do; a page is to
            open while papers are read and the model answers.
        reserved: so much of its cap it keeps when memory is short.
    """

    least_mb: int
    most_mb: int
    expected_mb: int
    most_cpus: float
    share_of_cpus: float
    reserved: float = 0.5


# Idle, by ./taxai bench start: queue 7, app 70 and 250 with visitors, ask 81, keeper 92.
SMALL: Mapping[str, Service] = {
    "redis": Service(128, 256, 30, 1, 0.05),
    "app": Service(384, 1024, 300, 2, 0.20),
    "ask": Service(192, 384, 130, 1, 0.05),
    "keeper": Service(192, 384, 120, 1, 0.05),
}
# Of `extract` for each worker: what it holds itself and a scan. Its pages are read in as many forks
# as it has processors; with more than 4 they outgrow what a document may take.
EXTRACT = Service(1152, 2048, WORKER_OWN_MB + 600, 4, 0.35, reserved=0.25)
# Where everything else has enough: LEAST_JOB_MB and MOST_JOB_MB are what is left for a document.
MOST_EXTRACT_MB = 2620
# Without a model the server idles, so that the Model page can say that there is none. With one a
# cap of 8 GB also bears what a larger one needs that somebody tries.
OLLAMA = Service(256, 8192, 60, 1024, 0.20, reserved=0.75)
EXTRAS: Mapping[str, Service] = {
    "postgres": Service(512, 512, 200, 2, 0.05),
    "prometheus": Service(512, 512, 250, 1, 0.03),
    "grafana": Service(256, 256, 150, 1, 0.02),
}
# The system keeps an eighth, at least 1 GB; without a model, where nothing else helps, 512 MB.
SYSTEM_SHARE = 8
SYSTEM_LEAST_MB, SYSTEM_MB, SYSTEM_MOST_MB = 512, 1024, 4096
SMALL_LEAST_MB = sum(service.least_mb for service in SMALL.values())
SMALL_MOST_MB = sum(service.most_mb for service in SMALL.values())


def job_memory_mb(worker_mb: int) -> int:
    """What one document may take in a worker with this cap."""
    return int((worker_mb - WORKER_OWN_MB) * FOR_ITS_DOCUMENT)


def system_mb(memory_mb: int) -> int:
    """What of a machine's memory is left to its system and what nobody has foreseen."""
    return min(max(memory_mb // SYSTEM_SHARE, SYSTEM_MB), SYSTEM_MOST_MB)


def most_workers(cpus: float) -> int:
    """How many workers the processors feed.

    Two read long papers 1.85 times as fast as one on 2 processors (./taxai bench queue); of more
    one is left for the pages.
    """
    return max(1, min(int(cpus), 2), int(cpus) - 1)


def gb(memory_mb: int) -> str:
    """Memory as people name it: 16 GB are 16 x 1024 MB."""
    return f"{memory_mb / 1024:.1f} GB"
