"""A model server that stops in the middle of many documents, and goes on later."""

import contextlib
import json
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from asked_papers import ASKED, LARGE, MODEL, document_of, open_paper, value_of
from redis import Redis
from waiting import wait_until

from taxai_core import service
from taxai_core.jobs.breaker import breaker_seen

DOCUMENTS = 30


class ServerProcess:
    """A fault server in a process of its own, which signals can stop."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.ai.fault_server", "0"]
        self.process = subprocess.Popen(
            command, cwd=Path(__file__).parents[1], stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        self.url = self.process.stdout.readline().strip()

    def behave(self, kind: str, **details: Any) -> None:
        body = json.dumps({"kind": kind, **details}).encode()
        urllib.request.urlopen(urllib.request.Request(f"{self.url}/_behave", body)).close()

    def seen(self) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self.url}/_seen") as answer:
            found: dict[str, Any] = json.load(answer)
        return found

    def send(self, number: int) -> None:
        self.process.send_signal(number)


@pytest.fixture
def server() -> Iterator[ServerProcess]:
    running = ServerProcess()
    yield running
    running.process.kill()
    running.process.wait()


def states() -> list[str]:
    asks = [document.ask for document in service.list_documents()]
    return [ask.state for ask in asks if ask]


def test_thirty_documents_reach_review_past_a_stopped_server_and_are_asked_about_when_it_goes_on(
    data,
    server: ServerProcess,
    configure: Callable[..., None],
    redis: Redis,
    start: Callable[..., "subprocess.Popen[bytes]"],
) -> None:
    configure(
        ollama_url=server.url, ollama_model=MODEL, ask_when_back=True,
        ollama_stall_s=1, ollama_call_s=5, ollama_rest_s=2,
    )  # fmt: skip
    server.behave("good", answer=dict.fromkeys(ASKED) | {ASKED[1]: LARGE})
    workers = [start("extract", "1"), start("ask", "1"), start("keep")]
    ids = [service.submit(f"{n}.pdf", open_paper(n)).document.id for n in range(DOCUMENTS)]
    wait_until(lambda: states().count("done") >= 3, "some are asked about", patience_s=180)

    server.send(signal.SIGSTOP)
    with contextlib.ExitStack() as stack:
        stack.callback(server.send, signal.SIGCONT)
        wait_until(
            lambda: len(states()) == DOCUMENTS and not {"queued", "asking"} & set(states()),
            "nothing waits for the silent server",
            patience_s=180,
        )
        assert {document_of(one).state for one in ids} == {"review"}
        assert states().count("not_asked") > 0
        assert breaker_seen(redis).state != "closed"
        assert all(worker.poll() is None for worker in workers)

    wait_until(lambda: states().count("done") == DOCUMENTS, "all are asked about", patience_s=240)
    assert {value_of(one, ASKED[1]) for one in ids} == {"61240.00"}
    assert server.seen()["peak"] == 1
