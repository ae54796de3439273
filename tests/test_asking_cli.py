"""`taxai ask`, `health` and `process` with a model: what they print, and what they exit with."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from ai.fault_server import FaultServer
from asked_papers import (
    ASKED,
    LARGE,
    MODEL,
    SMALL,
    ask_here,
    ask_of,
    copying,
    open_paper,
    value_of,
)
from redis import Redis
from waiting import wait_until

from taxai_core import service
from taxai_core.ai.errors import (
    ModelAwayError,
    ModelDiedError,
    ModelMissingError,
    ModelRefusedError,
    ModelStalledError,
    NoModelError,
)
from taxai_core.errors import KeyMissingError, QueueDownError
from taxai_core.jobs.breaker import model_breaker
from taxai_core.service.model import choose_model
from taxai_core.settings import get_settings

Configure = Callable[..., None]
Read = Callable[..., str]
Run = Callable[..., CompletedProcess[str]]
NOBODY = "http://127.0.0.1:9"


def answering(body: dict[str, Any]) -> Any:
    """A model that reads right, and says something where nothing is asked."""
    return copying(body) if body.get("format") else "Hello to you"


@pytest.fixture
def server(configure: Configure) -> Iterator[FaultServer]:
    """A model server; no model is chosen."""
    with FaultServer(answer=answering) as running:
        configure(
            ollama_url=running.url,
            ollama_stall_s=1,
            ollama_connect_s=1,
            ollama_load_s=5,
            ollama_rest_s=60,
        )
        yield running


@pytest.fixture
def asked(server: FaultServer, configure: Configure) -> FaultServer:
    """A model server whose model is named by the settings."""
    configure(ollama_model=MODEL)
    return server


@pytest.fixture
def not_asked(data, server: FaultServer, read_paper: Read) -> list[str]:
    """Two documents in review that were read while no model was chosen; one is chosen since."""
    ids = [read_paper(open_paper(number), f"{number}.pdf") for number in range(2)]
    choose_model(MODEL)
    return ids


@pytest.fixture
def open_file(tmp_path: Path) -> Path:
    """A paper with gaps, for `taxai process`."""
    path = tmp_path / "interest.pdf"
    path.write_bytes(open_paper())
    return path


# taxai ask


def test_ask_queues_all_that_was_not_asked_and_says_that_a_worker_is_needed(
    not_asked: list[str], taxai: Run
) -> None:
    done = taxai("ask")

    assert done.returncode == 0
    assert "The model is asked about 2 documents." in done.stdout
    assert "No worker asks the model now. It will be asked when taxai up runs." in done.stderr
    assert [ask_of(one).state for one in not_asked] == ["queued", "queued"]
    assert not any(ask_of(one).is_urgent for one in not_asked)


def test_ask_and_wait_tells_what_came_of_each(not_asked: list[str], taxai: Run, start) -> None:
    start("ask", "1")

    done = taxai("ask", "--wait")

    assert done.returncode == 0
    for number, document_id in enumerate(not_asked):
        assert f"{document_id[:8]}  {number}.pdf: 2 of 3 values found" in done.stdout
        assert value_of(document_id, "savings_interest") == f"48{10 + number}.00"


def test_ask_and_wait_exits_with_1_where_the_model_gave_no_answer(
    not_asked: list[str], server: FaultServer, taxai: Run, start
) -> None:
    server.behave("refused")
    start("ask", "1")

    done = taxai("ask", "--wait")

    assert done.returncode == 1
    assert done.stdout.count(str(ModelRefusedError())) == 2
    assert [ask_of(one).state for one in not_asked] == ["failed", "failed"]


def test_ask_leaves_alone_what_was_asked_and_all_asks_it_again(
    not_asked: list[str], server: FaultServer, taxai: Run
) -> None:
    first, second = not_asked
    service.ask_model(first)
    ask_here(first)

    assert "The model is asked about 1 document." in taxai("ask").stdout
    assert (ask_of(first).state, ask_of(second).state) == ("done", "queued")
    assert "The model is asked about 1 document." in taxai("ask", "--all").stdout
    assert ask_of(first).state == "queued"
    assert "The model is asked about 0 documents." in taxai("ask", "--all").stdout


def test_ask_leaves_an_approved_document_alone(not_asked: list[str], taxai: Run) -> None:
    for document_id in not_asked:
        service.approve(document_id)

    done = taxai("ask", "--all", "--wait")

    assert (done.returncode, done.stderr) == (0, "")
    assert "The model is asked about 0 documents." in done.stdout


def test_ask_without_a_model_says_to_choose_one(
    data, server: FaultServer, read_paper: Read, taxai: Run
) -> None:
    document_id = read_paper(open_paper())

    done = taxai("ask")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip() == str(NoModelError())
    assert ask_of(document_id).state == "not_asked"


def test_ask_without_data_says_where_it_looked(taxai: Run, tmp_path: Path) -> None:
    done = taxai("ask", "--data", tmp_path / "elsewhere")

    assert done.returncode == 1
    assert "There is no TaxAI data" in done.stderr
    assert not (tmp_path / "elsewhere").exists()


def test_ask_with_the_queue_away_is_kept_for_later(
    not_asked: list[str], taxai: Run, configure: Configure, tmp_path: Path
) -> None:
    configure(redis_url=f"unix://{tmp_path}/nobody")

    done, waited = taxai("ask"), taxai("ask", "--all", "--wait")

    assert done.returncode == 0
    assert done.stderr.strip() == str(QueueDownError())
    assert [ask_of(one).state for one in not_asked] == ["queued", "queued"]
    assert waited.returncode == 0  # there is nothing more to ask, and so nothing to wait for


def test_ask_and_wait_with_the_queue_away_does_not_wait(
    not_asked: list[str], taxai: Run, configure: Configure, tmp_path: Path
) -> None:
    configure(redis_url=f"unix://{tmp_path}/nobody")

    done = taxai("ask", "--wait")

    assert done.returncode == 1
    assert done.stderr.strip() == str(QueueDownError())


def test_ask_with_a_lost_key_says_so(not_asked: list[str], data: Path, taxai: Run) -> None:
    data.with_name("data.key").unlink()

    done = taxai("ask")

    assert done.returncode == 1
    assert "their key is missing" in done.stderr
    assert "Traceback" not in done.stderr


# taxai health


@pytest.fixture
def alive(data, start, redis: Redis) -> None:
    """All processes but the pages."""
    for words in (("extract", "1"), ("ask", "1"), ("keep",)):
        start(*words)
    wait_until(lambda: all(_alive()), "all have said that they are ready")


def _alive() -> list[bool]:
    state = service.system_state()
    return [state.workers == 1, state.askers == 1, state.keeper_alive]


def parts(done: CompletedProcess[str]) -> dict[str, dict[str, str]]:
    return {part["name"]: part for part in json.loads(done.stdout)}


def test_health_asks_one_token_with_the_window_of_every_question(
    asked: FaultServer,
    configure: Configure,
    taxai: Run,
    read_paper: Read,
    request: pytest.FixtureRequest,
) -> None:
    configure(ollama_num_ctx=4096, ollama_use_mmap=True)
    request.getfixturevalue("alive")  # with these settings

    done = taxai("health", "--json")

    assert done.returncode == 0
    found = parts(done)
    assert list(found) == ["Documents", "Queue", "Workers", "Askers", "Keeper", "Model"]
    assert {part["state"] for part in found.values()} == {"ok"}
    assert found["Model"]["said"].startswith(f"{MODEL} answered one token in ")
    (body,) = asked.bodies
    assert body["model"] == MODEL
    assert (body["options"]["num_predict"], body["options"]["num_ctx"]) == (1, 4096)
    asked.forget()
    read_paper(open_paper())
    wait_until(lambda: asked.bodies, "it is asked about")
    question = asked.bodies[0]
    for name in ("num_ctx", "use_mmap", "num_thread"):
        assert question["options"].get(name) == body["options"].get(name)


def test_health_says_each_part_in_words(asked: FaultServer, alive: None, taxai: Run) -> None:
    done = taxai("health")

    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["✓", name] for name in ("Documents", "Queue", "Workers", "Askers", "Keeper", "Model")
    ]


def test_health_without_the_model_never_touches_the_server(
    asked: FaultServer, alive: None, taxai: Run
) -> None:
    wait_until(lambda: asked.headers, "the keeper has looked")
    seen = asked.asked

    done = taxai("health", "--json", "--no-ai")

    assert done.returncode == 0
    assert parts(done)["Model"]["said"] == f"{MODEL} is chosen; it was not asked now."
    assert asked.asked == seen == 0
    assert asked.bodies == []


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("hang", ModelStalledError(1.0)),
        ("missing", ModelMissingError(MODEL)),
        ("die", ModelDiedError()),
    ],
)
def test_a_model_that_does_not_answer_is_a_warning_with_its_sentence(
    data, asked: FaultServer, taxai: Run, fault: str, error: Exception
) -> None:
    asked.behave(fault)

    model = parts(taxai("health", "--json"))["Model"]

    assert model["state"] == "warn"
    assert model["said"] == f"{MODEL}: {error}"
    assert model["todo"] == "Papers are read without it."


def test_without_a_model_server_the_rest_is_well(
    alive: None, configure: Configure, taxai: Run
) -> None:
    configure(ollama_url=NOBODY, ollama_model=MODEL, ollama_connect_s=1)

    done = taxai("health", "--json")

    assert done.returncode == 0
    assert parts(done)["Model"]["said"] == f"{MODEL}: {ModelAwayError()}"


def test_without_a_chosen_model_health_says_where_to_choose(
    server: FaultServer, alive: None, taxai: Run
) -> None:
    done = taxai("health")

    assert done.returncode == 0
    assert "! Model      No model is chosen, so none is asked. Choose one" in done.stdout
    assert server.asked == 0


def test_a_model_that_is_well_again_closes_the_breaker(
    data, asked: FaultServer, taxai: Run, redis: Redis, read_paper: Read
) -> None:
    asked.behave("hang")
    ask_here(read_paper(open_paper()))
    assert model_breaker(redis).is_open()
    asked.behave("good")

    assert parts(taxai("health", "--json"))["Model"]["state"] == "ok"
    assert not model_breaker(redis).is_open()


def test_without_processes_each_of_them_fails_with_what_to_do(
    data, asked: FaultServer, taxai: Run
) -> None:
    done = taxai("health", "--json")

    assert done.returncode == 1
    found = parts(done)
    assert [name for name, part in found.items() if part["state"] == "fail"] == [
        *("Workers", "Askers", "Keeper"),
    ]
    assert {found[name]["todo"] for name in ("Workers", "Askers", "Keeper")} == {
        "Start with taxai up."
    }
    assert found["Model"]["state"] == "ok"


def test_with_the_queue_away_the_queue_fails_and_the_model_is_asked_all_the_same(
    data, asked: FaultServer, taxai: Run, configure: Configure, tmp_path: Path
) -> None:
    configure(redis_url=f"unix://{tmp_path}/nobody")

    done = taxai("health", "--json")

    assert done.returncode == 1
    found = parts(done)
    assert list(found) == ["Documents", "Queue", "Model"]
    assert (found["Queue"]["state"], found["Model"]["state"]) == ("fail", "ok")


def test_without_data_health_says_so_and_makes_none(
    asked: FaultServer, taxai: Run, tmp_path: Path
) -> None:
    done = taxai("health", "--json", "--data", tmp_path / "elsewhere")

    assert done.returncode == 1
    assert parts(done)["Documents"]["said"] == "There is no data folder yet."
    assert not (tmp_path / "elsewhere").exists()


def test_with_a_lost_key_health_tells_it_and_looks_at_the_rest(
    data: Path, asked: FaultServer, taxai: Run
) -> None:
    key_path = get_settings().key_path
    key_path.unlink()

    done = taxai("health", "--json")

    assert done.returncode == 1
    found = parts(done)
    assert found["Documents"]["said"] == str(KeyMissingError(key_path))
    assert found["Model"]["state"] == "warn"
    assert "Traceback" not in done.stderr


# taxai process


def test_process_fills_a_gap_with_what_is_printed_and_says_that_it_is_the_models(
    asked: FaultServer, open_file: Path, taxai: Run
) -> None:
    done = taxai("process", open_file, "--json")

    assert done.returncode == 0
    fields = json.loads(done.stdout)["fields"]
    filled = {name: (one["value"], one["source"]) for name, one in fields.items() if name in ASKED}
    assert filled == {
        "savings_interest": (SMALL.replace(",", ""), "ai"),
        "deposit_interest": (LARGE.replace(",", ""), "ai"),
    }
    assert fields["savings_interest"]["page"] == 1
    assert "ai" not in {one["source"] for name, one in fields.items() if name not in ASKED}
    assert len(asked.bodies) == 1


def test_process_without_ai_never_touches_the_server(
    asked: FaultServer, open_file: Path, taxai: Run
) -> None:
    done = taxai("process", open_file, "--json", "--no-ai")

    assert done.returncode == 0
    assert not set(ASKED) & set(json.loads(done.stdout)["fields"])
    assert asked.headers == []


def test_process_without_a_named_model_never_touches_the_server(
    server: FaultServer, open_file: Path, taxai: Run
) -> None:
    done = taxai("process", open_file, "--json")

    line = json.loads(done.stdout)
    assert (done.returncode, line["warnings"]) == (0, [])
    assert server.headers == []


@pytest.mark.parametrize("fault", ["hang", "refused", "memory", "garbage"])
def test_process_with_a_model_that_fails_prints_what_the_rules_read_and_a_warning(
    asked: FaultServer, open_file: Path, taxai: Run, fault: str
) -> None:
    asked.behave(fault)

    done = taxai("process", open_file, "--json")

    line = json.loads(done.stdout)
    assert done.returncode == 0
    assert [w.startswith("The model was not asked: ") for w in line["warnings"]] == [True]
    assert line["fields"]["tds_deducted"]["value"] == "6124.00"


def test_process_with_a_dead_server_prints_what_the_rules_read_and_a_warning(
    open_file: Path, taxai: Run, configure: Configure
) -> None:
    configure(ollama_url=NOBODY, ollama_model=MODEL, ollama_connect_s=1)

    done = taxai("process", open_file, open_file, "--json")

    assert done.returncode == 0
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["warnings"] for line in lines] == [
        [f"The model was not asked: {ModelAwayError()}"]
    ] * 2
    assert all(line["fields"]["tds_deducted"]["value"] == "6124.00" for line in lines)
