"""The Model page: how the server is, what is chosen, asked about, and waited for."""

import json
import time
from collections.abc import Callable

import pytest
from ai.fault_server import FaultServer
from asked_papers import (
    MODEL,
    ask_here,
    ask_of,
    copying,
    open_paper,
    wait_for_ask,
)
from redis import Redis
from waiting import wait_until
from window import Window, model_page, play_worker

from taxai_core import service
from taxai_core.ai.errors import ModelStalledError
from taxai_core.errors import OtherVersionError, QueueDownError, StorageError
from taxai_core.jobs import workplace
from taxai_core.jobs.keeper import Keeper
from taxai_core.jobs.keeper_signs import KEEPER, MODEL_PROCESS
from taxai_core.jobs.model import asks_when_back, chosen_model
from taxai_core.jobs.offer import queue_ask
from taxai_core.jobs.queue import asking_ids
from taxai_core.jobs.workplace import get_store
from taxai_core.observe.model_process import ModelProcess
from taxai_core.service.model import choose_model
from taxai_core.settings import get_settings
from taxai_core.store.asks import claim
from taxai_core.store.schema import own_revision

Configure = Callable[..., None]
Read = Callable[..., str]


def hold(redis: Redis, process: ModelProcess) -> None:
    redis.set(MODEL_PROCESS, json.dumps(process.as_dict()))


def table(window: Window, column: str) -> list[dict[str, object]]:
    """The rows of the table that has this column."""
    (found,) = (one.value for one in window.app.main.dataframe if column in one.value)
    rows: list[dict[str, object]] = found.to_dict("records")
    return rows


def test_before_the_keeper_has_looked_the_page_says_so_and_nothing_is_chosen(
    server: FaultServer,
) -> None:
    window = model_page()

    assert window.title == "Model"
    assert "**not looked for yet**" in window.text
    assert "Nothing is asked: what the rules leave open stays open" in window.text
    assert window.app.main.selectbox[0].value == "none"
    assert server.asked == 0


def test_a_server_that_does_not_answer_is_told_with_its_address(
    data, configure: Configure, redis: Redis
) -> None:
    configure(ollama_url="http://127.0.0.1:9")
    Keeper(redis).look_for_model()

    text = model_page().text

    assert "**does not answer**" in text
    assert "127.0.0.1:9" in text
    assert "The server does not answer." in text
    assert "Which models the server has is not known before it answers." in text


def test_a_server_tells_its_version_and_its_models_with_their_sizes(seen: FaultServer) -> None:
    window = model_page()

    assert "**Ollama 0.5.4 answers**" in window.text
    assert table(window, "On disk") == [
        {
            "Models of the server": MODEL,
            "On disk": "241.4 MB",
            "Parameters": "268M",
            "Quantization": "Q4_K_M",
        }
    ]


def test_a_model_that_is_not_in_memory_is_told_as_loaded_later(
    server: FaultServer, redis: Redis
) -> None:
    server.behave("slow_load")
    Keeper(redis).look_for_model()

    text = model_page().text

    assert "**no model**" in text
    assert "It is loaded at the first question." in text


@pytest.mark.parametrize(
    ("process", "said"),
    [
        (ModelProcess("yes", "Process 7 has the file."), "Weights mapped: the kernel can take"),
        (ModelProcess("no", "Process 7 was told not to."), "Weights not mapped: all of it counts"),
        (ModelProcess("unknown", "Process 7 is hidden."), "Weights mapped or not: unknown."),
    ],
)
def test_the_loaded_model_tells_its_memory_and_whether_it_is_mapped_and_how_that_is_known(
    seen: FaultServer, redis: Redis, process: ModelProcess, said: str
) -> None:
    hold(redis, process)

    text = model_page().text

    assert f"{MODEL} · 230 MB" in text
    assert said in text
    assert process.how in text


