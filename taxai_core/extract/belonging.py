"""Whose a paper is, and of which financial year, as its own fields say."""

from collections.abc import Mapping
from datetime import date

from ..doctypes import DocumentType
from ..models import Field

# The financial year begins in April (Income-tax Act 1961, sections 2(9) and 3).
FIRST_MONTH = 4


def taxpayer_pan(document_type: DocumentType, fields: Mapping[str, Field]) -> str:
    """The PAN of the taxpayer, "" where the paper does not say it."""
    field = fields.get(document_type.taxpayer or "")
    return field.value if field else ""


def taxpayer_name(document_type: DocumentType, fields: Mapping[str, Field]) -> str:
    """The taxpayer's name, "" where unknown: forms name a person before they give the PAN."""
    name = ""
    for rule in document_type.fields:
        if rule.name == document_type.taxpayer:
            field = fields.get(name)
            return field.value if field else ""
        if rule.kind == "name":
            name = rule.name
    return ""


def financial_year(document_type: DocumentType, fields: Mapping[str, Field]) -> str:
    """The financial year (`YYYY-YY`) that follows from the fields, "" where none does.

    It is what is printed as such, else the year before the assessment year, else that of the
    month or of the last date.
    """
    if printed := fields.get("financial_year"):
        return printed.value
    if assessment := fields.get("assessment_year"):
        return _year_from(int(assessment.value[:4]) - 1)
    kinds = {rule.name: rule.kind for rule in document_type.fields}
    days = [field.value for name, field in fields.items() if kinds.get(name) in ("date", "month")]
    if not days:
        return ""
    last = date.fromisoformat(
        max(day if len(day) > len("YYYY-MM") else f"{day}-01" for day in days)
    )
    return _year_from(last.year - (last.month < FIRST_MONTH))


def _year_from(first: int) -> str:
    return f"{first}-{(first + 1) % 100:02}"
