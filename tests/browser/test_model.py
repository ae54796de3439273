"""The model is chosen, asked, and what it found is looked at in the review, in a browser."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from acts import go_to, main, press, settle, take_picture, the
from ai.fault_server import FaultServer
from asked_papers import MODEL, SMALL, copying, open_paper
from playwright.sync_api import Locator, Page, expect
from running import PATIENCE_S, Running, wait_until

NAME = "open.pdf"
READING_MS = PATIENCE_S * 1000


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    """The model server that `taxai up` is told of; it begins before and ends after."""
    with FaultServer(answer=copying) as running:
        monkeypatch.setattr("running.CLEAN", {**os.environ, "TAXAI_OLLAMA_URL": running.url})
        yield running


@pytest.fixture
def with_gaps(server: FaultServer, taxai: Running, window: Page, tmp_path: Path) -> Page:
    """TaxAI with a paper of which the rules have left something open."""
    file = tmp_path / NAME
    file.write_bytes(open_paper())
    taxai.command("submit", "--wait", str(file))
    window.goto(taxai.url)
    return window


def line(window: Page) -> Locator:
    return window.locator(".st-key-ask-line")


def choice(window: Page) -> Locator:
    return main(window).get_by_role("combobox").first


def choose_model(window: Page) -> None:
    go_to(window, "Model")
    expect(main(window)).to_contain_text("Ollama 0.5.4 answers", timeout=READING_MS)
    choice(window).click()
    window.get_by_role("option", name=MODEL).click()
    expect(main(window).get_by_role("button", name="Ask about 1 now")).to_be_visible()


def test_the_model_is_chosen_and_asked_and_its_answer_is_looked_at(
    with_gaps: Page, server: FaultServer
) -> None:
    window = with_gaps

    # In the review it says that the model was not asked, and why.
    go_to(window, "Review")
    expect(line(window)).to_contain_text("3 values open, model not asked. No model is chosen.")
    # What stands for the first button until its script is loaded is a pixel higher.
    expect(line(window).get_by_role("button", name="Ask the model")).to_be_visible()
    place = line(window).bounding_box()
    take_picture(window, "review-not-asked")

    # It is chosen on its page; nothing is asked before somebody wants it.
    choose_model(window)
    take_picture(window, "model-chosen")
    assert server.bodies == []

    # Asked from the review, which can be worked on meanwhile, the answer arrives by itself.
    server.behave("slow", every_s=0.3)
    go_to(window, "Review")
    press(window, "Ask the model")
    expect(line(window)).to_contain_text("Asking the model for 3 values…", timeout=READING_MS)
    assert line(window).bounding_box() == place
    take_picture(window, "review-asking")
    expect(line(window)).to_contain_text("The model found 2 of 3 values", timeout=READING_MS)
    assert line(window).bounding_box() == place

    # What it found is shown when the person wants it, outlined, as the model's, to be looked at.
    row = window.locator(".row[data-name='savings_interest']")
    expect(row).to_have_count(0)
    press(window, "Show")
    expect(row).to_contain_text(SMALL)
    row.click()
    box = window.locator("rect[data-field='savings_interest']")
    expect(box).to_contain_class("chosen")
    expect(window.locator(".foot")).to_contain_text("model")
    expect(window.locator("rect[data-field='deposit_interest']")).to_contain_class("look")
    take_picture(window, "review-answered")
    (record,) = the(NAME).reading.records
    assert record.values["savings_interest"].source == "ai"

    # And the Model page tells what it took.
    go_to(window, "Model")
    expect(main(window)).to_contain_text("Mean of the last 1 document")
    take_picture(window, "model-asked")
    assert len(server.bodies) == 1


def test_a_half_made_choice_outlasts_the_refreshing_of_the_page(
    with_gaps: Page, server: FaultServer
) -> None:
    window = with_gaps
    go_to(window, "Model")
    expect(main(window)).to_contain_text("Ollama 0.5.4 answers", timeout=READING_MS)
    settle(window)
    choice(window).click()
    window.keyboard.type(MODEL[:3])

    server.behave("hang_all")  # until it shows, the page has refreshed itself more than once
    expect(main(window)).to_contain_text("does not answer", timeout=READING_MS)

    expect(choice(window)).to_have_value(MODEL[:3])
    window.keyboard.press("Escape")
    server.behave("good")
    expect(main(window)).to_contain_text("Ollama 0.5.4 answers", timeout=READING_MS)
    choose_model(window)


def test_the_page_tries_the_model_out_and_pulls_another(
    with_gaps: Page, server: FaultServer
) -> None:
    window = with_gaps
    choose_model(window)

    press(window, "Ask the model")
    expect(main(window)).to_contain_text("of 3 values in", timeout=READING_MS)
    expect(main(window)).to_contain_text("Interest on deposits: 61,240.00")
    window.get_by_label("Name").fill("qwen2.5:0.5b")
    window.keyboard.press("Enter")
    settle(window)
    main(window).get_by_role("button", name="Pull", exact=True).click()

    expect(main(window)).to_contain_text("qwen2.5:0.5b is there.", timeout=READING_MS)
    take_picture(window, "model-tried")
    wait_until(lambda: server.in_flight == 0, "nothing more is asked")
    overflow = main(window).evaluate("element => element.scrollWidth - element.clientWidth")
    assert overflow <= 0
