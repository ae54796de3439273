"""What a worker does before its first document, and on which connection each is read."""

from pathlib import Path

import pytest
from papers import INTEREST, paper
from structlog.testing import capture_logs

from taxai_core import service
from taxai_core.jobs import rehearsal
from taxai_core.store import documents
from taxai_core.store.database import Store


def test_a_rehearsal_leaves_nothing(data: Path) -> None:
    sample = service.submit("sample.pdf", rehearsal.SAMPLE.read_bytes()).document
    files = sorted(data.rglob("*"))

    with capture_logs() as events:
        rehearsal.rehearse()

    assert events == []
    assert [(one.id, one.state) for one in service.list_documents()] == [(sample.id, "queued")]
    assert sorted(data.rglob("*")) == files


def test_a_rehearsal_that_fails_is_told_and_keeps_no_worker_from_its_work(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsal, "SAMPLE", data / "nowhere.pdf")

    with capture_logs() as events:
        rehearsal.rehearse()

    assert [(one["event"], one["kind"]) for one in events] == [
        ("rehearsal failed", "FileNotFoundError")
    ]


def test_each_transaction_on_one_connection_is_saved_by_itself_and_locks_nobody_out(
    store: Store,
) -> None:
    with store.on_one_connection() as mine:
        first, _ = documents.add(mine, "a.pdf", paper("A", INTEREST), None, "me")
        second, _ = documents.add(store, "b.pdf", paper("B", INTEREST), None, "you")
        assert documents.claim(mine, second, 1)
        assert documents.get(store, second).state == "extracting"
        assert documents.progress(store, second, 1, 1, 2)
        assert documents.get(mine, second).pages_done == 1

    assert {one.id for one in documents.listing(store)} == {first, second}


def test_what_is_tried_is_seen_within_and_comes_to_nothing(store: Store) -> None:
    with store.coming_to_nothing() as trial:
        tried, _ = documents.add(trial, "a.pdf", paper("A", INTEREST), None, "me")
        seen = documents.get(trial, tried).state

    assert seen == "queued"
    assert documents.listing(store) == []
