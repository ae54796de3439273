"""The way of papers from the drop to the CSV file, in a browser, as a person goes it."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from acts import (
    BOM,
    change_cell,
    choose,
    download,
    go_to,
    grid,
    key_of,
    listed,
    main,
    open_tab,
    press,
    rows_in,
    select_cell,
    settle,
    shown,
    table,
    take_picture,
    the,
)
from papers import INTEREST, PREMIUMS, paper
from playwright.sync_api import Page, expect
from running import CHECKOUT, PATIENCE_S, Running, wait_until

from taxai_core.errors import CorruptPdfError

CORPUS = CHECKOUT.parent / "shared/corpus/tables"
NAMES = ("eu-001.pdf", "eu-021.pdf", "eu-005.pdf")
NAVIGATION = ("Upload", "Documents", "Review", "Export", "Resources", "Health")
SIZES = {"1440x900": (1440, 900), "1920x1080": (1920, 1080)}

# When a test gives up on papers that are being read.
READING_MS = PATIENCE_S * 1000


def three_papers(folder: Path) -> list[Path]:
    """Three papers with tables: real ones where they lie beside the checkout."""
    if all((CORPUS / name).exists() for name in NAMES):
        return [CORPUS / name for name in NAMES]
    made = [
        paper("Interest", INTEREST, pages=3),
        paper("Premiums", PREMIUMS),
        paper("Both", INTEREST + PREMIUMS),
    ]
    for name, data in zip(NAMES, made, strict=True):
        (folder / name).write_bytes(data)
    return [folder / name for name in NAMES]


def test_from_the_drop_to_the_csv_file(window: Page, taxai: Running, tmp_path: Path) -> None:
    papers = three_papers(tmp_path)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(papers[0].read_bytes()[: papers[0].stat().st_size // 3])
    name = papers[0].name

    # Everything is dropped at once; each file gets its verdict.
    window.goto(taxai.url)
    expect(main(window)).to_contain_text("What can be read:")
    window.locator("input[type=file]").set_input_files([*papers, broken])
    expect(main(window).get_by_text("accepted ·")).to_have_count(4)

    # Until they have been read, which the list of documents shows without being asked.
    go_to(window, "Documents")
    expect(grid(window)).to_contain_text(str(CorruptPdfError()))
    expect(listed(window, "to review")).to_have_count(3, timeout=READING_MS)
    expect(listed(window, "failed")).to_have_count(1)

    # One is opened, and its second table chosen on the picture of the page.
    go_to(window, "Upload")
    openers = main(window).get_by_role("link", name="Open")
    expect(openers).to_have_count(3)
    openers.last.click()  # the first file stands last
    expect(window).to_have_url(re.compile(rf"/review\?document={the(name).document.id}"))
    expect(main(window)).to_contain_text(name)
    second = table(name, 1)
    choose(window, second)
    expect(shown(window, 2, 0)).to_have_text(second.content.rows[2][0])

    # A cell is changed, taken back with a key and brought back with a button.
    row, column = 3, 1
    old, new = second.content.rows[row][column], "98,76,543.21"
    change_cell(window, row, column, new)
    wait_until(lambda: table(name, 1).content.rows[row][column] == new, "the edit is stored")
    expect(window.get_by_role("button", name="Undo")).to_be_enabled()
    window.keyboard.press(key_of(window, "Undo"))
    expect(shown(window, row, column)).to_have_text(old)
    assert table(name, 1).content.rows[row][column] == old
    press(window, "Redo")
    expect(shown(window, row, column)).to_have_text(new)
    assert table(name, 1).content.rows[row][column] == new

    # A second edit leaves the first one as it is.
    change_cell(window, row + 1, column, "second edit")
    wait_until(lambda: table(name, 1).content.rows[row + 1][column] == "second edit", "stored")
    assert table(name, 1).content.rows[row][column] == new
    open_tab(window, "History")
    expect(main(window)).to_contain_text(f"“{old}” → “{new}”")

    # The page loaded anew shows what was stored.
    window.reload()
    choose(window, second)
    expect(shown(window, row, column)).to_have_text(new)
    expect(shown(window, row + 1, column)).to_have_text("second edit")

    # Approved, it can be had as a file and no longer be changed.
    press(window, "Approve")
    expect(window.get_by_role("button", name="Re-open")).to_be_visible()
    assert the(name).document.state == "approved"
    expect(window.get_by_role("button", name="Undo")).to_be_disabled()
    file_name, data = download(window, "CSV")
    assert file_name == f"{Path(name).stem}-p{second.page}-t{second.number}.csv"
    assert rows_in(data) == table(name, 1).content.rows
    assert rows_in(data)[row][column] == new

    go_to(window, "Export")
    expect(main(window).get_by_test_id("stMetric").first).to_contain_text("1")
    zip_name, packed = download(window, "Everything")
    assert zip_name == "taxai-export.zip"
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert {"summary.csv", "documents.csv"} <= set(archive.namelist())
        assert rows_in(archive.read(f"tables/{file_name}"))[row][column] == new
        assert all(archive.read(member).startswith(BOM) for member in archive.namelist())


def test_an_edit_is_shown_after_a_look_at_another_table(
    window: Page, taxai: Running, tmp_path: Path
) -> None:
    file = tmp_path / "two.pdf"
    file.write_bytes(paper("Two", INTEREST, pages=2))
    taxai.command("submit", "--wait", str(file))
    window.goto(f"{taxai.url}/review")
    open_tab(window, "Tables")
    expect(shown(window, 1, 1)).to_have_text(INTEREST[1][1])
    change_cell(window, 1, 1, "first edit")
    wait_until(lambda: table("two.pdf", 0).content.rows[1][1] == "first edit", "stored")

    window.get_by_role("button", name="Next page").click()
    expect(window.locator(".where")).to_have_text("page 2 of 2")
    settle(window)
    window.get_by_role("button", name="Previous page").click()
    expect(window.locator(".where")).to_have_text("page 1 of 2")

    expect(shown(window, 1, 1)).to_have_text("first edit")
    change_cell(window, 2, 1, "later edit")
    wait_until(lambda: table("two.pdf", 0).content.rows[2][1] == "later edit", "stored")
    assert table("two.pdf", 0).content.rows[1][1] == "first edit"


@pytest.mark.parametrize("label", ["Undo", "Redo", "Previous", "Next"])
def test_the_keys_of_the_page_type_nothing_into_the_selected_cell(
    window: Page, filled: Running, label: str
) -> None:
    window.goto(f"{filled.url}/review")
    open_tab(window, "Tables")
    expect(shown(window, 1, 1)).to_be_attached()
    select_cell(window, 1, 1)

    window.keyboard.press(key_of(window, label))

    window.wait_for_timeout(500)  # what is not there has no event to wait for
    # Until the page is drawn to its end the tabs of the document before may stand there, too.
    expect(main(window).get_by_role("tablist")).to_have_count(1)
    expect(window.locator("#portal").get_by_role("textbox")).to_have_count(0)


def test_a_paper_whose_worker_is_killed_is_read_to_its_end_all_the_same(
    window: Page, taxai: Running, tmp_path: Path
) -> None:
    pages = 100
    file = tmp_path / "long.pdf"
    file.write_bytes(paper("Long", PREMIUMS, pages=pages))
    window.goto(taxai.url)
    window.locator("input[type=file]").set_input_files(file)
    expect(main(window)).to_contain_text("accepted")
    wait_until(lambda: the("long.pdf").document.pages_done >= 10, "it is in the middle")

    worker = taxai.busy_worker()
    assert worker is not None
    worker.kill()
    assert the("long.pdf").document.state == "extracting"

    go_to(window, "Documents")
    expect(listed(window, "to review")).to_have_count(1, timeout=READING_MS)
    opened = the("long.pdf")
    assert opened.document.run == 2
    assert list(opened.reading.page_sizes) == list(range(1, pages + 1))
    assert [found.page for found in opened.reading.tables] == list(range(1, pages + 1))
    assert all(found.content.rows == PREMIUMS for found in opened.reading.tables)
    wait_until(
        lambda: any("extract" in process.cmdline() for process in taxai.processes()),
        "the killed worker was started again",
    )


@pytest.mark.parametrize(
    ("path", "words"),
    [("review", "Nothing has been read yet."), ("documents", "No documents yet.")],
)
def test_a_deep_link_as_the_very_first_address_shows_its_page_in_the_frame(
    window: Page, taxai: Running, path: str, words: str
) -> None:
    window.goto(f"{taxai.url}/{path}")

    expect(main(window)).to_contain_text(words)
    links = window.get_by_test_id("stSidebarNav").get_by_role("link")
    expect(links).to_contain_text(NAVIGATION)
    expect(window).to_have_url(f"{taxai.url}/{path}")


def test_the_navigation_counts_the_papers_and_those_to_review(
    window: Page, filled: Running
) -> None:
    window.goto(filled.url)

    navigation = window.get_by_test_id("stSidebarNav")
    expect(navigation.get_by_role("link", name="Documents")).to_contain_text("· 4")
    expect(navigation.get_by_role("link", name="Review")).to_contain_text("· 1")


def test_nothing_of_streamlit_shows_on_any_page(window: Page, filled: Running) -> None:
    window.goto(filled.url)

    for title in NAVIGATION:
        go_to(window, title)
        expect(main(window).get_by_test_id("stException")).to_have_count(0)
        for part in ("stMainMenu", "stAppDeployButton", "stToolbarActions", "stDecoration"):
            for found in window.get_by_test_id(part).all():
                expect(found).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", list(SIZES))
def test_every_page_fits_the_width_of_the_window(
    open_window: Callable[..., Page], filled: Running, size: str, scheme: str
) -> None:
    width, height = SIZES[size]
    window = open_window(viewport={"width": width, "height": height}, color_scheme=scheme)
    window.goto(filled.url)

    for title in NAVIGATION:
        go_to(window, title)
        if title == "Review":
            window.locator("rect[data-field], rect[data-table]").first.wait_for()
        if title == "Resources":
            window.locator(".js-plotly-plot .main-svg").first.wait_for()
        take_picture(window, f"{title.lower()}-{size}-{scheme}")
        too_wide = window.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        assert too_wide <= 0, f"{title} is {too_wide} px too wide"
        overflow = main(window).evaluate("element => element.scrollWidth - element.clientWidth")
        assert overflow <= 0, f"{title} scrolls sideways by {overflow} px"
