"""The fields on the Review page: shown, chosen, typed, picked from the page and checked."""

import pytest
from reviewed_fields import BOX, CLICKED, FORM, Review, field, payslip
from window import Window

from taxai_core import service
from taxai_core.jobs.workplace import get_store
from taxai_core.store import documents

SUM = "17(1) + 17(2) + 17(3) = gross salary"


@pytest.fixture
def review(data) -> Review:
    """A Form 16 whose fields are known."""
    return Review()


def opened(window: Window, review: Review) -> Window:
    return window.review(documents.get(get_store(), review.id), "Fields")


def test_the_fields_are_the_first_tab_with_their_count(window: Window, review: Review) -> None:
    window.open("review", document=review.id)

    labels = [tab.label for tab in window.app.tabs]
    assert labels == ["Fields (6)", "Tables (3)", "Checks", "History"]
    assert window.fields["paper"] == f"{review.id}/1"


def test_a_document_without_fields_begins_with_its_tables(window: Window, data) -> None:
    review = Review(FORM.model_copy(update={"document_type": "other", "fields": {}}))

    window.open("review", document=review.id)

    assert window.cells == [["read"]]
    assert "none of the papers whose fields are read" in window.turn_to("Fields").text


def test_a_row_has_the_value_as_one_reads_it_and_what_is_known_of_it(
    window: Window, review: Review
) -> None:
    row = opened(window, review).row("salary_17_1")

    assert (row["title"], row["value"]) == ("Salary, section 17(1)", "9,00,000.00")
    assert (row["confidence"], row["low"], row["check"]) == ("0.60", True, "pass")
    assert (row["printed"], row["place"]) == ("900000.00/-", "page 1 · text · 0.60")
    assert not row["edited"]


def test_fields_that_are_not_printed_are_there_to_be_filled(window: Window, review: Review) -> None:
    row = opened(window, review).row("cess")

    assert (row["value"], row["printed"], row["check"], row["seq"]) == ("", "", "", 0)


def test_the_field_to_look_at_first_is_chosen_and_outlined(window: Window, review: Review) -> None:
    opened(window, review)

    assert window.fields["chosen"] == "salary_17_1"
    assert window.fields["order"][0] == "salary_17_1"
    assert window.picture["chosen_fields"] == ["salary_17_1"]
    looks = {one["name"]: one["look"] for one in window.picture["fields"]}
    assert (looks["salary_17_1"], looks["gross_salary"]) == ("look", "")


def test_a_field_chosen_in_the_list_turns_to_its_page(window: Window, data) -> None:
    form = FORM.model_copy(update={"fields": FORM.fields | {"cess": field("10.00", page=2)}})
    review = Review(form)

    opened(window, review).choose_field("cess")

    assert window.picture["page"] == 2
    assert [one["name"] for one in window.picture["fields"]] == ["cess"]


def test_a_box_clicked_on_the_page_chooses_its_field(window: Window, review: Review) -> None:
    opened(window, review).tell("field", "employee_pan")

    assert window.fields["chosen"] == "employee_pan"
    assert window.picture["chosen_fields"] == ["employee_pan"]


def test_tables_are_outlined_while_one_looks_at_tables(window: Window, review: Review) -> None:
    picture = opened(window, review).picture
    assert (len(picture["boxes"]), len(picture["fields"])) == (0, 6)

    picture = window.turn_to("Tables").picture
    assert (len(picture["boxes"]), len(picture["fields"])) == (3, 0)


def test_a_typed_value_stands_beside_the_printed_one_and_is_checked_at_once(
    window: Window, review: Review
) -> None:
    opened(window, review).act("gross_salary", "set", "9,50,000")

    assert review.value("gross_salary") == "950000.00"
    row = window.row("gross_salary")
    assert (row["value"], row["read"], row["edited"]) == ("9,50,000.00", "9,00,000.00", True)
    assert (row["printed"], row["place"]) == ("900000.00/-", "page 1")
    assert (row["check"], row["sum"]) == ("fail", SUM)
    assert row["failed"] == [f"{SUM}: ₹ 9,00,000.00 against ₹ 9,50,000.00"]
    assert "1 check" in window.text
    assert window.app.tabs[2].label == "Checks (1 failed)"


def test_what_is_no_value_is_refused_in_its_place_and_what_was_typed_is_kept(
    window: Window, review: Review
) -> None:
    opened(window, review).act("gross_salary", "set", "much")

    (answer,) = window.fields["answers"].values()
    assert (answer["name"], answer["text"]) == ("gross_salary", "much")
    assert answer["sentence"] == "Type an amount such as 12,34,567.00. Nothing was changed."
    assert review.value("gross_salary") == "900000.00"
    assert not window.app.main.warning


def test_an_act_that_is_told_again_is_done_once(window: Window, review: Review) -> None:
    opened(window, review)
    act = {"id": "1", "record": 1, "name": "cess", "type": "set", "text": "5", "seq": 0}
    other = act | {"id": "2", "name": "surcharge"}

    window.tell("told", {"chosen": "cess", "acts": [act]}, of="fields")
    window.tell("told", {"chosen": "cess", "acts": [act, other]}, of="fields")

    edits = [line.summary for line in review.opened.history if line.is_edit]
    assert len(edits) == 2
    assert [one["sentence"] for one in window.fields["answers"].values()] == ["", ""]


