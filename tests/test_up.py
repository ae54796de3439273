"""`up` with small real programs and the real Redis server."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from redis.exceptions import RedisError

from taxai_core.jobs import presence
from taxai_core.jobs.connection import RUN_FILE, open_redis
from taxai_core.jobs.crew_size import CrewSize, say_crew_size

CHECKOUT = Path(__file__).resolve().parents[1]
# Only so that a hang fails; nothing here asserts a speed.
HANG_S = 60.0

UP = """
import json, os, sys
from functools import partial
from taxai_core.errors import StorageError
from taxai_core.runtime import Program, supervise, supervisor
from taxai_core.runtime.programs import page_answers
from taxai_core.settings import get_settings

settings, child, asked = get_settings(), sys.argv[1], json.loads(sys.argv[2])
supervisor.START_WITHIN_S = asked.get("start_within_s", 60)

def program(name):
    answers = partial(page_answers, settings.address, settings.port) if name == "app" else None
    number = int(name[-1]) if asked.get("numbered") and name.startswith("extract") else None
    command = (sys.executable, child, name, *asked.get(name, []))
    return Program(name, command, answers, grace_s=1.5, number=number)

def prepare():
    if asked.get("broken_database"):
        raise StorageError

stages = [[program("app")], [program("keeper")], [program("extract-1"), program("extract-2")]]
sys.exit(supervise(settings, stages, prepare))
"""

CHILD = """
import http.server, os, signal, subprocess, sys, time
from taxai_core.jobs import presence
from taxai_core.jobs.connection import open_redis

class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/_stcore/health" else 404)
        self.end_headers()

name, *faults = sys.argv[1:]
if "ignores_sigterm" in faults:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if "has_a_job" in faults:  # in a group of its own, as rq does it
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], process_group=0)
if "dies" in faults:
    sys.exit("no reason")
if name == "app":
    address = (os.environ["TAXAI_ADDRESS"], int(os.environ["TAXAI_PORT"]))
    http.server.HTTPServer(address, Page).serve_forever()