def test_a_model_is_chosen_from_those_of_the_server_and_stays_so(seen: FaultServer) -> None:
    window = model_page()
    assert window.app.main.selectbox[0].options == ["none", MODEL]

    window.choose("Model that is asked", MODEL)

    assert chosen_model(get_store()) == MODEL
    assert model_page().app.main.selectbox[0].value == MODEL
    window.choose("Model that is asked", "none")
    assert not chosen_model(get_store())
    assert "Nothing is asked" in model_page().text


def test_the_choice_of_another_window_is_seen(seen: FaultServer) -> None:
    window, other = model_page(), model_page()

    other.choose("Model that is asked", MODEL)

    assert window.later().app.main.selectbox[0].value == MODEL


def test_a_chosen_model_that_the_server_does_not_have_is_told_on_every_page(
    seen: FaultServer, redis: Redis
) -> None:
    choose_model("qwen2.5:3b")
    play_worker(redis)
    redis.set(KEEPER, time.time())
    window = model_page()

    assert (
        "The server does not have qwen2.5:3b. Pull it as told below, or choose another."
        in window.text
    )
    assert window.app.main.selectbox[0].options == ["none", "qwen2.5:3b", MODEL]
    sidebar = "".join(one.value for one in window.app.sidebar.caption).replace("\\", "")
    assert "Model: qwen2.5:3b, not pulled" in sidebar


def test_asking_by_itself_is_turned_on_and_off(seen: FaultServer) -> None:
    window = model_page()

    window.app.toggle[0].set_value(True)
    window.draw()
    assert asks_when_back(get_store())
    assert window.app.toggle[0].value is True

    window.app.toggle[0].set_value(False)
    window.draw()
    assert not asks_when_back(get_store())


def test_all_that_was_not_asked_is_asked_about_at_once(
    seen: FaultServer, read_paper: Read, redis: Redis
) -> None:
    ids = [read_paper(open_paper(number), f"{number}.pdf") for number in range(3)]
    assert not model_page().has("ask-all")
    choose_model(MODEL)
    window = model_page()
    assert "3 documents could not be asked about so far." in window.text

    window.click("Ask about 3 now")

    assert {ask_of(one).state for one in ids} == {"queued"}
    assert sorted(asking_ids(redis)) == sorted(ask_of(one).job_id for one in ids)
    assert not window.later().has("ask-all")


def test_one_that_failed_is_among_those_to_be_asked_about(
    asked: FaultServer, read_paper: Read
) -> None:
    asked.behave("refused")
    document_id = read_paper(open_paper())
    assert ask_here(document_id).state == "failed"

    window = model_page().click("Ask about 1 now")

    assert ask_of(document_id).state == "queued"
    assert not window.later().has("ask-all")


def test_the_queue_tells_places_and_how_long_each_waits(
    asked: FaultServer, read_paper: Read, redis: Redis
) -> None:
    ids = [read_paper(open_paper(number), f"{number}.pdf") for number in range(4)]
    assert [row["In about"] for row in table(model_page(), "In line")] == ["", "", "", ""]
    ask_here(ids[0])
    asked.behave("refused")
    ask_here(ids[1])
    redis.flushall()  # the jobs that were done here are out of the queue
    service.ask_model(ids[1])
    for document_id in ids[2:]:
        queue_ask(document_id)

    rows = table(model_page(), "In line")

    assert [row["In line"] for row in rows] == [1, 2, 3]
    assert (rows[0]["Document"], rows[0]["Who waits"]) == ("1.pdf", "a person")
    assert {row["Document"] for row in rows[1:]} == {"2.pdf", "3.pdf"}
    assert {row["Who waits"] for row in rows[1:]} == {"nobody"}
    assert [row["Values wanted"] for row in rows] == [3, 3, 3]
    assert all(str(row["In about"]).endswith(" s") for row in rows)


def test_while_a_document_is_asked_about_the_slot_tells_which(
    asked: FaultServer, read_paper: Read
) -> None:
    document_id = read_paper(open_paper(), "mine.pdf")
    read_paper(open_paper(1), "other.pdf")
    claim(get_store(), document_id, ask_of(document_id).run)

    text = model_page().text

    assert "asking, " in text
    assert "mine.pdf. 1 waiting." in text


