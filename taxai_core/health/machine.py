"""The machine: its memory and its clock."""

from ..observe.pressure import Memory
from ..sizes import memory_of, memory_size
from .check import Check
from .facts import QueueSeen, StoreSeen
from .work import UNKNOWN

# What else is there of memory is needed for the next page; beyond the second the system kills.
TIGHT, SHORT = 0.85, 0.95
# In percent of the last minute. From a tenth on everything feels slow (docs.kernel.org, psi).
WAITS, CANNOT_WORK = 10.0, 40.0
SWAPPED = 0.5
# By so much every clock may differ; leases and signs of life are measured by Redis alone.
SKEW_S = 2.0
TODO = "Close what else runs here, choose a smaller model, or lower TAXAI_WORKERS."


def memory(seen: Memory | str) -> Check:
    """How short is memory?"""
    if isinstance(seen, str):
        return Check("Memory", "warn", "unknown", seen, "See the Resources page.")
    figure = memory_of(seen.used_bytes, seen.total_bytes)
    share = seen.used_bytes / seen.total_bytes
    waits, swap = seen.waiting_percent or 0.0, f"{memory_size(seen.swap_used_bytes)} swapped out"
    if waits >= WAITS:
        said = f"Processes waited for memory {waits:.0f} % of the last minute; {swap}."
        return Check("Memory", "fail" if waits >= CANNOT_WORK else "warn", figure, said, TODO)
    if share >= TIGHT:
        said = f"{share:.0%} are in use; {swap}. When all is, the system ends a process."
        return Check("Memory", "fail" if share >= SHORT else "warn", figure, said, TODO)
    if seen.swap_total_bytes and seen.swap_used_bytes / seen.swap_total_bytes >= SWAPPED:
        said = f"{swap.capitalize()}, most of the {memory_size(seen.swap_total_bytes)} there is."
        return Check("Memory", "warn", figure, said, TODO)
    told = "" if seen.waiting_percent is None else " and nobody waits for it"
    return Check("Memory", "ok", figure, f"There is enough{told}; {swap}.")


def killed(seen: QueueSeen | str) -> Check:
    """Did the kernel end anything for want of memory within a day?"""
    if isinstance(seen, str):
        return Check("Killed", "warn", "unknown", UNKNOWN, "See Queue.")
    services = {name: number for name, number in seen.kills.items() if name}
    # The machine counts those of its services, too.
    number = sum(services.values()) or seen.kills.get("", 0)
    figure = f"{number} in a day"
    if not number:
        return Check("Killed", "ok", figure, "Nothing ran out of memory.")
    if not services:  # without containers it is not told whose they were
        said = "The kernel ended processes of this machine for want of memory."
        return Check(
            "Killed", "warn", figure, said, "Close other programs, or read with fewer workers."
        )
    whose = ", ".join(f"{name} ({times})" for name, times in sorted(services.items()))
    said = f"The kernel ended processes for want of memory: {whose}."
    todo = (
        "What they did is done again. If it comes back, raise that service's cap or choose a "
        "smaller model."
    )
    return Check("Killed", "warn", figure, said, todo)


def clock(queue: QueueSeen | str, store: StoreSeen | str) -> Check:
    """How far is this host's clock from that of Redis, and of the database's server?"""
    ahead = {}
    if not isinstance(queue, str):
        ahead["Redis"] = queue.server.ahead_s
    if not isinstance(store, str) and store.condition.ahead_s is not None:
        ahead["the database"] = store.condition.ahead_s
    if not ahead:
        said = "There is nothing to compare it with."
        return Check("Clock", "warn", "unknown", said, "See Queue.")
    other, ahead_s = max(ahead.items(), key=lambda one: abs(one[1]))
    figure = f"{abs(ahead_s):.1f} s"
    if abs(ahead_s) > SKEW_S:
        way = "ahead of" if ahead_s > 0 else "behind"
        said = f"This host's clock is {way} that of {other}, so times and orders are told wrong."
        return Check("Clock", "warn", figure, said, "Set both by NTP, then look again.")
    return Check("Clock", "ok", figure, f"It goes with that of {' and '.join(ahead)}.")
