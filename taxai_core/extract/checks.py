"""Does a paper add up? Its own sums, checked on its own values."""

from collections.abc import Mapping
from decimal import Decimal

from ..doctypes import CheckRule, DocumentType
from ..models import Check, Field
from ..values import shown


def run_checks(document_type: DocumentType, fields: Mapping[str, Field]) -> list[Check]:
    """Check each sum of a type's definition: pass, fail with both sides, or not applicable."""
    amounts = {
        rule.name: Decimal(fields[rule.name].value)
        for rule in document_type.fields
        if rule.kind == "amount" and rule.name in fields
    }
    return [
        _check_parts(rule, fields.get(rule.parts_of)) if rule.parts_of else _check(rule, amounts)
        for rule in document_type.checks
    ]


def status_of(rule: CheckRule, amounts: Mapping[str, Decimal]) -> str:
    """How a sum comes out: `pass`, `fail` or `not_applicable`.

    A member that the paper does not print may be nothing or not printed, so without it a sum can
    pass but not fail.
    """
    terms = [*rule.plus, *rule.minus]
    present = [name for name in terms if name in amounts]
    if not present or (rule.equals and rule.equals not in amounts):
        return "not_applicable"
    left, right = _sides(rule, amounts)
    if rule.at_most is not None and not all(name in amounts for name in rule.minus):
        return "not_applicable"  # what it must be within is not printed
    if rule.at_most is not None:
        return "pass" if left <= right + rule.tolerance else "fail"
    if abs(left - right) <= rule.tolerance:
        return "pass"
    return "fail" if len(present) == len(terms) else "not_applicable"


def _check_parts(rule: CheckRule, total: Field | None) -> Check:
    """Do the amounts printed above a total add up to it?"""
    if total is None or not total.parts:
        return Check(name=rule.name, status="not_applicable", detail=rule.title)
    left, right = sum(map(Decimal, total.parts)), Decimal(total.value)
    if abs(left - right) <= rule.tolerance:
        return Check(name=rule.name, status="pass", detail=rule.title, fields=rule.members)
    sides = (shown("amount", f"{side:.2f}") for side in (left, right))
    detail = f"{rule.title}: ₹ {next(sides)} against ₹ {next(sides)}"
    return Check(name=rule.name, status="fail", detail=detail, fields=rule.members)


def _sides(rule: CheckRule, amounts: Mapping[str, Decimal]) -> tuple[Decimal, Decimal]:
    zero = Decimal(0)
    left = sum((amounts.get(name, zero) for name in rule.plus), zero)
    left -= sum((amounts.get(name, zero) for name in rule.minus), zero)
    if rule.at_most is not None:
        return left, rule.at_most
    return left, amounts.get(rule.equals or "", zero)


def _check(rule: CheckRule, amounts: Mapping[str, Decimal]) -> Check:
    status = status_of(rule, amounts)
    detail = rule.title
    if status == "fail":
        left, right = (shown("amount", f"{side:.2f}") for side in _sides(rule, amounts))
        detail = f"{rule.title}: ₹ {left} against ₹ {right}"
    present = [name for name in rule.members if name in amounts]
    return Check.model_validate(
        {"name": rule.name, "status": status, "detail": detail, "fields": present}
    )