def test_what_was_asked_lately_tells_calls_tokens_and_seconds_a_document(
    asked: FaultServer, read_paper: Read
) -> None:
    assert "No document yet." in model_page().text
    ask = ask_here(read_paper(open_paper(), "mine.pdf"))

    window = model_page()

    (row,) = table(window, "Tokens in")
    assert (row["Document"], row["Model"], row["Found"]) == ("mine.pdf", MODEL, "2 of 3")
    assert (row["Calls"], row["Tokens in"]) == (1, ask.prompt_tokens)
    assert row["Tokens out"] == ask.answer_tokens > 0
    assert str(row["Took"]).endswith(" s")
    assert f"1.0 calls and {ask.prompt_tokens + ask.answer_tokens} tokens a document" in window.text


def test_after_a_failure_the_breaker_tells_the_last_error_and_how_long_it_rests(
    asked: FaultServer, read_paper: Read, configure: Configure
) -> None:
    assert "**breaker closed**" in model_page().text
    assert "No failure in the last day." in model_page().text
    asked.behave("hang")
    ask_here(read_paper(open_paper()))

    window = model_page()

    assert "left alone, " in window.text
    assert " more**" in window.text
    assert str(ModelStalledError(0.5)) in window.text
    configure(ollama_rest_s=1)
    wait_until(lambda: "**to be probed**" in window.later().text, "the server has rested")


def test_with_the_queue_away_the_page_says_so_and_what_it_does_not_know(
    asked: FaultServer, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    monkeypatch.setenv("TAXAI_REDIS_URL", f"unix://{tmp_path}/nobody")
    get_settings.cache_clear()

    window = model_page()

    assert "The queue does not answer, so nobody can ask the model." in window.text
    assert window.text.count("**unknown**") == 4
    assert window.app.main.selectbox[0].value == MODEL
    for button in ("Pull", "try-sample"):
        window.click(button)
        assert str(QueueDownError()) in window.text
        assert not window.app.exception


def test_with_the_queue_away_a_model_can_be_chosen(
    seen: FaultServer, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    choose_model(MODEL)
    monkeypatch.setenv("TAXAI_REDIS_URL", f"unix://{tmp_path}/nobody")
    get_settings.cache_clear()

    model_page().choose("Model that is asked", "none")

    assert not chosen_model(get_store())


def test_what_cannot_be_stored_is_told_and_not_shown_as_chosen(
    seen: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = model_page()
    monkeypatch.setattr("taxai_core.service.model.prefer", _no_room)

    window.choose("Model that is asked", MODEL)

    assert str(StorageError()) in window.text
    assert window.app.main.selectbox[0].value == "none"


def _no_room(*_: object) -> None:
    raise StorageError


def test_a_page_that_cannot_read_the_database_says_so_once_and_recovers(
    seen: FaultServer, data
) -> None:
    window = model_page()
    away = data / "away.db"
    (data / "taxai.db").rename(away)
    workplace.get_store.cache_clear()

    none = OtherVersionError("none", own_revision())
    assert window.later().text.count(str(none)) == 1
    (data / "taxai.db").unlink(missing_ok=True)
    away.rename(data / "taxai.db")
    workplace.get_store.cache_clear()
    assert "**Ollama 0.5.4 answers**" in window.later().text


def test_a_waiting_document_is_asked_by_itself_where_that_was_turned_on_here(
    asked: FaultServer, read_paper: Read, redis: Redis, configure: Configure, start
) -> None:
    configure(ollama_rest_s=1)
    asked.behave("hang_all")
    document_id = read_paper(open_paper())
    assert ask_here(document_id).state == "not_asked"
    window = model_page()
    window.app.toggle[0].set_value(True)
    window.draw()

    asked.behave("good")
    asked.answer = copying
    start("ask", "1")
    start("keep")

    assert wait_for_ask(document_id, "done").filled == 2
