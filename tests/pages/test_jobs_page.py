"""The Jobs page: what is read, waits and has failed, by whom and how fast."""

from pathlib import Path

import pytest
from redis import Redis
from window import Window, failed, half_read, play_worker, present, submit, to_review

from taxai_core import service
from taxai_core.errors import OutOfMemoryError, QueueDownError
from taxai_core.jobs.queue import extract_queue, hold_lease, waiting_ids
from taxai_core.jobs.workplace import get_redis, get_store
from taxai_core.settings import get_settings
from taxai_core.store import documents, pace
from taxai_core.store.document import Document

LIGHTER = "Retry with the lighter method"


@pytest.fixture
def worker(data: Path, redis: Redis) -> None:
    play_worker(redis)


def jobs() -> Window:
    return Window().open("jobs")


def grids(window: Window) -> dict[str, list[dict[str, object]]]:
    """The rows of the grids that are there, by what stands in them."""
    found = {}
    for grid in window.app.main.dataframe:
        rows = grid.value.to_dict("records")
        first = next(iter(rows[0]))
        name = {"worker": "workers", "file": "running", "place": "waiting"}[first]
        found[name] = rows
    return found


def out_of_memory(name: str = "greedy.pdf") -> Document:
    """A paper whose reading took too much memory."""
    document = half_read(name, done=3, total=9)
    documents.fail(get_store(), document.id, document.run, OutOfMemoryError(1000))
    return present(document)


def test_without_papers_the_page_says_what_will_stand_there(worker) -> None:
    window = jobs()

    assert window.title == "Jobs"
    for words in ("Nothing is read now.", "Nobody waits: a paper", "Nothing failed."):
        assert words in window.text
    assert not window.app.main.warning
    assert not window.can("cancel-jobs")


def test_the_caps_stand_in_one_line(worker, configure) -> None:
    configure(job_memory_mb=1000)
    assert (
        "One document may use 1,000 MB and 40 min, one page 20 s; after 30 min no further page is "
        "begun and those read are kept."
    ) in jobs().text


def test_what_is_read_stands_with_page_memory_and_worker(data: Path, redis: Redis) -> None:
    document = half_read("long.pdf", done=3, total=9)
    hold_lease(redis, document.job_id, 250 << 20)
    play_worker(redis, job_id=document.job_id)

    shown = grids(jobs())

    (row,) = shown["running"]
    assert (row["file"], row["page"], row["progress"]) == ("long.pdf", "3 of 9", 33)
    assert (row["memory"], row["worker"]) == (250, "extract-1")
    (seat,) = shown["workers"]
    assert (seat["worker"], seat["does"]) == ("extract-1", "long.pdf")
    assert (seat["page"], seat["memory"]) == ("3 of 9", 250)


def test_what_waits_stands_in_line(worker) -> None:
    submit("first.pdf")
    submit("second.pdf")

    rows = grids(jobs())["waiting"]

    assert [(row["place"], row["file"]) for row in rows] == [
        ("1", "first.pdf"),
        ("2", "second.pdf"),
    ]
    assert [row["begins"] for row in rows] == ["", ""]


def test_when_it_begins_is_told_once_something_was_read(worker) -> None:
    to_review("read.pdf")
    submit("next.pdf")

    window = jobs()

    (row,) = (row for row in grids(window)["waiting"] if row["file"] == "next.pdf")
    assert row["begins"]
    assert "The 1 document read in the last hour: waiting" in window.text


def test_cancel_takes_the_selected_one_out_of_the_line(worker) -> None:
    first, second = submit("first.pdf"), submit("second.pdf")

    window = jobs().select(second)
    window.click("cancel-jobs")

    assert [present(first).state, present(second).state] == ["queued", "cancelled"]
    assert waiting_ids(get_redis()) == [first.job_id]
    assert [row["file"] for row in grids(window)["waiting"]] == ["first.pdf"]


def test_the_selection_stays_with_its_document_while_the_line_moves(worker) -> None:
    first, second = submit("first.pdf"), submit("second.pdf")
    window = jobs().select(second)

    service.cancel(first.id)
    window.later().click("cancel-jobs")

    assert present(second).state == "cancelled"


