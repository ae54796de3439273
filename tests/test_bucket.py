"""Papers in an S3-compatible store instead of the data folder."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from object_store import BUCKET, ObjectStore
from papers import INTEREST, paper
from waiting import wait_until

from taxai_core import service
from taxai_core.errors import DamagedError, StoreDownError
from taxai_core.health.verdict import health
from taxai_core.jobs import workplace
from taxai_core.jobs.sweep import remove_orphan_blobs
from taxai_core.jobs.workplace import get_store
from taxai_core.settings import get_settings
from taxai_core.store import blobs, bucket
from taxai_core.store.papers import PAPER as PAPER_BLOB

PAPER = paper("A statement", INTEREST, pages=2)


def read_by_worker(start: Callable[..., object]) -> str:
    document_id = service.submit("statement.pdf", PAPER).document.id
    start("extract", "1")
    wait_until(
        lambda: service.open_document(document_id).document.state in ("review", "failed"),
        "the paper is read",
    )
    return document_id


def test_a_paper_is_read_reviewed_exported_and_deleted_without_a_file_here(
    object_store: ObjectStore, data: Path, start: Callable[..., object]
) -> None:
    document_id = read_by_worker(start)

    opened = service.open_document(document_id)
    assert (opened.document.state, opened.reading.warnings) == ("review", [])
    assert [table.page for table in opened.reading.tables] == [1, 2]
    assert service.page_picture(opened.document, 1)
    service.approve(document_id)
    assert service.choose_export().tables == 2
    names = set(object_store.objects())
    assert {name.split("/")[1] for name in names} == {document_id}
    assert not any(name.endswith(".page") for name in names), "kept pages are removed"
    assert not (data / "blobs").exists()
    service.delete(document_id)
    assert object_store.objects() == {}


def test_what_lies_there_is_sealed(object_store: ObjectStore) -> None:
    service.submit("statement.pdf", PAPER)

    (held,) = object_store.objects().values()

    assert PAPER[:16] not in held
    assert len(held) > len(PAPER)


def test_a_fork_has_a_way_of_its_own(object_store: ObjectStore) -> None:
    store = get_store()
    store.blobs.put("d1", "paper", b"what the parent wrote")

    child = os.fork()
    if child == 0:
        is_same = store.blobs.get("d1", "paper") == b"what the parent wrote"
        store.blobs.put("d1", "run1/p1.page", b"what the child wrote")
        os._exit(0 if is_same else 1)
    _, status = os.waitpid(child, 0)

    assert status == 0
    assert store.blobs.get("d1", "run1/p1.page") == b"what the child wrote"


def test_folders_and_kinds_are_removed_alone(object_store: ObjectStore) -> None:
    store = get_store().blobs
    for name in ("paper", "run1/p1.page", "run2/p1.page", "run2/p1.webp"):
        store.put("d1", name, b"sealed")

    store.delete_folders("d1", but="run2")
    store.delete_kind("d1", ".page")

    assert [store.has("d1", name) for name in ("paper", "run2/p1.webp")] == [True, True]
    assert len(object_store.objects()) == 2


def test_what_belongs_to_no_document_is_removed_when_nobody_writes_it(
    object_store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = service.submit("statement.pdf", PAPER).document.id
    get_store().blobs.put("orphan", "run1/p1.webp", b"a picture of a deleted paper")

    assert remove_orphan_blobs(get_store()) == 0
    monkeypatch.setattr(bucket, "SETTLED_S", -1)
    assert remove_orphan_blobs(get_store()) == 1

    assert list(get_store().blobs.document_ids()) == [kept]


def test_an_object_that_was_changed_or_removed_is_told(object_store: ObjectStore) -> None:
    document_id = service.submit("statement.pdf", PAPER).document.id
    name = f"firm/{document_id}/{PAPER_BLOB}"
    assert [name] == list(object_store.objects())

    object_store.client.put_object(Bucket=BUCKET, Key=name, Body=b"other bytes")
    with pytest.raises(DamagedError):
        get_store().blobs.get(document_id, PAPER_BLOB)
    object_store.client.delete_object(Bucket=BUCKET, Key=name)
    with pytest.raises(DamagedError):
        get_store().blobs.get(document_id, PAPER_BLOB)


def test_a_bucket_that_is_not_there_is_told_before_anything_is_started(
    object_store: ObjectStore, configure, taxai
) -> None:
    configure(store_url="s3://mistyped/firm")

    with pytest.raises(StoreDownError):
        workplace.prepare_store()
    with pytest.raises(StoreDownError):
        get_store().blobs.get("d1", "paper")
    told = taxai("migrate")

    assert told.returncode == 1
    assert str(StoreDownError()) in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("away", ["kill", "stop"])
def test_while_the_store_is_away_a_paper_is_refused_and_leaves_nothing(
    object_store: ObjectStore, monkeypatch: pytest.MonkeyPatch, away: str
) -> None:
    for name in ("OBJECT_S", "WORD_S"):
        monkeypatch.setattr(bucket, name, 2.0)
    getattr(object_store, away)()

    with pytest.raises(StoreDownError):
        service.submit("statement.pdf", PAPER)

    assert service.list_documents() == []


def test_health_tells_whether_the_store_takes_an_object(object_store: ObjectStore) -> None:
    well = {check.name: check for check in health(with_model=False)}
    assert object_store.objects() == {}
    object_store.stop()
    away = {check.name: check for check in health(with_model=False)}
    object_store.go_on()

    assert well["Object store"].state == "ok"
    assert (away["Object store"].state, away["Database"].state) == ("fail", "ok")


@pytest.mark.parametrize("url", ["s3://", "/srv/papers", "https://store/papers"])
def test_an_address_that_names_no_bucket_stops_the_program(configure, url: str) -> None:
    configure(store_url=url)

    with pytest.raises(SystemExit, match="TAXAI_STORE_URL"):
        get_settings()


def test_without_an_address_the_papers_lie_in_the_data_folder(data: Path, configure) -> None:
    configure(store_url="")

    assert isinstance(get_store().blobs, blobs.Blobs)
