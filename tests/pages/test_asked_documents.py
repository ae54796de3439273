"""What the model was asked about a document, on the Documents page and in the review."""

from collections.abc import Callable, Iterator

import pytest
from ai.fault_server import FaultServer
from asked_papers import (
    ASKED,
    MODEL,
    PAN,
    ask_here,
    ask_of,
    copying,
    document_of,
    open_paper,
    value_of,
)
from papers import paper
from redis import Redis
from window import Window, to_review

from taxai_core import service
from taxai_core.ai.errors import ModelMissingError, NoModelError
from taxai_core.errors import StorageError
from taxai_core.jobs.queue import asking_ids
from taxai_core.jobs.workplace import get_store
from taxai_core.store.asks import claim
from taxai_core.store.document import Document

Configure = Callable[..., None]
Read = Callable[..., str]


@pytest.fixture
def server(data, configure: Configure) -> Iterator[FaultServer]:
    """A model server, of which nobody has chosen a model."""
    with FaultServer(answer=copying) as running:
        configure(ollama_url=running.url, ollama_connect_s=1, ollama_stall_s=0.5)
        yield running


@pytest.fixture
def asked(server: FaultServer, configure: Configure) -> FaultServer:
    """A model server whose model is chosen."""
    configure(ollama_model=MODEL)
    return server


def ask_line(window: Window) -> str:
    """What the line about the model says, without what is put before it for Markdown."""
    words = ("model", "to be asked")
    found = [one.value for one in window.app.main.markdown if any(w in one.value for w in words)]
    return "\n".join(found).replace("\\", "")


def without_gaps() -> Document:
    """A paper of which the rules have read all that is wanted."""
    rows = [["Account holder", "Asha Rao"], ["PAN", PAN], ["Total interest", "66,052.00"]]
    return to_review("without gaps.pdf", paper("Interest certificate", rows))


def review(document_id: str) -> Window:
    return Window().review(document_of(document_id), "Fields")


def test_the_list_tells_of_each_document_what_the_model_was_asked(
    asked: FaultServer, read_paper: Read, configure: Configure, redis: Redis
) -> None:
    done, failed, asking = (read_paper(open_paper(n), f"{n}.pdf") for n in range(3))
    ask_here(done)
    asked.behave("refused")
    ask_here(failed)
    claim(get_store(), asking, ask_of(asking).run)
    redis.flushall()  # their jobs are with workers, or done
    first, second = (read_paper(open_paper(n), f"{n}.pdf") for n in (3, 4))
    waiting = [job_id.partition("-")[0] for job_id in asking_ids(redis)]
    configure(ollama_model="")
    read_paper(open_paper(5), "5.pdf")
    without_gaps()

    rows = Window().open("documents").grid.value.set_index("file")["model"].to_dict()

    places = {one: f"waiting, no. {waiting.index(one) + 1}" for one in (first, second)}
    assert rows == {
        "0.pdf": "found 2 of 3",
        "1.pdf": "no answer",
        "2.pdf": "asking…",
        "3.pdf": places[first],
        "4.pdf": places[second],
        "5.pdf": "not asked",
        "without gaps.pdf": "",
    }


def test_the_list_has_no_such_column_where_the_rules_left_nothing_open(
    asked: FaultServer,
) -> None:
    without_gaps()

    assert "model" not in Window().open("documents").grid.value.columns


def test_the_selected_documents_are_asked_about_where_that_is_possible(
    server: FaultServer, read_paper: Read, configure: Configure
) -> None:
    ids = [read_paper(open_paper(number), f"{number}.pdf") for number in range(2)]
    whole = without_gaps()
    window = Window().open("documents")
    assert not window.can("do-Ask the model")
    assert not window.select(whole).can("do-Ask the model")
    configure(ollama_model=MODEL)

    window.select(whole, *map(document_of, ids)).click("Ask the model 2")

    assert [ask_of(one).state for one in ids] == ["queued", "queued"]
    assert [ask_of(one).is_urgent for one in ids] == [True, True]
    assert not window.can("do-Ask the model")


