"""`taxai ask` and `process` with a model: what they print, and what they exit with."""

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

from taxai_core import service
from taxai_core.ai.errors import (
    ModelAwayError,
    ModelRefusedError,
    NoModelError,
)
from taxai_core.errors import QueueDownError
from taxai_core.service.model import choose_model

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
