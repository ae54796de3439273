"""The papers of a document as they are shown and listed: order, checks, taxpayer and year."""

from dataclasses import replace
from pathlib import Path

import pytest
from reviewed_fields import FORM, Review, field, payslip

from taxai_core import service
from taxai_core.extract.belonging import taxpayer_name
from taxai_core.jobs.workplace import get_store
from taxai_core.models import Record
from taxai_core.service import RecordSummary, StoredRecord
from taxai_core.store import documents
from taxai_core.store.document import Document


@pytest.fixture
def review(data: Path) -> Review:
    return Review()


def test_fields_stand_in_the_order_of_the_form(review: Review) -> None:
    review.set("professional_tax_16_iii", "2400.00")

    assert list(review.record.fields) == [
        *("employee_name", "employee_pan", "salary_17_1", "perquisites_17_2"),
        *("profits_in_lieu_17_3", "gross_salary", "professional_tax_16_iii"),
    ]


def status(record: StoredRecord) -> str:
    """How the sum of section 17 comes out."""
    return next(one.status for one in record.checks if one.name == "gross_is_sum_of_parts")


def summary(review: Review) -> RecordSummary:
    (document,) = service.list_documents()
    assert document.records == review.opened.document.records
    return document.records[0]


def test_checks_and_the_list_follow_each_change_at_once(review: Review) -> None:
    assert status(review.record) == "pass"

    assert status(review.set("salary_17_1", "5.00")) == "fail"
    assert (summary(review).failed_checks, summary(review).passed_checks) == (1, 0)
    assert summary(review).lowest_confidence == 0.95

    service.undo(review.id)
    assert status(review.record) == "pass"
    assert (summary(review).failed_checks, summary(review).passed_checks) == (0, 1)
    assert summary(review).lowest_confidence == 0.6

    service.redo(review.id)
    assert summary(review).failed_checks == 1


def test_review_begins_with_failed_checks_then_with_what_is_unsure(
    review: Review,
) -> None:
    names = lambda: [one.name for one in service.fields_in_review_order(review.record)]  # noqa: E731
    parts = ["perquisites_17_2", "profits_in_lieu_17_3"]
    assert names() == ["salary_17_1", "employee_name", "employee_pan", *parts, "gross_salary"]

    review.set("gross_salary", "5.00")

    assert names() == ["salary_17_1", *parts, "gross_salary", "employee_name", "employee_pan"]


def test_documents_with_failed_checks_come_first_then_the_least_sure(data: Path) -> None:
    def document(id_: str, failed: int, lowest: float | None) -> Document:
        one = RecordSummary(1, 1, 1, "payslip", 0.9, "", "", "", 1, failed, lowest)
        found = documents.get(store, added)
        return replace(found, id=id_, records=(one,))

    store = get_store()
    added, _ = documents.add(store, "a.pdf", b"%PDF-", None, "tester")
    given = [
        document("sure", 0, 0.99),
        document("unsure", 0, 0.5),
        document("wrong", 1, 0.97),
        document("wrong and unsure", 2, 0.4),
        document("empty", 0, None),
    ]

    assert [one.id for one in service.review_order(given)] == [
        *("wrong and unsure", "wrong", "unsure", "sure", "empty"),
    ]


def test_the_list_names_taxpayer_and_year_of_each_paper(data: Path) -> None:
    review = Review(FORM, payslip(3, month=field("2024-02", page=3)))

    first, second = service.list_documents()[0].records

    assert (first.taxpayer_pan, first.taxpayer_name, first.financial_year) == (
        *("ABCPE1234F", "Meera Iyer", "2024-25"),
    )
    assert (first.document_type, first.first_page, first.last_page) == ("form16", 1, 2)
    assert (second.number, second.document_type, second.taxpayer_pan) == (2, "payslip", "")
    assert review.opened.document.document_type == "form16"


@pytest.mark.parametrize(
    ("name", "text", "belongs"),
    [
        ("employee_pan", "ABCPE9999F", ("ABCPE9999F", "Meera Iyer", "2024-25")),
        ("employee_name", "Ravi Rao", ("ABCPE1234F", "Ravi Rao", "2024-25")),
        ("assessment_year", "2024-25", ("ABCPE1234F", "Meera Iyer", "2023-24")),
        ("financial_year", "2022-23", ("ABCPE1234F", "Meera Iyer", "2022-23")),
        ("period_to", "2000-03-31", ("ABCPE1234F", "Meera Iyer", "1999-00")),
        ("gross_salary", "1.00", ("ABCPE1234F", "Meera Iyer", "2024-25")),
    ],
)
def test_taxpayer_and_year_follow_the_fields_that_say_them(
    review: Review, name: str, text: str, belongs: tuple[str, ...]
) -> None:
    record = review.set(name, text)

    assert (record.taxpayer_pan, record.taxpayer_name, record.financial_year) == belongs
    found = summary(review)
    assert (found.taxpayer_pan, found.taxpayer_name, found.financial_year) == belongs
    service.undo(review.id)
    assert summary(review).financial_year == "2024-25"


TAXPAYERS = {
    "bank_interest_certificate": "account_holder",
    "capital_gains_statement": "client_name",
    "form16": "employee_name",
    "form16a": "deductee_name",
    "form26as": "name",
    "home_loan_certificate": "borrower_name",
    "mutual_fund_statement": "investor_name",
    "nps_statement": "subscriber_name",
    "payslip": "employee_name",
}


def test_the_taxpayer_of_each_type_that_prints_the_pan_is_named_by_one_field() -> None:
    named = {}
    for document_type in service.document_types().values():
        fields = {rule.name: field(rule.name) for rule in document_type.fields}
        if name := taxpayer_name(document_type, fields):
            named[document_type.id] = name

    assert named == TAXPAYERS


def test_a_paper_of_a_type_that_is_no_longer_defined_keeps_what_was_read(data: Path) -> None:
    known = Record(
        first_page=1, last_page=1, document_type="gone", fields={"odd": field("AB12344")}
    )
    review = Review(known)

    assert review.set("odd", "AB12345").values["odd"].value == "AB12345"
