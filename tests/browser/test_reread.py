"""Drawing an area on the page and having it read again, and finding words, in a browser."""

import re
from pathlib import Path

import pytest
from acts import choose, main, open_cell, open_tab, press, settle, shown, table, take_picture, the
from papers import INTEREST, PREMIUMS, two_tables
from playwright.sync_api import Page, expect
from running import PATIENCE_S, Running, wait_until

from taxai_core.models import Box
from taxai_core.store.readings import StoredTable

NAME = "two.pdf"
READING_MS = PATIENCE_S * 1000


@pytest.fixture
def reviewed(window: Page, taxai: Running, tmp_path: Path) -> Page:
    """The review of a page with premiums above interest."""
    file = tmp_path / NAME
    file.write_bytes(two_tables(PREMIUMS, INTEREST))
    taxai.command("submit", "--wait", str(file))
    window.goto(f"{taxai.url}/review")
    open_tab(window, "Tables")
    expect(shown(window, 1, 1)).to_have_text(PREMIUMS[1][1])
    return window


def box_of(wanted: StoredTable) -> Box:
    return wanted.content.parts[0].box


def point_on(window: Page, x_pt: float, y_pt: float) -> tuple[float, float]:
    """Where a point of the page stands on the screen now."""
    place = window.locator(".sheet").bounding_box()
    assert place
    width_pt, height_pt = the(NAME).reading.page_sizes[1]
    return (
        place["x"] + x_pt / width_pt * place["width"],
        place["y"] + y_pt / height_pt * place["height"],
    )


def drag(window: Page, box: Box, *, release: bool = True) -> None:
    """Draw from the upper left corner to the lower right one with the mouse."""
    window.mouse.move(*point_on(window, box.x0, box.top))
    window.mouse.down()
    window.mouse.move(*point_on(window, box.x1, box.bottom), steps=8)
    if release:
        window.mouse.up()


def draw(window: Page, box: Box) -> None:
    window.get_by_role("button", name="Draw area").click()
    drag(window, box)
    expect(main(window)).to_contain_text("Read the area drawn on page 1 again")
    settle(window)


def around(box: Box, by: float = 6) -> Box:
    return Box(x0=box.x0 - by, top=box.top - by, x1=box.x1 + by, bottom=box.bottom + by)


def area_outlines(window: Page) -> list[list[float]]:
    """The dashed outlines on the page, in points."""
    found = window.locator(".marks rect.area").all()
    return [
        [float(one.get_attribute(side) or 0) for side in ("x", "y", "width", "height")]
        for one in found
    ]


def test_an_area_is_drawn_read_again_taken_back_and_still_there_when_loaded_anew(
    reviewed: Page,
) -> None:
    window = reviewed
    first, second = table(NAME, 0), table(NAME, 1)
    source = window.locator(".sheet img").get_attribute("src")
    window.locator(".sheet img").evaluate("image => image.dataset.mark = 'the same'")

    # The area of the second table, while the first is chosen.
    wanted = around(box_of(second))
    draw(window, wanted)
    take_picture(window, "reread-area")
    (outline,) = area_outlines(window)
    drawn = [wanted.x0, wanted.top, wanted.x1 - wanted.x0, wanted.bottom - wanted.top]
    assert outline == pytest.approx(drawn, abs=2)
    expect(main(window)).to_contain_text("Table 2 becomes what stands in the area.")

    # It takes the place of the second table, without the page being loaded anew.
    press(window, "Read this area")
    expect(main(window)).to_contain_text("read again from the area drawn", timeout=READING_MS)
    expect(main(window).get_by_role("combobox", name="Table")).to_have_value(
        re.compile("Page 1, table 2 .* read again")
    )
    now = table(NAME, 1)
    assert now.content.choice
    assert now.content.choice.area
    assert now.content.choice.area.as_list() == pytest.approx(wanted.as_list(), abs=2)
    assert "Fixed deposit 1" in str(now.content.rows)
    assert table(NAME, 0) == first
    assert area_outlines(window) == []
    take_picture(window, "reread-done")

    # Undo brings back the rows, the outline and how they were read; Redo the other.
    press(window, "Undo")
    expect(main(window)).to_contain_text("ruled, regularity 100 %")
    assert table(NAME, 1).content.as_stored() == second.content.as_stored()
    press(window, "Redo")
    expect(main(window)).to_contain_text("read again from the area drawn")

    # The picture was never loaded a second time; what was chosen outlives the page.
    image = window.locator(".sheet img")
    assert image.get_attribute("src") == source
    assert image.get_attribute("data-mark") == "the same"
    window.reload()
    choose(window, table(NAME, 1))
    expect(main(window)).to_contain_text("read again from the area drawn")
    expect(main(window)).to_contain_text("by ")