def test_undo_takes_a_value_back_and_shows_where(window: Window, review: Review) -> None:
    opened(window, review).act("gross_salary", "set", "1")
    window.choose_field("employee_pan").turn_to("History").click("Undo")

    assert review.value("gross_salary") == "900000.00"
    assert window.fields["chosen"] == "gross_salary"
    window.click("Redo")
    assert review.value("gross_salary") == "1.00"


def test_a_value_is_cleared_and_reset(window: Window, review: Review) -> None:
    opened(window, review).act("gross_salary", "clear")
    row = window.row("gross_salary")
    assert (row["value"], row["read"], row["edited"]) == ("", "9,00,000.00", True)

    window.act("gross_salary", "reset")
    assert window.row("gross_salary")["value"] == "9,00,000.00"
    assert not window.row("gross_salary")["edited"]


def test_a_value_changed_in_another_window_is_told_and_not_written_over(
    window: Window, review: Review
) -> None:
    opened(window, review)
    review.set("gross_salary", "1")

    window.act("gross_salary", "set", "2", seq=0)

    (answer,) = window.fields["answers"].values()
    assert "changed in another window" in answer["sentence"]
    assert window.row("gross_salary")["value"] == "1.00"


def test_a_word_clicked_fills_the_chosen_field_with_its_place(
    window: Window, review: Review
) -> None:
    opened(window, review).act("cess", "pick")
    window.tell("page", 2)
    assert window.picture["picking"] == "Health and education cess"
    assert window.picture["words"][0] == ["9,45,000.00", 301.0, 401.0, 359.0, 409.0]

    picked = {"id": "1", "page": 2, "box": CLICKED.as_list(), "text": "9,45,000.00"}
    window.tell("words", picked)

    row = window.row("cess")
    assert (row["value"], row["printed"], row["place"]) == ("9,45,000.00", "9,45,000.00", "page 2")
    assert window.picture["picking"] == ""
    assert window.picture["words"] == []
    assert [one["name"] for one in window.picture["fields"]] == ["cess"]


def test_words_that_are_no_value_are_refused_and_picking_goes_on(
    window: Window, review: Review
) -> None:
    opened(window, review).act("cess", "pick")

    window.tell("words", {"id": "1", "page": 2, "box": BOX.as_list(), "text": "else"})

    assert "Type an amount" in window.fields["answers"]["picked-1"]["sentence"]
    assert window.picture["picking"]
    assert not window.tell("pick", False).picture["picking"]


def test_an_approved_document_is_locked(window: Window, review: Review) -> None:
    service.approve(review.id)

    opened(window, review).act("gross_salary", "set", "1")
    (answer,) = window.fields["answers"].values()
    window.act("gross_salary", "pick")

    assert window.fields["locked"]
    assert "approved" in answer["sentence"]
    assert review.value("gross_salary") == "900000.00"
    assert not window.picture["picking"]


def test_a_file_of_several_papers_has_a_choice_that_the_page_follows(window: Window, data) -> None:
    march = payslip(3, month=field("2025-03", page=3), net_pay=field("1.00", page=3))
    review = Review(FORM, march)

    opened(window, review).choose("Paper", 2)
    assert window.picture["page"] == 3
    assert window.row("month")["value"] == "Mar 2025"

    window.tell("page", 1)
    assert window.row("employee_name")["value"] == "Meera Iyer"


def test_a_value_picked_from_another_paper_stays_in_its_own(window: Window, data) -> None:
    review = Review(FORM, payslip(3, net_pay=field("1.00", page=3)))
    opened(window, review).act("cess", "pick")

    window.tell("page", 3)

    assert window.picture["picking"] == "Health and education cess"
    assert window.fields["paper"] == f"{review.id}/1"


def test_the_checks_tell_both_sides_and_lead_to_their_fields(
    window: Window, review: Review
) -> None:
    review.set("gross_salary", "950000")
    opened(window, review).turn_to("Checks")

    failed = window.sums[0]
    assert (failed["title"], failed["status"]) == (SUM, "fail")
    assert failed["sides"] == "₹ 9,00,000.00 against ₹ 9,50,000.00"
    assert failed["members"][-1] == {
        "sign": "=", "name": "gross_salary", "title": "Gross salary", "value": "9,50,000.00",
    }  # fmt: skip
    names = [one["name"] for one in failed["members"]]
    window.tell("choose", names, of="checks")
    assert window.picture["chosen_fields"] == names


def test_the_head_says_what_it_is_whose_and_of_when(window: Window, review: Review) -> None:
    text = opened(window, review).text

    assert "**Form 16** · Meera Iyer · ABCPE…F · FY 2024-25" in text
    assert "a.pdf" in text
    assert "ABCPE1234F" not in text


def test_warnings_of_the_paper_stand_above_its_fields(window: Window, data) -> None:
    review = Review(FORM.model_copy(update={"warnings": ["Two places disagree."]}))

    assert opened(window, review).fields["warnings"] == ["Two places disagree."]


def test_nothing_of_a_person_gets_into_the_address(window: Window, review: Review) -> None:
    opened(window, review).act("gross_salary", "set", "1234567")
    window.choose_field("employee_pan")

    assert window.app.query_params == {"document": review.id}


def test_the_pile_begins_with_what_fails_and_keeps_its_order(window: Window, data) -> None:
    first = Review()
    second = Review(payslip(1, net_pay=field("1.00", 0.3)), data=b"%PDF- another one")

    window.open("review")
    assert window.app.query_params == {"document": second.id}
    window.act("net_pay", "set", "2.00")
    assert "**1 of 2**" in window.text
    window.click("Next")
    assert window.app.query_params == {"document": first.id}
