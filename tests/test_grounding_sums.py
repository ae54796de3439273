"""What a model's answer changes in a paper: its sums, its type, whose it is and of which year."""

from asking import SLIP, TYPES, VOCABULARIES, answer, ask, filled, page_of, record_of, typed

from taxai_core.extract.asking.grounding import PROVEN, UNPROVEN, Grounded, apply, ground
from taxai_core.extract.checks import run_checks
from taxai_core.models import Page, Record


def test_a_value_with_which_a_sum_comes_out_is_surer_and_never_sure() -> None:
    record = record_of("payslip", {"gross_earnings": "80000.00", "total_deductions": "10000.00"})

    field = answer(record, SLIP, net_pay="70,000.00").fields["net_pay"]

    assert field.confidence == PROVEN < 0.9


def test_a_value_that_is_within_a_limit_is_no_surer() -> None:
    record = record_of("payslip", {"income_tax": "6000.00"})

    found = answer(record, SLIP, total_deductions="10,000.00")

    checks = {
        check.name: check.status
        for check in run_checks(TYPES["payslip"], found.fields | record.fields)
    }
    assert checks["deductions_within_total"] == "pass"
    assert found.fields["total_deductions"].confidence == UNPROVEN


def test_a_missing_value_with_which_a_sum_fails_is_only_a_warning() -> None:
    record = record_of("payslip", {"gross_earnings": "80000.00", "total_deductions": "10000.00"})

    found = answer(record, SLIP, net_pay="1,500.00")

    assert found.fields == {}
    assert found.warnings == [
        "Net pay: the model reads 1,500.00 on page 1, but then this does not come out:"
        " Gross earnings − total deductions = net pay."
    ]


def test_a_value_in_a_failing_sum_is_replaced_where_that_then_comes_out() -> None:
    misread = {"gross_earnings": "80000.00", "total_deductions": "10000.00", "net_pay": "10000.00"}

    record = filled(record_of("payslip", misread), SLIP, net_pay="70,000.00")

    assert record.fields["net_pay"].value == "70000.00"
    assert record.fields["net_pay"].source == "ai"
    assert {check.name: check.status for check in record.checks}["net_adds_up"] == "pass"


def test_a_value_in_a_failing_sum_stays_where_it_fails_with_the_model_s_as_well() -> None:
    misread = {"gross_earnings": "80000.00", "total_deductions": "10000.00", "net_pay": "10000.00"}

    record = filled(record_of("payslip", misread), SLIP, net_pay="1,500.00")

    assert record.fields["net_pay"].value == "10000.00"
    assert record.fields["net_pay"].source == "text"
    assert record.warnings == [
        "Net pay: the model reads 1,500.00 on page 1, with which its sums do not come out either."
        " Look at both."
    ]


def test_what_a_person_typed_is_never_replaced() -> None:
    misread = {"gross_earnings": "80000.00", "total_deductions": "10000.00", "net_pay": "1000.00"}
    read = record_of("payslip", misread)
    corrected = typed(read, net_pay="10000.00")

    assert filled(read, SLIP, net_pay="70,000.00").fields["net_pay"].value == "70000.00"
    assert answer(corrected, SLIP, net_pay="70,000.00") == Grounded()


def test_a_value_with_which_the_sum_of_a_typed_one_fails_is_only_a_warning() -> None:
    read = record_of("payslip", {"gross_earnings": "8000.00", "total_deductions": "10000.00"})
    corrected = typed(read, gross_earnings="80000.00")

    wrong, right = (answer(corrected, SLIP, net_pay=text) for text in ("1,500.00", "70,000.00"))

    assert wrong.fields == {}
    assert "but then this does not come out" in wrong.warnings[0]
    assert right.fields["net_pay"].confidence == PROVEN


def test_a_value_of_the_rules_gives_way_where_its_sum_with_a_typed_one_then_comes_out() -> None:
    misread = {"gross_earnings": "8000.00", "total_deductions": "10000.00", "net_pay": "1500.00"}
    corrected = typed(record_of("payslip", misread), gross_earnings="80000.00")

    record = filled(corrected, SLIP, net_pay="70,000.00")

    assert record.fields["net_pay"].value == "70000.00"
    assert record.fields["gross_earnings"] == corrected.fields["gross_earnings"]


def test_an_answer_that_agrees_with_the_rules_changes_nothing() -> None:
    misread = {"gross_earnings": "80000.00", "total_deductions": "50000.00", "net_pay": "70000.00"}

    assert answer(record_of("payslip", misread), SLIP, net_pay="70,000.00") == Grounded()


def test_a_value_that_nothing_speaks_against_is_not_asked_for_again() -> None:
    record = record_of("payslip", {"net_pay": "70000.00"})

    assert answer(record, SLIP, net_pay="1,500.00") == Grounded()


def test_a_filled_gap_tells_whose_the_paper_is_and_of_which_year() -> None:
    record = filled(
        record_of("payslip", {"net_pay": "70000.00"}),
        SLIP,
        employee_name="Meera Iyer",
        employee_pan="ABCPE1234F",
        month="September 2024",
    )

    assert list(record.fields) == ["employee_name", "employee_pan", "month", "net_pay"]
    assert record.taxpayer_name == "Meera Iyer"
    assert record.taxpayer_pan == "ABCPE1234F"
    assert record.financial_year == "2024-25"


def of_type(record: Record, page: Page, answered: str) -> Grounded:
    """What counts of an answer that names a type."""
    (asked,) = ask(record, [page], is_unsure=True)
    return ground(VOCABULARIES, record, asked, {"document_type": answered}, [page])


def test_a_type_that_the_model_names_and_the_paper_s_title_too_is_taken() -> None:
    page = page_of("Salary Slip", "In hand | 70,000.00")
    record = record_of("other", {})

    found = of_type(record, page, "payslip")
    changed = apply(TYPES["payslip"], record, found)

    assert found.document_type == "payslip"
    assert changed.document_type == "payslip"
    assert changed.type_confidence < 0.9


def test_a_type_that_is_not_printed_is_only_a_warning() -> None:
    page = page_of("Salary Slip", "In hand | 70,000.00")

    found = of_type(record_of("other", {}), page, "rent_receipt")

    assert found.document_type is None
    assert found.warnings == ["The model takes this for another paper: Rent receipt."]


def test_the_type_of_a_paper_that_has_one_is_never_changed() -> None:
    page = page_of("Salary Slip", "In hand | 70,000.00")
    record = record_of("rent_receipt", {}, type_confidence=0.5)

    found = of_type(record, page, "payslip")
    agreed = of_type(record, page, "rent_receipt")

    assert found.document_type is None
    assert found.warnings == ["The model takes this for another paper: Payslip."]
    assert agreed == Grounded()
