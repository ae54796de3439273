"""What the machine uses and what is wrong, in a browser, while papers are read."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from acts import go_to, main, take_picture
from papers import INTEREST, paper
from playwright.sync_api import Page, expect
from running import Running

# More than any disk has free, so that there is something wrong.
FREE_MB = 10**9


@pytest.fixture(autouse=True)
def _disk_too_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `taxai up` is told; this comes before it starts."""
    names = ("TAXAI_DISK_LOW_MB", "TAXAI_DISK_LEAST_MB")
    monkeypatch.setattr("running.CLEAN", {**os.environ, **dict.fromkeys(names, str(FREE_MB))})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_used_and_what_is_wrong_is_seen_while_a_paper_is_read(
    open_window: Callable[..., Page], taxai: Running, tmp_path: Path, scheme: str
) -> None:
    file = tmp_path / "a long statement.pdf"
    file.write_bytes(paper("Long", INTEREST, pages=120))
    taxai.command("submit", str(file))
    window = open_window(color_scheme=scheme)
    window.goto(taxai.url)
    go_to(window, "Resources")

    # A small chart for each service that `up` started, with its figure and its cap.
    charts = main(window).locator(".js-plotly-plot").first
    expect(charts).to_be_visible()
    for name in ("The machine", "extract-1", "app", "keeper", "redis"):
        expect(charts).to_contain_text(name)
    expect(charts).to_contain_text(re.compile(r"extract-1.+of [\d.,]+ [GM]B"))

    # Where the document was begun is marked. Which one was read when memory was highest hangs on
    # all other programs of the machine; the page's own test tells of that with made-up points.
    expect(main(window)).to_contain_text("▲ marks where a document was begun (1 document)")

    # What is wrong is told here, and on every page at the side.
    wrong = "The disk of the data folder has had only"
    expect(main(window)).to_contain_text(wrong)
    expect(window.get_by_test_id("stSidebar")).to_contain_text(wrong)
    take_picture(window, f"resources-{scheme}")
    main(window).get_by_text("Alerts", exact=True).scroll_into_view_if_needed()
    take_picture(window, f"resources-alerts-{scheme}")

    for span in ("1 h", "1 day"):
        main(window).get_by_role("radio", name=span).click()
        expect(window).to_have_url(re.compile("span=" + span.replace(" ", r"(\+|%20)")))
        expect(main(window).locator(".js-plotly-plot").first).to_contain_text("The machine")
