"""The log of events: what its lines hold, when many write at once, and when nobody can."""

import ast
import json
import logging
import os
import re
import resource
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import structlog
from papers import INTEREST, paper
from waiting import wait_until

from taxai_core import service
from taxai_core.log import EVENTS_FILE, configure_log
from taxai_core.service.events import events

CHECKOUT = Path(__file__).parents[1]
SECRET = "Zanzibarsson"
log = structlog.get_logger()

# What an event may say beside its sentence: ids, codes, figures.
KEYS = {
    *("document", "run", "job", "worker", "page", "pages", "seconds", "code", "memory_mb"),
    *("cap_mb", "reason", "kind", "count", "exc_info", "kept", "tables", "records"),
    *("calls", "tokens", "wanted", "state", "before", "signal", "duty", "lost_runs"),
}
LEVELS = {"debug", "info", "warning", "error", "exception"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where this process writes its events."""
    configure_log(tmp_path / "logs", "test")
    return tmp_path / "logs"


def lines(folder: Path) -> list[dict[str, Any]]:
    """The events of all files, the oldest first."""
    files = sorted(folder.glob(f"{EVENTS_FILE}*"), reverse=True)
    return [json.loads(line) for file in files for line in file.read_text().splitlines()]


def in_process(code: str, *words: object) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", code, *map(str, words)], cwd=CHECKOUT)


def test_an_event_is_one_line_of_json_with_its_time_process_and_keys(folder: Path) -> None:
    log.info("page read", document="d1", page=3, pages=9, seconds=0.41234, kind="text")

    (line,) = lines(folder)
    assert line.pop("time").endswith("+00:00")
    assert line == {
        **{"level": "info", "process": "test", "pid": os.getpid(), "event": "page read"},
        **{"document": "d1", "page": 3, "pages": 9, "seconds": 0.412, "kind": "text"},
    }


def test_line_breaks_do_not_make_two_events_of_one(folder: Path) -> None:
    log.info("work failed", reason="one\ntwo\r\u2028three")

    assert [line["reason"] for line in lines(folder)] == ["one\ntwo\r\u2028three"]


def test_of_an_exception_only_types_and_our_own_place_are_told(folder: Path) -> None:
    try:
        service.open_document(SECRET)
    except Exception as error:
        log.exception("work failed", kind=error)

    (line,) = lines(folder)
    assert re.fullmatch(r"\w+Error( of \w+)* at taxai_core/[\w/]+\.py:\d+", line["exception"])
    assert SECRET not in json.dumps(line)


def test_what_a_library_says_stays_out_but_not_that_and_where_it_spoke(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    try:
        int(SECRET)
    except ValueError:
        logging.getLogger("rq.worker").warning("stumbled over %s", SECRET, exc_info=True)

    (line,) = lines(folder)
    assert (line["event"], line["logger"]) == ("a library spoke", "rq.worker")
    assert line["place"].startswith("test_log.py:")
    assert line["exception"].startswith("ValueError at test_log.py:")
    assert SECRET not in json.dumps(line)
    assert f"stumbled over {SECRET}" in capfd.readouterr().err  # as Python does by itself


def test_our_own_events_are_not_printed(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    log.error("work failed", code="internal")

    assert capfd.readouterr() == ("", "")


def test_a_command_without_a_log_prints_no_event() -> None:
    code = "import structlog, taxai_core.service; structlog.get_logger().error('work failed')"

    done = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True)

    assert (done.stdout, done.stderr, done.returncode) == (b"", b"", 0)


def test_only_the_owner_may_read_it(folder: Path) -> None:
    log.info("page read")

    assert folder.stat().st_mode & 0o777 == 0o700
    assert {one.stat().st_mode & 0o777 for one in folder.iterdir()} == {0o600}


def test_a_forked_child_writes_events_of_its_own(folder: Path) -> None:
    log.info("in the parent")
    if (child := os.fork()) == 0:
        log.info("in the child")
        os._exit(0)
    os.waitpid(child, 0)
    log.info("in the parent")

    told = [(line["event"], line["pid"]) for line in lines(folder)]
    here = ("in the parent", os.getpid())
    assert told == [here, ("in the child", child), here]


MANY = """
import os, sys
from pathlib import Path
import structlog
import taxai_core.log as module
module.MOST_BYTES = 30_000
module.configure_log(Path(sys.argv[1]), sys.argv[2])
log = structlog.get_logger()
for number in range(200):
    if os.fork() == 0:
        log.info("page read", page=number)
        os._exit(0)
    log.info("page begun", page=number)
for _ in range(200):
    os.wait()
"""


def test_processes_that_write_and_turn_over_at_once_lose_no_line(tmp_path: Path) -> None:
    names = [f"extract-{number}" for number in range(3)]

    for writer in [in_process(MANY, tmp_path / "logs", name) for name in names]:
        assert writer.wait() == 0

    told = Counter((one["process"], one["event"], one["page"]) for one in lines(tmp_path / "logs"))
    each = product(names, ("page read", "page begun"), range(200))
    assert told == Counter(each)
    assert len(list((tmp_path / "logs").glob(f"{EVENTS_FILE}*"))) > 2


def test_a_process_killed_while_it_writes_holds_up_nobody(tmp_path: Path) -> None:
    code = MANY.partition("for number")[0] + "while True: log.info('page read')"
    writer = in_process(code, tmp_path / "logs", "extract-1")
    wait_until(lambda: lines(tmp_path / "logs"), "it writes")
    writer.send_signal(signal.SIGKILL)
    writer.wait()

    configure_log(tmp_path / "logs", "test")
    log.info("after it")

    assert lines(tmp_path / "logs")[-1]["event"] == "after it"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
def test_a_full_disk_costs_events_and_nothing_else(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder.mkdir()
    (folder / EVENTS_FILE).symlink_to("/dev/full")

    for _ in range(100):
        log.info("page read", reason="x" * 1000)

    assert capfd.readouterr() == ("", "")


def test_when_there_is_room_again_events_are_written_again(folder: Path) -> None:
    log.info("page read", page=1)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300, limits[1]))
    try:
        for page in range(2, 20):
            log.info("page read", page=page)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    log.info("page read", page=20)

    written = (folder / EVENTS_FILE).read_text().splitlines()
    assert json.loads(written[0])["page"] == 1
    assert json.loads(written[-1])["page"] == 20


def test_a_folder_that_cannot_be_made_hurts_nobody(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    configure_log(tmp_path / "logs", "test")

    log.info("page read")
    configure_log(tmp_path / "no" / "data" / "folder", "test")
    log.info("page read")

    assert capfd.readouterr() == ("", "")
    assert not (tmp_path / "no").exists()


def test_a_worker_reads_on_when_its_log_cannot_be_written(start, data: Path, redis) -> None:
    (data / "logs").write_text("a file where the folder should be")
    document = service.submit("interest.pdf", paper("Interest", INTEREST)).document

    start("extract", "1")

    wait_until(lambda: service.open_document(document.id).document.state == "review", "it is read")


def test_the_log_of_a_document_goes_through_all_processes(
    start, data: Path, redis, taxai: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    (tmp_path / "a.pdf").write_bytes(paper("Interest", INTEREST, pages=2))
    worker = start("extract", "1")

    assert taxai("submit", tmp_path / "a.pdf", "--wait").returncode == 0
    worker.terminate()
    worker.wait()

    (document,) = service.list_documents()
    told = [(one.process, one.event) for one in reversed(events(document.id))]
    ours = [one for one in told if one[0] == "cli" or one[1].startswith(("page", "reading"))]
    assert ours == [
        ("cli", "document added"),
        ("extract-1", "reading begun"),
        ("extract-1", "page read"),
        ("extract-1", "page read"),
        ("extract-1", "reading finished"),
    ]


def event_calls() -> Iterator[Any]:
    """Every call that makes an event, in every file of ours that knows structlog."""
    for path in (*(CHECKOUT / "taxai_core").rglob("*.py"), *(CHECKOUT / "pages").glob("*.py")):
        tree = ast.parse(path.read_text())
        if "log = structlog.get_logger()" not in path.read_text():
            continue
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            of = node.func.value
            if isinstance(of, ast.Name) and of.id == "log" and node.func.attr in LEVELS:
                yield pytest.param(node, id=f"{path.relative_to(CHECKOUT)}:{node.lineno}")


@pytest.mark.parametrize("call", list(event_calls()))
def test_an_event_is_a_fixed_sentence_with_keys_that_are_agreed_on(call: ast.Call) -> None:
    for event in call.args:
        choices = (event.body, event.orelse) if isinstance(event, ast.IfExp) else (event,)
        for each in choices:
            assert isinstance(each, ast.Constant), "no text is put together"
            assert str(each.value) == str(each.value).lower().strip(".")
    assert len(call.args) == 1
    assert {word.arg for word in call.keywords} <= KEYS
