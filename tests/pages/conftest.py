"""The real pages on a real store and a real Valkey, driven as a window drives them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from ai.fault_server import FaultServer
from asked_papers import MODEL, copying
from redis import Redis
from window import Window

from taxai_core.jobs.keeper import Keeper
from taxai_core.service.model import choose_model


@pytest.fixture(autouse=True)
def _nothing_cached() -> None:
    """What the pages keep for a second is of the test before."""
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def window(data: Path) -> Window:
    """A browser window on the Upload page, with nothing in the data folder."""
    return Window()


@pytest.fixture
def other_window(data: Path) -> Window:
    """A second window of the same person, or of another one."""
    return Window()


@pytest.fixture
def server(data, configure: Callable[..., None]) -> Iterator[FaultServer]:
    """A server with a model, which the keeper has not looked at yet; nothing is chosen."""
    with FaultServer(answer=copying) as running:
        configure(ollama_url=running.url, ollama_stall_s=0.5, ollama_connect_s=1)
        yield running


@pytest.fixture
def seen(server: FaultServer, redis: Redis) -> FaultServer:
    """A server that the keeper has seen."""
    Keeper(redis).look_for_model()
    return server


@pytest.fixture
def asked(seen: FaultServer) -> FaultServer:
    """A server whose model is chosen."""
    choose_model(MODEL)
    return seen