def test_a_document_that_waits_stays_selected_when_it_is_read(worker) -> None:
    document = submit("chosen.pdf")
    window = jobs().select(document)

    documents.claim(get_store(), document.id, document.run)
    window.later().click("cancel-jobs")

    assert present(document).state == "cancelled"


def test_a_failure_stands_with_its_reason_and_one_click_reads_it_again(worker) -> None:
    broken = failed("broken.pdf")
    window = jobs()
    assert broken.error_message
    assert broken.error_message in window.text

    window.click("Retry")

    assert present(broken).state == "queued"
    assert "Nothing failed." in window.later().text


def test_what_lacked_memory_is_offered_the_lighter_method(worker) -> None:
    greedy = out_of_memory()
    window = jobs()
    assert not window.has("Retry")

    window.click(LIGHTER)

    again = present(greedy)
    assert again.state == "queued"
    claimed = documents.claim(get_store(), again.id, again.run)
    assert claimed
    assert claimed.document.is_light


def test_the_lighter_method_is_offered_wherever_the_failure_is_told(worker) -> None:
    greedy = out_of_memory()

    window = Window().open("documents", document=greedy.id)
    assert window.button("do-Retry").label == LIGHTER
    assert window.has(f"retry-details-{greedy.id}")
    assert window.button(f"retry-details-{greedy.id}").label == LIGHTER

    window = Window()
    (button,) = (one for one in window.app.main.button if one.label == LIGHTER)
    button.click()
    window.draw()
    assert present(greedy).state == "queued"


def test_no_worker_is_told(data: Path, redis: Redis) -> None:
    window = jobs()

    assert "No worker is listening, so nothing is read." in window.text
    assert not window.app.error


def test_a_worker_that_only_asks_the_model_reads_nothing(data: Path, redis: Redis) -> None:
    play_worker(redis, "ask-1")

    window = jobs()

    assert "No worker is listening, so nothing is read." in window.text
    assert [row["does"] for row in grids(window)["workers"]] == ["waits for work"]


def test_without_redis_the_page_tells_what_the_database_knows(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, waits = failed("broken.pdf"), submit("waits.pdf")
    monkeypatch.setenv("TAXAI_REDIS_URL", f"unix://{tmp_path}/nobody")
    get_settings.cache_clear()

    window = jobs()

    assert str(QueueDownError()) in window.text
    assert [row["file"] for row in grids(window)["waiting"]] == [waits.name]
    assert broken.error_message
    assert broken.error_message in window.text


def test_the_pace_is_of_what_was_read(data: Path) -> None:
    to_review("a.pdf")
    failed("b.pdf")
    submit("c.pdf")

    last = pace.last_hour(get_store())

    assert (last.read, last.failed, last.pages) == (1, 1, 1)
    assert last.both
    assert last.waiting
    assert last.reading
    assert last.both.median_s == pytest.approx(last.waiting.median_s + last.reading.median_s)
    assert last.documents_an_hour == pytest.approx(last.documents_a_minute * 60)


def test_without_any_document_there_is_no_pace(data: Path) -> None:
    last = pace.last_hour(get_store())

    assert (last.read, last.failed, last.documents_a_minute, last.both) == (0, 0, 0, None)


def test_the_resources_page_tells_the_workers_and_the_caps(
    data: Path, configure, redis: Redis
) -> None:
    configure(job_memory_mb=1000)
    document = half_read("long.pdf", done=3, total=9)
    play_worker(redis, job_id=document.job_id)

    window = Window().open("resources")

    assert "One document may use 1,000 MB" in window.text
    seen = [cell for grid in window.app.dataframe for cell in grid.value.to_numpy().ravel()]
    assert "long.pdf" in seen
    assert "3 of 9" in seen


def test_who_waits_behind_a_long_paper_is_told_the_time_that_it_takes_yet(
    worker, redis: Redis
) -> None:
    to_review("read.pdf")
    long = half_read("long.pdf", done=1, total=100_000)
    extract_queue(redis).empty()  # both were begun here, so their jobs still stand in line
    submit("next.pdf")

    read_for_s = long.seconds or 0.0  # it grows, so at the look it is no less
    (waiting,) = service.work().waiting

    assert waiting.position == 1
    assert waiting.begins_in_s
    assert waiting.begins_in_s > read_for_s * 90_000
