"""Reviewing the fields of a paper in a browser: choosing, typing, picking from the page."""

from pathlib import Path

import pytest
from acts import main, open_tab, press, settle, take_picture, the
from form16_paper import form16, scanned
from playwright.sync_api import Locator, Page, expect
from running import Running, wait_until

from taxai_core import service

NAME, SCAN = "form16.pdf", "form16 scanned.pdf"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("papers")
    files = {NAME: form16(), SCAN: scanned(form16())}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return {name: folder / name for name in files}


def review(window: Page, taxai: Running, file: Path) -> Page:
    taxai.command("submit", "--wait", str(file))
    window.goto(f"{taxai.url}/review")
    expect(row(window, "gross_salary")).to_be_visible()
    settle(window)
    return window


@pytest.fixture
def reviewed(window: Page, taxai: Running, papers: dict[str, Path]) -> Page:
    return review(window, taxai, papers[NAME])


def row(window: Page, name: str) -> Locator:
    return window.locator(f".row[data-name='{name}']")


def box(window: Page, name: str) -> Locator:
    return window.locator(f"rect[data-field='{name}']")


def value(document: str, name: str) -> str | None:
    found = the(document).reading.records[0].fields.get(name)
    return found.field.value if found and found.field else None


def word(window: Page, document: str, page: int, text: str) -> tuple[float, float]:
    """Where the middle of a printed word stands on the screen."""
    opened = the(document)
    words = service.page_words(opened.document, page).unpack()
    found = next(one for one in words if text in one.text)
    width_pt, height_pt = opened.reading.page_sizes[page]
    place = window.locator(".sheet").bounding_box()
    assert place
    return (
        place["x"] + (found.x0 + found.x1) / 2 / width_pt * place["width"],
        place["y"] + (found.top + found.bottom) / 2 / height_pt * place["height"],
    )


def test_fields_are_chosen_typed_undone_and_filled_beside_their_page(reviewed: Page) -> None:
    window = reviewed
    picture = window.locator(".sheet img")
    picture.evaluate("image => { image.loads = 0; image.onload = () => { image.loads += 1 } }")

    # A field in the list outlines its box; a box on the page chooses its field.
    row(window, "gross_salary").click()
    expect(box(window, "gross_salary")).to_contain_class("chosen")
    box(window, "perquisites_17_2").click()
    expect(row(window, "perquisites_17_2")).to_have_attribute("aria-selected", "true")
    expect(row(window, "gross_salary")).to_have_attribute("aria-selected", "false")
    settle(window)

    # The keys go on from there; a typed value is checked, and the printed one stays in view.
    window.keyboard.press("ArrowDown")
    window.keyboard.press("ArrowDown")
    expect(row(window, "gross_salary")).to_have_attribute("aria-selected", "true")
    window.keyboard.press("Enter")
    window.keyboard.type("13,76,000")
    window.keyboard.press("Enter")
    expect(row(window, "gross_salary")).to_contain_text("13,76,000.00")
    expect(row(window, "gross_salary")).to_contain_text("edited")
    expect(row(window, "gross_salary").locator(".mark")).to_have_text("✗")
    foot = window.locator(".foot")
    expect(foot).to_contain_text("printed “12,76,000.00” · page 1")
    expect(foot).to_contain_text("₹ 12,76,000.00 against ₹ 13,76,000.00")
    expect(main(window)).to_contain_text("1 check")
    assert value(NAME, "gross_salary") == "1376000.00"
    take_picture(window, "fields-edited")

    # What is no value is refused where it was typed.
    window.keyboard.press("Enter")
    window.keyboard.type("much")
    window.keyboard.press("Enter")
    expect(window.locator(".refusal").filter(has_text="Type an amount")).to_be_visible()
    expect(row(window, "gross_salary").locator(".value")).to_have_text("much")
    window.keyboard.press("Escape")
    expect(row(window, "gross_salary").locator(".value")).to_have_text("13,76,000.00")

    window.keyboard.press("Control+z")
    expect(row(window, "gross_salary")).to_contain_text("12,76,000.00")
    expect(row(window, "gross_salary").locator(".mark")).to_have_text("✓")
    assert value(NAME, "gross_salary") == "1276000.00"
    assert picture.evaluate("image => image.loads") == 0

    # Choosing a field of the other page turns to it.
    row(window, "net_tax_payable").click()
    expect(window.locator(".where")).to_have_text("page 2 of 2")
    expect(box(window, "net_tax_payable")).to_be_in_viewport()

    # A field that is not printed is filled by a click on a word.
    window.get_by_label("Show empty").check()
    row(window, "tds_deducted").click()
    window.keyboard.press("p")
    expect(window.locator("p.picking")).to_contain_text("Click the value of")
    window.mouse.click(*word(window, NAME, 2, "62,250.00"))
    expect(row(window, "tds_deducted")).to_contain_text("62,250.00")
    expect(box(window, "tds_deducted")).to_contain_class("chosen")
    expect(window.locator("p.picking")).to_be_empty()
    assert value(NAME, "tds_deducted") == "62250.00"

    # And it is all there when the page is loaded anew.
    window.reload()
    expect(row(window, "tds_deducted")).to_contain_text("62,250.00")
    expect(row(window, "gross_salary")).to_contain_text("12,76,000.00")
    assert "62,250" not in window.url


