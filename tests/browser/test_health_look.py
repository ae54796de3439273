"""The Health page in a browser: rows open by themselves, the report is really copied."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from acts import go_to, main, take_picture
from playwright.sync_api import Locator, Page, expect
from running import Running

from taxai_core.settings import get_settings


def row(window: Page, name: str) -> Locator:
    return main(window).locator(f".st-key-health-{name.replace(' ', '-')}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_row_opens_when_its_part_is_not_well_and_the_report_is_copied(
    taxai: Running, open_window: Callable[..., Page], scheme: str
) -> None:
    window = open_window(color_scheme=scheme, permissions=["clipboard-read", "clipboard-write"])
    window.goto(taxai.url)
    go_to(window, "Health")
    expect(row(window, "Queue")).to_contain_text("drops nothing")
    navigation = window.get_by_test_id("stSidebarNav")
    expect(navigation.get_by_role("link", name="Health")).not_to_contain_text("●")
    low = row(window, "Key").bounding_box()
    take_picture(window, f"health-{scheme}")

    # A part that is not well opens by itself, with what to do.
    key_path: Path = get_settings().key_path
    key = key_path.read_text()
    key_path.unlink()
    expect(row(window, "Key")).to_contain_text("Put the key back beside the data folder")
    high = row(window, "Key").bounding_box()
    assert low
    assert high
    assert high["height"] > low["height"]
    take_picture(window, f"health-failing-{scheme}")

    # The other pages mark it in the navigation.
    go_to(window, "Upload")
    expect(navigation.get_by_role("link", name="Health")).to_contain_text("●")
    go_to(window, "Health")

    # What the button copies is what a person may send to somebody else.
    main(window).get_by_role("button", name="Copy report").click()
    expect(main(window).get_by_role("button", name="Copied")).to_be_visible()
    copied = window.evaluate("navigator.clipboard.readText()")
    assert re.match(r"TaxAI \d+\.\d+\.\d+, ", copied)
    assert "fail  Key " in copied
    assert str(taxai.data) not in copied
    expect(main(window).get_by_role("button", name="Copy report")).to_be_visible()

    # And it closes again.
    key_path.write_text(key)
    expect(row(window, "Key")).to_contain_text("It opens what is stored")
