"""The real pages on a real store and a real Valkey, driven as a window drives them."""

from pathlib import Path

import pytest
import streamlit as st
from window import Window


@pytest.fixture(autouse=True)
def _nothing_cached() -> None:
    """What the pages keep for a second is of the test before."""
    st.cache_data.clear()


@pytest.fixture
def window(data: Path) -> Window:
    """A browser window on the Upload page, with nothing in the data folder."""
    return Window()


@pytest.fixture
def other_window(data: Path) -> Window:
    """A second window of the same person, or of another one."""
    return Window()
