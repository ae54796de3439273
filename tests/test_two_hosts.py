"""Two groups of workers, as of two machines: data folders of their own, and one Redis, one
PostgreSQL, one object store and one key in common."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import postgres
import psutil
import pytest
from object_store import ObjectStore
from papers import INTEREST, paper
from redis import Redis
from sqlalchemy import text
from waiting import wait_until

from taxai_core import service
from taxai_core.errors import OtherVersionError
from taxai_core.jobs import workplace
from taxai_core.jobs.crew_size import crew_size
from taxai_core.jobs.keeper_signs import LEASE
from taxai_core.jobs.samples import machines
from taxai_core.jobs.workers import living_workers
from taxai_core.store import schema

CHECKOUT = Path(__file__).parents[1]
PAPERS = [paper(f"Statement {number}", INTEREST, pages=3) for number in range(12)]
Group = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def shared(object_store: ObjectStore, postgres_server: Path, configure, data: Path) -> ObjectStore:
    """What all machines have in common; this process is the one with the pages."""
    programs = postgres.find_programs()
    assert programs
    configure(
        database_url=postgres.new_database(postgres_server, programs),
        key=data.with_name("data.key").read_text().strip(),
        scaling="outside",
    )
    workplace.prepare_store()
    return object_store


@pytest.fixture
def on_machine(shared: ObjectStore, tmp_path: Path) -> Iterator[Group]:
    """Start a process of a machine: `on_machine("second", "extract", "1")`."""
    started: list[subprocess.Popen[bytes]] = []

    def run(machine: str, /, *words: str, **settings: object) -> "subprocess.Popen[bytes]":
        own = {f"TAXAI_{name.upper()}": str(value) for name, value in settings.items()}
        folder = tmp_path / machine / "taxai"
        environment = os.environ | {"TAXAI_DATA_DIR": str(folder)} | own
        command = [sys.executable, CHECKOUT / "worker.py", *words]
        process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.wait()


def submit_all() -> list[str]:
    return [service.submit(f"{number}.pdf", one).document.id for number, one in enumerate(PAPERS)]


def states() -> set[str]:
    return {document.state for document in service.list_documents()}


def wait_for_workers(redis: Redis, number: int) -> None:
    wait_until(lambda: len(living_workers(redis)) == number, f"{number} workers listen")


def log_of(tmp_path: Path, machine: str) -> str:
    return (tmp_path / machine / "taxai" / "logs" / "events.jsonl").read_text()


def test_papers_are_read_by_both_and_what_one_has_read_the_other_goes_on_with(
    on_machine: Group, redis: Redis, tmp_path: Path
) -> None:
    for machine in ("first", "second"):
        on_machine(machine, "extract", "1")
    wait_for_workers(redis, 2)

    ids = submit_all()
    wait_until(lambda: states() == {"review"}, "all are read")

    for document_id in ids:
        opened = service.open_document(document_id)
        assert [table.page for table in opened.reading.tables] == [1, 2, 3]
        assert service.page_picture(opened.document, 3)
    for machine in ("first", "second"):
        assert "reading finished" in log_of(tmp_path, machine)
        assert {path.name for path in (tmp_path / machine / "taxai").iterdir()} == {"logs"}


def test_a_machine_that_dies_in_the_middle_loses_nothing(on_machine: Group, redis: Redis) -> None:
    on_machine("first", "keep")
    lost = [on_machine("second", "extract", "1"), on_machine("second", "extract", "2")]
    wait_for_workers(redis, 2)
    ids = submit_all()
    wait_until(lambda: "extracting" in states(), "the second machine has begun")

    for worker in lost:  # its children die with it, as they do with a machine
        worker.send_signal(signal.SIGKILL)
    on_machine("first", "extract", "1")
    wait_until(lambda: states() == {"review"}, "the first one has read all", patience_s=120)

    assert {document.id for document in service.list_documents()} == set(ids)
    for document_id in ids:
        history = service.open_document(document_id).history
        assert sum(line.summary.startswith("read: ") for line in history) == 1


def test_of_two_keepers_one_is_on_duty_and_counts_the_workers_of_all_machines(
    on_machine: Group, redis: Redis
) -> None:
    keepers = [on_machine(machine, "keep") for machine in ("first", "second")]
    for machine in ("first", "second"):
        on_machine(machine, "extract", "1")
    wait_for_workers(redis, 2)

    wait_until(lambda: (size := crew_size(redis)) and size.workers == 2, "both are counted")
    pid = (redis.get("taxai:keeper:lease") or b"").decode().split(":")[1]
    on_duty = next(keeper for keeper in keepers if keeper.pid == int(pid))
    on_duty.kill()
    on_duty.wait()
    document_id = submit_all()[0]

    wait_until(lambda: states() == {"review"}, "all are read under the other keeper")
    assert service.open_document(document_id).document.state == "review"
    assert all(psutil.pid_exists(keeper.pid) for keeper in keepers if keeper is not on_duty)


def test_a_keeper_that_stands_in_gives_the_work_back_when_the_first_is_there_again(
    on_machine: Group, redis: Redis
) -> None:
    def has_duty(keeper: "subprocess.Popen[bytes]") -> bool:
        return (redis.get(LEASE) or b"").split(b":")[1:2] == [str(keeper.pid).encode()]

    stand_in = on_machine("second", "keep", keeper="stands_in", machine="second")
    wait_until(lambda: has_duty(stand_in), "nobody else is there")
    first = on_machine("first", "keep", machine="first")
    wait_until(lambda: has_duty(first), "the first has the work back")
    first.kill()
    first.wait()
    wait_until(lambda: has_duty(stand_in), "the other stands in")
    first = on_machine("first", "keep", machine="first")
    wait_until(lambda: has_duty(first), "the first has the work back again")

    assert set(machines(redis)) == {"first", "second"}


def test_a_machine_with_another_key_says_so_and_reads_nothing(on_machine: Group) -> None:
    worker = on_machine("second", "extract", "1", key="A" * 43 + "=")

    _, told = worker.communicate()

    assert worker.returncode == 1
    assert b"TAXAI_KEY does not belong" in told


def test_a_machine_of_another_version_says_so_and_reads_nothing(on_machine: Group) -> None:
    with workplace.get_store().engine.connect() as database:
        database.execute(text(f"UPDATE {schema.TABLE} SET version_num = '9999'"))
        database.commit()

    _, told = on_machine("second", "extract", "1").communicate()

    assert str(OtherVersionError("9999", schema.own_revision())).encode() in told