def test_an_area_drawn_on_a_zoomed_and_scrolled_page_is_where_it_was_drawn(reviewed: Page) -> None:
    window = reviewed
    for _ in range(3):
        window.get_by_role("button", name="Larger").click()
    window.locator(".scroll").evaluate("element => element.scrollTo(150, 220)")

    wanted = Box(x0=200, top=215, x1=420, bottom=330)
    draw(window, wanted)

    (outline,) = area_outlines(window)
    assert outline == pytest.approx([200, 215, 220, 115], abs=2)
    take_picture(window, "reread-zoomed")
    press(window, "Discard")
    expect(window.locator(".marks rect.area")).to_have_count(0)


def test_escape_gives_up_what_is_drawn_and_keys_begin_it(reviewed: Page) -> None:
    window = reviewed
    button = window.get_by_role("button", name="Draw area")

    window.keyboard.press("Control+Alt+a")
    expect(button).to_have_attribute("aria-pressed", "true")
    drag(window, Box(x0=100, top=100, x1=300, bottom=200), release=False)
    expect(window.locator(".band rect")).to_be_visible()
    window.keyboard.press("Escape")
    expect(window.locator(".band rect")).to_be_hidden()
    window.mouse.up()
    window.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-pressed", "false")

    draw(window, Box(x0=100, top=100, x1=300, bottom=200))
    window.keyboard.press("Escape")
    expect(main(window)).not_to_contain_text("Read the area drawn")
    assert area_outlines(window) == []


def test_a_page_is_read_again_with_another_method_and_one_undo_brings_all_back(
    reviewed: Page,
) -> None:
    window = reviewed
    before = [table(NAME, number).content.as_stored() for number in (0, 1)]

    press(window, "Read again")
    popover = window.get_by_test_id("stPopoverBody")
    popover.get_by_test_id("stSelectbox").click()
    window.get_by_role("option", name="Alignment, by Camelot (network)").click()
    chosen = popover.get_by_test_id("stSelectbox").get_by_role("combobox")
    expect(chosen).to_have_value("Alignment, by Camelot (network)")
    settle(window)
    take_picture(window, "reread-page")
    popover.get_by_role("button", name="Read this page").click()

    expect(main(window)).to_contain_text("read again from the page", timeout=READING_MS)
    found = the(NAME).reading.tables
    assert {one.content.method for one in found if not one.content.dropped} == {"network"}
    press(window, "Undo")
    expect(main(window)).to_contain_text("ruled, regularity 100 %")
    assert [one.content.as_stored() for one in the(NAME).reading.tables] == before


def test_a_cell_that_is_open_for_typing_stays_open_when_the_result_comes(
    reviewed: Page, taxai: Running
) -> None:
    window = reviewed
    draw(window, around(box_of(table(NAME, 1))))
    main(window).get_by_text("Add beside", exact=True).last.click()
    expect(main(window)).to_contain_text("becomes a table of its own")
    workers = [one for one in taxai.processes() if "extract" in one.cmdline()]
    for worker in workers:
        worker.suspend()
    press(window, "Read this area")
    expect(main(window)).to_contain_text("waiting to be read again, number 1 in line")
    take_picture(window, "reread-waits")

    # Somebody types into a cell of the other table when the result comes.
    field = open_cell(window, 1, 1)
    window.keyboard.press("Control+A")
    window.keyboard.type("typed meanwhile", delay=30)
    for worker in workers:
        worker.resume()
    wait_until(lambda: len(the(NAME).reading.tables) == 3, "the area is read")
    window.wait_for_timeout(2500)  # longer than the page takes to look again
    expect(field).to_have_value("typed meanwhile")
    window.keyboard.press("Enter")

    expect(main(window)).to_contain_text("read again from the area drawn", timeout=READING_MS)
    assert table(NAME, 0).content.rows[1][1] == "typed meanwhile"
    assert table(NAME, 2).content.choice


def test_words_are_found_outlined_and_gone_through(reviewed: Page) -> None:
    window = reviewed
    address = window.url
    field = window.get_by_role("searchbox", name="Find in document")

    field.click()
    window.keyboard.type("fixed DEPOSIT")
    window.keyboard.press("Enter")

    expect(window.locator(".count")).to_have_text("1 of 2 places")
    expect(window.locator("rect.hit")).to_have_count(2)
    take_picture(window, "reread-find")
    first = window.locator("rect.hit.present").get_attribute("y")
    window.keyboard.press("Enter")
    expect(window.locator(".count")).to_have_text("2 of 2 places")
    assert window.locator("rect.hit.present").get_attribute("y") != first

    # Letters that are keys of the page elsewhere are letters here.
    field.fill("")
    window.keyboard.type("rc")
    window.keyboard.press("Enter")
    expect(window.locator(".count")).to_have_text("nowhere")
    window.keyboard.press("Escape")
    expect(window.locator(".count")).to_be_hidden()
    expect(window.locator("rect.hit")).to_have_count(0)
    assert window.url == address, "what is looked for is in no address"
