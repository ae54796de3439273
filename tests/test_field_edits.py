"""Fields in the review: every change is in force at once, a revision, and undoable."""

from collections.abc import Callable
from pathlib import Path

import pytest
from reviewed_fields import BOX, CLICKED, FORM, Review, field, payslip

from taxai_core import service
from taxai_core.errors import (
    EditConflictError,
    LockedError,
    NotAValueError,
    NotFoundError,
    WrongStateError,
)
from taxai_core.jobs.workplace import get_store
from taxai_core.store import documents


@pytest.fixture
def review(data: Path) -> Review:
    return Review()


def test_a_typed_value_is_in_force_at_once_and_keeps_what_is_printed_beside_it(
    review: Review,
) -> None:
    record = review.set("gross_salary", "945000.00")

    stored = record.fields["gross_salary"]
    assert stored.field
    assert (stored.field.value, stored.field.source, stored.field.confidence) == (
        *("945000.00", "user", 1.0),
    )
    assert (stored.field.page, stored.field.bbox, stored.field.text) == (1, BOX, "900000.00/-")
    assert stored.read == FORM.fields["gross_salary"]
    assert (stored.is_edited, stored.has_place) == (True, True)
    assert record == review.record


def test_undo_and_redo_walk_through_the_values(review: Review) -> None:
    review.set("gross_salary", "1.00")
    review.set("gross_salary", "2.00")
    seen = [review.value("gross_salary")]

    for step in (service.undo, service.undo, service.redo, service.redo):
        step(review.id)
        seen.append(review.value("gross_salary"))

    assert seen == ["2.00", "1.00", "900000.00", "1.00", "2.00"]


def test_a_field_that_was_undone_is_as_it_was_read(review: Review) -> None:
    before = review.record

    review.set("gross_salary", "1.00")
    undone = service.undo(review.id)

    assert undone
    assert (undone.field, undone.table_id, undone.is_edit) == ("1/gross_salary", None, True)
    assert review.record == before
    assert not review.opened.can_undo
    assert review.opened.can_redo


def test_tables_and_fields_are_undone_in_the_one_order_they_were_changed_in(
    review: Review,
) -> None:
    table = review.opened.reading.tables[0]
    cell = lambda: review.opened.reading.tables[0].content.rows[0][0]  # noqa: E731
    review.set("gross_salary", "1.00")
    content = service.save_rows(review.id, table.id, 0, [["edited"]])
    review.set("gross_salary", "2.00")
    service.save_rows(review.id, table.id, content.seq, [["edited twice"]])
    seen = []

    for _ in range(4):
        service.undo(review.id)
        seen.append((cell(), review.value("gross_salary")))

    assert seen == [
        *[("edited", "2.00"), ("edited", "1.00"), ("read", "1.00"), ("read", "900000.00")],
    ]
    assert service.undo(review.id) is None


def test_a_new_value_ends_what_could_be_redone(review: Review) -> None:
    review.set("gross_salary", "1.00")
    service.undo(review.id)

    review.set("salary_17_1", "2.00")

    assert service.redo(review.id) is None
    assert review.value("gross_salary") == "900000.00"


def test_a_cleared_field_has_no_value_and_can_be_had_back(review: Review) -> None:
    record = review.clear("salary_17_1")

    stored = record.fields["salary_17_1"]
    assert (stored.field, stored.read, stored.is_edited) == (
        *(None, FORM.fields["salary_17_1"], True),
    )
    assert "salary_17_1" not in record.values

    assert review.reset("salary_17_1").fields["salary_17_1"].field == stored.read
    assert not review.record.fields["salary_17_1"].is_edited
    service.undo(review.id)
    assert review.value("salary_17_1") is None


def test_a_field_that_was_not_read_can_be_typed_and_stands_nowhere(review: Review) -> None:
    record = review.set("cess", "4000.00")

    stored = record.fields["cess"]
    assert stored.field
    assert (stored.read, stored.field.page, stored.has_place, stored.field.text) == (
        *(None, 1, False, ""),
    )
    assert "cess" not in review.clear("cess").fields
    assert review.set("cess", "1.00", seq=0).values["cess"].value == "1.00"


def test_a_clicked_word_gives_the_value_its_place_and_print(review: Review) -> None:
    review.set("gross_salary", "945000.00", page=2, box=CLICKED)

    # What is typed afterwards corrects the value, not where it stands.
    record = review.set("gross_salary", "945001.00")

    found = record.values["gross_salary"]
    assert (found.value, found.page, found.bbox, found.text) == (
        *("945001.00", 2, CLICKED, "9,45,000.00"),
    )


def test_a_place_outside_the_document_is_refused(review: Review) -> None:
    with pytest.raises(NotFoundError):
        review.set("gross_salary", "1.00", page=9, box=CLICKED)


