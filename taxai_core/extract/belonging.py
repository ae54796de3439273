"""Whose a paper is, as its own fields say."""

from collections.abc import Mapping

from ..doctypes import DocumentType
from ..models import Field


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
