"""The work: its queue, who does it, who watches over it, and what of it stands still."""

from collections.abc import Iterable

from ..jobs.crew_size import EXTRACT
from ..jobs.kinds import ASK_QUEUE
from ..jobs.workers import LivingWorker
from ..observe.queue_server import QueueServer
from ..sizes import memory_of, memory_size
from .check import Check
from .facts import QueueSeen

START = "Start it again: ./taxai up, or docker/deploy.sh up."
UNKNOWN = "Nobody knows while Redis does not answer."
# Redis refuses what comes once its memory is full; papers then wait in the database.
NEARLY_FULL, FULL = 0.8, 0.95
KEEPS_ALL = "noeviction"


def queue(seen: QueueSeen | str) -> Check:
    """Redis: does it answer, and can it lose a job?"""
    if isinstance(seen, str):
        said = f"{seen} Papers are kept and are read when it is back."
        return Check("Queue", "fail", "away", said, START)
    server, figure = seen.server, f"{seen.server.latency_ms:.1f} ms"
    share = server.used_bytes / server.max_bytes if server.max_bytes else 0.0
    if share >= NEARLY_FULL:
        said = f"Its memory is nearly full: {_memory(server)}."
        todo = "Give it more: REDIS_MAXMEMORY in docker/.env, else maxmemory of your Redis."
        return Check("Queue", "fail" if share >= FULL else "warn", figure, said, todo)
    if server.policy != KEEPS_ALL:
        said = f"It may drop jobs when its memory is full ({server.policy})."
        return Check("Queue", "warn", figure, said, f"Set maxmemory-policy {KEEPS_ALL}.")
    if not server.is_kept:
        said = "It keeps nothing on disk; after a restart all that waits is queued anew."
        return Check("Queue", "warn", figure, said, "Set appendonly yes.")
    said = f"It answers, keeps all on disk and drops nothing. In use: {_memory(server)}."
    return Check("Queue", "ok", figure, said)


def workers(seen: QueueSeen | str) -> Iterable[Check]:
    """Those that read papers, and those that ask the model."""
    for name, kind, loss in (
        ("Workers", EXTRACT, "No worker is listening, so no paper is read."),
        ("Askers", ASK_QUEUE, "Nobody is there to ask the model, so nothing is filled in."),
    ):
        if isinstance(seen, str):
            yield Check(name, "warn", "unknown", UNKNOWN, "See Queue.")
            continue
        alive = [worker for worker in seen.workers if worker.kind == kind]
        yield _alive(name, alive) if alive else Check(name, "fail", "0 alive", loss, START)


def keeper(seen: QueueSeen | str) -> Check:
    """Who samples, and takes up what was lost."""
    if isinstance(seen, str):
        return Check("Keeper", "warn", "unknown", UNKNOWN, "See Queue.")
    if (silent_s := seen.keeper_silent_s) is None:
        said = "It is silent: no samples are taken, and lost work stays lost until it is back."
        return Check("Keeper", "fail", "silent", said, START)
    return Check("Keeper", "ok", f"{silent_s:.0f} s ago", "It samples, and takes up lost work.")


def documents(stuck: int | str) -> Check:
    """Is there work that nobody has?"""
    if isinstance(stuck, str):
        return Check("Documents", "warn", "unknown", stuck, "See Queue and Database.")
    if stuck:
        said = "They wait, or are said to be read, and nobody has their work."
        todo = (
            "With a keeper they are queued again within seconds: see Keeper. If they stay, choose "
            "them on the Documents page, cancel and retry."
        )
        return Check("Documents", "fail", f"{stuck} stuck", said, todo)
    return Check("Documents", "ok", "0 stuck", "All that waits stands in line.")


def _alive(name: str, alive: list[LivingWorker]) -> Check:
    quiet_s = max(worker.silent_s for worker in alive)
    said = f"The quietest said {quiet_s:.0f} s ago that it lives."
    return Check(name, "ok", f"{len(alive)} alive", said)


def _memory(server: QueueServer) -> str:
    if server.max_bytes:
        return memory_of(server.used_bytes, server.max_bytes)
    return memory_size(server.used_bytes)