presence.announce(open_redis(os.environ["TAXAI_REDIS_URL"]), name)
time.sleep(600)
"""


def eventually(is_true: Callable[[], object]) -> bool:
    until = time.monotonic() + HANG_S
    while time.monotonic() < until:
        if is_true():
            return True
        time.sleep(0.05)
    return False


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


class Up:
    """One `up` in a process of its own, and what it prints."""

    def __init__(self, folder: Path, data: Path, port: int, **asked: Any) -> None:
        for name, text in (("up.py", UP), ("child.py", CHILD)):
            (folder / name).write_text(text)
        self.data, self.port = data, port
        self.lines: list[str] = []
        self.seen: set[psutil.Process] = set()
        clean = {key: value for key, value in os.environ.items() if not key.startswith("TAXAI_")}
        more = asked.pop("environment", {})
        stdout = asked.pop("stdout", subprocess.PIPE)
        self.process = subprocess.Popen(
            [sys.executable, folder / "up.py", folder / "child.py", json.dumps(asked)],
            env=clean
            | {"PYTHONPATH": str(CHECKOUT), "TAXAI_DATA_DIR": str(data), "TAXAI_PORT": str(port)}
            | more,
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
        )
        if self.process.stdout:
            threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        self.lines += (line.rstrip("\n") for line in iter(self.process.stdout.readline, ""))

    def ready(self) -> "Up":
        assert eventually(lambda: "Stop with Ctrl-C" in self.lines or self.process.poll()), (
            self.lines
        )
        assert self.process.poll() is None, self.complaint()
        self.look()
        return self

    def look(self) -> None:
        self.seen |= set(psutil.Process(self.process.pid).children(recursive=True))

    def pid_of(self, name: str) -> int:
        """Return the id that the list in Redis has, 0 where there is none or no Redis."""
        redis = open_redis(self.run_file()["redis_url"], answer_within_s=5)
        try:
            return {process.name: process.pid for process in presence.processes(redis)}[name]
        except (KeyError, RedisError):
            return 0

    def run_file(self) -> dict[str, str]:
        return json.loads((self.data / RUN_FILE).read_text())

    def kill(self, name: str) -> int:
        pid = self.pid_of(name)
        os.kill(pid, signal.SIGKILL)
        return pid

    def complaint(self) -> str:
        assert self.process.stderr
        return self.process.stderr.read()

    def end(self, *signals: int) -> int:
        self.look()
        for number in signals or (signal.SIGTERM,):
            self.process.send_signal(number)
            time.sleep(0.7)  # a second request is one that comes half a second later
        return self.process.wait(HANG_S)

    def left(self) -> list[psutil.Process]:
        """Return what still runs of all that was seen."""
        return [
            process
            for process in self.seen
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE
        ]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Up]]:
    started: list[Up] = []

    def start_up(data: Path | None = None, port: int | None = None, **asked: Any) -> Up:
        started.append(Up(tmp_path, data or tmp_path / "data", port or free_port(), **asked))
        return started[-1]

    yield start_up
    for up in started:
        if up.process.poll() is None:
            up.end(signal.SIGTERM)
        for process in up.left():
            process.kill()


def test_it_comes_up_says_where_and_stops_without_a_trace(start) -> None:
    up = start().ready()
    url = f"http://127.0.0.1:{up.port}"

    assert f"TaxAI is ready at {url}" in up.lines
    assert f"Data: {up.data}" in up.lines
    assert (up.run_file()["url"], up.run_file()["pid"]) == (url, up.process.pid)
    assert up.pid_of("up") == up.process.pid
    assert all(up.pid_of(name) for name in ("redis", "app", "keeper", "extract-1", "extract-2"))
    assert {path.stat().st_mode & 0o077 for path in (up.data, *up.data.glob("*/*.log"))} == {0}
    assert up.end() == 0
    assert up.left() == []
    assert not (up.data / RUN_FILE).exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_ctrl_c_and_a_closed_terminal_stop_it(start, number) -> None:
    up = start().ready()

    assert up.end(number) == 0
    assert up.left() == []


def test_a_terminal_that_is_gone_does_not_keep_it_from_stopping(start) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    up = start(stdout=writer)
    os.close(writer)
    assert eventually(lambda: (up.data / RUN_FILE).exists() and "url" in up.run_file())

    assert up.end(signal.SIGHUP) == 0
    assert up.complaint() == ""
    assert up.left() == []


def test_a_second_one_on_the_same_folder_is_told_where_the_first_is(start) -> None:
    first = start().ready()

    second = start()

    assert second.process.wait(HANG_S) == 2
    assert second.complaint() == (
        f"TaxAI is already running on this data folder at http://127.0.0.1:{first.port}.\n"
    )
    assert first.pid_of("extract-1")
    assert first.end() == 0


def test_a_port_in_use_is_left_alone_and_nothing_is_made(start, tmp_path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        up = start(port=port)

        assert up.process.wait(HANG_S) == 2
        assert up.complaint().startswith(f"Port {port} is in use by another program; choose ")
        assert not up.data.exists()
        with socket.create_connection(("127.0.0.1", port)):
            pass


@pytest.mark.parametrize("place", ["below a file", "in the kernel"])
def test_a_folder_that_cannot_be_written_is_one_line(start, tmp_path, place) -> None:
    (tmp_path / "file").touch()

    up = start(data=tmp_path / "file" / "a" / "b" if place == "below a file" else Path("/proc/a/b"))

    assert up.process.wait(HANG_S) == 2
    assert up.complaint().startswith(f"The data folder {up.data} cannot be written (")


def test_a_database_that_cannot_be_opened_starts_nothing(start) -> None:
    up = start(broken_database=True)

    assert up.process.wait(HANG_S) == 2
    assert up.complaint().startswith("The data folder cannot be written (disk full or locked).")
    assert not (up.data / "redis").exists()


def test_a_killed_child_is_started_again_and_its_job_is_ended(start) -> None:
    up = start(**{"extract-1": ["has_a_job"]}).ready()
    (job,) = psutil.Process(up.pid_of("extract-1")).children()
    before = up.kill("extract-1")

    assert eventually(lambda: up.pid_of("extract-1") not in (0, before))
    assert "extract-1 stopped (killed by signal 9); starting it again in 1 s" in up.lines
    assert job not in up.left()
    assert up.end() == 0
    assert up.left() == []


def test_a_killed_redis_comes_back_with_what_it_held(start) -> None:
    up = start().ready()
    redis = open_redis(up.run_file()["redis_url"], answer_within_s=5)
    redis.set("kept", "yes")
    before = up.kill("redis")

    assert eventually(lambda: any("redis stopped" in line for line in up.lines))
    assert eventually(lambda: up.pid_of("redis") not in (0, before))
    assert redis.get("kept") == b"yes"
    assert up.end() == 0


@pytest.mark.parametrize("signals", [[signal.SIGTERM], [signal.SIGINT, signal.SIGINT]])
def test_what_does_not_want_to_stop_is_killed_with_its_job(start, signals) -> None:
    stubborn = ["ignores_sigterm", "has_a_job"]
    up = start(app=stubborn, keeper=stubborn, **{"extract-1": stubborn}).ready()
    up.look()
    up.kill("extract-2")

    assert up.end(*signals) == 0
    assert up.left() == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_killed_itself_it_leaves_nothing_and_starts_again(start) -> None:
    first = start().ready()
    first.process.kill()

    again = start(port=first.port).ready()  # at once: the old Redis may still be writing

    assert eventually(lambda: first.left() == [])
    assert again.pid_of("up") == again.process.pid
    assert again.end() == 0


def test_a_queue_file_cut_off_by_a_power_cut_is_read_as_far_as_it_goes(start) -> None:
    first = start().ready()
    open_redis(first.run_file()["redis_url"], answer_within_s=5).set("kept", "yes")
    first.end()
    (log,) = first.data.glob("redis/appendonlydir/*.incr.aof")
    os.truncate(log, log.stat().st_size - 3)

    again = start().ready()

    assert open_redis(again.run_file()["redis_url"], answer_within_s=5).get("kept") == b"yes"


def test_one_that_never_answers_is_named_with_its_log(start) -> None:
    up = start(start_within_s=10, **{"extract-2": ["dies"]})

    assert up.process.wait(HANG_S) == 1
    log = up.data / "logs" / "extract-2.log"
    assert up.complaint() == f"extract-2 did not answer; its log is {log}\n"
    assert "no reason" in log.read_text()
    assert "extract-2 stopped (exit code 1); starting it again in 2 s" in up.lines
    assert not (up.data / RUN_FILE).exists()


def test_a_folder_too_long_for_a_socket_has_its_socket_elsewhere(start, tmp_path) -> None:
    up = start(data=tmp_path / ("long " * 10) / ("ü" * 40)).ready()
    (socket_path,) = {
        Path(open_redis(up.run_file()["redis_url"]).connection_pool.connection_kwargs["path"])
    }

    assert socket_path.parent.stat().st_mode & 0o077 == 0
    assert up.end() == 0
    assert not socket_path.parent.exists()


def test_a_redis_of_yours_is_used_and_left_running(start, tmp_path) -> None:
    theirs = start(data=tmp_path / "theirs").ready()
    url = theirs.run_file()["redis_url"]

    up = start(environment={"TAXAI_REDIS_URL": url}).ready()

    assert up.run_file()["redis_url"] == url
    assert not (up.data / "redis").exists()
    assert up.end() == 0
    assert theirs.pid_of("redis")


def test_there_are_as_many_workers_as_the_keeper_says(start) -> None:
    up = start(numbered=True, environment={"TAXAI_WORKERS": "2"}).ready()
    first = up.pid_of("extract-1")
    assert (bool(first), up.pid_of("extract-2")) == (True, 0)
    redis = open_redis(up.run_file()["redis_url"])

    say_crew_size(redis, CrewSize(2, "9 papers waiting."))
    assert eventually(lambda: up.pid_of("extract-2"))
    second = psutil.Process(up.pid_of("extract-2"))
    up.look()
    say_crew_size(redis, CrewSize(1, "Nothing waits."))

    assert eventually(lambda: not up.pid_of("extract-2") and not second.is_running())
    assert up.pid_of("extract-1") == first
    assert "Extract workers: 2 (9 papers waiting.)" in up.lines
    assert "Extract workers: 1 (Nothing waits.)" in up.lines
    say_crew_size(redis, CrewSize(2, "Again."))
    assert eventually(lambda: up.pid_of("extract-2"))


def test_where_others_decide_all_its_workers_stay_however_many_live_elsewhere(start) -> None:
    environment = {"TAXAI_WORKERS": "2", "TAXAI_SCALING": "outside"}
    up = start(numbered=True, environment=environment).ready()
    redis = open_redis(up.run_file()["redis_url"])
    first, second = up.pid_of("extract-1"), up.pid_of("extract-2")

    say_crew_size(redis, CrewSize(1, "So many live."))
    up.kill("keeper")
    assert eventually(lambda: any(line.startswith("keeper stopped") for line in up.lines))

    assert 0 not in (first, second)
    assert (up.pid_of("extract-1"), up.pid_of("extract-2")) == (first, second)


def test_a_worker_that_is_not_wanted_and_does_not_stop_is_killed_with_its_job(start) -> None:
    faults = ["ignores_sigterm", "has_a_job"]
    environment = {"TAXAI_WORKERS": "2", "TAXAI_WORKERS_MIN": "2"}
    up = start(numbered=True, environment=environment, **{"extract-2": faults}).ready()
    stubborn = psutil.Process(up.pid_of("extract-2"))
    (job,) = stubborn.children()
    redis = open_redis(up.run_file()["redis_url"])

    say_crew_size(redis, CrewSize(1, "Nothing waits."))

    assert eventually(lambda: not stubborn.is_running() and not job.is_running())
    assert eventually(lambda: up.pid_of("extract-2") == 0)
    assert up.pid_of("extract-1")
