"""Does a paper add up? What is said where it does, where it does not and where nobody can tell."""

import pytest
from read_fields import form, read, said

from taxai_core.doctypes import load_document_types
from taxai_core.extract.checks import run_checks
from taxai_core.models import Box, Check, Field

TYPES = load_document_types()
BOX = Box(x0=0, top=0, x1=10, bottom=10)


def check(document_type: str, name: str, **amounts: str) -> Check:
    """How one check of a type comes out for these values."""
    fields = {
        field: Field(value=value, page=1, bbox=BOX, source="table", confidence=1, text=value)
        for field, value in amounts.items()
    }
    (found,) = (one for one in run_checks(TYPES[document_type], fields) if one.name == name)
    return found


@pytest.mark.parametrize(
    ("document_type", "name", "amounts"),
    [
        ("form16", "gross_is_sum_of_parts",
         {"salary_17_1": "900000.00", "perquisites_17_2": "25000.00",
          "profits_in_lieu_17_3": "0.00", "gross_salary": "925000.00"}),
        ("form16", "salaries_from_gross",
         {"gross_salary": "925000.00", "exempt_allowances_10": "60000.00",
          "standard_deduction_16_ia": "50000.00", "entertainment_allowance_16_ii": "0.00",
          "professional_tax_16_iii": "2400.00", "income_under_salaries": "812600.00"}),
        ("form16", "heads_add_up",
         {"income_under_salaries": "812600.00", "house_property_income": "-200000.00",
          "other_sources_income": "18400.00", "gross_total_income": "631000.00"}),
        ("form16", "taxable_income_adds_up",
         {"gross_total_income": "631000.00", "total_deductions_vi_a": "150000.00",
          "total_taxable_income": "481000.00"}),
        ("form16", "net_tax_from_parts",
         {"tax_on_total_income": "52500.00", "surcharge": "0.00", "cess": "2100.00",
          "rebate_87a": "0.00", "relief_89": "4600.00", "net_tax_payable": "50000.00"}),
        ("payslip", "net_adds_up", {"gross_earnings": "56000.00",
                                    "total_deductions": "7900.00", "net_pay": "48100.00"}),
        ("bank_interest_certificate", "interest_adds_up",
         {"savings_interest": "1203.00", "deposit_interest": "44310.00",
          "total_interest": "45513.00"}),
        ("form26as", "tds_adds_up", {"tds_salary": "54600.00", "tds_other": "8800.00",
                                     "tds_total": "63400.00"}),
        ("nps_statement", "contributions_add_up",
         {"employee_contribution": "60000.00", "employer_contribution": "60000.00",
          "voluntary_contribution": "50000.00", "total_contribution": "170000.00"}),
    ],
)  # fmt: skip
def test_a_sum_passes_and_fails_and_names_the_fields_it_is_about(
    document_type: str, name: str, amounts: dict[str, str]
) -> None:
    right = check(document_type, name, **amounts)
    last = [*amounts][-1]
    wrong = check(document_type, name, **{**amounts, last: "1.00"})

    assert (right.status, wrong.status) == ("pass", "fail")
    assert set(right.fields) == set(wrong.fields) == set(amounts)


def test_a_failed_sum_says_both_sides_in_rupees() -> None:
    found = check("form16", "gross_is_sum_of_parts", salary_17_1="1200000.00",
                  perquisites_17_2="34567.00", profits_in_lieu_17_3="0.00",
                  gross_salary="1243567.00")  # fmt: skip

    assert found.status == "fail"
    assert "₹ 12,34,567.00" in found.detail
    assert "₹ 12,43,567.00" in found.detail


@pytest.mark.parametrize(
    "amounts",
    [
        {},
        {"gross_earnings": "56000.00", "total_deductions": "7900.00"},
        {"gross_earnings": "56000.00", "net_pay": "48100.00"},
        {"net_pay": "48100.00"},
    ],
)
def test_a_sum_that_lacks_a_member_is_not_applicable(amounts: dict[str, str]) -> None:
    found = check("payslip", "net_adds_up", **amounts)

    assert found.status == "not_applicable"
    assert set(found.fields) == set(amounts)


def test_a_part_that_is_not_printed_may_be_nothing() -> None:
    found = check("form16", "gross_is_sum_of_parts", salary_17_1="900000.00",
                  gross_salary="900000.00")  # fmt: skip

    assert (found.status, found.fields) == ("pass", ["salary_17_1", "gross_salary"])


@pytest.mark.parametrize(
    ("amounts", "status"),
    [
        ({"deduction_80c": "100000.00", "deduction_80ccc": "50000.00"}, "pass"),
        ({"deduction_80c": "150000.00"}, "pass"),
        ({"deduction_80c": "120000.00", "deduction_80ccd_1": "40000.00"}, "fail"),
        ({"deduction_80ccd_1b": "50000.00"}, "not_applicable"),
    ],
)
def test_the_deductions_of_80c_are_held_against_their_common_limit(
    amounts: dict[str, str], status: str
) -> None:
    found = check("form16", "section_80c_group_within_limit", **amounts)

    assert found.status == status
    assert ("₹ 1,50,000.00" in found.detail) == (status == "fail")


@pytest.mark.parametrize(
    ("total", "status"),
    [("45513.00", "pass"), ("45513.90", "pass"), ("45512.10", "pass"), ("45515.00", "fail")],
)
def test_a_sum_may_be_off_by_a_rupee_of_rounding(total: str, status: str) -> None:
    found = check("bank_interest_certificate", "interest_adds_up", savings_interest="1203.00",
                  deposit_interest="44310.00", total_interest=total)  # fmt: skip

    assert found.status == status


def test_a_printed_sum_that_is_wrong_is_kept_and_its_check_fails() -> None:
    head = ["Kaveri Example Mills Private Limited", "Payslip for the month of August 2024",
            "Employee name: Meera Iyer"]  # fmt: skip
    rows = [["Earnings", "Amount"], ["Gross earnings", "56,000.00"],
            ["Total deductions", "7,900.00"], ["Net pay", "48,900.00"]]  # fmt: skip

    record = read(form(head, rows, 200, 100)).first_record

    assert said(record)["net_pay"] == "48900.00"
    (found,) = (one for one in record.checks if one.name == "net_adds_up")
    assert found.status == "fail"
    assert "48,100.00" in found.detail
    assert "48,900.00" in found.detail


def test_every_check_of_a_type_is_told_in_the_order_of_its_definition() -> None:
    for document_type in TYPES.values():
        found = run_checks(document_type, {})

        assert [one.name for one in found] == [rule.name for rule in document_type.checks]
        assert {one.status for one in found} <= {"not_applicable"}


@pytest.mark.parametrize(
    ("parts", "status"),
    [(["100.00", "150.00"], "pass"), (["100.00", "140.00"], "fail"), ([], "not_applicable")],
)
def test_the_quarters_of_a_year_are_checked_against_its_total(
    parts: list[str], status: str
) -> None:
    box = Box(x0=0, top=0, x1=1, bottom=1)
    total = Field(
        value="250.00", page=1, bbox=box, source="table", confidence=0.9, text="250.00", parts=parts
    )
    form16 = load_document_types()["form16"]

    checks = {check.name: check for check in run_checks(form16, {"tds_deducted": total})}

    assert checks["quarters_add_up_deducted"].status == status