def test_to_type_what_stands_there_or_what_was_read_is_no_correction(review: Review) -> None:
    before = review.record

    assert review.set("gross_salary", "900000.00") == before
    assert not review.opened.can_undo

    review.set("gross_salary", "1.00")
    stored = review.set("gross_salary", "900000.00").fields["gross_salary"]
    assert (stored.is_edited, stored.field) == (False, FORM.fields["gross_salary"])


def test_the_history_tells_each_change_of_a_field(review: Review) -> None:
    review.set("gross_salary", "1.00")
    review.clear("gross_salary")
    review.reset("gross_salary")
    review.set("cess", "2.00")

    told = [line.summary for line in reversed(review.opened.history) if line.is_edit]

    titles = [line.split(" · ")[1].split(":")[0].split(",")[0] for line in told]
    assert titles == [
        "Gross salary",
        "Gross salary cleared",
        "Gross salary reset to what was read",
        "Health and education cess",
    ]
    assert all(line.startswith("pages 1–2 · ") for line in told)
    assert "→" in told[0]


VERBS: list[Callable[[Review, int | None], object]] = [
    lambda review, seq: review.set("gross_salary", "5.00", seq),
    lambda review, seq: review.clear("gross_salary", seq),
    lambda review, seq: review.reset("gross_salary", seq),
]


@pytest.mark.parametrize("verb", VERBS)
def test_the_second_of_two_windows_that_change_one_field_is_told(
    review: Review, verb: Callable[[Review, int | None], object]
) -> None:
    seen = review.record.fields["gross_salary"].seq
    review.set("gross_salary", "1.00")

    with pytest.raises(EditConflictError, match="changed in another window"):
        verb(review, seen)

    assert review.value("gross_salary") == "1.00"


def test_two_windows_may_change_two_fields(review: Review) -> None:
    review.set("gross_salary", "1.00", seq=0)

    review.set("salary_17_1", "2.00", seq=0)

    assert (review.value("gross_salary"), review.value("salary_17_1")) == ("1.00", "2.00")


@pytest.mark.parametrize("verb", VERBS)
def test_an_approved_document_takes_no_change_of_a_field(
    review: Review, verb: Callable[[Review, int | None], object]
) -> None:
    review.set("gross_salary", "1.00")
    service.approve(review.id)

    for act in (lambda: verb(review, None), lambda: service.undo(review.id)):
        with pytest.raises(LockedError, match="Re-open it"):
            act()

    assert review.value("gross_salary") == "1.00"


def test_a_document_that_is_not_read_yet_takes_no_change(data: Path) -> None:
    waiting, _ = documents.add(get_store(), "b.pdf", b"%PDF-2", None, "tester")

    with pytest.raises(WrongStateError):
        service.set_field(waiting, 1, "gross_salary", "1.00", 0)


def test_a_paper_or_a_field_that_is_not_there_cannot_be_changed(review: Review) -> None:
    for number, name in ((2, "gross_salary"), (1, "no_such_field")):
        with pytest.raises(NotFoundError):
            service.set_field(review.id, number, name, "1.00", 0)


def test_what_is_no_value_is_told_with_what_one_looks_like(review: Review) -> None:
    with pytest.raises(NotAValueError, match=r"Nothing was changed\.$"):
        review.set("gross_salary", " ")
    with pytest.raises(NotAValueError, match="Choose one of: yes, no"):
        review.set("opted_out_of_115bac", "perhaps")

    assert review.set("opted_out_of_115bac", "Yes").values["opted_out_of_115bac"].value == "yes"
    assert review.value("gross_salary") == "900000.00"


def test_each_paper_of_a_file_has_fields_of_its_own(data: Path) -> None:
    review = Review(payslip(1, basic=field("10.00")), payslip(2, basic=field("20.00", page=2)))

    service.set_field(review.id, 2, "basic", "21.00", 0)

    first, second = review.opened.reading.records
    assert (first.number, first.place, first.values["basic"].value) == (1, "page 1", "10.00")
    assert (second.number, second.place, second.values["basic"].value) == (2, "page 2", "21.00")


def test_nothing_of_a_field_lies_in_clear(data: Path) -> None:
    review = Review()
    review.set("employee_name", "Zanzibarsson")
    review.set("employee_pan", "ZZZPZ9999Z")

    files = [path for path in data.rglob("*") if path.is_file()]

    secrets = [b"Zanzibarsson", b"ZZZPZ9999Z", b"ABCPE1234F", b"Meera Iyer", b"900000"]
    found = {secret for path in files for secret in secrets if secret in path.read_bytes()}
    assert (len(files) >= 2, found) == (True, set())
