"""A real model server for the tests that need one."""

from collections.abc import Iterator

import pytest

from ai.real_ollama import NoOllama, RealOllama, running_ollama


@pytest.fixture(scope="session")
def ollama() -> Iterator[RealOllama]:
    """A real Ollama of this test session, with one small model that is not loaded at first."""
    try:
        with running_ollama() as running:
            yield running
    except NoOllama as reason:
        pytest.skip(f"no real Ollama: {reason}")
