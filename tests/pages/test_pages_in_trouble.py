"""Every page stays up and says what is wrong when something outside the pages is."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from papers import INTEREST, paper
from window import Window, approved, failed, present, rows_of, submit, to_review

from taxai_core import service
from taxai_core.errors import KeyMissingError, OtherVersionError, StorageError
from taxai_core.jobs import workplace
from taxai_core.service import SystemState
from taxai_core.settings import get_settings
from taxai_core.store import database
from taxai_core.store.schema import own_revision

PAGES = ("upload", "documents", "review", "export", "jobs", "resources", "model", "health")
QUEUE_DOWN = SystemState(queue_up=False).trouble
NO_TABLES = str(OtherVersionError("none", own_revision()))


@pytest.fixture
def no_redis(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Redis is away: nobody listens on its socket."""
    to_review("read.pdf")
    approved("done.pdf")
    failed("broken.pdf")
    monkeypatch.setenv("TAXAI_REDIS_URL", f"unix://{tmp_path}/nobody")
    get_settings.cache_clear()


@pytest.fixture
def no_tables(data: Path) -> None:
    """The database file was taken away under the running pages."""
    to_review("read.pdf")
    for file in data.glob("taxai.db*"):
        file.unlink()
    workplace.get_store.cache_clear()


@pytest.fixture
def locked_for_writing(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another program holds the database in a transaction that does not end."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 0.1)
    workplace.get_store.cache_clear()
    to_review("read.pdf")
    other = sqlite3.connect(data / "taxai.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


@pytest.mark.parametrize("page", PAGES)
def test_without_redis_each_page_is_drawn_and_says_so(no_redis, page: str) -> None:
    window = Window().open(page)

    assert QUEUE_DOWN in [one.value for one in window.app.sidebar.warning]


def test_without_redis_the_lists_and_the_review_are_complete(no_redis) -> None:
    window = Window()

    assert len(window.open("documents").grid.value) == 3
    assert window.open("review").turn_to("Tables").cells == INTEREST
    assert window.open("export").app.metric[0].value == "1"
    assert "no figures" in window.open("resources").text


def test_without_redis_a_paper_is_taken_in_and_waits(no_redis) -> None:
    window = Window().add(("new.pdf", paper("New", INTEREST)))

    assert "accepted · **waiting**" in window.text
    assert service.list_documents()[0].state == "queued"


def test_without_redis_an_edit_is_saved_and_a_paper_approved(no_redis) -> None:
    window = Window().open("review").turn_to("Tables").edit({1: {"c1": "1"}}).click("Approve")

    document = next(one for one in service.list_documents() if one.name == "read.pdf")
    assert rows_of(document)[1][1] == "1"
    assert document.state == "approved"
    assert window.has("Re-open")


def test_without_redis_retry_cancel_and_delete_do_their_part(no_redis) -> None:
    broken = next(one for one in service.list_documents() if one.name == "broken.pdf")
    window = Window().open("documents")

    window.select(broken).click("Retry")
    assert present(broken).state == "queued"
    window.click("Cancel")
    assert present(broken).state == "cancelled"
    window.click("Delete").click("Delete", "really-delete")
    assert broken.name not in list(window.draw().grid.value["file"])


@pytest.mark.parametrize("page", PAGES)
def test_without_its_tables_no_page_breaks(no_tables, page: str) -> None:
    Window().open(page)


@pytest.mark.parametrize("page", ["documents", "review", "export", "jobs"])
def test_a_page_that_cannot_read_the_database_says_so(no_tables, page: str) -> None:
    window = Window().open(page)

    assert NO_TABLES in window.text


@pytest.mark.parametrize("page", PAGES)
def test_pages_can_be_read_while_another_program_writes(locked_for_writing, page: str) -> None:
    Window().open(page)


def test_a_paper_that_cannot_be_stored_is_refused_and_leaves_nothing(
    locked_for_writing, data: Path
) -> None:
    window = Window().add(("new.pdf", paper("New", INTEREST)))

    assert f"refused: {StorageError()}" in window.text
    assert [one.name for one in service.list_documents()] == ["read.pdf"]
    assert len(list((data / "blobs").iterdir())) == 1


def test_an_edit_that_cannot_be_stored_is_told_and_not_shown_as_saved(locked_for_writing) -> None:
    window = Window().open("review").turn_to("Tables")

    window.edit({1: {"c1": "1"}})

    assert str(StorageError()) in window.text
    assert window.cells == INTEREST


def test_an_approval_that_cannot_be_stored_is_told(locked_for_writing) -> None:
    window = Window().open("review").click("Approve")

    assert str(StorageError()) in window.text
    assert window.has("Approve")


@pytest.mark.parametrize("page", ["documents", "review", "export", "jobs"])
def test_a_page_without_the_key_says_where_to_put_it(data: Path, page: str) -> None:
    submit("waits.pdf")
    key_path = get_settings().key_path
    key_path.unlink()
    workplace.get_store.cache_clear()

    assert str(KeyMissingError(key_path)) in Window().open(page).text


def test_without_the_key_a_paper_is_refused(data: Path) -> None:
    key_path = get_settings().key_path
    key_path.unlink()
    workplace.get_store.cache_clear()

    window = Window().add(("new.pdf", paper("New", INTEREST)))

    assert str(KeyMissingError(key_path)) in window.text
    assert not list((data / "blobs").glob("*"))


def test_a_page_whose_picture_is_lost_still_shows_its_cells(window: Window, data: Path) -> None:
    document = to_review()
    for picture in (data / "blobs" / document.id).glob("run*/*.webp"):
        picture.unlink()

    assert window.review(document).cells == INTEREST
