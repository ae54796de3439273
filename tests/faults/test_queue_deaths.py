"""The queue's server killed, stopped, started again and lost."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from fates import (
    KEPT,
    SHORT,
    Faulty,
    assert_at_ease,
    assert_read_whole,
    end_of,
    now,
    submit,
    wait_for_kept,
)
from papers import INTEREST, paper
from queue_server import QueueServer
from streamlit.testing.v1 import AppTest
from waiting import is_gone, wait_until

from taxai_core import service
from taxai_core.errors import ReadTimeoutError
from taxai_core.jobs.connection import open_redis

Plant = Callable[..., Faulty]
Start = Callable[..., "subprocess.Popen[bytes]"]
APP = Path(__file__).parents[2] / "streamlit_app.py"
GONE = "The queue does not answer. Papers are kept and will be read when it is back."
OTHER = paper("Another statement", INTEREST)


def draw_pages() -> None:
    """Each page that a person looks at meanwhile comes out whole and says what is wrong."""
    for page in ("upload", "documents"):
        app = AppTest.from_file(APP, default_timeout=60)
        app.switch_page(f"pages/{page}.py").run()
        assert not app.exception
        assert GONE in [one.value for one in app.sidebar.warning]


def test_a_reading_outlives_a_queue_that_is_killed_and_comes_back(
    queue_server: QueueServer, faulty: Plant, start: Start
) -> None:
    keeper, worker = start("keep"), faulty("gate")
    document_id, waiting = submit(), submit("waiting.pdf", SHORT)
    wait_for_kept(document_id)

    queue_server.kill()
    meanwhile = submit("meanwhile.pdf", OTHER)
    assert now(meanwhile).state == "queued"
    draw_pages()
    worker.open_gate()
    document = end_of(document_id)
    queue_server.start()

    assert (document.state, document.run) == ("review", 1)
    for each in (waiting, meanwhile):
        assert end_of(each).state == "review"
    assert_read_whole(document_id)
    assert_read_whole(meanwhile, pages=1)
    assert (worker.process.poll(), keeper.poll()) == (None, None)
    with open_redis(queue_server.url) as redis:
        assert_at_ease(worker, redis, document.job_id)


def test_a_reading_outlives_a_queue_that_does_not_answer_and_is_then_killed(
    queue_server: QueueServer, faulty: Plant, start: Start
) -> None:
    keeper, worker = start("keep"), faulty("gate")
    document_id, waiting = submit(), submit("waiting.pdf", SHORT)
    wait_for_kept(document_id)

    queue_server.stop()
    draw_pages()
    meanwhile = submit("meanwhile.pdf", OTHER)
    assert now(meanwhile).state == "queued"
    queue_server.kill()
    queue_server.start()
    worker.open_gate()

    for each in (document_id, waiting, meanwhile):
        assert end_of(each).state == "review"
    assert_read_whole(document_id)
    assert [worker.pages_read().count(page) for page in KEPT] == [1, 1]
    assert (worker.process.poll(), keeper.poll()) == (None, None)
    with open_redis(queue_server.url) as redis:
        assert_at_ease(worker, redis, now(document_id).job_id)


@pytest.mark.parametrize("fault", ["hang", "c_loop"])
def test_the_limit_of_time_holds_while_the_queue_does_not_answer(
    queue_server: QueueServer, faulty: Plant, start: Start, configure, fault: str
) -> None:
    configure(job_timeout_s=5)
    start("keep")
    worker = faulty(fault, once=True)
    document_id, after = submit(), submit("after.pdf", SHORT)
    wait_for_kept(document_id)
    child = worker.child

    queue_server.stop()
    wait_until(lambda: is_gone(child), "its process is ended")
    queue_server.go_on()
    document = end_of(document_id)

    if document.run == 1:
        told = (document.state, document.error_code, document.error_message)
        assert told == ("failed", "timeout", str(ReadTimeoutError(5)))
    else:  # the worker could not look up its job in time, and the keeper found the row alone
        assert_read_whole(document_id)
    assert end_of(after).state == "review"
    with open_redis(queue_server.url) as redis:
        assert_at_ease(worker, redis, document.job_id)


def test_a_data_folder_restored_without_its_queue_is_read_to_the_end(
    queue_server: QueueServer, faulty: Plant, start: Start, configure, data: Path, tmp_path: Path
) -> None:
    worker = faulty("gate")
    under_way, waiting = submit(), submit("waiting.pdf", SHORT)
    wait_for_kept(under_way)
    worker.process.kill()
    wait_until(lambda: worker.process.poll() is not None, "the worker is gone")

    copy = tmp_path / "restored"
    shutil.copytree(data, copy)
    shutil.copy(data.with_name("data.key"), copy.with_name("restored.key"))
    with open_redis(queue_server.url) as redis:
        redis.flushall()
    configure(data_dir=copy)
    worker.open_gate()
    second = faulty("gate")
    start("keep")

    assert end_of(waiting).state == "review"
    assert end_of(under_way).state == "review"
    assert_read_whole(under_way)
    assert not set(KEPT) & set(second.pages_read())
    assert len(service.list_documents()) == 2
    assert os.environ["TAXAI_DATA_DIR"] == str(copy)
