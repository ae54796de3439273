"""`taxai health` while something hangs, is full or is set: it ends, and says what it is."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from ai.fault_server import FaultServer
from clocks import Clock
from disks import full_disk, held_database
from queue_server import QueueServer

from taxai_core.health.role import role_health
from taxai_core.settings import DATABASE

Run = Callable[..., CompletedProcess[str]]
# What has nothing to do with the queue, nor with what does the work.
ELSE = ("Database", "Key", "Data folder")


def look(taxai: Run) -> tuple[int, dict[str, dict[str, str]]]:
    """What the command exits with and tells, without a question to the model."""
    done = taxai("health", "--no-ai", "--json")
    return done.returncode, {check["name"]: check for check in json.loads(done.stdout)}


def test_a_queue_that_hangs_is_told_and_all_else_is_looked_at(
    queue_server: QueueServer, data: Path, taxai: Run
) -> None:
    queue_server.stop()

    code, found = look(taxai)
    (worker,) = role_health("extract", queue_server.url, 9)

    queue_server.go_on()
    assert code == 1
    assert found["Queue"]["state"] == "fail"
    assert found["Queue"]["sentence"].startswith("Redis takes connections and does not answer.")
    assert {found[name]["state"] for name in ELSE} == {"ok"}
    assert (worker.name, worker.state) == ("Queue", "fail")
    assert look(taxai)[1]["Queue"]["state"] == "ok"


def test_a_database_that_another_program_holds_is_told(data: Path, taxai: Run) -> None:
    with held_database(data):
        code, found = look(taxai)

    assert code == 1
    assert found["Database"]["state"] == "fail"
    assert found["Database"]["sentence"] == "Another program holds it, so nothing can be saved."
    assert found["Data folder"]["state"] == "ok"
    assert look(taxai)[1]["Database"]["state"] == "ok"


@pytest.mark.parametrize("fault", ["hang_all", "trickle_all", "no_ollama_all"])
def test_a_model_server_that_hangs_or_is_another_is_told(
    data: Path, taxai: Run, configure, fault: str
) -> None:
    with FaultServer() as server:
        configure(ollama_url=server.url)
        server.behave(fault)
        _, found = look(taxai)

    assert (found["Model server"]["state"], found["Model server"]["figure"]) == ("warn", "away")
    assert {found[name]["state"] for name in ELSE} == {"ok"}


def test_a_full_disk_is_told_and_nothing_is_left_there(
    small_disk: Path, configure, taxai: Run
) -> None:
    configure(disk_low_mb=1, disk_least_mb=1)
    assert look(taxai)[1]["Data folder"]["state"] == "ok"

    with full_disk(small_disk):
        code, found = look(taxai)

    assert code == 1
    assert found["Data folder"]["state"] == "fail"
    assert found["Data folder"]["sentence"] == "The disk is full, so no paper is taken in."
    assert [path for path in small_disk.iterdir() if not path.name.startswith(DATABASE)] == []


def test_a_folder_that_cannot_be_written_is_told(small_disk: Path, configure, taxai: Run) -> None:
    configure(disk_low_mb=1, disk_least_mb=1)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)

    _, found = look(taxai)

    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    assert found["Data folder"]["state"] == "fail"
    assert found["Data folder"]["sentence"] == "Nothing can be written there."


@pytest.mark.parametrize(("hours", "way"), [(1, "ahead of"), (-1, "behind")])
def test_a_clock_that_goes_wrong_is_told(
    data: Path, taxai: Run, clock: Clock, hours: int, way: str
) -> None:
    assert look(taxai)[1]["Clock"]["state"] == "ok"

    clock.set_by(hours)

    found = look(taxai)[1]["Clock"]
    assert (found["state"], found["figure"].partition(".")[0]) in [
        ("warn", "3600"),
        ("warn", "3599"),
    ]
    assert f"{way} that of Redis" in found["sentence"]
    assert "NTP" in found["todo"]