def test_going_on_with_tab_loses_nothing_that_is_typed_meanwhile(reviewed: Page) -> None:
    window = reviewed
    row(window, "salary_17_1").click()
    window.keyboard.press("Enter")
    window.keyboard.type("1")
    window.keyboard.press("Tab")
    window.keyboard.type("22")
    wait_until(lambda: value(NAME, "salary_17_1") == "1.00", "the first is stored")
    settle(window)
    window.keyboard.type("33")
    window.keyboard.press("Enter")

    wait_until(lambda: value(NAME, "perquisites_17_2") == "2233.00", "the second is stored")
    expect(row(window, "perquisites_17_2")).to_contain_text("2,233.00")


def test_the_sums_lead_to_their_fields(reviewed: Page) -> None:
    window = reviewed
    open_tab(window, "Checks")
    window.get_by_role("button", name="17(1) + 17(2) + 17(3) = gross salary").click()

    for name in ("salary_17_1", "perquisites_17_2", "gross_salary"):
        look = "chosen" if name == "salary_17_1" else "beside"
        expect(box(window, name)).to_contain_class(look)


def test_an_approved_paper_is_only_looked_at(reviewed: Page) -> None:
    window = reviewed
    press(window, "Approve")
    expect(window.get_by_role("button", name="Re-open")).to_be_visible()
    settle(window)  # until then the list of before may stand beside the new one

    row(window, "gross_salary").click()
    window.keyboard.press("Enter")

    expect(window.locator(".foot").get_by_role("button", name="Edit")).to_be_disabled()
    expect(window.locator(".value input")).to_have_count(0)


def test_a_word_of_a_scan_can_be_picked(
    window: Page, taxai: Running, papers: dict[str, Path]
) -> None:
    review(window, taxai, papers[SCAN])
    row(window, "gross_salary").click()
    window.locator(".foot").get_by_role("button", name="Pick from page").click()
    expect(window.locator("p.picking")).to_contain_text("Gross salary")

    window.mouse.click(*word(window, SCAN, 1, "12,40,000"))

    expect(row(window, "gross_salary")).to_contain_text("12,40,000.00")
    assert value(SCAN, "gross_salary") == "1240000.00"


@pytest.mark.parametrize("size", [(1440, 900), (1100, 800), (720, 450)])
def test_the_fields_fit_their_column(
    open_window, filled: Running, papers: dict[str, Path], size: tuple[int, int]
) -> None:
    window = open_window(viewport={"width": size[0], "height": size[1]})
    filled.command("submit", "--wait", str(papers[NAME]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TAXAI_DATA_DIR", str(filled.data))
        document = the(NAME).document.id
    window.goto(f"{filled.url}/review?document={document}")

    expect(row(window, "gross_salary")).to_be_visible()
    take_picture(window, f"fields-{size[0]}")
    overflow = window.locator(".list").evaluate("list => list.scrollWidth - list.clientWidth")
    assert overflow <= 0


def test_what_was_read_begins_level_with_its_page(reviewed: Page) -> None:
    page = reviewed.locator(".bar").bounding_box()
    line = reviewed.locator(".st-key-ask-line").bounding_box()
    assert page
    assert line
    assert line["y"] == pytest.approx(page["y"], abs=1)


def test_a_field_chosen_just_before_the_page_is_left_does_not_bring_it_back(
    reviewed: Page,
) -> None:
    window = reviewed
    sent: list[bytes] = []
    window.on("websocket", lambda socket: socket.on("framesent", lambda data: sent.append(data)))
    window.reload()
    expect(row(window, "gross_salary")).to_be_visible()
    settle(window)

    # Both at once: quicker than the app is told of a choice.
    link = window.get_by_test_id("stSidebarNav").get_by_role("link", name="Jobs").element_handle()
    sent.clear()
    row(window, "gross_salary").evaluate("(row, link) => { row.click(); link.click() }", link)
    expect(main(window)).to_contain_text("Nothing failed.")
    window.wait_for_timeout(500)
    assert sent
    assert not [message for message in sent if b"told" in message]
