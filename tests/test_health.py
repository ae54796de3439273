"""`taxai health`: what it tells of each part, and what it exits with."""

import json
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import postgres
import pytest
from ai.fault_server import FaultServer
from asked_papers import MODEL, ask_here, copying, open_paper
from looked import Run, look_until, well
from papers import INTEREST, paper
from redis import Redis
from waiting import wait_until

from taxai_core import service
from taxai_core.ai.errors import ModelDiedError, ModelMissingError, ModelStalledError
from taxai_core.health import look
from taxai_core.health.check import Check
from taxai_core.health.machine import memory
from taxai_core.health.verdict import health
from taxai_core.jobs.breaker import model_breaker
from taxai_core.jobs.keeper_signs import KEEPER, MODEL_PROCESS
from taxai_core.jobs.points import Point, ServiceUsage
from taxai_core.jobs.queue import extract_queue, hold_lease
from taxai_core.jobs.samples import record
from taxai_core.jobs.workplace import get_store
from taxai_core.observe.model_process import ModelProcess
from taxai_core.observe.pressure import Memory, look_at_memory
from taxai_core.service.model import choose_model
from taxai_core.settings import DATABASE, get_settings
from taxai_core.store import documents
from taxai_core.store.schema import own_revision

Configure = Callable[..., None]
NOBODY = "http://127.0.0.1:9"
ALL = [
    *("Queue", "Workers", "Askers", "Keeper", "Documents", "Database", "Key", "Data folder"),
    *("Memory", "Killed", "Clock", "Model server", "Model", "Weights"),
]
GB = 10**9
# A machine under load may be slow; what hangs, and is told in time, is in tests/faults.
PATIENCE_S = 30.0


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks of this process give each part the time it needs; those of a command are repeated."""
    monkeypatch.setattr(look, "ANSWER_WITHIN_S", PATIENCE_S)
    monkeypatch.setattr(look, "ALL_WITHIN_S", PATIENCE_S)


@pytest.fixture
def server(configure: Configure) -> Iterator[FaultServer]:
    """A model server whose model is named by the settings."""
    with FaultServer(
        answer=lambda body: copying(body) if body.get("format") else "Hello to you"
    ) as running:
        limits = {"ollama_stall_s": 1, "ollama_connect_s": 1, "ollama_load_s": 5}
        configure(ollama_url=running.url, ollama_model=MODEL, **limits)
        yield running


@pytest.fixture
def kept(redis: Redis) -> Iterator[None]:
    """A queue that keeps what it has, as `up` starts it."""
    redis.config_set("appendonly", "yes")
    yield
    redis.config_set("appendonly", "no")


@pytest.fixture
def alive(data: Path, kept: None, start, redis: Redis) -> dict[str, object]:
    """All processes but the pages."""
    started = {words[0]: start(*words) for words in (("extract", "1"), ("ask", "1"), ("keep",))}
    wait_until(lambda: all(_alive()), "all have said that they are ready")
    return started


def _alive() -> list[bool]:
    state = service.system_state()
    return [state.workers == 1, state.askers == 1, state.keeper_alive]


def seen() -> dict[str, Check]:
    """What is seen now, without a question to the model."""
    return {check.name: check for check in health(with_model=False)}


# All of it


def test_all_is_well_and_each_part_says_so_with_a_figure(
    server: FaultServer, alive, taxai: Run
) -> None:
    code, found = look_until(taxai, well(ALL))

    assert code == 0
    assert list(found) == [*ALL, "Answer"]
    assert {name: one["state"] for name, one in found.items()} == dict.fromkeys(found, "ok")
    assert {tuple(one) for one in found.values()} == {
        ("name", "state", "figure", "sentence", "todo")
    }
    assert all(one["figure"] and one["sentence"] for one in found.values())
    assert found["Workers"]["figure"] == found["Askers"]["figure"] == "1 alive"
    assert found["Model server"]["figure"] == "Ollama 0.5.4"


def test_without_processes_each_of_them_fails_with_what_to_do(data, taxai: Run) -> None:
    failed: list[str] = []

    def are_told() -> bool:
        done = taxai("health", "--no-ai")
        assert done.returncode == 1
        failed[:] = [line for line in done.stdout.splitlines() if line.startswith("✗")]
        return [line.split()[1] for line in failed] == ["Workers", "Askers", "Keeper"]

    wait_until(are_told, "the three fail and nothing else")
    assert all("./taxai up" in line for line in failed)


def test_without_data_health_says_so_and_makes_none(
    server: FaultServer, taxai: Run, tmp_path: Path
) -> None:
    wanted = {"Database": ("fail", "There is no data folder yet.")}
    code, found = look_until(taxai, wanted, "--data", tmp_path / "elsewhere")

    assert code == 1
    assert found["Data folder"]["figure"] == "missing"
    assert not (tmp_path / "elsewhere").exists()


def test_nothing_personal_is_told_however_bad_things_are(
    data: Path, configure: Configure, tmp_path: Path
) -> None:
    service.submit("PAN ABCPE1234F of S D Mukherjee.pdf", paper("x", INTEREST))
    _long_ago(data)
    get_settings().key_path.unlink()
    configure(redis_url=f"unix://{tmp_path}/nobody", ollama_url=NOBODY)

    text = repr(health(with_model=False))

    assert not [word for word in ("ABCPE", "Mukherjee", str(tmp_path), "127.0.0.1") if word in text]


# The queue and who works on it


def test_a_queue_that_is_away_fails_and_all_else_is_looked_at(
    data, server: FaultServer, taxai: Run, configure: Configure, tmp_path: Path
) -> None:
    configure(redis_url=f"unix://{tmp_path}/nobody")

    wanted = well(["Database", "Data folder", "Answer"])
    code, found = look_until(taxai, {"Queue": ("fail", ""), **wanted})

    assert code == 1
    assert found["Queue"]["figure"] == "away"
    assert {found[name]["state"] for name in ("Workers", "Askers", "Keeper")} == {"warn"}


def test_a_queue_that_wants_another_password_says_so(
    data, redis: Redis, configure: Configure
) -> None:
    redis.acl_setuser("taxai", enabled=True, passwords=["+right"], commands=["+@all"], keys="*")
    configure(redis_url=get_settings().queue_url.replace("unix://", "unix://taxai:wrong@"))

    sentence = seen()["Queue"].sentence

    redis.acl_deluser("taxai")
    assert sentence.startswith("Redis refuses the password.")


@pytest.mark.parametrize(
    ("name", "value", "state", "todo"),
    [
        ("maxmemory-policy", "allkeys-lru", "warn", "Set maxmemory-policy noeviction."),
        ("appendonly", "no", "warn", "Set appendonly yes."),
        ("maxmemory", "1", "fail", "Give it more: REDIS_MAXMEMORY in docker/.env, else"),
    ],
)
def test_a_queue_that_could_lose_jobs_or_refuse_them_says_how_to_set_it(
    data, kept, redis: Redis, name: str, value: str, state: str, todo: str
) -> None:
    before = redis.config_get(name)[name]
    redis.config_set(name, value)

    queue = seen()["Queue"]
    redis.config_set(name, before)

    assert queue.state == state
    assert queue.todo.startswith(todo)
    assert seen()["Queue"].state == "ok"


def test_a_keeper_that_stands_still_is_told(alive, redis: Redis) -> None:
    assert seen()["Keeper"].state == "ok"
    alive["keep"].send_signal(signal.SIGSTOP)
    wait_until(lambda: not redis.exists(KEEPER), "its last sign is too old")

    keeper = seen()["Keeper"]

    alive["keep"].send_signal(signal.SIGCONT)
    assert (keeper.state, keeper.figure) == ("fail", "silent")
    assert seen()["Workers"].state == "ok"


# Stuck documents


def _long_ago(data: Path) -> None:
    """All that waits or is read does since two minutes ago."""
    ago = (datetime.now(UTC) - timedelta(minutes=2)).strftime("%Y-%m-%d %H:%M:%S.%f")
    with closing(sqlite3.connect(data / DATABASE)) as database, database:
        database.execute("UPDATE documents SET queued_at = ?, started_at = ?", (ago, ago))


def test_a_document_that_waits_in_line_is_not_stuck_and_one_without_a_job_is(
    data: Path, redis: Redis
) -> None:
    service.submit("a.pdf", paper("a", INTEREST))
    _long_ago(data)
    assert seen()["Documents"].figure == "0 stuck"

    extract_queue(redis).empty()

    found = seen()["Documents"]
    assert (found.state, found.figure) == ("fail", "1 stuck")
    assert "retry" in found.todo


def test_a_document_that_is_read_is_stuck_only_without_a_living_worker(
    data: Path, redis: Redis
) -> None:
    document = service.submit("a.pdf", paper("a", INTEREST)).document
    extract_queue(redis).empty()
    documents.claim(get_store(), document.id, document.run)
    assert seen()["Documents"].figure == "0 stuck"  # the keeper needs some seconds, too
    _long_ago(data)
    assert seen()["Documents"].figure == "1 stuck"

    hold_lease(redis, document.job_id)

    assert seen()["Documents"].figure == "0 stuck"


# What is kept


@pytest.mark.parametrize(
    ("revision", "sentence", "todo"),
    [
        ("0006", "It is older than this program: 0006, not ", "run taxai migrate"),
        ("9999", "It is newer than this program: 9999, not ", "Install the version that made it"),
    ],
)
def test_a_database_of_another_version_says_what_to_do(
    data: Path, revision: str, sentence: str, todo: str
) -> None:
    with closing(sqlite3.connect(data / DATABASE)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = ?", (revision,))

    found = seen()

    assert found["Database"].state == "fail"
    assert found["Database"].sentence.startswith(sentence)
    assert todo in found["Database"].todo
    assert found["Key"].state == "warn"


def test_the_newest_revision_is_the_one_that_a_fresh_database_has(data: Path) -> None:
    with closing(sqlite3.connect(data / DATABASE)) as database:
        (made,) = database.execute("SELECT version_num FROM alembic_version").fetchone()

    assert own_revision() == made


def test_a_database_without_tables_says_how_to_make_them(data: Path) -> None:
    for file in data.glob(f"{DATABASE}*"):
        file.unlink()
    (data / DATABASE).touch()

    assert "taxai migrate" in seen()["Database"].todo


def test_a_postgres_answers_and_its_clock_is_compared(
    data: Path, postgres_server: Path, configure: Configure
) -> None:
    programs = postgres.find_programs()
    assert programs
    configure(database_url=postgres.new_database(postgres_server, programs))
    get_settings().key_path.unlink()
    assert "taxai migrate" in seen()["Database"].todo
    service.prepare_store()

    found = seen()

    assert {found[name].state for name in ("Database", "Key", "Documents", "Clock")} == {"ok"}
    assert found["Clock"].sentence == "It goes with that of Redis and the database."


def test_a_postgres_that_is_away_fails(data: Path, configure: Configure) -> None:
    configure(database_url="postgresql://taxai@127.0.0.1:9/taxai")

    found = seen()

    assert (found["Database"].state, found["Database"].figure) == ("fail", "away")
    assert found["Queue"].state != "fail"


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        (None, "The key is missing, so nothing can be opened."),
        ("bm90IHRoZSByaWdodCBrZXksIGFuZCAzMiBieXRlcyE=", "The key is not the one of this data"),
    ],
)
def test_a_key_that_is_missing_or_another_one_is_told_and_the_rest_looked_at(
    data: Path, key: str | None, sentence: str
) -> None:
    get_settings().key_path.unlink()
    if key:
        get_settings().key_path.write_text(key)

    found = seen()

    assert found["Key"].state == "fail"
    assert found["Key"].sentence.startswith(sentence)
    assert found["Database"].state == "ok"


@pytest.mark.parametrize(("name", "state"), [("disk_low_mb", "warn"), ("disk_least_mb", "fail")])
def test_little_space_is_told_before_there_is_none(
    data: Path, configure: Configure, name: str, state: str
) -> None:
    configure(**{"disk_least_mb": 1, name: 10**9})

    folder = seen()["Data folder"]

    assert folder.state == state
    assert folder.figure.endswith(" free")
    assert folder.todo


# The machine


def test_pressure_is_read_where_the_kernel_tells_it(tmp_path: Path) -> None:
    pressure = tmp_path / "memory"
    pressure.write_text("some avg10=1.00 avg60=12.50 avg300=3.00 total=9\nfull avg10=0.00\n")

    assert look_at_memory(tmp_path / "no-cgroup", pressure).waiting_percent == 12.5
    assert look_at_memory(tmp_path, tmp_path / "nothing").waiting_percent is None


def test_what_the_kernel_ended_within_a_day_is_told_by_service(data, redis: Redis) -> None:
    assert seen()["Killed"].state == "ok"
    for ago_s, services in ((7200, {"extract-1": 2}), (10, {"extract-1": 1, "ollama": 1})):
        usages = {name: ServiceUsage(1, GB, 0, GB, oom_kills=n) for name, n in services.items()}
        point = Point(time.time() - ago_s, 1, 2, GB, 4 * GB, GB, services=usages, oom_kills=9)
        record(redis, "box", point, redis.time()[0])

    found = seen()["Killed"]

    assert (found.state, found.figure) == ("warn", "4 in a day")
    assert "extract-1 (3), ollama (1)" in found.sentence
    assert "raise that service's cap" in found.todo


def test_what_the_kernel_ended_of_a_machine_is_told_where_no_service_counts(
    data, redis: Redis
) -> None:
    record(redis, "box", Point(time.time(), 1, 2, GB, 4 * GB, GB, oom_kills=2), redis.time()[0])

    found = seen()["Killed"]

    assert (found.state, found.figure) == ("warn", "2 in a day")
    assert "of this machine" in found.sentence
    assert found.todo.startswith("Close other programs")


def test_the_swap_of_the_host_is_not_told_of_a_container(tmp_path: Path) -> None:
    group = {"memory.current": 90 << 20, "memory.max": 100 << 20, "memory.swap.current": 3 << 20}
    for name, figure in group.items():
        (tmp_path / name).write_text(f"{figure}\n")

    seen = look_at_memory(tmp_path, tmp_path / "nothing")

    assert (seen.total_bytes, seen.swap_used_bytes, seen.swap_total_bytes) == (
        100 << 20,
        3 << 20,
        0,
    )


@pytest.mark.parametrize(
    ("used_gb", "swapped_gb", "waiting", "state"),
    [
        (8, 0, 0.0, "ok"),
        (8, 1, None, "ok"),
        (8, 3, 0.0, "warn"),  # most of what there is was swapped out
        (14, 0, 0.0, "warn"),
        (15.5, 0, 0.0, "fail"),
        (8, 0, 15.0, "warn"),
        (8, 0, 60.0, "fail"),
    ],
)
def test_memory_is_judged_by_what_is_used_swapped_and_waited_for(
    used_gb: float, swapped_gb: float, waiting: float | None, state: str
) -> None:
    told_ = memory(Memory(int(used_gb * GB), 16 * GB, int(swapped_gb * GB), 4 * GB, waiting))

    assert told_.state == state
    assert bool(told_.todo) == (state != "ok")


# The model


def test_one_token_is_asked_with_the_window_of_every_question(
    data, server: FaultServer, configure: Configure
) -> None:
    configure(ollama_num_ctx=4096)

    *_, answer = health(with_model=True)

    assert (answer.name, answer.state) == ("Answer", "ok")
    assert answer.sentence == f"{MODEL} answered one token."
    (body,) = server.bodies
    assert (body["options"]["num_predict"], body["options"]["num_ctx"]) == (1, 4096)


def test_without_ai_nothing_is_asked(data, server: FaultServer, taxai: Run) -> None:
    wanted = {"Model": ("ok", "It is chosen and on the server's disk.")}
    _, found = look_until(taxai, wanted, "--no-ai")

    assert list(found) == ALL
    assert found["Model"]["figure"] == MODEL
    assert server.asked == 0


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("hang", ModelStalledError(1.0)),
        ("missing", ModelMissingError(MODEL)),
        ("die", ModelDiedError()),
    ],
)
def test_a_model_that_gives_no_answer_is_a_warning_with_its_sentence(
    data, server: FaultServer, fault: str, error: Exception
) -> None:
    server.behave(fault)

    *_, answer = health(with_model=True)

    assert (answer.state, answer.sentence) == ("warn", str(error))
    assert answer.todo == "Papers are read without it."


def test_a_model_that_is_well_again_closes_the_breaker(
    data, server: FaultServer, redis: Redis, read_paper
) -> None:
    server.behave("hang")
    ask_here(read_paper(open_paper()))
    assert model_breaker(redis).is_open()
    server.behave("good")

    *_, answer = health(with_model=True)

    assert answer.state == "ok"
    assert not model_breaker(redis).is_open()


def test_without_a_model_server_that_alone_is_a_warning(data, configure: Configure) -> None:
    configure(ollama_url=NOBODY, ollama_model=MODEL)

    found = seen()

    assert (found["Model server"].state, found["Model server"].figure) == ("warn", "away")
    assert "Start Ollama" in found["Model server"].todo
    assert found["Model"].todo == "See Model server."


def test_nobody_chose_a_model_warns_and_the_choice_of_none_does_not(
    data, configure: Configure
) -> None:
    configure(ollama_url=NOBODY)
    assert "Choose one on the Model page" in seen()["Model"].todo

    choose_model("")

    found = seen()
    assert (found["Model"].state, found["Model server"].state) == ("ok", "ok")


def test_a_model_that_was_not_pulled_says_where_to_pull_it(
    data, server: FaultServer, configure: Configure
) -> None:
    choose_model("qwen2.5:72b")

    found = seen()["Model"]

    assert (found.state, found.figure) == ("warn", "qwen2.5:72b")
    assert found.todo == "Pull it on the Model page."
    configure(scaling="outside")  # in containers its server has no way out
    assert seen()["Model"].todo == "Fetch it: docker/deploy.sh pull"


@pytest.mark.parametrize(("mapped", "state"), [("yes", "ok"), ("no", "warn"), ("unknown", "ok")])
def test_weights_that_are_not_mapped_are_a_warning(
    data, server: FaultServer, redis: Redis, mapped: str, state: str
) -> None:
    redis.set(MODEL_PROCESS, json.dumps(ModelProcess(mapped, "It was seen.").as_dict()))

    assert seen()["Weights"].state == state


def test_in_containers_the_weights_are_told_by_what_the_model_server_reports(
    data, server: FaultServer, configure: Configure, tmp_path: Path, monkeypatch
) -> None:
    report = tmp_path / "reports" / "ollama@abc123" / "mapped"
    report.parent.mkdir(parents=True)
    configure(reports_dir=tmp_path / "reports")
    for said, state in (("no\n", "warn"), ("yes\n", "ok")):
        report.write_text(said)
        assert seen()["Weights"].state == state
    report.write_text("no\n")
    later = time.time() + look.REPORT_WITHIN_S + 1

    monkeypatch.setattr(time, "time", lambda: later)  # that container has gone

    assert "cannot be seen" in seen()["Weights"].sentence
