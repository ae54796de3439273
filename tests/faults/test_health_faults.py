"""`taxai health` while something hangs, is full or is set: it ends, and says what it is."""

import subprocess
from pathlib import Path

import pytest
from ai.fault_server import FaultServer
from clocks import Clock
from disks import full_disk, held_database
from looked import Run, Told, Wanted, look_until, well
from queue_server import QueueServer

from taxai_core.health.role import role_health
from taxai_core.settings import DATABASE

# What has nothing to do with the queue, nor with what does the work.
ELSE = ("Database", "Key", "Data folder")


def look(taxai: Run, wanted: Wanted) -> tuple[int, Told]:
    """What the command exits with and tells, without a question to the model."""
    return look_until(taxai, wanted, "--no-ai")


def test_a_queue_that_hangs_is_told_and_all_else_is_looked_at(
    queue_server: QueueServer, data: Path, taxai: Run
) -> None:
    queue_server.stop()

    hangs = "Redis takes connections and does not answer."
    code, _ = look(taxai, {"Queue": ("fail", hangs), **well(ELSE)})
    (worker,) = role_health("extract", queue_server.url, 9)

    queue_server.go_on()
    assert code == 1
    assert (worker.name, worker.state) == ("Queue", "fail")
    look(taxai, well(["Queue"]))


def test_a_database_that_another_program_holds_is_told(data: Path, taxai: Run) -> None:
    held = "Another program holds it, so nothing can be saved."
    with held_database(data):
        code, _ = look(taxai, {"Database": ("fail", held), **well(["Data folder"])})

    assert code == 1
    look(taxai, well(["Database"]))


@pytest.mark.parametrize("fault", ["hang_all", "trickle_all", "no_ollama_all"])
def test_a_model_server_that_hangs_or_is_another_is_told(
    data: Path, taxai: Run, configure, fault: str
) -> None:
    with FaultServer() as server:
        configure(ollama_url=server.url)
        server.behave(fault)
        _, found = look(taxai, {"Model server": ("warn", ""), **well(ELSE)})

    assert found["Model server"]["figure"] == "away"


def test_a_full_disk_is_told_and_nothing_is_left_there(
    small_disk: Path, configure, taxai: Run
) -> None:
    configure(disk_low_mb=1, disk_least_mb=1)
    look(taxai, well(["Data folder"]))

    with full_disk(small_disk):
        full = "The disk is full, so no paper is taken in."
        code, _ = look(taxai, {"Data folder": ("fail", full)})

    assert code == 1
    assert [path for path in small_disk.iterdir() if not path.name.startswith(DATABASE)] == []


def test_a_folder_that_cannot_be_written_is_told(small_disk: Path, configure, taxai: Run) -> None:
    configure(disk_low_mb=1, disk_least_mb=1)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)

    look(taxai, {"Data folder": ("fail", "Nothing can be written there.")})

    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)


@pytest.mark.parametrize(("hours", "way"), [(1, "ahead of"), (-1, "behind")])
def test_a_clock_that_goes_wrong_is_told(
    data: Path, taxai: Run, clock: Clock, hours: int, way: str
) -> None:
    look(taxai, well(["Clock"]))

    clock.set_by(hours)

    said = f"This host's clock is {way} that of Redis"
    found = look(taxai, {"Clock": ("warn", said)})[1]["Clock"]
    assert found["figure"].partition(".")[0] in ["3600", "3599"]
    assert "NTP" in found["todo"]
