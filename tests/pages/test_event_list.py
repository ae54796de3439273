"""The list of what happened lately: of one document on the Documents page, and of all."""

import pytest
from streamlit.testing.v1 import AppTest
from window import PATIENCE_S, Window, failed, submit, to_review

from taxai_core import service


@pytest.fixture
def window(window: Window) -> Window:
    return window.open("documents")


def log_of(window: Window, document) -> Window:
    """Select a document and open its log."""
    window.select(document)
    window.app.session_state[f"log-{document.id}"] = True
    return window.draw()


def rows(window: Window) -> list[tuple[str, str]]:
    """Event and details of each row, as the list shows them."""
    frame = window.app.dataframe[-1].value
    return list(zip(frame["Event"], frame["Details"], strict=True))


def test_a_documents_log_tells_its_events_newest_first_and_nobody_elses(window: Window) -> None:
    document, other = to_review("mine.pdf"), to_review("other.pdf")
    service.approve(document.id)
    service.approve(other.id)

    log_of(window.draw(), document)

    assert [event for event, _ in rows(window)] == [
        "Document approved",
        "Reading finished",
        "Page read",
        "Reading begun",
        "Document added",
    ]
    assert "page 1 · pages 1 · kind text" in rows(window)[2][1]
    assert "Document" not in window.app.dataframe[-1].value


def test_a_documents_log_is_not_read_before_it_is_opened(window: Window) -> None:
    document = to_review()

    window.draw().select(document)

    assert len(window.app.dataframe) == 1
    assert "Log" in [one.label for one in window.app.expander]


def test_errors_can_be_looked_at_alone(window: Window) -> None:
    document = failed()
    log_of(window.draw(), document)
    (level,) = (one for one in window.app.segmented_control if one.label == "Level")

    level.set_value("error")
    window.draw()

    assert [event for event, _ in rows(window)] == ["✗ Work failed"]
    assert "code corrupt" in rows(window)[0][1]


def test_a_document_without_events_says_so(window: Window, data) -> None:
    document = submit()
    (data / "logs" / "events.jsonl").unlink()

    log_of(window.draw(), document)

    assert "Nothing is noted." in window.text


def all_events() -> None:
    """A page with the events of all documents."""
    from taxai_core.ui.event_list import event_list

    event_list()


def test_without_a_document_each_row_names_its_own(window: Window) -> None:
    first, second = submit("first.pdf"), submit("second.pdf")
    unwanted = submit("unwanted.pdf")
    service.delete(unwanted.id)

    page = AppTest.from_function(all_events, default_timeout=PATIENCE_S).run()

    shown = page.dataframe[0].value
    assert list(zip(shown["Document"], shown["Event"], strict=True))[:2] == [
        (unwanted.id[:8], "Document deleted"),
        (unwanted.id[:8], "Document added"),
    ]
    assert set(shown["Process"]) == {"app"}

    page.selectbox[0].set_value(first.id).run()

    assert not page.exception
    assert list(page.dataframe[0].value["Event"]) == ["Document added"]
    assert [*page.selectbox[0].options] == [second.name, first.name]
