"""How a model's weights lie in memory, told by the server's own processes."""

import json
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from taxai_core.observe.model_process import find_model_process

# A server that starts a runner, as Ollama does, which maps its weights where it is told to.
SERVER = """
import json, socket, subprocess, sys
server = socket.socket(); server.bind(("127.0.0.1", int(sys.argv[1]))); server.listen()
subprocess.run([sys.executable, "-c", *json.loads(sys.argv[2])])
"""
RUNNER = """
import mmap, sys, time
if "--no-mmap" not in sys.argv and "--reads" not in sys.argv:
    file = open(sys.argv[sys.argv.index("--model") + 1], "rb")
    held = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ); len(held[:])
print("ready", flush=True); time.sleep(60)
"""
Serve = Callable[..., int]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    started: list[subprocess.Popen[str]] = []
    weights = tmp_path / "sha256-0123"
    weights.write_bytes(b"w" * (8 << 20))

    def run(*options: str) -> int:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port: int = free.getsockname()[1]
        words = [str(port), json.dumps([RUNNER, "runner", "--model", str(weights), *options])]
        server = subprocess.Popen(
            [sys.executable, "-c", SERVER, *words],
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(server)
        assert server.stdout
        assert server.stdout.readline() == "ready\n"
        return port

    yield run
    for server in started:
        subprocess.run(["pkill", "-KILL", "-s", str(server.pid)], check=False)
        server.wait()


def test_mapped_weights_are_told_with_what_they_take(serve: Serve) -> None:
    found = find_model_process(serve())

    assert found.mapped == "yes"
    assert "memory map" in found.how
    assert found.file_bytes >= 8 << 20


@pytest.mark.parametrize("option", ["--no-mmap", "--load-mode=none", "--reads"])
def test_weights_that_are_not_mapped_are_told(serve: Serve, option: str) -> None:
    found = find_model_process(serve(option))

    assert found.mapped == "no"
    assert found.own_bytes > 0


def test_the_runner_of_another_server_is_not_taken_for_ours(serve: Serve) -> None:
    serve("--no-mmap")

    assert find_model_process(serve()).mapped == "yes"


def test_without_a_runner_nothing_is_known() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()

        found = find_model_process(server.getsockname()[1])

    assert found.mapped == "unknown"
    assert find_model_process(None).mapped == "unknown"
