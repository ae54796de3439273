"""A part that is drawn anew by itself, in the browser, while all of its page is."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from acts import main
from playwright.sync_api import Page, expect
from running import CHECKOUT, wait_until

# A part that is often drawn anew, whose button has all of the page drawn anew meanwhile.
PAGE = """
import time
import streamlit as st
from taxai_core.ui.live import live

@live(0.1)
def part():
    if st.button("Again"):
        st.session_state.pressed = st.session_state.get("pressed", 0) + 1
        time.sleep(0.15)
        st.rerun(scope="app")

part()
with st.container():
    st.text(f"Pressed {st.session_state.get('pressed', 0)} times")
"""
OFTEN = 20


@pytest.fixture
def page(tmp_path: Path, window: Page) -> Iterator[Page]:
    script = tmp_path / "page.py"
    script.write_text(PAGE)
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    options = [f"--server.port={port}", "--server.headless=true"]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), *options],
        cwd=CHECKOUT,
        env={"PYTHONPATH": str(CHECKOUT)},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: _answers(port), "Streamlit answers")
        window.goto(f"http://127.0.0.1:{port}")
        yield window
        window.close()
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def test_what_stands_below_is_there_however_closely_the_drawings_follow(page: Page) -> None:
    for pressed in range(OFTEN):
        expect(main(page)).to_contain_text(f"Pressed {pressed} times")
        main(page).get_by_role("button", name="Again").click()
        page.wait_for_timeout(600)  # what is drawn over is drawn over a moment later
    expect(main(page)).to_contain_text(f"Pressed {OFTEN} times")
