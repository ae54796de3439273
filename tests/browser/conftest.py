"""A real browser on a real `taxai up`."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from running import Running, Watched

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Without these it may ask its maker's servers for updates, and in a container it does not start.
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"),
    *("--no-first-run", "--disable-component-update", "--disable-sync"),
)
PATIENCE_MS = 30_000


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser that is installed here."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip(f"no browser is installed here: none of {', '.join(NAMES)} was found")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def windows() -> Iterator[list[Watched]]:
    """All windows of a test; none of them may have asked or complained in vain."""
    opened: list[Watched] = []
    yield opened
    assert [request for window in opened for request in window.strange_requests] == []
    assert [error for window in opened for error in window.errors] == []


@pytest.fixture
def taxai(
    tmp_path: Path, browser: Browser, windows: list[Watched], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Running]:
    """TaxAI on a fresh data folder, which must end well after the test."""
    with Running(tmp_path / "data") as running:
        # So that the test can look into the same store by the verbs of the service.
        monkeypatch.setenv("TAXAI_DATA_DIR", str(running.data))
        yield running
        for window in windows:  # or they would complain that the server went
            window.close()
        running.stop()


@pytest.fixture
def open_window(browser: Browser, windows: list[Watched]) -> Iterator[Callable[..., Page]]:
    """Open a window, watched."""

    def open_(**options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        windows.append(Watched(page))
        return page

    yield open_
    for window in windows:
        window.close()


@pytest.fixture
def window(open_window: Callable[..., Page]) -> Page:
    """One window of usual size."""
    return open_window()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Running]:
    """One TaxAI for all tests that only look: with papers in every state that lasts."""
    with Running(tmp_path_factory.mktemp("filled") / "data") as running:
        running.fill()
        yield running
        running.stop()
