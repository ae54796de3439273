"""What a person does in the window, and what is stored of it then."""

import csv
import io
import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, TimeoutError, expect

from taxai_core import service
from taxai_core.store.readings import StoredTable

BOM = b"\xef\xbb\xbf"
# How high the grid draws its header and a row, and where its first column is sure to be.
HEADER_PX, ROW_PX, FIRST_COLUMN_PX = 33, 28, 80

# When a test gives up on the page.
expect.set_options(timeout=30_000)


def go_to(window: Page, title: str) -> None:
    link = window.get_by_test_id("stSidebarNav").get_by_role("link", name=title)
    place = urlsplit(link.get_attribute("href") or "").path
    for _ in range(3):  # a click may get lost while the page draws itself, as a key in `open_cell`
        link.click()
        with suppress(TimeoutError):
            window.wait_for_url(lambda url: urlsplit(url).path == place, timeout=5000)
            break
    settle(window)


def settle(window: Page) -> None:
    """Wait until the page is drawn to its end."""
    expect(window.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def main(window: Page) -> Locator:
    return window.get_by_test_id("stMain")


def press(window: Page, label: str) -> None:
    main(window).get_by_role("button", name=re.compile(rf"\b{label}\b")).first.click()


def grid(window: Page) -> Locator:
    return main(window).get_by_test_id("stDataFrame").first


def open_tab(window: Page, name: str) -> None:
    """Open a tab of the review, whatever its label counts."""
    tab = main(window).get_by_role("tab", name=re.compile(rf"^{name}\b"))
    expect(tab).to_be_visible()
    settle(window)  # a click on what the page draws anew just now may be lost
    if tab.get_attribute("aria-selected") != "true":
        tab.click()
    expect(tab).to_have_attribute("aria-selected", "true")
    settle(window)


def shown(window: Page, row: int, column: int) -> Locator:
    """A cell as the grid tells it to a screen reader; on the screen it is a drawing."""
    return grid(window).locator(f"#glide-cell-{column + 1}-{row}")


def key_of(window: Page, label: str) -> str:
    """The key that a button tells it has, as Playwright names it."""
    button = main(window).get_by_role("button", name=re.compile(rf"^{label} Shortcut"))
    name = re.search(r"Shortcut (.+)\"", button.aria_snapshot())
    assert name
    return name[1].replace(" ", "").replace("Ctrl", "Control").replace("+Z", "+z")


def listed(window: Page, words: str) -> Locator:
    """The cells of the list of documents that say this."""
    return grid(window).locator("td").get_by_text(words, exact=True)


def select_cell(window: Page, row: int, column: int) -> None:
    """Go to a cell with the mouse and the arrow keys, looking at each step where one is."""
    place = grid(window).locator("canvas").first.bounding_box()
    assert place
    middle = HEADER_PX + ROW_PX * row + ROW_PX // 2
    at_row = place["x"] + FIRST_COLUMN_PX, place["y"] + middle
    until_selected(window, row, 0, lambda: window.mouse.click(*at_row))
    for step in range(1, column + 1):
        until_selected(window, row, step, lambda: window.keyboard.press("ArrowRight"))


def until_selected(window: Page, row: int, column: int, act: Callable[[], None]) -> None:
    """Do it again where the grid missed it, as it may while the page draws itself."""
    selected = grid(window).locator(f"#glide-cell-{column + 1}-{row}[aria-selected=true]")
    for _ in range(3):
        act()
        try:
            expect(selected).to_be_attached(timeout=3_000)
            return
        except AssertionError:
            continue
    raise AssertionError(f"the cell in row {row}, column {column} was not selected")


def open_cell(window: Page, row: int, column: int) -> Locator:
    """Open a cell for typing, and return the field that one types into."""
    select_cell(window, row, column)
    field = window.locator("#portal").get_by_role("textbox")
    for _ in range(5):  # a key may get lost while the page draws itself, as in `select_cell`
        window.keyboard.press("Enter")
        window.wait_for_timeout(400)
        if field.count():
            break
    field.wait_for()
    return field


def change_cell(window: Page, row: int, column: int, text: str) -> None:
    """Type into a cell as a person does."""
    field = open_cell(window, row, column)
    # While the page draws itself anew the field may swallow a key: seen in 1 of 24 edits on a busy
    # machine. A person looks at what stands there before pressing Enter.
    for _ in range(5):
        window.keyboard.press("Control+A")
        window.keyboard.type(text, delay=30)
        if field.input_value() == text:
            break
    expect(field).to_have_value(text)
    for _ in range(3):
        window.keyboard.press("Enter")
        with suppress(TimeoutError):
            field.wait_for(state="hidden", timeout=3000)
            break


def the(name: str) -> service.OpenDocument:
    """A document as it is stored now."""
    (found,) = (document for document in service.list_documents() if document.name == name)
    return service.open_document(found.id)


def table(name: str, number: int) -> StoredTable:
    return the(name).reading.tables[number]


def choose(window: Page, wanted: StoredTable) -> None:
    """Turn to a table's page, and click its outline there where it is not the first one."""
    open_tab(window, "Tables")
    for page in range(2, wanted.page + 1):
        window.get_by_role("button", name="Next page").click()
        expect(window.locator(".where")).to_contain_text(f"page {page} of")
    outline = window.locator(f"rect[data-table='{wanted.id}']")
    expect(outline).to_be_visible()
    if "chosen" not in (outline.get_attribute("class") or ""):
        outline.click()
    expect(outline).to_contain_class("chosen")
    settle(window)


def download(window: Page, label: str) -> tuple[str, bytes]:
    """Press a download button and return the file as it lies on the disk then."""
    settle(window)  # while the page draws itself the file of the button before it is gone
    with window.expect_download() as started:
        main(window).get_by_role("button", name=label, exact=True).click()
    return started.value.suggested_filename, started.value.path().read_bytes()


def rows_in(data: bytes) -> list[list[str]]:
    assert data.startswith(BOM)
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def take_picture(window: Page, name: str) -> None:
    """Write what is on the screen into the folder `SCREENSHOTS`, for a person to look at."""
    if folder := os.environ.get("SCREENSHOTS"):
        window.wait_for_timeout(1500)  # for what moves into its place
        window.screenshot(path=Path(folder) / f"{name}.png")
