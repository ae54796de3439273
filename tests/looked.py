"""`taxai health` as a shell runs it, looked at again where a part answered too late."""

import json
from collections.abc import Callable, Iterable, Mapping
from subprocess import CompletedProcess

from waiting import wait_until

Run = Callable[..., CompletedProcess[str]]
Told = dict[str, dict[str, str]]
# A state, and how the sentence begins.
Wanted = Mapping[str, tuple[str, str]]


def told(done: CompletedProcess[str]) -> Told:
    """What it tells of each part, by name."""
    return {check["name"]: check for check in json.loads(done.stdout)}


def well(names: Iterable[str]) -> Wanted:
    """All of these are well."""
    return dict.fromkeys(names, ("ok", ""))


def look_until(taxai: Run, wanted: Wanted, *options: object) -> tuple[int, Told]:
    """What one look exits with and tells, once that look tells of all that is wanted.

    Each part is given a second or so: on a machine under load one that is well may be late for it,
    which the next look shows. What is wrong lasts meanwhile.
    """
    looks: list[tuple[int, Told]] = []

    def is_told() -> bool:
        done = taxai("health", "--json", *options)
        looks.append((done.returncode, found := told(done)))
        return all(
            found[name]["state"] == state and found[name]["sentence"].startswith(begins)
            for name, (state, begins) in wanted.items()
        )

    wait_until(is_told, f"it tells of {dict(wanted)}")
    return looks[-1]
