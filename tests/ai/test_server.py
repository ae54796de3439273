"""What a model server holds, and how it fetches a model."""

import json
from collections.abc import Iterator

import pytest
from waiting import wait_until

from ai.fault_server import FaultServer
from taxai_core.ai import pull as pulling
from taxai_core.ai.errors import ModelAwayError, ModelError, NotPulledError
from taxai_core.ai.pull import pull
from taxai_core.ai.server import InstalledModel, LoadedModel, ModelServer, probe


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


def test_a_server_tells_what_it_has_and_what_it_holds_in_memory(server: FaultServer) -> None:
    found = probe(server.url)

    assert found == ModelServer(
        server.url,
        answers=True,
        loaded=("gemma3:270m",),
        version="0.5.4",
        models=(InstalledModel("gemma3:270m", 241_410_208, "a5fd", "268M", "Q4_K_M"),),
        in_memory=(LoadedModel("gemma3:270m", 241_410_208, 0, "2030-01-01T00:00:00+00:00"),),
    )


def test_an_address_may_lack_its_scheme_as_ollama_writes_it(server: FaultServer) -> None:
    assert probe(server.url.removeprefix("http://")).answers


def test_what_was_found_survives_json(server: FaultServer) -> None:
    found = probe(server.url)

    assert ModelServer.from_dict(json.loads(json.dumps(found.as_dict()))) == found


def test_what_an_older_version_wrote_is_read() -> None:
    found = ModelServer.from_dict({"url": "u", "answers": True, "loaded": ["m"]})

    assert found == ModelServer("u", True, ("m",))


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "http://[", "no such host"])
def test_nobody_there_is_no_answer(url: str) -> None:
    assert probe(url) == ModelServer(url, False)


@pytest.mark.parametrize("fault", ["hang_all", "trickle_all", "no_ollama_all"])
def test_a_server_that_says_nothing_of_use_is_no_answer(fault: str, server: FaultServer) -> None:
    server.behave(fault)

    assert not probe(server.url).answers


def test_looking_uses_no_proxy_and_no_key(
    server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("OLLAMA_API_KEY", "key-of-the-cloud")

    assert probe(server.url).answers
    assert [step.status for step in pull(server.url, "qwen2.5:3b")][-1] == "success"
    assert not [headers for headers in server.headers if "authorization" in headers]


def test_a_pull_tells_how_far_it_is(server: FaultServer) -> None:
    steps = list(pull(server.url, "qwen2.5:3b"))

    assert [(step.completed, step.total) for step in steps if step.total] == [
        (400, 1000),
        (1000, 1000),
    ]
    assert [step.is_done for step in steps] == [False, False, False, True]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("pull model manifest: file does not exist", "no such model"),
        (
            'pull model manifest: Get "https://registry.ollama.ai/v2/": dial tcp: lookup '
            "registry.ollama.ai: no such host",
            "cannot reach",
        ),
        ("write /root/.ollama/models/blobs/sha256-7: no space left on device", "disk"),
        ("something that nobody expects in /root", "its log says why"),
    ],
)
def test_a_pull_that_fails_says_why_in_a_sentence(
    said: str, told: str, server: FaultServer
) -> None:
    server.behave("pull_error", text=said)

    with pytest.raises(NotPulledError, match=told) as caught:
        list(pull(server.url, "qwen2.5:3b"))

    assert "/root" not in str(caught.value)


def test_a_silent_pull_is_given_up(server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulling, "SILENT_S", 0.5)
    server.behave("stall")

    with pytest.raises(NotPulledError, match="Nothing came"):
        list(pull(server.url, "qwen2.5:3b"))


def test_a_pull_that_is_left_is_cancelled(server: FaultServer) -> None:
    server.behave("stall")
    steps = pull(server.url, "qwen2.5:3b")
    next(steps)

    steps.close()

    wait_until(lambda: server.cancelled == 1, "the server is told")


def test_a_pull_from_nobody_is_away(server: FaultServer) -> None:
    with pytest.raises(ModelAwayError):
        list(pull("http://127.0.0.1:9", "qwen2.5:3b"))

    server.behave("no_ollama_all")
    with pytest.raises(ModelError):
        list(pull(server.url, "qwen2.5:3b"))
