"""Which papers have a gap that a model is asked about, and which are left alone."""

from asking import TYPES, record_of, typed

from taxai_core.extract.asking.gaps import Gap, gaps_of

PAYSLIP = {
    "employee_name": "Meera Iyer",
    "employee_id": "E-204",
    "employer_name": "Nilgiri Software Private Limited",
    "month": "2024-09",
    "basic": "50000.00",
    "gross_earnings": "80000.00",
    "income_tax": "6000.00",
    "total_deductions": "10000.00",
    "net_pay": "70000.00",
}
PART_A = {
    "employee_name": "Meera Iyer",
    "employee_pan": "ABCPE1234F",
    "employer_name": "Nilgiri Software Private Limited",
    "employer_tan": "BLRA12345B",
    "assessment_year": "2025-26",
    "tds_deducted": "61000.00",
    "tds_deposited": "61000.00",
}


def without(values: dict[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in values.items() if name not in names}


def test_a_paper_that_says_all_it_should_has_no_gap() -> None:
    assert gaps_of(TYPES, [record_of("payslip", PAYSLIP)]) == []


def test_an_important_field_that_is_missing_is_a_gap_of_its_paper() -> None:
    whole = record_of("payslip", PAYSLIP)
    open_paper = record_of("payslip", without(PAYSLIP, "net_pay", "month"))

    assert gaps_of(TYPES, [whole, open_paper]) == [Gap(2, ("month", "net_pay"), False)]


def test_a_field_that_such_papers_need_not_print_is_no_gap() -> None:
    missing = set(rule.name for rule in TYPES["payslip"].fields) - set(PAYSLIP)

    assert "hra" in missing
    assert gaps_of(TYPES, [record_of("payslip", PAYSLIP)]) == []


def test_a_form_16_of_part_a_alone_is_not_asked_for_part_b() -> None:
    assert gaps_of(TYPES, [record_of("form16", PART_A)]) == []


def test_a_form_16_that_shows_part_b_is_asked_for_what_it_lacks_of_it() -> None:
    part_b = {"gross_salary": "1200000.00", "income_under_salaries": "1150000.00"}
    tax = {"total_taxable_income": "1150000.00", "net_tax_payable": "61000.00"}

    found = gaps_of(TYPES, [record_of("form16", PART_A | part_b | tax)])

    assert found == [Gap(1, ("tax_payable",), False)]


def test_a_paper_without_any_amount_is_asked_for_those_it_may_have() -> None:
    values = {"bank_name": "Sahyadri Bank", "account_holder": "Meera Iyer", "pan": "ABCPE1234F"}

    found = gaps_of(TYPES, [record_of("bank_interest_certificate", values, year="2024-25")])

    assert found == [Gap(1, ("savings_interest", "deposit_interest", "total_interest"), False)]


def test_a_year_is_asked_for_only_where_the_paper_s_year_is_unknown() -> None:
    values = without(PART_A, "assessment_year")

    known, unknown = (record_of("form16", values, year=year) for year in ("2024-25", ""))

    assert gaps_of(TYPES, [known, unknown]) == [Gap(2, ("assessment_year",), False)]


def test_all_fields_of_a_sum_that_does_not_come_out_are_asked_for() -> None:
    record = record_of("payslip", PAYSLIP | {"total_deductions": "1000.00"})

    assert [check.name for check in record.checks if check.status == "fail"] == [
        "net_adds_up",
        "deductions_within_total",
    ]
    assert gaps_of(TYPES, [record]) == [
        Gap(1, ("gross_earnings", "income_tax", "total_deductions", "net_pay"), False)
    ]


def test_what_a_person_typed_is_not_asked_for_where_its_sum_does_not_come_out() -> None:
    record = typed(record_of("payslip", PAYSLIP), total_deductions="1000.00")

    (gap,) = gaps_of(TYPES, [record])

    assert gap.fields == ("gross_earnings", "income_tax", "net_pay")


def test_a_failing_sum_of_unimportant_fields_is_no_gap() -> None:
    record = record_of("payslip", PAYSLIP | {"professional_tax": "2600.00"})

    assert [check.status for check in record.checks].count("fail") == 1
    assert gaps_of(TYPES, [record]) == []


def test_a_choice_is_never_asked_for() -> None:
    values = {"premium_paid": "18000.00", "policyholder": "Meera Iyer", "insurer_name": "Asha Life"}

    found = gaps_of(TYPES, [record_of("insurance_premium_receipt", values)])

    assert found == [Gap(1, ("policy_number",), False)]


def test_an_unsure_type_is_a_gap_and_a_sure_other_is_none() -> None:
    sure = record_of("other", {})
    unsure = record_of("other", {}, type_confidence=0.6)
    payslip = record_of("payslip", PAYSLIP, type_confidence=0.6)

    assert gaps_of(TYPES, [sure, unsure, payslip]) == [Gap(2, (), True), Gap(3, (), True)]


def test_a_paper_of_a_type_that_is_defined_no_more_has_no_gap() -> None:
    record = record_of("payslip", {}).model_copy(update={"document_type": "gone"})

    assert gaps_of(TYPES, [record]) == []


def test_choices_are_marked_important_in_no_definition() -> None:
    marked = [rule.kind for each in TYPES.values() for rule in each.fields if rule.important]

    assert marked
    assert "choice" not in marked
