"""The Documents page: every paper with its state, and what can be done to those selected."""

import pytest
from papers import INTEREST, paper
from window import (
    Window,
    approved,
    cancelled,
    failed,
    half_read,
    present,
    read,
    rows_of,
    submit,
    to_review,
)

from taxai_core import service
from taxai_core.errors import CorruptPdfError
from taxai_core.jobs.queue import waiting_ids
from taxai_core.jobs.workplace import get_redis, get_store

VERBS = ("do-Approve", "do-Retry", "do-Cancel", "Delete")


@pytest.fixture
def window(window: Window) -> Window:
    return window.open("documents")


def listed(window: Window) -> list[str]:
    return list(window.grid.value["file"]) if window.app.dataframe else []


def possible(window: Window) -> list[str]:
    (link,) = window.app.get("page_link")
    openable = [] if link.proto.disabled else ["Open"]
    return openable + [verb for verb in VERBS if window.can(verb)]


def test_without_documents_the_page_says_where_to_add_them(window: Window) -> None:
    assert window.title == "Documents"
    assert "No documents yet. Add papers on the Upload page." in window.text


def test_every_state_is_said_in_words(window: Window) -> None:
    submit("first.pdf")
    submit("second.pdf")
    half_read("long.pdf", done=3, total=9)
    to_review("read.pdf")
    approved("done.pdf")
    failed("broken.pdf")
    cancelled("unwanted.pdf")

    rows = window.later().grid.value.set_index("file")

    # Reading it here has not taken the job from the queue; only what waits tells its number.
    assert rows["state"].to_dict() == {
        "first.pdf": "waiting, number 1 in line",
        "second.pdf": "waiting, number 2 in line",
        "long.pdf": "reading page 3 of 9",
        "read.pdf": "to review",
        "done.pdf": "approved",
        "broken.pdf": "failed",
        "unwanted.pdf": "cancelled",
    }
    assert rows["progress"].dropna().to_dict() == {
        "long.pdf": 33,
        "read.pdf": 100,
        "done.pdf": 100,
    }
    assert rows["message"]["broken.pdf"] == str(CorruptPdfError())


def test_the_newest_paper_stands_first(window: Window) -> None:
    submit("first.pdf")
    submit("second.pdf")

    assert listed(window.draw()) == ["second.pdf", "first.pdf"]


def test_the_list_can_be_searched_by_any_part_of_a_name(window: Window) -> None:
    for name in ("Interest 2024.pdf", "Premiums 2024.pdf", "Interest 2023.pdf"):
        submit(name)
    window.draw()

    assert listed(window.type("Search", "iNTer").draw()) == [
        "Interest 2023.pdf",
        "Interest 2024.pdf",
    ]
    assert "2 of 3 documents" in window.text
    assert listed(window.type("Search", "").draw()) != []


def test_the_list_can_be_narrowed_to_states(window: Window) -> None:
    submit("waits.pdf")
    to_review("read.pdf")
    failed("broken.pdf")
    (states,) = window.draw().app.pills

    states.set_value(["failed", "to review"])

    assert listed(window.draw()) == ["broken.pdf", "read.pdf"]


def test_a_filter_that_nothing_matches_says_so(window: Window) -> None:
    submit("waits.pdf")

    window.draw().type("Search", "no such name").draw()

    assert "No document matches this filter." in window.text
    assert possible(window) == []


def test_nothing_can_be_done_before_something_is_selected(window: Window) -> None:
    to_review()

    assert possible(window.draw()) == []


@pytest.mark.parametrize(
    ("make", "verbs"),
    [
        (submit, ["do-Cancel", "Delete"]),
        (to_review, ["Open", "do-Approve", "Delete"]),
        (approved, ["Open", "Delete"]),
        (failed, ["do-Retry", "Delete"]),
        (cancelled, ["do-Retry", "Delete"]),
        (lambda: half_read(done=1, total=2), ["do-Cancel", "Delete"]),
    ],
    ids=["waiting", "to review", "approved", "failed", "cancelled", "reading"],
)
def test_only_what_the_state_allows_can_be_pressed(window: Window, make, verbs) -> None:
    document = make()

    window.draw().select(document)

    assert possible(window) == verbs