def test_an_approved_document_is_not_offered_to_the_model(
    server: FaultServer, read_paper: Read
) -> None:
    document_id = read_paper(open_paper())
    service.approve(document_id)

    window = Window().open("documents").select(document_of(document_id))

    assert not window.can("do-Ask the model")


def test_a_document_that_was_not_asked_about_says_why_and_can_be(
    server: FaultServer, read_paper: Read, configure: Configure
) -> None:
    document_id = read_paper(open_paper())
    window = review(document_id)
    assert f"3 values open, model not asked. {NoModelError()}" in ask_line(window)
    assert ":orange[:material/info:]" in ask_line(window)
    configure(ollama_model=MODEL)

    window.click("ask-model")

    assert (ask_of(document_id).state, ask_of(document_id).is_urgent) == ("queued", True)
    assert "3 values to be asked of the model, number 1 in line." in ask_line(window.later())
    assert not window.has("ask-model")


def test_while_it_is_asked_about_the_review_can_be_worked_on(
    asked: FaultServer, read_paper: Read
) -> None:
    document_id = read_paper(open_paper())
    claim(get_store(), document_id, ask_of(document_id).run)

    window = review(document_id)
    window.act("total_interest", "set", "66,050.00")

    assert "Asking the model for 3 values… " in ask_line(window)
    assert not window.has("ask-model")
    assert value_of(document_id, "total_interest") == "66050.00"


def test_the_answer_is_shown_with_its_place_as_the_models_and_to_be_looked_at(
    asked: FaultServer, read_paper: Read
) -> None:
    document_id = read_paper(open_paper())
    window = review(document_id)
    ask_here(document_id)

    window.draw()

    assert ":material/neurology: The model found 2 of 3 values; look at each." in ask_line(window)
    row = window.row("savings_interest")
    assert row["value"] == "4,810.00"
    assert row["place"].startswith("page 1 · model · 0.")
    assert row["low"]
    window.choose_field("savings_interest")
    assert window.picture["chosen_fields"] == ["savings_interest"]
    (mark,) = (one for one in window.picture["fields"] if one["name"] == "savings_interest")
    assert mark["look"] == "look"
    assert window.has("ask-model")
    assert window.button("ask-model").label == "Ask again"


def test_an_answer_of_nothing_says_so_and_can_be_asked_for_again(
    asked: FaultServer, read_paper: Read
) -> None:
    asked.behave("good", answer=dict.fromkeys(ASKED))
    document_id = read_paper(open_paper())
    ask_here(document_id)

    window = review(document_id)

    assert "The model found none of 3 values that the rules left open." in ask_line(window)
    window.click("ask-model")
    assert ask_of(document_id).state == "queued"


def test_a_failure_says_what_to_do_and_is_asked_again(asked: FaultServer, read_paper: Read) -> None:
    asked.behave("missing")
    document_id = read_paper(open_paper())
    ask_here(document_id)

    window = review(document_id)

    assert f":orange[:material/info:] 3 values open. {ModelMissingError(MODEL)}" in ask_line(window)
    asked.behave("good")
    asked.answer = copying
    window.click("ask-model")
    ask_here(document_id)
    assert "The model found 2 of 3 values" in ask_line(window.later())


def test_an_approved_document_and_one_without_gaps_have_no_such_line(
    server: FaultServer, read_paper: Read
) -> None:
    document_id = read_paper(open_paper())
    service.approve(document_id)

    assert ask_line(review(document_id)) == ""
    assert ask_line(Window().review(without_gaps())) == ""


def test_what_cannot_be_stored_is_told_in_the_review(
    asked: FaultServer, read_paper: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked.behave("refused")
    document_id = read_paper(open_paper())
    ask_here(document_id)
    window = review(document_id)
    monkeypatch.setattr(service, "ask_model", _no_room)

    window.click("ask-model")

    assert str(StorageError()) in window.text
    assert window.has("ask-model")


def _no_room(*_: object) -> None:
    raise StorageError
