"""Asking the model about a document: its states, and what they do to the document."""

from datetime import timedelta

import pytest
from papers import INTEREST, paper

from taxai_core.ai.errors import ModelAwayError, NoModelError, NoUsableAnswerError
from taxai_core.errors import LockedError, NotFoundError, WrongStateError
from taxai_core.models import Box, Field, Reading, Record
from taxai_core.store import answers, ask_lists, asks, documents, preferences, readings
from taxai_core.store.asks import Asked
from taxai_core.store.database import Store
from taxai_core.store.document import Document, now
from taxai_core.store.revisions import save_edit

RECORD = Record(first_page=1, last_page=1, document_type="bank_interest_certificate")
FIELD = Field(
    value="4812.00",
    page=1,
    bbox=Box(x0=1, top=1, x1=2, bottom=2),
    source="ai",
    confidence=0.6,
    text="4,812.00",
)
FILLED = RECORD.model_copy(update={"fields": {"savings_interest": FIELD}})
FOUND = Asked(
    {1: FILLED}, wanted=2, filled=1, model="small", calls=1, prompt_tokens=90, answer_tokens=9
)


def read(store: Store, gaps: int, why_not: Exception | None = None) -> Document:
    id_, _ = documents.add(store, "a.pdf", paper("Interest", INTEREST), None, "tester")
    documents.claim(store, id_, 1)
    readings.finish(store, id_, 1, Reading(sha256="0", pages=[], records=[RECORD]), gaps, why_not)
    return documents.get(store, id_)


def state(store: Store, document: Document) -> str:
    ask = documents.get(store, document.id).ask
    return ask.state if ask else "nothing to ask"


def test_a_document_without_gaps_is_not_asked_about(store: Store) -> None:
    document = read(store, gaps=0)

    assert document.ask is None
    assert ask_lists.waiting(store) == []
    with pytest.raises(NotFoundError):
        asks.want(store, document.id, "tester")


def test_a_document_with_gaps_is_in_review_while_it_waits_for_the_model(store: Store) -> None:
    document = read(store, gaps=2)

    assert document.state == "review"
    assert document.ask
    assert (document.ask.state, document.ask.gaps) == ("queued", 2)
    assert [one.id for one in ask_lists.waiting(store)] == [document.id]


def test_without_a_model_it_says_so_and_waits_for_nothing(store: Store) -> None:
    document = read(store, gaps=2, why_not=NoModelError())

    assert document.ask
    assert document.ask.state == "not_asked"
    assert document.ask.error_message == str(NoModelError())
    assert ask_lists.waiting(store) == []
    assert [one.id for one in ask_lists.not_asked(store, 5)] == [document.id]


def test_what_the_model_found_stands_in_the_paper_and_in_the_history(store: Store) -> None:
    document = read(store, gaps=2)
    asks.claim(store, document.id, 1)

    finished = asks.finish(store, document.id, 1, FOUND, lambda one: one)

    assert finished
    (record,) = readings.load(store, document.id).records
    assert record.values == {"savings_interest": FIELD}
    ask = documents.get(store, document.id).ask
    assert ask
    assert (ask.state, ask.filled, ask.prompt_tokens) == ("done", 1, 90)
    assert state(store, document) == "done"


def test_asking_again_begins_with_what_was_found_before_and_loses_nothing(store: Store) -> None:
    document = read(store, gaps=2)
    asks.claim(store, document.id, 1)
    asks.finish(store, document.id, 1, FOUND, lambda one: one)
    again = asks.want(store, document.id, "tester")

    claimed = asks.claim(store, document.id, again.run)
    asks.finish(store, document.id, again.run, Asked(model="other"), lambda one: one)

    assert claimed
    assert claimed.by_rules == [RECORD]
    assert claimed.read == [FILLED]
    (record,) = readings.load(store, document.id).records
    assert record.values == {"savings_interest": FIELD}


def test_a_run_begins_with_what_people_have_made_of_the_document(store: Store) -> None:
    document = read(store, gaps=2)
    typed = FIELD.model_copy(update={"source": "user", "value": "1.00"})
    with store.writing() as session:
        edit = {"field": typed.model_dump(mode="json")}
        place = "1/savings_interest"
        save_edit(session, store.vault, document.id, place, "tester", "typed", edit)
        place = "1/pan"
        save_edit(session, store.vault, document.id, place, "tester", "none", {"field": None})

    claimed = asks.claim(store, document.id, 1)

    assert claimed
    (paper,) = claimed.papers
    assert paper.as_record().fields == {"savings_interest": typed}
    assert claimed.read == [RECORD]