def test_retry_queues_the_failed_ones_of_the_selection_again(window: Window) -> None:
    broken, unwanted, waits = failed(), cancelled(), submit("waits.pdf")
    other = failed("other.pdf")

    window.draw().select(broken, unwanted, waits).click("Retry 2")

    states = [present(one).state for one in (broken, unwanted, waits, other)]
    assert states == ["queued", "queued", "queued", "failed"]
    assert present(broken).job_id in waiting_ids(get_redis())
    assert present(waits).run == waits.run


def test_cancel_takes_the_selected_ones_out_of_the_queue(window: Window) -> None:
    first, second = submit("first.pdf"), submit("second.pdf")

    window.draw().select(first).click("Cancel")

    assert [present(first).state, present(second).state] == ["cancelled", "queued"]
    assert waiting_ids(get_redis()) == [second.job_id]


def test_approve_locks_the_selected_ones(window: Window) -> None:
    first, second, third = (to_review(f"{n}.pdf") for n in (1, 2, 3))

    window.draw().select(first, third).click("Approve 2")

    states = [present(one).state for one in (first, second, third)]
    assert states == ["approved", "review", "approved"]


def test_delete_asks_first_and_then_leaves_nothing(window: Window) -> None:
    unwanted, kept = to_review("unwanted.pdf"), to_review("kept.pdf")
    window.draw().select(unwanted).click("Delete")

    assert "This cannot be undone." in window.text
    assert "unwanted.pdf" in [one.value for one in window.app.text]
    assert present(unwanted).state == "review"

    # A browser presses the second button inside the open dialog; AppTest has to open it anew.
    window.click("Delete", "really-delete")

    assert listed(window.draw()) == ["kept.pdf"]
    assert list(get_store().blobs.document_ids()) == [kept.id]


def test_delete_can_be_thought_better_of(window: Window) -> None:
    document = to_review()
    window.draw().select(document).click("Delete")

    window.click("Delete", "Keep")

    assert listed(window.draw()) == [document.name]
    assert rows_of(document) == INTEREST


def test_what_went_wrong_and_the_history_stand_below_a_single_selection(window: Window) -> None:
    document = failed()

    window.draw().select(document)

    assert [one.value for one in window.app.error] == [str(CorruptPdfError())]
    assert "TaxAI · failed: corrupt" in window.text
    assert "tester · added" in window.text


def test_a_protected_paper_can_be_opened_from_the_list(window: Window) -> None:
    document = read(submit("locked.pdf", paper("Locked", INTEREST, password="open sesame")))
    window.draw().select(document)

    window.type("Password", "open sesame")
    window.app.button[-1].click()
    window.draw()

    assert read(present(document)).state == "review"


def test_open_leads_to_the_review_of_the_selected_one(window: Window) -> None:
    to_review("first.pdf")
    second = to_review("second.pdf")

    window.draw().select(second)

    (link,) = window.app.get("page_link")
    assert (link.proto.page, link.proto.query_string) == ("review", f"document={second.id}")
    assert "second.pdf" in window.open("review", document=second.id).text


def test_the_selection_stays_with_its_documents_when_others_arrive(window: Window) -> None:
    chosen = submit("chosen.pdf")
    window.draw().select(chosen)

    newer = submit("newer.pdf")
    window.draw().click("Cancel")

    assert [present(chosen).state, present(newer).state] == ["cancelled", "queued"]


def test_a_selected_document_that_the_filter_hides_is_left_alone(window: Window) -> None:
    hidden, shown = submit("hidden.pdf"), submit("shown.pdf")
    window.draw().select(hidden, shown)

    window.type("Search", "shown").draw().click("Cancel")

    assert [present(hidden).state, present(shown).state] == ["queued", "cancelled"]


def test_an_act_that_came_too_late_is_answered_with_a_sentence(window: Window) -> None:
    document = to_review()
    window.draw().select(document)

    service.approve(document.id)
    # The window still shows the button of a moment ago.
    window.app.button(key="do-Approve").click()
    window.draw()

    assert present(document).state == "approved"
    assert not window.can("do-Approve")