def test_only_the_servers_trouble_of_the_last_minutes_is_asked_about_by_itself(
    store: Store,
) -> None:
    document = read(store, gaps=1, why_not=NoModelError())
    since = now() - timedelta(minutes=15)
    assert ask_lists.not_asked(store, since=since) == []
    asks.want(store, document.id)
    asks.put_off(store, document.id, 2, ModelAwayError(), was_tried=False)

    assert [one.id for one in ask_lists.not_asked(store, since=since)] == [document.id]
    assert ask_lists.not_asked(store, since=now() + timedelta(minutes=1)) == []


def test_a_late_answer_of_a_superseded_run_changes_nothing(store: Store) -> None:
    document = read(store, gaps=2)
    asks.claim(store, document.id, 1)
    asks.queue_again(store, document.id)

    assert not asks.finish(store, document.id, 1, FOUND, lambda one: one)
    assert readings.load(store, document.id).records[0].values == {}


def test_an_approved_document_keeps_its_values(store: Store) -> None:
    document = read(store, gaps=2)
    asks.claim(store, document.id, 1)

    documents.approve(store, document.id, "tester")

    assert not asks.finish(store, document.id, 1, FOUND, lambda one: one)
    assert readings.load(store, document.id).records[0].values == {}
    with pytest.raises(LockedError):
        asks.want(store, document.id, "tester")


def test_what_is_being_asked_is_not_asked_twice(store: Store) -> None:
    document = read(store, gaps=2)

    with pytest.raises(WrongStateError):
        asks.want(store, document.id, "tester")


def test_where_a_person_waits_comes_first(store: Store) -> None:
    first = read(store, gaps=1, why_not=NoModelError())
    id_, _ = documents.add(store, "b.pdf", paper("Other", INTEREST), None, "tester")
    documents.claim(store, id_, 1)
    readings.finish(store, id_, 1, Reading(sha256="1", pages=[], records=[RECORD]), 1)

    asks.want(store, first.id, "tester", is_urgent=True)

    assert [one.id for one in ask_lists.waiting(store)] == [first.id, id_]


def test_a_document_that_fails_the_server_again_and_again_is_left_to_a_person(
    store: Store,
) -> None:
    document = read(store, gaps=1)
    states = []
    for run in range(1, asks.MOST_TRIES + 1):
        asks.claim(store, document.id, run)
        asks.put_off(store, document.id, run, ModelAwayError(), was_tried=True)
        states.append(state(store, document))
        if states[-1] == "not_asked":
            asks.want(store, document.id)

    assert states == ["not_asked", "not_asked", "failed"]


def test_a_server_that_is_left_alone_counts_against_no_document(store: Store) -> None:
    document = read(store, gaps=1)
    for run in range(1, 6):
        asks.claim(store, document.id, run)
        asks.put_off(store, document.id, run, ModelAwayError(), was_tried=False)
        asks.want(store, document.id)

    assert state(store, document) == "queued"


def test_no_usable_answer_is_told_in_a_sentence(store: Store) -> None:
    document = read(store, gaps=1)

    asks.fail(store, document.id, 1, NoUsableAnswerError())

    ask = documents.get(store, document.id).ask
    assert ask
    assert ask.state == "failed"
    assert ask.error_message == str(NoUsableAnswerError())
    assert documents.get(store, document.id).state == "review"


def test_an_answer_is_known_again_for_the_same_document_model_and_question(store: Store) -> None:
    document = read(store, gaps=1)
    key = answers.key_of(store, document.id, "digest", "question", {"type": "object"})
    others = [
        answers.key_of(store, document.id, "other digest", "question", {"type": "object"}),
        answers.key_of(store, "other document", "digest", "question", {"type": "object"}),
        answers.key_of(store, document.id, "digest", "other question", {"type": "object"}),
        answers.key_of(store, document.id, "digest", "question", {"type": "string"}),
    ]

    answers.keep_answer(store, key, document.id, {"pan": None})

    assert answers.known_answer(store, key) == {"pan": None}
    assert [answers.known_answer(store, other) for other in others] == [None] * 4


def test_answers_go_with_their_document(store: Store) -> None:
    document = read(store, gaps=1)
    key = answers.key_of(store, document.id, "question")
    answers.keep_answer(store, key, document.id, {})

    documents.delete(store, document.id)

    assert answers.known_answer(store, key) is None


def test_a_choice_is_remembered_and_can_be_changed(store: Store) -> None:
    assert preferences.preference(store, "model") is None

    preferences.prefer(store, "model", "qwen2.5:3b")
    preferences.prefer(store, "model", "qwen2.5:1.5b")

    assert preferences.preference(store, "model") == "qwen2.5:1.5b"
